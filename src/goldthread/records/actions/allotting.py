"""From a previewed allotment to audits with their parts; and one part to somebody else."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from django.utils import timezone

from goldthread.core.audit.audit import Blank, Subject, questions
from goldthread.core.audit.casemix import age_on, status_of
from goldthread.core.audit.sharing import AGENCIES, lead_of, share
from goldthread.core.audit.themes import theme_of
from goldthread.core.audit.transitions import next_state
from goldthread.core.framework.applicability import profiles_of
from goldthread.core.framework.framework import Framework
from goldthread.core.plan.plan import Status
from goldthread.records.actions.refusing import WrongField
from goldthread.records.log import record
from goldthread.records.models import Audit, Document, Part, Plan, Sample, SampleLine
from goldthread.records.queries.allotting import (
    AllotAsked,
    Assigned,
    AuditorRow,
    Preview,
    auditors,
    preview,
)
from goldthread.records.queries.frames import newest_documents
from goldthread.records.queries.samples import get_sample
from goldthread.records.queries.ties import ties
from goldthread.records.references import new_reference
from goldthread.records.scope import Here, Refused, Stale

PURPOSES = {"random": "sample", "thematic": "thematic", "risk-led": "risk-led"}
MAINSTREAM = ("school", "sen-unit", "resourced-provision", "college", "early-years")


@dataclass(frozen=True)
class Allotted:
    """What was made."""

    audits: int
    doubles: int
    parts: int


def allot_sample(
    here: Here, reference: str, asked: AllotAsked, framework: Framework, seen: str
) -> Allotted:
    """Makes the audits that the preview showed (`seen`: its digest), and no others.

    Nobody gets a plan that they are tied to or more than was asked, whatever was sent. Errors:
    NotAllowed; Refused; Stale when it would come out otherwise by now.
    """
    here.check("draw-samples")
    row = Sample.objects.select_for_update().get(reference=reference)
    if framework.key != row.framework:
        raise Refused(f"This sample is audited by {row.framework}, not by {framework.key}.")
    found = preview(here, get_sample(here, reference), asked)
    if found.digest != seen:
        raise Stale("People or plans have changed since the preview; look at it again.")
    made = _make(here, row, asked, framework, found)
    row.due_on = max(asked.due_on, row.due_on or asked.due_on)
    row.state = "allotted"
    row.save(update_fields=["due_on", "state"])
    record(here, "sample.allot", subject=reference, audits=made.audits, doubles=made.doubles,
           parts=made.parts, waiting=len(found.unplaced), due=asked.due_on.isoformat())  # fmt: skip
    return made


def _make(
    here: Here, row: Sample, asked: AllotAsked, framework: Framework, found: Preview
) -> Allotted:
    wanted = [line.reference for line in found.lines]
    lines = {
        line.reference: line
        for line in SampleLine.objects.filter(sample=row, reference__in=wanted).select_related(
            "plan__identity"
        )
    }
    documents = _documents(row, lines.values())
    short = Counter[str]()
    for reference in wanted:
        subject = _About(row, lines[reference], documents.get(reference), framework)
        for second in (False, True):
            parts = found.of(reference, second)
            if parts:
                themes = _themes(row, framework, asked, parts) if second else tuple(row.themes)
                _audit(here, subject, asked, parts, themes)
                short["parts"] += len(parts)
                short["doubles" if second else "audits"] += 1
    return Allotted(short["audits"], short["doubles"], short["parts"])


def _documents(row: Sample, lines: Iterable[SampleLine]) -> dict[str, Document]:
    """Line -> the document to audit: the newest of its kind; advice is itself the document."""
    lines = list(lines)
    if row.subject == "advice":
        named = [line.reference for line in lines]
        return {d.reference: d for d in Document.objects.filter(reference__in=named)}
    status = parse_qs(row.asked).get("status", ["issued"])[0]
    newest = newest_documents(row.subject, status, [line.plan_id for line in lines])
    rows = Document.objects.in_bulk([document for document, _ in newest.values()])
    return {line.reference: rows[newest[line.plan_id][0]] for line in lines
            if line.plan_id in newest}  # fmt: skip


@dataclass(frozen=True)
class _About:
    """One line to audit, with what decides which questions apply."""

    sample: Sample
    line: SampleLine
    document: Document | None
    framework: Framework

    @property
    def facts(self) -> dict[str, object]:
        plan: Plan = self.line.plan
        status, age = self._status(plan), _age(plan)
        facts: dict[str, object] = {
            "status": status, "year": plan.year, "age": age, "setting": _setting(plan.setting_kind),
            "profiles": [p.id for p in profiles_of(self.framework, status, age)],
        }  # fmt: skip
        if self.sample.subject == "advice" and self.document:
            facts["profession"] = profession_of(self.framework, self.document.profession)
        return facts

    def _status(self, plan: Plan) -> Status:
        if self.sample.subject != "plan":
            return "unknown"
        said: Status = self.document.status if self.document else "unknown"
        return said if said != "unknown" else status_of(plan.issued_on, plan.amended_on)


def _age(plan: Plan) -> int | None:
    """In whole years, where the date of birth is kept."""
    identity = getattr(plan, "identity", None)
    born: dt.date | None = identity.born if identity else None
    return age_on(born, timezone.localdate()) if born else None


def _setting(kind: str) -> str:
    if kind == "special-school":
        return "special"
    return "mainstream" if kind in MAINSTREAM else ""


def profession_of(framework: Framework, said: str) -> str:
    """The document's profession, as far as the framework has it; empty for another one."""
    return said if said in {p.id for p in framework.professions} else ""


