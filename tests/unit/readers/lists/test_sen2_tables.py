"""The SEN2 return as tables: which are there, how they join, and zips of them."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from goldthread.core.audit.listing import ListError
from goldthread.readers.lists import read_list
from goldthread.simulation.lists import invented_list, invented_people
from goldthread.simulation.lists_sen2 import COLUMNS, table_rows

DAY = dt.date(2026, 1, 15)


def files(plans=20):
    return invented_list("sen2-csv", "301", plans, 4, DAY)


def without(*tables):
    return [f for f in files() if not f[0].removesuffix(".csv").endswith(tables)]


def test_names_and_order_do_not_matter():
    shuffled = [(f"file {i}", data) for i, (_, data) in enumerate(reversed(files()))]
    assert read_list(shuffled, DAY).plans == read_list(files(), DAY).plans


def test_a_zip_of_them_is_the_same_list():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files():
            archive.writestr(f"export/{name}", data)
        archive.writestr("__MACOSX/export/._x.csv", "junk")
        archive.writestr("export/read me.docx", "junk")
    assert read_list([("a.zip", packed.getvalue())], DAY) == read_list(files(), DAY)


@pytest.mark.parametrize("table", ["person", "requests", "namedplan", "activeplans"])
def test_a_needed_file_that_is_missing_is_named(table):
    from goldthread.readers.lists.sen2_tables import TITLES

    with pytest.raises(ListError, match=TITLES[table]):
        read_list(without(table), DAY)


def test_without_useful_files_plans_are_read_and_it_is_said():
    whole = read_list(files(), DAY)
    listed = read_list(without("_sen2", "senneed", "placementdetail"), DAY)
    assert [p.local_id for p in listed.plans] == [p.local_id for p in whole.plans]
    assert [p.urn for p in listed.plans] == [p.urn for p in whole.plans]  # from plan details
    assert {p.need for p in listed.plans} == {None}
    assert [r.kind for r in listed.refusals] == ["warning"] * 3


def test_a_strange_file_among_them_is_refused():
    with pytest.raises(ListError, match=r"other\.csv"):
        read_list([*files(), ("other.csv", b"a,b\n1,2\n")], DAY)


def test_two_exports_at_once_are_refused():
    with pytest.raises(ListError, match="second"):
        read_list([*files(), *files()], DAY)


def test_requests_of_nobody_are_said():
    lost = [(n, d.replace(b"\r\n1,301,,,1,", b"\r\n1,301,,,x,") if "requests" in n else d)
            for n, d in files()]  # fmt: skip
    listed = read_list(lost, DAY)
    assert len(listed.plans) == 19
    assert [(r.row, r.kind) for r in listed.refusals] == [("Requests table, row 2", "refused")]


def test_a_workbook_with_a_sheet_for_each_table_is_the_same_list():
    """As authorities hold it before it is submitted: no keys of tables, person and request."""
    tables = table_rows(invented_people(20, 4, DAY), "301", DAY, lambda d: d and d.isoformat())
    sheets = {"person": "Person", "requests": "Requests", "assessment": "Assessments",
              "namedplan": "Named Plan", "plandetail": "Plan Detail",
              "activeplans": "Active Plan", "placementdetail": "Placement Detail",
              "senneed": "SEN Need"}  # fmt: skip
    book = openpyxl.Workbook()
    for table, title in sheets.items():
        sheet = book.create_sheet(title)
        own = f"{table}tableid"
        keys = ["persontableid", "requeststableid"]
        names = keys + [c for c in COLUMNS[table] if not c.endswith("tableid")]
        sheet.append(names)
        for row in tables[table]:
            parent = next((row[k] for k in row if k.endswith("tableid") and k != own), "1")
            key = row[own] if table in ("person", "requests") else parent
            every = {**row, "persontableid": key, "requeststableid": key}
            sheet.append([every.get(name) for name in names])
    out = io.BytesIO()
    book.save(out)
    listed = read_list([("return.xlsx", out.getvalue())], DAY)
    wanted = read_list(files(), DAY)
    assert listed.format == "sen2-excel"
    hidden = ("row", "authority")
    for plan, other in zip(listed.plans, wanted.plans, strict=True):
        for name in plan.__dataclass_fields__:
            assert name in hidden or getattr(plan, name) == getattr(other, name), name
