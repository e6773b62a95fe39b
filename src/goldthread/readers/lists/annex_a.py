"""Ofsted's Annex A workbook for an area SEND inspection: list 1, one row a person with a plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from goldthread.core.audit.listing import Listed, Refusal
from goldthread.core.audit.mapping import plain
from goldthread.core.audit.rows import RawRow, Rules, plans_of
from goldthread.readers.lists.opening import Opened
from goldthread.readers.lists.sen2 import Frame
from goldthread.readers.lists.texts import Table
from goldthread.readers.lists.workbook import UNWORKED

FIELDS = {
    "uniqueid": "local_id",
    "upn": "upn",
    "uln": "uln",
    "dateofbirth": "born",
    "gender": "sex",
    "ethnicity": "ethnicity",
    "dateinitialehcplanissued": "issued_on",
    "dateupdatedehcplanissued": "amended_on",
    "dateehcplanlastreviewed": "last_review_on",
    "senprimaryneed": "need",
    "maineducationestablishmenturn": "urn",
    "maineducationestablishmentphase": "phase",
    "subsidiaryeducationestablishmentphasedualregistration": "subsidiary_phase",
    "electivehomeeducation": "home",
    "doesthechildoryoungpersonhaveadisability": "disability",
}
"""Plain headings of list 1 -> our fields. List 2 (SEN support) has no dates of plans."""
SIGNS = frozenset({"issued_on", "last_review_on", "need", "disability"})
"""Fields that together make a table list 1 of Annex A and nothing else."""
SEARCHED = 20
"""Rows in which the headings stand, under whatever title."""


def sheet_of(file: Opened) -> tuple[Table, int] | None:
    """The sheet that is list 1 and the row of its headings; None when there is none."""
    book = file.workbook
    for name in sorted(book.sheets, key=lambda n: plain(n) != "list1"):
        table = book.sheet(name)
        for i, row in enumerate(table.rows[:SEARCHED]):
            if {FIELDS.get(plain(cell)) for cell in row} >= SIGNS:
                return table, i
    return None


def read(file: Opened, frame: Frame) -> Listed:
    """The plans of list 1, held against Annex A's validation rules.

    It carries neither authority nor date: ages are told on the day it is read.
    """
    found = sheet_of(file)
    if found is None:
        raise AssertionError("asked to read what sheet_of had not found")
    table, start = found
    columns = frame.columns
    rules = Rules(
        day=frame.today, codes=columns.codes, letters=columns.letters, annex_a=True
    )  # fmt: skip
    plans, said, read_ = plans_of(_rows(table, start), rules)
    if file.workbook.unworked:
        said = (Refusal("file", "", UNWORKED, "warning"), *said)
    return Listed("annex-a", None, None, plans, said, read_)


def _rows(table: Table, start: int) -> Iterator[RawRow]:
    places = _places(table.rows[start])
    for row, cells in table.numbered(start + 1):
        values = {f: cells[i] for i, f in places if i < len(cells) and cells[i]}
        if values:
            yield RawRow(row, values)


def _places(header: Sequence[str]) -> list[tuple[int, str]]:
    return [(i, FIELDS[plain(cell)]) for i, cell in enumerate(header) if plain(cell) in FIELDS]
