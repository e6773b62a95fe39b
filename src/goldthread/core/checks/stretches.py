"""Where sections stand in a document's text, as few long stretches, and sentences in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from goldthread.core.checks.finding import Quote
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.words import Hit
from goldthread.core.plan.document import Paragraph
from goldthread.core.plan.plan import Item

_SPACES = str.maketrans(dict.fromkeys('.,;:()[]!?"', " "))
ENDS = (". ", "! ", "? ", "\n")


def stretches(subject: Subject, *letters: str) -> list[tuple[int, int]]:
    """(start, end) in the document's text of the sections named; neighbours are joined."""
    return subject.kept(("stretches", letters), lambda: _find(subject, letters))


def _find(subject: Subject, letters: Sequence[str]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for letter in letters:
        section = subject.plan.section(letter)
        found += _joined(section.paragraphs) if section else []
    return found


def _joined(paragraphs: Sequence[Paragraph]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for p in paragraphs:
        end = p.start + len(p.text)
        if found and found[-1][1] + 1 == p.start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((p.start, end))
    return found


def text_of(subject: Subject, *letters: str) -> str:
    """Plain text (lower case, straight quotes, no line breaks) of the sections named."""
    text = subject.hits.text
    return subject.kept(
        ("text", letters), lambda: " ".join(text[a:b] for a, b in stretches(subject, *letters))
    )


def hits_of(subject: Subject, lexicon: str, *letters: str) -> list[Hit]:
    """Terms of `lexicon` in the sections named, in their order."""
    spans = stretches(subject, *letters)
    return [hit for start, end in spans for hit in subject.hits.within(lexicon, start, end)]


def counted(subject: Subject, lexicon: str, *letters: str) -> dict[str, int]:
    """How often the terms of a list that is not scanned stand in the sections named, by group.

    For lists of common words of which one short section is asked: the scan would find hundreds.
    """
    words = text_of(subject, *letters).translate(_SPACES).split()
    text, counts = f" {' '.join(words)} ", Counter(words)
    found: dict[str, int] = {}
    for term, group in subject.words.lists[lexicon].items():
        if term.endswith("*"):
            count = text.count(f" {term[:-1]}")
        elif " " not in term:
            count = counts.get(term, 0)
        else:
            count = text.count(f" {term} ") if term.split(" ", 1)[0] in counts else 0
        if count:
            found[group] = found.get(group, 0) + count
    return found


def item_at(subject: Subject, paragraph: Paragraph) -> Item | None:
    """The item in which a paragraph stands."""
    by_number = subject.kept("items", lambda: _items_by_paragraph(subject))
    return by_number.get(paragraph.location.paragraph)


def _items_by_paragraph(subject: Subject) -> dict[int | None, Item]:
    return {p.location.paragraph: item for item in subject.plan.items for p in item.paragraphs}


def sentence_at(subject: Subject, start: int, end: int) -> tuple[int, int]:
    """The sentence around [start, end) of the document's text, within its paragraph."""
    paragraph = subject.paragraph_at(start)
    text, low, high = subject.plan.document.text, paragraph.start, paragraph.end
    first = max(
        (
            text.rfind(mark, low, start) + len(mark)
            for mark in ENDS
            if text.rfind(mark, low, start) >= 0
        ),
        default=low,
    )
    lasts = [at + 1 for mark in ENDS[:3] if (at := text.find(mark, end, high)) >= 0]
    return first, min(lasts, default=high)


def quote_sentence(subject: Subject, start: int, end: int) -> Quote:
    """The sentence around [start, end), quoted as it stands."""
    first, last = sentence_at(subject, start, end)
    return subject.quote(subject.paragraph_at(start), first, last)


def quotes_of(subject: Subject, hits: Sequence[Hit], most: int = 5) -> Iterator[Quote]:
    """The words found, quoted, `most` of them at most."""
    return (subject.quote_hit(hit) for hit in hits[:most])
