"""The difference between two tables, held against a slow, obvious second way."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.core.measures.changes import ROWS, Moved, changes
from goldthread.core.measures.figures import COUNTS, FIGURES
from goldthread.core.places import ENGLAND
from tests import builders


def table(cells, status="ok"):
    """Counts from (measure, area, year) -> value; None is a symbol."""
    rows = [
        {
            "measure": m,
            "area": a,
            "year": y,
            "period": str(y),
            "cell": "all",
            "value": v,
            "status": "unavailable" if v is None else status,
        }
        for (m, a, y), v in cells.items()
    ]
    return pl.DataFrame([{**dict.fromkeys(COUNTS), **r} for r in rows], schema=COUNTS)


def test_nothing_changes_between_a_table_and_itself():
    counts = builders.counts()
    found = changes(counts, counts.sample(fraction=1, shuffle=True, seed=1))
    assert found.cells == 0
    assert found.measures == ()
    assert dict(found.rows.schema) == ROWS


def test_added_removed_and_changed_cells():
    before = table({("m", "301", 2023): 1.0, ("m", "302", 2023): 2.0, ("n", "301", 2023): 5.0})
    after = table({("m", "301", 2023): 1.5, ("m", "301", 2024): 3.0, ("n", "301", 2023): 5.0})
    (found,) = changes(before, after).measures
    assert (found.added, found.removed, found.changed) == (1, 1, 1)
    assert found.years_added == (2024,)
    assert found.years_removed == ()
    assert found.moved_most == (Moved("301", 2023, "2023", 1.0, 1.5),)
    assert found.moved_most[0].difference == 0.5


def test_a_symbol_is_never_a_nought():
    before, after = table({("m", "301", 2023): None}), table({("m", "301", 2023): 4.0})
    rows = changes(before, after).rows.row(0, named=True)
    assert (rows["before"], rows["after"]) == (None, 4.0)
    assert (rows["status_before"], rows["status_after"]) == ("unavailable", "ok")
    assert changes(before, after).measures[0].moved_most == ()
    assert Moved("301", 2023, "2023", None, 4.0).difference is None


def test_a_nought_and_a_symbol_differ():
    assert changes(table({("m", "301", 2023): 0.0}), table({("m", "301", 2023): None})).cells == 1


def test_a_changed_status_or_word_is_a_change_and_float_noise_is_none():
    cells = {("m", "301", 2023): 1.1}
    assert changes(table(cells), table(cells, "provisional")).cells == 1
    assert changes(table(cells), table({("m", "301", 2023): 1.1 + 1e-15})).cells == 0
    yes = table(cells).with_columns(pl.lit("Yes").alias("text"))
    assert changes(yes, yes.with_columns(pl.lit("No").alias("text"))).cells == 1


def test_england_newest_first_and_the_authorities_that_moved_most():
    old = {("m", ENGLAND, y): 10.0 for y in (2022, 2023)}
    old |= {("m", code, 2023): 10.0 for code in ("301", "302", "303", "304")}
    new = {("m", ENGLAND, 2022): 11.0, ("m", ENGLAND, 2023): 12.0, ("m", "304", 2023): 9.0}
    new |= {("m", "301", 2023): 11.0, ("m", "302", 2023): 7.0, ("m", "303", 2023): 10.0}
    (found,) = changes(table(old), table(new), most=2).measures
    assert [(m.year, m.after) for m in found.england] == [(2023, 12.0), (2022, 11.0)]
    assert [m.area for m in found.moved_most] == ["302", "301"]


def test_figures_are_compared_too():
    row = ("sen2-requests", "R", "received", "301", 2024, "2024", 1.0, None, "ok")
    before = pl.DataFrame([row], schema=FIGURES, orient="row")
    (found,) = changes(before, before.with_columns(pl.lit(2.0).alias("value"))).measures
    assert found.measure == "sen2-requests: received"


KEYS = st.tuples(st.sampled_from("mn"), st.sampled_from(["301", ENGLAND]), st.integers(2023, 2024))
VALUES = st.one_of(st.none(), st.integers(0, 3).map(float))
CELLS = st.dictionaries(KEYS, VALUES, max_size=8)


@given(before=CELLS, after=CELLS)
def test_as_the_obvious_way_says(before, after):
    expected = {}
    for key in before.keys() | after.keys():
        if key not in before:
            expected[key] = "added"
        elif key not in after:
            expected[key] = "removed"
        elif before[key] != after[key]:
            expected[key] = "changed"
    found = changes(table(before), table(after))
    rows = found.rows.iter_rows(named=True)
    assert {(r["measure"], r["area"], r["year"]): r["change"] for r in rows} == expected
    assert sum(m.added + m.removed + m.changed for m in found.measures) == len(expected)
    for row in found.rows.iter_rows(named=True):
        key = (row["measure"], row["area"], row["year"])
        assert row["before"] == before.get(key)
        assert row["after"] == after.get(key)


@pytest.mark.parametrize("empty", [table({}), table({("m", "301", 2023): 1.0})])
def test_empty_tables(empty):
    assert changes(empty, table({})).cells == empty.height
