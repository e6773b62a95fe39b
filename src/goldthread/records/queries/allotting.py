"""Who could audit what: auditors with their room, and a preview of an allotment."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from goldthread.core.audit.allotting import DOUBLE, Allotment, Auditor, allot
from goldthread.core.audit.remark import counted
from goldthread.core.audit.sharing import AGENCIES as IN_ORDER
from goldthread.records.models import Membership, Part, Sample, SampleLine
from goldthread.records.queries.samples import LineRow, SampleView
from goldthread.records.queries.ties import ties
from goldthread.records.roles import AGENCIES
from goldthread.records.scope import Here, Refused

PROFESSIONALS = ("auditor", "quality-lead")
"""Roles that audit for education, health or social care."""
CYCLE = dt.timedelta(days=365)
"""Pairs of auditors who marked a common plan within it are linked already."""


@dataclass(frozen=True)
class AuditorRow:
    """`workload`: parts they still have to do, and those done of this month's."""

    member: int
    name: str
    agency: str
    capacity: int
    workload: int

    @property
    def room(self) -> int:
        return max(0, self.capacity - self.workload)


@dataclass(frozen=True)
class AllotAsked:
    """`number`: lines to allot now; `double`: the share that two people mark (0-1); `most`: member
    -> parts they may get this time; who is not named gets none."""

    agencies: tuple[str, ...]
    due_on: dt.date
    number: int
    double: float = DOUBLE
    most: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Gets:
    """What one person would get: `first` and `second` parts, beside the `workload` there is."""

    auditor: AuditorRow
    first: int
    second: int

    @property
    def all(self) -> int:
        return self.first + self.second

    @property
    def over(self) -> bool:
        """More than they said they can do in a month."""
        return self.auditor.workload + self.first + self.second > self.auditor.capacity


@dataclass(frozen=True)
class Assigned:
    """One part of one line. `second`: of the audit that is compared with the first."""

    line: str
    agency: str
    auditor: AuditorRow
    second: bool


@dataclass(frozen=True)
class Preview:
    """Who would get what. `unplaced`: line -> why it waits; `digest`: of all of it."""

    lines: tuple[LineRow, ...]
    parts: tuple[Assigned, ...]
    people: tuple[Gets, ...]
    unplaced: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]
    digest: str

    @property
    def doubles(self) -> int:
        return len({part.line for part in self.parts if part.second})

    def of(self, line: str, second: bool = False) -> tuple[Assigned, ...]:
        """The parts of one line's first or second audit, the agencies in their usual order."""
        mine = (p for p in self.parts if p.line == line and p.second == second)
        return tuple(sorted(mine, key=lambda p: IN_ORDER.index(p.agency)))


def agency_for(roles: Iterable[str], agency: str) -> str:
    """For which agency somebody audits; empty when for none."""
    held = set(roles)
    if agency in AGENCIES and agency != "parent-carer" and held & set(PROFESSIONALS):
        return agency
    return "parent-carer" if "parent-carer-auditor" in held else ""


def auditors(here: Here) -> tuple[AuditorRow, ...]:
    """Everybody who audits here today, by agency and name."""
    now = timezone.now()
    rows = (
        Membership.objects.filter(
            Q(ends_at=None) | Q(ends_at__gt=now), authority_id=here.authority, ended_at=None,
            starts_on__lte=timezone.localdate(), person__is_active=True,
        )
        .select_related("person")
        .order_by("person__name", "pk")
    )  # fmt: skip
    busy = _workloads()
    found = [
        AuditorRow(row.pk, row.person.name, agency, row.capacity, busy[row.pk])
        for row in rows
        if (agency := agency_for(row.roles, row.agency))
    ]
    return tuple(sorted(found, key=lambda a: IN_ORDER.index(a.agency)))


def _workloads() -> Counter[int]:
    month = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    rows = Part.objects.exclude(auditor=None).exclude(audit__state="withdrawn")
    rows = rows.filter(~Q(state="done") & ~Q(audit__state="signed") | Q(allotted_at__gte=month))
    return Counter(rows.values_list("auditor_id", flat=True))


def waiting(sample: SampleView) -> tuple[LineRow, ...]:
    """Lines that have no audit yet, in the order to allot them: first those that came from the
    reserve, because their places were drawn earlier."""
    left = [line for line in sample.to_audit if line.first is None]
    return tuple(sorted(left, key=lambda line: line.role != "reserve"))


