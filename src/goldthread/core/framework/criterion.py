"""What a criterion is: one YAML file of `frameworks/<framework>/<edition>/criteria/`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from goldthread.core.frozen import Content

CriterionId = Annotated[str, Field(pattern=r"^[A-Z]{1,3}[0-9]{1,2}(-[a-z0-9]+)+$")]
"""“F2-quantified”: letter or letters, number, and a word or more that say what it asks."""
RuleId = Annotated[str, Field(pattern=r"^M[0-9]{2}$")]
Agency = Literal["education", "health", "social-care", "all", "author"]
DocumentStatus = Literal["draft", "final", "amended"]
NotApplicable = Literal["age", "no-such-need", "no-budget", "draft-stage", "s61-package"]
"""The reasons for which a criterion may be set aside."""


class Law(Content):
    """Where the question comes from."""

    source: str
    """As lawyers cite it: “SEND Regulations 2014, reg 12(1)(c)”, “SEND Code 2015, 9.69F”."""
    confirmed: bool
    """Whether the text was read at the source, or quoted or applied by a page that was read."""
    note: str = ""


class Applies(Content):
    """To which documents the question applies; empty means to all."""

    status: tuple[DocumentStatus, ...] = ()
    from_year: int | None = None
    """School year (National Curriculum year) from which it applies: 9."""
    from_age: int | None = None
    to_age: int | None = None
    setting: Literal["", "mainstream", "special"] = ""
    otherwise: NotApplicable | None = None
    """The reason code when it does not apply by these keys."""
    reasons: tuple[NotApplicable, ...] = ()
    """Further reason codes that a person may give."""


class Example(Content):
    """An invented extract and what it earns; where machine rules exist it is their test.

    `text` stands in the criterion's own section (or `section`) of an otherwise sound plan: one
    line a paragraph, lines that begin with “- ” are items.
    """

    text: str
    why: str
    """One sentence: what makes it pass or fail."""
    section: str = ""
    plan: Mapping[str, str] = Field(default_factory=dict)
    """Other sections to replace: letter -> text."""
    front: Mapping[str, str] = Field(default_factory=dict)
    """Front-page lines to replace: “Status”, “Date of birth”, “Year group”, …"""
    rules: tuple[RuleId, ...] = ()
    """Failing examples: the rules that must flag it; all of the criterion's rules when empty, of
    which at least one must."""


class Examples(Content):
    passing: tuple[Example, ...] = Field(min_length=2)
    failing: tuple[Example, ...] = Field(min_length=2)


class Criterion(Content):
    """One question of a framework, answered 0 to 3, not applicable or cannot decide."""

    id: CriterionId
    section: str
    """A to K, H1, H2; X (whole document), GT (golden thread), P (preparing for adulthood), L
    (language); or the companion set's own: AR, ADV."""
    question: str
    why: str
    """Why it matters to the child, the family or the law: one to three sentences."""
    kind: Literal["statutory", "guidance", "quality"]
    gate: Literal["", "critical", "major"] = ""
    law: tuple[Law, ...]
    family: Literal["presence", "coverage", "slots", "judgement"]
    weight: Literal[1, 2, 3]
    core: bool = False
    """Belongs to the CORE-25, on which authorities are compared."""
    agencies: tuple[Agency, ...] = Field(min_length=1)
    topics: tuple[str, ...] = Field(min_length=1)
    """Ids of CPD topics (`framework.yaml`)."""
    descriptors: Mapping[Literal["0", "1", "2", "3"], str]
    """What each answer looks like for this question; no “3” in the family presence."""
    applies: Applies = Applies()
    rules: tuple[RuleId, ...] = ()
    """Machine rules that suggest an answer."""
    look_for: tuple[str, ...] = ()
    """What an auditor looks for, in the order of looking."""
    examples: Examples
    professions: Mapping[str, str] = Field(default_factory=dict)
    """Advice set: what the question means for one profession (id -> note)."""
    author: str
    checker: str = "none yet"
    next_review: dt.date
    valid_from: dt.date
    valid_to: dt.date | None = None

    @model_validator(mode="after")
    def _descriptors_fit_the_family(self) -> Criterion:
        wanted = {"0", "1", "2"} if self.family == "presence" else {"0", "1", "2", "3"}
        if set(self.descriptors) != wanted:
            raise ValueError(
                f"family {self.family} needs descriptors for {', '.join(sorted(wanted))}"
            )
        return self
