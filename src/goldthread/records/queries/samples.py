"""Samples as they stand: what was drawn, what was replaced, how far the audits are."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count
from django.utils import timezone

from goldthread.core.audit.departures import cherry_picking
from goldthread.core.audit.drawing import Draw, Pick, redraw_differs, running_order
from goldthread.core.audit.frame import Frame, read_frame
from goldthread.core.audit.remark import Remark
from goldthread.core.audit.sizing import allocate, spread_of
from goldthread.records.models import Audit, Part, Sample, SampleLine
from goldthread.records.queries.frames import SUBJECTS
from goldthread.records.scope import Here

MODES: dict[str, str] = {"random": "Random", "thematic": "Thematic", "risk-led": "Risk-led"}
GOOD = ("good", "outstanding")
SIGNED, UNDER_WAY = "signed", ("under-way", "ready")


@dataclass(frozen=True)
class SampleRow:
    """One sample and how far it is; all numbers are of plans (or reviews, or advice), not of
    audits, and second audits are not among them."""

    reference: str
    title: str
    period: str
    mode: str
    subject: str
    state: str
    drawn_at: dt.datetime
    due_on: dt.date | None
    size: int
    """Lines to audit: drawn and not replaced, and the reserve in place of those."""
    allotted: int
    under_way: int
    signed: int

    @property
    def waiting(self) -> int:
        """Not allotted yet."""
        return self.size - self.allotted - self.under_way - self.signed

    @property
    def mode_title(self) -> str:
        return MODES.get(self.mode, self.mode)

    @property
    def subject_title(self) -> str:
        return SUBJECTS.get(self.subject, self.subject)


@dataclass(frozen=True)
class PartOf:
    """Who has one agency's part."""

    id: int
    agency: str
    auditor: int | None
    name: str
    state: str


@dataclass(frozen=True)
class AuditOf:
    """One audit of a line."""

    reference: str
    purpose: str
    state: str
    due_on: dt.date | None
    parts: tuple[PartOf, ...]


@dataclass(frozen=True)
class LineRow:
    """One line of a draw. `plan`: the plan's reference, which for advice is another than its own.

    `replaces`: the line in whose place a reserve line came.
    """

    reference: str
    plan: str
    stratum: str
    order: int
    role: str
    state: str
    reason: str
    replaces: str = ""
    audits: tuple[AuditOf, ...] = ()

    @property
    def first(self) -> AuditOf | None:
        """The audit that counts; the second one is for comparing."""
        return next((a for a in self.audits if a.purpose != "double"), None)

    @property
    def signed(self) -> bool:
        return self.first is not None and self.first.state == SIGNED


@dataclass(frozen=True)
class Stratum:
    """`held`: plans in the frame; `drawn`; `reserve`: kept; `replaced`: taken out so far."""

    name: str
    held: int
    drawn: int
    reserve: int
    replaced: int


@dataclass(frozen=True)
class SampleView:
    """One sample whole."""

    row: SampleRow
    framework: str
    themes: tuple[str, ...]
    blind: bool
    keys: tuple[str, ...]
    why: str
    asked: str
    drawn_by: str
    frame_text: str
    drawn: Draw
    lines: tuple[LineRow, ...]
    """In the order to audit them: drawn ones (spread over the strata), then the reserve."""
    strata: tuple[Stratum, ...] = ()
    others: int = 0
    """Samples drawn in the same month, this one among them."""

    @cached_property
    def frame(self) -> Frame:
        """The list that was drawn from."""
        return read_frame(self.frame_text)

    @property
    def to_audit(self) -> tuple[LineRow, ...]:
        return tuple(line for line in self.lines if line.state == "in")

    @property
    def replaced(self) -> dict[str, str]:
        """Reference -> reason."""
        return {line.reference: line.reason for line in self.lines if line.state == "replaced"}

    def departures(self, today: dt.date) -> tuple[Remark, ...]:
        """How what is audited departs from what was drawn."""
        audited = [line.reference for line in self.lines if line.signed]
        over = self.row.due_on is not None and self.row.due_on < today
        return cherry_picking(self.drawn, self.replaced, audited, closed=over)

    def redraw(self) -> tuple[str, ...]:
        """How the stored draw differs from one made again now; nothing where it does not."""
        return redraw_differs(self.frame, self.drawn)


