"""Plans as people may see them: all of an authority's, or those they wrote or advised on."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from goldthread.core.audit.casemix import year_before
from goldthread.core.audit.plan_age import PlanAge, plan_age
from goldthread.records.models import Audit, Document, Identity, Import, Membership, Plan
from goldthread.records.queries.audits import visible
from goldthread.records.scope import Here

PAGE = 50
"""Plans on one page of the list."""
STATES = ("current", "not-listed", "ceased", "all")


@dataclass(frozen=True)
class Wanted:
    """A filter of the list; empty fields ask nothing. `state`: one of STATES; `review`: “overdue”.

    `search`: a reference or part of one; a surname too, for those who may see identities.
    """

    search: str = ""
    need: str = ""
    age_band: str = ""
    phase: str = ""
    kind: str = ""
    team: str = ""
    writer: str = ""
    state: str = "current"
    review: str = ""


@dataclass(frozen=True)
class PlanRow:
    """One line of the list."""

    reference: str
    need: str
    age_band: str
    phase: str
    plan_kind: str
    team: str
    writer: str
    issued_on: dt.date | None
    amended_on: dt.date | None
    last_review_on: dt.date | None
    ceased_on: dt.date | None
    listed: bool
    documents: int = 0
    audit: str = ""
    """State of the newest audit; empty when there is none, or none that may be seen."""

    @property
    def age(self) -> PlanAge:
        today = timezone.localdate()
        return plan_age(self.issued_on, self.amended_on, self.last_review_on, today)


@dataclass(frozen=True)
class PlanPage:
    rows: tuple[PlanRow, ...]
    count: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // PAGE))


@dataclass(frozen=True)
class Facts:
    """What is recorded of a plan and may be changed. `writer`: a membership."""

    need: str = ""
    second_need: str = ""
    age_band: str = ""
    year: int | None = None
    phase: str = ""
    plan_kind: str = "unknown"
    setting_kind: str = ""
    urn: str = ""
    team: str = ""
    writer: int | None = None
    requested_on: dt.date | None = None
    issued_on: dt.date | None = None
    amended_on: dt.date | None = None
    last_review_on: dt.date | None = None
    ceased_on: dt.date | None = None

    def stamp(self, advisers: tuple[int, ...]) -> str:
        """Changes whenever these facts or the advisers do; a form carries it."""
        said = json.dumps([[str(getattr(self, f.name)) for f in fields(self)], sorted(advisers)])
        return hashlib.sha256(said.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Who:
    """Whom a plan is about."""

    forename: str
    surname: str
    born: dt.date | None
    upn: str
    local_id: str


@dataclass(frozen=True)
class Staff:
    """A person at work, for choosing."""

    member: int
    name: str
    team: str
    profession: str


@dataclass(frozen=True)
class PlanDetail:
    """Everything of one plan but its documents and audits."""

    id: int
    reference: str
    facts: Facts
    writer_name: str
    advisers: tuple[Staff, ...]
    listed: bool
    from_list: bool
    who: Who | None
    """None when it is not kept, or this person may not see it."""

    @property
    def age(self) -> PlanAge:
        f = self.facts
        return plan_age(f.issued_on, f.amended_on, f.last_review_on, timezone.localdate())

    @property
    def stamp(self) -> str:
        return self.facts.stamp(tuple(a.member for a in self.advisers))


@dataclass(frozen=True)
class PlanAudit:
    """An audit on the plan's page; band and index only once it is signed."""

    reference: str
    purpose: str
    subject: str
    state: str
    band: str
    signed_at: dt.datetime | None
    experience: bool


def visible_plans(here: Here) -> QuerySet[Plan]:
    """All plans with “see-plans”; else those this person wrote or advised on."""
    if here.can("see-plans"):
        return Plan.objects.all()
    if here.member is None or not here.can("see-own-plans"):
        return Plan.objects.none()
    mine = Q(pk__in=Plan.advisers.through.objects.filter(member=here.own).values("plan"))
    return Plan.objects.filter(Q(writer=here.own) | mine)


