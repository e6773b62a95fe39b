"""M29 to M33, M37 and M39 on invented plans."""

from __future__ import annotations

from dataclasses import replace

import pytest

from goldthread.core.checks.finding import Suggestion
from goldthread.core.checks.wording.items import (
    place,
    provision_of,
    quantities_of,
    quote_part,
)
from goldthread.core.plan.document import Location, Paragraph
from goldthread.core.plan.plan import Item
from tests.plans import TODAY, a_plan, checker, suggested

GOOD = (
    "- A teaching assistant with Makaton Level 3 will work one-to-one with Amara for 20 minutes "
    "every school day on her communication programme."
)
VAGUE = "- Amara would benefit from regular speech and language input."
CEILING = "- Up to 15 hours of support a week, deployed flexibly by the school."
NIL = "None needed: advice from Dr Okoro dated 3 March 2026."


def told(rule: str, sections: dict[str, str | None], **changes: object) -> dict[str, Suggestion]:
    return {s.criterion: s for s in suggested(a_plan(sections, **changes), rule)}


@pytest.mark.parametrize("rule", ["M29", "M30", "M31", "M32", "M33"])
def test_a_missing_section_is_never_a_pass(rule: str) -> None:
    found = told(rule, {"F": None})
    assert all(s.state == "cannot-tell" for c, s in found.items() if c.startswith("F"))


@pytest.mark.parametrize(
    ("rule", "criterion"),
    [("M29", "F2-quantified"), ("M30", "F3-who"), ("M31", "F4-firm"), ("M32", "F4-firm"),
     ("M32", "F7-flex"), ("M33", "F5-decided")],
)  # fmt: skip
def test_sound_provision_is_met(rule: str, criterion: str) -> None:
    assert told(rule, {"F": GOOD})[criterion].state == "met"


def test_items_are_counted_and_quoted_with_what_is_missing() -> None:
    found = told("M29", {"F": "\n".join([GOOD, VAGUE, CEILING])})["F2-quantified"]
    assert (found.good, found.total, found.answer, found.state) == (1, 3, 0, "mend")
    assert found.reason.startswith("1 of 3 items")
    first, second = found.findings
    assert first.quotes[0].text == VAGUE[2:]
    assert first.missing == ("how much", "how often", "who")
    assert "times a week" in first.next_step
    assert second.item == "F3"


def test_each_rule_flags_its_own_words() -> None:
    sections = {"F": "\n".join([VAGUE, CEILING, "- Small group work with trained staff."])}
    high = told("M31", sections)["F4-firm"].findings
    assert [q.text for q in high[0].quotes] == ["would benefit from", "regular", "input"]
    weak = told("M32", sections)["F4-firm"].findings
    assert {f.key for f in weak} == {"ceiling", "group", "people"}
    assert told("M32", sections)["F7-flex"].answer == 1
    left = told("M33", sections)["F5-decided"]
    assert (left.findings[0].quotes[0].text, left.answer) == ("deployed flexibly", 1)


def test_nobody_is_to_mend_and_no_training_is_to_look_at() -> None:
    plain = "- A teaching assistant will read with Amara for 20 minutes every school day."
    assert told("M30", {"F": plain})["F3-who"].findings[0].key == "untrained"
    assert told("M30", {"F": plain})["F3-who"].answer == 3
    assert told("M30", {"F": VAGUE})["F3-who"].findings[0].key == "nobody"


def test_groups_and_equipment_serve_the_setting_question() -> None:
    sections = {"F": f"{GOOD}\n- A laptop.\n- Small group work on spelling."}
    found = told("M30", sections)["F10-setting"]
    assert (found.good, found.total) == (1, 3)
    assert [f.key for f in found.findings] == ["equipment", "group"]
    assert told("M30", {"F": VAGUE})["F10-setting"].state == "not-applicable"


def test_therapy_has_a_count_of_its_own() -> None:
    found = told("M29", {"F": f"{GOOD}\n- Speech and language therapy as required."})
    assert (found["F9-therapy"].good, found["F9-therapy"].total) == (0, 1)