def samples(here: Here) -> tuple[SampleRow, ...]:
    """All samples, the newest first."""
    rows = list(Sample.objects.defer("frame").order_by("-drawn_at", "-pk"))
    sizes = dict(
        SampleLine.objects.filter(state="in")
        .values_list("sample_id")
        .annotate(number=Count("pk"))
        .order_by()
    )
    states = _states(row.pk for row in rows)
    return tuple(_row(row, sizes.get(row.pk, 0), states.get(row.pk, Counter())) for row in rows)


def _states(samples: Iterable[int]) -> dict[int, Counter[str]]:
    """Sample -> state of audit -> how many; without second audits and withdrawn ones."""
    found: dict[int, Counter[str]] = {}
    rows = (
        Audit.objects.filter(line__sample__in=list(samples), line__state="in")
        .exclude(purpose="double")
        .exclude(state="withdrawn")
        .values_list("line__sample_id", "state")
        .annotate(number=Count("line_id", distinct=True))
        .order_by()
    )
    for sample, state, number in rows:
        found.setdefault(sample, Counter())[state] += number
    return found


def _row(row: Sample, size: int, states: Counter[str]) -> SampleRow:
    return SampleRow(
        reference=row.reference, title=row.title, period=row.period, mode=row.mode,
        subject=row.subject, state=row.state, drawn_at=row.drawn_at, due_on=row.due_on, size=size,
        allotted=states["allotted"], under_way=sum(states[s] for s in UNDER_WAY),
        signed=states[SIGNED],
    )  # fmt: skip


def get_sample(here: Here, reference: str) -> SampleView:
    """One sample. Errors: ObjectDoesNotExist."""
    row = Sample.objects.select_related("drawn_by__person").get(reference=reference)
    stored = list(row.lines.select_related("plan", "takes_from"))
    drawn = stored_draw(row, stored)
    audits = _audits(here, row)
    named = {line.reference: _line(line, audits.get(line.pk, ())) for line in stored}
    order = [*running_order(drawn), *drawn.of("reserve")]
    lines = tuple(named[pick.reference] for pick in order)
    size = sum(line.state == "in" for line in lines)
    return SampleView(
        row=_row(row, size, _states([row.pk]).get(row.pk, Counter())),
        framework=row.framework, themes=tuple(row.themes), blind=row.blind, keys=tuple(row.keys),
        why=row.why, asked=row.asked,
        drawn_by=row.drawn_by.person.name if row.drawn_by and here.can("see-people") else "",
        frame_text=row.frame, drawn=drawn, lines=lines,
        strata=_strata(row, drawn, lines),
        others=Sample.objects.filter(period__startswith=row.period[:7]).count(),
    )  # fmt: skip


def stored_draw(row: Sample, lines: Iterable[SampleLine]) -> Draw:
    """The draw as it was kept."""
    sizes = tuple((stratum, said["drawn"]) for stratum, said in sorted(row.sizes.items()))
    picks = sorted(lines, key=lambda line: (line.stratum, line.role != "main", line.order))
    return Draw(
        row.period, row.salt, row.frame_digest, row.seed,
        tuple(Pick(p.reference, p.stratum, p.order, p.role) for p in picks), sizes,
    )  # fmt: skip


def _strata(row: Sample, drawn: Draw, lines: Sequence[LineRow]) -> tuple[Stratum, ...]:
    out = Counter(line.stratum for line in lines if line.state == "replaced")
    return tuple(
        Stratum(name, row.sizes[name]["plans"], size, len(drawn.of("reserve", name)), out[name])
        for name, size in drawn.sizes
    )


def _audits(here: Here, row: Sample) -> dict[int, tuple[AuditOf, ...]]:
    parts: dict[int, list[PartOf]] = {}
    found = Part.objects.filter(audit__line__sample=row).exclude(audit__state="withdrawn")
    for part in found.select_related("auditor__person").order_by("-lead", "pk"):
        parts.setdefault(part.audit_id, []).append(_part(here, part))
    audits: dict[int, list[AuditOf]] = {}
    rows = Audit.objects.filter(line__sample=row).exclude(state="withdrawn").order_by("pk")
    for audit in rows:
        audits.setdefault(audit.line_id, []).append(
            AuditOf(audit.reference, audit.purpose, audit.state, audit.due_on,
                    tuple(parts.get(audit.pk, ())))
        )  # fmt: skip
    return {line: tuple(found) for line, found in audits.items()}


def _part(here: Here, part: Part) -> PartOf:
    named = part.auditor is not None and here.can("see-people")
    return PartOf(
        part.pk, part.agency, part.auditor_id, part.auditor.person.name if named else "", part.state
    )


