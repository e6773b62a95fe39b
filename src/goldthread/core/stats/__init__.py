"""Statistics: arrays in, frozen values out. Imports nothing else of Goldthread.

Counts are whole numbers, or effective ones; rates and confidence lie between 0 and 1. Impossible
input raises ValueError with one sentence. Formulas and sources: methods, parts a, b, e, f and h.
"""

from .assisted import combine_strata, machine_assisted_mean, worth_further_audits
from .effects import random_effects
from .funnel import Limits, beta_binomial_limits, funnel_limits, funnel_z, overdispersion
from .intervals import (
    byar,
    byar_array,
    clopper_pearson,
    clopper_pearson_array,
    jeffreys,
    jeffreys_array,
    mean_interval,
    newcombe_difference,
    newcombe_difference_array,
    poisson_array,
    poisson_interval,
    wilson,
    wilson_array,
)
from .multiplicity import bayesian_fdr, benjamini_hochberg
from .peers import PeerComparison, compare_with_peers
from .rates import expected_next, indirect_rate
from .results import (
    AssistedEstimate,
    Estimate,
    IndirectRate,
    Interval,
    Overdispersion,
    RandomEffects,
)
from .sampling import exact_sample_size, neyman, sample_size
from .shrinkage import (
    BetaBinomialPosterior,
    NormalPosterior,
    Posterior,
    beta_binomial_posterior,
    normal_posterior,
)
from .spc import Signal, XmrChart, seven_point_trend, two_of_three, xmr
from .survey import effective_sample_size, effective_size_from_variance, survey_mean
from .trend import (
    DIRECTIONS,
    ChangePoint,
    FivePointTrend,
    FivePointTrends,
    change_point,
    difference_in_differences,
    five_point_trend,
    five_point_trends,
)

__all__ = [
    "DIRECTIONS",
    "AssistedEstimate",
    "BetaBinomialPosterior",
    "ChangePoint",
    "Estimate",
    "FivePointTrend",
    "FivePointTrends",
    "IndirectRate",
    "Interval",
    "Limits",
    "NormalPosterior",
    "Overdispersion",
    "PeerComparison",
    "Posterior",
    "RandomEffects",
    "Signal",
    "XmrChart",
    "bayesian_fdr",
    "benjamini_hochberg",
    "beta_binomial_limits",
    "beta_binomial_posterior",
    "byar",
    "byar_array",
    "change_point",
    "clopper_pearson",
    "clopper_pearson_array",
    "combine_strata",
    "compare_with_peers",
    "difference_in_differences",
    "effective_sample_size",
    "effective_size_from_variance",
    "exact_sample_size",
    "expected_next",
    "five_point_trend",
    "five_point_trends",
    "funnel_limits",
    "funnel_z",
    "indirect_rate",
    "jeffreys",
    "jeffreys_array",
    "machine_assisted_mean",
    "mean_interval",
    "newcombe_difference",
    "newcombe_difference_array",
    "neyman",
    "normal_posterior",
    "overdispersion",
    "poisson_array",
    "poisson_interval",
    "random_effects",
    "sample_size",
    "seven_point_trend",
    "survey_mean",
    "two_of_three",
    "wilson",
    "wilson_array",
    "worth_further_audits",
    "xmr",
]
