"""The page of an audit that was brought in: what its own tool's answers came to, and from what."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldthread.core.audit.signed import SignedAudit
from goldthread.core.audit.themes import in_order
from goldthread.core.framework.criterion import Criterion
from goldthread.core.framework.crosswalk import CLASS_WORDS
from goldthread.readers.frameworks import shared_framework
from goldthread.records.queries.audits import AuditRow
from goldthread.records.queries.past_audits import past_of
from goldthread.records.scope import Here

STATES = {"signed": "Counts, as imported", "withdrawn": "Taken back; it does not count"}


@dataclass(frozen=True)
class Line:
    criterion: Criterion
    answer: str
    made_from: str
    compared: bool


def past_audit(request: HttpRequest, here: Here, audit: AuditRow) -> HttpResponse:
    """The answers that could be made, each with the columns behind it; no band, and why not."""
    signed = SignedAudit.from_json(json.dumps(audit.signed))
    framework = shared_framework(audit.blank.framework_key)
    past = past_of(here, audit.id)
    given = {j.criterion: j.value for j in signed.judgements}
    words = {**framework.not_applicable, **{n: f"{n} {w}" for n, w in framework.answers.items()}}
    lines = [
        Line(c, words.get(str(given[c.id]), str(given[c.id])),
             ", ".join(past.made_from.get(c.id, ())), c.id in past.compared)
        for c in in_order(framework, framework.criteria) if c.id in given
    ]  # fmt: skip
    context = {
        "audit": audit, "past": past, "lines": lines, "why": signed.grade.why_ungraded,
        "index": signed.grade.index, "state": STATES.get(audit.state, audit.state),
        "coverage": CLASS_WORDS.get(past.graded, ""),  # type: ignore[call-overload]
        "may_import": here.can("import-audits"),
    }  # fmt: skip
    return render(request, "work/past_audit.html", context)
