"""`goldthread figures`: import and fetch published files, list releases, take them away."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from goldthread.cli.say import progress, stop

if TYPE_CHECKING:
    from goldthread.readers.import_report import ImportReport

app = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False,
    rich_markup_mode=None, help="Import published figures; list them; take a release away.",
)  # fmt: skip

FORMATS = ("text", "json")
ROW = ("file", "outcome", "line", "area", "column", "value", "why")

DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen; store nothing.")]
Edition = Annotated[
    str, typer.Option(help="What readers see as the edition: “Reporting year 2026”.")
]
Format = Annotated[str, typer.Option(help="text or json.")]
Listed = Annotated[
    Path | None, typer.Option("--report", help="CSV to write every refusal to, row by row.")
]


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="EES data files (CSV) or release zips.")],
    dry_run: DryRun = False,
    edition: Edition = "",
    format: Format = "text",
    report: Listed = None,
) -> None:
    """Import EES data files, old column names or new, and say exactly what was taken."""
    for file in files:
        if not file.is_file():
            what = "is a folder: name the files in it" if file.is_dir() else "does not exist"
            stop(f"{file} {what}.", code=2)
    run(files, dry_run=dry_run, edition=edition, format=format, listed=report)


def run(
    files: list[Path], *, dry_run: bool, edition: str, format: str, listed: Path | None
) -> None:
    """Imports, shows the report and ends with 1 when something was refused as a whole."""
    from goldthread.readers.importing import import_files

    if format not in FORMATS:
        stop(f"There is no format “{format}”; use one of {', '.join(FORMATS)}.", code=2)
    progress(f"Reading {len(files)} file{'s' if len(files) > 1 else ''} …")
    with _one_sentence():
        found = import_files(files, _folder(), dt.date.today(), edition=edition, dry_run=dry_run)
    if listed:
        _write(listed, found)
    _show(found, format)
    if found.refused:
        raise typer.Exit(1)


def _show(report: ImportReport, form: str) -> None:
    from goldthread.cli.import_text import import_text

    text = report.model_dump_json(indent=1) + "\n" if form == "json" else import_text(report)
    # Bytes, so that a Windows console's code page cannot refuse a letter.
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()


def _write(path: Path, report: ImportReport) -> None:
    from goldthread.writers.csv import csv_text
    from goldthread.writers.files import CannotWrite, write_whole

    try:
        write_whole(path, csv_text(_rows(report), ROW).encode("utf-8-sig"))
    except CannotWrite as error:
        stop(str(error), code=2)
    progress(f"Written: {path}")


def _rows(report: ImportReport) -> Iterator[dict[str, Any]]:
    for file in report.files:
        yield {"file": file.name, "outcome": file.outcome, "why": file.why}
        for row in file.refused:
            yield {"file": file.name, "outcome": "row refused", **row.model_dump()}


@app.command("list")
def list_() -> None:
    """List the imported releases, in the order in which they count."""
    from goldthread.readers import store

    with _one_sentence():
        found = store.releases(_folder())
    if not found:
        print("No release has been imported; the figures are those that came with Goldthread.")
    for release in found:
        print(release.id)
        for file in release.files:
            print(f"  {file.source}: {file.name}, {file.rows:,} rows. {file.edition}")


@app.command("remove")
def remove(
    release: Annotated[str, typer.Argument(help="An id from `goldthread figures list`.")],
) -> None:
    """Take an imported release away; the figures are as they were before it came."""
    from goldthread.readers import store

    with _one_sentence():
        if release not in store.current(_folder()):
            ids = store.current(_folder())
            known = f"imported: {', '.join(ids)}" if ids else "none has been imported"
            stop(f"There is no release “{release}”; {known}.", code=2)
        with store.writing(_folder()):
            store.remove(_folder(), release)
    print(f"Removed {release}. Its figures no longer count; import the files again to undo.")


def _folder() -> Path:
    from goldthread.readers.shared import releases_folder

    return releases_folder()


@contextmanager
def _one_sentence() -> Iterator[None]:
    """Ends the command with the sentence of an error of ours."""
    from goldthread.readers.content import ContentError
    from goldthread.readers.figures import FiguresError
    from goldthread.readers.store import StoreError
    from goldthread.readers.tables import TableError

    try:
        yield
    except (ContentError, FiguresError, StoreError, TableError) as error:
        stop(str(error))
