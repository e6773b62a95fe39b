"""Sets a plan out in its layout family (documents.md 2): from sections to blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from goldthread.simulation.plans.area_tables import area_tables
from goldthread.simulation.plans.blocks import Block, Cell, Heading, Paper, Para, Table, cell
from goldthread.simulation.plans.front import front_blocks, sign_off
from goldthread.simulation.plans.sample import LETTERS, Item, SamplePlan
from goldthread.simulation.plans.showing import (
    advice_table,
    area_parts,
    bodies,
    heading,
    item_blocks,
    prefixed,
)
from goldthread.simulation.plans.stock import Stock


def set_out(plan: SamplePlan, stock: Stock) -> Paper:
    """The plan as blocks, with running header and footer."""
    body = list(_FAMILIES[plan.layout.family](plan, stock))
    lead = list(front_blocks(plan, stock))
    if plan.layout.family == "front-evidence":
        lead = [*_letter(plan), *lead]
    paper = Paper([*lead, *body, *sign_off(plan)], title=f"EHC plan: {plan.child.name}")
    if plan.layout.margins:
        paper.header = f"{plan.marking}  {plan.child.name}"
        paper.footer = f"EHC plan, version {plan.version}"
        if "margin" in plan.shown:
            paper.footer = plan.shown["margin"]
    return paper


def _letter(plan: SamplePlan) -> Iterator[Block]:
    yield Para(plan.child.authority)
    yield Para(f"Dear {plan.child.mother} {plan.child.surname},")
    yield Para("This is the plan that we wrote with you. The advice it rests on is listed first.")


def _in_order(plan: SamplePlan, letters: Iterable[str]) -> Iterator[Block]:
    for letter in letters:
        if letter in plan.sections:
            yield from section_blocks(plan, letter)


def section_blocks(plan: SamplePlan, letter: str) -> Iterator[Block]:
    """Heading and text of one section."""
    yield heading(plan, letter)
    if letter == "K":
        yield advice_table(plan)
        return
    yield from bodies(plan, letter)


def _prose(plan: SamplePlan, stock: Stock) -> Iterator[Block]:
    yield from _in_order(plan, plan.sections)


def _e_before_b(plan: SamplePlan, stock: Stock) -> Iterator[Block]:
    yield from _in_order(plan, ("A", "E", "B", "C", "D", "F", "G", "H1", "H2", "H", "I", "J", "K"))


def _front_evidence(plan: SamplePlan, stock: Stock) -> Iterator[Block]:
    yield from _in_order(plan, ("K", *LETTERS[:9], "H", "I", "J"))


def _paired(plan: SamplePlan, stock: Stock) -> Iterator[Block]:
    """Needs first; then for each area its outcomes and its provision."""
    yield from _in_order(plan, "ABCD")
    areas = area_parts(plan, "E", "F")
    for area in areas:
        yield Heading(f"Outcomes and support plan: {plan.layout.areas[area]}", 1, "bold")
        for letter in ("E", "F"):
            yield from _area_part(plan, letter, area, last=area == areas[-1])
    yield from _in_order(plan, ("G", "H1", "H2", "H", "I", "J", "K"))


def _area_part(plan: SamplePlan, letter: str, area: str, last: bool) -> Iterator[Block]:
    """What E or F says of one area; the section's end stands in the last one."""
    items = [i for i in plan.items(letter) if i.area == area]
    ends = plan.sections[letter].after if last and letter in plan.sections else []
    if items or ends:
        yield heading(plan, letter)
        yield from item_blocks(plan, items)
        yield from (Para(text) for text in ends)


def _two_columns(plan: SamplePlan, stock: Stock) -> Iterator[Block]:
    """Section F as two columns, 62 and 38 per cent: provision, and who provides it."""
    yield from _in_order(plan, "ABCDE")
    if "F" in plan.sections:
        yield heading(plan, "F")
        section = plan.sections["F"]
        yield from (Para(text) for text in section.before)
        head = (cell("Provision", bold=True), cell("Who will provide this support", bold=True))
        rows = tuple(_two(plan, item) for item in section.items)
        yield Table((head, *rows), (62, 38), ruled=bool(plan.number % 2))
        yield from (Para(text) for text in section.after)
    yield from _in_order(plan, ("G", "H1", "H2", "H", "I", "J", "K"))


def _two(plan: SamplePlan, item: Item) -> tuple[Cell, Cell]:
    parts = item.parts
    if "who" not in parts:
        return cell(prefixed(plan, item)), cell("")
    what = f"{parts['what']} for {parts['how_much']} {parts['how_often']}."
    rest = [parts[k] for k in ("qualification", "review") if k in parts]
    lead = f"Provision {item.number}: " if plan.layout.numbered else ""
    return cell(f"{lead}{what}"), cell(f"{parts['who']}.", *rest)


def _banners(plan: SamplePlan, stock: Stock) -> Iterator[Block]:
    groups: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("The child and family", ("A",)),
        ("Strengths, difficulties and outcomes", ("B", "C", "D", "E")),
        ("Provision", ("F", "G", "H1", "H2", "H")),
        ("Resources", ("I", "J")),
        ("Advice", ("K",)),
    )
    for title, letters in groups:
        yield Heading(title.upper(), 1, "banner")
        yield from _in_order(plan, letters)


def _area_tables(plan: SamplePlan, stock: Stock) -> Iterator[Block]:
    yield from _in_order(plan, "A")
    yield from area_tables(plan)
    yield from _in_order(plan, ("I", "J", "K"))


_FAMILIES: dict[str, Callable[[SamplePlan, Stock], Iterator[Block]]] = {
    "prose": _prose,
    "area-tables": _area_tables,
    "paired": _paired,
    "e-before-b": _e_before_b,
    "two-column-f": _two_columns,
    "parts": _prose,
    "banners": _banners,
    "booklet": _prose,
    "front-evidence": _front_evidence,
}
