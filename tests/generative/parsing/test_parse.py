"""Whatever the order and the headings, every section is found and no paragraph is lost."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.core.parsing.parse import headings_in, outline_of, parse
from goldthread.core.plan.document import Paragraph, RawDocument
from goldthread.core.plan.plan import LETTERS, Plan
from goldthread.readers.layouts import shared_layouts
from tests.unit.core.parsing.shapes import UP, drawn

LAYOUTS = shared_layouts()
BODIES = {
    "A": "Amara told her teacher that she loves to draw and wants a friend at lunchtime.",
    "B": "Amara uses single phrases and loses the thread of long instructions in lessons.",
    "C": "Amara has absences that last some seconds and then needs to rest for a while.",
    "D": "Amara cannot go to the park alone because she does not see that cars are near.",
    "E": "By July 2028 Amara will join two ideas in 4 of 5 observed talks with a friend.",
    "F": "A speech and language therapist will see Amara for 45 minutes once a week.",
    "G": "A specialist nurse will train two members of staff once a year for two hours.",
    "H1": "A personal assistant will go out with Amara for three hours once a week.",
    "H2": "A youth worker will bring Amara to the club for two hours every Tuesday.",
    "I": "Northmere Primary School, which is a mainstream maintained primary school.",
    "J": "No personal budget was asked for, and the family knows that it can ask again.",
    "K": "Ms R. Adeyemi, educational psychologist, 2 March 2026, appended to this plan.",
}
TITLES = {
    letter: sorted(
        name
        for group in LAYOUTS.headings.sections
        if group.letter == letter and group.sure >= 0.9
        for name in (*group.begins, *group.exact)
    )
    for letter in LETTERS
}
SHAPES = (
    "Section {0}: {1}", "SECTION {0} – {2}", "({0}) {1}", "{0} - {1}", "{0}: {1}", "Section {0}",
    "SECTION{0}", "Section {0}\t{1}", "[{0}] {1}", "Section {0} {1}", "{0} – {2}",
    "section {0} - {1}",
)  # fmt: skip
CASES = (str.capitalize, str.title, str.upper)
STYLES = ("", "# ", "** ", "## ")


@st.composite
def heading(draw: st.DrawFn, letter: str) -> str:
    title = draw(st.sampled_from(CASES))(draw(st.sampled_from(TITLES[letter])))
    shape = draw(st.sampled_from(SHAPES))
    return draw(st.sampled_from(STYLES)) + shape.format(letter, title, title.upper())


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_any_order_and_any_heading_with_a_letter(data: st.DataObject) -> None:
    order = data.draw(st.permutations(LETTERS))
    lines: list[str] = ["Education, Health and Care Plan", "Name: Amara Okafor"]
    for letter in order:
        lines += [data.draw(heading(letter)), BODIES[letter]]
    plan = parse(drawn(*lines), LAYOUTS)
    assert [s.letter for s in plan.sections] == list(order), lines
    for letter in LETTERS:
        assert plan.by_letter[letter].text == BODIES[letter]


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_any_order_and_any_title_without_a_letter(data: st.DataObject) -> None:
    order = data.draw(st.permutations(LETTERS))
    lines: list[str] = ["Education, Health and Care Plan", "Name: Amara Okafor"]
    for letter in order:
        title = data.draw(st.sampled_from(CASES))(data.draw(st.sampled_from(TITLES[letter])))
        lines += [data.draw(st.sampled_from(STYLES[1:])) + title, BODIES[letter]]
    plan = parse(drawn(*lines), LAYOUTS)
    assert [s.letter for s in plan.sections] == list(order), lines


WORDS = st.sampled_from([
    "", " ", "Section A", "SECTION B: Special educational needs", "(C) Health needs", "Section D",
    "Section E – Outcomes", "E", "F.", "Section F", "Section G", "H1", "H2: Other", "I", "J -", "K",
    "Section L: More", "Sections B, F and E: Learning", "Contents", "Outcomes", "Provision", "Who",
    "Strengths", "Needs", "Cognition and learning", "Outcome 2", "N/A", "[insert]", "Name:",
    "Amara Okafor", "Date of birth: 4/5/2018", "☐ Draft ☒ Final", "By July 2028 Amara will read.",
    "A teacher will teach Amara daily. A therapist will see Amara weekly for 45 minutes each time.",
    "1. Amara reads.", "Monitoring arrangements", "Signed: J. Marsh", "3 May 2026", "{{name}}",
    "Resources", "Author", "Advice", "Date", "Status: Draft / Final", "Annual review",
])  # fmt: skip
LINES = st.one_of(WORDS, st.text(max_size=40).map(lambda t: t.replace("\n", " ")))
CELLS = st.one_of(
    LINES, st.just(UP), st.tuples(WORDS, WORDS).map(lambda pair: "\n".join(pair))
)  # fmt: skip


@st.composite
def tables(draw: st.DrawFn) -> list[object]:
    width = draw(st.integers(1, 4))
    rows: list[object] = []
    for number in range(draw(st.integers(1, 5))):
        cells = draw(st.lists(CELLS, min_size=width, max_size=width))
        if number == 0 or (len(rows) and isinstance(rows[-1], str)):
            cells = ["" if c == UP else c for c in cells]
        rows.append(draw(LINES) if draw(st.integers(0, 4)) == 0 else tuple(cells))
        if rows[-1] == UP:
            rows[-1] = ""
    return rows


DOCUMENTS = st.lists(st.one_of(LINES, tables()), max_size=25)


def numbers(paragraphs: tuple[Paragraph, ...] | list[Paragraph]) -> Counter[int | None]:
    return Counter(p.location.paragraph for p in paragraphs)


def kept(plan: Plan, document: RawDocument) -> Counter[int | None]:
    inside = [p for s in plan.sections for p in s.paragraphs]
    return numbers([*inside, *plan.front, *plan.leftover])


@given(DOCUMENTS)
@settings(max_examples=300, deadline=None)
def test_any_document_is_parsed_and_nothing_is_lost_or_doubled(blocks: list[object]) -> None:
    document = drawn(*blocks)
    plan = parse(document, LAYOUTS)
    everything = numbers(document.paragraphs)
    if plan.kind == "other":
        assert kept(plan, document) == everything
        return
    found = kept(plan, document)
    assert set(found.values()) <= {1}
    if plan.kind == "plan":
        outline = outline_of(document, headings_in(document, LAYOUTS), LAYOUTS)
        assert found + numbers(outline.labels) == everything
    assert all(item.text.strip() and item.paragraphs for item in plan.items)
    for item in plan.items:
        for p in item.paragraphs:
            assert document.text[p.start : p.end] == p.text
    assert len({item.id for item in plan.items}) == len(plan.items)


@given(DOCUMENTS, st.sampled_from(["plan", "advice", "review"]))
@settings(max_examples=100, deadline=None)
def test_any_document_is_parsed_whatever_was_expected(blocks: list[object], expected: str) -> None:
    plan = parse(drawn(*blocks), LAYOUTS, expected)  # type: ignore[arg-type]
    assert plan.kind_reason
    assert len(plan.by_letter) == len(plan.sections)
