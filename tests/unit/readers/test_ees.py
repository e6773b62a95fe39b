"""Whole files that are refused, and rows that are left out. Every row is a real one, bent."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldthread.core.measures.figures import SYMBOLS
from goldthread.readers.ees import EesError
from goldthread.readers.figures import FiguresError
from goldthread.readers.intake import Job, read_part, shelf
from goldthread.readers.release import Part
from goldthread.readers.tables import TableError
from tests.fakes import sen2_files as sen2

TODAY = dt.date(2026, 11, 24)
TOTAL = "All requests for EHC needs assessments"
BARNET = {"la_name": "Barnet", "time_period": "2024", "breakdown": TOTAL}


@pytest.fixture(scope="module")
def held():
    return shelf(sen2.REFERENCE)


@pytest.fixture
def table():
    return sen2.rows("requests", ("2023", "2024"))


@pytest.fixture
def read(held):
    job = Job(paths=(), reference=sen2.REFERENCE, today=TODAY, edition="Edition")

    def read(table, name="requests.csv", encoding="utf-8"):
        data = table if isinstance(table, bytes) else sen2.text(table).encode(encoding)
        return read_part(Part(name, data), held, job)

    return read


def refused(read, table, **how):
    report, figures = read(table, **how)
    assert figures is None
    assert report.outcome == "refused"
    return report.why


def test_real_rows_are_taken(read, table):
    report, figures = read(table)
    assert (report.outcome, report.source) == ("taken", "sen2-requests")
    assert report.years == (2024, 2023)
    assert report.authorities == 153
    assert report.absent == ()
    assert report.missing == ()
    england = figures.filter(area="E92000001", year=2024, series="requests_received_in_year")
    assert england["value"].to_list() == [154489.0]
    assert report.rows_taken + report.rows_unread == report.rows == len(table) - 1


def test_a_byte_order_mark_and_capitals_do_no_harm(read, table):
    plain, _ = read(table)
    marked, _ = read([[h.upper() for h in table[0]], *table[1:]], encoding="utf-8-sig")
    assert marked.rows_taken == plain.rows_taken


def test_old_and_new_names_of_totals(read, table):
    new = "All requests for an EHC needs assessment"
    table = [[new if cell == TOTAL else cell for cell in row] for row in table]
    report, _ = read(table)
    assert report.outcome == "taken"
    assert report.authorities == 153


def test_renamed_columns_are_taken_under_their_aliases(held, read, table):
    source = held.sources["sen2-requests"]
    aliases = {"requests_received_in_year": ("requests_received",)}
    held.sources["sen2-requests"] = source.model_copy(update={"aliases": aliases})
    try:
        names = {"requests_received_in_year": "Requests_Received"}
        report, figures = read(sen2.renamed(table, names))
    finally:
        held.sources["sen2-requests"] = source
    assert report.columns["requests_received_in_year"] == "requests_received"
    assert figures.filter(series="requests_received_in_year", area="E92000001").height == 2


def test_the_two_files_with_the_same_columns_are_told_apart(read):
    for name, source in (
        ("sen_needs_all_plans", "sen2-needs"),
        ("sen_need_newplans", "sen2-needs-new"),
    ):
        report, _ = read(sen2.rows(name), name="some_download.csv")
        assert report.source == source


def test_a_file_of_no_source_names_the_nearest_and_what_differs(read, table):
    names = {h: f"new_{h}" for h in table[0][13:]}
    why = refused(read, sen2.renamed(table, names), name="strange.csv")
    assert "strange.csv is no source that we know" in why
    assert "Requests for an EHC needs assessment" in why
    assert "lacks" in why
    assert "new_requests_decided_to_assess" in why
    assert "aliases" in why


def test_a_file_without_one_column_of_ours(read, table):
    names = {h: f"a{i}" for i, h in enumerate(table[0]) if i >= 12}
    assert "none of its columns is one that we read" in refused(read, sen2.renamed(table, names))


def test_total_rows_under_another_name(read, table):
    table = [["Everything" if cell == TOTAL else cell for cell in row] for row in table]
    why = refused(read, table)
    assert "no total rows" in why
    assert f"“{TOTAL}”" in why
    assert "“Everything”" in why


def test_a_file_cut_short(read, table):
    data = sen2.text(table).encode()
    why = refused(read, data[: len(data) - 40])
    assert "line" in why
    assert "cut short" in why


def test_a_last_row_without_a_new_line_is_doubted(read, table):
    report, _ = read(sen2.text(table).encode()[:-2])
    assert report.outcome == "taken"
    assert "does not end with a new line" in report.notes[0]


def test_another_encoding(read, table):
    table = sen2.changed(table, "la_name", lambda _: "Bårnet", **BARNET)
    line = sen2.line_of(table, la_name="Bårnet")
    why = refused(read, table, encoding="latin-1")
    assert f"not UTF-8 (line {line}" in why
    assert "CSV UTF-8" in why


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
def test_an_excel_file_with_a_csv_name(read, start):
    why = refused(read, start + b"\0" * 200)
    assert "Excel" in why
    assert "CSV" in why


@pytest.mark.parametrize("data", [b"", b"\n\n"])
def test_an_empty_file(read, data):
    assert "empty" in refused(read, data)


def test_a_header_alone(read, table):
    assert "no rows" in refused(read, table[:1])


def test_no_rows_of_authorities(read, table):
    table = sen2.only(table, lambda r: r["geographic_level"] != "Local authority")
    why = refused(read, table)
    assert "Local authority" in why
    assert "National, Regional" in why


def test_no_columns_of_authorities(read, table):
    at = [i for i, h in enumerate(table[0]) if h not in ("new_la_code", "old_la_code", "la_name")]
    assert "no authorities" in refused(read, [[row[i] for i in at] for row in table])


def test_a_required_column_missing(read, table):
    assert "“time_identifier”" in refused(read, [[r[0], *r[2:]] for r in table])


def test_the_misspelling_of_the_published_example(read):
    data = (sen2.REFERENCE / "ees_example" / "ees_demo_datafile.csv").read_bytes()
    why = refused(read, data, name="demo.csv")
    assert "“geographic_level”" in why
    assert "“geographical_level”" in why


def test_rows_that_repeat(read, table):
    first = sen2.line_of(table, **BARNET)
    why = refused(read, [*table, table[first - 1]])
    assert f"lines {first} and {len(table) + 1}" in why
    assert "Barnet" in why


def test_two_kinds_of_year(read, table):
    table = sen2.changed(table, "time_period", lambda _: "202324", time_period="2023")
    why = refused(read, table)
    assert "kinds of year" in why


def test_a_period_that_is_none(read, table):
    assert "2O24" in refused(read, sen2.changed(table, "time_period", lambda _: "2O24", **BARNET))


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("1,234", "Write 1234, without a thousands separator."),
        ("1 234 567", "Write 1234567, without a thousands separator."),
        ("-5", "below nought"),
        ("12%", "the number alone"),
        ("?", "neither a number nor a symbol"),
        ("nan", "neither a number nor a symbol"),
        ("inf", "neither a number nor a symbol"),
        ("1e5", "neither a number nor a symbol"),
        ("١٢", "neither a number nor a symbol"),
    ],
)
def test_a_value_that_is_none_takes_its_row_away(read, table, value, why):
    column = "requests_received_in_year"
    table = sen2.changed(table, column, lambda _: value, **BARNET)
    report, figures = read(table)
    (row,) = report.refused
    assert (row.area, row.column, row.value) == ("Barnet", column, value)
    assert row.line == sen2.line_of(table, **BARNET)
    assert why in row.why
    assert figures.filter(area="302", year=2024).is_empty()
    assert not figures.filter(area="302", year=2023).is_empty()


def test_an_unknown_code_is_refused_with_a_near_name(read, table):
    table = sen2.changed(table, "old_la_code", lambda _: "999", **BARNET)
    table = sen2.changed(table, "new_la_code", lambda _: "E09999999", **BARNET)
    report, _ = read(table)
    (row,) = report.refused
    assert row.why == "No authority has this code. Did you mean Barnet?"


def test_a_place_that_the_publisher_does_not_know_is_no_mistake(read, table):
    for column, value in (("old_la_code", "x"), ("new_la_code", "x"), ("la_name", "Not available")):
        where = {**BARNET} if column == "old_la_code" else {"old_la_code": "x"}
        table = sen2.changed(table, column, lambda _, v=value: v, **where)
    report, figures = read(table)
    assert report.refused == ()
    assert report.absent == ("Barnet",)
    assert figures.filter(area="302", year=2024).is_empty()


def test_a_year_to_come(read, table):
    table = sen2.changed(table, "time_period", lambda _: "2031", time_period="2024")
    report, figures = read(table)
    assert {r.value for r in report.refused} == {"2031"}
    assert set(figures["year"]) == {2023}


def test_a_file_of_years_to_come_alone(read, table):
    table = sen2.only(table, lambda r: r["time_period"] == "2024")
    why = refused(read, sen2.changed(table, "time_period", lambda _: "2031"))
    assert "no row of an authority" in why
    assert "future" in why


def test_sums_that_do_not_add_up_are_told_with_their_symbols(read, table):
    column = "requests_received_in_year"
    gone = int(table[sen2.line_of(table, **BARNET) - 1][table[0].index(column)])
    table = sen2.changed(table, column, lambda _: "x", **BARNET)
    report, figures = read(table)
    assert report.outcome == "taken"
    (found,) = [
        s for s in report.sums if s.column == column and s.year == 2024 and s.area == "England"
    ]
    assert found.difference == -gone
    assert found.symbols == ("Barnet",)
    cell = figures.filter(area="302", year=2024, series=column).row(0, named=True)
    assert (cell["value"], cell["status"]) == (None, "unavailable")


def test_the_repeated_total_of_2022_is_known_and_explained(read):
    report, _ = read(sen2.rows("newplans"), name="newplans.csv")
    assert {(s.year, s.area) for s in report.sums} == {
        (2022, "England"),
        (2022, "Yorkshire and The Humber"),
    }
    assert all("Yorkshire and The Humber" in s.explained for s in report.sums)


CELLS = st.one_of(
    st.sampled_from(sorted(SYMBOLS)),
    st.integers(0, 10**6).map(str),
    st.sampled_from(["1,234", "-1", "0", "0.0", "nought", "=1+1", "nan", "X", " z ", "NO DATA"]),
    st.text(max_size=6),
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    cells=st.lists(st.tuples(st.integers(0, 19), st.integers(12, 28), CELLS), max_size=12),
    odd=st.one_of(st.none(), st.tuples(st.integers(0, 11), st.text(max_size=12))),
)
def test_no_table_makes_a_nought_of_a_symbol_or_an_error_of_another_kind(held, cells, odd):
    """Twenty real rows with any cells at all: numbers come out as printed, or not at all."""
    full = sen2.rows("requests", ("2024",))
    table = [full[0], *sen2.only(full, lambda r: r["breakdown"] == TOTAL)[1:21]]
    table = [list(row) for row in table]
    for row, column, cell in cells:
        table[row + 1][column] = cell
    if odd:
        table[3][odd[0]] = odd[1]
    job = Job(paths=(), reference=sen2.REFERENCE, today=TODAY, edition="Edition")
    try:
        data = sen2.text(table).encode("utf-8", "replace")
        report, figures = read_part(Part("requests.csv", data), held, job)
    except (EesError, TableError, FiguresError):
        return
    if figures is None:
        assert report.why
        return
    printed = _printed(table)
    for cell in figures.iter_rows(named=True):
        # A cell whose code or heading was bent is found another way, and is not looked up.
        said = printed.get((cell["area"], cell["series"]))
        if cell["value"] is not None and said is not None:
            assert said.strip().lower() not in SYMBOLS
            assert cell["value"] == float(said)


def _printed(table):
    header = [h.lower() for h in table[0]]
    code, region = header.index("old_la_code"), header.index("region_code")
    return {
        (row[code] or row[region] or "E92000001", name): cell
        for row in table[1:]
        for name, cell in zip(header, row, strict=True)
    }
