"""For tables made elsewhere: each cell beside the heading of its column."""

from django import template

from goldthread.core.report.blocks import Column, Table

register = template.Library()


@register.filter
def labelled(table: Table) -> list[list[tuple[Column, str]]]:
    """Rows of (column, cell) pairs."""
    return [list(zip(table.columns, row, strict=True)) for row in table.rows]
