"""M44 reading grade and acronyms, M45 respectful words, M46 remnants, on invented plans."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.core.checks.finding import Suggestion
from goldthread.core.checks.reading_age import grade, syllables
from goldthread.core.checks.saying import share_answer
from tests.plans import a_plan, suggested


def one(
    rule: str, criterion: str, sections: dict[str, str | None], **changes: object
) -> Suggestion:
    found = suggested(a_plan(sections, **changes), rule)
    return next(s for s in found if s.criterion == criterion)


PLAIN = "- By July Amara will read a short book to her class and say what she liked in it. " * 4
HARD = (
    "- Notwithstanding considerable developmental heterogeneity, Amara will independently "
    "demonstrate metacognitive self-regulation, generalising compensatory organisational "
    "strategies across interdisciplinary curricular environments and unfamiliar conversational "
    "situations necessitating sustained differentiated communicative accommodations, thereby "
    "consolidating executive functioning capabilities commensurate with her chronological age.\n"
) * 2


class TestReading:
    @pytest.mark.parametrize(
        ("word", "count"),
        [("cat", 1), ("reading", 2), ("table", 2), ("communication", 5), ("school", 1),
         ("make", 1), ("helped", 1), ("wanted", 2), ("education", 4), ("therapist", 3),
         ("(speech,", 1), ("72", 0), ("psychologist", 4), ("the", 1), ("independently", 5)],
    )  # fmt: skip
    def test_syllables_of_a_dictionary(self, word: str, count: int) -> None:
        assert syllables(word) == count

    def test_a_sum_done_by_hand(self) -> None:
        """Six words in one sentence, six syllables: 0.39 × 6 + 11.8 × 1 − 15.59 = −1.45."""
        value, words = grade("the cat sat on the mat.")
        assert (round(value, 2), words) == (-1.45, 6)

    def test_the_gettysburg_address_opens_above_grade_eleven(self) -> None:
        """A sentence of 30 words; Flesch-Kincaid programs give it 13 to 16."""
        text = (
            "four score and seven years ago our fathers brought forth on this continent a new "
            "nation, conceived in liberty, and dedicated to the proposition that all men are "
            "created equal."
        )
        assert 11 < grade(text)[0] < 17

    @given(st.lists(st.sampled_from(["cat", "reading", "communication"]), min_size=1, max_size=30))
    @settings(max_examples=50, deadline=None)
    def test_the_formula_spelt_out(self, words: list[str]) -> None:
        spoken = {"cat": 1, "reading": 2, "communication": 5}
        expected = 0.39 * len(words) + 11.8 * sum(spoken[w] for w in words) / len(words) - 15.59
        assert grade(" ".join(words)) == (pytest.approx(expected), len(words))

    def test_plain_outcomes_are_met(self) -> None:
        assert one("M44", "E8-own", {"E": PLAIN}).state == "met"

    def test_hard_outcomes_are_shown(self) -> None:
        found = one("M44", "E8-own", {"E": HARD})
        assert (found.answer, found.findings[0].quotes[0].section) == (1, "E")

    def test_short_or_missing_outcomes_cannot_be_told(self) -> None:
        assert one("M44", "E8-own", {"E": "- Read."}).state == "cannot-tell"
        assert one("M44", "E8-own", {"E": None}).state == "cannot-tell"

    def test_hard_provision_is_shown(self) -> None:
        assert one("M44", "L1-plain", {"F": HARD}).findings[0].key == "grade"

    @pytest.mark.parametrize(
        "text",
        [
            "- A Speech and Language Therapist (SALT) will visit. The SALT will write to school.",
            "- CAMHS (child and adolescent mental health services) will see her.",
            "- The SENCO and the GP will speak with the NHS about PE.",
            "- RESPECT ME FOR ME\n- Section F1 and H2.",
        ],
    )
    def test_trap_explained_known_and_capital_lines(self, text: str) -> None:
        assert one("M44", "L1-plain", {"F": text}).state == "met"

    def test_an_unexplained_acronym_is_pointed_out(self) -> None:
        found = one("M44", "L1-plain", {"F": "- The SLCN team will visit."})
        assert (found.state, found.answer) == ("look", 2)
        assert [q.text for q in found.findings[0].quotes] == ["SLCN"]

    def test_three_count(self) -> None:
        found = one("M44", "L1-plain", {"F": "- SLCN and ELSA by the HLTA."})
        assert (found.answer, len(found.findings)) == (1, 3)


class TestRespect:
    @pytest.mark.parametrize(
        "text",
        [
            "- Amara can read with help.",
            "- Amara finds it hard to wait her turn.",
            "- Amara can dress by backward chaining.",
        ],
    )
    def test_fair_words_are_met(self, text: str) -> None:
        assert one("M45", "L2-respect", {"B": text}).state == "met"

    @pytest.mark.parametrize(
        ("text", "word"),
        [
            ("- Amara refuses to write.", "refuses to"),
            ("- She is manipulative.", "manipulative"),
            ("- She suffers from autism.", "suffers from"),
            ("- Amara is unable to read.", "unable to"),
            ("- Amara is backward in reading.", "is backward"),
        ],
    )
    def test_blaming_words_are_shown_with_another_wording(self, text: str, word: str) -> None:
        found = one("M45", "L2-respect", {"B": text})
        assert (found.answer, found.findings[0].quotes[0].text) == (1, word)
        assert found.findings[0].next_step.startswith("Consider: ")

    def test_eight_are_too_many(self) -> None:
        text = "\n".join(["- Amara refuses to write."] * 8)
        assert one("M45", "L2-respect", {"B": text}).answer == 0

    @pytest.mark.parametrize(
        ("letter", "text"),
        [
            ("B", "- Her aunt calls her “stubborn” and proud."),
            ("A", "Her mother says that she refuses to sleep."),
        ],
    )
    def test_trap_words_of_the_family_may_stay(self, letter: str, text: str) -> None:
        found = one("M45", "L2-respect", {letter: text})
        assert (found.state, found.answer) == ("look", 2)

    def test_trap_unable_beside_can(self) -> None:
        text = "- Amara is unable to read alone yet but can read in a pair."
        assert one("M45", "L2-respect", {"B": text}).state == "met"

    def test_nothing_to_read_cannot_be_told(self) -> None:
        (found,) = suggested(a_plan({}, only=True), "M45")
        assert found.state == "cannot-tell"


class TestRemnants:
    @pytest.mark.parametrize(
        "text",
        [
            "- Amara will read [see Appendix 2] each day.",
            "- Amara's friends ask the teacher [the class lead] for help.",
        ],
    )
    def test_finished_text_is_met(self, text: str) -> None:
        assert one("M46", "L4-finish", {"F": text}).state == "met"

    @pytest.mark.parametrize(
        ("text", "quote"),
        [
            ("- [insert name] will read.", "[insert name]"),
            ("- «Forename» will read.", "«Forename»"),
            ("- {{child}} will read.", "{{child}}"),
            ("- XXXX will read.", "XXXX"),
            ("- Reading, delete if not applicable.", "delete if not applicable"),
            ("- He/she will read.", "He/she"),
        ],
    )
    def test_remnants_are_quoted(self, text: str, quote: str) -> None:
        found = one("M46", "L4-finish", {"F": text})
        assert (found.state, found.answer) == ("mend", 1)
        assert found.findings[0].quotes[0].text == quote

    def test_tracked_changes_in_a_final_plan(self) -> None:
        final = one("M46", "L4-finish", {}, document={"tracked_changes": 3})
        draft = one("M46", "L4-finish", {}, status="amended", document={"tracked_changes": 3})
        assert (final.state, draft.state) == ("mend", "look")

    def test_the_child_beside_the_name(self) -> None:
        found = one("M46", "L4-finish", {"F": "- Amara reads and the child rests."})
        assert (found.state, found.findings[0].quotes[0].text) == ("look", "the child")

    @pytest.mark.parametrize("text", ["- The child next door plays.", "- A large jumper (XL)."])
    def test_trap_what_is_no_remnant(self, text: str) -> None:
        assert one("M46", "L4-finish", {"F": text}).state == "met"

    def test_length(self) -> None:
        assert one("M46", "L3-concise", {}, document={"pages": 20}).state == "met"
        assert one("M46", "L3-concise", {}, document={"pages": 41}).state == "look"
        (found, _) = suggested(a_plan({}, only=True, document={"pages": None}), "M46")
        assert found.state == "cannot-tell"


def test_shares_at_their_bounds() -> None:
    assert [share_answer(n, 100, family="coverage") for n in (49, 50, 84, 85, 99, 100)] == [
        0, 1, 1, 2, 2, 3,
    ]  # fmt: skip
