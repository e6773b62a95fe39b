"""An invented nation with known true rates, to compare in tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from goldthread.core.benchmark.library import Library, NeighbourModel
from goldthread.core.measures.definition import Measure, Theme
from goldthread.core.measures.figures import COUNTS
from goldthread.core.places import ENGLAND, Authority, Places, Region
from tests import builders


def code(i: int) -> str:
    return str(300 + i)


def places(k: int) -> Places:
    regions = [Region(f"E1200010{r}", f"Region {r}") for r in range(4)]
    return Places(
        tuple(
            Authority(code(i), f"Town {i}", (f"E0699{i:04}",), regions[i % 4], regions[i % 4], "UA",
                      True)
            for i in range(k)
        )
    )  # fmt: skip


def row(measure: str, area: str, year: int, y: float | None, n: float | None) -> dict[str, Any]:
    known = y is not None and n is not None
    return {
        "measure": measure, "release": "invented", "area": area, "year": year,
        "period": str(year), "cell": "all", "numerator": y, "denominator": n,
        "value": 100 * y / n if known else None, "text": None,
        "status": "ok" if known else "unavailable", "note": None,
    }  # fmt: skip


def measure(name: str = "m0", theme: str = "timeliness", **changes: Any) -> Measure:
    return builders.measure(
        **{"id": name, "title": f"Measure {name}", "theme": theme, "caveats": (), **changes}
    )


def library(
    counted: dict[str, Sequence[tuple[int, int]]],
    themes: Sequence[str] = ("timeliness",),
    year: int = 2024,
    measures: dict[str, Measure] | None = None,
) -> Library:
    """`counted`: measure -> (y, n) of every authority; measures are dealt to themes in turn."""
    k = len(next(iter(counted.values())))
    rows = []
    for name, pairs in counted.items():
        rows += [row(name, code(i), year, float(y), float(n)) for i, (y, n) in enumerate(pairs)]
        ys, ns = zip(*pairs, strict=True)
        rows.append(row(name, ENGLAND, year, float(sum(ys)), float(sum(ns))))
    codes = [code(i) for i in range(k)]
    near = {c: tuple(codes[(i + j) % k] for j in range(1, 11)) for i, c in enumerate(codes)}
    made = {m: measure(m, themes[i % len(themes)]) for i, m in enumerate(counted)}
    return builders.library(
        places=places(k),
        themes=tuple(Theme(id=t, title=t, question="?") for t in themes),
        measures=measures or made,
        counts=pl.DataFrame(rows, schema=COUNTS, orient="row"),
        models={"dfe": NeighbourModel("dfe", "DfE, 2025", "", near)},
    )


def drawn(
    seed: int, k: int = 60, n: int = 60, mean: float = 0.6, rho: float = 0.06
) -> tuple[np.ndarray, list[tuple[int, int]]]:
    """True rates and (y, n): Beta with intra-class correlation `rho` (0: all equal)."""
    random = np.random.default_rng(seed)
    m = 1 / rho - 1 if rho else 0
    truth = random.beta(mean * m, (1 - mean) * m, k) if rho else np.full(k, mean)
    return truth, [(int(random.binomial(n, t)), n) for t in truth]