def list_plans(here: Here, wanted: Wanted, page: int = 1) -> PlanPage:
    """One page of the plans that are wanted, in the order of their references."""
    last = last_import(here)
    rows = _wanted(visible_plans(here), here, wanted, last)
    count = rows.count()
    page = min(max(1, page), max(1, -(-count // PAGE)))
    ordered = rows.select_related("writer__person").order_by("reference")
    shown = list(ordered[(page - 1) * PAGE : page * PAGE])
    ids = [plan.pk for plan in shown]
    documents = dict(
        Document.objects.filter(plan__in=ids).values_list("plan").annotate(Count("id"))
    )
    audits = _newest_audits(here, ids)
    return PlanPage(
        tuple(_row(p, last, documents.get(p.pk, 0), audits.get(p.pk, "")) for p in shown),
        count,
        page,
    )


PAST_AUDITS = "past-audits"
"""`Import.format` of past audits; every other import is a list of plans."""


def last_import(here: Here) -> int | None:
    """The newest list that was taken in."""
    lists = Import.objects.filter(authority_id=here.authority).exclude(format=PAST_AUDITS)
    newest = lists.order_by("-id").first()
    return newest.pk if newest else None


def _wanted(rows: QuerySet[Plan], here: Here, wanted: Wanted, last: int | None) -> QuerySet[Plan]:
    plain = {
        "need": wanted.need, "age_band": wanted.age_band, "phase": wanted.phase,
        "plan_kind": wanted.kind, "team": wanted.team,
    }  # fmt: skip
    rows = rows.filter(**{name: value for name, value in plain.items() if value})
    if wanted.writer.isdecimal():
        rows = rows.filter(writer=int(wanted.writer))
    if wanted.search:
        rows = rows.filter(_search(here, wanted.search.strip()))
    if wanted.review == "overdue":
        rows = rows.filter(_overdue(timezone.localdate()))
    return rows.filter(_state(wanted.state, last))


def _search(here: Here, text: str) -> Q:
    found = Q(reference__icontains=text)
    if here.can("see-identity"):
        found |= Q(identity__surname__istartswith=text)
    return found


def _overdue(today: dt.date) -> Q:
    """As `core.audit.plan_age` has it: neither made nor reviewed in the last twelve months."""
    before = year_before(today)
    known = Q(issued_on__isnull=False) | Q(last_review_on__isnull=False)
    return (
        known
        & (Q(issued_on=None) | Q(issued_on__lt=before))
        & (Q(last_review_on=None) | Q(last_review_on__lt=before))
    )


def _state(state: str, last: int | None) -> Q:
    if state == "all":
        return Q()
    if state == "ceased":
        return Q(ceased_on__isnull=False)
    current = Q(ceased_on=None)
    return current & not_listed(last) if state == "not-listed" else current


def not_listed(last: int | None) -> Q:
    """Plans that came from a list, and are not in the last one."""
    if last is None:
        return Q(pk__in=())
    return ~Q(local_digest="") & (Q(source=None) | ~Q(source=last))


def _listed(plan: Plan, last: int | None) -> bool:
    return last is None or plan.local_digest == "" or plan.source_id == last


def _newest_audits(here: Here, plans: list[int]) -> dict[int, str]:
    rows = visible(here).filter(plan__in=plans).order_by("plan", "-id").distinct("plan")
    return {audit.plan_id: audit.state for audit in rows if audit.plan_id}


def _row(plan: Plan, last: int | None, documents: int, audit: str) -> PlanRow:
    return PlanRow(
        reference=plan.reference, need=plan.need, age_band=plan.age_band, phase=plan.phase,
        plan_kind=plan.plan_kind, team=plan.team,
        writer=plan.writer.person.name if plan.writer else "",
        issued_on=plan.issued_on, amended_on=plan.amended_on, last_review_on=plan.last_review_on,
        ceased_on=plan.ceased_on, listed=_listed(plan, last), documents=documents, audit=audit,
    )  # fmt: skip


def find_plan(here: Here, reference: str) -> PlanDetail:
    """Errors: ObjectDoesNotExist when there is none that this person may see."""
    rows = visible_plans(here).select_related("writer__person")
    plan = rows.get(reference=reference)
    advisers = plan.advisers.select_related("person").order_by("person__name")
    return PlanDetail(
        id=plan.pk,
        reference=plan.reference,
        facts=facts_of(plan),
        writer_name=plan.writer.person.name if plan.writer else "",
        advisers=tuple(_staff(m) for m in advisers),
        listed=_listed(plan, last_import(here)),
        from_list=plan.local_digest != "",
        who=_who(here, plan.pk),
    )


def facts_of(plan: Plan) -> Facts:
    """The facts as they stand in the row."""
    told = {f.name: getattr(plan, f.name) for f in fields(Facts) if f.name != "writer"}
    return Facts(**told, writer=plan.writer_id)


def _who(here: Here, plan: int) -> Who | None:
    if not here.can("see-identity"):
        return None
    row = Identity.objects.filter(plan=plan).first()
    return Who(row.forename, row.surname, row.born, row.upn, row.local_id) if row else None


def _staff(member: Membership) -> Staff:
    return Staff(member.pk, member.person.name, member.team, member.profession)


def plan_audits(here: Here, plan: int) -> tuple[PlanAudit, ...]:
    """The audits of a plan that this person may open, the newest first."""
    return tuple(_audit(a) for a in visible(here).filter(plan=plan).order_by("-id"))


def _audit(audit: Audit) -> PlanAudit:
    band = audit.band if audit.state == "signed" else ""
    return PlanAudit(
        audit.reference, audit.purpose, audit.subject, audit.state, band, audit.signed_at,
        audit.experience_id is not None,
    )  # fmt: skip


def staff(here: Here, role: str = "") -> tuple[Staff, ...]:
    """People who work here today (with this role), by name."""
    rows = Membership.objects.select_related("person").filter(
        authority_id=here.authority, ended_at=None
    )
    if role:
        rows = rows.filter(roles__contains=[role])
    rows = rows.exclude(ends_at__lte=timezone.now()).order_by("person__name", "pk")
    return tuple(_staff(m) for m in rows)


def teams(here: Here) -> tuple[str, ...]:
    """The teams that plans are with."""
    rows = visible_plans(here).exclude(team="").values_list("team", flat=True)
    return tuple(rows.distinct().order_by("team"))


def writers(here: Here) -> Mapping[int, str]:
    """Membership -> name of those who write the plans this person sees, by name."""
    ids = visible_plans(here).exclude(writer=None).values("writer")
    rows = Membership.objects.select_related("person").filter(pk__in=ids)
    return {m.pk: m.person.name for m in rows.order_by("person__name", "pk")}
