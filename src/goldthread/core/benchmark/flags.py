"""Which differences stand when many are looked at: themes first, then their measures (b.6)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from goldthread.core.stats import bayesian_fdr, benjamini_hochberg

RATE = 0.10
"""About 1 in 10 of the differences that stand is chance; the page says so."""


def stands(themes: Sequence[str], above: Sequence[float]) -> np.ndarray:
    """Whether each measure's difference stands; `above` is Pr(higher than the peers), 0-1.

    A theme passes when Benjamini-Hochberg over the themes' Simes p-values rejects it; within the
    themes that pass, Bayesian false-discovery control keeps the largest set whose mean chance of
    being on the wrong side is at most RATE.
    """
    above_ = np.asarray(above, float)
    if not len(above_):
        return np.zeros(0, bool)
    names = np.asarray(themes)
    unique = list(dict.fromkeys(themes))
    simes = np.array([_simes(above_[names == t]) for t in unique])
    passed = {t for t, ok in zip(unique, benjamini_hochberg(simes, RATE), strict=True) if ok}
    inside = np.array([t in passed for t in themes])
    result = np.zeros(len(above_), bool)
    if inside.any():
        result[inside] = bayesian_fdr(above_[inside], RATE)
    return result


def _simes(above: np.ndarray) -> float:
    """Simes' p-value that no measure of the theme differs (valid under positive dependence)."""
    p = np.sort(2 * np.minimum(above, 1 - above))
    return float(min(1.0, np.min(p * len(p) / np.arange(1, len(p) + 1))))
