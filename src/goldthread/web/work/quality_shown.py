"""Lines of a quality page as a template shows them: words, bars, and the audits behind each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from goldthread.core.report.quality.asked import GROUPS, UNKNOWN, Asked
from goldthread.core.report.quality.charts import SHADES
from goldthread.core.report.quality.figures import Figure
from goldthread.core.report.quality.lines import Grouped, Line
from goldthread.core.report.quality.sentences import likely, percent, points
from goldthread.records.scope import Here

FIELDS = {dimension: name for name, dimension in GROUPS.items()}


@dataclass(frozen=True)
class Bar:
    """An interval and its value on a line of 100 units."""

    low: float
    width: float
    value: float


@dataclass(frozen=True)
class Shown:
    """A figure in words. `value` is “too few” where there is none."""

    value: str
    likely: str = ""
    bar: Bar | None = None
    met: int | None = None
    n: int = 0


@dataclass(frozen=True)
class Row:
    """`link`: the audits behind it, empty for those who may not open them; `page`: more on it."""

    key: str
    name: str
    audits: int
    good: Shown
    index: Shown | None
    answers: tuple[int, ...]
    parts: tuple[tuple[float, float, str], ...]
    """Left, width and shade of each answer's share, on a line of 100 units."""
    not_applicable: int
    undecided: int
    link: str
    page: str = ""


@dataclass(frozen=True)
class Rows:
    """A table. `key`: of its place in the page; `said`: what is not shown and why."""

    key: str
    title: str
    rows: tuple[Row, ...]
    said: str = ""
    columns: dict[str, str] = field(default_factory=dict)


def share(figure: Figure) -> Shown:
    return Shown(percent(figure), likely(figure), _bar(figure), figure.met, figure.n)


def score(figure: Figure) -> Shown:
    return Shown(points(figure), likely(figure, ""), _bar(figure), None, figure.n)


def _bar(figure: Figure) -> Bar | None:
    if figure.value is None or figure.low is None or figure.high is None:
        return None
    return Bar(round(figure.low, 1), round(figure.high - figure.low, 1), round(figure.value, 1))


def row(line: Line, link: str = "", page: str = "") -> Row:
    counts = line.counts
    shown = counts is not None and line.good.known
    answers = (counts.at0, counts.at1, counts.at2, counts.at3) if counts and shown else ()
    return Row(
        line.key, line.name, line.audits, share(line.good),
        score(line.index) if line.index else None, answers, _parts(answers),
        counts.not_applicable if counts else 0, counts.undecided if counts else 0, link, page,
    )  # fmt: skip


def _parts(answers: Sequence[int]) -> tuple[tuple[float, float, str], ...]:
    total, left = sum(answers), 0.0
    parts = []
    for n, shade in zip(answers, SHADES, strict=False):
        if n:
            width = 100 * n / total
            parts.append((round(left, 1), round(width, 1), shade))
            left += width
    return tuple(parts)


class Links:
    """Addresses from a quality page; those of audits only for people who may open them."""

    def __init__(self, here: Here, asked: Asked) -> None:
        self.base = f"/work/{here.authority}/"
        self.asked, self.opens = asked, here.can("see-audits")

    def audits(self, **more: str) -> str:
        return f"{self.base}audits/{self.asked.audits_query(**more)}" if self.opens else ""

    def group(self, dimension: str, value: str) -> str:
        return self.audits(**{FIELDS[dimension]: value or UNKNOWN})

    def criterion(self, key: str) -> str:
        return f"{self.base}quality/criteria/{key}/{self.asked.query}"

    def page(self, path: str) -> str:
        return f"{self.base}quality/{path}{self.asked.query}"


def of_groups(found: Iterable[Grouped], links: Links) -> list[Rows]:
    return [
        Rows(
            group.dimension, group.title,
            tuple(row(line, links.group(group.dimension, line.key)) for line in group.lines),
            group.sentence,
        )
        for group in found
    ]  # fmt: skip


def of_criteria(lines: Iterable[Line], links: Links) -> tuple[Row, ...]:
    return tuple(
        row(line, links.audits(criterion=line.key), links.criterion(line.key)) for line in lines
    )


def plain_rows(lines: Iterable[Line]) -> tuple[Row, ...]:
    return tuple(row(line) for line in lines)
