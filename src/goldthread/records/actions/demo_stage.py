"""Who and what there is while a demonstration is filled."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from random import Random

from goldthread.core.demonstration import Demonstration, DemoPaper
from goldthread.records.queries.here import find_here
from goldthread.records.scope import Here, scope

EXTRA = range(0, 36, 3)
"""Numbers of plans that have documents whether they are drawn or not: with advice or a review."""


class Stage:
    """One invented authority as it is filled. `cast`: in the order in which they came;
    `references`: number of a plan -> its reference; `papers`: reference of a document -> it."""

    def __init__(self, code: str, demonstration: Demonstration) -> None:
        self.code = code
        self.demonstration = demonstration
        self.rng = Random(f"{demonstration.seed}/{code}")  # noqa: S311 - invention, not secrecy
        self.cast: list[Here] = []
        self.references: dict[int, str] = {}
        self.papers: dict[str, DemoPaper] = {}

    def join(self, person: int) -> Here:
        """Somebody is there from now on."""
        with scope(authority=self.code, person=person):
            here = find_here(self.code, person, "demo")
        if here is None:
            raise LookupError("who has just joined has no place")
        self.cast.append(here)
        return here

    def all(self, role: str) -> list[Here]:
        return [here for here in self.cast if role in here.roles]

    def one(self, role: str) -> Here:
        return self.all(role)[0]

    def member(self, number: int | None) -> Here:
        return next(here for here in self.cast if here.member == number)

    @property
    def plans(self) -> tuple[int, ...]:
        return tuple(p.number for p in self.demonstration.plans[self.code] if not p.draft)

    @property
    def drafts(self) -> tuple[int, ...]:
        return tuple(p.number for p in self.demonstration.plans[self.code] if p.draft)

    @property
    def numbers_with_papers(self) -> tuple[int, ...]:
        return (*EXTRA, *self.drafts)

    def number_of(self, reference: str) -> int:
        return next(n for n, found in self.references.items() if found == reference)

    @contextlib.contextmanager
    def acting(self, here: Here) -> Iterator[Here]:
        """The scope of one person at work."""
        with scope(authority=self.code, person=here.person):
            yield here
