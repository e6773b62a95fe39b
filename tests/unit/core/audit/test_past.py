"""Past audits as signed ones: what their answers come to, and what is never said of them."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.core.audit.past import imported, read_past
from goldthread.core.audit.past_mapping import (
    PastMapping,
    number_of,
    suggested_answer,
    suggested_scales,
)
from goldthread.core.audit.past_table import PastRow, PastTable
from goldthread.core.framework.grade import grade
from goldthread.readers.audits.words import past_words
from goldthread.readers.frameworks import shared_framework
from goldthread.readers.lists.aliases import load_columns

TODAY = dt.date(2026, 11, 24)
FRAMEWORK = shared_framework("ehc-ref@2026.1")
CRITERIA = {c.id: c for c in FRAMEWORK.criteria}
CORE = [c.id for c in FRAMEWORK.criteria if c.core]
VALUES = {"no": 0, "partly": 1, "yes": 2, "best": 3, "n/a": "no-such-need"}


def a_table(headers, *rows):
    made = tuple(
        PastRow(f"row {n + 2}", "S", ("2025-03-04", *row),
                tuple(f"C{n + 2}" for _ in range(len(headers) + 1)))
        for n, row in enumerate(rows)
    )  # fmt: skip
    return PastTable("f.xlsx", "rows", "S", 1, ("Date", *headers), made)


def a_mapping(links, scale=VALUES, **more):
    items = [
        {"id": header, "question": header, "scale": "s",
         "links": [{"to": to, "relation": relation, "share": share} for to, relation, share in of]}
        for header, of in links.items()
    ]  # fmt: skip
    walk = {"reference": FRAMEWORK.key, "tool": "T", "scales": {"s": scale}, "items": items,
            "author": "A"}  # fmt: skip
    return PastMapping.model_validate({"facts": {"date": "Date"}, "crosswalk": walk, **more})


def signed_by(links, row, **more):
    table, mapping = a_table(list(links), row), a_mapping(links, **more)
    read = read_past(table, mapping, FRAMEWORK, past_words(), load_columns().codes, TODAY)
    return imported(FRAMEWORK, read.audits[0], read.coverage, dt.UTC, "past x"), read


def exact(ids):
    return {f"Q {c}": ((c, "exact", 1),) for c in ids}


@settings(max_examples=25)
@given(st.lists(st.sampled_from(list(VALUES)), min_size=len(CRITERIA), max_size=len(CRITERIA)))
def test_all_questions_asked_alike_have_the_grade_that_they_have_here(said):
    signed, _ = signed_by(exact(CRITERIA), said)
    given_ = {
        c: min(v, 2) if isinstance(v := VALUES[word], int) and CRITERIA[c].family == "presence"
        else v
        for c, word in zip(CRITERIA, said, strict=True)
    }  # fmt: skip
    assert {j.criterion: j.value for j in signed.judgements} == given_
    assert signed.grade == grade(FRAMEWORK, given_, complete=False)


@settings(max_examples=25)
@given(st.sets(st.sampled_from(sorted(CRITERIA)), min_size=1, max_size=40), st.data())
def test_a_part_of_the_questions_has_no_band_and_class_c_no_index(ids, data):
    ids = sorted(ids)
    said = [data.draw(st.sampled_from(["no", "partly", "yes"])) for _ in ids]
    signed, read = signed_by(exact(ids), said)
    got = signed.grade
    assert (got.band, got.capped, got.caps) == (None, None, ())
    weight = sum(CRITERIA[c].weight for c in CORE)
    share = sum(CRITERIA[c].weight for c in CORE if c in ids) / weight
    assert read.coverage.share == pytest.approx(share)
    assert (got.index is None) == (share < 0.5)
    statutory = [VALUES[s] for c, s in zip(ids, said, strict=True)
                 if CRITERIA[c].kind == "statutory"]  # fmt: skip
    lowest = min(statutory, default=2)
    assert got.compliance == {0: "breach", 1: "defects"}.get(lowest, "unknown")
    assert f"answers {len(ids)} of the" in got.why_ungraded


def test_broader_and_lone_parts_make_no_answer_and_parts_together_do():
    links = {
        "wide": (("E2-smart", "broader", 1),),
        "one": (("X4-current", "part", 0.5),),
        "two": (("X4-current", "part", 0.5),),
        "lone": (("B1-all-needs", "part", 0.6),),
        "same": (("F3-who", "exact", 1),),
    }
    signed, read = signed_by(links, ["yes", "yes", "partly", "yes", "no"])
    assert {j.criterion: j.value for j in signed.judgements} == {"X4-current": 1, "F3-who": 0}
    assert read.audits[0].compared == ("F3-who",)
    assert read.audits[0].made_from["X4-current"] == ("one", "two")


def test_silence_is_no_answer_and_an_unknown_word_is_said_by_its_cell():
    links = exact(["F3-who", "F4-firm", "F2-quantified"])
    signed, read = signed_by(links, ["?", "maybe", " YES. "], silent={"s": ["?"]})
    assert {j.criterion: j.value for j in signed.judgements} == {"F2-quantified": 2}
    (refusal,) = read.refusals
    assert (refusal.row, refusal.kind) == ("Sheet “S”, cell C2", "warning")
    assert "maybe" not in refusal.sentence


@pytest.mark.parametrize(
    ("said", "answer"),
    [("49%", 0), ("50%", 1), ("0.7", 2), ("95%", 3), ("1", 3), ("100%", 3), ("no", 0)],
)
def test_percentages_count_from_their_bounds_however_excel_keeps_them(said, answer):
    links = exact(["F3-who", "F4-firm"])
    table = a_table(list(links), [said, "yes"], ["80%", "no"])
    scale = VALUES | {str(n): n for n in range(4)}
    mapping = a_mapping(links, scale, bounds={"s": (50, 70, 95)})
    read = read_past(table, mapping, FRAMEWORK, past_words(), load_columns().codes, TODAY)
    assert read.audits[0].answers["F3-who"] == answer


def test_a_mapping_without_a_date_or_with_falling_bounds_is_none():
    with pytest.raises(ValueError, match="choose the column with the date"):
        a_mapping(exact(["F3-who"]), facts={})
    with pytest.raises(ValueError, match="must rise"):
        a_mapping(exact(["F3-who"]), bounds={"s": (3, 2, 1)})


def test_questions_that_the_edition_does_not_have_are_named():
    with pytest.raises(ValueError, match="has no question F77-none"):
        signed_by({"Q": (("F77-none", "exact", 1),)}, ["yes"])


@pytest.mark.parametrize(
    ("value", "beside", "meant"),
    [
        ("Yes", [], "2"), ("partly met", [], "1"), ("N/A", [], "no-such-need"), ("-", [], ""),
        ("2", ["0", "1", "2"], "2"), ("4", ["1", "2", "3", "4"], "3"), ("1", ["1", "2"], None),
        ("Sort of", [], None),
    ],
)  # fmt: skip
def test_what_an_answer_probably_means(value, beside, meant):
    assert suggested_answer(value, [value, *beside], past_words()) == meant


def test_columns_answered_alike_are_one_scale():
    table = a_table(
        ["a", "b", "c", "d", "e"],
        ["Yes", "No", "3", "N/A", "71%"], ["No", "Partly", "N/A", "Red", "64%"],
    )  # fmt: skip
    assert suggested_scales(table, ["a", "b", "c", "d", "e"], past_words()) == {
        "answers": ("a", "b"), "answers-2": ("c",), "answers-3": ("d",), "scores": ("e",),
    }  # fmt: skip


@pytest.mark.parametrize(("text", "number"), [("85%", 85), ("0.5", 0.5), ("-1", -1), ("x", None)])
def test_numbers(text, number):
    assert number_of(text) == number
