"""Workbooks as cells with what is hidden, merged and worked out; and files made to hurt."""

import contextlib
import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.checking import spreadsheets
from goldthread.checking.job import Refused
from goldthread.checking.spreadsheets import read_book_capped
from goldthread.core.audit.book import BookError, a1, letters
from goldthread.readers.audits import read_book
from goldthread.readers.audits.marks import marks_of
from goldthread.readers.lists import workbook


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def a_book():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "One"
    sheet["C5"], sheet["D5"], sheet["E5"], sheet["F5"] = "x ", 1.0, 0.85, "=1+1"
    sheet["G6"], sheet["H6"] = True, dt.datetime(2025, 3, 4)
    sheet.column_dimensions["D"].hidden = True
    sheet.row_dimensions[6].hidden = True
    sheet.merge_cells("A1:C1")
    book.create_sheet("Hidden").sheet_state = "hidden"
    return book


def test_cells_stand_where_they_stood_with_what_is_said_of_them():
    found = read_book("a.xlsx", saved(a_book()))
    one, hidden = found.sheets
    assert [one.cell(4, c) for c in range(7)] == ["", "", "x", "1", "0.85", "", ""]
    assert (one.cell(5, 6), one.cell(5, 7), one.cell(99, 99)) == ("TRUE", "2025-03-04", "")
    assert (one.hidden_rows, one.hidden_columns) == ({5}, {3})
    assert one.formulas == {(4, 5)}
    assert one.merged_at(0, 1)
    assert not one.merged_at(1, 1)
    assert hidden.hidden
    assert not one.hidden
    assert one.where(4, 2) == "Sheet “One”, cell C5"


@given(st.integers(0, 20_000), st.integers(0, 700))
def test_places_are_named_as_excel_does(row, column):
    from openpyxl.utils import get_column_letter

    assert letters(column) == get_column_letter(column + 1)
    assert a1(row, column) == f"{get_column_letter(column + 1)}{row + 1}"


def test_thousands_of_blank_columns_and_rows_are_nothing():
    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    book.active["XFD1"] = " "
    book.active["A500"] = " "
    (sheet,) = read_book("a.xlsx", saved(book)).sheets
    assert sheet.rows == (("x",),)


def packed(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def replaced(data, part, change):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {n: archive.read(n) for n in archive.namelist()}
    files[part] = change(files[part])
    return packed(files)


SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "' + b"&a;" * 50 + b'">]>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"  ", "is empty"),
        (b"\xd0\xcf\x11\xe0", "an old Excel file (.xls)"),
        (b"%PDF-1.7", "is a PDF"),
        (b"\x1f\x8b\x08", "packed with gzip"),
        (b"<html><table><tr><td>1", "is a web page or XML"),
        (b"just words", "text without columns"),
        (b"PK\x03\x04", "damaged or cut short"),
        (packed({"mimetype": "application/vnd.oasis"}), "is an OpenDocument file"),
        (packed({"xl/workbook.bin": "x"}), "binary form (.xlsb)"),
        (packed({"word/document.xml": "x"}), "not a workbook"),
        (packed({"xl/workbook.xml": "<x/>"}), "damaged or locked inside"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_refused_with_one_sentence(data, words):
    with pytest.raises(BookError, match=r"^a\.xlsx ") as refused:
        read_book("a.xlsx", data)
    assert words in str(refused.value)
    assert str(refused.value).endswith(".")


def test_what_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(workbook, "PART", 1_000_000)
    with pytest.raises(BookError, match="far more than a workbook of audits"):
        read_book("a.xlsx", packed({"xl/workbook.xml": "x", SHEET: b" " * 1_500_000}))


def test_a_sheet_that_spans_all_excel_has_is_refused():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "x", "y"
    with pytest.raises(BookError, match="far more than a workbook of audits"):
        read_book("a.xlsx", saved(book))


def test_entities_are_never_resolved():
    hostile = replaced(
        saved(a_book()), SHEET, lambda xml: xml.replace(b"<worksheet", LAUGHS + b"<worksheet", 1)
    )
    try:
        found = read_book("a.xlsx", hostile)
    except BookError:
        return
    assert "haha" not in str(found)


@settings(max_examples=30)
@given(st.binary(min_size=1, max_size=40), st.integers(0, 5000))
def test_damage_is_a_sentence_or_a_workbook(noise, at):
    data = bytearray(saved(a_book()))
    at %= len(data)
    data[at : at + len(noise)] = noise
    with contextlib.suppress(BookError):
        assert read_book("a.xlsx", bytes(data)).sheets


def test_the_capped_process_gives_the_same_and_takes_nothing_down(monkeypatch):
    data = saved(a_book())
    assert read_book_capped("a.xlsx", data) == read_book("a.xlsx", data)
    refused = read_book_capped("a.xlsx", b"%PDF")
    assert isinstance(refused, Refused)
    assert "is a PDF" in refused.sentence
    monkeypatch.setattr(spreadsheets, "CLOCK", 0.01)
    slow = read_book_capped("a.xlsx", data)
    assert isinstance(slow, Refused)
    assert slow.code == "too-slow"


def test_macros_are_seen():
    data = io.BytesIO(saved(a_book()))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    assert read_book("a.xlsm", data.getvalue()).macros


def test_marks_without_numbers_are_passed_over():
    data = replaced(
        saved(a_book()), SHEET,
        lambda xml: xml.replace(b'ref="A1:C1"', b'ref="nowhere"').replace(b'r="6"', b'r="x"', 1),
    )  # fmt: skip
    found = marks_of(data)["One"]
    assert (found.merged, found.hidden_rows) == ([], set())
