"""Moderation: when it is due, how two audits differ, and what counts after it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.core.audit.audit import Blank, questions, regrade
from goldthread.core.audit.explaining import before_after, difference_sentences
from goldthread.core.audit.judgement import Evidence
from goldthread.core.audit.moderating import (
    Decided,
    compare,
    decision_faults,
    due,
    hits,
    moderated,
    noted_difference,
    stamp,
    summary,
)
from goldthread.core.audit.signed import SignedAudit
from tests.judgements import BLANK, CRITERIA, NOON, REFERENCE, SUBJECT, answers_to, signed

LATER = NOON + dt.timedelta(days=9)
WHY = "Section F says who does it and how often."
ASKED = questions(REFERENCE, BLANK)
BEST = {c.id: max(map(int, c.descriptors)) for c in ASKED.criteria}
OUTSTANDING = signed(BEST)


def decide(standing, *decided):
    return moderated(REFERENCE, standing, decided, "member 7", LATER)


def test_the_rule_is_content_with_its_source():
    rule = REFERENCE.moderation
    assert rule is not None
    assert "Sampling and moderation" in rule.source
    assert (rule.gates, rule.bands) == ({"critical": 1, "major": 1}, ("outstanding",))


def test_two_that_agree_need_no_panel():
    found = compare(REFERENCE, signed(), signed())
    assert (found.differences, found.why, found.alike) == ((), (), found.of)
    near = compare(REFERENCE, signed(), signed({"L1-plain": 1}))
    assert [d.criterion for d in near.differences] == ["L1-plain"]
    assert (near.must, near.why) == ((), ())
    assert due(REFERENCE, "sample", signed(), signed({"L1-plain": 1})) is None


@pytest.mark.parametrize(
    ("answers", "must", "said"),
    [
        ({"F2-quantified": 3}, ("F2-quantified",), "answer a gate differently: F2-quantified."),
        ({"F2-quantified": "cannot-decide"}, ("F2-quantified",), "a gate differently"),
        ({"L1-plain": 0}, ("L1-plain",), "Their answers are 2 or more apart: L1-plain."),
        ({"L1-plain": "age"}, (), ""),
    ],
)
def test_what_is_too_far_apart(answers, must, said):
    found = compare(REFERENCE, signed(), signed(answers))
    assert found.must == must
    assert any(said in why for why in found.why) == bool(said)


def test_a_second_audit_of_fewer_themes_is_compared_where_both_answer():
    short = signed({"F2-quantified": 3}, Blank(REFERENCE.key, SUBJECT, ("F",)))
    found = compare(REFERENCE, signed({"B2-specific": 0}), short)
    assert found.of == len(short.judgements)
    assert found.must == ("F2-quantified",)
    assert not any("band" in said or "compliance" in said for said in found.why)


def test_bands_and_compliance_that_differ_are_said():
    apart = compare(REFERENCE, OUTSTANDING, signed({"F4-firm": 1}))
    assert any("different bands: Outstanding and" in said for said in apart.why)
    assert any("different compliance: compliant and defects." in said for said in apart.why)


@settings(max_examples=20)
@given(answers_to(ASKED), answers_to(ASKED))
def test_compared_the_slow_way(one, other):
    found = compare(REFERENCE, signed(one), signed(other))
    slow = set()
    for criterion in ASKED.criteria:
        was, now = one[criterion.id], other[criterion.id]
        if was == now:
            continue
        far = {was, now} <= {0, 1, 2, 3} and (max(was, now) - min(was, now)) > 1
        slow.add((criterion.id, bool(criterion.gate) or far))
    assert {(d.criterion, d.must) for d in found.differences} == slow
    mirrored = compare(REFERENCE, signed(other), signed(one))
    assert found.must == mirrored.must
    assert bool(found.why) == bool(mirrored.why)


def test_low_gates_and_the_top_band_are_looked_at_again():
    low = signed({"F2-quantified": 1, "L1-plain": 0, "F4-firm": 0})
    assert hits(REFERENCE, low) == tuple(
        c for c in ("F2-quantified", "F4-firm") if CRITERIA[c].gate
    )
    found = due(REFERENCE, "sample", low)
    assert found is not None
    assert (found.why, found.criteria) == ("gate", hits(REFERENCE, low))
    top = due(REFERENCE, "draft", OUTSTANDING)
    assert top is not None
    assert (top.why, top.criteria) == ("outstanding", ())
    assert "Outstanding" in top.sentences[0]
    assert due(REFERENCE, "sample", signed()) is None


@pytest.mark.parametrize("purpose", ["double", "anchor", "imported"])
def test_what_does_not_count_is_not_moderated_of_itself(purpose):
    assert due(REFERENCE, purpose, OUTSTANDING) is None


def test_every_reason_is_said_and_the_first_one_is_the_code():
    found = due(REFERENCE, "sample", signed({"F2-quantified": 0}), signed({"B2-specific": 0}))
    assert found is not None
    assert found.why == "double"
    assert any(said.startswith("A gate answered 0 or 1: F2-quantified") for said in found.sentences)
    assert found.criteria.index("B2-specific") < found.criteria.index("F2-quantified")


def test_a_panel_changes_what_counts_and_keeps_what_was_signed():
    was = signed({"F2-quantified": 0})
    text = was.to_json()
    seen = Evidence("D-1", 3, 0, 4, "once", "F")
    now = decide(was, Decided("F2-quantified", 3, WHY, (seen,)))
    assert was.to_json() == text
    (one,) = [j for j in now.judgements if j.criterion == "F2-quantified"]
    assert (one.value, one.first, one.comment, one.evidence) == (3, 0, WHY, (seen,))
    assert (one.by, one.at, now.by, now.at) == ("member 7", LATER, "member 7", LATER)
    others = [j for j in now.judgements if j.criterion != "F2-quantified"]
    assert others == [j for j in was.judgements if j.criterion != "F2-quantified"]
    assert now.grade == signed({"F2-quantified": 3}).grade
    assert SignedAudit.from_json(now.to_json()) == now
    said = difference_sentences(REFERENCE, before_after(was.grade, now.grade))
    assert said[0] == "Band, after caps: from Requires improvement to Good."


def test_no_change_leaves_the_very_audit():
    was = signed({"F2-quantified": 1})
    assert decide(was) is was
    assert decide(was, Decided("F2-quantified", 1, WHY)) is was


def test_the_first_answer_of_all_is_kept_through_two_moderations():
    once = decide(signed({"F2-quantified": 0}), Decided("F2-quantified", 2, WHY))
    twice = decide(once, Decided("F2-quantified", 3, WHY))
    assert next(j for j in twice.judgements if j.criterion == "F2-quantified").first == 0


@settings(max_examples=20)
@given(answers_to(ASKED), st.data())
def test_what_counts_is_graded_as_if_it_had_been_answered_so(answers, data):
    was = signed(answers)
    other = data.draw(answers_to(ASKED))
    chosen = data.draw(st.sets(st.sampled_from([c.id for c in ASKED.criteria])))
    now = decide(was, *(Decided(c, other[c], WHY) for c in chosen))
    mixed = {**answers, **{c: other[c] for c in chosen}}
    assert now.grade == signed(mixed).grade == regrade(REFERENCE, now)
    assert {j.criterion: j.value for j in now.judgements} == mixed


def test_every_question_of_the_panel_needs_its_answer_and_every_answer_its_reason():
    was = signed({"F2-quantified": 0})
    said = decision_faults(
        REFERENCE, was,
        [Decided("L1-plain", 1, " short "), Decided("P1-y9", 2, WHY), Decided("A1", 2, WHY),
         Decided("E1-present", 3, WHY), Decided("F4-firm", 0, WHY)],
        ["F2-quantified"],
    )  # fmt: skip
    assert set(said) == {"L1-plain", "P1-y9", "A1", "E1-present", "F2-quantified"}
    assert said["F2-quantified"] == "F2-quantified: choose which answer counts, and say why."
    assert "at least 10 characters" in said["L1-plain"]
    assert "not asked" in said["P1-y9"]
    assert said["E1-present"].startswith("E1-present has no 3")
    assert decision_faults(REFERENCE, was, [Decided("F2-quantified", 0, WHY)], []) == {}


def test_a_stamp_is_another_as_soon_as_one_of_the_two_is():
    one, other = signed(), signed({"L1-plain": 1})
    stamps = {stamp(one, None), stamp(one, other), stamp(other, one), stamp(one, one)}
    assert len(stamps) == 4


def test_a_noted_difference_says_what_the_whole_one_says():
    was, now = signed({"F2-quantified": 0}), signed({"F2-quantified": 3})
    noted = noted_difference(summary(was), summary(now), [("F2-quantified", 0, 3), ("A1-x", 2, 2)])
    whole = before_after(was.grade, now.grade)
    assert difference_sentences(REFERENCE, noted) == difference_sentences(REFERENCE, whole)
