"""Marks of an anchor plan set beside what was agreed, counted and put into words."""

import datetime as dt
import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.core.audit.anchors import Agreed, blank_of
from goldthread.core.audit.audit import Blank, questions, regrade, sign
from goldthread.core.audit.calibrating import (
    FEWEST,
    Tallied,
    chance,
    compare,
    due_on,
    mostly,
    sentences,
    tally,
    verdict_of,
)
from goldthread.core.audit.owning import AGENCIES, own_of
from goldthread.core.audit.sharing import share
from goldthread.core.audit.signed import SignedAudit
from goldthread.readers.anchors import find_anchor
from tests.judgements import NOON, REFERENCE, SUBJECT, all_at, judgements, values

PLAN = find_anchor("samir-year-7")
ANCHOR = PLAN.anchor
ASKED = questions(REFERENCE, blank_of(ANCHOR)).criteria
REASON = "A reason that is long enough to be one, in Section F."


def agreed(answer, *also, arguable=()):
    return Agreed(answer=answer, reason=REASON, also=also, arguable=arguable)


@pytest.mark.parametrize(
    ("own", "what", "verdict"),
    [
        (2, agreed(2), "same"),
        (1, agreed(2), "stricter"),
        (3, agreed(2), "kinder"),
        (0, agreed(2), "stricter"),
        ("no-such-need", agreed(2), "other"),
        ("no-such-need", agreed(2, "no-such-need"), "same"),
        (2, agreed("no-such-need", 2), "same"),
        ("age", agreed("no-such-need"), "other"),
        ("cannot-decide", agreed("cannot-decide"), "same"),
        (1, agreed("cannot-decide"), "other"),
        (3, agreed(2, arguable=(3,)), "kinder"),
    ],
)
def test_how_an_answer_stands_to_the_agreed_one(own, what, verdict):
    assert verdict_of(own, what) == verdict


GIVEN = st.fixed_dictionaries({c.id: values(c) for c in ASKED})


@settings(max_examples=60)
@given(GIVEN)
def test_the_count_is_that_of_a_slow_count(given_answers):
    """A second count, question by question, from the YAML's own words."""
    same = adjacent = stricter = kinder = other = 0
    for criterion, own in given_answers.items():
        what = ANCHOR.answers[criterion]
        if own == what.answer or own in list(what.also):
            same += 1
        elif str(own).isdigit() and str(what.answer).isdigit():
            step = int(own) - int(what.answer)
            stricter, kinder = stricter + (step < 0), kinder + (step > 0)
            adjacent += step in (-1, 1)
        else:
            other += 1
    lines = compare(REFERENCE, ANCHOR, ASKED, given_answers)
    found = tally(lines)
    assert found == Tallied(len(ASKED), same, adjacent, stricter, kinder, other)
    assert found.different == stricter + kinder + other
    said = " ".join(sentences(REFERENCE, lines))
    assert said.startswith(f"You gave the agreed answer to {same} of {len(ASKED)} questions.")
    if found.different > 1:
        assert f"Of the other {found.different}" in said
    assert not re.search(r"\b(rank|best|worst|wrong|fail)", said)


@given(GIVEN)
@settings(max_examples=30)
def test_the_theme_that_is_named_holds_more_than_half_of_what_differs(given_answers):
    lines = compare(REFERENCE, ANCHOR, ASKED, given_answers)
    different = [line.theme for line in lines if line.verdict != "same"]
    theme = mostly(lines)
    most = max((different.count(t) for t in set(different)), default=0)
    assert bool(theme) == (most >= 2 and most * 2 > len(different))
    if theme:
        assert different.count(theme) == most


def test_the_sentences_are_kind_and_say_where():
    own = {c.id: ANCHOR.answers[c.id].answer for c in ASKED}
    own |= {"F1-each-need": 0, "F2-quantified": 0, "F10-setting": 1, "A5-scope": 3}
    lines = compare(REFERENCE, ANCHOR, ASKED, own)
    assert sentences(REFERENCE, lines) == (
        f"You gave the agreed answer to {len(ASKED) - 4} of {len(ASKED)} questions.",
        "Of the other 4, 3 were stricter and 1 was kinder, mostly in Special educational "
        "provision (F).",
        "One of them a careful reader might give as well; the reason says why the other was "
        "agreed.",
    )
    all_agreed = {c.id: ANCHOR.answers[c.id].answer for c in ASKED}
    assert (
        "nothing to put beside it"
        in sentences(REFERENCE, compare(REFERENCE, ANCHOR, ASKED, all_agreed))[-1]
    )
    assert "nothing to compare" in sentences(REFERENCE, ())[0]


def wilson_by_solving(k, n, z=1.959963984540054):
    """The two rates whose distance from k/n is z standard errors, by the quadratic itself."""
    a, b, c = n + z * z, -(2 * k + z * z), k * k / n
    root = math.sqrt(b * b - 4 * a * c)
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


@pytest.mark.parametrize(("same", "n"), [(14, 18), (0, 10), (36, 36), (150, 215)])
def test_the_share_has_wilsons_range(same, n):
    found = Tallied(n, same, n - same, n - same)
    low, high = wilson_by_solving(same, n)
    assert found.interval == pytest.approx((low, high), abs=1e-9)
    assert f"about {same / n:.0%} of the time" in chance(found)
    assert f"{n} marks" in chance(found)


def test_with_few_marks_no_share_is_named():
    few = Tallied(FEWEST - 5, 3)
    assert (few.share, few.interval) == (None, None)
    assert chance(few) == (
        "5 marks are too few to say how often you give the agreed answer; about 5 more would do."
    )


def test_counts_of_several_plans_add_up():
    assert Tallied(5, 3, 1, 1, 1, 0) + Tallied(36, 30, 4, 2, 3, 1) == Tallied(41, 33, 5, 3, 4, 1)


def test_an_anchor_is_due_again_a_quarter_later():
    assert due_on(dt.date(2026, 11, 2)) == dt.date(2027, 2, 1)


def test_the_questions_of_one_agency_are_those_it_gets_when_all_take_part():
    whole = questions(REFERENCE, Blank(REFERENCE.key, SUBJECT))
    shared = share(REFERENCE, whole, AGENCIES)
    for agency in AGENCIES:
        own = questions(REFERENCE, Blank(REFERENCE.key, SUBJECT, agency=agency))
        assert [c.id for c in own.criteria] == [c for c, whose in shared.items() if whose == agency]
        assert set(own.set_aside) == whole.set_aside.keys() & own_of(REFERENCE.criteria, agency)
        alone = share(REFERENCE, own, (agency,))
        assert set(alone.values()) <= {agency}


@pytest.mark.parametrize("agency", AGENCIES)
def test_an_audit_of_one_agency_is_kept_read_back_and_graded_alike(agency):
    blank = Blank(REFERENCE.key, SUBJECT, agency=agency)
    given_answers = all_at(2, questions(REFERENCE, blank))
    done = sign(REFERENCE, blank, judgements(given_answers), "member 1", NOON)
    assert (done.grade.band, done.grade.capped, done.agency) == (None, None, agency)
    assert "no band" in done.grade.why_ungraded
    again = SignedAudit.from_json(done.to_json())
    assert again == done
    assert again.digest == done.digest
    assert regrade(REFERENCE, again) == done.grade


def test_an_audit_of_all_has_the_text_that_it_always_had():
    whole = Blank(REFERENCE.key, SUBJECT)
    done = sign(REFERENCE, whole, judgements(all_at(2, questions(REFERENCE, whole))), "m", NOON)
    assert '"agency":""' not in done.to_json()
    assert SignedAudit.from_json(done.to_json()) == done
