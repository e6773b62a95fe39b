"""Bringing in past audits from a spreadsheet, whole or not at all, and taking them back.

They are kept as signed, with the day of their own, and counted apart from audits drawn at random. A
row that was corrected takes the place of the audit it made before, which is withdrawn; the same row
again changes nothing.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import timezone

from goldthread.core.audit.past import PastAudit, PastRead, imported
from goldthread.core.audit.past_mapping import PastMapping
from goldthread.core.framework.framework import Framework
from goldthread.core.measures.counting import CellKey, Count, added, counts_of
from goldthread.records import cells
from goldthread.records.actions.counting import FrameworkOf, count_many
from goldthread.records.actions.imports import MOST_REFUSALS
from goldthread.records.actions.refusing import WrongField
from goldthread.records.log import record
from goldthread.records.models import Audit, AuditMapping, Import, Part, Settings
from goldthread.records.queries.past_audits import content_of, key_of, known, plans_named
from goldthread.records.queries.plans import PAST_AUDITS
from goldthread.records.queries.standing import standing
from goldthread.records.references import new_reference
from goldthread.records.scope import Here, Refused, Stale

CHUNK = 25
"""Audits after which progress is told."""
UNDOING = {
    "wrong-file": "It was the wrong file",
    "wrong-mapping": "Columns, questions or answers were read wrongly",
    "twice": "The audits are here twice",
    "other": "Another reason",
}
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Preview:
    """What bringing in would do. `plans`: audits whose plan is known here."""

    added: int
    replaced: int
    same: int
    plans: int


@dataclass(frozen=True)
class Bringing:
    """All that is brought in: what was read, by which mapping, from which file."""

    read: PastRead
    mapping: PastMapping
    name: str
    """Of the mapping."""
    file: str
    fingerprint: str

    @property
    def tool(self) -> str:
        return self.mapping.crosswalk.tool


def preview(here: Here, bringing: Bringing) -> Preview:
    """What bringing it in would do now. Nothing is written."""
    here.check("import-audits")
    had = known(here)
    kinds = [_kind(here, bringing, past, had) for past in bringing.read.audits]
    plans = plans_named(here, (past.plan for past in bringing.read.audits))
    return Preview(
        kinds.count("added"), kinds.count("replaced"), kinds.count("same"),
        sum(past.plan in plans for past in bringing.read.audits),
    )  # fmt: skip


def _kind(
    here: Here, bringing: Bringing, past: PastAudit, had: Mapping[str, tuple[int, str]]
) -> str:
    found = had.get(key_of(here, bringing.tool, past))
    if found is None:
        return "added"
    # An erased child's audit has no content to compare: it stays as it is.
    return "same" if found[1] in ("", content_of(here, past)) else "replaced"


def bring_in(
    here: Here, bringing: Bringing, seen: Preview, framework: Framework,
    progress: Progress = lambda done, of: None,
) -> int:  # fmt: skip
    """Writes the audits and counts them, saves the mapping; gives the number of the import.

    `seen`: what was confirmed. Errors: NotAllowed; Stale when it would do something else by now;
    Refused when there is nothing to bring in.
    """
    here.check("import-audits")
    Settings.objects.select_for_update().get(authority_id=here.authority)
    if preview(here, bringing) != seen:
        raise Stale("Audits have changed since you read the file, so nothing was brought in.")
    if not seen.added + seen.replaced:
        raise Refused("All these audits are here already, so nothing was brought in.")
    had = known(here)
    new = [p for p in bringing.read.audits if _kind(here, bringing, p, had) != "same"]
    taken = _import(here, bringing, seen)
    _save(here, bringing)
    plans = plans_named(here, (past.plan for past in new))
    total = len(new)
    for start in range(0, total, CHUNK):
        chunk = new[start : start + CHUNK]
        old = [had[k][0] for p in chunk if (k := key_of(here, bringing.tool, p)) in had]
        _withdraw(here, old, lambda _: framework)
        _write(here, bringing, chunk, taken, plans, framework)
        progress(min(start + CHUNK, total), total)
    record(
        here, "past.import", subject=f"past-{taken.pk}", read=bringing.read.read,
        added=seen.added, replaced=seen.replaced, same=seen.same, refused=taken.refused,
        coverage=bringing.read.coverage.graded, digest=bringing.fingerprint,
    )  # fmt: skip
    return taken.pk


def _import(here: Here, bringing: Bringing, seen: Preview) -> Import:
    refusals = bringing.read.refusals
    return Import.objects.create(
        authority_id=here.authority, by_id=here.member, format=PAST_AUDITS,
        file=bringing.file[:200], digest=bringing.fingerprint, read=bringing.read.read,
        added=seen.added, updated=seen.replaced,
        refused=sum(r.kind == "refused" for r in refusals),
        refusals=[asdict(r) for r in refusals[:MOST_REFUSALS]],
        columns=[h[:120] for h in bringing.mapping.facts.values()],
    )  # fmt: skip


def _write(
    here: Here, bringing: Bringing, chunk: Sequence[PastAudit], taken: Import,
    plans: Mapping[str, int], framework: Framework,
) -> None:  # fmt: skip
    rows = [_row(here, bringing, past, taken, plans, framework) for past in chunk]
    made = Audit.objects.bulk_create(rows)
    Part.objects.bulk_create(
        Part(authority_id=here.authority, audit=row, agency=past.agency, lead=True, state="done",
             done_at=row.signed_at)
        for row, past in zip(made, chunk, strict=True)
    )  # fmt: skip
    count_many(made, lambda _: framework)


def _row(
    here: Here, bringing: Bringing, past: PastAudit, taken: Import, plans: Mapping[str, int],
    framework: Framework,
) -> Audit:  # fmt: skip
    signed = imported(framework, past, bringing.read.coverage, _zone(),
                      key_of(here, bringing.tool, past))  # fmt: skip
    plan = plans.get(past.plan)
    return Audit(
        authority_id=here.authority, reference=new_reference("A"), plan_id=plan,
        purpose="imported", subject="plan", framework=framework.key, mode="imported",
        state="signed", facts={"past": _beside(here, bringing, past)}, source=taken,
        signed_at=signed.at, signed=json.loads(signed.to_json()), digest=signed.digest,
        band=signed.grade.capped or "", index=signed.grade.index,
        compliance=signed.grade.compliance,
        cell={} if plan else _cell(past, framework),
    )  # fmt: skip


def _zone() -> dt.tzinfo:
    return timezone.get_current_timezone()


def _beside(here: Here, bringing: Bringing, past: PastAudit) -> dict[str, Any]:
    """What is kept beside the answers: the local grade as said, and what was made of what."""
    return {
        "content": content_of(here, past), "tool": bringing.tool, "overall": past.overall,
        "class": bringing.read.coverage.graded, "row": past.place,
        "made_from": {c: list(items) for c, items in past.made_from.items()},
        "compared": list(past.compared),
    }  # fmt: skip


def _cell(past: PastAudit, framework: Framework) -> dict[str, str]:
    """Of an audit whose plan is not known here: the groups are those that the file says."""
    month = past.on.replace(day=1)
    phase = past.phase if past.phase in ("early-years", "primary", "secondary", "post-16") else ""
    key = CellKey(month, framework.key, "plan", "imported", need=past.need, phase=phase)
    return cells.key_record(key)


def _withdraw(here: Here, ids: Sequence[int], framework_of: FrameworkOf) -> int:
    """These audits no longer count; what was signed is kept. As `uncount`, for many at once."""
    rows = list(Audit.objects.select_for_update().filter(pk__in=ids, state="signed"))
    sums: dict[CellKey, tuple[Count, ...]] = {}
    for row in rows:
        key = cells.key_from(row.cell)
        found = counts_of(framework_of(row.framework), standing(row))
        sums[key] = added(sums.get(key, ()), found)
    if rows:
        cells.beat(here.authority)
        cells.take(here.authority, sums)
    Audit.objects.filter(pk__in=[row.pk for row in rows]).update(state="withdrawn")
    return len(rows)


def undo(here: Here, number: int, reason: str, framework_of: FrameworkOf) -> int:
    """Takes back all audits of one import that still stand; how many. Sending it twice does
    nothing the second time.

    Errors: NotAllowed; WrongField; Refused when none stands; ObjectDoesNotExist.
    """
    here.check("import-audits")
    if reason not in UNDOING:
        raise WrongField("reason", "Choose why these audits are taken back.")
    taken = Import.objects.get(pk=number, format=PAST_AUDITS)
    ids = list(taken.audits.filter(state="signed").values_list("pk", flat=True))
    gone = _withdraw(here, ids, framework_of)
    if not gone:
        raise Refused("None of these audits counts any more, so there is nothing to take back.")
    record(here, "past.undo", subject=f"past-{taken.pk}", audits=gone, reason=reason)
    return gone


def check_name(name: str) -> str:
    """The name of a mapping, tidied. Errors: WrongField."""
    called = " ".join(name.split())
    if not 0 < len(called) <= 80:
        raise WrongField("name", "Give the mapping a name of at most 80 characters.")
    return called


def _save(here: Here, bringing: Bringing) -> None:
    """Keeps the mapping under its name; one of that name is replaced."""
    AuditMapping.objects.update_or_create(
        authority_id=here.authority, name=bringing.name,
        defaults={"record": bringing.mapping.model_dump(mode="json"), "used_at": timezone.now()},
    )  # fmt: skip


def delete_mapping(here: Here, number: int) -> None:
    """Errors: NotAllowed; ObjectDoesNotExist."""
    here.check("import-audits")
    row = AuditMapping.objects.get(pk=number)
    row.delete()
    record(here, "past.mapping-delete", subject=f"past-mapping-{number}")
