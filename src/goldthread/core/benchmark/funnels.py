"""The overdispersed funnel of one measure (methods b.4), as a value for charts and tables."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from goldthread.core.benchmark.nation import Nation
from goldthread.core.benchmark.values import Funnel, FunnelPoint
from goldthread.core.places import Places
from goldthread.core.stats import (
    Overdispersion,
    beta_binomial_limits,
    funnel_limits,
    funnel_z,
    overdispersion,
)

Floats = NDArray[np.float64]

FEWEST_EXPECTED = 5
"""Of n P0 (1-P0): under this the arcsine limits are not to be trusted (methods b.4)."""

STEPS = 60
"""Points at which the limits are drawn: enough for a smooth curve at 720 px."""


def funnel(nation: Nation, places: Places) -> Funnel | None:
    """The funnel, or None where the measure has no counts or under 20 authorities have figures."""
    if not nation.comparable:
        return None
    scale = nation.measure.scale
    spread = overdispersion(nation.y, nation.n)
    ends = max(1.0, nation.n.min() * 0.8), nation.n.max() * 1.1
    sizes = np.unique(np.geomspace(*ends, STEPS).round())
    low95, high95, low998, high998 = _limits(nation, spread, sizes)
    z = funnel_z(nation.y, nation.n, spread.target)
    points = tuple(
        FunnelPoint(code, places.by_code[code].name, float(n), float(value), float(score))
        for code, n, value, score in zip(nation.codes, nation.n, nation.values, z, strict=True)
    )
    return Funnel(
        target=spread.target * scale,
        phi=spread.phi,
        tau2=spread.tau2,
        k=len(nation.codes),
        sizes=tuple(map(float, sizes)),
        low95=_shown(low95, scale),
        high95=_shown(high95, scale),
        low998=_shown(low998, scale),
        high998=_shown(high998, scale),
        points=points,
    )


def _limits(nation: Nation, spread: Overdispersion, sizes: Floats) -> list[Floats]:
    """The four limits along rising `sizes`: normal on the arcsine scale, and from beta-binomial
    quantiles where too few are expected for that. Clamped so that none narrows as n falls."""
    usual = funnel_limits(spread.target, sizes, spread.tau2)
    rho = 1 / (nation.posterior.concentration + 1)
    few = sizes * spread.target * (1 - spread.target) < FEWEST_EXPECTED
    exact = beta_binomial_limits(spread.target, sizes[few], rho) if few.any() else usual
    found = []
    for name in ("low95", "high95", "low998", "high998"):
        limit = np.array(getattr(usual, name), float)
        if few.any():
            limit[few] = getattr(exact, name)
        outward = np.minimum if name.startswith("low") else np.maximum
        found.append(outward.accumulate(limit[::-1])[::-1])
    return found


def _shown(rates: Floats, scale: float) -> tuple[float, ...]:
    return tuple(float(rate) * scale for rate in rates)
