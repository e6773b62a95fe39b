"""Every measure file, against the schema, the real files and what the publishers print."""

import datetime as dt
from functools import cache
from pathlib import Path

import polars as pl
import pytest
import yaml

from goldthread.content import folder
from goldthread.core.benchmark.library import Library
from goldthread.core.measures.definition import Measure, Term
from goldthread.core.measures.figures import Status
from goldthread.core.places import ENGLAND
from goldthread.readers import content
from goldthread.readers.figures import figures_of
from goldthread.readers.library import load_library
from goldthread.readers.tables import read_table

REFERENCE = folder("reference")
FILES = sorted((REFERENCE / "measures").glob("*.yaml"))
MEASURES = {f.stem: Measure.model_validate(yaml.safe_load(f.read_text("utf-8"))) for f in FILES}
COUNTED = [m.id for m in MEASURES.values() if m.counted]
SHOWN = (Status.OK, Status.PROVISIONAL)

# England as the publishers print it: measure, year, numerator, denominator, result.
ENGLAND_PRINTED = [
    ("plans-within-20-weeks", 2019, 31_313, 53_327, 58.7),
    ("plans-within-20-weeks", 2020, 32_863, 59_097, 55.6),
    ("plans-within-20-weeks", 2021, 35_470, 61_269, 57.9),
    ("plans-within-20-weeks", 2022, 31_226, 65_512, 47.7),
    ("plans-within-20-weeks", 2023, 39_784, 80_945, 49.1),
    ("plans-within-20-weeks", 2024, 41_448, 90_392, 45.9),
    ("plans-within-20-weeks-excluding-exceptions", 2024, 39_407, 84_866, 46.4),
    ("plans-between-20-weeks-and-a-year", 2024, 42_402, 90_392, 46.9),
    ("plans-over-a-year", 2024, 6_478, 90_392, 7.2),
    ("requests-refused", 2024, 38_889, 154_489, 25.2),
    ("requests-refused", 2023, 33_141, 138_242, 24.0),
    ("decisions-within-six-weeks", 2024, 126_160, 148_753, 84.8),
    ("assessments-without-plan", 2024, 6_404, 105_340, 6.1),
    ("no-plan-decisions-within-16-weeks", 2024, 2_179, 6_391, 34.1),
    ("review-decisions-within-four-weeks", 2024, 154_924, 348_759, 44.4),
    ("reviews-without-meeting", 2024, 70_893, 524_654, 13.5),
    ("appeal-rate", 2024, 22_276, 364_912, 6.1),
    ("appeal-rate", 2025, 26_977, 405_735, 6.6),
    ("appeal-rate-old-method", 2024, 22_276, 689_739, 3.2),
    ("appeal-rate-old-method", 2014, 4_108, 251_096, 1.6),
    ("in-mainstream", 2025, 278_236, 638_745, 43.6),
    ("in-special", 2025, 193_880, 638_745, 30.4),
    ("in-further-education", 2025, 88_158, 638_745, 13.8),
    ("in-alternative-provision", 2025, 4_858, 638_745, 0.8),
    ("placement-not-recorded", 2025, 19_339, 638_745, 3.0),
    ("need-autism", 2025, 201_183, 638_745, 31.5),
    ("need-mental-health", 2025, 132_218, 638_745, 20.7),
    ("need-speech-and-language", 2025, 135_835, 638_745, 21.3),
    ("new-plans-need-autism", 2024, 26_856, 97_563, 27.5),
    ("plans-growth", 2025, 638_745, 576_474, 10.8),
    ("plans-growth", 2026, 718_838, 638_745, 12.5),
    ("requests-growth", 2024, 154_489, 138_242, 11.8),
    ("plans-per-1000", 2025, 638_745, 17_849_967, 35.8),
    ("requests-per-1000", 2024, 154_489, 17_849_967, 8.7),
    ("in-residential", 2025, 2_221, 638_745, 3.5),
    ("plans-ended", 2024, 44_862, 576_474, 7.8),
    ("personal-budgets", 2025, 19_596, 638_745, 3.1),
]


@cache
def library() -> Library:
    return load_library(REFERENCE)


