"""Whether auditors agree: over all, question by question, and the machine beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from goldthread.core.audit.agreement import Agreement
from goldthread.core.audit.agreement_words import (
    machine_overview,
    machine_words,
    overview,
    overview_notes,
    remarks,
    verdict_words,
)
from goldthread.core.audit.judgement import CANNOT_DECIDE, Value
from goldthread.core.audit.marks import Pair, by_criterion
from goldthread.core.audit.remark import counted
from goldthread.core.audit.themes import theme_name, theme_of
from goldthread.core.framework.framework import Framework
from goldthread.core.report import trust_charts as charts
from goldthread.core.report import trust_tables as tables
from goldthread.core.report.charts_style import Spec
from goldthread.records.queries.agreement import subjects
from goldthread.records.scope import Here
from goldthread.web.pictures import Drawing
from goldthread.web.work.guard import page
from goldthread.web.work.views.trust_kept import Trust, trust_of, trust_wording
from goldthread.writers.charts import png, svg
from goldthread.writers.csv import csv_text

SUBJECTS = {"plan": "Plans", "review": "Annual reviews", "advice": "Advice"}
MOST = 60
"""Disagreements on a page; the file has all."""
PAIRS_CSV = ("criterion", "first_audit", "second_audit", "first", "second")


@dataclass(frozen=True)
class Disagreement:
    """Two audits that answered one question differently, in words."""

    audits: tuple[str, str]
    first: str
    second: str
    apart: str


def subject_of(request: HttpRequest) -> str:
    """The kind of document asked for. Errors: Http404 for one that there is not."""
    asked = request.GET.get("of", "plan")
    if asked not in SUBJECTS:
        raise Http404
    return asked


def base_of(here: Here) -> str:
    return f"/work/{here.authority}/trust/"


def query_of(subject: str) -> str:
    """What follows an address; nothing for plans."""
    return "" if subject == "plan" else f"?of={subject}"


def shared(here: Here, subject: str) -> dict[str, Any]:
    """What every page of this part needs."""
    return {
        "base": base_of(here), "query": query_of(subject), "subject": subject,
        "subjects": [(s, SUBJECTS[s], query_of(s)) for s in subjects(here)],
        "named": here.can("see-strictness"),
    }  # fmt: skip


def drawing(here: Here, path: str, query: str, spec: Spec | None) -> Drawing | None:
    """A picture at its own address, as `parts/picture.html` shows it."""
    if spec is None:
        return None
    return Drawing(path, base_of(here) + path, query, str(spec["description"]))


@page("see-trust")
def home(request: HttpRequest, here: Here) -> HttpResponse:
    """The sentence, the picture, the table."""
    subject = subject_of(request)
    found, words = trust_of(here, subject), trust_wording()
    spec = charts.agreement_chart(found.agreement, found.framework)
    context = shared(here, subject) | {
        "said": overview(found.agreement, words),
        "notes": overview_notes(found.agreement, found.audits, found.doubles, words),
        "picture": drawing(here, "agreement", query_of(subject), spec),
        "columns": tables.COLUMNS,
        "together": [
            tables.agreement_line(row, found.framework)
            for row in tables.together(found.agreement)
        ],
        "themes": _by_theme(here, found, subject),
        "since": found.stamp.since,
    }  # fmt: skip
    return render(request, "work/trust.html", context)


@dataclass(frozen=True)
class ThemeOf:
    """The questions of one theme. `said`: “4 questions: 1 training need, 3 cannot tell yet”."""

    title: str
    said: str
    lines: tuple[tables.Line, ...]


def _by_theme(here: Here, found: Trust, subject: str) -> list[ThemeOf]:
    """Each question leads to its own page."""
    section = {c.id: c.section for c in found.framework.criteria}
    held: dict[str, list[Agreement]] = {}
    for row in found.agreement.criteria:
        theme = theme_name(found.framework, theme_of(found.framework, section[row.id]))
        held.setdefault(theme, []).append(row)
    above, query = f"{base_of(here)}criteria/", query_of(subject)
    return [
        ThemeOf(theme, _counts(rows), tuple(
            tables.agreement_line(row, found.framework, f"{above}{row.id}/{query}") for row in rows
        ))
        for theme, rows in held.items()
    ]  # fmt: skip


def _counts(rows: Sequence[Agreement]) -> str:
    times = Counter[str](row.verdict for row in rows)
    parts = [f"{times[v]} {words.lower()}" for v, words in tables.VERDICTS.items() if times[v]]
    return f"{counted(len(rows), 'question')}: {', '.join(parts)}"


@page("see-trust")
def criterion(request: HttpRequest, here: Here, criterion: str) -> HttpResponse:
    """One question: how its pairs fell, and the audits that differ."""
    subject = subject_of(request)
    found, pairs = _question(here, subject, criterion)
    row = found.agreement.of(criterion)
    asked = next((c for c in found.framework.criteria if c.id == criterion), None)
    if row is None or asked is None:
        raise Http404
    differ = sorted((p for p in pairs if p.first != p.second), key=_distance, reverse=True)
    words = trust_wording()
    machine = next((m for m in found.machine if m.criterion == criterion), None)
    context = shared(here, subject) | {
        "criterion": asked, "row": row, "said": verdict_words(row, words),
        "notes": tuple(remarks(row, words)), "line": tables.agreement_line(row, found.framework),
        "columns": tables.COLUMNS[:-1],
        "grid": tables.pair_grid(row, found.framework), "left": tables.left_table(row),
        "differ": [_differ(p, found.framework) for p in differ[:MOST]], "count": len(differ),
        "may_open": here.can("see-audits"), "machine": machine,
        "machine_said": machine and machine_words(machine, words).text,
        "machine_line": machine and tables.machine_line(machine, "", words),
        "machine_columns": tables.MACHINE_COLUMNS[:-1],
    }  # fmt: skip
    return render(request, "work/trust_criterion.html", context)


def _question(here: Here, subject: str, criterion: str) -> tuple[Trust, Sequence[Pair]]:
    found = trust_of(here, subject)
    if found.agreement.of(criterion) is None:
        raise Http404
    return found, by_criterion(found.agreement.pairs.blind).get(criterion, ())


def _distance(pair: Pair) -> tuple[int, str]:
    """How far two answers lie apart: “does not apply” furthest, “cannot decide” nearest."""
    if CANNOT_DECIDE in (pair.first, pair.second):
        return 0, pair.audits[0]
    if isinstance(pair.first, int) and isinstance(pair.second, int):
        return abs(pair.first - pair.second), pair.audits[0]
    return 4, pair.audits[0]


def _differ(pair: Pair, framework: Framework) -> Disagreement:
    both = isinstance(pair.first, int) and isinstance(pair.second, int)
    apart = str(_distance(pair)[0]) if both else "not both numbers"
    return Disagreement(
        pair.audits, said(pair.first, framework), said(pair.second, framework), apart
    )


def said(value: Value, framework: Framework) -> str:
    """“2 Met”, “Cannot decide”, “Not applicable: there is no need of this kind”."""
    if isinstance(value, int):
        return f"{value} {framework.answers.get(str(value), '')}".strip()
    if value == CANNOT_DECIDE:
        return framework.answers.get(CANNOT_DECIDE, "Cannot decide")
    reason = framework.not_applicable.get(value, "").rstrip(".")
    return f"Not applicable: {reason[:1].lower()}{reason[1:]}" if reason else "Not applicable"


@page("see-trust")
def pairs_file(request: HttpRequest, here: Here, criterion: str) -> HttpResponse:
    """All pairs of one question, for a spreadsheet."""
    _, pairs = _question(here, subject_of(request), criterion)
    rows = [
        {"criterion": p.criterion, "first_audit": p.audits[0], "second_audit": p.audits[1],
         "first": p.first, "second": p.second}
        for p in pairs
    ]  # fmt: skip
    return csv_file(rows, PAIRS_CSV, f"pairs-{criterion}")


@page("see-trust")
def machine(request: HttpRequest, here: Here) -> HttpResponse:
    """The machine's suggestions beside people's own answers."""
    subject = subject_of(request)
    found, words = trust_of(here, subject), trust_wording()
    spec = charts.machine_chart(found.machine)
    above = f"{base_of(here)}criteria/"
    context = shared(here, subject) | {
        "said": machine_overview(found.machine, words),
        "picture": drawing(here, "machine", query_of(subject), spec),
        "columns": tables.MACHINE_COLUMNS,
        "lines": [
            tables.machine_line(row, f"{above}{row.criterion}/{query_of(subject)}", words)
            for row in found.machine
        ],
    }  # fmt: skip
    return render(request, "work/trust_machine.html", context)


@page("see-trust")
def agreement_file(request: HttpRequest, here: Here, ending: str) -> HttpResponse:
    """Agreement as a picture or as rows."""
    found = trust_of(here, subject_of(request))
    if ending == "csv":
        rows = tables.agreement_rows(found.agreement, found.framework, trust_wording())
        return csv_file(rows, tables.AGREEMENT_CSV, "agreement")
    spec = charts.agreement_chart(found.agreement, found.framework, narrow_of(request))
    return picture_file(spec, ending, "agreement")


@page("see-trust")
def machine_file(request: HttpRequest, here: Here, ending: str) -> HttpResponse:
    """The machine beside people, as a picture or as rows."""
    found = trust_of(here, subject_of(request))
    if ending == "csv":
        return csv_file(tables.machine_rows(found.machine), tables.MACHINE_CSV, "machine")
    return picture_file(charts.machine_chart(found.machine, narrow_of(request)), ending, "machine")


def narrow_of(request: HttpRequest) -> bool:
    return request.GET.get("size") == "narrow"


def csv_file(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], name: str) -> HttpResponse:
    response = HttpResponse(csv_text(rows, columns), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def picture_file(spec: Spec | None, ending: str, name: str) -> HttpResponse:
    """A picture; one that says so where there are too few numbers for it."""
    spec = spec or charts.no_chart()
    if ending == "svg":
        response = HttpResponse(svg(spec), content_type="image/svg+xml")
    else:
        response = HttpResponse(png(spec), content_type="image/png")
    response["Content-Disposition"] = f'inline; filename="{name}.{ending}"'
    return response
