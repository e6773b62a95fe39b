"""Which of the headings found are the plan's own, and which a contents page's or an explanation's.

A table that explains Sections A to K, or a contents page, gives every label once with little text.
It is told from the plan by size and position: all its letters come again, with more under them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from goldthread.core.parsing.headings import Heading, demoted
from goldthread.core.parsing.plain import words
from goldthread.core.plan.document import Paragraph

FEWEST = 6
"""Sections that a contents page or explanation lists at least."""
LISTED = 60
"""Most words under one of its labels, on average."""
_DIGEST = 15
"""Words up to which a Section K only refers to the list of evidence at the front."""


@dataclass(slots=True)
class Candidate:
    index: int
    """Of the paragraph in the document."""
    heading: Heading
    size: int = 0
    """Words up to the next candidate."""


Found = dict[int, Heading]
"""Index of a paragraph -> what it is a heading of."""


def choose(found: Found, paragraphs: tuple[Paragraph, ...]) -> Found:
    """`found` with labels of contents pages and explanations made “explainer” headings, and
    titles without a letter made subheadings where the section has its letter elsewhere."""
    candidates = _measured(found, paragraphs)
    chosen = dict(found)
    listed = _listed(candidates)
    for candidate in listed:
        chosen[candidate.index] = Heading("explainer", candidate.heading.title)
    kept = [c for c in candidates if not any(c is x for x in listed)]
    for candidate in _doubled(kept):
        above = found.get(candidate.index - 1)
        below = above is not None and _only_letter(above, candidate.heading)
        chosen[candidate.index] = (
            Heading("subtitle", candidate.heading.title) if below else demoted(candidate.heading)
        )
    return chosen


def _only_letter(above: Heading, title: Heading) -> bool:
    """“Section I”, and “Placement” on the next line."""
    bare = above.kind == "section" and above.found_by == "letter" and not above.end
    return bare and above.letter == title.letter and len(above.title) <= 14


def _measured(found: Found, paragraphs: tuple[Paragraph, ...]) -> list[Candidate]:
    """Sections in order, each with the words under it; other headings that end one count too."""
    candidates: list[Candidate] = []
    edges = sorted(found)
    for place, index in enumerate(edges):
        heading = found[index]
        if heading.kind != "section":
            continue
        last = len(paragraphs)
        for after in edges[place + 1 :]:
            if found[after].kind in ("section", "many", "extra", "explainer", "banner"):
                last = after
                break
        size = sum(words(p.text) for p in paragraphs[index + 1 : last])
        size += words(paragraphs[index].text[heading.end :]) if heading.end else 0
        candidates.append(Candidate(index, heading, size))
    return candidates


def _passes(candidates: list[Candidate]) -> list[list[Candidate]]:
    """Cut where the letters begin again after a pass that named at least FEWEST of them."""
    passes: list[list[Candidate]] = [[]]
    seen: set[str] = set()
    for candidate in candidates:
        letter = candidate.heading.letter
        again = letter in seen and not candidate.heading.sub
        if again and len(seen) >= FEWEST:
            passes.append([])
            seen = set()
        passes[-1].append(candidate)
        seen.add(letter)
    return passes


def _listed(candidates: list[Candidate]) -> list[Candidate]:
    """Those that belong to contents pages and explanations."""
    passes = _passes(candidates) if candidates else []
    listed: list[Candidate] = []
    for group in sorted(passes, key=_body):
        kept = [p for p in passes if p is not group]
        others = {c.heading.letter[0] for p in kept for c in p}
        if kept and _lists(group, others, max(map(_body, kept))):
            passes = kept
            listed += _without_restart(group, {c.heading.letter for p in kept for c in p})
    return listed


def _without_restart(group: list[Candidate], kept: set[str]) -> list[Candidate]:
    """The group less what begins the plan itself: at its end, back at an early letter, with text,
    where no other such section stands (its line of the contents page was not understood)."""
    last = len(group)
    while (
        last > 1 and group[last - 1].heading.letter not in kept and group[last - 1].size > _DIGEST
    ):
        last -= 1
    restarts = last < len(group) and group[last].heading.letter < group[last - 1].heading.letter
    return group[:last] if restarts else group


def _body(group: list[Candidate]) -> int:
    """Words of a pass; what follows its last label may be the next page, so that counts little."""
    return sum(c.size for c in group[:-1]) + min(group[-1].size, LISTED)


def _lists(group: list[Candidate], others: set[str], largest: int) -> bool:
    letters = {c.heading.letter[0] for c in group}
    again = len(letters & others) / len(letters)
    size = _body(group)
    return len(letters) >= FEWEST - 1 and again >= 0.8 and size <= min(
        LISTED * len(group), max(largest - 1, 0)
    )  # fmt: skip


def _doubled(candidates: list[Candidate]) -> list[Candidate]:
    """Titles without a letter, of sections that have one elsewhere or that they stand in."""
    sizes: Counter[str] = Counter()
    lettered = set()
    inside: list[Candidate] = []
    before = ""
    for c in candidates:
        letter = c.heading.letter
        if c.heading.found_by == "letter":
            lettered |= {letter, letter[0]}
            sizes[letter] += c.size
        elif before == letter:
            inside.append(c)
            sizes[letter] += c.size
        before = letter
    doubled = [c for c in candidates if _again(c, lettered, sizes)]
    return [*inside, *doubled]


def _again(c: Candidate, lettered: set[str], sizes: Counter[str]) -> bool:
    letter = c.heading.letter
    if c.heading.found_by != "title" or letter not in lettered:
        return False
    evidence_first = letter == "K" and sizes[letter] <= _DIGEST and c.size > sizes[letter]
    return not evidence_first
