"""Rows of the tables of a quality page as HTML.

By hand, and not by templates: a page has some hundred rows, and every open page asks for it again
when an audit is signed. Every word goes through `format_html`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from goldthread.core.report.quality.lines import Grouped
from goldthread.web.work.quality_shown import Links, Row, row

Cell = tuple[str, str, str]
"""Class, label on a telephone, and what stands in it (escaped unless it is safe)."""
NUMBER, PLAIN = "govuk-table__cell gt-number", "govuk-table__cell"


def joined(rows: Iterable[str]) -> SafeString:
    return mark_safe("".join(rows))  # noqa: S308 (each was escaped as it was made)


def line(heading: str, cells: Iterable[Cell]) -> str:
    """One row: its heading, then its cells."""
    told = "".join(
        f'<td class="{kind}"{f" data-label={chr(34)}{label}{chr(34)}" if label else ""}>'
        f"{conditional_escape(said)}</td>"
        for kind, label, said in cells
    )
    return (
        '<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">'
        f"{conditional_escape(heading)}</th>{told}</tr>"
    )


def plain(rows: Iterable[Sequence[str]]) -> SafeString:
    """Rows of words; the first of each is its heading."""
    return joined(line(row[0], ((PLAIN, "", word) for word in row[1:])) for row in rows)


def audits(row: Row, what: str) -> str:
    """How many audits, as a link to them for those who may open them."""
    if not row.link:
        return str(row.audits)
    return format_html(
        '<a class="govuk-link" href="{}">{}<span class="govuk-visually-hidden"> audits: {}</span>'
        "</a>",
        row.link, row.audits, what,
    )  # fmt: skip


def lines(rows: Iterable[Row], good: str, index: bool) -> SafeString:
    """Rows with audits, a share and, where asked, an index."""
    return joined(
        line(row.name, (
            (NUMBER, "Audits", audits(row, row.name)),
            (PLAIN, good, row.good.html),
            *(((PLAIN, "Index", row.index.html),) if index and row.index else ()),
        ))
        for row in rows
    )  # fmt: skip


def questions(rows: Iterable[Row]) -> SafeString:
    """Rows of questions with their answers."""
    return joined(line(_question(row), _answered(row)) for row in rows)


def _question(row: Row) -> str:
    return format_html(
        '<a class="govuk-link" href="{}">{}</a> <span class="gt-quiet">{}</span>',
        row.page, row.key, row.name,
    )  # fmt: skip


def _answered(row: Row) -> Iterable[Cell]:
    aside = f"{row.not_applicable}, {row.undecided}" if row.answers and row.aside else ""
    return (
        (NUMBER, "Audits", audits(row, row.key)),
        (PLAIN, "Met", row.good.html),
        (PLAIN, "0, 1, 2, 3", row.answers),
        (PLAIN, "Aside, undecided", aside),
    )


@dataclass(frozen=True)
class Rows:
    """A table. `said`: what is not shown and why; `first`, `good`: headings of columns."""

    title: str
    rows: tuple[Row, ...]
    said: str = ""
    first: str = "Group"
    good: str = "Good or better"
    index: bool = True

    @property
    def body(self) -> SafeString:
        return lines(self.rows, self.good, self.index)


def of_groups(found: Iterable[Grouped], links: Links, measure: str = "") -> list[Rows]:
    """Tables of groups. `measure`: what the share is of, where it is not “good or better”."""
    return [
        Rows(
            group.title,
            tuple(row(each, links.group(group.dimension, each.key)) for each in group.lines),
            group.sentence, good=measure or "Good or better", index=not measure,
        )
        for group in found
    ]  # fmt: skip
