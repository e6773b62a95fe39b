"""What came after an audit was signed: a second audit, moderation, replies."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from goldthread.core.audit.explaining import before_after, difference_sentences
from goldthread.core.audit.moderating import compare
from goldthread.core.audit.signed import SignedAudit
from goldthread.core.framework.framework import Framework
from goldthread.records.queries.audits import AuditRow
from goldthread.records.queries.moderation import ModerationRow, history, twin
from goldthread.records.queries.replies import ReplyRow, Right, replies_to, right_of
from goldthread.records.scope import Here
from goldthread.web.work.disagreement import WHY, Outcome, outcome_of, shortly_said


@dataclass(frozen=True)
class Twice:
    """The other audit of a plan that was marked twice."""

    reference: str
    second: bool
    """Whether the other one is the blind second."""
    alike: int
    of: int
    agree: bool


@dataclass(frozen=True)
class AfterSigning:
    """For the page of a signed audit. `signed`: the grade as it was signed, where another counts;
    `changes`: from the one to the other; `reasons`: criterion -> why its answer was changed."""

    waits: ModerationRow | None
    why: str
    outcomes: tuple[Outcome, ...]
    signed: str
    changes: tuple[str, ...]
    reasons: Mapping[str, str]
    twice: Twice | None
    right: Right | None
    may_reply: bool
    replies: tuple[ReplyRow, ...]
    may_ask: bool

    @property
    def said_above(self) -> bool:
        """Whether `changes` say what the one moderation changed."""
        return len(self.outcomes) == 1 and bool(self.signed)


def as_signed(audit: AuditRow) -> SignedAudit:
    return SignedAudit.from_json(json.dumps(audit.signed))


def as_counts(audit: AuditRow) -> SignedAudit:
    return SignedAudit.from_json(json.dumps(audit.standing or audit.signed))


def after_signing(here: Here, audit: AuditRow, framework: Framework) -> AfterSigning:
    """What this person may know of it. `audit`: signed."""
    rows = history(here, audit.id)
    waits = next((row for row in rows if row.state == "waiting"), None)
    outcomes = tuple(outcome_of(framework, row) for row in rows if row.state == "decided")
    was, now = as_signed(audit), as_counts(audit)
    moved = was.digest != now.digest
    right = right_of(here, audit.id)
    reasons = {
        line.criterion: line.reason for found in outcomes for line in found.lines if line.changed
    }
    return AfterSigning(
        waits=waits,
        why=WHY[waits.why] if waits else "",
        outcomes=outcomes,
        signed=shortly_said(framework, was.grade) if moved else "",
        changes=difference_sentences(framework, before_after(was.grade, now.grade)) if moved
        else (),
        reasons=reasons,
        twice=_twice(here, audit, framework),
        right=right,
        may_reply=right is not None and right.open_on(_today()),
        replies=replies_to(here, audit.id),
        may_ask=here.can("moderate") and waits is None and audit.purpose != "anchor",
    )  # fmt: skip


def _today() -> dt.date:
    return timezone.localdate()


def _twice(here: Here, audit: AuditRow, framework: Framework) -> Twice | None:
    other = twin(here, audit.id)
    if other is None:
        return None
    found = compare(framework, as_signed(audit), other.signed)
    return Twice(other.reference, other.purpose == "double", found.alike, found.of, not found.why)
