"""Needs, outcomes and provision: rows, bullets, sentences, numbers, links."""

from __future__ import annotations

import pytest

from goldthread.core.parsing.labels import label_of, links_of
from goldthread.core.parsing.parse import parse
from goldthread.core.plan.plan import Plan
from goldthread.readers.layouts import shared_layouts
from tests.unit.core.parsing.shapes import UP, Block, drawn

START = (
    "Section A: Views", "Amara says that she likes it here with her friends.",
    "Section B: Special educational needs", "Amara has a moderate hearing loss in both ears.",
)  # fmt: skip


def read(*blocks: Block) -> Plan:
    return parse(drawn(*START, *blocks), shared_layouts())


def provision(*blocks: Block) -> Plan:
    return read("Section F: Special educational provision", *blocks)


def texts(plan: Plan, letter: str) -> list[str]:
    return [item.text for item in plan.by_letter[letter].items]


def test_a_paragraph_is_parted_where_sentences_deliver_something_of_their_own() -> None:
    first = "A therapist will see Amara for 45 minutes a week. The room will be quiet."
    second = "A teaching assistant will practise with her daily."
    plan = provision(f"{first} {second}")
    assert texts(plan, "F") == [first, second]
    item = plan.by_letter["F"].items[1]
    (piece,) = item.paragraphs
    assert plan.document.text[piece.start : piece.end] == second
    assert plan.by_letter["F"].text == f"{first} {second}"


def test_bullets_and_numbered_points_stay_whole_and_what_leads_into_them_is_none() -> None:
    both = "A therapist will see Amara for 45 minutes a week. A teacher will teach her each day."
    plan = provision("Amara will receive:", f"- {both}", f"1. {both}", "Provision 2: " + both)
    assert texts(plan, "F") == [both, f"1. {both}", "Provision 2: " + both]
    assert [i.number for i in plan.by_letter["F"].items] == ["", "1", "Provision 2"]


def test_empty_cells_do_not_shift_their_neighbours() -> None:
    rows = [
        ("What", "Who", "How long", "How often", "Review"),
        ("Phonics in a group of three", "", "30 minutes", "", "Termly"),
    ]
    (item,) = provision(rows).by_letter["F"].items
    assert dict(item.parts) == {
        "what": "Phonics in a group of three", "how_much": "30 minutes", "review": "Termly",
    }  # fmt: skip
    assert item.text == "Phonics in a group of three · 30 minutes · Termly"


def test_a_merged_cell_serves_every_row_and_is_kept_once() -> None:
    rows = [
        ("Provision", "By whom"), ("Phonics for 30 minutes daily", "The SENCO"),
        ("Reading with an adult each day", UP),
    ]  # fmt: skip
    plan = provision(rows)
    assert [i.parts["who"] for i in plan.by_letter["F"].items] == ["The SENCO", "The SENCO"]
    assert [p.text for p in plan.by_letter["F"].paragraphs].count("The SENCO") == 1


def test_a_need_merged_over_rows_ties_them_to_one_another() -> None:
    rows = [
        ("Section B", "Section F", "Section E"),
        ("Amara cannot hear whispers", "A radio aid in every lesson", "By 2028 she will hear"),
        (UP, "A seat at the front in every lesson", "By 2029 she will sit well"),
    ]
    plan = parse(drawn(START[0], START[1], rows), shared_layouts())
    assert len(plan.by_letter["B"].items) == 1
    keys = {i.row for i in plan.items}
    assert len(keys) == 1
    assert len(plan.by_letter["F"].items) == 2


def test_a_cell_that_lists_several_gives_each_the_rest_of_the_row() -> None:
    rows = [("Provision", "By whom"), ("- Phonics daily\n- Reading daily", "The SENCO")]
    items = provision(rows).by_letter["F"].items
    assert [i.text for i in items] == ["Phonics daily · The SENCO", "Reading daily · The SENCO"]
    rows = [("Provision", "By whom"), ("- Phonics daily\n- Reading daily", "A teacher\nA helper")]
    items = provision(rows).by_letter["F"].items
    assert [i.parts["who"] for i in items] == ["A teacher", "A helper"]


@pytest.mark.parametrize("line", [
    "N/A", "None.", "-", "…", "[insert provision]", "<provision>",
    "Click or tap here to enter text.",
    "No provision is required at this time.", "Not applicable", "Direct support:",
])  # fmt: skip
def test_no_items(line: str) -> None:
    assert texts(provision(line, "A teacher will teach Amara daily."), "F") == [
        "A teacher will teach Amara daily."
    ]


def test_strengths_are_no_needs() -> None:
    plan = read(
        "Strengths", "Amara lip-reads well.", "Needs", "Amara misses the ends of words.",
        "Strengths: Amara is kind.", ["What is going well", "Amara sings."],
    )  # fmt: skip
    assert texts(plan, "B") == [START[3], "Amara misses the ends of words."]
    assert "Amara is kind" in plan.by_letter["B"].text


def test_numbered_blocks_tie_outcomes_to_their_provision() -> None:
    plan = read(
        "Section E: Outcomes", "Outcome 1", "By 2028 Amara will ask for help.",
        "Outcome 2", "By 2028 Amara will sign to a friend.",
        "Section F: Special educational provision",
        "Provision for outcome 2", "A teacher of the deaf will visit weekly.",
        "Provision for outcome 1", "A teacher will practise with Amara daily.",
    )  # fmt: skip
    first, second = plan.by_letter["E"].items
    for_second, for_first = plan.by_letter["F"].items
    assert (first.number, second.number) == ("Outcome 1", "Outcome 2")
    assert first.row == for_first.row != ""
    assert second.row == for_second.row
    assert for_second.links == ("Outcome 2",)


def test_which_need_and_outcome_columns_give_links() -> None:
    rows = [
        ("Provision", "Which need does this meet", "Outcome number"),
        ("Phonics for 30 minutes daily", "1 and 3", "Outcome 2"),
    ]
    (item,) = provision(rows).by_letter["F"].items
    assert set(item.links) == {"Need 1", "Need 3", "Outcome 2"}


@pytest.mark.parametrize(("text", "label"), [
    ("Outcome 2: By July", "Outcome 2"), ("E1 By July", "E1"), ("1.2 Amara", "1.2"),
    ("3) Amara", "3"), ("H1 is care", ""), ("By July", ""), ("20 minutes daily", ""),
])  # fmt: skip
def test_labels(text: str, label: str) -> None:
    assert label_of(text)[0] == label


@pytest.mark.parametrize(("text", "links"), [
    ("to meet outcomes 1 and 2", ("Outcome 1", "Outcome 2")), ("see B2 and E1.", ("B2", "E1")),
    ("Section H1 says", ()), ("provision 30 minutes", ()), ("needs 20 minutes of talk", ()),
    ("this meets Need 3 daily", ("Need 3",)),
])  # fmt: skip
def test_links(text: str, links: tuple[str, ...]) -> None:
    assert links_of(text, 0, {}) == links
