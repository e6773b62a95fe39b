"""Invented signed audits and cells, for tests of figures."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from goldthread.core.audit.judgement import Value
from goldthread.core.measures.counting import CellKey
from tests.judgements import signed


def a_cell(**changes: Any) -> CellKey:
    given: dict[str, Any] = {
        "month": dt.date(2026, 11, 1), "framework": "ehc-ref@2026.1", "subject": "plan",
        "drawn": "random",
    }  # fmt: skip
    return CellKey(**given | changes)


def signed_fields(answers: Mapping[str, Value] | None = None, **changes: Any) -> dict[str, Any]:
    """Fields of an `Audit` that was signed with every question at 2, but for `answers`."""
    audit = signed(answers)
    fields = {
        "framework": audit.framework, "mode": "blind", "state": "signed", "purpose": "sample",
        "signed": json.loads(audit.to_json()), "digest": audit.digest, "signed_at": audit.at,
        "band": audit.grade.capped or "", "index": audit.grade.index,
        "compliance": audit.grade.compliance,
    }  # fmt: skip
    return fields | changes