@cache
def figures(source: str) -> pl.DataFrame:
    known = library().sources[source]
    return figures_of(read_table(REFERENCE / known.file), known, library().places)


def rows(measure: str, year: int | None = None) -> pl.DataFrame:
    found = library().counts.filter(pl.col("measure") == measure)
    return found if year is None else found.filter(pl.col("year") == year)


def row(measure: str, area: str, year: int) -> dict:
    """The one count of a measure, area and year."""
    found = rows(measure, year).filter(pl.col("area") == area).to_dicts()
    assert len(found) == 1, f"{len(found)} rows of {measure} for {area} in {year}"
    return found[0]


def authorities(measure: str, year: int) -> pl.DataFrame:
    current = [a.code for a in library().places.current]
    return rows(measure, year).filter(pl.col("area").is_in(current))


def terms(measure: Measure) -> tuple[Term, ...]:
    return (measure.numerator, *([measure.denominator] if measure.denominator else []))


def half_up(value: float, decimals: int) -> float:
    """As the Department rounds: half away from nought, allowing for float noise."""
    step = 10**decimals
    return int(abs(value) * step + 0.5 + 1e-6) / step * (1 if value >= 0 else -1)


def test_there_are_at_least_fifty_and_the_reader_finds_all():
    assert len(FILES) >= 50
    assert library().measures.keys() == MEASURES.keys()


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_the_file_is_named_by_its_id(path: Path):
    assert yaml.safe_load(path.read_text("utf-8"))["id"] == path.stem


def test_themes_are_all_used_and_all_known():
    themes = [t.id for t in content.themes(REFERENCE)]
    assert len(set(themes)) == len(themes)
    assert {m.theme for m in MEASURES.values()} == set(themes)


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda m: m.id)
def test_every_column_is_in_the_real_file(measure: Measure):
    for term in terms(measure):
        columns = {*term.columns}
        if measure.published and term is measure.numerator:
            columns.add(measure.published)
        held = set(figures(term.source)["series"].unique())
        assert columns <= held, f"not in {term.source}: {sorted(columns - held)}"


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda m: m.id)
def test_every_scope_names_a_place_that_exists(measure: Measure):
    places = library().places
    regions = {r.code for r in (*places.regions, *places.areas)}
    for caveat in measure.caveats:
        assert set(caveat.authorities) <= set(places.by_code)
        assert set(caveat.regions) <= regions


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda m: m.id)
def test_authorities_named_in_a_caveat_are_those_in_its_scope(measure: Measure):
    """A code typed wrong would warn the wrong people."""
    for caveat in (c for c in measure.caveats if c.authorities):
        names = [library().places.by_code[code].name for code in caveat.authorities]
        missing = [n for n in names if n.split(",")[0] not in caveat.text]
        assert not missing, f"{caveat.text!r} does not name {missing}"


def test_every_withheld_figure_says_where_and_when():
    for measure in MEASURES.values():
        for caveat in (c for c in measure.caveats if c.effect == "withhold"):
            assert caveat.years, f"{measure.id} withholds for ever: {caveat.text}"


def test_no_judgement_is_explained():
    """Where no end is better, the reader is told why."""
    told = ("good or bad", "good nor bad", "judgement", "right in itself", "good in itself")
    told += (
        "not how well",
        "no SEND team",
        "not how things are now",
        "no score",
        "one or the other",
    )
    told += ("is not a fault", "no authority chooses", "bad in itself")
    facts = {"context"}
    for m in MEASURES.values():
        if m.polarity == "no judgement" and m.theme not in facts:
            assert any(t in m.why for t in told), f"{m.id}: {m.why}"


def test_words_are_plain():
    hard = ("cohort", "pupil premium", "underperform", "failing", "EHCP", "the LA ", "caseload")
    for m in MEASURES.values():
        text = " ".join([m.title, m.why, *[c.text for c in m.caveats]])
        assert not [w for w in hard if w in text], m.id


def test_the_next_reviews_are_named_when_due():
    overdue = [m.id for m in MEASURES.values() if m.next_review < dt.date.today()]
    if overdue:
        pytest.skip(f"due for review by their authors: {', '.join(overdue)}")


