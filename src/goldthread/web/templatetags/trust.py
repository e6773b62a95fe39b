"""For tables whose first cell leads somewhere: each of the other cells beside its column."""

from collections.abc import Sequence

from django import template

from goldthread.core.report.blocks import Column

register = template.Library()


@register.filter
def beside(columns: Sequence[Column], cells: Sequence[str]) -> list[tuple[Column, str]]:
    """(column, cell) pairs, as many as there are columns."""
    return list(zip(columns, cells, strict=False))
