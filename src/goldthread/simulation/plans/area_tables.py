"""The family with a table for each area of need (B, F, E), then C, G, E and D, H1, H2, E."""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.simulation.plans.blocks import Block, Cell, Heading, Para, Table, cell
from goldthread.simulation.plans.sample import Item, SamplePlan
from goldthread.simulation.plans.showing import area_parts, prefixed
from goldthread.simulation.plans.wording import first_upper

TITLES = {
    "B": "B – Special educational needs", "F": "F – Special educational provision",
    "E": "E – Outcomes", "C": "C – Health needs", "G": "G – Health care provision",
    "D": "D – Social care needs", "H1": "H1 – Social care provision (1970 Act)",
    "H2": "H2 – Other social care provision", "H": "H – Social care provision",
}  # fmt: skip


def area_tables(plan: SamplePlan) -> Iterator[Block]:
    """Sections B to H2 as tables whose columns are sections."""
    yield from (Para(text) for text in plan.sections["B"].before)
    for area in area_parts(plan, "B", "E", "F"):
        if area not in ("health", "care"):
            yield _table(plan, area, ("B", "F", "E"))
            yield Para("")
    yield from (Para(text) for x in "BF" for text in plan.sections[x].after)
    for title, area, letters in (
        ("Health", "health", ("C", "G", "E")),
        ("Social care", "care", ("D", "H1", "H2", "H", "E")),
    ):
        yield Heading(title, 2, "bold")
        yield _table(plan, area, letters)
        yield from (Para(t) for x in letters if x in plan.sections and x != "E"
                    for t in plan.sections[x].after)  # fmt: skip
    if "E" in plan.sections:
        yield from (Para(text) for text in plan.sections["E"].after)


def _table(plan: SamplePlan, area: str, letters: tuple[str, ...]) -> Table:
    letters = tuple(x for x in letters if x in plan.sections)
    count = len(letters)
    rows: list[tuple[Cell, ...]] = [
        (cell(first_upper(plan.layout.areas[area]), span=count, bold=True),)
    ]
    strengths = [s for x in letters for s in plan.sections[x].strengths.get(area, [])]
    if strengths:
        rows.append((cell("Strengths: " + " ".join(strengths), span=count),))
    rows.append(tuple(cell(TITLES[x], bold=True) for x in letters))
    rows += _rows(plan, area, letters)
    return Table(tuple(rows), (100 // count,) * count)


def _rows(plan: SamplePlan, area: str, letters: tuple[str, ...]) -> Iterator[tuple[Cell, ...]]:
    """One row a number; stock lines of sections with no item stand in the first row."""
    found = [item for item in plan.items(*letters) if item.area == area]
    numbers = sorted({item.number for item in found}) or [0]
    for number in numbers:
        first = number == numbers[0]
        cells = []
        for letter in letters:
            own = [i for i in found if i.letter == letter and i.number == number]
            cells.append(_cell(plan, letter, area, own, first))
        yield tuple(cells)


def _cell(plan: SamplePlan, letter: str, area: str, items: list[Item], first: bool) -> Cell:
    texts = [prefixed(plan, item) for item in items]
    section = plan.sections[letter]
    if first and letter not in "BEF":
        texts = [*section.before, *texts]
    if first and letter == "B" and area in section.nil_areas:
        texts.append(section.nil_areas[area])
    nested = "nested" in plan.layout.extras and len(texts) > 1
    return Cell(tuple(texts or [""]), nested=nested, control="controls" in plan.layout.extras)
