"""What each imported release changed, as it was written down when it came."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from pydantic import ValidationError

from goldthread.core.benchmark.engine import Benchmark
from goldthread.core.benchmark.show import shown
from goldthread.readers import store
from goldthread.readers.import_report import Before, FileReport, ImportReport, MeasureDifference
from goldthread.readers.shared import releases_folder
from goldthread.web.answers import page


@dataclass(frozen=True)
class Cell:
    """One figure before and after, as words."""

    area: str
    period: str
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    id: str
    title: str
    added: int
    removed: int
    changed: int
    england: tuple[Cell, ...]
    moved: tuple[Cell, ...]


@dataclass(frozen=True)
class Release:
    """`differences` is None where the report of the import cannot be read."""

    id: str
    imported: str
    files: tuple[store.StoredFile, ...]
    taken: tuple[FileReport, ...]
    differences: tuple[Difference, ...] | None


@page
def changes(request: HttpRequest, benchmark: Benchmark) -> HttpResponse:
    """Newest release first; without any, what came with this copy and how to bring in another."""
    found = [_release(r) for r in reversed(store.releases(releases_folder()))]
    sources = sorted(benchmark.library.sources.values(), key=lambda s: s.title)
    return render(request, "changes.html", {"releases": found, "sources": sources})


def _release(stored: store.StoredRelease) -> Release:
    day = stored.imported
    imported = f"{day.day} {day:%B %Y}"
    report = _report(stored)
    if report is None:
        return Release(stored.id, imported, stored.files, (), None)
    found = tuple(_difference(d) for d in report.differences)
    return Release(stored.id, imported, stored.files, report.taken, found)


def _report(stored: store.StoredRelease) -> ImportReport | None:
    try:
        text = (stored.path / "report.json").read_text(encoding="utf-8")
        return ImportReport.model_validate_json(text)
    except (OSError, UnicodeDecodeError, ValidationError):
        return None


def _difference(d: MeasureDifference) -> Difference:
    return Difference(
        id=d.measure,
        title=d.title,
        added=d.added,
        removed=d.removed,
        changed=d.changed,
        england=tuple(_cell(d, b) for b in d.england),
        moved=tuple(_cell(d, b) for b in d.moved_most),
    )


def _cell(d: MeasureDifference, b: Before) -> Cell:
    before, after = (shown(v, d.unit, d.decimals, short=True) for v in (b.before, b.after))
    return Cell(b.area, b.period, before, after)
