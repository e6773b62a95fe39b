"""What was decided about drafts, and what people answered about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from goldthread.records.models import Answer, GateDecision
from goldthread.records.scope import Here


@dataclass(frozen=True)
class Decision:
    """One answer to “is this draft ready to issue?”. `state`: ready, blocked, asked, overridden."""

    document: str
    version: int
    state: str
    blocks: tuple[str, ...]
    """Criteria that blocked."""
    overrides: tuple[str, ...]
    reason: str
    by: int | None
    by_name: str
    at: dt.datetime


def decisions_of(here: Here, plan: int) -> tuple[Decision, ...]:
    """About all versions of a plan that the caller may see, the newest first."""
    return _decisions(plan=plan)


def decisions_about(here: Here, document: int) -> tuple[Decision, ...]:
    """About one version, the newest first."""
    return _decisions(pk=document)


def _decisions(**document: int) -> tuple[Decision, ...]:
    about = {f"document__{name}": value for name, value in document.items()}
    rows = GateDecision.objects.filter(**about).select_related("document", "by__person")
    return tuple(_decision(row) for row in rows.order_by("-id"))


def _decision(row: GateDecision) -> Decision:
    return Decision(
        document=row.document.reference, version=row.document.version, state=row.state,
        blocks=tuple(b["criterion"] for b in row.blocks), overrides=tuple(row.overrides),
        reason=row.reason, by=row.by_id, by_name=row.by.person.name if row.by else "", at=row.at,
    )  # fmt: skip


def last_decisions(here: Here, documents: tuple[int, ...]) -> Mapping[int, str]:
    """Document -> the state of the newest decision about it."""
    rows = GateDecision.objects.filter(document__in=documents).order_by("id")
    return {row.document_id: row.state for row in rows}


def people_of(here: Here, document: int) -> Mapping[str, str]:
    """Criterion -> what people answered about this version, as text; the latest answer counts.

    The answers of withdrawn audits are left out.
    """
    rows = Answer.objects.filter(audit__document=document).exclude(value="")
    rows = rows.exclude(audit__state="withdrawn").order_by("answered_at", "id")
    return {row.criterion: row.value for row in rows}
