"""Native Excel charts of what stands out, beside the numbers they are drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from goldthread.core.benchmark.values import Comparison, PeerResult
from goldthread.writers.csv import neutral

SHEET = "What stands out"
OWN, PEER = "#12436D", "#A5B8CC"
HEIGHT = 20
"""Rows that one chart takes."""


def chart_sheet(book: Any, head: Any, name: str, chosen: Sequence[Comparison]) -> None:
    """One block a comparison: numbers in columns A to D, bars with error bars beside them."""
    sheet = book.add_worksheet(SHEET)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 3, 12)
    top = 0
    for c in chosen:
        rows = _rows(c, name)
        last = _numbers(sheet, head, top, c, rows)
        where = {"description": _alt(c, name), "x_offset": 20}
        sheet.insert_chart(top + 1, 5, _chart(book, c, name, rows, top + 3, last), where)
        top = max(last + 3, top + HEIGHT + 3)


def _rows(c: Comparison, name: str) -> list[tuple[str, float, float | None, float | None]]:
    """Lowest first, for Excel draws the first bar at the bottom."""
    known = [(p.name, p.value, p.low, p.high) for p in c.peers if p.value is not None]
    if c.value is not None:
        known.append((name, c.value, c.low, c.high))
    return sorted(known, key=lambda row: row[1])


def _numbers(sheet: Any, head: Any, top: int, c: Comparison, rows: Sequence[Any]) -> int:
    """Writes title, sentence, headings and rows; returns the last row written."""
    sheet.write_string(top, 0, neutral(f"{c.title}, {c.period}"), head)
    sheet.write_string(top + 1, 0, neutral(c.sentence.text))
    for i, title in enumerate(("Authority", "Result", "Below", "Above")):
        sheet.write_string(top + 2, i, title, head)
    for at, (who, value, low, high) in enumerate(rows, start=top + 3):
        sheet.write_string(at, 0, neutral(who))
        sheet.write_number(at, 1, value)
        if low is not None and high is not None:
            sheet.write_number(at, 2, value - low)
            sheet.write_number(at, 3, high - value)
    return top + 2 + len(rows)


def _chart(book: Any, c: Comparison, name: str, rows: Sequence[Any], first: int, last: int) -> Any:
    chart = book.add_chart({"type": "bar"})
    series: dict[str, Any] = {
        "name": c.title,
        "categories": [SHEET, first, 0, last, 0],
        "values": [SHEET, first, 1, last, 1],
        "points": [{"fill": {"color": OWN if row[0] == name else PEER}} for row in rows],
        "gap": 60,
    }
    if any(row[2] is not None for row in rows):
        series["x_error_bars"] = {
            "type": "custom",
            "plus_values": f"='{SHEET}'!$D${first + 1}:$D${last + 1}",
            "minus_values": f"='{SHEET}'!$C${first + 1}:$C${last + 1}",
        }
    chart.add_series(series)
    chart.set_title({"name": f"{c.title}, {c.period}", "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_x_axis({"name": c.unit, "major_gridlines": {"visible": True}})
    chart.set_size({"width": 720, "height": 20 * HEIGHT})
    return chart


def _alt(c: Comparison, name: str) -> str:
    with_figure: list[PeerResult] = [p for p in c.peers if p.value is not None]
    return (
        f"Bars with likely ranges: {c.title}, {c.period}, for {name} and {len(with_figure)} "
        f"peers. {c.sentence.text} The numbers are in columns A to D."
    )
