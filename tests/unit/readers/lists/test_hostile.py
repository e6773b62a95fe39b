"""Files made to hurt: bombs, far corners, locked and nested zips, macros."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from goldthread.core.audit.listing import ListError
from goldthread.readers.lists import opening, read_list, workbook

DAY = dt.date(2026, 1, 15)
CSV = b"Reference,DOB\nA,01/01/2015\n"


def read(data, name="list"):
    return read_list([(name, data)], DAY)


def zipped(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return out.getvalue()


def xlsx(change=lambda sheet: None):
    book = openpyxl.Workbook()
    book.active.append(["Reference", "DOB"])
    book.active.append(["A", dt.date(2015, 1, 1)])
    change(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(data, **changes):
    """The workbook with parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            part = changes.pop(entry.filename, None)
            new.writestr(entry, part if part is not None else old.read(entry))
        for name, part in changes.items():
            new.writestr(name, part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def test_a_sound_workbook_for_comparison():
    assert len(read(xlsx()).plans) == 1


def test_one_cell_in_the_far_corner_is_refused_before_the_grid_is_made():
    def far(sheet):
        sheet["XFD1048576"] = "x"

    with pytest.raises(ListError, match="far more"):
        read(xlsx(far))


@pytest.mark.parametrize("limit", ["PART", "CELLS"])
def test_a_sheet_that_unpacks_to_too_much(monkeypatch, limit):
    monkeypatch.setattr(workbook, limit, 20)
    with pytest.raises(ListError, match="far more"):
        read(xlsx())


def test_a_zip_that_lies_about_its_sizes(monkeypatch):
    monkeypatch.setattr(opening, "WHOLE", 1000)
    data = zipped(list_dot_csv=CSV + b"x" * 5000)
    small = (2).to_bytes(4, "little")
    start = data.index(b"PK\x01\x02")
    lied = data[: start + 24] + small + data[start + 28 :]
    with pytest.raises(ListError):
        read(lied)
    with pytest.raises(ListError, match="unpacks"):
        read(data)


def test_a_zip_in_a_zip_and_one_with_too_many_files():
    with pytest.raises(ListError, match="inside a zip"):
        read(zipped(a_dot_csv=zipped(b_dot_csv=CSV)))
    many = {f"f{n}_dot_csv": CSV for n in range(opening.MOST_FILES + 1)}
    with pytest.raises(ListError, match="at most"):
        read(zipped(**many))
    with pytest.raises(ListError, match="without any list"):
        read(zipped(readme_dot_md=b"hello"))


def test_a_workbook_in_a_zip_is_read():
    assert len(read(zipped(list_dot_xlsx=xlsx())).plans) == 1


def test_a_file_that_is_too_large(monkeypatch):
    monkeypatch.setattr(opening, "LARGEST", 10)
    with pytest.raises(ListError, match="MB"):
        read(CSV)


def test_macros_are_carried_but_never_run():
    found = read(repacked(xlsx(), **{"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 macro"}), "list.xlsm")
    assert len(found.plans) == 1


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"[Content_Types].xml": b"<Types/>", "word__document.xml": b"<x/>"}, "no Excel workbook"),
        ({"[Content_Types].xml": b"<Types/>", "xl__workbook.bin": b"x"}, "binary form"),
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, "OpenDocument"),
        ({"[Content_Types].xml": b"<Types/>", "xl__workbook.xml": b"<x"}, "damaged"),
    ],
)
def test_other_office_files(members, said):
    with pytest.raises(ListError, match=said):
        read(zipped(**members))


def test_a_broken_sheet_is_refused():
    broken = repacked(xlsx(), **{"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row r='1'"})
    with pytest.raises(ListError, match="damaged"):
        read(broken)


def test_names_of_files_are_shown_without_folders_and_control_signs():
    with pytest.raises(ListError) as refused:
        read(b"", "C:\\secret\\so\x1b[31m\nme.csv")
    assert str(refused.value).startswith("so[31mme.csv is empty")
