"""The marks by which auditors are compared, and whose they are: of one authority, signed only.

Marks are read from what was signed, which moderation never changes. Only what is needed of it is
taken out, in the database: an audit's whole text is a hundred times as much.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Max, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from goldthread.core.audit.marks import Drawn, Mark
from goldthread.core.audit.signed import SignedAudit
from goldthread.records.models import Audit, Membership
from goldthread.records.roles import AGENCIES
from goldthread.records.scope import Here

YEAR = dt.timedelta(days=365)
"""Of marks: older ones say little of how somebody audits now."""
DRAWN: Mapping[str, Drawn] = {"sample": "random", "anchor": "anchor"}
_MARKS = """
SELECT audit.reference, audit.purpose, audit.line_id,
       audit.anchor || coalesce(' ' || (audit.facts->>'digest'), ''), audit.signed_at::date,
       coalesce(sample.mode, ''), given.criterion, given.value, given.first, given.by,
       given.agency, given.machine->>'value', given.machine->>'state', given.machine->>'when'
FROM records_audit AS audit
LEFT JOIN records_sampleline AS line ON line.id = audit.line_id
LEFT JOIN records_sample AS sample ON sample.id = line.sample_id
CROSS JOIN LATERAL jsonb_to_recordset(audit.signed->'judgements')
    AS given(criterion text, value text, first text, by text, agency text, machine jsonb)
WHERE audit.authority_id = %s AND audit.state = 'signed' AND audit.purpose <> 'imported'
    AND audit.subject = %s AND audit.signed_at >= %s AND given.by LIKE 'member %%'
ORDER BY audit.signed_at, audit.id
"""


@dataclass(frozen=True)
class Stamp:
    """Changes whenever marks do: audits signed within the year, when the last was, and by which
    edition of a framework."""

    since: dt.date
    audits: int
    last: dt.datetime | None
    framework: str = ""


@dataclass(frozen=True)
class AuditorName:
    """An auditor as the quality lead sees them; `here` False once their access has ended."""

    member: int
    name: str
    agency: str
    here: bool


def since(today: dt.date) -> dt.date:
    """The first day of the month a year ago: the year moves on once a month."""
    return (today - YEAR).replace(day=1)


def stamp(here: Here, subject: str) -> Stamp:
    """Cheap: asked at every page, to know whether what was worked out still stands."""
    begin = since(timezone.localdate())
    rows = Audit.objects.filter(
        authority_id=here.authority, state="signed", subject=subject, signed_at__date__gte=begin
    ).exclude(purpose="imported")
    found = rows.aggregate(audits=Count("pk"), last=Max("signed_at"))
    latest = rows.order_by("-signed_at").values_list("framework", flat=True).first()
    return Stamp(begin, found["audits"], found["last"], latest or "")


def subjects(here: Here) -> tuple[str, ...]:
    """Kinds of document of which anything was signed within the year, plans first."""
    rows = Audit.objects.filter(
        authority_id=here.authority, state="signed",
        signed_at__date__gte=since(timezone.localdate()),
    ).exclude(purpose="imported")  # fmt: skip
    found = set(rows.values_list("subject", flat=True).distinct())
    return tuple(subject for subject in ("plan", "review", "advice") if subject in found)


def marks(here: Here, subject: str, begin: dt.date) -> tuple[Mark, ...]:
    """Everybody's own answers of the year, in the order of signing.

    Errors: NotAllowed for somebody who may see neither agreement nor their own strictness.
    """
    if not here.can("calibrate"):
        here.check("see-trust")
    with connection.cursor() as cursor:
        cursor.execute(_MARKS, [here.authority, subject, begin])
        return tuple(_mark(row) for row in cursor.fetchall())


def _mark(row: tuple[Any, ...]) -> Mark:
    reference, purpose, line, anchor, on, mode, criterion, value, first, by, agency, *seen = row
    machine, state, when = seen
    drawn = DRAWN.get(purpose, "chosen")
    if purpose == "double":
        drawn = "random" if mode == "random" else "chosen"
    return Mark(
        document=_document(purpose, anchor, line, reference), audit=reference,
        second=purpose == "double", drawn=drawn, criterion=criterion, by=int(by.split()[1]),
        agency=agency, value=_value(value if first is None else first), seen=when == "before",
        machine=None if machine is None else int(machine), state=state or "", on=on,
    )  # fmt: skip


def _document(purpose: str, anchor: str, line: int | None, reference: str) -> str:
    """What was marked: the same text for both audits of a line, and for all of an anchor as it
    was then, because an anchor that was changed is another (methods, d.6)."""
    if purpose == "anchor":
        return f"anchor {anchor}"
    return f"audit {reference}" if line is None else f"line {line}"


def _value(said: str) -> Any:
    return int(said) if said.isdigit() else said


def double_audits(here: Here, subject: str, begin: dt.date) -> tuple[tuple[str, SignedAudit], ...]:
    """(document, audit) of every document that two people marked whole: with all themes."""
    rows = Audit.objects.filter(
        authority_id=here.authority, state="signed", subject=subject, signed_at__date__gte=begin,
        line__isnull=False, themes=[],
    )  # fmt: skip
    twice = rows.filter(purpose="double").values("line")
    found = rows.filter(line__in=twice).order_by("line", "made_at", "pk")
    # As text: the values of JSON would have to be written as text again to be read.
    texts = found.annotate(text=Cast("signed", TextField())).values_list("line", "purpose", "text")
    inorder = sorted(texts, key=lambda row: (row[0], row[1] == "double"))
    return tuple((f"line {line}", SignedAudit.from_json(text)) for line, _, text in inorder)


def names(here: Here, members: Iterable[int]) -> dict[int, AuditorName]:
    """Member -> who it is. Errors: NotAllowed for somebody who may not see named auditors."""
    here.check("see-strictness")
    now = timezone.now()
    rows = Membership.objects.filter(
        authority_id=here.authority, pk__in=set(members)
    ).select_related("person")
    return {
        row.pk: AuditorName(
            row.pk, row.person.name, AGENCIES.get(row.agency, ""),
            row.ended_at is None and (row.ends_at is None or row.ends_at > now),
        )
        for row in rows
    }  # fmt: skip
