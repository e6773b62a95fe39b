import io
import re
import zipfile

import openpyxl
import pytest

from goldthread.core.benchmark.values import PeerResult
from goldthread.core.report.record import ROW
from goldthread.core.report.report import measures_report
from goldthread.writers.xlsx import xlsx
from tests.builders import authority, comparator, comparison, library, silent

HOSTILE = '=HYPERLINK("https://example.org","x")'


def make(place=None, comparisons=None, standing=None):
    place = place or authority()
    chosen = comparisons or [comparison(), silent()]
    report = measures_report(place, comparator(), chosen, library())
    drawn = [comparison()] if standing is None else standing
    return xlsx(report, place, chosen, drawn, library())


def book(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def rows(sheet):
    head, *rest = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rest]


def test_sheets_in_reading_order():
    found = book(make())
    assert found.sheetnames == ["Read me", "What stands out", "Summary", "Data", "Trend"]


def test_values_come_back_exactly():
    c = comparison()
    found = rows(book(make())["Data"])
    assert list(found[0]) == ROW
    own = found[0]
    assert (own["value"], own["low"], own["numerator"]) == (c.value, c.low, c.numerator)
    trend = rows(book(make())["Trend"])
    own_series = [r["value"] for r in trend if r["series"] == "Northmere"][:6]
    assert own_series == [p.value for p in c.trend.points]


def test_missing_is_an_empty_cell_and_never_nought():
    own = next(r for r in rows(book(make())["Data"]) if r["measure_id"] == "plans-per-1000")
    assert own["value"] is None
    assert own["status"] == "unavailable"


def test_the_read_me_says_what_and_whence():
    said = " ".join(str(row[0]) for row in book(make())["Read me"].iter_rows(values_only=True))
    for words in ("Northmere", "Open Government Licence v3.0", "never nought", "Likely range"):
        assert words in said


def test_no_cell_is_a_formula_even_with_hostile_names():
    peers = (PeerResult("702", HOSTILE, 4.0, 1.0, 9.0, 1.0, 2.0, "ok", HOSTILE),)
    hostile = comparison(peers=peers, title=HOSTILE)
    found = book(make(authority(name=HOSTILE), [hostile], [hostile]))
    cells = [cell for sheet in found for row in sheet.iter_rows() for cell in row]
    assert not [c for c in cells if c.data_type == "f"]
    texts = [c.value for c in cells if c.data_type == "s"]
    assert not [t for t in texts if t.startswith(("=", "+", "-", "@"))]
    assert f"'{HOSTILE}" in texts


def test_charts_are_native_with_error_bars_and_a_description():
    with zipfile.ZipFile(io.BytesIO(make())) as parts:
        charts = [n for n in parts.namelist() if n.startswith("xl/charts/chart")]
        chart = parts.read(charts[0]).decode()
        drawing = parts.read("xl/drawings/drawing1.xml").decode()
    assert len(charts) == 1
    assert "errBars" in chart
    assert re.search(r'descr="[^"]*New plans issued within 20 weeks[^"]*"', drawing)


@pytest.mark.parametrize("sheet", ["Summary", "Data", "Trend"])
def test_headings_stay_in_view(sheet):
    assert book(make())[sheet].freeze_panes == "C2"


def test_with_nothing_standing_out_there_is_no_empty_chart_sheet():
    assert "What stands out" not in book(make(standing=[])).sheetnames
