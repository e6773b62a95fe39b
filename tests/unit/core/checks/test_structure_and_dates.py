"""M01 sections, M05 status, M06 review, M07 school stage, on invented plans."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from goldthread.core.plan.document import Location, Paragraph
from goldthread.core.plan.plan import Facts, Plan, Stated, StatedDate
from tests.plans import TODAY, a_plan, suggested

HERE = Location(page=1)


def date(role: str, *day: int, exact: bool = True) -> StatedDate:
    when = dt.date(*day)
    return StatedDate(role, when, f"{role} {when}", HERE, exact)


def stated(text: str) -> Stated:
    return Stated(text, text, HERE)


def with_facts(plan: Plan, **changes: Any) -> Plan:
    facts: Facts = replace(plan.facts, **changes)
    return replace(plan, facts=facts)


def with_confidence(plan: Plan, letter: str, confidence: float) -> Plan:
    sections = tuple(
        replace(s, confidence=confidence) if s.letter == letter else s for s in plan.sections
    )
    return replace(plan, sections=sections)


SIGNED = {"officer": stated("J. Hall"), "version": stated("Version 3")}


class TestSections:
    def test_all_twelve_are_met(self) -> None:
        (found,) = suggested(a_plan(), "M01")
        assert (found.state, found.answer, found.good) == ("met", 2, 12)

    def test_a_blank_placement_is_right_in_a_draft(self) -> None:
        (found,) = suggested(a_plan({"I": ""}, status="draft"), "M01")
        assert found.state == "met"

    def test_a_missing_section_is_a_fault(self) -> None:
        (found,) = suggested(a_plan({"G": None}), "M01")
        assert (found.state, found.answer) == ("mend", 0)
        assert [f.section for f in found.findings] == ["G"]

    def test_an_undivided_h_is_present_but_defective(self) -> None:
        (found,) = suggested(a_plan({"H1": None, "H2": None, "H": "Six hours of care."}), "M01")
        assert (found.state, found.answer) == ("mend", 1)

    def test_a_blank_placement_in_a_final_plan_is_a_fault(self) -> None:
        (found,) = suggested(a_plan({"I": ""}), "M01")
        assert (found.answer, found.findings[0].key) == (1, "placement-blank")

    def test_a_blank_budget_is_only_pointed_out(self) -> None:
        (found,) = suggested(a_plan({"J": ""}), "M01")
        assert (found.state, found.answer) == ("look", 2)

    def test_an_unsure_section_is_never_a_pass(self) -> None:
        (found,) = suggested(with_confidence(a_plan(), "F", 0.4), "M01")
        assert (found.state, found.answer) == ("cannot-tell", None)

    def test_too_few_sections_cannot_be_told(self) -> None:
        (found,) = suggested(a_plan({"B": "Needs."}, only=True), "M01")
        assert found.state == "cannot-tell"

    def test_advice_under_no_letter_is_not_called_missing(self) -> None:
        (found,) = suggested(a_plan({"K": None}), "M01")
        assert [f.key for f in found.findings] == ["advice-unlabelled"]

    def test_text_in_no_section_makes_a_missing_one_doubtful(self) -> None:
        loose = Paragraph("x " * 800, HERE)
        (found,) = suggested(a_plan({"G": None}, leftover=(loose,)), "M01")
        assert found.state == "cannot-tell"


class TestStatus:
    def test_signed_and_dated_is_met(self) -> None:
        (found,) = suggested(with_facts(a_plan(), **SIGNED), "M05")
        assert (found.state, found.answer) == ("met", 2)

    def test_a_draft_needs_no_signature(self) -> None:
        plan = with_facts(a_plan(status="draft"), version=stated("2"))
        (found,) = suggested(plan, "M05")
        assert found.state == "met"

    def test_no_status_and_no_date(self) -> None:
        plan = with_facts(a_plan(status="unknown"), dates=(), **SIGNED)
        (found,) = suggested(plan, "M05")
        assert {f.key for f in found.findings} == {"no-status", "no-date"}

    def test_advice_after_issue(self) -> None:
        plan = with_facts(a_plan(), dates=(date("issued", 2026, 2, 1),), **SIGNED)
        (found,) = suggested(plan, "M05")
        assert (found.answer, found.findings[0].key) == (1, "advice-later")
        assert found.findings[0].quotes[0].text == "issued 2026-02-01"

    def test_a_draft_mark_in_the_margin_of_a_final_plan(self) -> None:
        plan = a_plan(document={"margins": (Paragraph("DRAFT v2", HERE),)})
        (found,) = suggested(with_facts(plan, **SIGNED), "M05")
        assert [f.quotes[0].text for f in found.findings] == ["DRAFT"]

    def test_trap_a_draft_plan_may_say_draft(self) -> None:
        plan = a_plan(status="draft", document={"margins": (Paragraph("DRAFT", HERE),)})
        (found,) = suggested(with_facts(plan, version=stated("1")), "M05")
        assert found.state == "met"

    @pytest.mark.parametrize(
        "line", ["Draft plan sent 3 March 2026", "Date of draft:", "Status: draft / final"]
    )
    def test_trap_dates_and_lists_on_the_front_page(self, line: str) -> None:
        plan = replace(a_plan(), front=(Paragraph(line, HERE),))
        (found,) = suggested(with_facts(plan, **SIGNED), "M05")
        assert found.state == "met"

    def test_issue_in_the_future_is_looked_at(self) -> None:
        plan = with_facts(a_plan(), dates=(date("issued", 2027, 2, 1),), **SIGNED)
        (found,) = suggested(plan, "M05")
        assert found.findings[0].key == "future"


class TestReview:
    @pytest.mark.parametrize(
        ("reviewed", "today", "state"),
        [
            ((2025, 11, 25), (2026, 11, 24), "look"),  # the last lawful day, but soon
            ((2025, 11, 24), (2026, 11, 24), "mend"),  # the anniversary is too late
            ((2026, 3, 1), (2026, 11, 24), "met"),
            ((2024, 2, 29), (2025, 2, 28), "look"),
            ((2024, 2, 29), (2025, 3, 1), "mend"),
            ((2026, 1, 25), (2026, 11, 24), "met"),
            ((2026, 1, 24), (2026, 11, 24), "look"),
        ],
    )
    def test_twelve_months_from_the_last_review(
        self, reviewed: tuple[int, int, int], today: tuple[int, int, int], state: str
    ) -> None:
        plan = with_facts(a_plan(), dates=(date("reviewed", *reviewed),))
        (found,) = suggested(plan, "M06", today=dt.date(*today))
        assert found.state == state

    def test_amending_does_not_restart_the_clock(self) -> None:
        dates = (date("amended", 2026, 10, 1), date("first_made", 2025, 3, 1))
        (found,) = suggested(with_facts(a_plan(), dates=dates), "M06")
        assert (found.state, found.answer) == ("mend", 0)

    def test_an_old_issue_alone_is_only_looked_at(self) -> None:
        plan = with_facts(a_plan(), dates=(date("issued", 2025, 3, 1),))
        (found,) = suggested(plan, "M06")
        assert (found.state, found.confidence) == ("look", 0.5)

    def test_a_draft_has_no_review(self) -> None:
        (found,) = suggested(a_plan(status="draft"), "M06")
        assert found.state == "not-applicable"

    def test_no_date_cannot_be_told(self) -> None:
        (found,) = suggested(with_facts(a_plan(), dates=()), "M06")
        assert found.state == "cannot-tell"

    def test_trap_a_review_still_to_come_does_not_count_as_done(self) -> None:
        dates = (date("reviewed", 2027, 1, 1), date("first_made", 2025, 3, 1))
        (found,) = suggested(with_facts(a_plan(), dates=dates), "M06")
        assert found.state == "mend"

    def test_a_stated_date_later_than_the_law_allows(self) -> None:
        dates = (date("reviewed", 2026, 9, 1), date("review_due", 2027, 10, 1))
        (found,) = suggested(with_facts(a_plan(), dates=dates), "M06")
        assert found.findings[0].key == "due-too-late"


class TestStage:
    @pytest.mark.parametrize("year", ["Year 4", "Y4", "year 4 (Ash class)"])
    def test_the_right_year_is_met(self, year: str) -> None:
        (found,) = suggested(a_plan(year_group=year), "M07")
        assert found.state == "met"

    def test_last_years_group_of_the_same_stage_is_met(self) -> None:
        (found,) = suggested(a_plan(year_group="Year 3"), "M07")
        assert found.state == "met"  # right on 1 May 2026, and still Key Stage 2

    @pytest.mark.parametrize(("year", "state"), [("Year 9", "mend"), ("Year 5", "look")])
    def test_the_wrong_year(self, year: str, state: str) -> None:
        (found,) = suggested(a_plan(year_group=year), "M07")
        assert (found.state, found.findings[0].quotes[0].text) == (state, year)

    def test_the_wrong_year_in_the_text(self) -> None:
        text = "- Amara is currently in Year 8 and finds English hard because she reads slowly."
        (found,) = suggested(a_plan({"B": text}), "M07")
        assert [q.text for f in found.findings for q in f.quotes] == ["Year 8"]

    def test_trap_the_past_and_the_future_are_left_alone(self) -> None:
        text = "- In Year 1 Amara moved school. By the end of Year 6 she will read alone."
        (found,) = suggested(a_plan({"B": text}), "M07")
        assert found.state == "met"

    def test_taught_outside_the_age_group_is_only_looked_at(self) -> None:
        text = "- Amara is summer born and is taught out of year group; she needs short tasks."
        (found,) = suggested(a_plan({"B": text}, year_group="Year 5"), "M07")
        assert (found.state, found.answer) == ("look", 2)

    def test_a_setting_of_another_phase(self) -> None:
        (found,) = suggested(a_plan(school="Northmere Secondary School"), "M07")
        assert found.findings[0].key == "wrong-setting"

    def test_a_nursery_teaches_at_two_and_at_four_but_not_at_eight(self) -> None:
        for born in (dt.date(2024, 5, 4), dt.date(2022, 10, 4)):
            plan = a_plan(born=born, year_group="Nursery", school="Acorns Nursery School")
            assert suggested(plan, "M07")[0].state == "met"
        (found,) = suggested(a_plan(year_group="Nursery", school="Acorns Nursery School"), "M07")
        assert {f.key for f in found.findings} == {"wrong-year", "wrong-setting"}

    @pytest.mark.parametrize("school", ["Northmere Special School", "Ash Middle School", "The Oak"])
    def test_trap_settings_that_teach_any_age(self, school: str) -> None:
        (found,) = suggested(a_plan(school=school), "M07")
        assert found.state == "met"

    def test_no_date_of_birth_cannot_be_told(self) -> None:
        (found,) = suggested(a_plan(born=None), "M07", today=TODAY)
        assert found.state == "cannot-tell"
