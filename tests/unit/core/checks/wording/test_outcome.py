"""What makes an outcome specific, measurable and time-bound, on near misses."""

from __future__ import annotations

from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.core.checks.wording.outcome import ASKED, judge_outcome
from goldthread.core.checks.wording.verdict import Wording
from goldthread.core.checks.words import Words
from goldthread.readers.frameworks import load_framework


@lru_cache
def words() -> Words:
    return Words(load_framework().lexicons)


def judge(text: str, **given: object) -> Wording:
    return judge_outcome(text, words(), **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "when",
    [
        "By July 2027", "By the end of Year 6", "By the end of Key Stage 2", "By age 16",
        "By her 18th birthday", "By Easter 2027", "By the end of the summer term", "By 2028",
        "Within 12 months", "By the time she leaves school", "At the end of KS3",
        "By 31 July 2027", "By next July", "By the annual review in May 2027", "By end of Y4",
    ],
)  # fmt: skip
def test_ways_to_say_by_when(when: str) -> None:
    found = judge(f"{when}, Amara will ask for help 3 times a day.")
    assert (found.verdict, found.when.lower()) == ("smart", found.when.lower())
    assert found.when


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Amara will ask for help 3 times a day.", ("time-bound",)),
        ("By July 2027 Amara will ask for help.", ("measurable",)),
        ("By July 2027 Amara will improve her reading.", ("specific", "measurable")),
        ("By July 2027 Amara's reading will improve from 40 to 90 words a minute.", ()),
        ("By July 2027 Amara will ask for help unprompted.", ()),
        ("By the end of Year 3 Amara will dress.", ("measurable",)),
    ],
)
def test_what_is_missing(text: str, missing: tuple[str, ...]) -> None:
    assert judge(text).missing == missing


@pytest.mark.parametrize(
    "text",
    [
        "By July 2027 Amara will receive 3 sessions a week.",
        "By July 2027 Amara will attend a weekly social skills group.",
        "By July 2027 Amara will get 10 hours of mobility training.",
        "By July 2027 staff will have had two days of training.",
        "By July 2027 Amara's teachers will adapt 9 tasks in 10.",
        "Ongoing support for Amara 3 times a week by July 2027.",
    ],
)
def test_a_service_is_no_outcome_however_well_measured(text: str) -> None:
    found = judge(text)
    assert (found.verdict, "M22" in found.rules) == ("not_smart", True)


@pytest.mark.parametrize(
    "text",
    [
        "By July 2027 Amara will get the bus to college on five days a week.",
        "By July 2027 Amara will have attended 95% of sessions (now 62%).",
        "By July 2027 Amara will take turns with staff and pupils 8 times in 10.",
    ],
)
def test_what_the_child_does_is_no_service(text: str) -> None:
    assert judge(text).verdict == "smart"


def test_a_wish_is_not_relevant_here_unless_a_step_is_said() -> None:
    wish = judge("Joel wants to be a footballer.")
    assert "relevant" in wish.missing
    assert wish.unsure == ("achievable",)
    step = judge(
        "Joel wants to be a footballer. By July 2027 he will train with a team twice a week."
    )
    assert (step.verdict, step.marks) == ("smart", ())


def test_achievable_and_relevant_cannot_be_told() -> None:
    assert judge("By July 2027 Amara will read 40 words.").unsure == ("achievable", "relevant")


@pytest.mark.parametrize(
    ("text", "baseline"),
    [
        ("By July 2027 Amara will read 90 words; now she reads 40.", True),
        ("By July 2027 Amara will read 90 words (40 in May 2026).", True),
        ("By July 2027 Amara will read 90 words.", False),
    ],
)
def test_baseline(text: str, baseline: bool) -> None:
    found = judge(text)
    assert (found.baseline, "M24" in found.rules) == (baseline, not baseline)


def test_columns_give_the_date_and_the_starting_point() -> None:
    found = judge(
        "Amara will read 90 words", parts={"by_when": "End of Year 4", "baseline": "40 words"}
    )
    assert (found.verdict, found.rules) == ("smart", ())


@given(st.text(max_size=120))
@settings(max_examples=150, deadline=None)
def test_any_text_gets_a_verdict_and_exact_quotes(text: str) -> None:
    found = judge(text)
    assert set(found.present) | set(found.missing) >= set(ASKED)
    assert all(text[a:b] == quote for a, b, quote in found.quotes)


STEP = "By July 2027 Amara will stay for 8 of 10 rehearsals"


@pytest.mark.parametrize("place", ["Now she stays for 4", "(4 of 10 in April 2026)", "(4)"])
def test_a_starting_point_is_an_amount_or_a_word_for_now(place: str) -> None:
    assert judge(f"{STEP} {place}.").baseline


@pytest.mark.parametrize("date", ["(July 2027)", "(end of Year 3)", "(by 2027)", "(Key Stage 2)"])
def test_a_date_in_brackets_is_no_starting_point(date: str) -> None:
    found = judge(f"By the end of Year 3 {date} Amara will stay for 8 of 10 rehearsals.")
    assert not found.baseline
    assert "M24" in found.rules


def test_what_an_outcome_will_help_the_child_to_do_is_no_service() -> None:
    purpose = "This will help her to take part in drama club"
    assert "M22" not in judge(f"{STEP}. {purpose}.").rules
    assert "M22" in judge("By July 2027 Amara will take part in drama club.").rules


def test_hours_of_ones_own_are_not_hours_of_a_service() -> None:
    assert "M22" not in judge("By July 2027 Amara will have two hours a week to herself.").rules
    assert "M22" in judge("By July 2027 Amara will have two hours a week of mentoring.").rules


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("By July 2027 Amara will answer 5 questions from people she does not know.", False),
        ("By July 2027 Amara will answer 5 questions from a person she has not met.", False),
        ("By July 2027 Amara will raise her score from 3 to 8 of 10.", True),
        ("By July 2027 Amara will move from pointing to naming 10 things.", True),
    ],
)
def test_from_tells_the_start_only_with_what_it_starts_from(text: str, found: bool) -> None:
    assert judge(text).baseline is found


@pytest.mark.parametrize("label", ["", "Outcome 8: ", "Need 3: ", "2. "])
def test_the_number_of_an_outcome_is_no_measure(label: str) -> None:
    text = f"{label}By the end of Year 4 (July 2027) Amara will be better at play."
    assert "measurable" in judge(text).missing
    assert "measurable" in judge(f"{label}By July 2027 Amara will play in 8 of 10 breaks.").present
