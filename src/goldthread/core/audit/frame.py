"""The list of plans that a sample is drawn from, in the one form that its digest stands for."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from goldthread.core.audit.remark import listed
from goldthread.core.stats.sampling import FLOOR

REST = "all others"
EVERYTHING = "all plans"
NOT_KNOWN = "not known"
_BETWEEN = " / "


@dataclass(frozen=True, order=True)
class FrameLine:
    """A plan by the authority's own reference (no name) and the stratum that it is drawn in."""

    reference: str
    stratum: str


@dataclass(frozen=True)
class Frame:
    """Every plan that can be drawn, each once; kept sorted by reference (code point order).

    Raises ValueError for no lines, a reference listed twice, or text that cannot stand in a line.
    """

    lines: tuple[FrameLine, ...]

    def __post_init__(self) -> None:
        if not self.lines:
            raise ValueError("The list of plans is empty: there is nothing to draw from.")
        _check_text(self.lines)
        _check_twice(self.lines)
        object.__setattr__(self, "lines", tuple(sorted(self.lines)))

    @cached_property
    def text(self) -> str:
        """“reference<TAB>stratum<NEWLINE>” for each plan, sorted by reference."""
        return "".join(f"{line.reference}\t{line.stratum}\n" for line in self.lines)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the text as UTF-8, in hexadecimal: publish it before the salt is known."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @cached_property
    def strata(self) -> Mapping[str, tuple[str, ...]]:
        """Stratum -> its references, both in code point order."""
        held: dict[str, list[str]] = {label: [] for label in sorted(_counts(self.lines))}
        for line in self.lines:
            held[line.stratum].append(line.reference)
        return {label: tuple(references) for label, references in held.items()}

    @property
    def sizes(self) -> dict[str, int]:
        """Stratum -> how many plans it holds."""
        return {label: len(references) for label, references in self.strata.items()}


def read_frame(text: str) -> Frame:
    """The frame that a canonical text is of; ValueError that names the line that is not one."""
    lines = []
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        parts = line.split("\t")
        if len(parts) != 2:
            raise ValueError(f"Line {number} of the list must be a reference, a tab and a stratum.")
        lines.append(FrameLine(*parts))
    return Frame(tuple(lines))


def stratum_of(facts: Mapping[str, str | None], keys: Sequence[str]) -> str:
    """The label of a plan's stratum: the chosen facts in the order of `keys`, as “SEMH / 11-15”.

    A fact that is missing or blank is “not known”, never left out. No keys: one stratum of all.
    """
    if not keys:
        return EVERYTHING
    return _BETWEEN.join(_part(facts.get(key)) for key in keys)


def merge_small(
    lines: Iterable[FrameLine], floor: int = FLOOR, rest: str = REST
) -> tuple[FrameLine, ...]:
    """The lines with every stratum of fewer than `floor` plans put into the stratum `rest`.

    Should `rest` itself then hold fewer, the smallest of the other strata (the first by label
    where several are) joins it, until it holds enough or is the only one. One plan alone would
    have no variance. Which strata go depends on their sizes and labels only.
    """
    lines = tuple(lines)
    sizes = _counts(lines)
    small = {label for label, size in sizes.items() if size < floor or label == rest}
    others = sorted((size, label) for label, size in sizes.items() if label not in small)
    held = sum(sizes[label] for label in small)
    while 0 < held < floor and others:
        size, label = others.pop(0)
        small.add(label)
        held += size
    return tuple(
        FrameLine(line.reference, rest) if line.stratum in small else line for line in lines
    )


def _part(value: str | None) -> str:
    """One fact as it stands in a label: on one line, and never with the mark between two facts."""
    words = " ".join((value or "").split())
    return words.replace(_BETWEEN, "/") or NOT_KNOWN


def _counts(lines: Iterable[FrameLine]) -> Counter[str]:
    return Counter(line.stratum for line in lines)


def _check_text(lines: Iterable[FrameLine]) -> None:
    for line in lines:
        for name, value in (("reference", line.reference), ("stratum", line.stratum)):
            if not value or not value.isprintable() or value != value.strip():
                raise ValueError(
                    f"A {name} must be printable text without a tab, a line break or spaces "
                    f"around it: got {value!r}."
                )


def _check_twice(lines: Iterable[FrameLine]) -> None:
    seen = Counter(line.reference for line in lines)
    twice = sorted(reference for reference, times in seen.items() if times > 1)
    if twice:
        raise ValueError(
            f"Each plan may be listed once: {listed(twice)} "
            f"{'is' if len(twice) == 1 else 'are'} listed more often."
        )
