"""Makes paragraphs of lines: by gaps, indents, bullets, type and room left on the line."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from goldthread.readers.pdf.drafts import Draft, DraftBlock, DraftTable, Line

SIGN = re.compile(r"(?:[•●○▪▫◦■‣⁃·∙\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf02d]|[-–—*o](?=\s))\s*(?=\S)")
LABEL = re.compile(r"(\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+(?=\S)")
ALONE = re.compile(r"(?:[•●○▪▫◦■‣⁃·∙\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf02d–*o-]|\(?\w{1,3}[.)])\s*")
STOPS = (".", ":", ";", "!", "?", ".”", ".’", ".)", '."')
TALLER = 1.12
"""Of the body's type: larger type is a heading's."""
LONGEST_HEADING = 100
LONGEST_TITLE = 200
"""Letters, of a title in a box."""
PITCH = 1.3
"""Of the usual distance between lines: a wider one parts paragraphs."""


class Words:
    """The words that stand whole in the document, in lower case; gathered when first asked for."""

    def __init__(self, lines: Sequence[Line] = ()) -> None:
        self._lines: Sequence[Line] | None = lines
        self._words: Container[str] = frozenset()

    def __contains__(self, word: object) -> bool:
        if self._lines is not None:
            text = " ".join([line.text for line in self._lines]).lower()
            for sign in '.,;:!?()“”"':
                text = text.replace(sign, " ")
            self._words, self._lines = frozenset(text.split()), None
        return word in self._words


@dataclass(slots=True)
class Style:
    """What is usual in the document."""

    size: float = 11.0
    pitch: float = 1.2
    """Distance of lines, as a share of the type's height."""
    words: Container[str] = ()
    """Asked when a line breaks a word."""
    sizes: tuple[float, ...] = ()
    """Larger ones, the largest first."""
    right: float = 0.0
    """Points: how far text may reach."""


ENOUGH = 500
"""Lines from which the usual distance is told."""


def style_of(lines: Sequence[Line], width: float = 0.0) -> Style:
    """The commonest size by letters, and the commonest distance of lines by count.

    `width`: of the page in points; text may reach as near to its right edge as to its left one.
    """
    sizes: dict[int, int] = {}
    for line in lines:
        half = int(line.size * 2 + 0.5)
        sizes[half] = sizes.get(half, 0) + len(line.text)
    if not sizes:
        return Style()
    size = max(sizes, key=lambda half: sizes[half]) / 2
    larger = sorted((half / 2 for half in sizes if half / 2 > size * TALLER), reverse=True)
    right = width - min([ln.left for ln in lines]) if width else 0.0
    right = max(right, max([ln.right for ln in lines]))
    return Style(size, _usual_pitch(lines), Words(lines), tuple(larger[:4]), right)


def _usual_pitch(lines: Sequence[Line]) -> float:
    pitches: Counter[float] = Counter()
    for before, line in itertools.pairwise(lines[:ENOUGH]):
        size = line.size
        if size > 0 and abs(before.size - size) < 0.2:
            step = (before.bottom - line.bottom) / size
            if 0.6 < step < 2.5:
                pitches[round(step * 20) / 20] += 1
    return pitches.most_common(1)[0][0] if pitches else 1.2


def ordered(lines: list[Line]) -> list[Line]:
    """From the top down, from left to right; as in the file where that is so already."""
    reached = lines[0].bottom
    for line in lines:
        if line.bottom > reached + 2:
            break
        reached = line.bottom
    else:
        return lines
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda ln: -ln.bottom):
        if rows and rows[-1][0].bottom - line.bottom <= 0.35 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda ln: ln.left)]


def paragraphs_of(
    lines: list[Line], style: Style, right: float | None = None, cell: bool = False
) -> list[Draft]:
    """The paragraphs of `lines`, which stand in one column whose text may reach to `right`."""
    if not lines:
        return []
    if len(lines) > 1:
        lines = ordered(lines)
    if right is None:
        right = max(ln.right for ln in lines) if len(lines) > 2 else lines[0].right
    wide = PITCH * _pitch(lines, style, right)
    groups = [[lines[0]]]
    for before, line in itertools.pairwise(lines):
        if _begins(groups[-1], before, line, wide, right, style):
            groups.append([line])
        else:
            groups[-1].append(line)
    return [_draft(group, style, cell) for group in groups]


def title_of(lines: list[Line], style: Style) -> list[Draft]:
    """The paragraphs of a box: one, when all of it is a bold title set in a few lines."""
    bold = all(line.bold for line in lines) and sum(len(ln.text) for ln in lines) <= LONGEST_TITLE
    if not bold or len({round(ln.size) for ln in lines}) > 1:
        return paragraphs_of(lines, style)
    return [_draft(ordered(lines), style, cell=False)]


def _pitch(lines: list[Line], style: Style, right: float) -> float:
    """Share of the type's height; of these lines alone where they run on at wider steps."""
    if len(lines) < 5:
        return style.pitch
    steps = [
        (a.bottom - b.bottom) / b.size
        for a, b in itertools.pairwise(lines)
        if b.size > 0 and right - a.right < needed(b.text, b.size)
    ]
    steps = [step for step in steps if step > 0.6]
    least = min(steps) if len(steps) > 2 else style.pitch
    return max(style.pitch, least) if least < 2.2 else style.pitch