def test_a_special_school_weighs_words_one_tier_less_but_never_amounts() -> None:
    special = {"F": f"{VAGUE}\n- Phonics with trained staff.", "I": "Northmere Special School"}
    assert told("M31", special)["F4-firm"].state == "look"
    assert told("M32", special)["F4-firm"].state == "met"
    assert told("M29", special)["F2-quantified"].state == "mend"


def test_nil_statements_ask_for_no_amount() -> None:
    found = told("M29", {"G": NIL, "H1": NIL, "H2": NIL})
    assert found["G1-specified"].state == found["H2-specified"].state == "not-applicable"
    assert told("M37", {"G": NIL})["G2-agreed"].state == "not-applicable"
    assert told("M39", {"H1": NIL, "H2": NIL})["H2-specified"].state == "not-applicable"


@pytest.mark.parametrize(
    ("line", "state", "answer"),
    [
        ("", "mend", 0),
        ("\nAgreed by Northmere Integrated Care Board on 4 May 2026.", "met", 2),
        ("\nAgreed by the designated clinical officer.", "look", 1),
        ("\nDCO: J. Marsh", "look", 1),
    ],
)
def test_health_agreement(line: str, state: str, answer: int) -> None:
    found = told("M37", {"G": f"- Physiotherapy for 30 minutes a week.{line}"})["G2-agreed"]
    assert (found.state, found.answer) == (state, answer)


def test_pointing_elsewhere_is_no_care_provision() -> None:
    sections = {"H1": "- See the local offer.", "H2": "- Parents may apply for short breaks."}
    found = told("M39", sections)["H2-specified"]
    assert (found.state, found.answer, found.good, found.total) == ("mend", 0, 0, 2)
    given = {"H1": "- Three hours every Saturday with a carer from the local offer.", "H2": NIL}
    assert told("M39", given)["H2-specified"].state == "met"


def test_pointing_elsewhere_counts_where_no_item_was_told_apart() -> None:
    plan = a_plan({"H1": NIL, "H2": "Please see the local offer."})
    sections = tuple(replace(s, items=()) if s.letter[0] == "H" else s for s in plan.sections)
    (found,) = suggested(replace(plan, sections=sections), "M39")
    assert (found.state, found.answer) == ("mend", 0)


def test_text_without_items_that_is_no_nil_cannot_be_told() -> None:
    plan = a_plan({"G": "Physiotherapy."})
    sections = tuple(replace(s, items=()) if s.letter == "G" else s for s in plan.sections)
    found = {s.criterion: s.state for s in suggested(replace(plan, sections=sections), "M29")}
    assert found["G1-specified"] == "cannot-tell"


def test_words_of_a_row_are_quoted_from_their_own_cell() -> None:
    cells = tuple(
        Paragraph(text, Location(paragraph=n, table=1, row=1), start=100 * n)
        for n, text in enumerate(("Reading", "a key adult", "regular"), 1)
    )
    text = " · ".join(p.text for p in cells)
    item = Item("F1", "F", "provision", text, cells, cells[0].location)
    at = text.index("regular")
    assert place(item, at, at + 7) == (cells[2], 0, 7)
    assert place(item, 0, len(text)) is None
    swapped = replace(item, text="regular · as cells stand elsewhere · Reading")
    assert place(swapped, 0, 7) == (cells[2], 0, 7)


def test_words_that_run_over_two_cells_are_quoted_by_their_item() -> None:
    subject = checker().subject(a_plan({"F": GOOD}), TODAY)
    (item,) = subject.plan.items_of("F")
    joined = replace(item, text=f"{item.text} · every day")
    assert quote_part(subject, joined, 0, len(joined.text)).text == item.text


def test_a_special_school_on_the_front_page_counts() -> None:
    special = told("M31", {"F": VAGUE}, school="Northmere Special School")
    assert special["F4-firm"].state == "look"


