"""What makes an item of provision specific, on near misses."""

from __future__ import annotations

from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.core.checks.wording.provision import ASKED, judge_provision
from goldthread.core.checks.wording.verdict import LONGEST, Wording
from goldthread.core.checks.words import Words
from goldthread.readers.frameworks import load_framework

FULL = "A teaching assistant will read with Amara for 20 minutes every school day."


@lru_cache
def words() -> Words:
    return Words(load_framework().lexicons)


def judge(text: str, **given: object) -> Wording:
    return judge_provision(text, words(), **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        (FULL, ()),
        (FULL.replace("A teaching assistant will read", "Reading"), ("who",)),
        (FULL.replace("for 20 minutes ", ""), ("how much",)),
        (FULL.replace(" every school day", ""), ("how often",)),
        ("20 hours of TA time a week", ("what",)),
        ("The programme will be reviewed every half term by the SENCO.", ASKED[1:]),
        (FULL.replace("20", "up to 20"), ("how much",)),
        (FULL.replace("20", "at least 20"), ()),
        (FULL.replace("Amara", "Amara in a group of up to 4"), ()),
        ("Access to a laptop in every written lesson, checked each term by the technician.", ()),
        ("A laptop will be considered.", ("how often", "who")),
        ("The class teacher will use a visual timetable at the start of every day.", ()),
        ("A visual timetable.", ("how often", "who")),
        ("Throughout the school day by a named 1:1.", ()),
        ("The speech and language therapist will train staff for 2 hours each September.", ()),
        ("Support from the plan written by the occupational therapist.", ASKED[1:]),
    ],
)
def test_what_is_missing(text: str, missing: tuple[str, ...]) -> None:
    found = judge(text)
    assert found.missing == missing
    assert found.verdict == ("vague" if missing else "specific")
    assert set(found.present) | set(found.missing) == set(ASKED)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (FULL, "timed"),
        ("The class teacher will use a now and next board in every lesson.", "strategy"),
        ("A radio aid, checked daily by the TA.", "equipment"),
        ("One-to-one support at all times from a trained teaching assistant.", "whole-time"),
        ("The therapist will train all staff for two hours each year.", "training"),
        ("The paediatrician will review his medicine plan every six months.", "strategy"),
        ("The educational psychologist will review progress every six months.", "review"),
        ("…", "empty"),
    ],
)
def test_forms(text: str, form: str) -> None:
    assert judge(text).form == form


def test_a_full_item_clears_its_vague_words_but_not_its_modal() -> None:
    found = judge(f"Amara should have access to regular help: {FULL}")
    assert (found.verdict, [m.key for m in found.marks]) == ("specific", ["modal"])


def test_a_full_item_is_vague_while_its_amount_is_left_to_others() -> None:
    found = judge(f"{FULL} This is subject to funding.")
    assert (found.verdict, found.missing, found.rules) == ("vague", (), ("M33",))


def test_a_special_school_lets_the_weak_words_pass_but_never_the_amounts() -> None:
    text = "Small group support from trained staff such as phonics."
    assert "M32" in judge(text).rules
    assert judge(text, special_school=True).rules == ("M29", "M30")


@pytest.mark.parametrize(
    ("parts", "missing"),
    [
        ({"who": "Mrs Lyle"}, ("how much", "how often")),
        ({"who": "SaLT team"}, ("how much", "how often")),
        ({"who": "staff"}, ("how much", "how often", "who")),
        ({"how_often": "2 x", "how_much": "30"}, ("who",)),
        ({}, ("how much", "how often", "who")),
    ],
)
def test_columns_fill_what_the_words_leave_out(
    parts: dict[str, str], missing: tuple[str, ...]
) -> None:
    text = " · ".join(["Phonics", *parts.values()])
    assert judge(text, parts=parts).missing == missing


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("a teacher holding a Level 5 literacy qualification", True),
        ("an occupational therapist", True),
        ("a teaching assistant", False),
    ],
)
def test_qualification(text: str, named: bool) -> None:
    assert judge(FULL.replace("A teaching assistant", text)).qualification is named


def test_a_very_long_item_is_cut() -> None:
    assert len(judge(f"{FULL} " * 500).text) == LONGEST


@given(st.text(max_size=120))
@settings(max_examples=150, deadline=None)
def test_any_text_gets_a_verdict_and_exact_quotes(text: str) -> None:
    found = judge(text)
    assert found.verdict in ("specific", "vague")
    assert all(text[a:b] == quote for a, b, quote in found.quotes)


@given(st.sampled_from([FULL, FULL.replace("20 minutes", "half an hour")]), st.booleans())
@settings(max_examples=20, deadline=None)
def test_case_and_spaces_do_not_matter(text: str, shout: bool) -> None:
    said = text.replace("minutes", "MINUTES") if shout else text.replace(" every", "\u00a0every")
    assert judge(said).verdict == judge(text).verdict
