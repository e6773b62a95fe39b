"""What holds a draft back, and what lets it pass."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from goldthread.core.audit.audit import Subject
from goldthread.core.audit.gate import Override, blocks, ready, unchecked
from goldthread.core.report.check_record import AnswerRecord
from tests.judgements import CRITERIA, CRITICAL, NOON, REFERENCE

DRAFT = Subject("plan", "draft", year=5, age=9)
REASON = "Section E follows tomorrow from the panel."


def machine(*criteria: str, **changes: Any) -> dict[str, AnswerRecord]:
    given = {"state": "mend", "answer": 0, "confidence": 0.9, "reason": "Not found.", "rules": ()}
    return {
        c: AnswerRecord(criterion=c, question=CRITERIA[c].question, **{**given, **changes})
        for c in criteria
    }


def blocked(found, people=None, subject=DRAFT):
    return blocks(REFERENCE, found, people or {}, subject)


def test_only_critical_gates_at_nought_hold_a_draft_back():
    assert set(CRITICAL) == {
        "X1-sections", "X2-identity", "E1-present", "F1-each-need", "I1-state"
    }  # fmt: skip
    found = blocked(machine(*CRITERIA))
    assert {b.criterion for b in found} == set(CRITICAL)
    assert [b.criterion for b in found][:2] == ["X1-sections", "X2-identity"]


def test_the_machine_counts_only_when_it_is_sure_that_something_is_to_be_mended():
    for changes in (
        {"state": "look"},
        {"state": "cannot-tell", "answer": None},
        {"state": "not-applicable", "answer": None},
        {"answer": 1},
        {"state": "met", "answer": 2},
    ):
        assert blocked(machine("E1-present", **changes)) == ()


def test_a_persons_answer_wins():
    found = machine("E1-present")
    assert [b.source for b in blocked(found)] == ["machine"]
    for value in (1, 2, "age", "cannot-decide"):
        assert blocked(found, {"E1-present": value}) == ()
    said = blocked(found, {"E1-present": 0})
    assert [(b.criterion, b.source) for b in said] == [("E1-present", "people")]
    assert blocked({}, {"F2-quantified": 0}) == ()


def test_what_does_not_apply_never_blocks():
    narrow = CRITERIA["I1-state"].applies.model_copy(update={"status": ("final",)})
    only = CRITERIA["I1-state"].model_copy(update={"applies": narrow})
    framework = REFERENCE.model_copy(update={"criteria": (only,)})
    found = machine("I1-state")
    assert blocks(framework, found, {}, DRAFT) == ()
    assert len(blocks(framework, found, {}, dataclasses.replace(DRAFT, status="final"))) == 1


def test_a_block_says_why_and_what_to_do():
    (block,) = blocked(machine("E1-present"))
    assert block.why == "Outcomes (E): the machine found this. Not found."
    assert block.next_step.startswith("Mend the draft and add the new version.")
    assert CRITERIA["E1-present"].descriptors["2"] in block.next_step
    assert block.next_step.endswith("If the machine is wrong, answer the question yourself.")
    (said,) = blocked({}, {"E1-present": 0})
    assert said.why == f"Outcomes (E): a person answered 0 to “{CRITERIA['E1-present'].question}”."


def test_ready_blocked_and_overridden():
    found = blocked(machine("E1-present", "X1-sections"))
    one = Override("E1-present", REASON, "person-1", NOON)
    both = [one, Override("X1-sections", REASON, "person-1", NOON)]
    assert ready((), [one]).state == "ready"
    left = ready(found, [one])
    assert left.state == "blocked"
    assert [s.split(":")[0] for s in left.sentences] == ["X1-sections"]
    passed = ready(found, both)
    assert passed.state == "overridden"
    assert all(s.endswith(f"Let pass: {REASON}") for s in passed.sentences)


def test_a_new_version_is_judged_by_itself():
    before = blocked(machine("E1-present"))
    after = blocked(machine("E1-present", state="met", answer=2))
    assert (ready(before, ()).state, ready(after, ()).state) == ("blocked", "ready")


def test_what_nobody_checked_is_named():
    found = machine("E1-present", "X2-identity") | machine(
        "F1-each-need", state="cannot-tell", answer=None
    )
    people = {"X1-sections": 2, "X2-identity": "cannot-decide", "I1-state": "s61-package"}
    left = unchecked(REFERENCE, found, people, DRAFT)
    assert left == ("X2-identity", "F1-each-need")
    assert ready((), (), left).sentences == (
        "No critical gate is known to be at 0, so nothing holds this draft back.",
        "Not checked by anyone yet: X2-identity, F1-each-need.",
    )


@pytest.mark.parametrize("reason", ["", "   too short   ", "x" * 14, " " * 40])
def test_an_override_needs_a_reason(reason):
    with pytest.raises(ValueError, match="E1-present: say in at least 15 characters why"):
        Override("E1-present", reason, "person-1", NOON)


def test_fifteen_characters_are_a_reason():
    assert Override("E1-present", " " + "x" * 15, "person-1", NOON).criterion == "E1-present"


def test_an_override_needs_a_time_with_its_zone():
    with pytest.raises(ValueError, match="needs its time zone"):
        Override("E1-present", REASON, "person-1", dt.datetime(2026, 11, 3))
