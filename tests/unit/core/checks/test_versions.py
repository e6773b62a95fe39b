"""Two versions of one plan, item by item, and stock text within and across plans."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.core.checks.finding import Suggestion
from goldthread.core.checks.sentences import corpus_of, digest, digests, merged
from goldthread.core.checks.subject import Corpus
from goldthread.core.checks.versions import alike, changes
from goldthread.core.plan.document import Location
from goldthread.core.plan.plan import Plan, StatedDate
from tests.plans import a_plan, suggested

READS = "- By July 2028 Amara will read a page aloud with three mistakes; now she knows ten words."
SWIMS = "- By July 2028 Amara will swim ten metres without a float; now she holds the side."
TEACHES = "- A teacher with a Level 5 award will teach Amara phonics for 30 minutes each day."
STOCK = "- Staff will use a consistent and positive approach to every pupil."


def issued(day: dt.date, **sections: str) -> Plan:
    dates = (StatedDate("issued", day, f"Issued {day}", Location(page=1)),)
    return a_plan(sections, only=True, dates=dates)


def version(year: int, **sections: str) -> Plan:
    return issued(dt.date(year, 10, 1), **sections)


def turns(before: Plan, after: Plan) -> list[str]:
    return [c.turn for c in changes(before, after)]


class TestChanges:
    def test_the_same_plan_is_unchanged(self) -> None:
        assert turns(version(2026, E=READS), version(2026, E=READS)) == ["unchanged"]

    def test_added_and_removed(self) -> None:
        found = changes(version(2025, E=READS), version(2026, E=SWIMS))
        assert [c.turn for c in found] == ["added", "removed"]
        assert found[0].before is None
        assert found[1].before is not None
        assert found[1].before.text == READS[2:]

    def test_changed_says_when_numbers_changed(self) -> None:
        found = changes(version(2025, F=TEACHES), version(2026, F=TEACHES.replace("30", "15")))
        assert (found[0].turn, "numbers" in found[0].reason) == ("changed", True)
        reworded = TEACHES.replace("each day", "every day")
        found = changes(version(2025, F=TEACHES), version(2026, F=reworded))
        assert (found[0].turn, "numbers" in found[0].reason) == ("changed", False)

    def test_moved(self) -> None:
        found = changes(version(2025, F=TEACHES), version(2026, G=TEACHES))
        assert (found[0].turn, found[0].section) == ("moved", "G")
        assert "Section F to Section G" in found[0].reason

    def test_reordering_is_no_change(self) -> None:
        before, after = version(2026, E=f"{READS}\n{SWIMS}"), version(2026, E=f"{SWIMS}\n{READS}")
        assert turns(before, after) == ["unchanged", "unchanged"]

    def test_trap_a_reworded_item_does_not_take_the_place_of_an_exact_one(self) -> None:
        near = READS.replace("three", "four")
        found = changes(version(2026, E=READS), version(2026, E=f"{near}\n{READS}"))
        assert [c.turn for c in found] == ["added", "unchanged"]

    def test_an_outcome_whose_date_has_passed(self) -> None:
        old = READS.replace("2028", "2026")
        found = changes(version(2025, E=old), version(2026, E=old))
        assert (found[0].turn, "July 2026" in found[0].reason) == ("never-updated", True)

    def test_a_school_year_and_an_age_that_have_passed(self) -> None:
        text = "- Amara, in Year 3, is taught in a group of four and is aged 7."
        found = changes(version(2025, F=text), version(2026, F=text))  # born 4 May 2018
        assert (found[0].turn, "Year 3" in found[0].reason) == ("never-updated", True)

    def test_trap_history_in_a_need_is_no_stale_date(self) -> None:
        text = "- In March 2024 Amara's standard score was 72."
        assert turns(version(2025, B=text), version(2026, B=text)) == ["unchanged"]

    @given(
        st.lists(st.sampled_from([READS, SWIMS, TEACHES, STOCK]), max_size=6),
        st.lists(st.sampled_from([READS, SWIMS, TEACHES, STOCK]), max_size=6),
    )
    @settings(max_examples=30, deadline=None)
    def test_every_item_of_both_once(self, old: list[str], new: list[str]) -> None:
        before, after = version(2026, F="\n".join(old)), version(2026, F="\n".join(new))
        found = changes(before, after)
        texts = Counter(c.before.text for c in found if c.before)
        assert texts == Counter(i.text for i in before.items)
        texts = Counter(c.after.text for c in found if c.after)
        assert texts == Counter(i.text for i in after.items)
        shared = Counter(old) & Counter(new)
        assert sum(c.turn == "unchanged" for c in found) == shared.total()

    def test_alike(self) -> None:
        before = version(2025, F=f"{TEACHES}\n{STOCK}")
        assert alike(before, version(2026, F=f"{TEACHES}\n{SWIMS}")) == 0.5
        assert alike(before, a_plan({}, only=True)) == 0.0


class TestSentences:
    def test_names_pronouns_and_numbers_are_masked(self) -> None:
        one = a_plan({}, only=True, name="Amara Okafor")
        other = a_plan({}, only=True, name="Zoë Byrne")
        here = digest(one, "Amara will tell her 2 teachers when she is ready.")
        assert here == digest(other, "Zoë will tell his 3 teachers when he is ready.")
        assert here != digest(other, "Zoë will tell his 3 carers when he is ready.")

    def test_a_digest_holds_no_words(self) -> None:
        assert all(
            len(d) == 16 and set(d) <= set("0123456789abcdef")
            for d in digests(a_plan({"F": TEACHES}))
        )

    def test_corpora_add_up(self) -> None:
        plans = [a_plan({"F": STOCK}) for _ in range(3)]
        whole = corpus_of(plans)
        parts = merged([corpus_of(plans[:1]), corpus_of(plans[1:])])
        assert whole == parts
        assert whole.plans == 3
        assert whole.sentences[digest(plans[0], STOCK[2:])] == 3


class TestRule36:
    def rule(self, plan: Plan, criterion: str, **given: object) -> Suggestion:
        return next(s for s in suggested(plan, "M36", **given) if s.criterion == criterion)

    @pytest.mark.parametrize("criterion", ["F11-personal", "L3-concise"])
    def test_no_repeats(self, criterion: str) -> None:
        assert self.rule(a_plan(), criterion).state == "met"
        assert self.rule(a_plan({"F": f"{STOCK}\n{STOCK}"}), criterion).state == "met"

    def test_three_times(self) -> None:
        found = self.rule(a_plan({"F": f"{STOCK}\n{STOCK}\n{TEACHES}\n{STOCK}"}), "F11-personal")
        assert (found.state, found.answer) == ("mend", 1)
        assert len(found.findings[0].quotes) == 3
        assert self.rule(a_plan({"F": "\n".join([STOCK] * 3)}), "L3-concise").answer == 1

    def test_one_provision_under_three_areas_by_design(self) -> None:
        areas = {"F1": "communication", "F2": "cognition", "F3": "semh"}
        found = self.rule(a_plan({"F": "\n".join([STOCK] * 3)}, areas=areas), "F11-personal")
        assert (found.state, found.answer) == ("look", 2)

    def test_trap_nil_lines_and_template_lines_are_alike_by_design(self) -> None:
        nil = "- No needs identified at the time of writing this plan for Amara."
        assert self.rule(a_plan({"F": "\n".join([nil] * 4)}), "F11-personal").state == "met"

    @pytest.mark.parametrize(("others", "state"), [(4, "met"), (5, "mend")])
    def test_other_plans(self, others: int, state: str) -> None:
        plan = a_plan({"F": STOCK})
        corpus = Corpus({digest(plan, STOCK[2:]): others}, 10)
        assert self.rule(plan, "F11-personal", corpus=corpus).state == state

    def test_blank_cannot_be_told(self) -> None:
        assert self.rule(a_plan({}, only=True), "F11-personal").state == "cannot-tell"

    def test_ambition_needs_the_earlier_version(self) -> None:
        assert self.rule(a_plan(), "GT4-ambition").state == "cannot-tell"

    def test_ambition_moved_on(self) -> None:
        before, after = version(2025, E=READS), version(2026, E=SWIMS)
        assert self.rule(after, "GT4-ambition", previous=before).state == "met"

    def test_ambition_near_identical(self) -> None:
        before, after = version(2025, E=READS), version(2026, E=READS)
        found = self.rule(after, "GT4-ambition", previous=before)
        assert (found.state, found.answer) == ("mend", 0)
        assert "100%" in found.reason

    def test_ambition_with_something_untouched(self) -> None:
        old = READS.replace("2028", "2026")
        before, after = version(2025, E=f"{old}\n{SWIMS}"), version(2026, E=f"{old}\n{TEACHES}")
        found = self.rule(after, "GT4-ambition", previous=before)
        assert (found.state, found.answer) == ("look", 1)
        assert found.findings[0].quotes[0].text == old[2:]

    def test_an_empty_earlier_version_cannot_be_told(self) -> None:
        empty = replace(a_plan({}, only=True))
        assert self.rule(a_plan(), "GT4-ambition", previous=empty).state == "cannot-tell"
