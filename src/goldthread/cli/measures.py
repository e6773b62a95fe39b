"""`goldthread measures`: what can be compared."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from goldthread.cli.say import stop

if TYPE_CHECKING:
    from goldthread.core.benchmark.library import Library

FORMATS = ("text", "json", "csv")
COLUMNS = ("id", "title", "theme", "unit", "years", "source")


def measures(
    theme: Annotated[str, typer.Option(help="Only the measures of this theme.")] = "",
    format: Annotated[str, typer.Option(help="text, json or csv.")] = "text",
) -> None:
    """List the measures: id, title, years and source."""
    from goldthread.readers.shared import get_benchmark

    if format not in FORMATS:
        stop(f"There is no format “{format}”; use one of {', '.join(FORMATS)}.", code=2)
    library = get_benchmark().library
    known = [t.id for t in library.themes]
    if theme and theme not in known:
        stop(f"There is no theme “{theme}”; use one of {', '.join(known)}.", code=2)
    found = _rows(library, theme)
    text = {"text": _text, "json": _json, "csv": _csv}[format](found, library)
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()


def _rows(library: Library, theme: str) -> list[dict[str, Any]]:
    """One row a measure, in the order of themes and then of the pages."""
    years = {
        m: sorted(set(y), reverse=True)
        for m, y in library.counts.group_by("measure").agg("year").iter_rows()
    }
    place = {t.id: number for number, t in enumerate(library.themes)}
    chosen = [m for m in library.measures.values() if theme in ("", m.theme)]
    chosen.sort(key=lambda m: (place.get(m.theme, len(place)), m.order, m.title))
    return [
        {
            "id": m.id,
            "title": m.title,
            "theme": m.theme,
            "unit": m.unit,
            "years": years.get(m.id, []),
            "source": library.sources[m.numerator.source].title,
        }
        for m in chosen
    ]


def _text(rows: Sequence[dict[str, Any]], library: Library) -> str:
    titles = {t.id: t.title for t in library.themes}
    wide = max((len(row["id"]) for row in rows), default=0)
    lines, theme = list[str](), ""
    for row in rows:
        if row["theme"] != theme:
            theme = row["theme"]
            lines += ["", f"{titles.get(theme, theme)} ({theme})"]
        lines.append(f"  {row['id']:{wide}}  {row['title']}, {_span(row['years'])}")
    lines += ["", f"{len(rows)} measures. Compare: goldthread compare AUTHORITY --measure ID"]
    return "\n".join(lines).lstrip("\n") + "\n"


def _span(years: Sequence[int]) -> str:
    if not years:
        return "no figures yet"
    return str(years[0]) if len(years) == 1 else f"{years[-1]} to {years[0]}"


def _json(rows: Sequence[dict[str, Any]], library: Library) -> str:
    return json.dumps(list(rows), ensure_ascii=False, indent=1) + "\n"


def _csv(rows: Sequence[dict[str, Any]], library: Library) -> str:
    from goldthread.writers.csv import csv_text

    flat = [{**row, "years": " ".join(map(str, row["years"]))} for row in rows]
    # With a byte-order mark, for Excel reads a CSV without one as Windows-1252.
    return "\ufeff" + csv_text(flat, COLUMNS)