def _themes(
    row: Sample, framework: Framework, asked: AllotAsked, parts: Sequence[Assigned]
) -> tuple[str, ...]:
    """The themes of a second audit: those that are mostly its agencies' own in the first.

    A second auditor for health marks what the first one for health marked, not the whole plan. A
    form of one theme is marked whole.
    """
    blank = Blank(framework.key, Subject(kind=row.subject), tuple(row.themes))
    every = questions(framework, blank)
    shared = share(framework, every, [a for a in AGENCIES if a in asked.agencies])
    again = {part.agency for part in parts}
    if again == set(asked.agencies):
        return tuple(row.themes)
    own, all_of = Counter[str](), Counter[str]()
    for criterion in every.criteria:
        theme = theme_of(framework, criterion.section)
        all_of[theme] += 1
        own[theme] += shared[criterion.id] in again
    mostly = tuple(theme for theme in framework.themes if own[theme] * 2 > all_of[theme] > 0)
    return mostly if len(all_of) > 1 and mostly else tuple(row.themes)


def _audit(
    here: Here, about: _About, asked: AllotAsked, parts: Sequence[Assigned], themes: Sequence[str]
) -> None:
    second = parts[0].second
    audit = Audit.objects.create(
        authority_id=here.authority, reference=new_reference("A"), plan_id=about.line.plan_id,
        document=about.document, line=about.line, subject=about.sample.subject,
        purpose="double" if second else PURPOSES[about.sample.mode],
        framework=about.sample.framework, facts=about.facts, themes=list(themes),
        mode="blind" if about.sample.blind else "assisted", due_on=asked.due_on,
    )  # fmt: skip
    lead = lead_of([agency for agency in AGENCIES if agency in {p.agency for p in parts}])
    for part in parts:
        Part.objects.create(
            authority_id=here.authority, audit=audit, agency=part.agency,
            auditor_id=part.auditor.member, lead=part.agency == lead,
        )  # fmt: skip


@dataclass(frozen=True)
class Takers:
    """A part that could go to somebody else. `against`: member -> why they may not take it, empty
    for those who may; its present auditor is not among them."""

    audit: str
    plan: str
    agency: str
    state: str
    auditor: str
    answers: int
    against: Mapping[int, str]


def could_take(here: Here, part: int) -> Takers:
    """Who else audits for the part's agency. Errors: ObjectDoesNotExist."""
    rows = Part.objects.exclude(audit__purpose="anchor")  # everybody marks those for themselves
    row = rows.select_related("audit__plan", "auditor__person").get(pk=part)
    same = [person for person in auditors(here) if person.agency == row.agency]
    tied = ties([row.audit.plan_id])[row.audit.plan_id] if row.audit.plan_id else frozenset()
    beside = _beside(row)
    return Takers(
        audit=row.audit.reference, plan=row.audit.plan.reference if row.audit.plan else "",
        agency=row.agency, state=row.state, answers=row.answers.count(),
        auditor=row.auditor.person.name if row.auditor else "",
        against={
            person.member: _against(person, tied, beside)
            for person in same
            if person.member != row.auditor_id
        },
    )  # fmt: skip


def _against(person: AuditorRow, tied: frozenset[int], beside: frozenset[int]) -> str:
    if person.member in tied:
        return f"{person.name} has a tie to this plan."
    if person.member in beside:
        return f"{person.name} has the other audit of this plan."
    return ""


def _beside(row: Part) -> frozenset[int]:
    """Who has any part of another audit of the same line: two audits must stay independent."""
    if row.audit.line_id is None:
        return frozenset()
    others = Part.objects.filter(audit__line=row.audit.line_id).exclude(audit=row.audit)
    others = others.exclude(audit__state="withdrawn").exclude(auditor=None)
    return frozenset(others.values_list("auditor_id", flat=True))


def reallot_part(here: Here, part: int, member: int) -> str:
    """Gives a part that is not done to another auditor of the same agency, who begins anew.

    The first auditor's answers leave the form and stay in the history. Returns the audit's
    reference. Errors: NotAllowed; WrongField when that person may not; Refused when the part is
    done or the audit closed.
    """
    here.check("draw-samples")
    row = Part.objects.select_for_update().get(pk=part)
    audit = Audit.objects.select_for_update().get(pk=row.audit_id)
    if audit.state in ("signed", "withdrawn"):
        raise Refused(f"This audit is {audit.state}; nothing was changed.")
    may = could_take(here, part).against
    if member not in may:
        raise WrongField("member", "Choose somebody else who audits for this agency.")
    if may[member]:
        raise WrongField("member", f"{may[member]} Choose somebody else.")
    before = row.auditor_id
    try:
        row.state = next_state("part", row.state, "reallot")
    except ValueError as error:
        raise Refused(str(error)) from error
    answers = row.answers.count()
    row.answers.all().delete()
    row.auditor_id, row.allotted_at, row.opened_at, row.seconds = member, timezone.now(), None, 0
    row.save()
    record(here, "part.reallot", subject=audit.reference, agency=row.agency, before=before,
           after=member, answers=answers)  # fmt: skip
    return str(audit.reference)
