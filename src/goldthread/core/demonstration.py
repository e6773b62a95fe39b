"""What a demonstration is filled with, as plain values: invented people, plans and words."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from pydantic import Field

from goldthread.core.audit.anchors import AnchorPlan
from goldthread.core.audit.experience import ExperienceForm
from goldthread.core.audit.judgement import Value
from goldthread.core.audit.listing import ListedPlan
from goldthread.core.framework.criterion import Criterion
from goldthread.core.framework.framework import Framework
from goldthread.core.frozen import Content
from goldthread.core.report.check_record import CheckRecord

AUTHORITIES = {"001": "Northmere Council (invented)", "002": "Southfold Council (invented)"}
"""Codes below 100 are never given out by the Department for Education."""


class DemoPerson(Content):
    """Somebody invented. `capacity`: audits a month; `days`: of a membership that must end."""

    authority: Literal["001", "002"] = "001"
    name: str
    roles: tuple[str, ...]
    agency: str = ""
    profession: str = ""
    team: str = ""
    capacity: int = 4
    days: int = 0

    @property
    def email(self) -> str:
        """At a domain that can never exist (RFC 2606)."""
        place = AUTHORITIES[self.authority].split(maxsplit=1)[0].lower()
        plain = unicodedata.normalize("NFKD", self.name.lower()).encode("ascii", "ignore").decode()
        words = "".join(c for c in plain if c.isalpha() or c == " ").split()
        return f"{'.'.join(words)}@{place}.example"


class DemoWords(Content):
    """What invented people write. `comments`: answer -> sentences, for any question."""

    comments: Mapping[str, tuple[str, ...]] = Field(min_length=5)
    families: tuple[str, ...]
    why_theme: str
    conflict: str
    ask_manager: str
    override: str
    panel: tuple[str, ...]
    panel_whole: str
    panel_other: str
    replies: tuple[str, ...]
    reply_answer: str


@dataclass(frozen=True)
class DemoPlan:
    """A plan of the list; a draft has no date of issue yet."""

    number: int
    listed: ListedPlan
    year: int | None
    team: str

    @property
    def draft(self) -> bool:
        return self.listed.issued_on is None


@dataclass(frozen=True)
class DemoPaper:
    """A document as its file, read and checked. `profession`: of advice."""

    name: str
    data: bytes
    record: CheckRecord
    kind: Literal["plan", "review", "advice"] = "plan"
    status: str = "unknown"
    profession: str = ""
    requested_on: dt.date | None = None
    dated_on: dt.date | None = None


@dataclass(frozen=True)
class DemoAudited:
    """A plan of the invented year: in which month (from 0) it is audited, and by whom: names, the
    first auditor of each agency, then the second ones."""

    plan: str
    month: int
    auditors: tuple[str, ...]
    need: str
    team: str


@dataclass(frozen=True)
class DemoMark:
    """An invented answer, as a form gives it; `machine`: what the machine would have suggested."""

    value: str
    machine: int | None


Marks = Mapping[tuple[str, str, str], DemoMark]
"""(plan, auditor's name, criterion) -> answer."""


@dataclass(frozen=True)
class DemoYear:
    """A year of audits before today. `marks` is the same for the same plans and auditors."""

    plans_a_month: int
    doubles_a_month: int
    marks: Callable[[Sequence[DemoAudited]], Marks]
    anchors: tuple[AnchorPlan, ...]
    anchored: Callable[[str, Criterion, Value, Random], str]
    """An auditor's answer to a question of an anchor, near the agreed one."""


@dataclass(frozen=True)
class Demonstration:
    """`papers`: a plan's number -> the plan itself last, and before it what it rests on; written
    and read only when asked for, because only some of the plans are. `plans`: by authority."""

    today: dt.date
    seed: int
    people: tuple[DemoPerson, ...]
    words: DemoWords
    plans: Mapping[str, tuple[DemoPlan, ...]]
    papers: Callable[[int], tuple[DemoPaper, ...]]
    plan_framework: Framework
    advice_framework: Framework
    form: ExperienceForm
    year: DemoYear
