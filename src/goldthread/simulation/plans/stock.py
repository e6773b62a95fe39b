"""The word stock (`samples/stock`): needs, outcomes and provision that belong together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from goldthread.content import folder

AREAS = ("communication", "cognition", "semh", "sensory", "independence", "adulthood")
"""Areas of section B; health (C, G) and care (D, H1, H2) stand apart."""
FOUR = AREAS[:4]


@dataclass(frozen=True, slots=True)
class Triple:
    """A need with the outcome and the provision that answer it, as templates."""

    id: str
    area: str
    ages: str
    """Any of e (early years), p (primary), s (secondary), a (post-16)."""
    topic: str
    can: str
    need: str
    will: str
    now: str
    step: str
    hope: str
    who: str
    does: str
    time: str
    often: str
    expert: str
    review: str
    also: str = ""
    score: str = ""
    diagnosis: str = ""
    domain: str = ""
    """Preparing for adulthood: work, living, community or health."""
    level: str = ""
    """low: for children at an early stage of language and learning; high: for others only."""
    section: str = ""
    """Where the provision stands, when the area does not settle it."""
    hearing: bool = False
    vision: bool = False
    adult: bool = False


@dataclass(frozen=True, slots=True)
class Stock:
    """Everything under `samples/stock`, read once."""

    triples: Mapping[str, tuple[Triple, ...]]
    names: Mapping[str, Any]
    views: Mapping[str, Any]
    headings: Mapping[str, Any]
    faults: Mapping[str, Any]
    papers: Mapping[str, Any]

    def triples_for(self, area: str, age: str, level: str) -> list[Triple]:
        """Those of `area` that suit `age` (one letter) and `level` (low or high)."""
        return [t for t in self.triples[area] if age in t.ages and t.level in ("", level)]


@cache
def load_stock() -> Stock:
    """The stock. Errors: LookupError when this copy has no samples; KeyError on a wrong file."""
    root = folder("samples") / "stock"
    areas = {path.stem: _triples(_read(path)) for path in sorted((root / "areas").glob("*.yaml"))}
    named = {name: _read(root / f"{name}.yaml")
             for name in ("names", "views", "headings", "faults", "papers")}  # fmt: skip
    return Stock(triples=areas, **named)


def _triples(content: Mapping[str, Any]) -> tuple[Triple, ...]:
    return tuple(Triple(area=content["id"], **entry) for entry in content["triples"])


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
