"""Needs, outcomes and provision as items: rows, bullets, numbered points, paragraphs, sentences.

The unit is that of the standard: in F, G and H a bullet, a row or a sentence with a verb of
delivery; in E an outcome; in B, C and D a bullet, row or paragraph. So a paragraph of several
sentences is one item, unless it has no number of its own and two or more of its sentences deliver
something of their own (or, in E, begin with “By …”): then each of those begins an item, and what
lies between stays with the one before. A paragraph that only leads into a list (“Amara will
receive:”) is no item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from goldthread.core.parsing.labels import is_nothing, is_placeholder, label_of, links_of
from goldthread.core.parsing.layouts import Layouts
from goldthread.core.parsing.outline import Entry, Line, Part, Place, Run
from goldthread.core.parsing.plain import plain
from goldthread.core.parsing.rows import piece_of
from goldthread.core.plan.document import Paragraph
from goldthread.core.plan.plan import Item, ItemKind

KINDS: dict[str, ItemKind] = {
    "B": "need", "C": "need", "D": "need", "E": "outcome",
    "F": "provision", "G": "provision", "H1": "provision", "H2": "provision", "H": "provision",
}  # fmt: skip
_MAIN = {"need": ("need", "what"), "outcome": ("outcome", "what"), "provision": ("what",)}
_AREA = {"C": "health", "G": "health", "D": "care", "H": "care", "H1": "care", "H2": "care"}
_SENTENCE = re.compile(r"(?<=[a-z0-9)%”’'\"][.!?;])\s+(?=[A-Z“\"(])")
_DELIVERS = re.compile(
    r"\b(?:will|must|shall|should|is to|are to|would|to be (?:provided|delivered|given))\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"^(?:this|these|it|they|he|she|progress|each|all|both|sessions?|"
    r"the (?:programme|sessions?|plan|group|work|room|space|aim|focus|content))\b",
    re.IGNORECASE,
)
_MONITORED = re.compile(r"\b(?:progress|outcomes?|targets?|steps|plan)\b", re.IGNORECASE)
_BY = re.compile(r"^(?:\W*\d{1,2}[.)]\s*)?by\s", re.IGNORECASE)
_STRENGTH = re.compile(
    r"^\W*(?:strengths?(?: and \w+)?|what (?:is|[’'s]+) (?:going|working) well|"
    r"what i(?:[’']m| am) good at)\s*[:–—-]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """An item before it has its number."""

    paragraphs: tuple[Paragraph, ...]
    text: str
    place: Place
    row: str
    parts: dict[str, str]


def items_of(letter: str, runs: list[Run], layouts: Layouts) -> tuple[Item, ...]:
    """The items of one section, over all its runs, in reading order."""
    if letter not in KINDS:
        return ()
    drafts = [d for run in runs for d in _drafts(letter, run, layouts)]
    return tuple(_item(letter, number, d) for number, d in enumerate(drafts, 1))


def _drafts(letter: str, run: Run, layouts: Layouts) -> Iterator[Draft]:
    content = run.content
    for place, piece in enumerate(content):
        if piece.place.strengths and letter in "BCD":
            continue
        if isinstance(piece, Entry):
            yield from _from_row(letter, piece, layouts)
        elif piece.kind == "text" and not _leads(piece, content[place + 1 : place + 2]):
            yield from _from_line(letter, piece, layouts)


def _leads(line: Line, after: list[Line | Entry]) -> bool:
    """“… will receive:” before a list, or a bare label."""
    text = line.paragraph.text.rstrip()
    if not text.endswith((":", ":-")):
        return False
    follows = after[0] if after else None
    listed = isinstance(follows, Entry) or (follows is not None and bool(follows.paragraph.bullet))
    return listed or len(text.split()) <= 12


def _from_line(letter: str, line: Line, layouts: Layouts) -> Iterator[Draft]:
    p = line.paragraph
    if not _substance(p, letter, layouts) or _is_aside(p, letter, layouts):
        return
    for piece in _split(letter, p):
        yield Draft((piece,), piece.text, line.place, line.row or _block_row(line.place), {})


def _substance(p: Paragraph, letter: str, layouts: Layouts) -> bool:
    text = p.text
    if not text.strip() or is_nothing(text, layouts) or is_placeholder(text, layouts):
        return False
    if _STRENGTH.match(text):
        return False
    return len(text.split()) > 1 or len(text) > 12


def _is_aside(p: Paragraph, letter: str, layouts: Layouts) -> bool:
    """How outcomes are monitored, who agreed: no item. Nor is a strength, or provision that gives
    nothing, outside a list."""
    if _is_remark(p, layouts):
        return True
    kind = KINDS[letter]
    if kind == "need":
        return bool(layouts.strength.match(p.text)) and not layouts.difficulty.search(
            layouts.strength.sub("", p.text)
        )
    if kind == "outcome":
        return (
            not _BY.match(p.text)
            and bool(_MONITORED.search(p.text[:160]))
            and bool(layouts.monitors.match(p.text))
        )
    return kind == "provision" and not p.bullet and not layouts.provision.search(p.text)


def _is_remark(p: Paragraph, layouts: Layouts) -> bool:
    return plain(p.text[:60]).startswith(layouts.not_items)


def _split(letter: str, p: Paragraph) -> list[Paragraph]:
    """`p` whole, or one piece for each sentence that is an item of its own."""
    text = p.text
    kind = KINDS[letter]
    if kind == "need" or p.bullet or len(text) < 80 or label_of(text)[0]:
        return [p]
    cuts = [0, *(m.end() for m in _SENTENCE.finditer(text))]
    if len(cuts) == 1:
        return [p]
    sentences = [text[begin:end] for begin, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]
    if kind == "outcome":
        begins = [c for c, s in zip(cuts, sentences, strict=True) if _BY.match(s)]
    else:
        begins = [c for c, s in zip(cuts, sentences, strict=True) if _is_own(s)]
    if len(begins) < 2:
        return [p]
    begins[0] = 0
    ends = [*begins[1:], len(text)]
    return [piece_of(p, b, b + len(text[b:e].rstrip())) for b, e in zip(begins, ends, strict=True)]


def _is_own(sentence: str) -> bool:
    return bool(_DELIVERS.search(sentence)) and not _ASIDE.match(sentence)


# --- Rows -----------------------------------------------------------------------------------------


def _from_row(letter: str, entry: Entry, layouts: Layouts) -> Iterator[Draft]:
    """One item a row; in a column that lists several, one each, with the row's other cells."""
    parts = [part for part in entry.parts if part.role != "strengths"]
    roles = _MAIN[KINDS[letter]]
    main = next((x for r in roles for x in parts if x.role == r), None)
    rest = [part for part in parts if part is not main]
    if main is None:
        yield from _whole_row(letter, entry, rest, layouts)
        return
    own = [
        p
        for p in main.cell.paragraphs
        if _substance(p, letter, layouts) and not _is_remark(p, layouts)
    ]
    said = any(part.cell.text.strip() for part in _fresh(rest))
    if not own or (main.cell.inherited and not said):
        if said and not main.cell.text.strip():
            yield from _whole_row(letter, entry, rest, layouts)
        return
    groups = _groups(letter, own, rest)
    for number, group in enumerate(groups):
        yield _row_draft(entry, main, group, rest, number if len(groups) > 1 else None)


