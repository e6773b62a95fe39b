"""Signed audits as counts: against a slow count by hand, and that adding is adding."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.core.audit.audit import Blank, SignedAudit, Subject, questions, sign
from goldthread.core.framework.grade import points
from goldthread.core.measures.counting import Count, added, counts_of, month_of, taken
from tests.judgements import BLANK, CRITERIA, NOON, REFERENCE, answers_to, judgements, signed

ADVICE = "advice@2026.1"
ASKED = questions(REFERENCE, BLANK)


def audits(blank: Blank = BLANK) -> st.SearchStrategy[SignedAudit]:
    asked = questions(REFERENCE, blank)
    return answers_to(asked).map(
        lambda a: sign(REFERENCE, blank, judgements(a), "lead", NOON)
    )  # fmt: skip


def by_hand(audit: SignedAudit) -> dict[str, Count]:
    """The same from the answers themselves, with fractions, one question at a time."""
    found: dict[str, Count] = {}
    scored: dict[str, list[tuple[int, Fraction]]] = {}
    for judgement in audit.judgements:
        criterion = CRITERIA[judgement.criterion]
        if judgement.value == "cannot-decide":
            found[criterion.id] = Count(criterion.id, undecided=1)
        elif isinstance(judgement.value, str):
            found[criterion.id] = Count(criterion.id, not_applicable=1)
        else:
            earned = Fraction(str(points(REFERENCE, criterion.family, judgement.value)))
            thousandths = int(earned * 1000)
            found[criterion.id] = replace(
                Count(criterion.id, 1, judgement.value >= 2, thousandths, thousandths**2),
                **{f"at{judgement.value}": 1},
            )
            owner = next((a for a in criterion.agencies if a != "all"), "education")
            names = ["index", f"theme:{criterion.section}", f"agency:{owner}"]
            for name in names:
                scored.setdefault(name, []).append((criterion.weight, earned))
    for criterion in audit.set_aside:
        found[criterion] = Count(criterion, not_applicable=1)
    for name, rows in scored.items():
        share = sum(w * e for w, e in rows) / sum(w for w, _ in rows)
        tenths = int(share * 1000 + Fraction(1, 2))
        found[name] = Count(name, 1, tenths >= 750, tenths, tenths**2)
    return found


@given(audits())
@settings(max_examples=40, deadline=None)
def test_an_audit_counts_as_it_does_by_hand(audit):
    ours = {count.measure: count for count in counts_of(REFERENCE, audit)}
    expected = by_hand(audit)
    if "index" not in expected:
        expected["index"] = Count("index", undecided=1)
    assert {m: c for m, c in ours.items() if m not in ("band", "compliance")} == expected
    assert ours["band"].audits == ours["compliance"].audits == ours["index"].audits == 1
    best = [Count("band", 1, 0, 0, 0, 1), Count("band", 1, 0, 0, 0, 0, 1),
            Count("band", 1, 1, 0, 0, 0, 0, 1), Count("band", 1, 1, 0, 0, 0, 0, 0, 1)]  # fmt: skip
    names = ("inadequate", "requires-improvement", "good", "outstanding")
    band = audit.grade.capped
    assert ours["band"] == (best[names.index(band)] if band else Count("band", undecided=1))


def test_compliance_by_its_three_places():
    statutory = next(
        c.id for c in ASKED.criteria if c.kind == "statutory" and c.id not in ASKED.set_aside
    )
    for value, met, place in ((0, 0, "at0"), (1, 0, "at1"), (2, 1, "at2")):
        audit = signed({statutory: value})
        (found,) = [c for c in counts_of(REFERENCE, audit) if c.measure == "compliance"]
        assert (found.n, found.met, getattr(found, place)) == (1, met, 1)


@given(st.lists(audits(), min_size=1, max_size=4), st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None)
def test_order_does_not_matter_and_what_is_taken_was_added(some, chance):
    counted = [counts_of(REFERENCE, audit) for audit in some]
    forwards: tuple[Count, ...] = ()
    for counts in counted:
        forwards = added(forwards, counts)
    chance.shuffle(counted)
    left: tuple[Count, ...] = ()
    for counts in counted:
        left = added(counts, left)
    assert left == forwards
    assert taken(added(left, counted[0]), counted[0]) == left
    for counts in counted:
        left = taken(left, counts)
    assert left == ()


def test_what_was_never_added_is_not_taken():
    one = counts_of(REFERENCE, signed())
    with pytest.raises(ValueError, match="not counted before"):
        taken((), one)


def test_a_short_form_counts_in_its_themes_and_in_no_index_or_band():
    audit = signed({}, Blank(REFERENCE.key, BLANK.subject, themes=("E", "F")))
    found = {c.measure: c for c in counts_of(REFERENCE, audit)}
    assert {m for m in found if m.startswith("theme:")} == {"theme:E", "theme:F"}
    assert not [m for m in found if m.startswith("agency:")]
    for measure in ("index", "band", "compliance"):
        assert found[measure] == Count(measure, not_applicable=1)
    of_themes = {c.id for c in REFERENCE.criteria if c.section in ("E", "F")}
    assert {m for m in found if m in CRITERIA} == of_themes


def test_advice_has_no_agency_because_its_author_answers_for_it():
    from goldthread.readers.frameworks import shared_framework

    framework = shared_framework(ADVICE)
    blank = Blank(ADVICE, Subject("advice", profession="therapist"))
    asked = questions(framework, blank)
    audit = sign(framework, blank, judgements({c.id: 2 for c in asked.criteria}), "lead", NOON)
    measures = {c.measure for c in counts_of(framework, audit)}
    assert {"theme:ADV", "index", "band", "compliance"} <= measures
    assert not [m for m in measures if m.startswith("agency:")]
    with pytest.raises(ValueError, match="signed by advice"):
        counts_of(REFERENCE, audit)


def test_a_month_keeps_draw_and_edition_and_no_group():
    from tests.counted import a_cell

    key = a_cell(need="ASD", team="North")
    assert month_of(key) == month_of(replace(key, need="SLCN", phase="primary"))
    assert month_of(key) != month_of(replace(key, drawn="draft"))
    assert month_of(month_of(key)) == month_of(key)
