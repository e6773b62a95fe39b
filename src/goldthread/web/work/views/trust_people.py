"""How strict auditors are: all of them, one of them, oneself, and who is linked with whom.

Names are for those who may see them. Everybody else sees how far auditors differ, and an auditor
their own place and nobody else's.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldthread.core.audit.strictness import Group
from goldthread.core.audit.strictness_words import (
    Name,
    anchor_words,
    drift_words,
    few_words,
    group_words,
    link_words,
    my_words,
    row_words,
)
from goldthread.core.report import trust_charts as charts
from goldthread.core.report import trust_tables as tables
from goldthread.records.queries.agreement import names
from goldthread.records.scope import Here
from goldthread.web.work.guard import page
from goldthread.web.work.views.trust import (
    base_of,
    csv_file,
    drawing,
    narrow_of,
    picture_file,
    query_of,
    shared,
    subject_of,
)
from goldthread.web.work.views.trust_kept import Trust, trust_of, trust_wording


def name_of(here: Here, found: Trust) -> Name | None:
    """Names of auditors for those who may see them, else None."""
    if not here.can("see-strictness"):
        return None
    known = names(here, found.marked)
    called = {member: row.name for member, row in known.items()}
    twice = {name for name in called.values() if list(called.values()).count(name) > 1}
    return lambda member: (
        f"{called[member]} ({member})" if called.get(member) in twice
        else called.get(member, f"member {member}")
    )  # fmt: skip


def _with_group(query: str, group: Group) -> str:
    return f"{query}{'&' if query else '?'}group={group.id}"


@page("see-trust")
def auditors(request: HttpRequest, here: Here) -> HttpResponse:
    """Everybody beside those they are linked with."""
    subject = subject_of(request)
    found = trust_of(here, subject)
    name = name_of(here, found)
    context = shared(here, subject) | {
        "few": few_words(found.together, trust_wording(), name),
        "groups": [_group(here, group, name, query_of(subject)) for group in found.groups],
        "columns": tables.STRICTNESS_COLUMNS,
    }  # fmt: skip
    return render(request, "work/trust_auditors.html", context)


def _group(here: Here, group: Group, name: Name | None, query: str) -> dict[str, Any]:
    words, above = trust_wording(), f"{base_of(here)}auditors/"
    lines = [] if name is None else [
        tables.strictness_line(row, name(row.by), f"{above}{row.by}/{query}", words)
        for part in group.linked
        for row in part.rows
    ]  # fmt: skip
    return {
        "id": group.id,
        "title": tables.GROUPS.get(group.id, group.id),
        "said": tuple(group_words(group, words, name)),
        "lines": lines,
        "spread": tables.spread_table(group),
        "picture": drawing(
            here, "strictness", _with_group(query, group), charts.strictness_chart(group, name)
        ),
        "apart": len(group.linked) > 1,
    }


@page("see-trust")
def links(request: HttpRequest, here: Here) -> HttpResponse:
    """Who is linked with whom, and what would link those who are not."""
    subject = subject_of(request)
    found = trust_of(here, subject)
    name = name_of(here, found)
    context = shared(here, subject) | {
        "few": few_words(found.together, trust_wording(), name),
        "groups": [_links(here, group, name, query_of(subject)) for group in found.groups],
    }  # fmt: skip
    return render(request, "work/trust_links.html", context)


def _links(here: Here, group: Group, name: Name | None, query: str) -> dict[str, Any]:
    return {
        "title": tables.GROUPS.get(group.id, group.id),
        "id": group.id,
        "said": tuple(link_words(group, trust_wording(), name)),
        "table": tables.links_table(group, name) if name and group.links else None,
        "picture": drawing(
            here, "links", _with_group(query, group), charts.links_chart(group, name)
        ),
    }


@page("see-strictness")
def auditor(request: HttpRequest, here: Here, member: int) -> HttpResponse:
    """One auditor, for the quality lead."""
    subject = subject_of(request)
    who = names(here, [member]).get(member)
    if who is None:
        raise ObjectDoesNotExist
    found = trust_of(here, subject)
    context = shared(here, subject) | {"who": who, "columns": tables.STRICTNESS_COLUMNS}
    if member in found.marked:
        words = trust_wording()
        places = found.places(member)
        context |= {
            "marked": found.marked[member],
            "together": found.together.get(member, 0),
            "said": [row_words(row, words) for _, _, row in places if row][:1],
            "lines": [
                tables.strictness_line(row, tables.GROUPS.get(group.id, group.id), "", words)
                for group, _, row in places
                if row
            ],
            "alone": [
                text for group, linked, row in places if row is None
                for text in link_words(group, words, name_of(here, found))
            ],
            **_over_time(here, found, member, f"auditors/{member}/quarters", query_of(subject)),
        }  # fmt: skip
    return render(request, "work/trust_auditor.html", context)


def _over_time(here: Here, found: Trust, member: int, path: str, query: str) -> dict[str, Any]:
    """Drift and differences of one auditor."""
    words = trust_wording()
    quarters = found.quarters.get(member, ())
    differences = tables.differences(found.agreement.pairs.blind, member)
    return {
        "drift": drift_words(quarters, words),
        "anchors": anchor_words(found.anchors.get(member), words),
        "quarters": tables.quarters_table(quarters) if quarters else None,
        "picture": drawing(here, path, query, charts.quarters_chart(quarters)),
        "differences": tables.differences_table(differences) if differences else None,
    }


@page("calibrate")
def mine(request: HttpRequest, here: Here) -> HttpResponse:
    """What an auditor may know of their own marks; nobody else sees it but the quality lead."""
    subject = subject_of(request)
    found = trust_of(here, subject)
    context = shared(here, subject)
    member = here.member or 0
    if member not in found.marked:
        context["said"] = my_words(None, None, False, trust_wording())
        return render(request, "work/trust_me.html", context)
    places = found.places(member)
    linked, row = next(((linked, row) for _, linked, row in places if row), (None, None))
    context |= {
        "said": my_words(linked, row, True, trust_wording()),
        "row": row, "marked": found.marked[member], "together": found.together.get(member, 0),
        "lines": [
            _without_words(tables.strictness_line(
                own, tables.GROUPS.get(group.id, group.id), "", trust_wording()))
            for group, _, own in places if own
        ],
        "columns": tables.STRICTNESS_COLUMNS[:-1],
        **_over_time(here, found, member, "me/quarters", query_of(subject)),
    }  # fmt: skip
    return render(request, "work/trust_me.html", context)


def _without_words(line: tables.Line) -> tables.Line:
    return line._replace(cells=line.cells[:-1])


@page("see-trust")
def strictness_file(request: HttpRequest, here: Here, ending: str) -> HttpResponse:
    """Strictness as a picture; as rows with names for those who may see them."""
    found = trust_of(here, subject_of(request))
    if ending == "csv":
        here.check("see-strictness")
        name = name_of(here, found) or str
        return csv_file(
            tables.strictness_rows(found.groups, name), tables.STRICTNESS_CSV, "strictness"
        )
    group = _asked_group(found, request)
    narrow = narrow_of(request)
    spec = charts.strictness_chart(group, name_of(here, found), narrow) if group else None
    return picture_file(spec, ending, "strictness")


@page("see-trust")
def links_file(request: HttpRequest, here: Here, ending: str) -> HttpResponse:
    """Links as a picture; as rows with names for those who may see them."""
    found = trust_of(here, subject_of(request))
    if ending == "csv":
        here.check("see-strictness")
        name = name_of(here, found) or str
        return csv_file(tables.links_rows(found.groups, name), tables.LINKS_CSV, "links")
    group = _asked_group(found, request)
    narrow = narrow_of(request)
    spec = charts.links_chart(group, name_of(here, found), narrow) if group else None
    return picture_file(spec, ending, "links")


@page("see-strictness")
def auditor_file(request: HttpRequest, here: Here, member: int, ending: str) -> HttpResponse:
    """One auditor's quarters. Errors: ObjectDoesNotExist for nobody of this authority."""
    if member not in names(here, [member]):
        raise ObjectDoesNotExist
    return _quarters_file(request, here, member, ending)


@page("calibrate")
def my_file(request: HttpRequest, here: Here, ending: str) -> HttpResponse:
    """One's own quarters."""
    return _quarters_file(request, here, here.member or 0, ending)


def _quarters_file(request: HttpRequest, here: Here, member: int, ending: str) -> HttpResponse:
    quarters = trust_of(here, subject_of(request)).quarters.get(member, ())
    if ending == "csv":
        return csv_file(tables.quarters_rows(quarters), tables.QUARTERS_CSV, "quarters")
    return picture_file(charts.quarters_chart(quarters, narrow_of(request)), ending, "quarters")


def _asked_group(found: Trust, request: HttpRequest) -> Group | None:
    """The group named in the address, else the first; None where there is none such."""
    asked = request.GET.get("group")
    return next((group for group in found.groups if asked in (None, group.id)), None)
