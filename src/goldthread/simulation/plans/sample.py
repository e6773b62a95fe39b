"""An invented plan as a value: before it has any layout."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

LETTERS = ("A", "B", "C", "D", "E", "F", "G", "H1", "H2", "I", "J", "K")
KINDS = {"B": "need", "C": "need", "D": "need", "E": "outcome"}


@dataclass(slots=True)
class Child:
    """The invented child or young person."""

    forename: str
    surname: str
    pronoun: str
    born: dt.date
    year: int
    """School year: 0 is Reception, below 0 early years, above 13 college."""
    year_group: str
    age: str
    """e, p, s or a: see `stock.Triple.ages`."""
    level: str
    """low or high: see `stock.Triple.level`."""
    school: str
    old_school: str
    setting_type: str
    authority: str
    board: str
    mother: str
    father: str
    diagnoses: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.forename} {self.surname}"


@dataclass(slots=True)
class Item:
    """A need, outcome or provision: `text` is what a reader of the row should see.

    `parts` are what the columns of a table say; joined in order by spaces they are `text`, unless
    a fault has replaced the text (then they are empty).
    """

    letter: str
    area: str
    number: int
    """Need 3, Outcome 3 and Provision 3 belong together."""
    triple: str
    topic: str
    text: str
    parts: dict[str, str] = field(default_factory=dict)
    marked: str = ""
    """The text with marks of change (see `blocks`); empty when it has none."""

    @property
    def kind(self) -> str:
        return KINDS.get(self.letter, "provision")


@dataclass(slots=True)
class Section:
    """What stands in one section, in order: `before`, strengths and items by area, `after`."""

    letter: str
    before: list[str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    strengths: dict[str, list[str]] = field(default_factory=dict)
    nil_areas: dict[str, str] = field(default_factory=dict)
    after: list[str] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        """Every sentence that stands in it, without layout."""
        strengths = [s for found in self.strengths.values() for s in found]
        items = [item.text for item in self.items]
        return [*self.before, *strengths, *items, *self.nil_areas.values(), *self.after]


@dataclass(slots=True)
class Advice:
    """A row of Section K."""

    profession: str
    role: str
    author: str
    day: dt.date | None
    note: str = ""
    appended: bool = True


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault that was planted, or that follows from one that was."""

    rule: str
    section: str
    quote: str
    """Words that stand in the file; empty for something that is missing."""
    note: str
    item: Item | None = None
    unsure: tuple[str, ...] = ()
    """Further rules that may well speak here too; counted neither way."""


@dataclass(slots=True)
class Layout:
    """How the plan is set out."""

    family: str
    headings: dict[str, str]
    areas: dict[str, str]
    heading_style: str = "styled"
    """styled · bold · shaded (a one-cell table)."""
    contents: bool = False
    explainer: bool = False
    margins: bool = True
    rows: bool = False
    """Provision as a table of what, who, how much, how often."""
    numbered: bool = True
    """Items say “Need 3”, “Outcome 3”, “Provision 3”."""
    date_style: int = 0
    extras: tuple[str, ...] = ()
    """Word only: controls · textbox · nested · struck (amended plans) · merged."""
    struck: str = ""
    """What an amended plan struck out, where it shows that."""


@dataclass(slots=True)
class SamplePlan:
    """An invented plan, with what was done to it."""

    seed: int
    number: int
    status: str
    """draft · final · amended."""
    today: dt.date
    child: Child
    dates: dict[str, dt.date]
    version: str
    officer: str
    layout: Layout
    sections: dict[str, Section]
    advice: list[Advice]
    faults: list[Fault] = field(default_factory=list)
    spoiled: set[int] = field(default_factory=set)
    """Numbers of the triples that a fault has touched: no second fault touches them."""
    whole: set[str] = field(default_factory=set)
    """Sections that a fault has changed as a whole."""
    marking: str = "OFFICIAL-SENSITIVE"
    shown: dict[str, str] = field(default_factory=dict)
    """Front page facts that a fault has changed, by field; empty text leaves the field out."""

    def items(self, *letters: str) -> Iterator[Item]:
        for letter in letters:
            if letter in self.sections:
                yield from self.sections[letter].items

    @property
    def name(self) -> str:
        return f"plan-{self.seed:03}-{self.number:04}"

    @property
    def good(self) -> bool:
        return not self.faults
