"""A plan as Goldthread understands it: sections, items, facts, and where each was found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from goldthread.core.plan.document import Location, Paragraph, Problem, RawDocument

LETTERS = ("A", "B", "C", "D", "E", "F", "G", "H1", "H2", "I", "J", "K")
"""The sections of SEND Regulations 2014 reg 12(1), and K (reg 12(4)). A plan that does not part H1
from H2 has a section “H” instead of the two."""

Kind = Literal["plan", "advice", "review", "other"]
Status = Literal["draft", "final", "amended", "unknown"]
ItemKind = Literal["need", "outcome", "provision"]


@dataclass(frozen=True, slots=True)
class Item:
    """One need (B, C, D), outcome (E) or provision (F, G, H1, H2, H): a row, bullet or paragraph.

    A row is judged whole: `text` joins its cells, in the row's order, with “ · ”, each cell's text
    as it stands.
    """

    id: str
    """Letter and number in the section, from 1, in reading order: “F3”, “H1.2” for H1 and H2."""
    letter: str
    kind: ItemKind
    text: str
    paragraphs: tuple[Paragraph, ...]
    location: Location
    number: str = ""
    """The number or label the document gives it: “1”, “1.2”, “Outcome 2”."""
    area: str = ""
    """Id of the area of need it stands under (`areas.yaml`): communication, cognition, semh,
    sensory, independence, health, care, adulthood; empty when none is said."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """What the row's columns say, by role (`columns.yaml`): what, who, how_much, how_often,
    qualification, ratio, place, review, need, outcome, by_when, baseline, steps, progress."""
    row: str = ""
    """Key of the table row it stands in, shared with items of other sections in the same row (or
    in the same numbered block): an explicit link. Empty when there is none."""
    links: tuple[str, ...] = ()
    """Items it names, as written: “Outcome 2”, “E1”, “Need 3”, “1.2”."""


@dataclass(frozen=True, slots=True)
class Section:
    """One section, merged over its repeats (one for each area of need, say)."""

    letter: str
    title: str
    """The heading as it stands."""
    found_by: str
    """letter · title · column · banner · assumed."""
    confidence: float
    """0 to 1: how sure we are that this is that section."""
    paragraphs: tuple[Paragraph, ...]
    """Its text without its own heading; empty when the section is blank."""
    location: Location
    items: tuple[Item, ...] = ()
    areas: tuple[str, ...] = ()
    """Ids of the areas of need that have a heading in it, in order."""
    repeats: int = 1
    subsections: tuple[tuple[str, Location], ...] = ()
    """Headings inside it that name no area, as written: “My history”, “How I communicate”."""

    @property
    def text(self) -> str:
        return "\n".join(p.text for p in self.paragraphs)

    @property
    def blank(self) -> bool:
        return not any(p.text.strip() for p in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Stated:
    """Something the document says about itself, with the words that say so."""

    value: str
    quote: str
    location: Location
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date and what it is of.

    Roles: born · requested · draft · issued (this version) · first_made · amended · reviewed ·
    review_due · moved (next transition) · advice · signed · other.
    """

    role: str
    day: dt.date
    quote: str
    location: Location
    exact: bool = True
    """False when the day or month was filled in (“July 2026”)."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the front page, Section K, I or the sign-off names."""

    name: str
    role: str
    """child · parent · sibling · officer · or a profession id (`professions.yaml`)."""
    location: Location


@dataclass(frozen=True, slots=True)
class Advice:
    """One entry of Section K."""

    text: str
    location: Location
    author: str = ""
    profession: str = ""
    """Id in `professions.yaml`: parents, school, ep, salt, ot, physio, medical, social-care,
    hearing, vision, msi, camhs, early-years, yp, other; empty when not said."""
    day: dt.date | None = None
    appended: bool | None = None


@dataclass(frozen=True, slots=True)
class Child:
    """The child or young person the document is about, as its front page says."""

    name: Stated | None = None
    forename: str = ""
    surname: str = ""
    known_as: str = ""
    born: StatedDate | None = None
    pronoun: str = ""
    """he · she · they, from recorded sex, gender or pronouns; empty when not recorded."""
    school: Stated | None = None
    year_group: Stated | None = None
    """As written: “Year 6”, “Reception”, “Nursery”."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the front page, sign-off and Sections I and K say about the document itself."""

    child: Child = field(default_factory=Child)
    status: Status = "unknown"
    status_said: Stated | None = None
    version: Stated | None = None
    officer: Stated | None = None
    """Who signed it for the authority."""
    authority: Stated | None = None
    dates: tuple[StatedDate, ...] = ()
    people: tuple[Person, ...] = ()
    advice: tuple[Advice, ...] = ()

    def find_date(self, *roles: str) -> StatedDate | None:
        """The first date of the first of `roles` that has one."""
        for role in roles:
            for date in self.dates:
                if date.role == role:
                    return date
        return None


@dataclass(frozen=True)
class Plan:
    """A document understood: an EHC plan, or professional advice or a review in the same shape.

    In advice, needs stand in a section “B”, outcomes in “E” and recommendations in “F”, whatever
    their headings; the child's views in “A”.
    """

    document: RawDocument
    kind: Kind
    kind_reason: str
    """One sentence: why it was taken for that."""
    family: str
    """Layout family: prose, area-tables, paired, parts, booklet, banners, unknown."""
    sections: tuple[Section, ...]
    """Those found, in reading order, at most one a letter."""
    facts: Facts
    leftover: tuple[Paragraph, ...] = ()
    """Text after the front page that stands in no section."""
    front: tuple[Paragraph, ...] = ()
    """Front page, contents and explanations: not the plan itself."""
    problems: tuple[Problem, ...] = ()

    @cached_property
    def by_letter(self) -> dict[str, Section]:
        return {section.letter: section for section in self.sections}

    def section(self, letter: str) -> Section | None:
        return self.by_letter.get(letter)

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """Letters of the law that were not found; one “H” stands for neither H1 nor H2."""
        return tuple(letter for letter in LETTERS if letter not in self.by_letter)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for section in self.sections for item in section.items)

    def items_of(self, *letters: str) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.letter in letters)

    @cached_property
    def letter_of(self) -> dict[int, str]:
        """Number of a paragraph (`location.paragraph`) -> letter of its section."""
        return {
            p.location.paragraph: section.letter
            for section in self.sections
            for p in section.paragraphs
            if p.location.paragraph is not None
        }