def preview(here: Here, sample: SampleView, asked: AllotAsked) -> Preview:
    """Who would get what. Errors: Refused when there is nothing to allot or nobody to ask."""
    lines = waiting(sample)[: asked.number]
    _check(sample, asked, lines)
    plans = _plans(sample, lines)
    people = {a.member: a for a in auditors(here)}
    taking = [a for a in people.values() if a.agency in asked.agencies and asked.most.get(a.member)]
    gone = {line.reference: "The plan is no longer kept here." for line in lines
            if line.reference not in plans}  # fmt: skip
    desk = _Desk(taking, _barred(taking, plans), asked, sample.drawn.seed)
    first = desk.allot(plans)
    names = {v: k for k, v in AGENCIES.items()}
    out = gone | {u.reference: u.reason for u in first.unplaced}
    placed = [reference for reference in plans if reference not in out]
    # A plan that one agency cannot take waits whole; without it the others are arranged anew.
    done = desk.allot(placed) if first.unplaced else first
    parts = tuple(
        Assigned(p.reference, names[p.agency], desk.named[p.auditor], p.role == "second")
        for p in done.parts
    )
    gets = tuple(_gets(person, parts) for person in taking)
    return Preview(
        tuple(line for line in lines if line.reference not in out), parts, gets,
        tuple(sorted(out.items())),
        tuple(_remarks(sample, done, gets)), _digest(asked, parts),
    )  # fmt: skip


def _check(sample: SampleView, asked: AllotAsked, lines: Sequence[LineRow]) -> None:
    if sample.row.state == "set-aside":
        raise Refused("This sample is set aside, so nothing of it is allotted.")
    if not asked.agencies:
        raise Refused("Choose at least one agency.")
    if not lines:
        raise Refused("Every plan of this sample is allotted.")


@dataclass
class _Desk:
    """What `core.audit.allotting` is asked: people by names that stand in its sentences."""

    people: Sequence[AuditorRow]
    barred: Mapping[int, frozenset[str]]
    asked: AllotAsked
    seed: str

    def __post_init__(self) -> None:
        names = Counter(a.name for a in self.people)
        self.named = {
            a.name if names[a.name] == 1 else f"{a.name} ({a.member})": a for a in self.people
        }

    def allot(self, references: Iterable[str]) -> Allotment:
        agencies = [AGENCIES[agency] for agency in self.asked.agencies]
        asked = [
            Auditor(
                name, AGENCIES[a.agency], a.workload + self.asked.most[a.member],
                self.barred[a.member], a.workload,
            )
            for name, a in self.named.items()
        ]  # fmt: skip
        return allot(
            dict.fromkeys(references, agencies), asked, self.seed, self.asked.double,
            _linked(self.named),
        )  # fmt: skip


def _plans(sample: SampleView, lines: Sequence[LineRow]) -> dict[str, int]:
    """Reference of a line -> its plan's row, of those that are still kept."""
    wanted = [line.reference for line in lines]
    rows = SampleLine.objects.filter(
        sample=Sample.objects.get(reference=sample.row.reference), reference__in=wanted
    ).exclude(plan=None)
    held = dict(rows.values_list("reference", "plan_id"))
    return {reference: held[reference] for reference in wanted if reference in held}


def _barred(people: Sequence[AuditorRow], plans: Mapping[str, int]) -> dict[int, frozenset[str]]:
    tied = ties(set(plans.values()))
    return {
        a.member: frozenset(ref for ref, plan in plans.items() if a.member in tied[plan])
        for a in people
    }


def _linked(named: Mapping[str, AuditorRow]) -> tuple[tuple[str, str], ...]:
    """Pairs who have marked a common plan of this cycle."""
    names = {a.member: name for name, a in named.items()}
    marked: dict[tuple[int, str], list[str]] = defaultdict(list)
    rows = Part.objects.filter(
        auditor__in=list(names), allotted_at__gte=timezone.now() - CYCLE, audit__line__isnull=False
    ).exclude(audit__state="withdrawn")
    for line, agency, member in rows.values_list("audit__line", "agency", "auditor").order_by("pk"):
        marked[line, agency].append(names[member])
    return tuple((m[0], other) for m in marked.values() for other in m[1:] if other != m[0])


def _gets(person: AuditorRow, parts: Sequence[Assigned]) -> Gets:
    mine = [part.second for part in parts if part.auditor.member == person.member]
    return Gets(person, mine.count(False), mine.count(True))


def _remarks(sample: SampleView, done: Allotment, gets: Sequence[Gets]) -> Iterable[str]:
    yield from (remark.sentence for remark in done.remarks)
    for person in gets:
        name = person.auditor.name
        if person.over:
            yield (
                f"{name} would have more than the {counted(person.auditor.capacity, 'audit')} a "
                "month that they can do."
            )
        if name == sample.drawn_by and person.first + person.second:
            yield (
                f"{name} drew this sample and audits {person.first + person.second} of it. Who "
                "gets what comes from the draw's seed, so nobody chose."
            )


def _digest(asked: AllotAsked, parts: Sequence[Assigned]) -> str:
    said = [f"{asked.due_on}"]
    said += [f"{p.line} {p.agency} {p.auditor.member} {p.second}" for p in parts]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()
