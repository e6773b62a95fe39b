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
    areas = [a for a in area_parts(plan, "B", "E", "F") if a not in ("health", "care")]
    for area in areas:
        yield _table(plan, area, ("B", "F", "E"), (area == areas[0], area == areas[-1]))
        yield Para("")
    for title, area, letters in (
        ("Health", "health", ("C", "G", "E")),
        ("Social care", "care", ("D", "H1", "H2", "H", "E")),
    ):
        yield Heading(title, 2, "bold")
        yield _table(plan, area, letters, (True, True))
    if "E" in plan.sections and plan.sections["E"].after:
        yield Heading("E – Outcomes: how they are checked", 2, "bold")
        yield from (Para(text) for text in plan.sections["E"].after)


Ends = tuple[bool, bool]
"""Whether this table is the first, and the last, of its sections."""


def _table(plan: SamplePlan, area: str, letters: tuple[str, ...], ends: Ends) -> Table:
    letters = tuple(x for x in letters if x in plan.sections)
    count = len(letters)
    rows: list[tuple[Cell, ...]] = [
        (cell(first_upper(plan.layout.areas[area]), span=count, bold=True),)
    ]
    strengths = [s for x in letters for s in plan.sections[x].strengths.get(area, [])]
    if strengths:
        rows.append((cell("Strengths: " + " ".join(strengths), span=count),))
    rows.append(tuple(cell(TITLES[x], bold=True) for x in letters))
    rows += _rows(plan, area, letters, ends)
    return Table(tuple(rows), (100 // count,) * count)


def _rows(
    plan: SamplePlan, area: str, letters: tuple[str, ...], ends: Ends
) -> Iterator[tuple[Cell, ...]]:
    """One row a number; what a section says before and after its items is in the outer rows."""
    found = [item for item in plan.items(*letters) if item.area == area]
    numbers = sorted({item.number for item in found}) or [0]
    for number in numbers:
        outer = (ends[0] and number == numbers[0], ends[1] and number == numbers[-1])
        cells = []
        for letter in letters:
            own = [i for i in found if i.letter == letter and i.number == number]
            cells.append(_cell(plan, letter, area, own, outer))
        yield tuple(cells)


def _cell(plan: SamplePlan, letter: str, area: str, items: list[Item], outer: Ends) -> Cell:
    texts = [prefixed(plan, item) for item in items]
    section = plan.sections[letter]
    if letter == "B" and area in section.nil_areas:
        texts.append(section.nil_areas[area])
    if letter != "E":
        before, after = (section.before if outer[0] else []), (section.after if outer[1] else [])
        texts = [*before, *texts, *after]
    nested = "nested" in plan.layout.extras and len(texts) > 1
    return Cell(tuple(texts or [""]), nested=nested, control="controls" in plan.layout.extras)
