"""What an import says of each file: one schema for the screen, JSON and the stored release."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from goldthread.core.frozen import Content


class RefusedRow(Content):
    """A row that was left out. `line` counts from the header, which is line 1."""

    line: int
    area: str
    column: str
    value: str
    why: str


class Sum(Content):
    """Authorities' figures added up do not give the file's own total.

    `symbols` names the authorities whose cell is a symbol, which alone may explain it;
    `explained` is what the source's file in reference/sources says of it.
    """

    column: str
    year: int
    area: str
    total: float
    authorities: float
    difference: float
    symbols: tuple[str, ...]
    explained: str = ""


class FileReport(Content):
    """One data file: what became of it and why."""

    name: str
    outcome: Literal["taken", "refused", "skipped", "already imported"]
    why: str = ""
    source: str = ""
    title: str = ""
    edition: str = ""
    sha256: str = ""
    rows: int = 0
    """Rows of data in the file."""
    rows_taken: int = 0
    """Total rows about England, regions and authorities, all of whose cells are sound."""
    rows_unread: int = 0
    """Breakdowns and other levels, which Goldthread does not read."""
    refused: tuple[RefusedRow, ...] = ()
    years: tuple[int, ...] = ()
    columns: dict[str, str] = Field(default_factory=dict)
    """Our name -> the file's."""
    missing: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    authorities: int = 0
    """Authorities with a row in the newest year."""
    absent: tuple[str, ...] = ()
    """Names of current authorities without one."""
    symbols: int = 0
    """Cells that hold a symbol instead of a number; kept as such, never read as nought."""
    sums_checked: int = 0
    sums: tuple[Sum, ...] = ()
    notes: tuple[str, ...] = ()


class Before(Content):
    """One cell before and after; None where there is no number."""

    area: str
    year: int
    period: str
    before: float | None
    after: float | None


class MeasureDifference(Content):
    """What the import does to one measure, in shown units."""

    measure: str
    title: str
    unit: str
    decimals: int
    added: int
    removed: int
    changed: int
    years_added: tuple[int, ...]
    england: tuple[Before, ...]
    moved_most: tuple[Before, ...]


class ImportReport(Content):
    """One run of `figures import`."""

    date: dt.date
    dry_run: bool = False
    release: str = ""
    """Id of the release made; empty when nothing was taken or nothing was to be."""
    files: tuple[FileReport, ...]
    differences: tuple[MeasureDifference, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether something was refused as a whole."""
        return any(f.outcome == "refused" for f in self.files)

    @property
    def taken(self) -> tuple[FileReport, ...]:
        return tuple(f for f in self.files if f.outcome == "taken")
