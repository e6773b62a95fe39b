"""M13 to M19 and M42: needs, dates, nils and the list of advice, on invented plans."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from goldthread.core.checks.finding import Suggestion
from goldthread.core.plan.document import Location
from goldthread.core.plan.plan import Advice
from tests.plans import a_plan, suggested

HERE = Location(page=9)
NEED = "- Amara has developmental language disorder: she loses the thread of long instructions."


def one(
    rule: str, criterion: str, sections: dict[str, str | None], **changes: object
) -> Suggestion:
    found = suggested(a_plan(sections, **changes), rule)
    return next(s for s in found if s.criterion == criterion)


def entry(profession: str, *day: int, author: str = "A. Author") -> Advice:
    text = f"{profession}, {author}, {day}"
    when = dt.date(*day) if day else None
    return Advice(text, HERE, author=author, profession=profession, day=when, appended=True)


class TestLabels:
    def test_an_effect_makes_a_need(self) -> None:
        assert one("M13", "B2-specific", {"B": NEED}).state == "met"

    @pytest.mark.parametrize("text", ["- Autism and ADHD.", "- Amara has a diagnosis of autism."])
    def test_a_bare_diagnosis_is_flagged(self, text: str) -> None:
        found = one("M13", "B2-specific", {"B": text})
        assert (found.answer, found.findings[0].quotes[0].text) == (0, text[2:])

    @pytest.mark.parametrize(
        "text",
        ["- Need 4: Amara has ADHD.", "- Diagnosis of dyslexia. · Need 2",
         "- Need 3: Amara has moderate learning difficulties."],
    )  # fmt: skip
    def test_the_number_of_a_need_and_the_name_of_a_condition_say_no_effect(
        self, text: str
    ) -> None:
        assert one("M13", "B2-specific", {"B": text}).findings[0].key == "label"

    def test_a_degree_beside_the_condition_is_said(self) -> None:
        text = "- Need 4: Amara has moderate learning difficulties and needs one step at a time."
        assert one("M13", "B2-specific", {"B": text}).state == "met"

    def test_one_label_of_three(self) -> None:
        found = one("M13", "B2-specific", {"B": f"- Dyslexia.\n{NEED}\n{NEED}"})
        assert (found.answer, found.good, found.total) == (1, 2, 3)
        assert found.findings[0].item == "B1"

    @pytest.mark.parametrize(
        "text", ["- Moderate hearing loss in both ears.", "- Amara enjoys music."]
    )
    def test_trap_short_needs_with_degree_and_strengths(self, text: str) -> None:
        assert one("M13", "B2-specific", {"B": text}).state == "met"

    def test_no_section_cannot_be_told(self) -> None:
        assert one("M13", "B2-specific", {"B": None}).state == "cannot-tell"


class TestAreas:
    FOUR = (
        "Communication and interaction\n- Amara loses long instructions.\nCognition and learning\n"
        "- No needs.\nSocial, emotional and mental health\n- Calm.\nSensory and physical\n- None."
    )

    def test_four_headings_are_met(self) -> None:
        found = one("M14", "B3-areas", {"B": self.FOUR})
        assert (found.state, found.answer) == ("met", 3)

    def test_areas_of_items_count(self) -> None:
        areas = {"B1": "communication", "B2": "cognition", "B3": "semh", "B4": "sensory"}
        found = one("M14", "B3-areas", {"B": "- a\n- b\n- c\n- d"}, areas=areas)
        assert found.state == "met"

    def test_missing_areas_are_named(self) -> None:
        found = one("M14", "B3-areas", {"B": self.FOUR.partition("Social")[0]})
        assert (found.answer, found.findings[0].missing) == (1, ("semh", "sensory"))

    def test_words_without_a_heading_are_only_pointed_out(self) -> None:
        text = self.FOUR.partition("Sensory")[0] + "- Her hearing and her vision are impaired."
        found = one("M14", "B3-areas", {"B": text})
        assert (found.state, found.answer) == ("look", 2)

    def test_blank_cannot_be_told(self) -> None:
        assert one("M14", "B3-areas", {"B": ""}).state == "cannot-tell"


class TestStrengths:
    @pytest.mark.parametrize(
        "text",
        ["- Amara can count to 20. She finds it hard to read.", "- She enjoys art and is kind."],
    )
    def test_strengths_are_met(self, text: str) -> None:
        assert one("M15", "B4-strengths", {"B": text}).state == "met"

    def test_none_is_a_fault(self) -> None:
        found = one("M15", "B4-strengths", {"B": "- Amara cannot read. She struggles to write."})
        assert (found.state, found.answer) == ("mend", 0)

    def test_few_are_looked_at(self) -> None:
        hard = " ".join(["She struggles with it."] * 6)
        assert one("M15", "B4-strengths", {"B": f"- Amara can sing. {hard}"}).answer == 1

    def test_trap_can_become_is_no_strength(self) -> None:
        found = one(
            "M15", "B4-strengths", {"B": "- Amara can become distressed and can only wait."}
        )
        assert found.state == "mend"

    def test_blank_cannot_be_told(self) -> None:
        assert one("M15", "B4-strengths", {"B": ""}).state == "cannot-tell"


class TestDated:
    @pytest.mark.parametrize(
        "text",
        ["- CELF (March 2026): a standard score of 72.", "- In 2025 her reading age was 6 years."],
    )
    def test_dated_scores_are_met(self, text: str) -> None:
        found = one("M16", "B5-dated", {"B": text})
        assert (found.state, found.answer) == ("met", 3)

    @pytest.mark.parametrize(
        ("text", "key"),
        [
            ("- Her standard score is 72.", "undated-score"),
            ("- In March 2021 her standard score was 72.", "old-score"),
        ],
    )
    def test_undated_and_old_scores(self, text: str, key: str) -> None:
        found = one("M16", "B5-dated", {"B": text})
        assert (found.answer, found.findings[0].key) == (0, key)

    def test_the_date_of_the_paragraph_before_serves_only_an_undated_score(self) -> None:
        before = "- On a memory test on 3 May 2026 she named six things.\n"
        old = one("M16", "B5-dated", {"B": f"{before}- In May 2021 her standard score was 72."})
        bare = one("M16", "B5-dated", {"B": f"{before}- Her standard score was 72."})
        assert ([f.key for f in old.findings], bare.state) == (["old-score"], "met")

    def test_no_scores_cannot_be_told(self) -> None:
        assert one("M16", "B5-dated", {"B": NEED}).state == "cannot-tell"

    def test_under_five_a_year_is_the_limit(self) -> None:
        advice = (entry("ep", 2025, 3, 2),)
        young = one("M16", "K3-fresh", {}, advice=advice, born=dt.date(2022, 5, 4))
        older = one("M16", "K3-fresh", {}, advice=advice)
        assert (young.state, older.state) == ("look", "met")

    def test_trap_older_advice_that_all_agreed_on(self) -> None:
        advice = (entry("ep", 2022, 3, 2),)
        text = "- The parents, the author and the authority all agreed that this report suffices."
        found = one("M16", "K3-fresh", {"K": text}, advice=advice)
        assert (found.state, found.answer) == ("look", 2)

    def test_an_undated_report(self) -> None:
        found = one("M16", "K3-fresh", {}, advice=(entry("ep"),))
        assert found.findings[0].key == "undated-report"

    def test_no_list_cannot_be_told(self) -> None:
        assert one("M16", "K3-fresh", {}, advice=()).state == "cannot-tell"


class TestClean:
    @pytest.mark.parametrize("text", [NEED, "- Amara needs support to follow what is said."])
    def test_needs_are_met(self, text: str) -> None:
        assert one("M17", "B6-clean", {"B": text}).state == "met"

    @pytest.mark.parametrize(
        "text", ["- Amara will receive weekly help.", "- She has 20 minutes a day of phonics."]
    )
    def test_provision_is_found(self, text: str) -> None:
        found = one("M17", "B6-clean", {"B": text})
        assert (found.state, found.findings[0].item) == ("look", "B1")

    def test_trap_minutes_of_attention_are_no_provision(self) -> None:
        text = "- Amara attends for about three minutes before she looks away."
        assert one("M17", "B6-clean", {"B": text}).state == "met"

    def test_no_section_cannot_be_told(self) -> None:
        assert one("M17", "B6-clean", {"B": None}).state == "cannot-tell"


class TestNil:
    @pytest.mark.parametrize(
        "text",
        [
            "No health needs: advice from Dr Okoro, paediatrician, dated 3 March 2026.",
            "Amara has epilepsy; seizures twice a month leave her tired for a whole day.",
        ],
    )
    def test_reasoned_nil_and_needs_are_met(self, text: str) -> None:
        assert one("M18", "C1-health-needs", {"C": text}).state == "met"

    @pytest.mark.parametrize(
        ("text", "key", "answer"),
        [
            ("", "blank", 0),
            ("None known.", "no-source", 1),
            ("No social care needs, advised by J. Marsh, social worker.", "no-date", 1),
            ("Awaiting assessment.", "waiting", 1),
            ("Sees below.", "thin", 1),
        ],
    )
    def test_blank_and_bare_nils(self, text: str, key: str, answer: int) -> None:
        found = one("M18", "D1-care-needs", {"D": text})
        assert (found.findings[0].key, found.answer) == (key, answer)

    def test_no_section_cannot_be_told(self) -> None:
        assert one("M18", "C1-health-needs", {"C": None}).state == "cannot-tell"

    def test_trap_nil_inside_a_word_is_no_nil(self) -> None:
        text = "Amara takes fexofenadine and vanilla-flavoured penicillin for repeated infections."
        assert one("M18", "C1-health-needs", {"C": text}).state == "met"


class TestNotKnown:
    CARE = (entry("social-care", 2026, 3, 10),)

    @pytest.mark.parametrize(
        "text", ["Amara needs two short breaks a month.", "No needs were found in March 2026."]
    )
    def test_advice_behind_it_is_met(self, text: str) -> None:
        assert one("M19", "D2-assessed", {"D": text}, advice=self.CARE).state == "met"

    @pytest.mark.parametrize("text", ["Not known to social care.", "N/A"])
    def test_not_known_is_a_fault(self, text: str) -> None:
        found = one("M19", "D2-assessed", {"D": text})
        assert (found.state, found.answer) == ("mend", 0)

    def test_not_known_with_advice_is_looked_at(self) -> None:
        found = one("M19", "D2-assessed", {"D": "Not known to services."}, advice=self.CARE)
        assert (found.state, found.answer) == ("look", 1)

    def test_no_section_cannot_be_told(self) -> None:
        assert one("M19", "D2-assessed", {"D": None}).state == "cannot-tell"

    def test_trap_known_to_is_not_not_known_to(self) -> None:
        text = "Amara is well known to the short breaks team: social care assessment, May 2026."
        assert one("M19", "D2-assessed", {"D": text}).state == "met"


class TestList:
    ALL = tuple(entry(p, 2026, 3, 2) for p in ("parents", "school", "medical", "ep", "social-care"))

    def test_all_listed_is_met(self) -> None:
        assert one("M42", "K1-list", {}, advice=self.ALL).state == "met"
        found = one("M42", "K2-complete", {}, advice=self.ALL)
        assert (found.state, found.answer) == ("met", 3)

    def test_a_therapist_counts_as_health(self) -> None:
        advice = tuple(
            replace(e, profession="salt") if e.profession == "medical" else e for e in self.ALL
        )
        assert one("M42", "K2-complete", {}, advice=advice).state == "met"

    def test_missing_psychologist_is_named(self) -> None:
        advice = tuple(e for e in self.ALL if e.profession != "ep")
        found = one("M42", "K2-complete", {}, advice=advice)
        assert (found.answer, found.findings[0].missing) == (1, ("ep",))

    def test_undated_entries_are_flagged_and_quoted(self) -> None:
        found = one("M42", "K1-list", {}, advice=(*self.ALL[:4], entry("social-care")))
        assert (found.answer, found.good, found.findings[0].missing) == (1, 4, ("date",))

    def test_hearing_loss_asks_for_a_teacher_of_the_deaf(self) -> None:
        sections = {"B": "- Amara has a severe hearing loss and misses what is said behind her."}
        found = one("M42", "K2-complete", sections, advice=self.ALL)
        assert found.findings[0].missing == ("hearing",)

    def test_trap_parents_need_no_role_or_author(self) -> None:
        parents = Advice("Parents, 2 March 2026", HERE, profession="parents",
                         day=dt.date(2026, 3, 2), appended=True)  # fmt: skip
        assert one("M42", "K1-list", {}, advice=(*self.ALL[1:], parents)).state == "met"

    def test_unread_or_missing_cannot_be_told(self) -> None:
        assert one("M42", "K1-list", {}, advice=()).state == "cannot-tell"
        assert one("M42", "K1-list", {"K": None}, advice=()).state == "cannot-tell"

    def test_blank_is_a_fault(self) -> None:
        assert one("M42", "K1-list", {"K": ""}, advice=()).state == "mend"