def _fresh(parts: list[Part]) -> list[Part]:
    return [part for part in parts if not part.cell.inherited]


def _groups(letter: str, own: list[Paragraph], rest: list[Part]) -> list[list[Paragraph]]:
    """The main cell's paragraphs by item."""
    if len(own) == 1:
        return [[piece] for piece in _split(letter, own[0])] if not rest else [own]
    listed = [p for p in own if p.bullet or label_of(p.text)[0]]
    if len(listed) == len(own):
        return [[p] for p in own]
    if listed and own[0] not in listed and own[0].text.rstrip().endswith(":"):
        return [[p] for p in own[1:]]
    counts = {len([q for q in x.cell.paragraphs if q.text.strip()]) for x in rest}
    if not rest or len(own) in counts:
        return [[piece] for p in own for piece in (_split(letter, p) if not rest else [p])]
    return [own]


def _row_draft(
    entry: Entry, main: Part, group: list[Paragraph], rest: list[Part], number: int | None
) -> Draft:
    """`number` of the item where the row holds several: a cell with as many lines gives its own."""
    cells: list[tuple[str, list[Paragraph]]] = []
    for part in entry.parts:
        if part is main:
            cells.append((part.role, group))
        elif any(part is x for x in rest):
            lines = [p for p in part.cell.paragraphs if p.text.strip()]
            if number is not None and len(lines) > 1 and _fits(main, lines):
                lines = [lines[number]]
            cells.append((part.role, lines))
    return _drafted(entry, cells)


def _fits(main: Part, lines: list[Paragraph]) -> bool:
    return len([p for p in main.cell.paragraphs if p.text.strip()]) == len(lines)


def _whole_row(letter: str, entry: Entry, parts: list[Part], layouts: Layouts) -> Iterator[Draft]:
    """A row whose columns say nothing: all its cells are one item."""
    cells = [
        (part.role, [p for p in part.cell.paragraphs if p.text.strip()])
        for part in parts
        if part.cell.text.strip()
    ]
    texts = [p for _, group in cells for p in group]
    if any(_substance(p, letter, layouts) for p in texts) and any(
        not part.cell.inherited for part in parts if part.cell.text.strip()
    ):
        yield _drafted(entry, cells)


def _drafted(entry: Entry, cells: list[tuple[str, list[Paragraph]]]) -> Draft:
    parts: dict[str, str] = {}
    for role, group in cells:
        text = " ".join(p.text.strip() for p in group)
        if role and text:
            parts[role] = f"{parts[role]} {text}" if role in parts else text
    texts = [" ".join(p.text.strip() for p in group) for _, group in cells if group]
    paragraphs = tuple(p for _, group in cells for p in group)
    return Draft(paragraphs, " · ".join(t for t in texts if t), entry.place, entry.row, parts)


def _block_row(place: Place) -> str:
    return f"{place.area}:{place.block.lower()}" if place.block else ""


def _item(letter: str, number: int, draft: Draft) -> Item:
    first = draft.paragraphs[0]
    label = draft.parts.pop("label", "")
    said, skip = label_of(draft.text, first.bullet)
    links = links_of(draft.text, skip, draft.parts)
    block = draft.place.block
    if block:
        own = KINDS[letter] == block.split()[0].lower()
        said = said or (block if own else "")
        links = links if own or block in links else (*links, block)
    prefix = f"{letter}." if letter[-1].isdigit() else letter
    return Item(
        id=f"{prefix}{number}",
        letter=letter,
        kind=KINDS[letter],
        text=draft.text,
        paragraphs=draft.paragraphs,
        location=first.location,
        number=label or said,
        area=draft.place.area or _AREA.get(letter, ""),
        parts=draft.parts,
        row=draft.row,
        links=tuple(x for x in links if x != (label or said)),
    )
