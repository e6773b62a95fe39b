"""How sections and items stand on the page: headings, numbered items, tables of provision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from goldthread.simulation.plans.blocks import END, STRUCK, Block, Cell, Heading, Para, Table, cell
from goldthread.simulation.plans.sample import Item, SamplePlan
from goldthread.simulation.plans.stock import AREAS
from goldthread.simulation.plans.wording import short_date

WORDS = {"need": "Need", "outcome": "Outcome", "provision": "Provision"}
COLUMNS = {
    "what": "What", "who": "By whom", "how_much": "How much", "how_often": "How often",
    "qualification": "Qualification", "review": "Review",
}  # fmt: skip
OUTCOME_COLUMNS = {"outcome": "Outcome", "baseline": "Where we are now", "steps": "Steps towards",
                   "why": "Why it matters"}  # fmt: skip


def heading(plan: SamplePlan, letter: str) -> Heading:
    return Heading(plan.layout.headings[letter], 1, plan.layout.heading_style)


def shown(plan: SamplePlan, item: Item) -> str:
    """The item's text as it stands in the file; a row's cells are joined with “ · ”."""
    layout = plan.layout
    if layout.family == "two-column-f" and item.letter == "F" and "who" in item.parts:
        parts = item.parts
        what = f"{parts['what']} for {parts['how_much']} {parts['how_often']}."
        rest = [parts[k] for k in ("qualification", "review") if k in parts]
        return " · ".join([what, " ".join([f"{parts['who']}.", *rest])])
    if in_rows(plan, item.letter) and len(item.parts) > 1:
        return " · ".join(item.parts.values())
    return item.text


def in_rows(plan: SamplePlan, letter: str) -> bool:
    """Whether the items of this section stand as rows with columns."""
    return plan.layout.rows and letter in ("E", "F", "G", "H1", "H2")


def prefixed(plan: SamplePlan, item: Item) -> str:
    """“Need 3: …” where the layout numbers its items."""
    text = marked(plan, item, item.text)
    return f"{WORDS[item.kind]} {item.number}: {text}" if plan.layout.numbered else text


def marked(plan: SamplePlan, item: Item, text: str) -> str:
    """`text` with tracked changes, or with what an amended plan struck out before it."""
    if item.marked:
        return item.marked
    layout = plan.layout
    if item.letter == "F" and item.number == 1 and item.triple and plan.status == "amended":
        return f"{STRUCK}{layout.struck}{END} {text}" if "struck" in layout.extras else text
    return text


def bodies(plan: SamplePlan, letter: str) -> Iterator[Block]:
    """What a section holds: paragraphs, then by area strengths and items, then the end."""
    section = plan.sections[letter]
    extras = plan.layout.extras
    for place, text in enumerate(section.before):
        extra = "control" if "controls" in extras and letter == "A" and place == 1 else ""
        if "textbox" in extras and letter == "A" and place == 2:
            extra = "textbox"
        yield Para(text, extra=extra)
    if letter == "B":
        for area in area_parts(plan, "B"):
            yield Heading(plan.layout.areas[area], 2, "bold")
            yield from _area(plan, area)
    else:
        yield from (Para(s) for found in section.strengths.values() for s in found)
        yield from item_blocks(plan, section.items)
    yield from (Para(text) for text in section.after)


def _area(plan: SamplePlan, area: str) -> Iterator[Block]:
    section = plan.sections["B"]
    if area in section.nil_areas:
        yield Para(section.nil_areas[area])
    strengths = section.strengths.get(area, [])
    if strengths:
        yield Para("Strengths: " + " ".join(strengths))
    yield from item_blocks(plan, [i for i in section.items if i.area == area])


def item_blocks(plan: SamplePlan, items: Iterable[Item]) -> Iterator[Block]:
    """Items as a table, numbered paragraphs or bullets."""
    items = list(items)
    if items and in_rows(plan, items[0].letter):
        yield row_table(plan, items)
        return
    for item in items:
        yield Para(prefixed(plan, item), bullet=not plan.layout.numbered)


def row_table(plan: SamplePlan, items: list[Item]) -> Table:
    """One row an item; what a fault has rewritten stands in the first column."""
    columns = OUTCOME_COLUMNS if items[0].kind == "outcome" else COLUMNS
    keys = list(columns)
    linked = ["Which need"] if plan.layout.numbered else []
    head = tuple(cell(t, bold=True) for t in [*columns.values(), *linked])
    rows = [head]
    for item in items:
        cells = [_first(plan, item, keys[0])]
        cells += [cell(item.parts.get(key, "")) for key in keys[1:]]
        cells += [cell(f"Need {item.number}")] if linked else []
        rows.append(tuple(cells))
    if linked and "merged" in plan.layout.extras:
        rows = [head, *_merged(rows[1:], items)]
    return Table(tuple(rows), WIDTHS[len(head)])


WIDTHS = {
    7: (26, 14, 11, 13, 17, 12, 7),
    6: (29, 15, 12, 14, 17, 13),
    5: (34, 21, 20, 17, 8),
    4: (38, 22, 22, 18),
}
"""Per cent of each column, by how many there are."""


def _merged(rows: list[tuple[Cell, ...]], items: list[Item]) -> Iterator[tuple[Cell, ...]]:
    """Rows whose last cell, the need, is merged over rows that serve the same one."""
    numbers = [0, *(item.number for item in items), 0]
    for place, row in enumerate(rows, 1):
        own = numbers[place]
        merge = "start" if numbers[place + 1] == own else ""
        if numbers[place - 1] == own:
            merge = "more"
        yield (*row[:-1], replace(row[-1], merge=merge))


def _first(plan: SamplePlan, item: Item, key: str) -> Cell:
    text = marked(plan, item, item.parts.get(key) or item.text)
    nested = "nested" in plan.layout.extras and item.number == 1
    return Cell((text,), nested=nested, control="controls" in plan.layout.extras)


def area_parts(plan: SamplePlan, *letters: str) -> list[str]:
    """Areas of B (or E and F) that have something to say, in order."""
    have = {item.area for item in plan.items(*letters)}
    if "B" in letters:
        have |= set(plan.sections["B"].nil_areas) | set(plan.sections["B"].strengths)
    order = (*AREAS, "health", "care")
    return [area for area in order if area in have]


def advice_table(plan: SamplePlan) -> Table:
    """Section K."""
    head = ("Advice from", "Name", "Date", "Appended")
    rows = [tuple(cell(t, bold=True) for t in head)]
    for entry in plan.advice:
        day = short_date(entry.day, plan.layout.date_style) if entry.day else ""
        role = f"{entry.role}; {entry.note}" if entry.note else entry.role
        appended = "Yes" if entry.appended else "No"
        rows.append((cell(role), cell(entry.author), cell(day), cell(appended)))
    return Table(tuple(rows), (45, 25, 18, 12))