def _begins(
    group: list[Line], before: Line, line: Line, wide: float, right: float, style: Style
) -> bool:
    """Whether a paragraph begins at `line`."""
    step = before.bottom - line.bottom
    size = line.size
    if abs(step) < 0.35 * size:
        return False
    if step > wide * size or step < 0 or abs(before.size - size) > 0.08 * size:
        return True
    text = line.text or line.was or "-"
    first = text[0]
    if SIGN.match(text):
        return True
    stopped = before.text.endswith(STOPS)
    fresh = first.isupper() or first.isdigit() or first in "(“‘\"'["
    if LABEL.match(text) and (stopped or LABEL.match(group[0].text)):
        return True
    if before.bold != line.bold and (stopped or fresh):
        return True
    if not stopped and not fresh:
        return False
    if group[-1].left - line.left > 0.8 * size and len(group) > 1:
        return True
    if size > style.size * TALLER:  # lines of one heading
        return False
    room = right - before.right
    # Words that may not be parted (“December 2026”) wrap together: without a stop, ask for more.
    return room > needed(text, size) + (0 if stopped else 4 * size)


def needed(text: str, size: float) -> float:
    """Points that the first word would have taken, generously."""
    word = text.split(" ", 1)[0]
    return len(word) * size * 0.56 + size * 0.5


def _draft(group: list[Line], style: Style, cell: bool) -> Draft:
    first = group[0]
    bold, plain = first.bold, True
    for line in group:
        bold = bold and line.bold
        plain = plain and not line.hyphen and line.was is None and line.confidence >= 1
    if plain:
        draft = Draft(" ".join([ln.text for ln in group]), first.page, bold=bold, size=first.size)
    else:
        draft = Draft(join_lines(group, style.words), first.page, bold=bold, size=first.size)
        _odd(draft, group, style)
    label(draft)
    draft.heading = _heading(draft, style, cell)
    return draft


def _odd(draft: Draft, group: list[Line], style: Style) -> None:
    """What few paragraphs have: struck words, a word that breaks off, doubtful recognition."""
    if any(line.was is not None for line in group):
        draft.before = join_lines(group, style.words, was=True)
    draft.level = group[-1].hyphen
    if any(ln.confidence < 1 for ln in group):
        letters = sum(len(ln.text) for ln in group) or 1
        draft.confidence = sum(ln.confidence * len(ln.text) for ln in group) / letters


def label(draft: Draft) -> None:
    """Takes a bullet or number off the text."""
    found = SIGN.match(draft.text) or LABEL.match(draft.text)
    if not found:
        return
    draft.bullet = found[1] if found.re is LABEL else "•"
    draft.text = draft.text[found.end() :]
    if draft.before is not None and draft.before.startswith(found[0]):
        draft.before = draft.before[found.end() :]


def _heading(draft: Draft, style: Style, cell: bool) -> int:
    text = draft.text
    if len(text) > LONGEST_HEADING or draft.bullet == "•" or not any(map(str.isalpha, text)):
        return 0
    if draft.size > style.size * TALLER:
        near = (n for n, s in enumerate(style.sizes, 1) if draft.size >= s - 0.6)
        return next(near, len(style.sizes) or 1)
    if draft.bold and not cell and not text.endswith((".", ",", ";")):
        return len(style.sizes) + 1
    return 0


def join_lines(lines: Sequence[Line], words: Container[str], was: bool = False) -> str:
    """Lines as one text; a word broken by a hyphen is mended where that is sure."""
    for line in lines:
        if line.hyphen or line.glued or line.was is not None:
            break
    else:
        return " ".join([line.text for line in lines]).strip()
    text, hyphen, cut = "", "", False
    for line in lines:
        cut = cut or line.was is not None
        part = (line.was if was and line.was is not None else line.text) or ""
        if line.glued:
            text += part
        elif hyphen:
            text = mended(text.rstrip(), part.lstrip(), hyphen, words)
        elif text:
            text = f"{text.rstrip()} {part.lstrip()}"
        else:
            text = part
        hyphen = line.hyphen
    text = " ".join(text.split()) if cut else text.strip()
    return text + ("-" if hyphen == "-" else "")


def mended(left: str, right: str, hyphen: str, words: Container[str]) -> str:
    """`left`, whose last word breaks off, with `right`.

    The hyphen goes when it was a soft one, or when the document has the whole word elsewhere and
    has no such compound; otherwise it stays: “well-being” must not become another word.
    """
    if hyphen == "soft":
        return left + right
    head, tail = re.search(r"[\w’'-]*$", left), re.match(r"[\w’'-]*", right)
    start, end = (head[0] if head else "").lower(), (tail[0] if tail else "").lower()
    if start and end and start + end in words and f"{start}-{end}" not in words:
        return left + right
    return f"{left}-{right}"


def attached(lines: list[Line]) -> list[Line]:
    """Bullets and numbers that stand apart, joined to the text on their line."""
    found: list[Line] = []
    for line in lines:
        last = found[-1] if found else None
        if last is not None and len(last.text) <= 5 and _belongs(last, line):
            last.text = f"{last.text.strip()} {line.text}"
            last.right, last.bold, last.hyphen = line.right, line.bold, line.hyphen
            last.size = line.size
            last.bottom = line.bottom
            last.last = line.last
        else:
            found.append(line)
    return found


def _belongs(last: Line, line: Line) -> bool:
    return (
        abs(last.bottom - line.bottom) < 0.5 * line.size
        and 0 <= line.left - last.right < 5 * line.size
        and ALONE.fullmatch(last.text) is not None
    )


def drafts_in(blocks: Iterable[DraftBlock]) -> Iterable[Draft]:
    """All paragraphs in `blocks`, in reading order."""
    for block in blocks:
        if isinstance(block, DraftTable):
            for row in block.rows:
                for cell in row.cells:
                    yield from drafts_in(cell.blocks)
        else:
            yield block
