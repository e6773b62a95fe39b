"""M26, M34, M38, M40, M41 and M43: adulthood, right section, care, placement, budget, clashes."""

from __future__ import annotations

import datetime as dt

import pytest

from goldthread.core.checks.finding import Suggestion
from goldthread.core.plan.plan import Plan
from tests.plans import SOUND, a_plan, suggested

Y10 = dt.date(2012, 5, 4)
ADULT = dt.date(2007, 5, 4)
SALT = (
    "- A speech and language therapist will see Amara one-to-one for 45 minutes once a week to "
    "teach narrative."
)
NAMED = "Northmere Primary School, a mainstream maintained school."


def rule(id_: str, criterion: str, plan: Plan, **given: object) -> Suggestion:
    return next(s for s in suggested(plan, id_, **given) if s.criterion == criterion)


class TestAdulthood:
    FOUR = (
        "- By July 2029 Amara will finish a work placement of ten days; now she has done none.\n"
        "- By July 2029 Amara will travel alone by bus; now with her mother.\n"
        "- By July 2029 Amara will go to a club with friends once a week; now never.\n"
        "- By July 2029 Amara will book her own dentist; now her mother does."
    )

    def test_four_sides(self) -> None:
        found = rule("M26", "P2-four", a_plan({"E": self.FOUR}, born=Y10))
        assert (found.state, found.answer, found.good) == ("met", 2, 4)

    @pytest.mark.parametrize(
        "words", ["choose a week's diet", "make her own eye test", "run, sing"]
    )
    def test_words_of_health(self, words: str) -> None:
        outcome = f"- By July 2029 Amara will {words}; now her mother does."
        three = self.FOUR.rsplit("\n", 1)[0]
        found = rule("M26", "P2-four", a_plan({"E": f"{three}\n{outcome}"}, born=Y10))
        assert (found.good == 4) is (words != "run, sing")

    def test_missing_sides_are_named(self) -> None:
        three = self.FOUR.rsplit("\n", 1)[0]
        found = rule("M26", "P2-four", a_plan({"E": three}, born=Y10))
        assert (found.state, found.answer, found.findings[0].missing) == ("look", 1, ("health",))

    def test_none_is_a_fault(self) -> None:
        outcome = "- By July 2028 Amara will name ten shapes."
        assert rule("M26", "P2-four", a_plan({"E": outcome}, born=Y10)).answer == 0

    @pytest.mark.parametrize(
        "text",
        ["- A careers adviser will meet Amara once a term.", "- Travel training on the bus."],
    )
    def test_provision(self, text: str) -> None:
        assert rule("M26", "P1-y9", a_plan({"F": text}, born=Y10)).state == "met"

    @pytest.mark.parametrize("text", [SALT, "- A quiet room for reading in every lesson."])
    def test_no_provision(self, text: str) -> None:
        found = rule("M26", "P1-y9", a_plan({"F": text}, born=Y10))
        assert (found.state, found.answer) == ("mend", 0)

    @pytest.mark.parametrize("criterion", ["P1-y9", "P2-four"])
    def test_young_and_unknown(self, criterion: str) -> None:
        assert rule("M26", criterion, a_plan()).state == "not-applicable"
        assert rule("M26", criterion, a_plan(born=None)).state == "cannot-tell"

    @pytest.mark.parametrize(
        ("born", "state"), [(dt.date(2012, 9, 1), "mend"), (dt.date(2013, 9, 1), "not-applicable")]
    )
    def test_trap_year_9_begins_by_birth_and_september(self, born: dt.date, state: str) -> None:
        assert rule("M26", "P1-y9", a_plan({"F": SALT}, born=born)).state == state

    def test_no_provision_or_outcomes_found_cannot_be_told(self) -> None:
        bare = a_plan({"F": None, "G": None, "H1": None, "H2": None, "E": None}, born=Y10)
        assert rule("M26", "P1-y9", bare).state == "cannot-tell"
        assert rule("M26", "P2-four", bare).state == "cannot-tell"