def _line(line: SampleLine, audits: tuple[AuditOf, ...]) -> LineRow:
    return LineRow(
        reference=line.reference, plan=line.plan.reference if line.plan else "",
        stratum=line.stratum, order=line.order, role=line.role, state=line.state,
        reason=line.reason, replaces=line.takes_from.reference if line.takes_from else "",
        audits=audits,
    )  # fmt: skip


def allocation(frame: Frame, size: int, subject: str, keys: Sequence[str]) -> dict[str, int]:
    """How many of each stratum: by its size and how much its plans differed so far.

    Errors: ValueError, one sentence.
    """
    return allocate(size, frame.sizes, spreads(subject, keys))


def spreads(subject: str, keys: Sequence[str]) -> Mapping[str, float]:
    """Stratum -> standard deviation of “good or better” in signed random samples so divided."""
    rows = Audit.objects.filter(
        state=SIGNED, purpose="sample", subject=subject, line__sample__mode="random",
        line__sample__keys=list(keys),
    ).exclude(band="")  # fmt: skip
    met, rated = Counter[str](), Counter[str]()
    for stratum, band in rows.values_list("line__stratum", "band"):
        rated[stratum] += 1
        met[stratum] += band in GOOD
    return {stratum: spread_of(met[stratum], number) for stratum, number in rated.items()}


@dataclass(frozen=True)
class Waiting:
    """What waits for one person. `overdue`: of the open ones; `to_sign`: whole audits."""

    member: int
    name: str
    agency: str
    allotted: int
    under_way: int
    done: int
    overdue: int
    to_sign: int
    next_due: dt.date | None

    @property
    def open(self) -> int:
        return self.allotted + self.under_way


@dataclass(frozen=True)
class Chase:
    """One part that others wait for. `others_done`: parts of the same audit that are done."""

    audit: str
    plan: str
    sample: str
    agency: str
    name: str
    state: str
    due_on: dt.date | None
    overdue: bool
    others_done: int
    part: int


@dataclass(frozen=True)
class Progress:
    """Who is waiting for whom: people with the most overdue first; parts by due date."""

    people: tuple[Waiting, ...]
    chase: tuple[Chase, ...]
    unheld: int
    """Parts that nobody has: their auditor has left."""


def progress(here: Here, today: dt.date | None = None) -> Progress:
    """Parts of audits that are neither signed nor withdrawn, of samples and others alike."""
    here.check("see-samples")
    day = today or timezone.localdate()
    parts = list(
        Part.objects.exclude(audit__state__in=(SIGNED, "withdrawn"))
        .exclude(audit__purpose="anchor")
        .select_related("audit__plan", "audit__line__sample", "auditor__person")
        .defer("audit__signed", "audit__line__sample__frame", "audit__line__sample__asked")
        .order_by("audit__due_on", "audit__reference", "-lead", "pk")
    )
    done = Counter(part.audit_id for part in parts if part.state == "done")
    held: dict[int, list[Part]] = {}
    for part in parts:
        if part.auditor_id is not None:
            held.setdefault(part.auditor_id, []).append(part)
    people = [_waiting(here, own, day) for own in held.values()]
    return Progress(
        tuple(sorted(people, key=lambda w: (-w.overdue, w.next_due or dt.date.max, w.name))),
        tuple(_chase(here, p, day, done[p.audit_id]) for p in parts if p.state != "done"),
        sum(part.auditor_id is None and part.state != "done" for part in parts),
    )


def _waiting(here: Here, parts: Sequence[Part], day: dt.date) -> Waiting:
    states = Counter(part.state for part in parts)
    left = [part for part in parts if part.state != "done"]
    due = [part.audit.due_on for part in left if part.audit.due_on]
    return Waiting(
        member=parts[0].auditor_id, name=_part(here, parts[0]).name, agency=parts[0].agency,
        allotted=states["allotted"], under_way=states["under-way"] + states["reopened"],
        done=states["done"], overdue=sum(_late(part, day) for part in left),
        to_sign=sum(part.lead and part.audit.state == "ready" for part in parts),
        next_due=min(due, default=None),
    )  # fmt: skip


def _chase(here: Here, part: Part, day: dt.date, others_done: int) -> Chase:
    audit = part.audit
    return Chase(
        audit=audit.reference, plan=audit.plan.reference if audit.plan else "",
        sample=audit.line.sample.reference if audit.line else "", agency=part.agency,
        name=_part(here, part).name, state=part.state, due_on=audit.due_on,
        overdue=_late(part, day), others_done=others_done, part=part.pk,
    )  # fmt: skip


def _late(part: Part, day: dt.date) -> bool:
    return part.audit.due_on is not None and part.audit.due_on < day
