"""M08 views, M09 method and rights, M10 topics, M11 purity, on invented plans."""

from __future__ import annotations

import datetime as dt

import pytest

from goldthread.core.checks.finding import Suggestion
from tests.plans import a_plan, suggested

LONG = (
    "I love drawing and I want to be a vet when I grow up. My friends Ava and Mia sit with me at "
    "lunch and we make up stories. I do not like it when the room is loud, because then I cannot "
    "hear what the teacher says. I can dress by myself but I need help with my laces. Talk to me "
    "slowly, show me pictures, and give me time to answer. I sleep well now."
)
BORN_17 = dt.date(2009, 3, 2)


def one(rule: str, criterion: str, text: str | None, **changes: object) -> Suggestion:
    found = suggested(a_plan({"A": text}, **changes), rule)
    return next(s for s in found if s.criterion == criterion)


class TestViews:
    def test_sixty_words_of_the_childs_own_are_met(self) -> None:
        assert one("M08", "A1-child-view", LONG).state == "met"

    def test_a_reason_for_few_words_is_accepted_but_shown(self) -> None:
        text = "Amara does not use words; her views were gathered by watching her at play."
        found = one("M08", "A1-child-view", text)
        assert (found.state, found.answer) == ("look", 2)

    def test_few_words_are_looked_at(self) -> None:
        found = one("M08", "A1-child-view", "I like cats.\nHer mother says she is happy.")
        assert (found.answer, found.findings[0].quotes[0].text) == (1, "I like cats.")

    def test_only_parents_is_a_fault(self) -> None:
        found = one("M08", "A1-child-view", "Her mother says that Amara loves music.")
        assert (found.state, found.answer) == ("mend", 0)

    def test_no_section_cannot_be_told(self) -> None:
        assert one("M08", "A1-child-view", None).state == "cannot-tell"
        assert one("M08", "A2-parent-view", None).state == "cannot-tell"

    def test_trap_the_child_who_speaks_of_her_mother_is_not_a_parent(self) -> None:
        found = one("M08", "A2-parent-view", "I bake with my mum on Sundays and I love it.")
        assert (found.state, found.answer) == ("look", 1)

    def test_a_parents_part_is_met(self) -> None:
        text = f"{LONG}\nMrs Okafor, her mother, would like Amara to have a friend."
        assert one("M08", "A2-parent-view", text).state == "met"

    def test_no_parents_is_a_fault(self) -> None:
        found = one("M08", "A2-parent-view", "I like cats.")
        assert (found.state, found.answer) == ("mend", 0)

    def test_a_young_person_speaks_in_their_own_right(self) -> None:
        found = one("M08", "A2-parent-view", LONG.replace("mum", ""), born=BORN_17)
        assert found.state == "not-applicable"


class TestMethod:
    def test_how_and_when_are_met(self) -> None:
        text = f"Amara told her teacher this, with picture cards, on 3 March 2026. {LONG}"
        assert one("M09", "A3-method", text).state == "met"

    def test_how_without_when_is_looked_at(self) -> None:
        found = one("M09", "A3-method", "Gathered by talking to Amara with symbol cards.")
        assert (found.state, found.answer) == ("look", 2)

    def test_first_person_without_anybody_is_a_fault(self) -> None:
        found = one("M09", "A3-method", "I like cats and my best lesson is art.")
        assert (found.state, found.answer) == ("mend", 1)

    def test_speaker_only(self) -> None:
        found = one("M09", "A3-method", "Amara says she likes cats.")
        assert found.findings[0].key == "speaker-only"

    def test_blank_cannot_be_told(self) -> None:
        assert one("M09", "A3-method", "").state == "cannot-tell"

    def test_rights_do_not_arise_before_the_age(self) -> None:
        assert one("M09", "P3-yp-rights", LONG).state == "not-applicable"

    def test_rights_without_a_birth_date_cannot_be_told(self) -> None:
        assert one("M09", "P3-yp-rights", LONG, born=None).state == "cannot-tell"

    def test_a_young_person_with_capacity_considered_is_met(self) -> None:
        text = f"{LONG} Amara has capacity to decide about her plan."
        assert one("M09", "P3-yp-rights", text, born=BORN_17).state == "met"

    def test_speaking_only_through_parents_is_a_fault(self) -> None:
        found = one("M09", "P3-yp-rights", "Her mother says she likes cats.", born=BORN_17)
        assert (found.state, found.answer) == ("mend", 0)

    def test_trap_last_day_of_june_is_not_the_day(self) -> None:
        """Turns 16 in the school year 2025/26: of compulsory school age to 26 June 2026."""
        plan = a_plan({"A": LONG}, born=dt.date(2010, 3, 2))
        days = [dt.date(2026, 6, 26), dt.date(2026, 6, 27)]
        states = [suggested(plan, "M09", today=day)[1].state for day in days]
        assert states == ["not-applicable", "look"]


class TestTopics:
    def test_many_topics(self) -> None:
        found = one("M10", "A5-scope", f"{LONG} When I was a baby I was in hospital.")
        assert (found.state, found.answer, found.good) == ("met", 3, 7)

    def test_missing_topics_are_named(self) -> None:
        found = one("M10", "A5-scope", "I like cats. My friends are kind.")
        assert found.state == "look"
        assert {"history", "future", "health"} <= set(found.findings[0].missing)

    def test_communication_is_met(self) -> None:
        assert one("M10", "A4-communicate", LONG).state == "met"

    def test_no_communication_is_a_fault(self) -> None:
        assert one("M10", "A4-communicate", "I like cats.").state == "mend"

    def test_one_phrase_is_quoted(self) -> None:
        found = one("M10", "A4-communicate", "I like cats. I know some Makaton.")
        assert [q.text for q in found.findings[0].quotes] == ["Makaton"]

    def test_trap_words_inside_words_do_not_count(self) -> None:
        found = one("M10", "A4-communicate", "I will design a unicorn spaceship.")
        assert found.state == "mend"

    def test_no_section_cannot_be_told(self) -> None:
        assert one("M10", "A5-scope", None).state == "cannot-tell"


class TestPure:
    @pytest.mark.parametrize("text", [LONG, "I have help 20 minutes a day with my reading."])
    def test_own_words_are_met(self, text: str) -> None:
        assert one("M11", "A6-pure", text).state == "met"

    @pytest.mark.parametrize(
        ("text", "quote"),
        [
            ("Amara has a standard score of 72 in reading.", "standard score"),
            ("Staff will support Amara at lunch.", "Staff will"),
            ("Amara has 15 hours per week of help.", "hours per week"),
        ],
    )
    def test_scores_and_provision_are_found(self, text: str, quote: str) -> None:
        found = one("M11", "A6-pure", text)
        assert (found.state, found.findings[0].quotes[0].text) == ("look", quote)

    def test_no_section_cannot_be_told(self) -> None:
        assert one("M11", "A6-pure", None).state == "cannot-tell"
