"""`goldthread compare`: one authority beside its peers, on standard output or as a file."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from goldthread.cli.say import progress, stop

if TYPE_CHECKING:
    from goldthread.core.benchmark.engine import Benchmark
    from goldthread.core.benchmark.values import Comparator, Comparison
    from goldthread.core.places import Authority
    from goldthread.core.report.blocks import Report

FORMATS = ("text", "json", "html", "xlsx", "csv")
SUFFIXES = {".txt": "text", ".json": "json", ".html": "html", ".htm": "html", ".xlsx": "xlsx",
            ".csv": "csv"}  # fmt: skip
SLOW = 2.0
"""Seconds after which a person is told what takes so long."""


@dataclass(frozen=True)
class Request:
    """What was asked for, all of it found to exist."""

    benchmark: Benchmark
    authority: Authority
    comparator: Comparator
    comparisons: tuple[Comparison, ...]
    chosen: bool
    """Whether measures were named, or a year: then nothing is ranked as standing out."""


def compare(
    authority: Annotated[
        list[str], typer.Argument(help="Name, 3-digit DfE code or GSS code, old or new.")
    ],
    peers: Annotated[
        str,
        typer.Option(
            help="dfe, dfe-2021, ons, region, england, or 3 to 20 authorities with commas between."
        ),
    ] = "dfe",
    measure: Annotated[
        list[str] | None, typer.Option(help="A measure's id; may be given several times.")
    ] = None,
    year: Annotated[int | None, typer.Option(help="A year; the newest unless given.")] = None,
    format: Annotated[
        str | None,
        typer.Option(help="text, json, html, xlsx or csv; from the name of --out unless given."),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="File to write instead of the screen.")] = None,
) -> None:
    """Compare an authority's EHC plan work with its peers, on published figures."""
    form = _format(format, out)
    request = _request(_printable(" ".join(authority)), peers, measure or [], year)
    _deliver(_written(request, form), out)


def _printable(text: str) -> str:
    """Without control characters: what was typed is said back to a terminal."""
    return "".join(c for c in text if c.isprintable())


def _format(named: str | None, out: Path | None) -> str:
    form = named or (SUFFIXES.get(out.suffix.lower(), "text") if out else "text")
    if form not in FORMATS:
        stop(f"There is no format “{form}”; use one of {', '.join(FORMATS)}.", code=2)
    if form == "xlsx" and out is None:
        stop("An xlsx file cannot be shown on a screen: name one with --out FILE.xlsx.", code=2)
    return form


def _request(name: str, peers: str, measures: Sequence[str], year: int | None) -> Request:
    """Everything looked up. What does not exist ends the command with its own sentence."""
    from goldthread.core.benchmark.comparators import ComparatorError
    from goldthread.core.benchmark.engine import NoSuchYear, UnknownMeasure
    from goldthread.core.places import AbolishedPlace, UnknownPlace

    benchmark = _benchmark()
    try:
        authority = benchmark.library.places.get(name)
        comparator = benchmark.comparator(authority, peers)
        comparisons = _comparisons(benchmark, authority, comparator, measures, year)
    except (UnknownPlace, AbolishedPlace, ComparatorError, UnknownMeasure, NoSuchYear) as error:
        stop(str(error), code=2)
    return Request(benchmark, authority, comparator, comparisons, bool(measures or year))


def _benchmark() -> Benchmark:
    """The figures of this installation; one sentence and exit code 1 when they cannot be read."""
    from goldthread.readers.content import ContentError
    from goldthread.readers.figures import FiguresError
    from goldthread.readers.shared import get_benchmark
    from goldthread.readers.store import StoreError
    from goldthread.readers.tables import TableError

    try:
        return get_benchmark()
    except (ContentError, FiguresError, StoreError, TableError) as error:
        stop(str(error))
    except OSError as error:
        stop(f"The figures cannot be read: {error.strerror} ({error.filename}).")


def _comparisons(
    benchmark: Benchmark,
    authority: Authority,
    comparator: Comparator,
    measures: Sequence[str],
    year: int | None,
) -> tuple[Comparison, ...]:
    wanted = list(dict.fromkeys(measures))
    if year is None:
        return benchmark.compare_many(authority, comparator, wanted or None)
    if not wanted:
        wanted = [m for m in benchmark.measure_ids() if year in benchmark.years(m)]
        if not wanted:
            stop(f"No measure has figures for {year}.", code=2)
    return tuple(benchmark.compare(authority, comparator, m, year) for m in wanted)


def _written(request: Request, form: str) -> bytes:
    return _WRITERS[form](request)


def _text(request: Request) -> bytes:
    from goldthread.writers.text import text

    return text(_report(request, brief=True)).encode()


def _html(request: Request) -> bytes:
    from goldthread.writers.charts import svg
    from goldthread.writers.html import html

    begun, told = time.monotonic(), False

    def draw(spec: dict[str, object]) -> str:
        nonlocal told
        if not told and time.monotonic() - begun > SLOW:
            progress("Drawing the charts; the next report on these figures will be quicker …")
            told = True
        return svg(spec)

    return html(_report(request), draw).encode()


def _json(request: Request) -> bytes:
    from goldthread.core.report.record import document
    from goldthread.writers.json import json_text

    r = request
    found = document(r.authority, r.comparator, r.comparisons, r.benchmark.library)
    return json_text(found).encode()


def _csv(request: Request) -> bytes:
    from goldthread.core.report.record import ROW, tidy_rows
    from goldthread.writers.csv import csv_text

    # With a byte-order mark, for Excel reads a CSV without one as Windows-1252.
    return csv_text(tidy_rows(request.authority, request.comparisons), ROW).encode("utf-8-sig")


def _xlsx(request: Request) -> bytes:
    from goldthread.writers.xlsx import xlsx

    r = request
    return xlsx(_report(r), r.authority, r.comparisons, _standing(r), r.benchmark.library)


_WRITERS: dict[str, Callable[[Request], bytes]] = {
    "text": _text,
    "html": _html,
    "json": _json,
    "csv": _csv,
    "xlsx": _xlsx,
}


def _report(request: Request, brief: bool = False) -> Report:
    from goldthread.core.report.report import authority_report, measures_report

    r = request
    if r.chosen:
        return measures_report(r.authority, r.comparator, r.comparisons, r.benchmark.library)
    found = r.benchmark.stands_out(r.comparisons)
    library = r.benchmark.library
    return authority_report(r.authority, r.comparator, r.comparisons, found, library, brief=brief)


def _standing(request: Request) -> tuple[Comparison, ...]:
    """The comparisons to draw: those chosen, or those that stand out."""
    if request.chosen:
        return tuple(c for c in request.comparisons if c.value is not None and c.text is None)[:20]
    found = request.benchmark.stands_out(request.comparisons)
    return (*found.favourable, *found.unfavourable, *found.different)


def _deliver(data: bytes, out: Path | None) -> None:
    from goldthread.writers.files import CannotWrite, write_whole

    if out is None:
        # Bytes, so that a Windows console's code page cannot refuse a letter.
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        write_whole(out, data)
    except CannotWrite as error:
        stop(str(error), code=2)
    progress(f"Written: {out}")
