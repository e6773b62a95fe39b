"""`goldthread figures`: import and fetch published files, list releases, take them away."""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from goldthread.cli.say import progress, stop

if TYPE_CHECKING:
    from goldthread.readers.ees_api import EesApi
    from goldthread.readers.fetching import Offer, Service
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


@app.command("fetch")
def fetch(
    data_set: Annotated[str, typer.Option(help="Id of a data set of the service.")] = "",
    source: Annotated[
        str, typer.Option(help="Id of one of our sources, such as sen2-caseload.")
    ] = "",
    version: Annotated[
        str, typer.Option(help="Version of the data set; its newest unless given.")
    ] = "",
    base_url: Annotated[str, typer.Option(help="Another address of the service.")] = "",
    dry_run: DryRun = False,
    format: Format = "text",
    report: Listed = None,
) -> None:
    """Fetch a data set from the Department's statistics service and import it.

    This is the only command that uses the network. Without --data-set or --source it lists what
    the service offers and fetches nothing.
    """
    from goldthread.content import folder
    from goldthread.readers.ees_api import ApiError, EesApi
    from goldthread.readers.fetching import fetch as download
    from goldthread.readers.fetching import service

    if version and not data_set:
        stop("--version goes with --data-set: name the data set.", code=2)
    with _one_sentence():
        asked = service(folder("reference"))
    api = EesApi(base_url or asked.base_url)
    progress(f"Asking {api.host or api.base_url} …")
    try:
        chosen = _chosen(api, asked, data_set, source, version)
        if chosen is None:
            return
        progress(f"Fetching “{chosen.data_set.title}”, version {chosen.version} …")
        with tempfile.TemporaryDirectory(prefix="goldthread-fetch-") as place:
            path = download(api, chosen, asked, Path(place))
            run([path], dry_run=dry_run, edition=chosen.edition, format=format, listed=report)
    except ApiError as error:
        stop(str(error))


def _chosen(api: EesApi, asked: Service, data_set: str, source: str, version: str) -> Offer | None:
    """The data set that was asked for; None after listing what there is."""
    from goldthread.content import folder
    from goldthread.readers.fetching import offer, offers
    from goldthread.readers.intake import shelf

    with _one_sentence():
        held = shelf(folder("reference"))
    if source and source not in held.series:
        stop(f"There is no such source “{source}”; use one of {', '.join(held.series)}.", code=2)
    if data_set:
        return offer(api, data_set, version, held.sources, held.series)
    there = offers(api, asked.publication, held.sources, held.series)
    found = [o for o in there if o.source and o.source.id == source]
    if len(found) == 1:
        return found[0]
    if source:
        many = f"{len(found)} data sets" if found else "no data set"
        said = f"“{asked.publication_title}” has {many} for {source}"
        if not found:
            stop(f"{said}. Download the file from {asked.by_hand} and use figures import.")
        stop(
            f"{said}: {', '.join(o.data_set.id for o in found)}. Choose one with --data-set.",
            code=2,
        )
    if not there:
        print(f"“{asked.publication_title}” offers no data sets here yet; see {asked.by_hand}.")
    for found_one in there:
        mine = found_one.source.id if found_one.source else "no source of ours"
        print(f"{found_one.data_set.id}  {found_one.edition}: {mine}")
    return None


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
