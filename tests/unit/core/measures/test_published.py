"""Figures as counts: every kind, every reason for a gap, and a slow reading of the same."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.core.measures.definition import Caveat, Measure, Term
from goldthread.core.measures.figures import COUNTS, FIGURES, Status
from goldthread.core.measures.published import check_published, counts_of
from goldthread.core.places import ENGLAND
from tests.builders import measure as built
from tests.unit.readers.invented import places

PLACES = places()
WORDS = {"note.summed": "Before {date} this is {names} added together."}
NO_INTERVAL = {"interval": "none", "interval_note": "Printed without counts.", "denominator": None}


def term(*columns: str, **changes) -> Term:
    values = {"source": "invented", "columns": columns, "label": "plans"}
    return Term(**{**values, **changes})


def share(**changes) -> Measure:
    usual = {"numerator": term("part"), "denominator": term("all"), "caveats": (), "id": "share"}
    return built(**{**usual, **changes})


def cell(series: str, value: object, area: str = "701", year: int = 2024, **changes) -> dict:
    """One figure; a text that is no number is its status."""
    known = isinstance(value, (int, float))
    row = {
        "source": "invented",
        "release": "Edition 1",
        "series": series,
        "area": area,
        "year": year,
        "period": str(year),
        "value": float(value) if known else None,
        "text": None,
        "status": "ok" if known else value,
    }
    return {**row, **changes}


def counts(measure: Measure, *cells: dict, keep: bool = True) -> list[dict]:
    """Counts of one measure; another authority has figures, so that every year is kept."""
    wholes = {} if measure.denominator is None else dict.fromkeys(measure.denominator.columns, 9)
    columns = {**dict.fromkeys(measure.numerator.columns, 1), **wholes}
    years = {c["year"] for c in cells} if keep else ()
    others = [cell(c, value, "702", year) for year in years for c, value in columns.items()]
    figures = pl.DataFrame([*cells, *others], schema=FIGURES, orient="row")
    found = counts_of(figures, {measure.id: measure}, PLACES, WORDS)
    assert dict(found.schema) == COUNTS
    return [r for r in found.to_dicts() if r["area"] != "702"]


def one(measure: Measure, *cells: dict) -> dict:
    (found,) = counts(measure, *cells)
    return found


def test_a_share_is_numerator_over_denominator_in_shown_units():
    found = one(share(), cell("part", 3), cell("all", 12))
    assert (found["numerator"], found["denominator"], found["value"]) == (3, 12, 25)
    assert (found["status"], found["note"], found["cell"]) == ("ok", None, "all")
    assert (found["period"], found["release"]) == ("2024", "Edition 1")


def test_a_rate_is_shown_for_as_many_as_its_scale():
    rate = share(kind="rate", interval="byar", scale=1000, unit="per 1,000")
    assert one(rate, cell("part", 30), cell("all", 1000))["value"] == 30


def test_a_change_is_growth_on_an_earlier_count():
    change = share(
        kind="change",
        numerator=term("all"),
        denominator=term("all", offset=-1),
        interval="none",
        interval_note="Two counts.",
    )
    found = {r["year"]: r for r in counts(change, cell("all", 100, year=2023), cell("all", 120))}
    assert found[2024]["value"] == pytest.approx(20)
    assert (found[2024]["numerator"], found[2024]["denominator"]) == (120, 100)
    assert 2023 not in found  # nobody has a year before it


def test_a_fixed_year_divides_every_year():
    rate = share(
        kind="amount",
        denominator=term("people", year=2020),
        interval="none",
        interval_note="Money.",
        scale=1,
    )
    found = counts(
        rate, cell("part", 10, year=2023), cell("part", 20), cell("people", 5, year=2020)
    )
    assert [r["value"] for r in found] == [2, 4]


def test_columns_of_a_term_are_added_up_and_found_without_case():
    both = share(numerator=term("Part", "more"))
    assert one(both, cell("part", 3), cell("MORE", 2), cell("all", 10))["value"] == 50


def test_a_value_is_as_printed_and_has_no_counts():
    value = share(kind="value", **NO_INTERVAL)
    found = one(value, cell("part", -1.08))
    assert (found["value"], found["numerator"], found["denominator"]) == (-1.08, None, None)


@pytest.mark.parametrize(("text", "value"), [("Yes", 1), ("yes", 1), ("No", 0), ("Recruiting", 0)])
def test_an_answer_is_one_or_nought_with_its_words(text, value):
    answer = share(kind="answer", **NO_INTERVAL)
    figure = cell("part", 0) | {"value": None, "text": text}
    found = one(answer, figure)
    assert (found["value"], found["text"]) == (value, text)


def test_words_are_words_alone():
    said = share(kind="words", **NO_INTERVAL)
    found = one(said, cell("part", 0) | {"value": None, "text": "Typically positive"})
    assert (found["value"], found["text"], found["status"]) == (None, "Typically positive", "ok")


def test_an_authority_without_an_inspection_has_a_row_that_says_so():
    said = share(kind="words", period_kind="inspection", **NO_INTERVAL)
    figure = cell("part", 0) | {"value": None, "text": "Typically positive"}
    found = {r["area"]: r for r in counts(said, figure)}
    assert found["701"]["text"] == "Typically positive"
    assert (found["711"]["status"], found["711"]["text"]) == ("not collected", None)
    assert found["711"]["note"] == "note.not-inspected"
    assert "708" not in found


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ([("part", "unavailable"), ("all", 9)], "unavailable"),
        ([("part", 3), ("all", "suppressed")], "suppressed"),
        ([("part", "not applicable"), ("all", "suppressed")], "suppressed"),
        ([("part", 3)], "not collected"),
        ([("part", 0), ("all", 0)], "too few"),
        ([("part", "low"), ("all", 9)], "low"),
        ([("part", 3), ("all", 9)], "ok"),
    ],
)
def test_the_worst_part_says_why_there_is_no_number(cells, status):
    found = one(share(), *(cell(*c) for c in cells))
    assert found["status"] == status
    if status != "ok":
        assert found["note"] == f"note.{status}"
        assert [found[k] for k in ("numerator", "denominator", "value")] == [None] * 3


def test_one_missing_part_of_a_sum_makes_it_missing():
    both = share(numerator=term("part", "more"))
    assert one(both, cell("part", 3), cell("all", 10))["status"] == "not collected"
    found = one(both, cell("part", 3), cell("more", "unavailable"), cell("all", 10))
    assert (found["status"], found["value"]) == ("unavailable", None)


def test_provisional_numbers_are_shown_and_say_so():
    found = one(share(), cell("part", 3, status="provisional"), cell("all", 9))
    assert (found["status"], found["numerator"]) == ("provisional", 3)


def test_more_cases_than_their_whole_is_an_error_of_the_source():
    found = one(share(), cell("part", 13), cell("all", 12))
    assert (found["status"], found["note"], found["value"]) == (
        "not shown",
        "note.above-whole",
        None,
    )


def test_trap_6_a_count_below_nought_is_an_error_of_the_source():
    both = share(numerator=term("part", "more"))
    found = one(both, cell("part", 13), cell("more", -2), cell("all", 12))
    assert (found["status"], found["note"]) == ("not shown", "note.below-nought")


def test_a_year_that_no_authority_has_a_figure_for_is_left_out():
    england = [cell("part", 3, ENGLAND, 2025), cell("all", 9, ENGLAND, 2025)]
    missing = [cell("part", "unavailable", year=2025), cell("all", 9, year=2025)]
    known = [cell("part", 3), cell("all", 9)]
    found = counts(share(), *england, *missing, *known, keep=False)
    assert [(r["year"], r["area"]) for r in found] == [(2024, "701")]


def caveat(**changes) -> Caveat:
    return Caveat(**{"text": "Northmere, 2024: wrong; not shown.", "effect": "withhold", **changes})


@pytest.mark.parametrize(
    ("scope", "withheld"),
    [
        ({"authorities": ("701",), "years": (2024,)}, True),
        ({"authorities": ("701",)}, True),
        ({"years": (2024,)}, True),
        ({"regions": ("E12000001",)}, True),
        ({}, True),
        ({"authorities": ("702",)}, False),
        ({"years": (2023,)}, False),
        ({"regions": ("E12000007",)}, False),
        ({"levels": ("region", "england")}, False),
    ],
)
def test_a_caveat_withholds_the_figures_in_its_scope_and_no_others(scope, withheld):
    found = one(share(caveats=(caveat(**scope),)), cell("part", 3), cell("all", 9))
    assert (found["status"] == "not shown") is withheld
    assert (found["value"] is None) is withheld
    assert found["note"] == ("Northmere, 2024: wrong; not shown." if withheld else None)


@pytest.mark.parametrize(
    ("area", "levels", "withheld"),
    [
        ("E12000001", ("region",), True),
        ("E12000001", ("authority",), False),
        ("E12000007", ("region",), False),
        (ENGLAND, ("england",), False),
    ],
)
def test_a_region_and_its_authorities_are_different_levels(area, levels, withheld):
    scope = caveat(regions=("E12000001",), levels=levels)
    if area == ENGLAND:
        levels, withheld = ("england",), True
        scope = caveat(levels=levels)
    found = one(share(caveats=(scope,)), cell("part", 3, area), cell("all", 9, area))
    assert (found["status"] == "not shown") is withheld


def test_a_figure_that_the_source_hides_keeps_its_status_and_gets_the_words():
    found = one(share(caveats=(caveat(),)), cell("part", "unavailable"), cell("all", 9))
    assert (found["status"], found["note"]) == ("unavailable", "Northmere, 2024: wrong; not shown.")


def test_notes_stand_beside_the_figures_they_are_about():
    caveats = (
        caveat(text="About all of them.", effect="note"),
        caveat(text="One.", effect="note", authorities=("701",)),
        caveat(text="Two.", effect="note", years=(2024,)),
        caveat(text="Not this.", effect="note", years=(2023,)),
    )
    found = one(share(caveats=caveats), cell("part", 3), cell("all", 9))
    assert (found["status"], found["note"]) == ("ok", "One. Two.")


def test_only_a_note_about_this_place_and_year_explains_a_gap():
    vague = caveat(text="The pandemic.", effect="note", years=(2024,))
    exact = caveat(text="It sent none.", effect="note", years=(2024,), authorities=("701",))
    gap = (cell("part", "unavailable"), cell("all", 9))
    assert one(share(caveats=(vague,)), *gap)["note"] == "note.unavailable"
    assert one(share(caveats=(vague, exact)), *gap)["note"] == "It sent none."


OLD = [cell("part", 3, "708", 2020), cell("all", 10, "708", 2020)]
OTHER = [cell("part", 5, "709", 2020), cell("all", 30, "709", 2020)]


def merged(measure: Measure, *cells: dict) -> dict:
    return {(r["area"], r["year"]): r for r in counts(measure, *cells)}


def test_an_authority_made_of_whole_ones_has_their_sum_and_says_so():
    found = merged(share(), *OLD, *OTHER)["711", 2020]
    assert (found["numerator"], found["denominator"], found["value"]) == (8, 40, 20)
    assert found["note"] == "Before 2022-04-01 this is West Old and Mere Old added together."


def test_half_of_a_sum_is_no_sum():
    found = merged(share(), *OLD)["711", 2020]
    assert (found["status"], found["value"]) == ("not collected", None)
    hidden = [cell("part", "suppressed", "709", 2020), cell("all", 30, "709", 2020)]
    assert merged(share(), *OLD, *hidden)["711", 2020]["status"] == "suppressed"


def test_its_own_figures_are_never_replaced_by_a_sum():
    own = [cell("part", 1, "711", 2020), cell("all", 2, "711", 2020)]
    found = merged(share(), *OLD, *OTHER, *own)["711", 2020]
    assert (found["value"], found["note"]) == (50, None)


def test_a_printed_value_is_never_added_up():
    value = share(kind="value", **NO_INTERVAL)
    assert ("711", 2020) not in merged(value, *OLD, *OTHER)


def test_our_result_is_checked_against_the_printed_one():
    measure = share(published="pc")
    cells = [cell("part", 1), cell("all", 3), cell("part", 1, "702"), cell("all", 3, "702")]
    printed = [cell("pc", 33.3), cell("pc", 33.4, "702")]
    figures = pl.DataFrame([*cells, *printed], schema=FIGURES, orient="row")
    measures = {measure.id: measure}
    found = check_published(counts_of(figures, measures, PLACES), figures, measures)
    assert found.select("area", "printed").rows() == [("702", 33.4)]
    assert found["ours"][0] == pytest.approx(100 / 3)


numbers = st.one_of(st.integers(0, 20), st.sampled_from(["unavailable", "suppressed", None]))


@given(st.lists(st.tuples(numbers, numbers, numbers), min_size=1, max_size=6))
def test_counts_agree_with_a_slow_reading(rows):
    """Years apart, so that each row is a cell; None is a figure that has no row."""
    cells = [
        cell(series, value, year=2010 + i)
        for i, row in enumerate(rows)
        for series, value in zip(("part", "more", "all"), row, strict=True)
        if value is not None
    ]
    measure = share(numerator=term("part", "more"))
    found = {r["year"]: r for r in counts(measure, *cells)} if cells else {}
    for i, (part, more, whole) in enumerate(rows):
        given = found.get(2010 + i)
        known = all(isinstance(v, int) for v in (part, more, whole))
        if known and whole and part + more <= whole:
            assert given["value"] == pytest.approx(100 * (part + more) / whole)
            assert given["status"] == Status.OK
        else:
            assert given is None or given["value"] is None
            assert given is None or given["status"] not in ("ok", "provisional")
