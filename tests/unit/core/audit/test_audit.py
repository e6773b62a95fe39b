"""What is asked, what keeps an audit from being signed, and the grade that is signed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json

import pytest

from goldthread.core.audit.audit import (
    Blank,
    NotReady,
    SignedAudit,
    Subject,
    missing,
    questions,
    regrade,
    sign,
)
from goldthread.core.framework.grade import grade
from goldthread.readers.frameworks import load_framework
from tests.judgements import (
    BLANK,
    CRITERIA,
    NOON,
    REFERENCE,
    SUBJECT,
    all_at,
    judgement,
    judgements,
    signed,
)

ASKED = questions(REFERENCE, BLANK)


def ids(blank, framework=REFERENCE):
    return [c.id for c in questions(framework, blank).criteria]


def refusal(answers, blank=BLANK):
    with pytest.raises(NotReady) as caught:
        sign(REFERENCE, blank, answers, "lead-1", NOON)
    assert str(caught.value) == " ".join(caught.value.sentences)
    return caught.value.sentences


def test_every_question_is_asked_or_set_aside_with_its_reason():
    assert dict(ASKED.set_aside) == {
        "H3-adult": "age", "P1-y9": "age", "P2-four": "age", "P3-yp-rights": "age"
    }  # fmt: skip
    assert len(ASKED.criteria) + len(ASKED.set_aside) == 65


def test_a_draft_is_not_asked_for_the_type_of_setting():
    draft = dataclasses.replace(BLANK, subject=Subject("plan", "draft", year=10, age=15))
    assert dict(questions(REFERENCE, draft).set_aside) == {
        "I2-type": "draft-stage", "H3-adult": "age", "P3-yp-rights": "age"
    }  # fmt: skip


def test_questions_come_in_the_order_of_reading():
    found = ids(BLANK)
    assert found[:5] == ["X1-sections", "X2-identity", "X3-status", "X4-current", "A1-child-view"]
    assert [c[:3] for c in found if c[0] == "F"] == [
        "F1-", "F2-", "F3-", "F4-", "F5-", "F6-", "F7-", "F8-", "F9-", "F10", "F11"
    ]  # fmt: skip
    assert found[-4:] == ["L1-plain", "L2-respect", "L3-concise", "L4-finish"]


def test_a_short_form_asks_its_themes_only():
    short = dataclasses.replace(BLANK, themes=("H", "J"))
    assert ids(short) == ["H1-split", "H2-specified", "J1-budget"]
    assert dict(questions(REFERENCE, short).set_aside) == {"H3-adult": "age"}
    assert ids(dataclasses.replace(BLANK, themes=("H1",))) == ["H1-split"]


def test_advice_and_reviews_have_their_own_questions():
    advice = load_framework("advice@2026.1")
    blank = Blank(advice.key, Subject("advice", profession="therapist"))
    assert ids(blank, advice)[-2:] == ["ADV13-nil-findings", "ADV14-signed-in-time"]
    review = load_framework("annual-review@2026.1")
    young = Blank(review.key, Subject("review", year=3))
    assert dict(questions(review, young).set_aside) == {"AR9-adulthood": "age"}


@pytest.mark.parametrize(
    ("blank", "says"),
    [
        (Blank("ehc-ref@2025.1", SUBJECT), "by ehc-ref@2025.1, not by ehc-ref@2026.1"),
        (
            Blank(REFERENCE.key, Subject("advice")),
            "is for a plan, and .* is professional advice",
        ),
        (Blank(REFERENCE.key, SUBJECT, ("Q",)), "no theme “Q”; it has: A, B, C"),
        (
            Blank(REFERENCE.key, Subject("plan", profession="therapist")),
            "no profession “therapist”; it has: none",
        ),
    ],
)
def test_a_blank_that_does_not_fit_is_refused(blank, says):
    with pytest.raises(ValueError, match=says):
        questions(REFERENCE, blank)


def test_an_unknown_profile_is_refused():
    with pytest.raises(LookupError, match="no profile “s99”"):
        questions(REFERENCE, Blank(REFERENCE.key, Subject("plan", profiles=("s99",))))


def test_what_is_missing_is_named_by_theme():
    most = judgements(
        {c: v for c, v in all_at(2, ASKED).items() if c not in ("E2-smart", "E4-when", "H1-split")}
    )
    assert missing(REFERENCE, BLANK, most) == ("E2-smart", "E4-when", "H1-split")
    assert refusal(most) == (
        "Outcomes (E): 2 questions are not answered yet: E2-smart, E4-when.",
        "Social care provision (H): 1 question is not answered yet: H1-split.",
    )


def test_a_low_gate_needs_its_evidence_or_a_comment():
    bare = {"X1-sections": 0, "A1-child-view": 1, "E2-smart": 0, "F1-each-need": 2}
    answers = [judgement(c, bare.get(c, v), comment=" ") for c, v in all_at(2, ASKED).items()]
    assert refusal(answers) == (
        "X1-sections is a critical gate answered 0: mark the words it rests on, or say why in a "
        "comment.",
        "A1-child-view is a major gate answered 1: mark the words it rests on, or say why in a "
        "comment.",
    )


def test_cannot_decide_needs_a_comment():
    answers = judgements(all_at(2, ASKED))
    answers[3] = judgement("X4-current", "cannot-decide", comment="")
    assert refusal(answers) == (
        "X4-current cannot be decided: say in a comment what was not there to see.",
    )


def test_answers_that_are_twice_stray_or_impossible_are_named():
    answers = [
        *judgements(all_at(2, ASKED) | {"E1-present": 3}),
        judgement("E2-smart", 1),
        judgement("P1-y9", 2),
        judgement("Z9-nothing", 2),
    ]
    assert refusal(answers) == (
        "P1-y9 is not asked of this document; remove its answer.",
        "Z9-nothing is not asked of this document; remove its answer.",
        "E2-smart is answered 2 times; keep one answer.",
        "E1-present has no 3: what it asks for is there (2) or not; choose 0, 1, 2.",
    )


def test_a_short_form_without_a_question_cannot_be_signed():
    nothing = Blank(REFERENCE.key, Subject("plan", age=3, year=0), ("H2",))
    narrow = REFERENCE.model_copy(update={"criteria": (CRITERIA["H3-adult"],)})
    with pytest.raises(NotReady, match="No question of these themes applies"):
        sign(narrow, nothing, [], "lead-1", NOON)


def test_the_grade_is_that_of_the_answers():
    found = signed({"F2-quantified": 0, "L3-concise": "cannot-decide", "J1-budget": "no-budget"})
    answers = {j.criterion: j.value for j in found.judgements}
    assert found.grade == grade(REFERENCE, answers, set_aside=ASKED.set_aside, complete=True)
    assert (found.grade.band, found.grade.capped) == ("good", "requires-improvement")
    assert found.grade.unanswered == 0
    assert [j.criterion for j in found.judgements] == sorted(answers)


def test_little_quantified_provision_caps_the_grade():
    answers = judgements(all_at(2, ASKED))
    found = sign(REFERENCE, BLANK, answers, "lead-1", NOON, quantified=0.1)
    assert found.grade.capped == "inadequate"
    assert regrade(REFERENCE, found) == found.grade
    with pytest.raises(ValueError, match=r"between 0 and 1, not 1\.5"):
        sign(REFERENCE, BLANK, answers, "lead-1", NOON, quantified=1.5)


def test_more_than_a_tenth_undecided_is_signed_without_a_band():
    asked = [c.id for c in ASKED.criteria]
    found = signed(dict.fromkeys(asked[:7], "cannot-decide"))
    assert found.grade.band is None
    assert "7 of 61 questions could not be decided" in found.grade.why_ungraded
    assert signed(dict.fromkeys(asked[:6], "cannot-decide")).grade.band == "good"


def test_a_short_form_never_has_a_band():
    blank = dataclasses.replace(BLANK, themes=("E", "K"))
    found = signed({"E1-present": 0, "E2-smart": 3}, blank).grade
    assert (found.band, found.capped, found.caps, found.why_not_higher) == (None, None, (), ())
    assert "Outcomes (E), Advice and information (K) only" in found.why_ungraded
    assert set(found.themes) == {"E", "K"}
    # E: weights 3 3 3 2 2 2 2 1 2; E1 earns nothing, E2 all, E9 (presence) all, the others .8.
    assert found.themes["E"] == round(100 * (3 + 2 + 0.8 * 12) / 20, 1)
    assert found.compliance == "breach"


def test_the_time_of_signing_needs_its_zone():
    with pytest.raises(ValueError, match="time of signing"):
        sign(REFERENCE, BLANK, judgements(all_at(2, ASKED)), "x", dt.datetime(2026, 11, 3))


def test_the_text_is_canonical_and_the_digest_is_of_it():
    found = signed()
    text = found.to_json()
    again = json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"))
    assert text == again
    assert found.digest == hashlib.sha256(again.encode()).hexdigest()
    assert SignedAudit.from_json(json.dumps(json.loads(text), indent=2)) == found


def test_any_change_of_the_text_changes_the_digest():
    found = signed()
    for change in (
        {"by": "lead-2"},
        {"mode": "assisted"},
        {"judgements": found.judgements[:-1]},
        {"at": NOON + dt.timedelta(microseconds=1)},
        {"quantified": 0.5},
        {"subject": dataclasses.replace(SUBJECT, age=8)},
    ):
        assert dataclasses.replace(found, **change).digest != found.digest


def test_one_moment_has_one_digest():
    summer = NOON.astimezone(dt.timezone(dt.timedelta(hours=1)))
    assert dataclasses.replace(signed(), at=summer).digest == signed().digest


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"form":2}', "{", '"x"'])
def test_another_text_is_no_audit(text):
    with pytest.raises(ValueError, match="no text of a signed audit"):
        SignedAudit.from_json(text)


def test_a_text_with_a_part_lost_is_no_audit():
    record = json.loads(signed().to_json())
    for key in record:
        torn = json.dumps({k: v for k, v in record.items() if k != key})
        with pytest.raises(ValueError, match="a part of it is lost"):
            SignedAudit.from_json(torn)


def next_edition():
    """Without F11, with one more question in L, and with E2 weighing 1."""
    new = CRITERIA["L1-plain"].model_copy(update={"id": "L5-kind"})
    kept = [c for c in REFERENCE.criteria if c.id not in ("F11-personal", "E2-smart")]
    lighter = CRITERIA["E2-smart"].model_copy(update={"weight": 1})
    return REFERENCE.model_copy(update={"edition": "2026.2", "criteria": (*kept, lighter, new)})


def test_an_audit_is_graded_anew_by_another_edition():
    found = signed({"E2-smart": 0, "F11-personal": 0})
    anew = regrade(next_edition(), found)
    assert anew.unanswered == 1
    assert anew.weight == found.grade.weight - CRITERIA["F11-personal"].weight - 2
    assert anew.earned == found.grade.earned


def test_another_framework_cannot_grade_it():
    with pytest.raises(ValueError, match=r"annual-review@2026\.1 is another framework"):
        regrade(load_framework("annual-review@2026.1"), signed())
