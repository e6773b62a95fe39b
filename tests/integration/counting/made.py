"""Signed audits on the real database, without the pages in which people answer them."""

from __future__ import annotations

import json
from typing import Any

from goldthread.core.audit.audit import SignedAudit
from goldthread.records.models import Audit, Plan, Sample, SampleLine
from goldthread.records.references import new_reference
from goldthread.records.scope import Here, scope
from tests.counted import signed_fields
from tests.people import NORTH


def reader(code: str = NORTH, *permissions: str) -> Here:
    """Somebody who may see figures, or what is named."""
    granted = frozenset(permissions or ("see-figures", "manage-settings"))
    return Here(authority=code, person=None, via="command", permissions=granted)


def a_line(mode: str, code: str = NORTH) -> SampleLine:
    """A line of a sample of this mode."""
    sample = Sample.objects.create(
        authority_id=code, reference=new_reference("S"), title="Drawn", mode=mode, subject="plan",
        framework="ehc-ref@2026.1", period="2026-11", frame="", frame_digest="", salt="", seed="",
    )  # fmt: skip
    return SampleLine.objects.create(
        authority_id=code, sample=sample, reference=new_reference("P"), stratum="", order=1,
        role="main",
    )  # fmt: skip


def signed_audit(code: str = NORTH, mode: str = "random", answers: Any = None,
                 groups: dict[str, Any] | None = None, **changes: Any) -> Audit:  # fmt: skip
    """A signed audit of a plan with these groups, not counted yet."""
    with scope(authority=code):
        plan = Plan.objects.create(
            authority_id=code, reference=new_reference("P"), **(groups or {})
        )  # fmt: skip
        fields = signed_fields(answers, **changes)
        return Audit.objects.create(
            authority_id=code, reference=new_reference("A"), plan=plan, line=a_line(mode, code),
            **fields,
        )  # fmt: skip


def as_standing(audit: SignedAudit) -> dict[str, Any]:
    return dict(json.loads(audit.to_json()))
