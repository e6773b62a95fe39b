"""Nothing that is written for a spreadsheet is run by it, whoever wrote the words in it."""

import csv
import datetime as dt
import io
import re
from pathlib import Path

import openpyxl
import pytest

from goldthread.core.audit.workbook import Identity, Line
from goldthread.readers.frameworks import shared_framework
from goldthread.writers.audit_xlsx import About, audit_xlsx
from goldthread.writers.checked_xlsx import checked_xlsx
from goldthread.writers.csv import DANGEROUS, csv_text
from tests.records import checked_text_plan

HOSTILE = [f"{first}cmd|' /C calc'!A0" for first in DANGEROUS]
SOURCE = Path(__file__).parents[3] / "src" / "goldthread"
WRITERS = {"writers/xlsx.py", "writers/checked_xlsx.py", "writers/audit_xlsx.py"}
"""The modules that write workbooks; each is tried with hostile words, here or beside here."""
OURS = re.compile(r'=(SUMPRODUCT\(\(Questions!|COUNTA\(Questions!|"Answered "&COUNTA\(Questions!)')
"""The formulas of ours: they count the answers of an audit's workbook."""


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_a_csv_file_begins_a_formula(text):
    told = csv_text([{"a": text, "b": f"x;{text}", "c": f"x\t{text}"}], ["a", "b", "c"])
    for delimiter in (",", ";", "\t"):
        for row in csv.reader(io.StringIO(told, newline=""), delimiter=delimiter):
            assert not any(cell.startswith(DANGEROUS) for cell in row), (delimiter, row)


def test_negative_numbers_stay_numbers():
    told = csv_text([{"a": -1, "b": -0.25, "c": True, "d": None}], ["a", "b", "c", "d"])
    assert told == "a,b,c,d\r\n-1,-0.25,true,\r\n"


def cells(data):
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row
            if cell.value is not None]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_a_workbook_of_findings_is_a_formula(text):
    record = checked_text_plan()
    findings = [f.model_copy(update={"reason": text}) for f in record.findings]
    hostile = record.model_copy(update={
        "document": record.document.model_copy(update={"name": text}), "findings": tuple(findings),
    })  # fmt: skip
    found = cells(checked_xlsx([hostile]))
    assert all(cell.data_type != "f" for cell in found)
    assert not any(str(c.value).startswith(DANGEROUS) for c in found if c.data_type == "s")


@pytest.mark.parametrize("text", HOSTILE[:4])
def test_only_our_own_counting_is_a_formula_in_an_audits_workbook(text):
    framework = shared_framework()
    criterion = framework.criteria[0]
    asked = replace_question(criterion, text)
    identity = Identity("A-1", "001", "education", framework.key, text, text, {})
    data = audit_xlsx(
        identity, [Line(asked, text, "education", here=text)], framework,
        About(text, text, dt.date(2026, 1, 1)),
    )  # fmt: skip
    found = cells(data)
    assert all(OURS.match(c.value) for c in found if c.data_type == "f")
    texts = [c for c in found if c.data_type == "s"]
    assert not any(str(c.value).startswith(DANGEROUS) for c in texts)


def replace_question(criterion, text):
    return criterion.model_copy(update={"question": text, "look_for": (text,)})


def test_every_writer_goes_through_the_guard():
    """Other modules write no CSV and no workbook. Those of `simulation` write invented files, and
    `fetching` the site's own copy of published figures, as they were published."""
    csvs, books = set(), set()
    for path in SOURCE.rglob("*.py"):
        name, text = path.relative_to(SOURCE).as_posix(), path.read_text(encoding="utf-8")
        if name.startswith("simulation/") or name == "readers/fetching.py":
            continue
        if re.search(r"csv\.(writer|DictWriter)|\.write_csv\(|\.to_csv\(", text):
            csvs.add(name)
        if re.search(r"xlsxwriter\.Workbook|openpyxl|write_excel", text):
            books.add(name)
            assert "strings_to_formulas" in text, name
            assert "neutral" in text, name
        assert "neutral" in text or not re.search(r"\.write\(\d|\.write_row\(", text), name
    assert csvs == set()
    assert books == WRITERS
