"""Imports data files as one release: read apart, compared with what is there, then stored."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from goldthread import content as folders
from goldthread.core.benchmark.library import Library
from goldthread.core.measures.changes import Changes, MeasureChange, Moved, changes
from goldthread.core.measures.definition import Measure
from goldthread.core.measures.published import counts_of
from goldthread.core.places import ENGLAND, Places
from goldthread.readers import store
from goldthread.readers.import_report import Before, FileReport, ImportReport, MeasureDifference
from goldthread.readers.intake import Job, Read, read_apart
from goldthread.readers.library import load_figures, load_library


@dataclass(frozen=True)
class Staged:
    """Figures that are not a release yet."""

    table: pl.DataFrame

    def figures(self) -> pl.DataFrame:
        return self.table


def import_files(
    paths: Sequence[Path],
    folder: Path,
    today: dt.date,
    *,
    edition: str = "",
    dry_run: bool = False,
    reference: Path | None = None,
) -> ImportReport:
    """Reads `paths` (EES data files or release zips) and stores what can be taken as one release
    in `folder` (figures/). `edition` names it to readers; `dry_run` stores nothing.

    Errors: StoreError when another import runs or the disk refuses; ContentError, TableError or
    FiguresError when what Goldthread came with is broken. Nothing has changed then.
    """
    root = reference or folders.folder("reference")
    with nullcontext() if dry_run else store.writing(folder):
        known = tuple(f.sha256 for r in store.releases(folder) for f in r.files)
        full = tuple(path.absolute() for path in paths)
        job = Job(paths=full, reference=root, today=today, edition=edition, known=known)
        reports, tables = _without_twins(_read(job))
        report = ImportReport(date=today, dry_run=dry_run, files=tuple(reports))
        if not tables:
            return report
        figures = pl.concat(tables)
        report = _compared(report, figures, root, folder)
        if dry_run:
            return report
        files = tuple(_stored(f) for f in report.taken)
        named = report.model_copy(update={"release": store.release_id(files, today)})
        store.add(folder, figures, files, named.model_dump_json(indent=1), today)
        return named


def _read(job: Job) -> list[Read]:
    with tempfile.TemporaryDirectory(prefix="goldthread-import-") as out:
        return read_apart(job, Path(out))


def _without_twins(read: Iterable[Read]) -> tuple[list[FileReport], list[pl.DataFrame]]:
    """Refuses the second of two files of one source: which should win, nobody said."""
    reports, tables = list[FileReport](), list[pl.DataFrame]()
    first: dict[str, FileReport] = {}
    for report, figures in read:
        if figures is None:
            reports.append(report)
            continue
        other = first.setdefault(report.source, report)
        if other is report:
            reports.append(report)
            tables.append(figures)
        elif other.sha256 == report.sha256:
            why = f"the same bytes as {other.name}"
            reports.append(FileReport(name=report.name, outcome="skipped", why=why))
        else:
            why = (
                f"{report.name} and {other.name} are both “{report.title}”; import the older one "
                "first, then the newer one in a second run."
            )
            reports.append(FileReport(name=report.name, outcome="refused", why=why))
    return reports, tables


def _stored(report: FileReport) -> store.StoredFile:
    return store.StoredFile(
        name=report.name,
        source=report.source,
        edition=report.edition,
        sha256=report.sha256,
        rows=report.rows_taken,
    )


def _compared(
    report: ImportReport, figures: pl.DataFrame, root: Path, folder: Path
) -> ImportReport:
    """The report with what the figures would change. Making the counts is also the last test: if
    it fails, nothing is stored."""
    imported = store.releases(folder)
    library = load_library(root, folder if imported else None)
    held = (library.measures, library.sources, library.places)
    table = load_figures(root, *held, (*imported, Staged(figures)))  # type: ignore[arg-type]
    after = counts_of(table, library.measures, library.places, library.wording)
    found = changes(library.counts, after)
    return report.model_copy(
        update={
            "differences": _differences(found, library.measures, library.places),
            "notes": _older(report, library),
        }
    )


def _differences(
    found: Changes, measures: Mapping[str, Measure], places: Places
) -> tuple[MeasureDifference, ...]:
    return tuple(_difference(m, measures[m.measure], places) for m in found.measures)


def _difference(change: MeasureChange, measure: Measure, places: Places) -> MeasureDifference:
    return MeasureDifference(
        measure=measure.id,
        title=measure.title,
        unit=measure.unit,
        decimals=measure.decimals,
        added=change.added,
        removed=change.removed,
        changed=change.changed,
        years_added=change.years_added,
        england=tuple(_cell(m, places) for m in change.england),
        moved_most=tuple(_cell(m, places) for m in change.moved_most),
    )


def _cell(moved: Moved, places: Places) -> Before:
    names = {ENGLAND: "England", **{a.code: a.name for a in places.authorities}}
    return Before(
        area=names.get(moved.area, moved.area),
        year=moved.year,
        period=moved.period,
        before=moved.before,
        after=moved.after,
    )


def _older(report: ImportReport, library: Library) -> tuple[str, ...]:
    """A word on files that end before what is held: a newer edition is overwritten by an older."""
    said = []
    for file in report.taken:
        held = _newest(file.source, library)
        if held and file.years and file.years[0] < held:
            said.append(
                f"{file.name} ends in {file.years[0]}, but figures up to {held} are held. If it is "
                "an older edition, its figures now stand in place of newer ones; take it away "
                "with `goldthread figures remove`."
            )
    return tuple(said)


def _newest(source: str, library: Library) -> int | None:
    """The newest year of the source's own figures, not of those that carry its series on."""
    carrying_on = [
        s.release
        for s in library.sources.values()
        if any(target.partition(".")[0] == source for target in s.continues.values())
    ]
    own = [m.id for m in library.measures.values() if m.numerator.source == source]
    rows = library.counts.filter(
        pl.col("measure").is_in(own) & ~pl.col("release").is_in(carrying_on)
    )
    newest = rows["year"].max()
    return newest if isinstance(newest, int) else None
