"""The overdispersed funnel of one measure (methods b.4), as a value for charts and tables."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from goldthread.core.benchmark.nation import Nation
from goldthread.core.benchmark.values import Funnel, FunnelPoint
from goldthread.core.places import Places
from goldthread.core.stats import funnel_limits, funnel_z, overdispersion

Floats = NDArray[np.float64]

STEPS = 60
"""Points at which the limits are drawn: enough for a smooth curve at 720 px."""


def funnel(nation: Nation, places: Places) -> Funnel | None:
    """The funnel, or None where the measure has no counts or under 20 authorities have figures."""
    if not nation.comparable:
        return None
    scale = nation.measure.scale
    spread = overdispersion(nation.y, nation.n)
    sizes = np.geomspace(max(1.0, nation.n.min() * 0.8), nation.n.max() * 1.1, STEPS)
    limits = funnel_limits(spread.target, sizes, spread.tau2)
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
        low95=_shown(limits.low95, scale),
        high95=_shown(limits.high95, scale),
        low998=_shown(limits.low998, scale),
        high998=_shown(limits.high998, scale),
        points=points,
    )


def _shown(rates: float | Floats, scale: float) -> tuple[float, ...]:
    return tuple(float(rate) * scale for rate in np.atleast_1d(rates))
