"""What a person may answer, and that evidence is exactly the words of the document."""

from __future__ import annotations

import datetime as dt

import pytest

from goldthread.core.audit.judgement import (
    Evidence,
    Judgement,
    MachineSeen,
    check_evidence,
    check_value,
    judgement_from,
    judgement_record,
    parse_value,
)
from tests.judgements import CRITERIA, NOON, REASONS, REFERENCE, judgement


def parsed(criterion, text):
    return parse_value(text, CRITERIA[criterion], REFERENCE)


def test_every_question_takes_exactly_the_answers_of_its_family():
    for criterion in REFERENCE.criteria:
        numbers = ["0", "1", "2"] if criterion.family == "presence" else ["0", "1", "2", "3"]
        for text in [*numbers, *REASONS, "cannot-decide"]:
            value = parse_value(text, criterion, REFERENCE)
            assert value == (int(text) if text.isdecimal() else text)
            check_value(value, criterion, REFERENCE)


@pytest.mark.parametrize("text", ["", "4", "-1", "2.0", "٢", "²", "yes", "None", "0x1", "age2"])
def test_anything_else_is_refused_with_what_may_be_chosen(text):
    with pytest.raises(ValueError, match="choose 0, 1, 2, 3, cannot-decide, or a reason"):
        parsed("E2-smart", text)


def test_presence_has_no_three():
    assert parsed("B1-all-needs", " 3 ") == 3
    with pytest.raises(ValueError, match=r"^E1-present has no 3: .* choose 0, 1, 2\.$"):
        parsed("E1-present", "3")


def test_not_applicable_needs_its_reason():
    with pytest.raises(ValueError, match="say why it does not apply"):
        parsed("J1-budget", "not-applicable")
    assert parsed("J1-budget", "no-budget") == "no-budget"


def test_a_reason_that_the_framework_does_not_have_is_refused():
    fewer = REFERENCE.model_copy(update={"not_applicable": {"age": "Too young."}})
    with pytest.raises(ValueError, match="does not apply: age"):
        parse_value("no-budget", CRITERIA["J1-budget"], fewer)


@pytest.mark.parametrize("value", [True, False, 4, -1, None, "not-applicable", 2.5])
def test_a_value_of_another_kind_is_refused(value):
    with pytest.raises(ValueError, match="E2-smart"):
        check_value(value, CRITERIA["E2-smart"], REFERENCE)


PARAGRAPHS = {7: "Sam 👋 will have 20 minutes a day.", 8: ""}


def test_the_exact_words_are_evidence():
    check_evidence(Evidence("plan", 7, 6, 10, "will", "F"), PARAGRAPHS)
    check_evidence(Evidence("plan", 7, 0, len(PARAGRAPHS[7]), PARAGRAPHS[7]), PARAGRAPHS)


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ((9, 0, 4, "will"), "Paragraph 9 of plan does not exist"),
        ((7, 5, 9, "will"), "does not say “will” there"),
        ((7, 6, 10, "Will"), "does not say “Will” there"),
        ((7, 6, 6, ""), "6 to 6 was marked"),
        ((7, 10, 6, "will"), "10 to 6 was marked"),
        ((7, -2, 4, "will"), "-2 to 4 was marked"),
        ((7, 30, 99, "day."), "has 33 characters"),
        ((8, 0, 1, "x"), "has 0 characters"),
    ],
)
def test_any_other_words_are_not(place, says):
    with pytest.raises(ValueError, match=says):
        check_evidence(Evidence("plan", *place), PARAGRAPHS)


def test_a_time_without_its_zone_is_refused():
    with pytest.raises(ValueError, match="needs its time zone"):
        judgement("E2-smart", 2, at=dt.datetime(2026, 11, 3, 12, 0))


def test_one_moment_is_written_in_one_way():
    summer = dt.timezone(dt.timedelta(hours=1))
    there = judgement("E2-smart", 2, at=NOON.astimezone(summer))
    assert judgement_record(there) == judgement_record(judgement("E2-smart", 2))
    assert judgement_record(there)["at"] == "2026-11-03T12:00:00.000000+00:00"


def test_what_the_machine_said_stands_beside_the_answer():
    seen = MachineSeen(0, "mend", "after")
    mine = judgement("E2-smart", 2, first=1, machine=seen)
    assert (mine.value, mine.first, mine.machine) == (2, 1, seen)
    assert judgement_from(judgement_record(mine)) == mine
    assert isinstance(judgement_from(judgement_record(mine)), Judgement)
