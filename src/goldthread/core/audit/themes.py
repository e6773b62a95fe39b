"""The themes of a framework as an audit goes through them: their order, and what is in each."""

from __future__ import annotations

import re
from collections.abc import Iterable

from goldthread.core.framework.criterion import Criterion
from goldthread.core.framework.framework import Framework


def theme_of(framework: Framework, section: str) -> str:
    """The theme that a section is shown under: “H” for H1 and H2, else itself."""
    letters = re.sub("[0-9]+$", "", section)
    return letters if letters in framework.themes else section


def theme_name(framework: Framework, theme: str) -> str:
    """“Outcomes (E)”; the bare theme where the framework has no name for it."""
    name = framework.themes.get(theme)
    return f"{name} ({theme})" if name else theme


def in_order(framework: Framework, criteria: Iterable[Criterion]) -> tuple[Criterion, ...]:
    """Criteria in the order of reading: by the framework's themes, F10 after F9."""
    places = {theme: place for place, theme in enumerate(framework.themes)}

    def place(criterion: Criterion) -> tuple[int, str, int, str]:
        at = places.get(criterion.section, len(places))
        return at, criterion.section, _number(criterion.id), criterion.id

    return tuple(sorted(criteria, key=place))


def _number(criterion: str) -> int:
    found = re.search(r"[0-9]+", criterion)
    return int(found[0]) if found else 0


def asked_in(framework: Framework, themes: Iterable[str]) -> frozenset[str]:
    """Ids of the criteria of these themes or sections; of all when there are none.

    Errors: ValueError for a theme that the framework does not have.
    """
    wanted = set(themes)
    names = {c.id: {c.section, theme_of(framework, c.section)} for c in framework.criteria}
    known: set[str] = set().union(*names.values())
    if wanted - known:
        raise ValueError(
            f"{framework.key} has no theme “{min(wanted - known)}”; "
            f"it has: {', '.join(sorted(known))}."
        )
    return frozenset(c for c, own in names.items() if not wanted or own & wanted)
