"""A table of somebody's own: encodings, delimiters, headings further down, mappings, Excel."""

import datetime as dt
import io

import openpyxl
import pytest

from goldthread.content import folder
from goldthread.core.audit.listing import ListError
from goldthread.core.audit.mapping import ColumnMapping
from goldthread.readers.lists import headers_of, read_list
from goldthread.readers.lists.aliases import authority_codes
from goldthread.readers.lists.workbook import UNWORKED
from goldthread.readers.places import read_places

DAY = dt.date(2026, 1, 15)
LINES = [
    ("Reference", "Surname", "DOB", "Primary need", "Final plan date", "Last annual review"),
    ("A1", "Ní Bhriain", "01/02/2012", "ASD", "03/04/2019", "05/06/2025"),
    ("A2", "O’Dowd", "12/11/2008", "Autism", "7 May 2025", ""),
]


def csv_of(lines=LINES, delimiter=",", end="\n"):
    return end.join(delimiter.join(f'"{c}"' for c in line) for line in lines) + end


def read(data, mapping=None, name="list.csv"):
    return read_list([(name, data)], DAY, mapping)


def excel(*lines, title="Sheet1", change=None):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for line in lines:
        sheet.append(line)
    if change:
        change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


PLAIN = read(csv_of().encode()).plans


def test_days_come_before_months():
    assert [(p.born, p.issued_on) for p in PLAIN] == [
        (dt.date(2012, 2, 1), dt.date(2019, 4, 3)),
        (dt.date(2008, 11, 12), dt.date(2025, 5, 7)),
    ]
    assert [p.need for p in PLAIN] == ["ASD", "ASD"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_one_list_in_many_hands(encoding, delimiter, end):
    assert read(csv_of(LINES, delimiter, end).encode(encoding)).plans == PLAIN


def test_excels_own_first_line_is_passed_over():
    assert read(("sep=;\n" + csv_of(delimiter=";")).encode()).plans == PLAIN


def test_a_name_of_a_file_settles_nothing():
    assert read(csv_of().encode(), name="plans.xlsx").plans == PLAIN


def test_line_breaks_inside_cells_keep_rows_whole():
    lines = [LINES[0], ("A1", "Ní\nBhriain", *LINES[1][2:]), LINES[2]]
    plans = read(csv_of(lines).encode()).plans
    assert [p.row for p in plans] == ["row 2", "row 3"]
    assert plans[0].surname == "Ní\nBhriain"


def test_titles_above_and_blank_rows_between_are_passed_over():
    text = "Plans at January,,,\n\n" + csv_of([LINES[0], LINES[1]]) + ",,,,,\n" + csv_of([LINES[2]])
    plans = read(text.encode()).plans
    assert [p.row for p in plans] == ["row 4", "row 6"]
    assert [p.local_id for p in plans] == ["A1", "A2"]


def test_excel_numbers_of_days_are_dates():
    lines = [LINES[0], ("A1", "Tran", "40940", "ASD", "43558.0", "")]
    plan = read(csv_of(lines).encode()).plans[0]
    assert (plan.born, plan.issued_on) == (dt.date(2012, 2, 1), dt.date(2019, 4, 3))


def test_a_mapping_reads_any_headings_and_words():
    lines = [("Code", "Kind of need", "Begun"), ("7", "Talking", "04-03-2019")]
    mapping = ColumnMapping(
        columns={"local_id": "Code", "need": "Kind of need", "issued_on": "Begun"},
        values={"need": {"talking": "SLCN"}},
        date_order="month-first",
    )
    plan = read(csv_of(lines).encode(), mapping).plans[0]
    assert (plan.local_id, plan.need, plan.issued_on) == ("7", "SLCN", dt.date(2019, 4, 3))
    with pytest.raises(ListError, match="Code"):
        read(csv_of().encode(), mapping)


def test_columns_that_are_not_there_are_said_once():
    listed = read(b"Reference,DOB\nA,01/01/2015\nB,01/01/2015\n")
    assert [(r.row, r.field, r.kind) for r in listed.refusals] == [
        ("file", "need", "warning"),
        ("file", "issued_on", "warning"),
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"  \n \n", "empty"),
        (b"Reference,DOB\n", "no rows"),
        (b"Colour,Size\nred,3\n", "map its columns"),
        (b"Just one long sentence.\nAnd another.\n", "without columns"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0 old", "old Excel"),
        (b"\x00\x01\x02,\x00", "no text"),
        (b"PK\x03\x04 broken", "damaged"),
        (b'Reference,DOB\nA,"' + b"x" * 200_000 + b'"\n', "line"),
        (b"<table><tr><td>Reference</td></tr></table>", "web page"),
    ],
)
def test_what_is_no_list_gets_one_sentence(data, said):
    with pytest.raises(ListError, match=said) as refused:
        read(data)
    assert "\n" not in str(refused.value)


