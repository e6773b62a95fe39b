"""Lines of a quality page as a template shows them: words, bars, and the audits behind each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from goldthread.core.report.quality.asked import GROUPS, UNKNOWN, Asked
from goldthread.core.report.quality.charts import SHADES
from goldthread.core.report.quality.figures import Figure
from goldthread.core.report.quality.lines import Line
from goldthread.core.report.quality.sentences import likely, percent, points
from goldthread.records.scope import Here
from goldthread.web.work.quality_address import audits_query, query

FIELDS = {dimension: name for name, dimension in GROUPS.items()}


HAIR = "#cecece"
RANGE, VALUE = "#8fa5bd", "#12436d"


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

    @property
    def html(self) -> SafeString:
        """The figure for a cell of a table; by hand, for a page has two hundred of them."""
        if self.bar is None:
            return format_html('<span class="gt-quiet">{}</span>', self.value)
        b = self.bar
        return mark_safe(  # noqa: S308 (numbers, and words of numbers)
            f'<span class="gt-figure"><strong>{self.value}</strong> '
            f'<span class="gt-quiet">likely {self.likely}</span>'
            + strip(((0, 100, 4.5, 1, HAIR), (b.low, b.width, 3, 4, RANGE),
                     (b.value, 1, 0, 10, VALUE)))
            + "</span>"
        )  # fmt: skip


def strip(parts: Iterable[tuple[float, float, float, float, str]]) -> str:
    """A bar 100 units wide: left, width, top, height and shade of its parts."""
    boxes = "".join(
        f'<rect x="{x:g}" width="{width:g}" y="{y:g}" height="{height:g}" fill="{shade}"></rect>'
        for x, width, y, height, shade in parts
    )
    return (
        '<span class="gt-bar" aria-hidden="true"><svg viewBox="0 0 100 10" '
        f'preserveAspectRatio="none" focusable="false">{boxes}</svg></span>'
    )


@dataclass(frozen=True)
class Row:
    """`link`: the audits behind it, empty for those who may not open them; `page`: more on it."""

    key: str
    name: str
    audits: int
    good: Shown
    index: Shown | None
    answers: SafeString
    """How many at 0, 1, 2 and 3, with a bar; empty where no figure is shown."""
    not_applicable: int
    undecided: int
    link: str
    page: str = ""

    @property
    def aside(self) -> bool:
        """Whether any audit is not in the figure."""
        return bool(self.not_applicable or self.undecided)


def share(figure: Figure) -> Shown:
    return Shown(percent(figure), likely(figure), _bar(figure), figure.met)


def score(figure: Figure) -> Shown:
    return Shown(points(figure), likely(figure, ""), _bar(figure))


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
        score(line.index) if line.index else None, _answers(answers),
        counts.not_applicable if counts else 0, counts.undecided if counts else 0, link, page,
    )  # fmt: skip


def _answers(answers: Sequence[int]) -> SafeString:
    total, left = sum(answers), 0.0
    if not total:
        return SafeString("")
    parts = []
    for n, shade in zip(answers, SHADES, strict=True):
        if n:
            width = 100 * n / total
            parts.append((round(left, 1), round(width, 1), 0.0, 10.0, shade))
            left += width
    numbers = ", ".join(map(str, answers))
    return SafeString(f'<span class="gt-figure">{numbers}{strip(parts)}</span>')


class Links:
    """Addresses from a quality page; those of audits only for people who may open them."""

    def __init__(self, here: Here, asked: Asked, framework: str = "") -> None:
        self.base = f"/work/{here.authority}/"
        self.asked, self.opens = asked, here.can("see-audits")
        kept = {"framework": framework} if framework else {}
        self._audits = f"{self.base}audits/{audits_query(asked, **kept)}"

    def audits(self, **more: str) -> str:
        """`more`: fields that the page's own address does not have."""
        return f"{self._audits}&{urlencode(more)}" if self.opens else ""

    def group(self, dimension: str, value: str) -> str:
        return self.audits(**{FIELDS[dimension]: value or UNKNOWN})

    def criterion(self, key: str) -> str:
        return f"{self.base}quality/criteria/{key}/{query(self.asked)}"

    def page(self, path: str) -> str:
        return f"{self.base}quality/{path}{query(self.asked)}"


def of_criteria(lines: Iterable[Line], links: Links) -> tuple[Row, ...]:
    return tuple(
        row(line, links.audits(criterion=line.key), links.criterion(line.key)) for line in lines
    )


def plain_rows(lines: Iterable[Line]) -> tuple[Row, ...]:
    return tuple(row(line) for line in lines)
