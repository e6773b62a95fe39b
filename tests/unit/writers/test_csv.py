import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.core.report.record import ROW, tidy_rows
from goldthread.writers.csv import csv_text, inert
from tests.builders import authority, comparison, silent


def read(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_round_trip_of_values():
    c = comparison()
    rows = read(csv_text(tidy_rows(authority(), [c]), ROW))
    assert float(rows[0]["value"]) == c.value
    assert [float(r["value"]) for r in rows if r["role"] == "peer" and r["value"]] == [
        p.value for p in c.peers if p.value is not None
    ]


def test_missing_is_empty_and_never_nought():
    rows = read(csv_text(tidy_rows(authority(), [silent()]), ROW))
    assert rows[0]["value"] == rows[0]["numerator"] == ""
    assert rows[0]["status"] == "unavailable"


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@sum", "\t=1", "\r=1", "\n=1"])
def test_no_text_is_a_formula(name):
    (row,) = read(csv_text([{"name": name}], ["name"]))
    assert row["name"].startswith("'")
    assert row["name"].replace("'", "") == name


def test_a_negative_number_stays_a_number():
    assert csv_text([{"value": -1.5}], ["value"]) == "value\r\n-1.5\r\n"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_any_text_comes_back(text):
    (row,) = read(csv_text([{"name": text, "end": "x"}], ["name", "end"]))
    assert row == {"name": inert(text), "end": "x"}
    assert inert(text).replace("'", "") == text.replace("'", "")