def test_no_file_at_all_and_two_lists():
    with pytest.raises(ListError, match="No file"):
        read_list([], DAY)
    with pytest.raises(ListError, match="one list"):
        read_list([("a.csv", csv_of().encode()), ("b.csv", csv_of().encode())], DAY)


# --- Excel -----------------------------------------------------------------------------------


def test_cells_of_every_kind():
    lines = (
        ("Reference", "URN", "DOB", "Final plan date", "SEN unit"),
        (17, 123456.0, dt.date(2012, 2, 1), dt.datetime(2019, 4, 3, 9, 30), True),
    )
    plan = read(excel(*lines)).plans[0]
    assert (plan.local_id, plan.urn, plan.born) == ("17", "123456", dt.date(2012, 2, 1))
    assert (plan.issued_on, plan.setting_kind) == (dt.date(2019, 4, 3), "sen-unit")


def test_hidden_columns_and_merged_titles_are_read_through():
    def change(sheet):
        sheet.column_dimensions["C"].hidden = True
        sheet.merge_cells("A1:F1")

    assert len(read(excel(("Plans",), *LINES, change=change)).plans) == 2
    assert read(excel(("Plans",), *LINES, change=change)).plans[0].born == PLAIN[0].born


def test_a_table_that_does_not_begin_in_the_corner_keeps_its_row_numbers():
    moved = [(None, None, *line) for line in ((None,), (None,), *LINES)]
    plans = read(excel(*moved)).plans
    assert [p.row for p in plans] == ["row 4", "row 5"]


def test_the_sheet_that_fits_best_is_read_unless_one_is_named():
    book = openpyxl.Workbook()
    book.active.append(["Reference", "Notes"])
    book.active.append(["Z9", "old"])
    other = book.create_sheet("Plans")
    for line in LINES:
        other.append(line)
    out = io.BytesIO()
    book.save(out)
    assert len(read(out.getvalue()).plans) == 2
    named = ColumnMapping(columns={"local_id": "Reference"}, sheet="Sheet")
    assert [p.local_id for p in read(out.getvalue(), named).plans] == ["Z9"]
    with pytest.raises(ListError, match="Gone"):
        read(out.getvalue(), named.model_copy(update={"sheet": "Gone"}))


def test_formulas_without_results_are_blank_and_said():
    lines = (LINES[0], ("A1", "Tran", "=DATE(2012,2,1)", "ASD", "03/04/2019", ""))
    listed = read(excel(*lines))
    assert listed.plans[0].born is None
    assert UNWORKED in {r.sentence for r in listed.refusals}


def test_headers_for_the_page_that_maps_them():
    assert headers_of([("a.csv", csv_of().encode())]) == LINES[0]
    assert headers_of([("a.xlsx", excel(("Code", "Begun"), ("1", "2")))]) == ("Code", "Begun")
    with pytest.raises(ListError, match="empty"):
        headers_of([("a.xlsx", excel())])


def test_authorities_may_be_named_or_have_gss_codes():
    places = read_places(folder("reference"))
    codes = authority_codes()
    for place in places.current:
        assert codes[place.name.lower()] == place.code
        assert {codes[gss.lower()] for gss in place.gss if gss.lower() in codes} == {place.code}
    data = b"Reference,LA\nA,Leeds\nB,E08000035\nC,383\nD,Camden\n"
    listed = read_list([("l.csv", data)], DAY, authority="383")
    assert [p.local_id for p in listed.plans] == ["A", "B", "C"]
    assert [r.field for r in listed.refused] == ["authority"]
