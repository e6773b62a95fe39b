"""Lines of the tables of a quality page: a name, its figures, and what stands in the download."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from goldthread.core.framework.criterion import Criterion
from goldthread.core.measures.counting import Count
from goldthread.core.report.quality.figures import FEWEST, Auditors, Figure, mean, rate
from goldthread.core.report.quality.floor import Group, Held

NOT_KNOWN = "Not known"
SORTS = {"standard": "in the standard’s order", "share": "lowest share first",
         "audits": "most audits first"}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One row. `good`: share good or better, or share met; `index`: mean, 0 to 100, where asked."""

    key: str
    name: str
    audits: int
    good: Figure
    index: Figure | None = None
    counts: Count | None = None

    @property
    def short(self) -> int:
        """Audits that did not meet it."""
        return self.good.n - (self.good.met or 0)


@dataclass(frozen=True)
class Grouped:
    """One dimension: lines that are shown, and the names of those that are not, and why."""

    dimension: str
    title: str
    lines: tuple[Line, ...]
    few: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What is not shown, in words; empty when all is."""
        parts = []
        if self.few:
            parts.append(
                f"Not shown, because there are fewer than {FEWEST} audits or they are one person’s "
                f"work: {', '.join(self.few)}."
            )
        if self.beside:
            names = ", ".join(self.beside)
            parts.append(f"Not shown, so that those cannot be worked out: {names}.")
        return " ".join(parts)


@dataclass(frozen=True)
class Lens:
    """What every figure of a page is made with."""

    auditors: Mapping[Group, Auditors]
    everybody: Auditors
    population: int | None = None

    def of(self, group: Group) -> Auditors:
        return self.auditors.get(group, Auditors(spread=self.everybody.spread))


def grouped(
    dimension: str, title: str, names: Mapping[str, str],
    groups: Mapping[str, Mapping[str, Count]], held: Held, lens: Lens, measure: str = "",
) -> Grouped:  # fmt: skip
    """`groups`: value -> measure (“band”, “index”; or the one that is given) -> count.

    Groups are in the order of their names; what is not known comes last.
    """
    lines, few, beside = [], [], []
    for value in sorted(groups, key=lambda v: _place(names, v)):
        name = called(names, value)
        if (group := Group(dimension, value)) in held.few:
            few.append(name)
        elif group in held.beside:
            beside.append(name)
        else:
            line = _met if measure else _line
            lines.append(line(value, name, groups[value], lens.of(group)))
    return Grouped(dimension, title, tuple(lines), tuple(few), tuple(beside))


def _place(names: Mapping[str, str], value: str) -> tuple[int, str]:
    """As the names stand; unknown names after them, and what is not known last."""
    order = list(names)
    return (len(order) + 1 if value in ("", "unknown") else
            order.index(value) if value in names else len(order), value)  # fmt: skip


def called(names: Mapping[str, str], value: str) -> str:
    return NOT_KNOWN if not value else names.get(value, value)


def _line(value: str, name: str, counts: Mapping[str, Count], auditors: Auditors) -> Line:
    band, index = counts.get("band", Count("band")), counts.get("index", Count("index"))
    return Line(
        value, name, index.audits or band.audits, rate(band.met, band.n, auditors),
        mean(index, auditors), band,
    )  # fmt: skip


def _met(value: str, name: str, counts: Mapping[str, Count], auditors: Auditors) -> Line:
    (count,) = counts.values()
    return Line(value, name, count.n, rate(count.met, count.n, auditors), None, count)


def criteria(
    framework: Sequence[Criterion], counts: Mapping[str, Count], lens: Lens, sort: str = "standard"
) -> tuple[Line, ...]:
    """Share of audits that meet each question (2 or 3), for those asked in any audit."""
    found = []
    for criterion in framework:
        if count := counts.get(criterion.id):
            figure = rate(count.met, count.n, lens.everybody, lens.population)
            found.append(Line(criterion.id, criterion.question, count.n, figure, counts=count))
    if sort == "share":
        found.sort(key=lambda line: (not line.good.known, line.good.value or 0.0, line.key))
    elif sort == "audits":
        found.sort(key=lambda line: (-line.audits, line.key))
    return tuple(found)


def themes(names: Mapping[str, str], counts: Mapping[str, Count], lens: Lens) -> tuple[Line, ...]:
    """Mean index of each theme, in the framework's order; `names`: theme -> its name."""
    return _scored("theme", names, counts, lens)


def agencies(names: Mapping[str, str], counts: Mapping[str, Count], lens: Lens) -> tuple[Line, ...]:
    """Mean index of the questions of each agency."""
    return _scored("agency", names, counts, lens)


def _scored(
    prefix: str, names: Mapping[str, str], counts: Mapping[str, Count], lens: Lens
) -> tuple[Line, ...]:
    found = []
    for key, name in names.items():
        if count := counts.get(f"{prefix}:{key}"):
            good = rate(count.met, count.n, lens.everybody, lens.population)
            found.append(Line(key, name, count.n, good,
                              mean(count, lens.everybody, lens.population), count))  # fmt: skip
    return tuple(found)


NUMBERS = ("audits", "good_or_met", "share", "share_low", "share_high", "index", "index_low",
           "index_high", "at_0", "at_1", "at_2", "at_3", "not_applicable",
           "cannot_decide")  # fmt: skip
COLUMNS = ("table", "group", "name", *NUMBERS, "note")


def rows(table: str, lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Lines as rows of the download; a figure that is not shown is empty, never a nought."""
    return [_row(table, line) for line in lines]


def _row(table: str, line: Line) -> dict[str, Any]:
    row: dict[str, Any] = {"table": table, "group": line.key, "name": line.name}
    if not line.good.known and not (line.index and line.index.known):
        return {**row, "note": f"fewer than {FEWEST} audits"}
    row |= {"audits": line.audits, "good_or_met": line.good.met}
    row |= rounded("share", "share", line.good)
    if line.index:
        row |= rounded("index", "index", line.index)
    if line.counts and line.good.known:
        c = line.counts
        row |= {"at_0": c.at0, "at_1": c.at1, "at_2": c.at2, "at_3": c.at3,
                "not_applicable": c.not_applicable, "cannot_decide": c.undecided}  # fmt: skip
    return row


def rounded(prefix: str, name: str, figure: Figure) -> dict[str, float | None]:
    """A figure as three cells of a file: `name`, and `prefix` with low and high."""
    values = {name: figure.value, f"{prefix}_low": figure.low, f"{prefix}_high": figure.high}
    return {key: None if v is None else round(v, 2) for key, v in values.items()}


def held_rows(group: Grouped) -> list[dict[str, Any]]:
    """Groups that are not shown, by name, with the reason and no number."""
    few = f"fewer than {FEWEST} audits, or one person’s work"
    beside = "held back so that a small group cannot be worked out"
    named = [(name, few) for name in group.few] + [(name, beside) for name in group.beside]
    return [{"table": group.title, "name": name, "note": why} for name, why in named]