def test_health_agreement_and_pointing_need_their_sections() -> None:
    assert told("M37", {"G": None})["G2-agreed"].state == "cannot-tell"
    found = told("M39", {"H1": None, "H2": None})["H2-specified"]
    assert found.state == "cannot-tell"


def test_a_section_without_items_cannot_be_told() -> None:
    found = told("M31", {"F": NIL, "J": None, "K": None})["F4-firm"]
    assert (found.state, found.answer) == ("cannot-tell", None)


def test_judgements_are_made_once_and_shared() -> None:
    subject = checker().subject(a_plan({"F": GOOD}), TODAY)
    (item,) = subject.plan.items_of("F")
    assert provision_of(subject, item) is provision_of(subject, item)
    assert quantities_of(subject, item).durations[0].minutes == 20
    assert replace(item, parts={}).parts == {}


@pytest.mark.parametrize(
    "text",
    [
        "- Amara is 18 or over. Adult care under the Care Act 2014 was looked at on 5 May 2026.",
        "- This has been agreed by the Integrated Care Board on 3 March 2026.",
    ],
)
def test_what_was_done_on_a_day_asks_for_no_amount(text: str) -> None:
    carer = "- A care worker with a Level 3 diploma will go with Amara for 3 hours twice a week."
    found = told("M29", {"H2": f"{carer}\n{text}"})["H2-specified"]
    assert (found.good, found.total) == (1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "- Care was looked at on 5 May 2026 and a worker will visit.",
        "- Support was agreed on 5 May 2026.",
        "- Help was discussed with the family.",
    ],
)
def test_trap_a_record_that_promises_help_is_still_provision(text: str) -> None:
    assert told("M29", {"H2": text})["H2-specified"].findings


def test_nights_are_an_amount() -> None:
    team = "- A short break team qualified to Level 3 will care for Amara overnight"
    whole = told("M29", {"H2": f"{team} for 2 nights once a month."})["H2-specified"]
    assert whole.state == "met"
    assert told("M29", {"H2": f"{team} within 2 nights."})["H2-specified"].findings


def test_a_first_aider_delivers() -> None:
    rest = "will settle Amara one-to-one in a quiet room for 15 minutes once every school day."
    assert not told("M30", {"F": f"- A first aider trained in pain {rest}"})["F3-who"].findings
    assert told("M30", {"F": f"- A quiet talk in pain {rest}"})["F3-who"].findings


def test_what_an_adult_has_learned_is_not_loose() -> None:
    meets = "- A careers adviser will meet Amara each term"
    assert (
        told("M32", {"F": f"{meets}. The adviser holds a diploma in careers guidance."})[
            "F4-firm"
        ].state
        == "met"
    )
    assert told("M32", {"F": f"{meets} for guidance."})["F4-firm"].findings


def test_who_reviews_it_does_not_deliver_it_and_how_often_is_not_its_amount() -> None:
    nurse = "- A specialist nurse will check her height, weight and medicine in the clinic"
    found = told("M29", {"G": f"{nurse}. The paediatrician reviews the treatment each year."})
    assert found["G1-specified"].findings[0].missing == ("how often",)
    once = (
        f"{nurse} for 30 minutes twice a year. The paediatrician reviews the treatment each year."
    )
    assert told("M29", {"G": once})["G1-specified"].state == "met"


def test_a_column_for_reviews_names_no_deliverer() -> None:
    plan = a_plan({"F": "- Check the list · A member of staff · 10 minutes · every school day · "
                        "The SENCO counts lists each term."})  # fmt: skip
    (item,) = plan.items_of("F")
    subject = checker().subject(plan, TODAY)
    parts = {"who": "A member of staff", "review": "The SENCO counts lists each term."}
    assert "who" in provision_of(subject, replace(item, parts=parts)).missing
    parts["who"] = "A teaching assistant"
    other = replace(item, id="F2", parts=parts, text=item.text.replace("member of staff", "SENCO"))
    assert "who" not in provision_of(subject, other).missing
