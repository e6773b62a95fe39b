"""Plan, advice, review or another document; and what is said of what was not found."""

from __future__ import annotations

import pytest

from goldthread.core.parsing.parse import parse
from goldthread.core.plan.plan import Kind, Plan
from goldthread.readers.layouts import shared_layouts
from tests.unit.core.parsing.shapes import Block, drawn

TITLES = {
    "A": "Views", "B": "Special educational needs", "C": "Health needs", "D": "Social care needs",
    "E": "Outcomes", "F": "Special educational provision", "G": "Health provision",
    "H1": "Social care provision", "H2": "Other social care provision", "I": "Placement",
    "J": "Personal budget", "K": "Advice and information",
}  # fmt: skip


def read(*blocks: Block, expected: Kind | None = None, name: str = "x.docx") -> Plan:
    return parse(drawn(*blocks, name=name), shared_layouts(), expected)


@pytest.mark.parametrize("blocks", [
    ("Northmere Primary School", "Newsletter, spring term", "Outcomes", "Our fete raised £200.",
     "Strengths", "The choir sang well."),
    ("Dear Parents", "The school is closed on Friday.", "Yours sincerely", "The headteacher"),
    ("Minutes of the governors' meeting", "Apologies for absence", "None.", "Section F says much."),
    ("SEND policy", "We will follow section B and Section F of every plan.", "Provision"),
    (),
    ("", ""),
])  # fmt: skip
def test_other_documents_are_told_so(blocks: tuple[Block, ...]) -> None:
    plan = read(*blocks)
    assert plan.kind == "other"
    assert plan.sections == ()
    assert "EHC plan" in plan.kind_reason
    assert plan.problems[-1].sentence == plan.kind_reason
    assert plan.leftover == plan.document.paragraphs


@pytest.mark.parametrize("filling", [(), ("[insert text here]",), ("Click or tap here to enter.",)])
def test_a_blank_template(filling: tuple[str, ...]) -> None:
    blocks = [x for a, b in TITLES.items() for x in (f"Section {a}: {b}", *filling)]
    plan = read("Education, Health and Care Plan", "Name: [name]", *blocks)
    assert plan.kind == "other"
    assert "blank template" in plan.kind_reason
    assert [p.code for p in plan.problems] == ["blank-template"]


ADVICE = (
    "Educational psychology advice for an EHC needs assessment",
    [("Name", "Amara Okafor"), ("Date of birth", "4 May 2018"), ("Author", "Ms R. Adeyemi"),
     ("Role", "Educational psychologist"), ("Date of report", "2 March 2026")],
    "# Background", "Amara was seen twice.",
    "# Views of the child", "Amara likes drawing.",
    "# Summary of needs", "- Amara uses single phrases in talk with other children.",
    "# Outcomes", "- By July 2028 Amara will join two ideas in 4 of 5 talks.",
    "# Recommendations", "- A therapist will see Amara for 45 minutes a week.",
    "- A teaching assistant will practise with Amara for 20 minutes daily.",
    "# Signed", "R. Adeyemi",
)  # fmt: skip


@pytest.mark.parametrize("expected", [None, "advice"])
def test_professional_advice_takes_the_shape_of_a_plan(expected: Kind | None) -> None:
    plan = read(*ADVICE, expected=expected)
    assert plan.kind == "advice"
    assert plan.by_letter["A"].text == "Amara likes drawing."
    assert [len(plan.by_letter[x].items) for x in "BEF"] == [1, 1, 2]
    (entry,) = plan.facts.advice
    assert (entry.profession, str(entry.day)) == ("ep", "2026-03-02")
    assert "R. Adeyemi" in entry.author
    assert plan.facts.child.forename == "Amara"
    assert "Amara was seen twice." in [p.text for p in (*plan.front, *plan.leftover)]


def test_an_annual_review() -> None:
    plan = read(
        "Annual review report", "Name: Amara Okafor", "Date of meeting: 3 June 2026",
        "# Progress towards outcomes", "- By July 2026 Amara will ask for help: met.",
        "# Recommended amendments", "- A therapist will see Amara weekly for 45 minutes.",
    )  # fmt: skip
    assert plan.kind == "review"
    assert [s.letter for s in plan.sections] == ["E", "F"]
    date = plan.facts.find_date("reviewed")
    assert date is not None
    assert str(date.day) == "2026-06-03"


def test_a_plan_given_as_advice_stays_a_plan_and_says_so() -> None:
    blocks = [x for a, b in TITLES.items() for x in (f"Section {a}: {b}", "Amara will be taught.")]
    plan = read(*blocks, expected="advice")
    assert plan.kind == "plan"
    assert "another-kind" in [p.code for p in plan.problems]


def test_what_was_not_found_is_said() -> None:
    plan = read(
        "EHC plan", "Section A: Views", "Amara says that she likes it here with her friends.",
        "Section B: Special educational needs", "Amara has a moderate hearing loss in both ears.",
        "Section F: Special educational provision", "A teacher of the deaf will visit weekly.",
    )  # fmt: skip
    (problem,) = plan.problems
    assert problem.code == "section-not-found"
    assert "C, D, E, G, H1, H2, I, J and K" in problem.sentence


def test_a_label_that_its_title_contradicts() -> None:
    plan = read(
        "Section A: Views", "Amara says that she likes it here with her friends and her teacher.",
        "Section B: Special educational needs", "Amara has a moderate hearing loss in both ears.",
        "Section C: Social care needs", "Amara cannot go out alone and sees no friends.",
    )  # fmt: skip
    found = plan.by_letter["C"]
    assert found.confidence < 0.7
    assert "label-and-title-differ" in [p.code for p in plan.problems]


def test_two_candidates_for_one_section_are_said() -> None:
    text = "A teacher will teach Amara for 30 minutes every day in a group of three."
    plan = read(
        "Section A: Views", "Amara says that she likes it here with her friends.",
        "Section F: Special educational provision", text,
        "Section G: Health provision", "None.",
        "Section F: Special educational provision", text.replace("30", "20"),
    )  # fmt: skip
    assert "section-twice" in [p.code for p in plan.problems]
    assert len(plan.by_letter["F"].items) == 2


def test_template_words_left_are_said() -> None:
    plan = read(
        "Section A: Views", "Amara says that she likes it here with her friends.",
        "Section B: Special educational needs", "[insert needs here]",
        "Amara has a moderate hearing loss in both ears and misses ends of words.",
    )  # fmt: skip
    assert "template-text" in [p.code for p in plan.problems]
    assert len(plan.by_letter["B"].items) == 1


@pytest.mark.parametrize("line", [
    "Section F says that a teacher will visit weekly.",
    "See section B for the needs and Section E for the outcomes.",
    "A speech and language therapist will see Amara.",
    "I like drawing and I like my friends.",
    "Sections A to K are explained overleaf.",
    "E1 is about talking.",
])  # fmt: skip
def test_mentions_in_prose_are_no_headings(line: str) -> None:
    plan = read(
        "Section A: Views", line, "Amara says that she likes it here with her friends.",
        "Section B: Special educational needs", "Amara has a moderate hearing loss in both ears.",
    )  # fmt: skip
    assert [s.letter for s in plan.sections] == ["A", "B"]
    assert line in plan.by_letter["A"].text
