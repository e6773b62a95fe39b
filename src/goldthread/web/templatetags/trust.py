"""For tables whose first cell leads somewhere: each of the other cells beside its column."""

from collections.abc import Sequence

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from goldthread.core.report.blocks import Column

register = template.Library()


@register.filter
def beside(columns: Sequence[Column], cells: Sequence[str]) -> list[tuple[Column, str]]:
    """(column, cell) pairs, as many as there are columns."""
    return list(zip(columns, cells, strict=False))


@register.filter
def as_cells(columns: Sequence[Column], cells: Sequence[str]) -> SafeString:
    """The cells of a row as HTML. A loop in a template takes ten times as long, and the page of
    all questions has five hundred cells."""
    return mark_safe("".join(_cell(column, cell) for column, cell in beside(columns, cells)))  # noqa: S308 - escaped


def _cell(column: Column, cell: str) -> str:
    label, text = escape(column.brief or column.name), escape(cell).replace("\n", "<br>")
    kind = " gt-number" if column.numeric else ""
    return f'<td role="cell" class="govuk-table__cell{kind}" data-label="{label}">{text}</td>'
