"""Advice in time and how good it is; and who is waiting for whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from goldthread.core.report.quality import lines, sentences
from goldthread.core.report.quality.advice import PROFESSION, Piece, Timed, timed, whole
from goldthread.core.report.quality.asked import NAMES, WrongAddress
from goldthread.core.report.quality.floor import Group
from goldthread.core.report.quality.lines import Grouped, Line
from goldthread.readers.frameworks import shared_framework
from goldthread.records.queries.advice import advice_asked
from goldthread.records.queries.waiting import PANEL, WRITERS, Wait, waits
from goldthread.records.roles import AGENCIES
from goldthread.records.scope import Here
from goldthread.web.work import quality_page as parts
from goldthread.web.work import words
from goldthread.web.work.guard import page
from goldthread.web.work.quality_figures import Figures
from goldthread.web.work.quality_shown import Links, Row, Shown, row, share
from goldthread.web.work.views.quality import as_csv, looked_at, table


@dataclass(frozen=True)
class Both:
    """One profession: in time, and how good, side by side; None where it is not shown."""

    name: str
    timed: Timed | None
    in_time: Shown | None
    quality: Row | None


def _of_advice(figures: Figures) -> Figures:
    """The same period and draw, for audits of advice."""
    if wrong := next((name for name, _ in figures.asked.groups), ""):
        said = f"This page is about all advice: leave out the {NAMES[wrong]}."
        raise WrongAddress(wrong, said)
    asked = replace(figures.asked, subject="advice", figure="process", framework="")
    return Figures(figures.here, asked, shared_framework(words.ADVICE), (PROFESSION,))


def _pieces(figures: Figures) -> tuple[Piece, ...]:
    return advice_asked(figures.here, figures.asked.since, figures.asked.until)


@looked_at("work/quality_advice.html")
def advice(figures: Figures, sort: str) -> dict[str, Any]:
    """By profession: whether advice came in six weeks, and how good it was."""
    of_advice, today = _of_advice(figures), timezone.localdate()
    pieces = _pieces(of_advice)
    rows, held = timed(pieces, today)
    everything = whole(pieces, today)
    (good,), links = parts.groups(of_advice), Links(figures.here, of_advice.asked, words.ADVICE)
    shown = {key: found for key, found in rows.items() if not held.hides(Group(PROFESSION, key))}
    hidden = sorted(lines.called(words.professions(), key) for key in rows if key not in shown)
    return {
        "template": "work/parts/quality_advice_picture.html",
        "rows": _both(shown, good, links), "hidden": hidden, "said": good.sentence,
        "all": everything, "all_in_time": share(everything.in_time),
        "head": parts.head(of_advice), "period": sentences.period(figures.asked),
        "group_selects": [], "draw_only": True,
    }  # fmt: skip


def _both(shown: dict[str, Timed], good: Grouped, links: Links) -> list[Both]:
    """Professions in the order of the standard, those first that anything is said of."""
    quality = {line.key: line for line in good.lines}
    order = [*words.professions(), *sorted({*shown, *quality} - {*words.professions()})]
    return [
        Both(
            lines.called(words.professions(), key),
            shown.get(key),
            share(shown[key].in_time) if key in shown else None,
            row(quality[key], links.group(PROFESSION, key)) if key in quality else None,
        )
        for key in order
        if key in shown or key in quality
    ]


ADVICE = ("profession", "name", "asked_and_due", "in_time", "share", "share_low", "share_high",
          "late", "overdue", "not_yet_due", "not_known", "audits", "good_share", "good_low",
          "good_high", "index", "index_low", "index_high", "note")  # fmt: skip


@table("advice", ADVICE)
def advice_csv(figures: Figures) -> Any:
    """Both tables of the page, by profession; what is held back by name."""
    of_advice, today = _of_advice(figures), timezone.localdate()
    rows, held = timed(_pieces(of_advice), today)
    (good,) = parts.groups(of_advice)
    quality = {line.key: line for line in good.lines}
    found = []
    for key in sorted({*rows, *quality}):
        record: dict[str, Any] = {
            "profession": key, "name": lines.called(words.professions(), key),
        }  # fmt: skip
        if key in rows and not held.hides(Group(PROFESSION, key)):
            record |= _time_record(rows[key])
        elif key in rows:
            record["note"] = "timeliness held back: few requests, or one person’s work"
        if key in quality:
            record |= _quality_record(quality[key])
        found.append(record)
    return found


def _time_record(found: Timed) -> dict[str, Any]:
    return {
        "asked_and_due": found.in_time.n, "in_time": found.in_time.met, "late": found.late,
        "overdue": found.overdue, "not_yet_due": found.waiting, "not_known": found.not_known,
        **lines.rounded("share", "share", found.in_time),
    }  # fmt: skip


def _quality_record(line: Line) -> dict[str, Any]:
    index = lines.rounded("index", "index", line.index) if line.index else {}
    return {"audits": line.audits, **lines.rounded("good", "good_share", line.good), **index}


KINDS = {
    "not-begun": "Audits not begun", "under-way": "Audits under way",
    "to-sign": "Audits ready to sign", "moderation": "Moderations waiting",
    "reply": "Replies waiting for an answer", "calibration": "Anchor plans to mark",
    "draft": "Drafts at the gate", "advice": "Advice overdue",
}  # fmt: skip
DONE_AT = {
    "moderation": "moderation/{}/", "reply": "moderation/replies/{}/",
    "draft": "documents/{}/gate/", "advice": "plans/{}/",
}  # fmt: skip
"""Below /work/<code>/; all others are audits."""
MOST = 200


@dataclass(frozen=True)
class Sum:
    """How many wait, in one kind, agency or person."""

    name: str
    whom: str
    numbers: tuple[int, ...]
    overdue: int
    oldest: Any


@page("see-figures")
def waiting(request: HttpRequest, here: Here) -> HttpResponse:
    """Who is waiting for whom: counts for everybody, people for those who may see them."""
    found = waits(here)
    listed = [(w, KINDS[w.kind], whom(w), _done_at(here, w)) for w in found]
    context = {
        "total": len(found), "overdue": sum(w.overdue for w in found),
        "kinds": [_kind_sum(kind, name, found) for kind, name in KINDS.items()],
        "agencies": _sums(found, lambda w: ("", whom(w))), "columns": tuple(KINDS.values()),
        "people": _sums([w for w in found if w.name], lambda w: (w.name, whom(w)))
        if here.can("see-people") else (),
        "list": listed[:MOST] if here.can("see-people") else (), "most": MOST,
        "base": f"/work/{here.authority}/",
    }  # fmt: skip
    return render(request, "work/quality_waiting.html", context)


def whom(wait: Wait) -> str:
    """“Health”, “The panel”, “Plan writers”, “Educational psychologist (advice)”."""
    if wait.kind == "advice":
        return f"{lines.called(words.professions(), wait.whom)} (advice)"
    return {PANEL: "The panel or a manager", WRITERS: "Plan writers", **AGENCIES}.get(
        wait.whom, wait.whom
    )


def _done_at(here: Here, wait: Wait) -> str:
    """Where it is done; empty for those who may not open it."""
    if not wait.reference:
        return ""
    path = DONE_AT.get(wait.kind, "audits/{}/").format(wait.reference)
    return f"/work/{here.authority}/{path}"


def _kind_sum(kind: str, name: str, found: Sequence[Wait]) -> Sum:
    own = [w for w in found if w.kind == kind]
    oldest = min((w.since for w in own), default=None)
    return Sum(name, "", (len(own),), sum(w.overdue for w in own), oldest)


def _sums(found: Iterable[Wait], of: Any) -> list[Sum]:
    """Those with the most overdue first, then those who have waited longest."""
    held: dict[tuple[str, str], list[Wait]] = {}
    for wait in found:
        held.setdefault(of(wait), []).append(wait)
    sums = [
        Sum(name, agency, tuple(sum(w.kind == kind for w in own) for kind in KINDS),
            sum(w.overdue for w in own), min(w.since for w in own))
        for (name, agency), own in held.items()
    ]  # fmt: skip
    return sorted(sums, key=lambda s: (-s.overdue, s.oldest, s.name, s.whom))


WAITING = ("kind", "whom", "person", "since", "due", "overdue", "reference")


@page("see-figures")
def waiting_csv(request: HttpRequest, here: Here) -> HttpResponse:
    """What waits, a row each; people and references for those who may see them."""
    rows = [
        {"kind": KINDS[w.kind], "whom": whom(w), "person": w.name, "since": w.since.isoformat(),
         "due": w.due_on.isoformat() if w.due_on else "", "overdue": w.overdue,
         "reference": w.reference}
        for w in waits(here)
    ]  # fmt: skip
    return as_csv(f"waiting-{here.authority}", rows, WAITING)
