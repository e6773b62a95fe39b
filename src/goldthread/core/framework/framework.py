"""What a framework is: `framework.yaml` of an edition, with its criteria, rules and lexicons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from goldthread.core.framework.criterion import Criterion, DocumentStatus
from goldthread.core.framework.lexicon import Lexicon
from goldthread.core.framework.rule import Rule
from goldthread.core.frozen import Content, Slug


class Topic(Content):
    """A subject of continuing professional development."""

    id: Slug
    number: int
    title: str


class Profile(Content):
    """A reading of the framework for one kind of document; what it sets aside is said in each
    criterion's `applies`."""

    id: Slug
    """draft, final, amended, early-years, post-16, s61."""
    title: str
    status: tuple[DocumentStatus, ...] = ()
    note: str


class Framework(Content):
    """One edition of a standard."""

    id: Slug
    edition: str
    title: str
    subject: Literal["plan", "review", "advice"]
    role: Literal["reference", "companion", "local"]
    state: Literal["draft", "published"] = "draft"
    """Not in the file: an edition is published by its line in `published.lock`."""
    law_as_at: dt.date
    summary: str
    families: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)
    """Descriptor family -> answer -> what it means for every question of the family."""
    points: Mapping[str, Mapping[str, float]] = Field(default_factory=dict)
    """Family -> answer -> points, 0 to 1; the key “default” serves the families not named."""
    not_applicable: Mapping[str, str] = Field(default_factory=dict)
    """Reason code -> the reason in words."""
    topics: tuple[Topic, ...] = ()
    profiles: tuple[Profile, ...] = ()
    themes: Mapping[str, str] = Field(default_factory=dict)
    """Section of criteria -> its name."""
    criteria: tuple[Criterion, ...] = ()
    rules: tuple[Rule, ...] = ()
    lexicons: tuple[Lexicon, ...] = ()

    @property
    def key(self) -> str:
        """“ehc-ref@2026.1”."""
        return f"{self.id}@{self.edition}"
