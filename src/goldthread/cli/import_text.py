"""An import report in words: what was taken, what was not and why, and what it changes."""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.readers.import_report import (
    Before,
    FileReport,
    ImportReport,
    MeasureDifference,
    RefusedRow,
    Sum,
)

FIRST = 5
"""Refused rows, sums and measures shown; the rest are counted."""


def import_text(report: ImportReport) -> str:
    """The whole report, ending in a new line."""
    lines = [line for file in report.files for line in _file(file)]
    lines += _differences(report)
    lines += [f"Note: {note}" for note in report.notes]
    lines += ["", _ending(report)]
    return "\n".join(lines).lstrip("\n") + "\n"


def _ending(report: ImportReport) -> str:
    if not report.taken:
        return "Nothing was imported; the figures are as they were."
    if report.dry_run:
        return "This was a dry run: nothing was stored."
    return (
        f"Imported as release {report.release}. To undo: goldthread figures remove {report.release}"
    )


def _file(file: FileReport) -> Iterator[str]:
    if file.outcome != "taken":
        # Sentences that name the file need no heading; reasons do.
        said = file.why if file.why.startswith(file.name) else f"{file.name}: {file.why}"
        yield f"{file.outcome.capitalize()}: {said}"
        return
    yield ""
    yield f"{file.name}: taken as “{file.title}” ({file.source})"
    yield f"  Edition      {file.edition}"
    yield f"  Rows         {_rows(file)}"
    yield f"  Years        {', '.join(str(y) for y in file.years)}"
    yield f"  Authorities  {_authorities(file)}"
    yield f"  Columns      {_columns(file)}"
    if file.symbols:
        yield f"  Symbols      {file.symbols:,} cells hold a symbol and are kept so, not as nought"
    yield f"  Sums         {_sums(file)}"
    yield from (f"    {_sum(s)}" for s in file.sums[:FIRST])
    if len(file.sums) > FIRST:
        yield f"    and {len(file.sums) - FIRST} more"
    yield from (f"    Refused {_row(r)}" for r in file.refused[:FIRST])
    if len(file.refused) > FIRST:
        yield f"    and {len(file.refused) - FIRST:,} more; --report FILE.csv lists them all"
    yield from (f"  Note: {note}" for note in file.notes)


def _rows(file: FileReport) -> str:
    refused = len({r.line for r in file.refused})
    return (
        f"{file.rows:,}: {file.rows_taken:,} taken, {refused:,} refused, "
        f"{file.rows_unread:,} breakdowns and other levels not read"
    )


def _authorities(file: FileReport) -> str:
    said = f"{file.authorities} in {file.years[0]}"
    if not file.absent:
        return said
    return f"{said}; none for {_some(file.absent)}"


def _columns(file: FileReport) -> str:
    renamed = [f"{theirs} as {ours}" for ours, theirs in file.columns.items() if ours != theirs]
    said = f"{len(file.columns)} read"
    if renamed:
        said += f" ({_some(tuple(renamed))})"
    if file.missing:
        said += f"; not in this file: {_some(file.missing)}"
    return f"{said}; {len(file.unread)} that no measure uses"


def _sums(file: FileReport) -> str:
    if not file.sums_checked:
        return "none to check"
    if not file.sums:
        return f"authorities add up to all {file.sums_checked} totals"
    off = len(file.sums)
    return f"authorities add up to {file.sums_checked - off} of {file.sums_checked} totals, not to:"


def _sum(found: Sum) -> str:
    said = (
        f"{found.column}, {found.year}, {found.area}: total {found.total:,.0f}, "
        f"authorities {found.authorities:,.0f} ({found.difference:+,.0f})"
    )
    if found.explained:
        return f"{said}. Known: {found.explained}"
    return f"{said}; symbols: {_some(found.symbols)}" if found.symbols else said


def _row(row: RefusedRow) -> str:
    return f"line {row.line:,}, {row.area}, {row.column} “{row.value}”: {row.why}"


def _differences(report: ImportReport) -> Iterator[str]:
    if not report.taken:
        return
    yield ""
    if not report.differences:
        yield "Before and after: no figure of any measure differs."
        return
    added = sum(d.added for d in report.differences)
    changed = sum(d.changed for d in report.differences)
    removed = sum(d.removed for d in report.differences)
    yield (
        f"Before and after: {len(report.differences)} measures differ; {added:,} cells are new, "
        f"{changed:,} change, {removed:,} go."
    )
    for found in report.differences[: 2 * FIRST]:
        yield from _difference(found)
    more = len(report.differences) - 2 * FIRST
    if more > 0:
        yield f"  and {more} more measures; --format json has them all"


def _difference(found: MeasureDifference) -> Iterator[str]:
    new = f"; new years {', '.join(str(y) for y in found.years_added)}" if found.years_added else ""
    yield f"  {found.title}: {found.added:,} new, {found.changed:,} changed{new}"
    for cell in found.england[:2]:
        yield f"    England, {cell.period}: {_cell(cell, found)}"
    for cell in found.moved_most[:3]:
        yield f"    {cell.area}, {cell.period}: {_cell(cell, found)}"


def _cell(cell: Before, found: MeasureDifference) -> str:
    def said(value: float | None) -> str:
        return "no figure" if value is None else f"{value:,.{found.decimals}f}"

    return f"{said(cell.before)} before, {said(cell.after)} after ({found.unit or 'as printed'})"


def _some(names: tuple[str, ...], most: int = 4) -> str:
    shown = ", ".join(names[:most])
    more = len(names) - most
    return f"{shown} and {more} more" if more > 0 else shown
