"""What a framework is: `framework.yaml` of an edition, with its criteria, rules and lexicons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from goldthread.core.framework.criterion import (
    Criterion,
    CriterionId,
    DocumentStatus,
    NotApplicable,
)
from goldthread.core.framework.crosswalk import Crosswalk
from goldthread.core.framework.lexicon import Lexicon
from goldthread.core.framework.moderation import ModerationRule
from goldthread.core.framework.rule import Rule
from goldthread.core.framework.scale import Grading
from goldthread.core.frozen import Content, Slug

Key = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*@[0-9]{4}\.[0-9]+$")]
"""“ehc-ref@2026.1”."""


class Topic(Content):
    """A subject of continuing professional development."""

    id: Slug
    number: int
    title: str


class Profile(Content):
    """A reading of the framework for one kind of document. What an age or a status sets aside is
    said in each criterion's `applies`; what only this profile sets aside is said here."""

    id: Slug
    """draft, final, amended, early-years, post-16, s61."""
    title: str
    status: tuple[DocumentStatus, ...] = ()
    from_age: int | None = None
    to_age: int | None = None
    sets_aside: Mapping[CriterionId, NotApplicable] = Field(default_factory=dict)
    note: str


class Profession(Content):
    """Advice set: one profession that gives advice, and what its advice must hold beside the
    questions asked of all."""

    id: Slug
    title: str
    note: str


class Source(Content):
    """A law, code or judgment, and how far its text was read.

    `confirmed`: numbers whose text was read at the source, or quoted or applied by a page that was
    read; `unconfirmed`: numbers from general knowledge, still to be read. Both as written in the
    laws of criteria: “reg 12(1)”, “9.69F”.
    """

    id: Slug
    title: str
    """As criteria cite it, before the comma: “SEND Regulations 2014”."""
    link: str = ""
    confirmed: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    """Where it was read."""
    note: str = ""


class Framework(Content):
    """One edition of a standard."""

    id: Slug
    edition: Annotated[str, Field(pattern=r"^[0-9]{4}\.[0-9]+$")]
    title: str
    subject: Literal["plan", "review", "advice"]
    role: Literal["reference", "companion", "local"]
    state: Literal["draft", "published"] = "draft"
    """Not in the file: an edition is published by its line in `published.lock`."""
    extends: Key | Literal[""] = ""
    """The edition whose scale, points, reasons, topics, themes, profiles and grading it uses where
    it gives none of its own, and whose machine rules its criteria may name."""
    authority: str = ""
    """Local frameworks: whose it is."""
    law_as_at: dt.date
    summary: str
    answers: Mapping[str, str] = Field(default_factory=dict)
    """“0” to “3”, “not-applicable”, “cannot-decide” -> the answer in a word or two."""
    families: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)
    """Descriptor family -> answer -> what it means for every question of the family."""
    family_titles: Mapping[str, str] = Field(default_factory=dict)
    points: Mapping[str, Mapping[str, float]] = Field(default_factory=dict)
    """Family -> answer -> points, 0 to 1; the key “default” serves the families not named."""
    not_applicable: Mapping[str, str] = Field(default_factory=dict)
    """Reason code -> the reason in words."""
    grading: Grading | None = None
    moderation: ModerationRule | None = None
    band_labels: Mapping[str, str] = Field(default_factory=dict)
    """Band -> the label this framework shows in place of the grading's own."""
    topics: tuple[Topic, ...] = ()
    profiles: tuple[Profile, ...] = ()
    professions: tuple[Profession, ...] = ()
    themes: Mapping[str, str] = Field(default_factory=dict)
    """Section of criteria -> its name, in the order of reading."""
    agencies: Mapping[str, str] = Field(default_factory=dict)
    """Who audits: agency -> its name."""
    sources: tuple[Source, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    rules: tuple[Rule, ...] = ()
    lexicons: tuple[Lexicon, ...] = ()
    crosswalk: Crosswalk | None = None
    """Local frameworks: how their items answer the reference's (`crosswalk.yaml`)."""

    @property
    def key(self) -> str:
        """“ehc-ref@2026.1”."""
        return f"{self.id}@{self.edition}"

    def band_label(self, band: str) -> str:
        """What people read for a band: “good” -> “Good”."""
        given = {b.id: b.label for b in self.grading.bands} if self.grading else {}
        return self.band_labels.get(band) or given.get(band) or band  # type: ignore[call-overload]


INHERITED = (
    "answers", "families", "family_titles", "points", "not_applicable", "grading", "topics",
    "profiles", "themes", "agencies", "sources", "moderation",
)  # fmt: skip
"""What a framework that extends another takes from it where it gives none of its own."""


def extended(own: Framework, base: Framework) -> Framework:
    """`own` with what it leaves out taken from `base`: INHERITED, each whole or not at all."""
    taken = {name: getattr(base, name) for name in INHERITED if not getattr(own, name)}
    return own.model_copy(update=taken)
