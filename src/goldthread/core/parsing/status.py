"""Draft, final or amended: what the document says of itself, past its templates and tick boxes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from goldthread.core.parsing.fields import Pair
from goldthread.core.parsing.layouts import Layouts
from goldthread.core.parsing.plain import plain
from goldthread.core.plan.document import Paragraph
from goldthread.core.plan.plan import Stated, Status

_TICKED = re.compile(r"(?:[☒☑✓✔✗✘■]|\[\s?[xX✓]\s?\]|\(\s?[xX✓]\s?\))\s*")
_BOX = re.compile(r"[☐□☒☑✓✔✗✘■]|\[\s?[xX✓]?\s?\]|\(\s?[xX✓]?\s?\)")
_LONGEST = 14
"""Words of a line that is a title or a mark, not a sentence."""


def ticked(text: str) -> str | None:
    """What is ticked in a line of boxes; “” when none is; None when there are no boxes.

    A box stands before its words, unless the line ends with a box.
    """
    boxes = list(_BOX.finditer(text))
    if not boxes:
        return None
    after = boxes[-1].end() < len(text.rstrip())
    chosen = []
    for number, box in enumerate(boxes):
        if not _TICKED.match(text, box.start()):
            continue
        if after:
            end = boxes[number + 1].start() if number + 1 < len(boxes) else len(text)
            chosen.append(text[box.end() : end])
        else:
            begin = boxes[number - 1].end() if number else 0
            chosen.append(text[begin : box.start()])
    return " ".join(piece.strip(" /|,·\t\n") for piece in chosen)


def status_of(
    pairs: Iterable[Pair],
    front: Iterable[Paragraph],
    margins: Iterable[Paragraph],
    layouts: Layouts,
) -> tuple[Status, Stated | None]:
    """The status and the words that say it: a field first, then a title, then a running head."""
    for pair in pairs:
        if pair.field == "status":
            status = read_status(pair.value, layouts)
            if status:
                return status, Stated(ticked(pair.value) or pair.value, pair.quote, pair.location)
    for confidence, paragraphs in ((0.9, front), (0.7, margins)):
        for p in paragraphs:
            status = _line(p.text, layouts)
            if status:
                return status, Stated(p.text.strip(), p.text, p.location, confidence)
    return "unknown", None


def read_status(said: str, layouts: Layouts) -> Status | None:
    """The status that a value names; None for a list to choose from or empty boxes."""
    chosen = ticked(said)
    if chosen is not None:
        said = chosen
    elif _lists(said, layouts):
        return None
    return next(_named(plain(said), layouts), None)


def _named(key: str, layouts: Layouts) -> Iterator[Status]:
    padded = f" {key} "
    for status, names in layouts.status_names:
        if any(name in padded for name in names):
            yield status


def _lists(said: str, layouts: Layouts) -> bool:
    """“Draft / Final / Amended final”: a list of which nothing was struck out."""
    choices = [c for c in re.split(r"\s*[/|*]\s*|\s+or\s+|\s*,\s*|\n", said) if c.strip()]
    if len(choices) < 2:
        return False
    return sum(any(_named(plain(choice), layouts)) for choice in choices) >= 2


def _line(text: str, layouts: Layouts) -> Status | None:
    """The status in a title or mark such as “DRAFT EHC PLAN”; None for a sentence or a date."""
    if len(text) > 120 or not text.strip():
        return None
    tokens = plain(text).split()
    if len(tokens) > _LONGEST:
        return None
    boxed = ticked(text)
    if boxed is not None:
        status = next(_named(plain(boxed), layouts), None)
        return status if status else None
    known = layouts.status_words
    if sum(token in known for token in tokens) * 10 < len(tokens) * 6:
        return None
    if not _calls_itself(tokens) or _lists(text, layouts):
        return None
    return next(_named(" ".join(tokens), layouts), None)


def _calls_itself(tokens: list[str]) -> bool:
    """A lone mark (“DRAFT”), or a title that speaks of a plan or version."""
    return len(tokens) <= 3 or bool({"plan", "ehcp", "ehc", "version", "status"} & set(tokens))