class TestRightSection:
    def right(self, plan: Plan) -> Suggestion:
        return rule("M34", "F6-right-place", plan)

    @pytest.mark.parametrize(
        "text",
        [
            "- A community nurse will check Amara's seizure medication every six months.",
            "None needed: advice from the speech and language therapist dated 3 March 2026.",
            "- An orthotist will fit splints for 30 minutes twice a year.",
        ],
    )
    def test_health_is_right_in_g(self, text: str) -> None:
        assert self.right(a_plan({"G": text})).state == "met"

    @pytest.mark.parametrize("letter", ["G", "H1", "H2"])
    def test_therapy_elsewhere(self, letter: str) -> None:
        found = self.right(a_plan({letter: SALT}))
        assert (found.state, found.answer) == ("mend", 1)
        assert found.findings[0].quotes[0].section == letter

    def test_therapy_elsewhere_and_none_in_f_is_the_gravest(self) -> None:
        plan = a_plan({"G": SALT, "F": "- A quiet room in every lesson."})
        assert self.right(plan).answer == 0

    @pytest.mark.parametrize("letter", ["A", "B", "E"])
    def test_provision_with_an_amount_in_the_wrong_place(self, letter: str) -> None:
        found = self.right(a_plan({letter: SALT}))
        assert (found.state, found.answer) == ("look", 1)

    @pytest.mark.parametrize(
        ("letter", "text"),
        [
            ("B", "- The speech and language therapist found that Amara uses single phrases."),
            ("B", "- Amara's phonics are those of a five-year-old."),
            ("E", "- By July 2028 Amara will use her phonics to read a page aloud."),
            ("A", "“I like my speech therapist.”"),
        ],
    )
    def test_trap_a_mention_is_no_provision(self, letter: str, text: str) -> None:
        assert self.right(a_plan({letter: text})).state == "met"

    def test_transport_in_f_asks_for_a_look(self) -> None:
        found = self.right(a_plan({"F": f"{SALT}\n- A taxi with a passenger assistant."}))
        assert (found.state, found.answer, found.findings[0].key) == ("look", 1, "transport")

    def test_no_f_cannot_be_told(self) -> None:
        assert self.right(a_plan({"F": None})).state == "cannot-tell"


class TestCare:
    H = "- A support worker will take Amara to a club for two hours every week."

    def test_apart(self) -> None:
        assert rule("M38", "H1-split", a_plan()).state == "met"
        assert rule("M38", "H1-split", a_plan({"H1": self.H})).state == "met"

    def test_merged(self) -> None:
        plan = a_plan({"H1": None, "H2": None, "H": self.H})
        assert rule("M38", "H1-split", plan).answer == 0

    def test_1970_act_at_18(self) -> None:
        found = rule("M38", "H1-split", a_plan({"H1": self.H}, born=ADULT))
        assert (found.answer, found.findings[0].quotes[0].text) == (0, self.H[2:])

    def test_overnight_is_amber(self) -> None:
        found = rule("M38", "H1-split", a_plan({"H1": "- Overnight respite twice a month."}))
        assert (found.state, found.answer) == ("look", 1)

    def test_missing_cannot_be_told(self) -> None:
        assert rule("M38", "H1-split", a_plan({"H2": None})).state == "cannot-tell"

    def test_adult_care(self) -> None:
        act = "- Under the Care Act 2014 a support worker will visit for five hours a week."
        assert rule("M38", "H3-adult", a_plan({"H2": act}, born=ADULT)).state == "met"
        nil = "None: adult social care assessed Amara on 3 March 2026."
        assert rule("M38", "H3-adult", a_plan({"H2": nil}, born=ADULT)).state == "met"
        assert rule("M38", "H3-adult", a_plan({"H2": self.H}, born=ADULT)).answer == 0
        assert rule("M38", "H3-adult", a_plan()).state == "not-applicable"
        assert rule("M38", "H3-adult", a_plan(born=None)).state == "cannot-tell"

    def test_trap_18_on_the_day(self) -> None:
        today = dt.date(2026, 5, 4)
        born = dt.date(2008, 5, 4)
        plan = a_plan(born=born)
        assert rule("M38", "H3-adult", plan, today=today).answer == 0
        before = rule("M38", "H3-adult", plan, today=today - dt.timedelta(days=1))
        assert before.state == "not-applicable"


