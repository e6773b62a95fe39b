"""Comparisons as an Excel workbook: read-me, tidy data, trends, and charts of what stands out.

Every text is written as text, never as a formula, and one that looks like a formula gets an
apostrophe before it, so that it stays harmless when the sheet is saved as CSV and opened again.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from goldthread.core.benchmark.library import Library
from goldthread.core.benchmark.values import Comparison
from goldthread.core.places import Authority
from goldthread.core.report import record
from goldthread.core.report.blocks import Heading, Item, Items, Note, Paragraph, Report
from goldthread.writers.csv import neutral
from goldthread.writers.xlsx_charts import chart_sheet

WIDE = {"measure": 48, "name": 26, "source": 60, "note": 40, "unit": 26, "text": 24, "sentence": 80}
SUMMARY = [
    "measure_id", "measure", "theme", "unit", "period", "value", "low", "high", "peer_median",
    "peers_used", "england", "rank_low", "rank_high", "rank_of", "state", "sentence", "source",
]  # fmt: skip
TREND = [
    "measure_id", "measure", "unit", "year", "period", "series", "value", "low", "high", "status",
    "note",
]  # fmt: skip


@dataclass(frozen=True)
class Styles:
    title: Any
    bold: Any
    wrap: Any
    head: Any


def xlsx(
    report: Report,
    authority: Authority,
    comparisons: Sequence[Comparison],
    standing: Sequence[Comparison],
    library: Library,
) -> bytes:
    """The workbook's bytes. `standing` are the comparisons to draw, in order."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": report.title, "comments": f"Content {report.digest[:12]}"})
        styles = _styles(book)
        _read_me(book, styles, report)
        if standing:
            chart_sheet(book, styles.head, authority.name, standing)
        _table(book, styles, "Summary", SUMMARY, _summary(comparisons))
        _table(book, styles, "Data", record.ROW, record.tidy_rows(authority, comparisons))
        _table(book, styles, "Trend", TREND, _trends(authority, comparisons))
    return out.getvalue()


def _styles(book: Any) -> Styles:
    return Styles(
        title=book.add_format({"bold": True, "font_size": 16}),
        bold=book.add_format({"bold": True, "font_size": 12}),
        wrap=book.add_format({"text_wrap": True, "valign": "top"}),
        head=book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "top"}),
    )


def _read_me(book: Any, styles: Styles, report: Report) -> None:
    sheet = book.add_worksheet("Read me")
    sheet.set_column(0, 0, 110)
    sheet.hide_gridlines(2)
    lines: list[tuple[str, Any]] = [(report.title, styles.title), (report.subtitle, styles.wrap)]
    lines += [
        ("", None),
        ("Sheets", styles.bold),
        ("What stands out: charts of the clearest differences, with their numbers.", styles.wrap),
        ("Summary: one row a measure, newest year, with what can be said of it.", styles.wrap),
        ("Data: one row a measure and area: the authority, its peers, England.", styles.wrap),
        ("Trend: one row a measure, series and year.", styles.wrap),
        (
            "An empty cell is a missing figure, never nought; `status` says why.",
            styles.wrap,
        ),
    ]
    lines += _report_lines(report, styles)
    for row, (words, style) in enumerate(lines):
        sheet.write_string(row, 0, neutral(words), style)


def _report_lines(report: Report, styles: Styles) -> Iterable[tuple[str, Any]]:
    """The report's words, without the sections whose tables are sheets of their own."""
    elsewhere = False
    for block in report.blocks:
        if isinstance(block, Heading) and block.level == 2:
            elsewhere = block.anchor.startswith(("behind", "theme-"))
        if elsewhere:
            continue
        if isinstance(block, Heading) and block.level == 2:
            yield from (("", None), (block.text, styles.bold))
        elif isinstance(block, Heading | Paragraph | Note):
            yield block.text, styles.wrap
        elif isinstance(block, Items):
            yield from ((_item(item), styles.wrap) for item in block.items)


def _item(item: Item) -> str:
    lead = f"{item.lead}: " if item.lead else ""
    return f"• {lead}{item.text}" + (f" {item.link}" if item.link else "")


def _table(
    book: Any, styles: Styles, name: str, columns: Sequence[str], rows: Sequence[dict[str, Any]]
) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 2)
    for i, column in enumerate(columns):
        sheet.set_column(i, i, WIDE.get(column, 14))
        sheet.write_string(0, i, column, styles.head)
    for at, row in enumerate(rows, start=1):
        for i, column in enumerate(columns):
            write(sheet, at, i, row.get(column))
    if rows:
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)


def write(sheet: Any, row: int, column: int, value: Any) -> None:
    """A number as a number, a text as a text, a missing value not at all."""
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, neutral(str(value)))


def _summary(comparisons: Iterable[Comparison]) -> list[dict[str, Any]]:
    return [
        {**row, "measure_id": row["id"], "measure": row["title"]}
        for row in map(record.measure_record, comparisons)
    ]


def _trends(authority: Authority, comparisons: Iterable[Comparison]) -> list[dict[str, Any]]:
    rows = []
    for c in comparisons:
        series = (
            (authority.name, c.trend.points),
            ("Median and quartiles of peers", c.trend.peers),
            ("England", c.trend.england),
        )
        named = {"measure_id": c.id, "measure": c.title, "unit": c.unit}
        rows += [
            {**named, "series": name, **record.point_record(point)}
            for name, points in series
            for point in points
        ]
    return rows
