"""Statistics: arrays in, frozen values out. Imports nothing else of Goldthread.

Counts are whole numbers, or effective ones; rates and confidence lie between 0 and 1. Impossible
input raises ValueError with one sentence; a statistic that the data leave undefined is None with
a sentence why. Formulas and sources: methods, parts a, b, d, e, f and h.
"""

from .agreement import cohen_kappa, fleiss_kappa, gwet_ac
from .agreement_alpha import krippendorff_alpha
from .agreement_icc import IntraclassCorrelations, icc
from .agreement_values import Coefficient
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
from .linking import Component, Link, Linking, linking
from .multiplicity import bayesian_fdr, benjamini_hochberg
from .pairs import PairAgreement, Share, pair_agreement, pair_table, table_agreement
from .pairs_compared import BradleyTerry, bradley_terry
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
from .severity import (
    CriterionDifficulty,
    Difference,
    JudgeSeverity,
    PlanQuality,
    Ratings,
    SeverityFit,
    Spread,
    fit_severity,
    ratings_of,
)
from .severity_reml import FairScore, JudgeEffect, ScoreSeverity, severity_reml
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
    "BradleyTerry",
    "ChangePoint",
    "Coefficient",
    "Component",
    "CriterionDifficulty",
    "Difference",
    "Estimate",
    "FairScore",
    "FivePointTrend",
    "FivePointTrends",
    "IndirectRate",
    "Interval",
    "IntraclassCorrelations",
    "JudgeEffect",
    "JudgeSeverity",
    "Limits",
    "Link",
    "Linking",
    "NormalPosterior",
    "Overdispersion",
    "PairAgreement",
    "PeerComparison",
    "PlanQuality",
    "Posterior",
    "RandomEffects",
    "Ratings",
    "ScoreSeverity",
    "SeverityFit",
    "Share",
    "Signal",
    "Spread",
    "XmrChart",
    "bayesian_fdr",
    "benjamini_hochberg",
    "beta_binomial_limits",
    "beta_binomial_posterior",
    "bradley_terry",
    "byar",
    "byar_array",
    "change_point",
    "clopper_pearson",
    "clopper_pearson_array",
    "cohen_kappa",
    "combine_strata",
    "compare_with_peers",
    "difference_in_differences",
    "effective_sample_size",
    "effective_size_from_variance",
    "exact_sample_size",
    "expected_next",
    "fit_severity",
    "five_point_trend",
    "five_point_trends",
    "fleiss_kappa",
    "funnel_limits",
    "funnel_z",
    "gwet_ac",
    "icc",
    "indirect_rate",
    "jeffreys",
    "jeffreys_array",
    "krippendorff_alpha",
    "linking",
    "machine_assisted_mean",
    "mean_interval",
    "newcombe_difference",
    "newcombe_difference_array",
    "neyman",
    "normal_posterior",
    "overdispersion",
    "pair_agreement",
    "pair_table",
    "poisson_array",
    "poisson_interval",
    "random_effects",
    "ratings_of",
    "sample_size",
    "seven_point_trend",
    "severity_reml",
    "survey_mean",
    "table_agreement",
    "two_of_three",
    "wilson",
    "wilson_array",
    "worth_further_audits",
    "xmr",
]
