"""Who speaks in Section A: the child or young person, or a parent."""

from __future__ import annotations

from dataclasses import dataclass

from goldthread.core.checks.subject import Subject
from goldthread.core.plan.document import Paragraph

PARENTS = "parent-words"
_OWN = (" i ", " i'm ", " i've ", " i'd ", " i'll ", " my ", " me ")
_MARKS = str.maketrans(dict.fromkeys('".,:;()!?', " "))
_VIEWS = ("view", "say", "think", "hope", "aspirat", "wish", "want")
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
    own: list[Paragraph] = []
    under = ""
    for p in section.paragraphs if section else ():
        low = subject.hits.text[p.start : p.end]
        if not low.strip():
            continue
        first = first_person(low)
        parental = _opens_parental(subject, p, first) or any(
            word.strip(",:'s") in names for word in low.split(None, 3)[:3]
        )
        if p.location.paragraph in headings or (p.heading and len(low.split()) < _HEADING_WORDS):
            under = _heading_voice(subject, p, low, first)
        elif under == "parent" or (parental and not (under == "child" and first >= 0)):
            parent.append(p)
        else:
            child.append(p)
            own += [p] if first >= 0 else []
    return Voices(tuple(child), tuple(parent), tuple(own))


def _heading_voice(subject: Subject, p: Paragraph, low: str, first: int) -> str:
    """“What my family say” is the parents', “Important people in my life” the child's."""
    if subject.hits.any(PARENTS, p.start, p.end) and (
        first < 0 or any(word in low for word in _VIEWS)
    ):
        return "parent"
    return "child" if first >= 0 or "views" in low else ""


def _opens_parental(subject: Subject, p: Paragraph, first: int) -> bool:
    """A word for a parent stands near the start, before any “I” or “my”."""
    end = min(p.end, p.start + _OPENING)
    hits = subject.hits.within(PARENTS, p.start, end)
    return any(first < 0 or hit.start - p.start < first for hit in hits)


def _parent_names(subject: Subject) -> frozenset[str]:
    child = subject.plan.facts.child.forename.lower()
    people = [p for p in subject.plan.facts.people if p.role == "parent"]
    words = {p.name.lower().split()[0] for p in people if p.name.strip()}
    return frozenset(words - {child, "mr", "mrs", "ms", "miss", "dr"})
