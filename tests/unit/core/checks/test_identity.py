"""M02 other names, M03 own details, M04 what nothing bears out, on invented plans."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.core.checks.finding import Suggestion
from goldthread.core.checks.names import one_apart
from goldthread.core.plan.document import Location, Paragraph
from goldthread.core.plan.plan import StatedDate
from tests.plans import a_plan, suggested


def one(rule: str, sections: dict[str, str | None], **changes: object) -> Suggestion:
    (found,) = suggested(a_plan(sections, **changes), rule)
    return found


def names(found: Suggestion) -> dict[str, str]:
    return {f.quotes[0].text: f.key for f in found.findings}


class TestNames:
    @pytest.mark.parametrize(
        "text",
        [
            "- Amara will read each day with an adult. She needs short instructions.",
            "- Amara will sit with her friends Tomasz and Maya at lunch, and her sister Leila.",
        ],
    )
    def test_own_names_and_named_friends_are_met(self, text: str) -> None:
        assert one("M02", {"F": text}).state == "met"

    @pytest.mark.parametrize("verb", ["will", "needs", "finds it hard to", "'s needs"])
    def test_another_child_as_the_subject_is_a_fault(self, verb: str) -> None:
        space = "" if verb.startswith("'") else " "
        found = one("M02", {"F": f"- Each day Tomasz{space}{verb} work with a trained assistant."})
        assert (found.state, found.answer, names(found)) == ("mend", 0, {"Tomasz": "subject"})
        assert found.findings[0].confidence >= 0.9
        assert "Tomasz" in found.findings[0].quotes[1].text

    def test_a_first_name_alone_is_looked_at(self) -> None:
        found = one("M02", {"F": "- Reading in a pair with Tomasz for 20 minutes a day."})
        assert (found.state, names(found)) == ("look", {"Tomasz": "name"})

    @pytest.mark.parametrize("near", ["Amira", "Amarah", "Armara", "Amra"])
    def test_almost_the_childs_name_has_its_own_sentence(self, near: str) -> None:
        found = one("M02", {"F": f"- A therapist will see {near} each week."})
        assert names(found) == {near: "near"}
        assert "almost “Amara”" in found.reason

    def test_an_unknown_word_that_acts_is_only_a_question(self) -> None:
        found = one("M02", {"F": "- Zbigniewa enjoys working with one adult."})
        assert (found.state, found.answer, found.confidence) == ("look", 2, 0.35)

    def test_in_the_views_a_name_is_only_a_question(self) -> None:
        found = one("M02", {"A": "I play with Tomasz, and Tomasz will come to my party."})
        assert (found.state, found.answer) == ("look", 2)

    @pytest.mark.parametrize(
        "text",
        [
            "- Lego Therapy, Zones of Regulation and Talk Boost; Makaton, Elklan and Widgit.",
            "- Mrs Kowalska and Dr Amina Patel will train staff. Miss Jones will help.",
            "- Hope will grow. Will needs are met. Faith is private. May is busy. In May she sat.",
            "- Handwriting is hard. Phonics will be taught. Scaffolding will be given.",
            "- At St Thomas Hospital and in Alice Road; Harry Potter books; Arthur Avenue.",
            "- Monday is hard. English is her second language. Colourful Semantics will be used.",
            "- R. Adeyemi advises. Adeyemi will review it. Northmere Primary will send it on.",
        ],
    )
    def test_trap_what_is_no_other_child(self, text: str) -> None:
        found = one("M02", {"F": text})
        assert (found.state, names(found)) == ("met", {})

    def test_known_as_and_short_forms_are_hers(self) -> None:
        found = one("M02", {"F": "- Mimi will read. Amy will rest."}, only=True,
                    name="Amyra Okafor", known_as="Mimi")  # fmt: skip
        assert found.state == "met"

    def test_a_name_with_a_hyphen_is_hers_whole_and_in_parts(self) -> None:
        told = "- Lily-Mae enjoys reading. Lily will draw. Then Anna-May will read."
        found = one("M02", {"F": told}, only=True, name="Lily-Mae Okafor")
        assert list(names(found)) == ["Anna-May"]

    def test_another_child_in_the_running_head(self) -> None:
        margins = (Paragraph("Confidential: Tomasz Okafor, page 2 of 9", Location(page=2)),)
        found = one("M02", {}, document={"margins": margins})
        assert (found.state, names(found)) == ("mend", {"Tomasz": "margin"})

    def test_trap_the_childs_own_running_head_and_acronyms(self) -> None:
        margins = (Paragraph("Amara Okafor, Northmere Council", Location(page=2)),)
        found = one("M02", {"F": "- SALT will visit. PALS needs a room."},
                    document={"margins": margins})  # fmt: skip
        assert found.state == "met"

    def test_accents_do_not_hide_a_name(self) -> None:
        assert names(one("M02", {"F": "- Then Zoë will read."})) == {"Zoë": "subject"}

    def test_without_the_childs_name_it_cannot_be_told(self) -> None:
        assert one("M02", {}, name="").state == "cannot-tell"

    def test_a_name_on_the_front_page_is_known(self) -> None:
        front = (Paragraph("Lead worker: Tomasz", Location(page=1)),)
        plan = replace(a_plan({"F": "- Tomasz will visit each term."}), front=front)
        assert suggested(plan, "M02")[0].state == "met"


LETTERS = st.text("abcde", min_size=1, max_size=6)


@given(LETTERS, LETTERS)
@settings(max_examples=300, deadline=None)
def test_one_apart_as_the_slow_way_says(a: str, b: str) -> None:
    """Damerau (restricted) distance exactly 1, by trying every change."""
    alphabet = "abcde"
    changed = {a[:i] + c + a[i + 1 :] for i in range(len(a)) for c in alphabet}
    changed |= {a[:i] + c + a[i:] for i in range(len(a) + 1) for c in alphabet}
    changed |= {a[:i] + a[i + 1 :] for i in range(len(a))}
    changed |= {a[:i] + a[i + 1] + a[i] + a[i + 2 :] for i in range(len(a) - 1)}
    assert one_apart(a, b) == (b in changed and a != b)


class TestDetails:
    SHE = "- Amara reads. She loses her place, and she tires when she reads for long."

    def test_her_pronouns_are_met(self) -> None:
        assert one("M03", {"B": self.SHE}).state == "met"

    def test_they_and_them_are_left_alone(self) -> None:
        assert one("M03", {"B": "- They help."}, only=True, pronoun="they").state == "met"

    def test_his_in_her_plan_is_a_fault(self) -> None:
        found = one("M03", {"F": f"{self.SHE} He will read in his own time."})
        assert (found.state, found.answer) == ("mend", 1)
        assert [q.text for q in found.findings[0].quotes][:1] == ["He"]

    def test_she_where_they_is_recorded_is_looked_at(self) -> None:
        assert one("M03", {"B": self.SHE}, pronoun="they").state == "look"

    def test_one_in_thirty_is_under_the_threshold(self) -> None:
        text = "- " + "Then she reads. " * 30 + "Then he rests."
        assert one("M03", {"B": text}).state == "met"

    def test_trap_fathers_and_brothers_are_not_the_child(self) -> None:
        text = f"{self.SHE} Her father says that he reads to her. He does so at night. Mr Hall "
        text += "said he saw it."
        assert one("M03", {"B": text}).state == "met"

    def test_nothing_recorded_cannot_be_told(self) -> None:
        assert one("M03", {"B": self.SHE}, pronoun="").state == "cannot-tell"

    def test_two_dates_of_birth(self) -> None:
        here = Location(page=1)
        dates = tuple(
            StatedDate("born", day, f"born {day}", here)
            for day in (dt.date(2018, 5, 4), dt.date(2017, 5, 4))
        )
        found = one("M03", {}, dates=dates)
        assert (found.state, found.answer) == ("mend", 0)
        assert [q.text for q in found.findings[0].quotes] == ["2018-05-04", "born 2017-05-04"]

    @pytest.mark.parametrize(
        "text", ["is a 12-year-old girl", "is 12 years old", "is aged 12 years of age"]
    )
    def test_an_age_that_cannot_be(self, text: str) -> None:
        found = one("M03", {"B": f"- Amara {text} who loses her place."})
        assert (found.state, found.findings[0].key) == ("look", "age")

    @pytest.mark.parametrize(
        "text",
        [
            "Amara is an 8-year-old girl who loses her place.",
            "Amara is 7 years old and loses her place.",  # when the advice was written
            "Her brother is 12 years old.",
            "Her understanding is at the level of a 3-year-old.",
            "She joined the club when she was 4 years old.",
        ],
    )
    def test_trap_ages_that_can_be(self, text: str) -> None:
        assert one("M03", {"B": f"- {text}"}).state == "met"


class TestBirths:
    @pytest.mark.parametrize(
        ("lines", "two"),
        [
            (("Date of birth", "4 May 2018", "Date of birth (school record)", "4 May 2017"), True),
            (("DOB: 04/05/2017", "Year 4"), True),
            (("Date of birth", "4 May 2018", "DOB: 04/05/2018"), False),
            (("Date of birth", "Date of issue", "3 March 2026"), False),
            (("Mother's date of birth", "4 May 1988", "DOB (father): 4 May 1986"), False),
        ],
    )
    def test_dates_beside_the_words(self, lines: tuple[str, ...], two: bool) -> None:
        front = tuple(Paragraph(line, Location(page=1)) for line in lines)
        (found,) = suggested(replace(a_plan({}), front=front), "M03")
        assert ([f.key for f in found.findings] == ["two-births"]) is two

    def test_the_second_date_is_quoted(self) -> None:
        front = (Paragraph("Date of birth (school record): 4 May 2017", Location(page=1)),)
        (found,) = suggested(replace(a_plan({}), front=front), "M03")
        assert found.findings[0].quotes[1].text == "4 May 2017"


class TestForeign:
    def test_a_diagnosis_that_stands_elsewhere_is_met(self) -> None:
        sections = {"B": "- Amara has autism, so noise is hard.", "F": "- Work on her autism plan."}
        assert one("M04", sections).state == "met"

    def test_a_diagnosis_in_the_provision_alone(self) -> None:
        found = one("M04", {"F": "- Amara will have movement breaks for her ADHD twice a day."})
        assert (found.state, found.answer, names(found)) == (
            "look",
            2,
            {"ADHD": "only-in-provision"},
        )

    def test_with_advice_every_diagnosis_is_asked_about(self) -> None:
        plan = a_plan({"B": "- Amara has dyslexia, so she reads slowly. Her ADHD tires her."})
        advice = a_plan({"B": "- Amara has dyslexia."}, only=True, kind="advice")
        (found,) = suggested(plan, "M04", advice=(advice,))
        assert names(found) == {"ADHD": "not-in-advice"}

    @pytest.mark.parametrize(
        "text",
        [
            "- A teacher of the deaf will visit each term.",
            "- An assistant trained in autism will work with Amara for 20 minutes a day.",
        ],
    )
    def test_trap_what_the_adult_knows(self, text: str) -> None:
        assert one("M04", {"F": text}).state == "met"

    def test_another_school(self) -> None:
        found = one("M04", {"F": "- Staff at Westbrook Primary School will see her each day."})
        assert names(found) == {"Westbrook Primary School": "other-school"}

    @pytest.mark.parametrize(
        "text",
        [
            "- Staff at Northmere Primary School will see her each day.",
            "- She previously attended Westbrook Primary School.",
            "- A primary school place; the college will help.",
        ],
    )
    def test_trap_her_own_and_former_schools(self, text: str) -> None:
        assert one("M04", {"B": text}).state == "met"

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("- At Westbrook Primary School Amara works in a group of six.", True),
            ("- Amara attends Westbrook Primary School.", True),
            ("- At Westbrook Primary School she learned to read.", False),
            ("- At Northmere Primary School Amara works in a group of six.", False),
        ],
    )
    def test_a_former_school_spoken_of_as_the_present_one(self, text: str, told: bool) -> None:
        history = "I went to Westbrook Primary School when I was five."
        found = one("M04", {"A": history, "B": text})
        assert ("stale-school" in names(found).values()) is told
        assert not told or (found.state, found.answer) == ("look", 1)

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("- Amara also has dyscalculia, so she finds change hard.", True),
            ("- Amara has autism, so noise is hard.", False),
            ("- The screening did not point to dyscalculia.", False),
        ],
    )
    def test_a_diagnosis_that_the_front_page_does_not_list(self, text: str, told: bool) -> None:
        plan = a_plan({"B": text, "K": "- Dr Okoro, paediatrician, 3 March 2026: autism."})
        (found,) = suggested(plan, "M04")
        assert ("not-recorded" in names(found).values()) is told

    def test_without_a_list_a_diagnosis_in_b_is_no_question(self) -> None:
        assert one("M04", {"B": "- Amara also has dyscalculia."}).state == "met"

    def test_no_sections_cannot_be_told(self) -> None:
        assert one("M04", {"B": None, "F": None}).state == "cannot-tell"
