"""Advice to plan: the fate of each recommendation and need, on planted cases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from goldthread.core.checks.advice_match import recommendations
from goldthread.core.checks.dilution import softer, thinner
from goldthread.core.checks.faithful import Recommendation
from goldthread.core.checks.finding import Suggestion
from goldthread.core.plan.plan import Plan
from tests.plans import TODAY, a_plan, checker, suggested

SALT = (
    "- A speech and language therapist will see Amara one-to-one for 45 minutes three times a "
    "week to teach narrative with story maps."
)
PHYSIO = (
    "- A physiotherapist will set stretching exercises for Amara's ankles and a teaching "
    "assistant will do them with her for 20 minutes every school day."
)
READING = (
    "- A teacher with a Level 5 award will teach Amara phonics for 30 minutes four days a week."
)
OTHER = "- A teacher of the deaf will visit Amara for 60 minutes once each half term."


def report(*recommended: str, needs: str = "", name: str = "salt.docx") -> Plan:
    sections = {"B": needs or None, "F": "\n".join(recommended) or None}
    found = a_plan(sections, only=True, kind="advice")
    return replace(found, document=replace(found.document, name=name))


def fates(plan: Plan, *advice: Plan) -> tuple[Recommendation, ...]:
    return recommendations(checker().subject(plan, TODAY, advice=advice))


def fate(advised: str, planned: str, **sections: str) -> Recommendation:
    return fates(a_plan({"F": planned, **sections}), report(advised))[0]


class TestFates:
    @pytest.mark.parametrize(
        "planned",
        [
            SALT,
            f"{OTHER}\n{READING}\n{SALT}",
            "- Three times a week for 45 minutes a speech and language therapist will see Amara "
            "one-to-one and teach narrative with story maps.",
            f"{SALT} {PHYSIO[2:]}",
        ],
        ids=["as it is", "in another order", "reworded", "merged with another"],
    )
    def test_carried(self, planned: str) -> None:
        assert fate(SALT, planned).fate == "carried"

    def test_merged_carries_both(self) -> None:
        both = a_plan({"F": f"{SALT} {PHYSIO[2:]}"})
        assert [r.fate for r in fates(both, report(SALT, PHYSIO))] == ["carried", "carried"]

    def test_split_over_two_items(self) -> None:
        split = (
            "- A speech and language therapist will see Amara to teach narrative with story maps, "
            "one-to-one.\n- Amara's narrative sessions with story maps and the speech and "
            "language therapist will be 45 minutes three times a week."
        )
        assert fate(SALT, split).fate == "carried"

    @pytest.mark.parametrize(
        ("amount", "said"),
        [
            ("regularly", "gives no amount"),
            ("for 45 minutes", "does not say how often"),
            ("three times a week", "does not say how long"),
            ("for 45 minutes once a week", "which is less"),
            ("for 20 minutes three times a week", "which is less"),
            ("for up to 45 minutes three times a week", "no minimum"),
        ],
    )
    def test_thinned(self, amount: str, said: str) -> None:
        planned = SALT.replace("for 45 minutes three times a week", amount)
        found = fate(SALT, planned)
        assert found.fate == "thinned"
        assert "45 minutes three times a week" in found.reason
        assert said in found.reason

    def test_3_x_45_minutes_became_regular(self) -> None:
        advised = "- Amara needs 3 × 45 minutes a week of direct speech and language therapy."
        planned = "- Amara will receive regular direct speech and language therapy."
        assert fate(advised, planned).fate == "thinned"

    @pytest.mark.parametrize("word", ["should", "may", "could"])
    def test_softened(self, word: str) -> None:
        found = fate(SALT, SALT.replace(" will ", f" {word} "))
        assert (found.fate, word in found.reason) == ("softened", True)

    def test_trap_as_soft_as_the_advice_is_carried(self) -> None:
        soft = SALT.replace(" will ", " should ")
        assert fate(soft, soft).fate == "carried"
        assert fate(soft, SALT).fate == "carried"

    def test_more_than_advised_is_carried(self) -> None:
        assert fate(SALT, SALT.replace("45", "60")).fate == "carried"

    @pytest.mark.parametrize("letter", ["A", "B", "G", "H1"])
    def test_moved(self, letter: str) -> None:
        found = fate(SALT, OTHER, **{letter: SALT})
        assert found.fate == "moved"
        assert f"Section {letter}" in found.reason

    def test_trap_medical_advice_belongs_in_g(self) -> None:
        advised = "- A nurse will review Amara's seizure medication for 30 minutes twice a year."
        assert fate(advised, OTHER, G=advised).fate == "carried"

    def test_lost_shows_the_nearest(self) -> None:
        found = fate(SALT, f"{OTHER}\n{PHYSIO}")
        assert found.fate == "lost"
        assert found.plan is not None
        assert found.advice.document == "salt.docx"

    def test_other_words_are_unsure(self) -> None:
        planned = "- Talking and storytelling will be practised with a therapist for language."
        assert fate(SALT, f"{OTHER}\n{planned}").fate in ("unsure", "lost")

    def test_one_recommendation_of_two_reports(self) -> None:
        found = fates(a_plan({"F": SALT}), report(SALT), report(SALT, name="ep.docx"))
        assert [(r.fate, r.advice.document) for r in found] == [
            ("carried", "salt.docx"), ("carried", "ep.docx"),
        ]  # fmt: skip

    def test_nil_lines_carry_nothing(self) -> None:
        care = "- A carer will look after Amara at home on advice for 4 hours twice a month."
        assert fate(care, OTHER).fate == "lost"

    def test_no_advice_gives_nothing(self) -> None:
        assert fates(a_plan()) == ()


@pytest.mark.parametrize(
    ("advised", "planned", "thin"),
    [
        ("2 hours a week", "120 minutes per week", False),
        ("45 minutes three times a week", "135 minutes per week", False),
        ("30 minutes daily", "30 minutes every school day", False),
        ("30 minutes daily", "throughout the school day", False),
        ("30 minutes daily", "30 minutes weekly", True),
        ("6 hours a term", "4 hours a term", True),
        ("a quiet room", "a room", False),
    ],
)
def test_amounts(advised: str, planned: str, thin: bool) -> None:
    assert bool(thinner(advised, planned)) is thin


def test_firmness() -> None:
    words = checker().words
    assert softer("He will swim.", "He should swim.", words)
    assert softer("He should swim.", "He may swim.", words)
    assert not softer("He may swim.", "He should swim.", words)
    assert not softer("Swimming.", "He will swim.", words)


class TestRules:
    def rule(self, id_: str, plan: Plan, *advice: Plan) -> Suggestion:
        return suggested(plan, id_, advice=advice)[0]

    @pytest.mark.parametrize("id_", ["M12", "M35"])
    def test_without_advice_cannot_be_told(self, id_: str) -> None:
        found = self.rule(id_, a_plan())
        assert (found.state, found.answer) == ("cannot-tell", None)
        assert "advice files" in found.reason

    @pytest.mark.parametrize("id_", ["M12", "M35"])
    def test_advice_of_nothing_cannot_be_told(self, id_: str) -> None:
        assert self.rule(id_, a_plan(), report()).state == "cannot-tell"

    def test_all_carried(self) -> None:
        found = self.rule("M35", a_plan({"F": f"{SALT}\n{PHYSIO}"}), report(SALT, PHYSIO))
        assert (found.state, found.answer, found.good) == ("met", 2, 2)

    def test_thinned_is_to_be_mended_with_both_quotes(self) -> None:
        plan = a_plan({"F": SALT.replace("for 45 minutes three times a week", "regularly")})
        found = self.rule("M35", plan, report(SALT))
        quotes = found.findings[0].quotes
        assert (found.state, found.answer) == ("mend", 0)
        assert [q.document for q in quotes] == ["", "salt.docx"]
        assert quotes[1].text == SALT[2:]

    def test_lost_is_to_be_mended_and_shows_the_advice_first(self) -> None:
        found = self.rule("M35", a_plan({"F": PHYSIO}), report(SALT, PHYSIO))
        assert found.answer == 1
        assert found.findings[0].quotes[0].document == "salt.docx"

    def test_needs_of_the_advice(self) -> None:
        needs = "- Amara's working memory is very weak.\n- Amara has a marked squint."
        there = self.rule("M12", a_plan({"B": needs}), report(needs=needs))
        assert (there.state, there.answer) == ("met", 2)
        half = self.rule("M12", a_plan({"B": needs.split("\n")[0]}), report(needs=needs))
        assert (half.state, half.answer, half.good) == ("look", 1, 1)
        assert "squint" in half.findings[0].quotes[0].text

    def test_trap_a_need_told_in_c_is_no_gap(self) -> None:
        needs = "- Amara has epilepsy with two seizures a week."
        assert self.rule("M12", a_plan({"C": needs}), report(needs=needs)).state == "met"
