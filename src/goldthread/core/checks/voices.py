"""Who speaks in Section A: the child or young person, or a parent."""

from __future__ import annotations

from dataclasses import dataclass

from goldthread.core.checks.subject import Subject
from goldthread.core.plan.document import Paragraph

PARENTS = "parent-words"
_OWN = (" i ", " i'm ", " i've ", " i'd ", " i'll ", " my ", " me ")
_MARKS = str.maketrans(dict.fromkeys('".,:;()!?', " "))
_HEADING_WORDS = 10
_OPENING = 70


@dataclass(frozen=True, slots=True)
class Voices:
    """The paragraphs of Section A, by whose view each gives."""

    child: tuple[Paragraph, ...]
    parent: tuple[Paragraph, ...]
    first_person: tuple[Paragraph, ...]
    """Those of the child's paragraphs in which “I” or “my” stands."""

    @property
    def child_words(self) -> int:
        return sum(len(p.text.split()) for p in self.child)


def voices(subject: Subject) -> Voices:
    """Section A parted by speaker; empty when there is none.

    A heading settles what stands below it until the next; otherwise a paragraph that opens with a
    word for a parent (or a parent's name) is the parent's, and any other the child's.
    """
    return subject.kept("voices", lambda: _part(subject))


def first_person(low: str) -> int:
    """Offset of the first “I”, “my” or “me” in plain text; -1 when there is none."""
    text = f" {low.translate(_MARKS)} "
    return min((at for word in _OWN if (at := text.find(word)) >= 0), default=-1)


def _part(subject: Subject) -> Voices:
    section = subject.plan.section("A")
    headings = {where.paragraph for _, where in section.subsections} if section else set()
    names = _parent_names(subject)
    child: list[Paragraph] = []
    parent: list[Paragraph] = []
    under = ""
    for p in section.paragraphs if section else ():
        if not p.text.strip():
            continue
        low = subject.hits.text[p.start : p.end]
        if p.location.paragraph in headings or (p.heading and len(low.split()) < _HEADING_WORDS):
            under = "parent" if _parental(subject, p, names, low) else _child_heading(low)
        elif _speaks_as_parent(subject, p, names, low, under):
            parent.append(p)
        else:
            child.append(p)
    first = tuple(p for p in child if first_person(subject.hits.text[p.start : p.end]) >= 0)
    return Voices(tuple(child), tuple(parent), first)


def _child_heading(low: str) -> str:
    return "child" if first_person(low) >= 0 or "views" in low else ""


def _speaks_as_parent(
    subject: Subject, p: Paragraph, names: frozenset[str], low: str, under: str
) -> bool:
    if under == "parent":
        return True
    if under == "child" and first_person(low) >= 0:
        return False
    return _parental(subject, p, names, low)


def _parental(subject: Subject, p: Paragraph, names: frozenset[str], low: str) -> bool:
    end = min(p.end, p.start + _OPENING)
    first = first_person(low)
    for hit in subject.hits.within(PARENTS, p.start, end):
        if first < 0 or hit.start - p.start < first:
            return True
    opening = low.split()[:3]
    return any(word.strip(",:'s") in names for word in opening)


def _parent_names(subject: Subject) -> frozenset[str]:
    child = subject.plan.facts.child.forename.lower()
    people = [p for p in subject.plan.facts.people if p.role == "parent"]
    words = {p.name.lower().split()[0] for p in people if p.name.strip()}
    return frozenset(words - {child, "mr", "mrs", "ms", "miss", "dr"})
