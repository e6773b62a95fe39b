"""Audits: the list, one audit with its parts and its grade, and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from goldthread.core.audit.audit import NotReady, graded
from goldthread.core.audit.experience import Experience, dial
from goldthread.core.audit.explaining import Explanation, ShownLine, ShownTheme, explain
from goldthread.core.audit.themes import theme_name
from goldthread.core.framework.grade import Grade
from goldthread.core.report.quality.asked import WrongAddress
from goldthread.readers.anchors import find_anchor
from goldthread.readers.experience import shared_form
from goldthread.readers.frameworks import shared_framework
from goldthread.records.actions.answers import OPEN
from goldthread.records.actions.audits import finish_part, reopen_part, sign_audit, withdraw_audit
from goldthread.records.queries.audits import (
    AnswerRow,
    AuditRow,
    ListRow,
    PartRow,
    answers_of,
    audits,
    get_audit,
    judgements_of,
)
from goldthread.records.queries.experience import reply_of
from goldthread.records.roles import AGENCIES
from goldthread.records.scope import Here, Refused
from goldthread.web.work.after_signing import AfterSigning, after_signing, as_counts
from goldthread.web.work.asking import Form, form_of
from goldthread.web.work.behind import behind
from goldthread.web.work.guard import page
from goldthread.web.work.past_audit import past_audit

MOST = 50
STATES = {
    "allotted": "Not begun",
    "under-way": "Under way",
    "ready": "Ready to sign",
    "signed": "Signed",
    "withdrawn": "Withdrawn",
    "done": "Done",
    "reopened": "Opened again",
}
PURPOSES = {
    "sample": "Drawn at random",
    "double": "Second, blind marking",
    "thematic": "Theme",
    "risk-led": "Risk",
    "draft": "Draft",
    "anchor": "Anchor plan, to calibrate",
    "imported": "Brought in from a spreadsheet",
}


@dataclass(frozen=True)
class ThemeLine:
    """One page of a part and how far it is."""

    theme: str
    title: str
    answered: int
    of: int


@dataclass(frozen=True)
class PartLine:
    part: PartRow
    title: str
    state: str
    themes: tuple[ThemeLine, ...]

    @property
    def complete(self) -> bool:
        return all(t.answered == t.of for t in self.themes)

    @property
    def begin(self) -> str:
        """The first page that is not answered whole, for the person whose part it is."""
        if not self.part.mine or self.part.state not in OPEN:
            return ""
        return next((t.theme for t in self.themes if t.answered < t.of), "")


@page("see-audits")
def listed(request: HttpRequest, here: Here) -> HttpResponse:
    """All audits of the authority, or those behind a figure, the newest first."""
    state, sample = request.GET.get("state", ""), request.GET.get("sample", "")
    number, wrong, figure = _number(request.GET.get("page", "1")), None, None
    try:
        figure = behind(here, request.GET)
    except WrongAddress as error:
        wrong = error
    count, rows = (0, ()) if wrong else audits(
        here, states=[state] if state in STATES else [], sample=sample,
        only=figure.only if figure else None, first=(number - 1) * MOST, most=MOST,
    )  # fmt: skip
    shown = [
        (row, STATES[row.state], PURPOSES.get(row.purpose, ""), band_said(row)) for row in rows
    ]
    context = {
        "rows": shown, "count": count, "state": state, "sample": sample, "states": STATES,
        "may_import": here.can("import-audits"),
        "purposes": PURPOSES, "number": number, "pages": max(1, -(-count // MOST)),
        "figure": figure, "wrong": wrong,
    }  # fmt: skip
    return render(request, "work/audit_list.html", context, status=400 if wrong else 200)


def band_said(row: ListRow) -> str:
    """“Good, 81 in 100”; a short form has an index alone."""
    if row.state != "signed":
        return ""
    index = "" if row.index is None else f"{row.index:.0f} in 100"
    band = shared_framework(row.framework).band_label(row.band) if row.band else "No band"
    return ", ".join(part for part in (band, index) if part)


def _number(text: str) -> int:
    return int(text) if text.isdigit() and 0 < int(text) < 10**6 else 1


@page("see-my-work")
def audit(request: HttpRequest, here: Here, reference: str) -> HttpResponse:
    """One audit: who answers what, how far, and the grade line by line for those who may see it."""
    found = get_audit(here, reference)
    if found.purpose == "imported":
        return past_audit(request, here, found)
    return _shown(request, here, found)


def _shown(
    request: HttpRequest, here: Here, audit: AuditRow, faults: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    form, answers = form_of(audit), answers_of(audit)
    whole = here.can("see-audits") or audit.state == "signed" or _leads(audit)
    grade = _grade(form, audit) if whole and (answers or audit.signed) else None
    after = after_signing(here, audit, form.framework) if audit.state == "signed" else None
    context = {
        "audit": audit, "state": STATES[audit.state], "purpose": PURPOSES.get(audit.purpose, ""),
        "parts": [_part_line(form, p, answers) for p in audit.parts if p.mine or whole],
        "themes": [theme_name(form.framework, t) for t in audit.blank.themes],
        "leads": _leads(audit), "faults": faults, "framework": form.framework,
        "grade": grade,
        "lines": _lines(grade, answers, after) if grade else (),
        "after": after, "may_moderate": here.can("moderate"),
        "may_see_all": here.can("see-audits"),
        "family": _family(here, audit) if audit.experience and audit.state == "signed" else None,
        "minutes": round(sum(p.seconds for p in audit.parts) / 60) if whole else 0,
        "may_withdraw": here.can("withdraw-audits"),
        "may_answer": here.can("audit"), "may_see_log": here.can("see-log"),
        "anchor": find_anchor(audit.anchor),
    }  # fmt: skip
    return render(request, "work/audit.html", context, status=status)


def _family(here: Here, audit: AuditRow) -> Experience | None:
    """What the family said of the same plan: a dial of its own, once the auditors have signed."""
    said = reply_of(here, audit.experience or 0)
    return dial(shared_form(said.form.partition("@")[2]), said.answers) if said else None


def _leads(audit: AuditRow) -> bool:
    return any(part.lead and part.mine for part in audit.parts)


def _part_line(form: Form, part: PartRow, answers: dict[str, AnswerRow]) -> PartLine:
    given = {c for c, row in answers.items() if row.value}
    themes = tuple(
        ThemeLine(p.theme, p.title, sum(c.id in given for c in p.criteria), len(p.criteria))
        for p in form.pages[part.agency]
    )
    return PartLine(part, AGENCIES[part.agency], STATES[part.state], themes)


def _grade(form: Form, audit: AuditRow) -> Explanation:
    """The signed grade that counts; before signing, as the answers stand."""
    if audit.signed:
        return explain(form.framework, as_counts(audit).grade)
    given = [j for j in judgements_of(audit) if j.criterion in form.shared]
    found: Grade = graded(form.framework, audit.blank.themes, form.questions, given, None)
    return explain(form.framework, found)


def _lines(
    grade: Explanation, answers: dict[str, AnswerRow], after: AfterSigning | None
) -> list[tuple[ShownTheme, list[tuple[ShownLine, AnswerRow | None, str]]]]:
    """Each theme of the grade with its lines; beside each line the words it rests on, and why a
    panel changed it."""
    why = after.reasons if after else {}
    return [
        (theme, [(line, answers.get(line.criterion), why.get(line.criterion, ""))
                 for line in theme.lines])
        for theme in grade.themes
    ]  # fmt: skip


@page("audit")
def finish(request: HttpRequest, here: Here, reference: str, agency: str) -> HttpResponse:
    """A part is done; a lead who has the last part to finish may sign at once."""

    def act(found: AuditRow) -> None:
        finish_part(here, found, agency, form_of(found).asked(agency))

    return _done(request, here, reference, act)


@page("audit")
def sign(request: HttpRequest, here: Here, reference: str) -> HttpResponse:
    """The lead auditor answers for the audit."""

    def act(found: AuditRow) -> None:
        sign_audit(here, found, form_of(found).framework)

    return _done(request, here, reference, act, _signed_at)


def _signed_at(here: Here, audit: AuditRow) -> str:
    """What comes after signing: of an anchor plan, what was agreed."""
    if audit.anchor:
        return f"/work/{here.authority}/calibration/{audit.anchor}/"
    return _address(here, audit)


def _address(here: Here, audit: AuditRow) -> str:
    return f"/work/{here.authority}/audits/{audit.reference}/"


@page("audit")
def reopen(request: HttpRequest, here: Here, reference: str, agency: str) -> HttpResponse:
    """A part that was done is open again."""

    def act(found: AuditRow) -> None:
        reopen_part(here, found, agency, request.POST.get("reason", ""))

    return _done(request, here, reference, act)


@page("withdraw-audits")
def withdraw(request: HttpRequest, here: Here, reference: str) -> HttpResponse:
    """An audit that will not be finished."""

    def act(found: AuditRow) -> None:
        withdraw_audit(here, found, request.POST.get("reason", ""))

    return _done(request, here, reference, act)


def _done(
    request: HttpRequest, here: Here, reference: str, act: Callable[[AuditRow], Any],
    after: Callable[[Here, AuditRow], str] = _address,
) -> HttpResponse:  # fmt: skip
    """Does it, and on to what comes after; what keeps it from being done is said on the audit."""
    found = get_audit(here, reference)
    if request.method != "POST":
        return HttpResponseRedirect(_address(here, found))
    try:
        with transaction.atomic():
            act(found)
    except NotReady as not_ready:
        return _shown(request, here, found, not_ready.sentences, status=400)
    except Refused as refused:
        return _shown(request, here, found, (str(refused),), status=400)
    return HttpResponseRedirect(after(here, found), status=303)