@pytest.mark.parametrize("measure", MEASURES)
def test_the_newest_year_holds_at_least_a_hundred_authorities(measure: str):
    if MEASURES[measure].period_kind == "inspection":
        held = authorities(measure, 0).clear().vstack(rows(measure)).filter(pl.col("text") != "")
        assert held["area"].n_unique() >= {"inspection-outcome": 69, "revisit-outcome": 46}.get(
            measure, 100
        )
        return
    newest = rows(measure).filter(pl.col("status").is_in(SHOWN))["year"].max()
    shown = authorities(measure, newest).filter(pl.col("status").is_in(SHOWN))
    assert shown.height >= 100


def test_a_count_is_shown_only_with_its_number_and_hidden_only_with_a_note():
    counts = library().counts
    shown = counts.filter(pl.col("status").is_in(SHOWN))
    assert shown.filter(pl.col("value").is_null() & pl.col("text").is_null()).height == 0
    hidden = counts.filter(~pl.col("status").is_in(SHOWN))
    assert hidden.filter(pl.col("value").is_not_null()).height == 0
    assert hidden.filter(pl.col("note").is_null()).height == 0
    assert counts.select("measure", "area", "year", "cell").is_duplicated().sum() == 0


@pytest.mark.parametrize(("measure", "year", "numerator", "denominator", "result"), ENGLAND_PRINTED)
def test_england_as_printed(measure, year, numerator, denominator, result):
    found = row(measure, ENGLAND, year)
    assert (found["numerator"], found["denominator"]) == (numerator, denominator)
    assert half_up(found["value"], 1) == result


@pytest.mark.parametrize("measure", [m.id for m in MEASURES.values() if m.published])
def test_every_published_result_is_reproduced(measure: str):
    """Authority, region and England, every year that is shown; not one may differ."""
    known = MEASURES[measure]
    printed = figures(known.numerator.source).filter(
        (pl.col("series") == known.published) & pl.col("value").is_not_null()
    )
    joined = (
        rows(measure)
        .filter(pl.col("value").is_not_null())
        .join(printed.select("area", "year", pl.col("value").alias("printed")), on=["area", "year"])
    )
    assert joined.height > 100
    # Half-way cases (15.45) are printed down in two cells: allowed to a hair over half a step.
    off = joined.filter((pl.col("value") - pl.col("printed")).abs() > 0.0501)
    if measure == "decisions-within-six-weeks":  # see its caveat on 2023 and 2024
        off = off.filter(pl.col("value") < pl.col("printed"))
    assert off.height == 0, off.select("area", "year", "value", "printed").to_dicts()[:5]


@pytest.mark.parametrize(
    ("measure", "series"),
    [
        ("plans-within-20-weeks", "SEN_EHC_All_20wks"),
        ("plans-within-20-weeks-excluding-exceptions", "SEN_EHC_Excpt_20wks"),
        ("requests-refused", "EHCP_Initial_req_refused"),
        ("assessments-without-plan", "SEN_PLAN_NOT_ISSUED"),
        ("no-plan-decisions-within-16-weeks", "SEN_NOT_ISSUE_PLAN_16WKS"),
        ("review-decisions-within-four-weeks", "SEN_PEC_OUTCOME_COM_4WKS"),
    ],
)
def test_a_second_publication_gives_the_same(measure: str, series: str):
    """The Department's interactive tool prints these too: same authority, same year."""
    second = figures("lait").filter((pl.col("series") == series) & pl.col("value").is_not_null())
    joined = (
        authorities(measure, 2024)
        .filter(pl.col("value").is_not_null())
        .join(second.select("area", "year", pl.col("value").alias("second")), on=["area", "year"])
    )
    assert joined.height >= 100
    assert joined.filter((pl.col("value") - pl.col("second")).abs() > 0.0501).height == 0


@pytest.mark.parametrize("measure", COUNTED)
def test_value_is_numerator_over_denominator(measure: str):
    known = MEASURES[measure]
    shown = rows(measure).filter(pl.col("value").is_not_null())
    plain = [n / d * known.scale for n, d in shown.select("numerator", "denominator").iter_rows()]
    assert shown["value"].to_list() == pytest.approx(plain)
    if known.kind == "proportion":
        assert shown.filter(pl.col("numerator") > pl.col("denominator")).height == 0