class TestPlacement:
    def i(self, criterion: str, text: str | None, status: str = "final") -> Suggestion:
        return rule("M40", criterion, a_plan({"I": text}, status=status))

    @pytest.mark.parametrize("text", ["", "This section is left blank in a draft."])
    def test_a_blank_draft(self, text: str) -> None:
        assert self.i("I1-state", text, "draft").state == "met"
        assert self.i("I2-type", text, "draft").state == "not-applicable"

    @pytest.mark.parametrize("text", [NAMED, "A maintained special school."])
    def test_a_named_draft(self, text: str) -> None:
        found = self.i("I1-state", text, "draft")
        assert (found.state, found.answer) == ("mend", 0)

    @pytest.mark.parametrize(
        "text", [NAMED, "A mainstream secondary school.", "Education otherwise than in a school."]
    )
    @pytest.mark.parametrize("status", ["final", "amended"])
    def test_a_final_plan(self, text: str, status: str) -> None:
        assert self.i("I1-state", text, status).state == "met"

    @pytest.mark.parametrize("text", ["", "To be confirmed."])
    def test_an_open_final_plan(self, text: str) -> None:
        found = self.i("I1-state", text)
        assert (found.state, found.answer) == ("mend", 0)

    def test_blank_without_a_status_is_only_looked_at(self) -> None:
        assert self.i("I1-state", "", "unknown").state == "look"

    def test_the_type(self) -> None:
        assert self.i("I2-type", NAMED).state == "met"
        assert self.i("I2-type", "The Willows Special School.").state == "met"
        assert self.i("I2-type", "Northmere Primary School.").answer == 0
        assert self.i("I2-type", "Education otherwise than in a school.").state == "not-applicable"

    def test_trap_an_academy_by_name_is_no_stated_type(self) -> None:
        assert self.i("I2-type", "Northmere Academy").answer == 0
        assert self.i("I2-type", "Northmere Academy, a mainstream academy").state == "met"

    @pytest.mark.parametrize(
        ("more", "answer"),
        [(" This is parental preference.", 1), (" A taxi at a cost of £9,000.", 0)],
    )
    def test_extras(self, more: str, answer: int) -> None:
        found = self.i("I3-clean", NAMED + more)
        assert (found.state, found.answer) == ("mend", answer)

    def test_trap_the_lawful_condition(self) -> None:
        text = (
            "The nearest suitable school is Northmere Primary School, a mainstream maintained "
            "school; Southmere School, a mainstream academy, if the parents provide transport."
        )
        found = self.i("I3-clean", text)
        assert (found.state, found.answer) == ("look", 2)

    @pytest.mark.parametrize("criterion", ["I1-state", "I2-type", "I3-clean"])
    def test_no_section_cannot_be_told(self, criterion: str) -> None:
        assert self.i(criterion, None).state == "cannot-tell"


class TestBudget:
    PAYS = "A direct payment of £60 a week pays for the personal assistant in H2 (Outcome 1)."
    WHO = "- A personal assistant will take Amara to Brownies for two hours every Tuesday."

    def j(self, text: str | None, **sections: str) -> Suggestion:
        return rule("M41", "J1-budget", a_plan({"J": text, **sections}))

    def test_met(self) -> None:
        assert self.j(self.PAYS, H2=self.WHO).state == "met"
        told = "The direct payment meets the need for friends: a personal assistant for Brownies."
        assert self.j(told, H2=self.WHO).state == "met"

    @pytest.mark.parametrize(
        "text", ["A direct payment of £60 a week will be made.", "Direct payments were agreed."]
    )
    def test_for_what(self, text: str) -> None:
        assert (self.j(text).state, self.j(text).answer) == ("mend", 0)

    def test_not_in_the_plan(self) -> None:
        found = self.j("A direct payment meets her need to ride horses.")
        assert (found.state, found.findings[0].key) == ("look", "not-in-plan")

    @pytest.mark.parametrize("text", ["", SOUND["J"], "None.", "A direct payment was declined."])
    def test_trap_none(self, text: str) -> None:
        assert self.j(text).state == "not-applicable"

    def test_no_section_cannot_be_told(self) -> None:
        assert self.j(None).state == "cannot-tell"


class TestClashes:
    def f(self, *texts: str, **sections: str) -> Suggestion:
        return rule("M43", "GT3-joined", a_plan({"F": "\n".join(texts), **sections}))

    def test_two_amounts_of_one_thing(self) -> None:
        found = self.f(SALT, SALT.replace("45", "30"))
        assert (found.state, found.answer) == ("look", 1)
        assert [q.text for q in found.findings[0].quotes] == [
            SALT[2:], SALT[2:].replace("45", "30"),
        ]  # fmt: skip
        assert found.findings[0].confidence < 0.5

    def test_two_group_sizes(self) -> None:
        found = self.f(SALT, SALT.replace("one-to-one", "in a group of six"))
        assert found.findings[0].key == "clash-group"

    def test_two_weekly_totals_of_one_role(self) -> None:
        found = self.f(
            "- Amara will have a teaching assistant for 15 hours a week.",
            "- Teaching assistant support in class and at lunch will be 20 hours per week.",
        )
        assert found.findings[0].key == "clash-total"

    def test_the_same_twice_is_no_clash(self) -> None:
        assert self.f(SALT, SALT).state == "met"

    def test_trap_two_services_of_one_shape(self) -> None:
        physio = (
            "- A physiotherapist will see Amara one-to-one for 20 minutes once a week to stretch "
            "her ankles."
        )
        assert self.f(SALT, physio).state == "met"

    def test_no_provision_cannot_be_told(self) -> None:
        assert self.f("None needed.", H1="None needed.", H2="None needed.").state == "cannot-tell"
