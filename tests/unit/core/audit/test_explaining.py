"""A grade explained: words and sums, checked against exact fractions."""

from __future__ import annotations

import dataclasses

from goldthread.core.audit.explaining import (
    answer_words,
    before_after,
    difference_sentences,
    explain,
)
from tests.judgements import BLANK, CRITERIA, REFERENCE, signed

BLANK_ASIDE = ("H3-adult", "P1-y9", "P2-four", "P3-yp-rights")


def explained(answers=None, blank=BLANK):
    return explain(REFERENCE, signed(answers, blank).grade)


def line(found, criterion):
    return next(x for t in found.themes for x in t.lines if x.criterion == criterion)


def test_each_line_says_what_was_asked_answered_and_earned():
    found = explained({"F2-quantified": 1, "J1-budget": "no-budget", "B5-dated": "cannot-decide"})
    low = line(found, "F2-quantified")
    assert (low.said, low.weight, low.points, low.earned) == ("Partly met", 3, 0.35, 1.05)
    assert low.question == CRITERIA["F2-quantified"].question
    aside = line(found, "J1-budget")
    assert aside.said == "Not applicable: No personal budget was asked for."
    assert (aside.points, aside.earned) == (None, None)
    assert line(found, "B5-dated").said == "Cannot decide"
    assert line(found, "P1-y9").said == "Not applicable: The child's age or school year."
    assert answer_words(REFERENCE, None) == "Not answered"
    assert answer_words(REFERENCE, "not-applicable") == "Not applicable"


def test_a_theme_is_summed_line_by_line():
    found = explained({"E1-present": 0, "E2-smart": 3, "E5-baseline": "cannot-decide"})
    theme = next(t for t in found.themes if t.section == "E")
    # E3, E4, E6, E7, E8 at 2 weigh 3 + 2 + 2 + 2 + 1 = 10; E2 earns 3, E9 (presence) 2; E1 none.
    assert (theme.title, theme.earned, theme.weight) == ("Outcomes", 13.0, 18)
    assert theme.index == 72.2
    assert found.sum == f"{found.earned:.2f} of {found.weight} = {found.index:.1f} in 100"


def test_the_themes_come_in_the_order_of_reading_with_all_their_lines():
    found = explained()
    sections = ["X", "A", "B", "C", "D", "E", "F", "G", "H1", "H2", "I", "J", "K", "GT", "P", "L"]
    assert [t.section for t in found.themes] == sections
    assert sum(len(t.lines) for t in found.themes) == 65
    assert [x.criterion for x in found.themes[6].lines][-2:] == ["F10-setting", "F11-personal"]


def test_the_dial_names_the_criteria_behind_it():
    fine = explained({"L1-plain": 0}).dial
    assert (fine.state, fine.criteria) == ("compliant", ())
    assert fine.words == "Compliant: every statutory question answered is at 2 or more."
    defects = explained({"F4-firm": 1, "B2-specific": 1, "L1-plain": 1}).dial
    assert (defects.state, defects.criteria) == ("defects", ("B2-specific", "F4-firm"))
    breach = explained({"F4-firm": 1, "B2-specific": 0}).dial
    assert (breach.state, breach.criteria) == ("breach", ("B2-specific",))


def test_bands_before_and_after_caps_with_their_reason():
    found = explained({"F2-quantified": 0})
    assert (found.band_before_caps, found.band) == ("Good", "Requires improvement")
    (cap,) = found.caps
    assert (cap.band, cap.criteria) == ("Requires improvement", ("F2-quantified",))
    assert "F2-quantified at 0: a major gate" in cap.reason
    assert found.next_band == "Good"
    assert found.next_takes == (cap.reason,)


def test_what_the_next_band_would_have_taken():
    found = explained()
    assert (found.band, found.next_band) == ("Good", "Outstanding")
    (bar,) = found.next_takes
    assert bar.startswith(f"Outstanding: index {found.index:.1f}, asked for 92")
    best = explained({c.id: 3 for c in REFERENCE.criteria if c.family != "presence"
                      and c.id not in BLANK_ASIDE})  # fmt: skip
    assert (best.band, best.next_band, best.next_takes) == ("Outstanding", "", ())


def test_from_inadequate_both_the_bar_and_the_cap_are_named():
    low = {c.id: 0 for c in REFERENCE.criteria if c.id not in BLANK_ASIDE}
    found = explained(low)
    assert (found.band_before_caps, found.band, found.next_band) == (
        "Inadequate", "Inadequate", "Requires improvement"
    )  # fmt: skip
    assert found.next_takes[0] == "Requires improvement: index 0.0, asked for 50."
    assert len(found.next_takes) == 3
    assert all("Inadequate at most" in why for why in found.next_takes[1:])


def test_a_short_form_has_lines_and_no_band():
    found = explained({"E2-smart": 1}, dataclasses.replace(BLANK, themes=("E",)))
    assert [t.section for t in found.themes] == ["E"]
    assert (found.band, found.band_before_caps, found.next_band) == ("", "", "")
    assert found.why_ungraded.startswith("This short form asks of Outcomes (E) only.")


def test_what_an_amended_plan_did():
    before = signed({"F2-quantified": 0, "E2-smart": 1}).grade
    after = signed({"E2-smart": 3}).grade
    found = before_after(before, after)
    assert found.capped == ("requires-improvement", "good")
    assert found.compliance == ("breach", "compliant")
    assert set(found.themes) == {"E", "F"}
    assert [(c.criterion, c.earned, c.weight) for c in found.changes] == [
        ("E2-smart", 1.95, 0), ("F2-quantified", 2.4, 0)
    ]  # fmt: skip
    assert [c.criteria for c in found.caps_gone] == [("F2-quantified",)]
    assert found.caps_new == ()
    assert difference_sentences(REFERENCE, found) == (
        "Band, after caps: from Requires improvement to Good.",
        "Compliance: from breach to compliant.",
        f"Index: from {before.index} to {after.index}, {after.index - before.index:.1f} more.",
        "E2-smart: from “Partly met” to “Fully met”.",
        "F2-quantified: from “Not met” to “Met”.",
    )


def test_a_question_that_no_longer_counts_changes_the_weight():
    found = before_after(signed().grade, signed({"J1-budget": "no-budget"}).grade)
    (change,) = found.changes
    assert (change.before, change.after) == (2, "no-budget")
    assert (change.earned, change.weight) == (-1.0, -1)


def test_nothing_changed():
    found = before_after(signed().grade, signed().grade)
    assert (found.changes, found.themes, found.index_change) == ((), {}, 0.0)
    assert difference_sentences(REFERENCE, found) == ()


def test_a_grade_without_an_index_has_no_change_of_it():
    nothing = signed(dict.fromkeys((c.id for c in REFERENCE.criteria
                                    if c.id not in BLANK_ASIDE), "no-such-need")).grade  # fmt: skip
    found = before_after(nothing, signed().grade)
    assert found.index_change is None
    assert difference_sentences(REFERENCE, found)[0] == "Band, after caps: from no band to Good."
