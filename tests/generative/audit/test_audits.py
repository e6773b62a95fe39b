"""What must hold for any answers: signing, text, sharing, sums, the gate and families' replies."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

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
from goldthread.core.audit.experience import dial, together
from goldthread.core.audit.explaining import before_after, difference_sentences, explain
from goldthread.core.audit.gate import Override, blocks, ready, unchecked
from goldthread.core.audit.judgement import Evidence, check_evidence, parse_value
from goldthread.core.audit.sharing import AGENCIES, assembled, lead_of, share, themes_for
from goldthread.core.report.check_record import AnswerRecord
from goldthread.readers.experience import shared_form
from goldthread.readers.frameworks import load_framework
from tests.judgements import (
    CRITERIA,
    CRITICAL,
    NOON,
    REASONS,
    REFERENCE,
    TIMES,
    answers_to,
    judged,
    judgements,
    values,
)

# No deadline: a busy machine is not a wrong answer.
CHEAP = settings(max_examples=60, deadline=None)
DEAR = settings(max_examples=12, deadline=None)
FRAMEWORKS = {f.subject: f for f in (REFERENCE, load_framework("annual-review@2026.1"),
                                     load_framework("advice@2026.1"))}  # fmt: skip
FORM = shared_form()
SECTIONS = sorted({c.section for c in REFERENCE.criteria} | {"H"})
SAID = ["0", "1", "2", "3", "cannot-decide", "not-applicable", *REASONS, " 2 ", "4"]
EARNED = {0: Fraction(0), 1: Fraction(35, 100), 2: Fraction(8, 10), 3: Fraction(1)}

subjects = st.builds(
    Subject,
    kind=st.sampled_from(sorted(FRAMEWORKS)),
    status=st.sampled_from(["draft", "final", "amended", "unknown"]),
    year=st.none() | st.integers(-2, 14),
    age=st.none() | st.integers(0, 25),
    setting=st.sampled_from(["", "mainstream", "special"]),
)
plans = subjects.map(lambda subject: dataclasses.replace(subject, kind="plan"))


@st.composite
def blanks(draw):
    subject = draw(subjects)
    themes = st.lists(st.sampled_from(SECTIONS), unique=True, max_size=4).map(tuple)
    short = draw(themes) if subject.kind == "plan" else ()
    mode = draw(st.sampled_from(["blind", "assisted"]))
    return Blank(FRAMEWORKS[subject.kind].key, subject, short, mode)


@st.composite
def audits(draw):
    """A framework, a blank, and judgements with which it can be signed."""
    blank = draw(blanks())
    framework = FRAMEWORKS[blank.subject.kind]
    asked = questions(framework, blank)
    assume(asked.criteria)
    given_answers = [draw(judged(c)) for c in asked.criteria]
    return framework, blank, draw(st.permutations(given_answers))


def points(criterion, value):
    """What an answer earns, as standard.md says it; None when it does not count."""
    if not isinstance(value, int):
        return None
    return Fraction(1) if criterion.family == "presence" and value == 2 else EARNED[value]


@DEAR
@given(audits(), TIMES, st.none() | st.floats(0, 1))
def test_a_signed_audit_is_its_text_and_grades_the_same_anew(audit, at, quantified):
    framework, blank, given_answers = audit
    signed = sign(framework, blank, given_answers, "lead-1", at, quantified)
    text = signed.to_json()
    again = SignedAudit.from_json(text)
    assert again == signed
    assert again.to_json() == text
    assert again.digest == signed.digest
    assert regrade(framework, again) == signed.grade
    assert sign(framework, blank, given_answers[::-1], "lead-1", at, quantified) == signed
    assert (signed.grade.band is None) or not blank.themes


@DEAR
@given(audits(), st.data())
def test_another_answer_is_another_digest(audit, data):
    framework, blank, given_answers = audit
    signed = sign(framework, blank, given_answers, "lead-1", NOON)
    place = data.draw(st.integers(0, len(given_answers) - 1))
    old = given_answers[place]
    criterion = next(c for c in framework.criteria if c.id == old.criterion)
    other = data.draw(values(criterion))
    assume(other != old.value)
    given_answers[place] = dataclasses.replace(old, value=other)
    assert sign(framework, blank, given_answers, "lead-1", NOON).digest != signed.digest


@DEAR
@given(audits(), st.data())
def test_an_audit_is_signed_only_when_nothing_is_missing(audit, data):
    framework, blank, given_answers = audit
    kept = data.draw(st.sets(st.sampled_from([j.criterion for j in given_answers])))
    some = [j for j in given_answers if j.criterion in kept]
    left = missing(framework, blank, some)
    assert set(left) == {j.criterion for j in given_answers} - kept
    try:
        sign(framework, blank, some, "lead-1", NOON)
    except NotReady as refused:
        words = " ".join(refused.sentences).replace(",", " ").replace(".", " ").split()
        assert set(left) == {w for w in words if w in {j.criterion for j in given_answers}}
        assert left
    else:
        assert not left


@CHEAP
@given(blanks(), st.lists(st.sampled_from(AGENCIES), min_size=1, unique=True))
def test_every_question_has_exactly_one_owner_and_one_page(blank, agencies):
    framework = FRAMEWORKS[blank.subject.kind]
    asked = questions(framework, blank)
    shared = share(framework, asked, agencies)
    assert list(shared) == [c.id for c in asked.criteria]
    assert set(shared.values()) <= set(agencies)
    pages = [(a, p) for a in AGENCIES for p in themes_for(framework, asked, shared, a)]
    on_pages = [(c.id, agency) for agency, page in pages for c in page.criteria]
    assert sorted(on_pages) == sorted(shared.items())
    lead = lead_of(agencies)
    for criterion in asked.criteria:
        owner = shared[criterion.id]
        family = "all" in criterion.agencies and criterion.section in "AEL"
        if not (owner == "parent-carer" and family) and owner != lead:
            assert owner in criterion.agencies


@DEAR
@given(audits(), st.lists(st.sampled_from(AGENCIES), min_size=1, unique=True))
def test_the_parts_together_are_the_whole(audit, agencies):
    framework, blank, given_answers = audit
    shared = share(framework, questions(framework, blank), agencies)
    parts = [[j for j in given_answers if shared[j.criterion] == a] for a in agencies]
    whole = assembled(parts)
    assert whole == tuple(sorted(given_answers, key=lambda j: j.criterion))
    assert sign(framework, blank, whole, "x", NOON) == sign(
        framework, blank, given_answers, "x", NOON
    )


@DEAR
@given(audits())
def test_all_sums_of_an_explanation_reconcile(audit):
    framework, blank, given_answers = audit
    grade = sign(framework, blank, given_answers, "lead-1", NOON).grade
    found = explain(framework, grade)
    criteria = {c.id: c for c in framework.criteria}
    said = {j.criterion: j.value for j in given_answers}
    total, weights = Fraction(0), 0
    for theme in found.themes:
        earned, weight = Fraction(0), 0
        for line in theme.lines:
            worth = points(criteria[line.criterion], said.get(line.criterion))
            assert (line.points is None) == (worth is None) == (line.earned is None)
            if worth is not None:
                earned += worth * line.weight
                weight += line.weight
                assert Fraction(str(line.earned)) == worth * line.weight
        assert (Fraction(str(theme.earned)), theme.weight) == (earned, weight)
        assert theme.index == (rounded(earned, weight) if weight else None)
        total, weights = total + earned, weights + weight
    assert (Fraction(str(found.earned)), found.weight) == (total, weights)
    assert found.index == (rounded(total, weights) if weights else None)
    lines = [line.criterion for theme in found.themes for line in theme.lines]
    assert sorted(lines) == sorted(x.criterion for x in grade.lines)


def rounded(earned, weight):
    """In a hundred, to one decimal, halves up."""
    return int(earned * 1000 / weight + Fraction(1, 2)) / 10


@DEAR
@given(st.data())
def test_the_changes_add_up_to_the_difference(data):
    blank = Blank(REFERENCE.key, data.draw(plans))
    asked = questions(REFERENCE, blank)
    one, other = (
        sign(REFERENCE, blank, judgements(data.draw(answers_to(asked))), "x", NOON).grade
        for _ in range(2)
    )
    found = before_after(one, other)
    earned = sum((Fraction(str(c.earned)) for c in found.changes), Fraction(0))
    assert earned == Fraction(str(other.earned)) - Fraction(str(one.earned))
    assert sum(c.weight for c in found.changes) == other.weight - one.weight
    back = before_after(other, one)
    assert back.caps_gone == found.caps_new
    assert [c.earned for c in back.changes] == [-c.earned for c in found.changes]
    assert len(difference_sentences(REFERENCE, found)) >= len(found.changes)


records = st.builds(
    AnswerRecord,
    criterion=st.just("-"),
    question=st.just("-"),
    state=st.sampled_from(["mend", "look", "met", "cannot-tell", "not-applicable"]),
    answer=st.none() | st.integers(0, 3),
    confidence=st.floats(0, 1),
    reason=st.just("Seen."),
    rules=st.just(()),
)


@CHEAP
@given(st.dictionaries(st.sampled_from(sorted(CRITERIA)), records), plans, st.data())
def test_the_gate_is_open_exactly_where_nothing_critical_is_at_nought(machine, subject, data):
    people = {
        c: data.draw(values(CRITERIA[c]))
        for c in data.draw(st.sets(st.sampled_from(sorted(CRITERIA)), max_size=12))
    }
    expected = {
        c for c in CRITICAL
        if people.get(c) == 0
        or (c not in people and c in machine and machine[c].state == "mend"
            and machine[c].answer == 0)
    }  # fmt: skip
    found = blocks(REFERENCE, machine, people, subject)
    assert {b.criterion for b in found} == expected
    assert all(b.source == ("people" if b.criterion in people else "machine") for b in found)
    assert not expected & set(unchecked(REFERENCE, machine, people, subject))
    passed = data.draw(st.sets(st.sampled_from(CRITICAL)))
    overrides = [Override(c, "There is a good reason.", "p", NOON) for c in passed]
    state = "ready" if not expected else "overridden" if expected <= passed else "blocked"
    assert ready(found, overrides).state == state


@CHEAP
@given(st.sampled_from(sorted(CRITERIA)), st.sampled_from(SAID) | st.text(max_size=16))
def test_any_text_is_an_answer_or_one_sentence(criterion, text):
    known = {*CRITERIA[criterion].descriptors, *REASONS, "cannot-decide"}
    if text.strip() in known:
        assert str(parse_value(text, CRITERIA[criterion], REFERENCE)) == text.strip()
    else:
        with pytest.raises(ValueError, match=criterion):
            parse_value(text, CRITERIA[criterion], REFERENCE)


@CHEAP
@given(st.text(max_size=40), st.integers(-3, 45), st.integers(-3, 45), st.text(max_size=5))
def test_evidence_is_accepted_exactly_where_it_stands(text, start, end, quote):
    cut = text[start:end] if 0 <= start < end <= len(text) else None
    for words in (quote, cut):
        if words is None:
            continue
        try:
            check_evidence(Evidence("plan", 1, start, end, words), {1: text})
        except ValueError:
            assert cut is None or cut != words
        else:
            assert cut == words


replies = st.dictionaries(
    st.sampled_from([q.id for q in FORM.questions]), st.sampled_from([a.id for a in FORM.answers])
)


@CHEAP
@given(st.lists(replies, max_size=12))
def test_families_together_by_a_second_way_of_counting(given_replies):
    found = together(FORM, given_replies)
    for question, result in zip(FORM.questions, found.questions, strict=True):
        said = [r[question.id] for r in given_replies if question.id in r]
        good = len([a for a in said if a in ("fully", "mostly")])
        of = good + len([a for a in said if a in ("a-little", "not-at-all")])
        if of < 5:
            assert (result.good, result.answered, result.share) == (None, None, None)
        else:
            assert (result.good, result.answered, result.share) == (good, of, good / of)
            assert result.interval.low <= result.share <= result.interval.high
    dials = [dial(FORM, r) for r in given_replies]
    assert all((d.share is None) == (d.answered == 0 or 2 * d.answered < d.of) for d in dials)
    shown = [d for d in dials if d.share is not None]
    if len(shown) >= 5:
        assert found.overall.good == len([d for d in shown if 4 * d.good >= 3 * d.answered])
    else:
        assert found.overall.share is None


@CHEAP
@given(TIMES)
def test_one_moment_has_one_digest_in_every_zone(at):
    blank = Blank(REFERENCE.key, Subject("plan", "final", 5, 9), ("J",))
    one = sign(REFERENCE, blank, judgements({"J1-budget": 2}), "x", at)
    other = sign(REFERENCE, blank, judgements({"J1-budget": 2}), "x", at.astimezone(dt.UTC))
    assert one.digest == other.digest
    assert json.loads(one.to_json())["at"].endswith("+00:00")
