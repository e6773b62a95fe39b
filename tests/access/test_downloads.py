"""Every table that people can take away, with words in it that a spreadsheet would run."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from goldthread.records.roles import ROLES
from goldthread.records.scope import scope
from goldthread.writers.csv import DANGEROUS
from tests.access.everything import everything, mark_every_text
from tests.access.table import in_authority
from tests.people import NORTH, client_of

FILES = [row for row in in_authority() if row.path.endswith((".csv", ".xlsx")) and row.get == 200]


def cells(answer):
    """Texts of a file's cells, and which of them are formulas."""
    if "spreadsheetml" in answer["Content-Type"]:
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        every = [c for s in book for row in s.iter_rows() for c in row if c.value is not None]
        return [str(c.value) for c in every if c.data_type in ("s", "f")]
    text = answer.content.decode("utf-8-sig")
    return [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]


def number(cell):
    try:
        float(cell)
    except ValueError:
        return False
    return True


@pytest.fixture(scope="module")
def north(shared):
    return everything(NORTH)


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t"])
def test_no_download_holds_a_formula(north, first):
    mark = f"{first}1+1 {north.mark}"
    with scope(authority=NORTH):
        mark_every_text(NORTH, mark)
    assert FILES
    for row in FILES:
        role = next(name for name in ROLES if row.answer(north.people[name]) == 200)
        answer = client_of(north.people[role]).get(row.filled(NORTH, north.named))
        assert answer.status_code == 200, row.path
        loose = [c for c in cells(answer) if c.startswith(DANGEROUS) and not number(c)]
        assert loose == [], row.path
