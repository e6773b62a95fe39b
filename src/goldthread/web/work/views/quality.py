"""How good the plans are: the live picture of one authority's own audits, and nobody else's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from goldthread.core.report.quality import lines, sentences
from goldthread.core.report.quality.asked import (
    DRAWS,
    GROUPS,
    KINDS_OF_FIGURE,
    SUBJECTS,
    Asked,
    WrongAddress,
    read,
)
from goldthread.core.report.quality.charts import SHADES
from goldthread.core.report.quality.lines import SORTS
from goldthread.records.queries.counts import pulse
from goldthread.records.scope import Here
from goldthread.web.work import quality_page as parts
from goldthread.web.work import words
from goldthread.web.work.guard import page
from goldthread.web.work.quality_address import query
from goldthread.web.work.quality_cells import Rows, of_groups, questions
from goldthread.web.work.quality_figures import (
    TITLES,
    Choices,
    Figures,
    choices,
    fitting,
    framework_of,
)
from goldthread.web.work.quality_kept import pictures
from goldthread.web.work.quality_shown import Links, of_criteria, plain_rows, row
from goldthread.writers.csv import csv_text

View = Callable[..., dict[str, Any]]
Fresh = Callable[..., dict[str, Any]]


class Asking(NamedTuple):
    """Who asks for what, when the figures last changed."""

    here: Here
    asked: Asked
    offered: Choices
    beat: Any


def given(request: HttpRequest) -> dict[str, str]:
    """The fields of the address; of a field that stands there twice, the last."""
    return {name: str(value)[:80] for name, value in request.GET.items()}


def asked_figures(here: Here, asked: Asked, offered: Choices) -> Figures:
    """Errors: WrongAddress for a group too small to be looked at by itself."""
    figures = Figures(here, asked, framework_of(here, asked, offered.present["framework"]))
    if asked.framework not in ("", figures.framework.key):
        raise WrongAddress("framework", "That standard is for another kind of document.")
    if refused := figures.refused():
        raise WrongAddress(asked.groups[0][0], refused)
    return figures


def looked_at(template: str, fresh: Fresh | None = None) -> Callable[[View], Any]:
    """A page of figures: `view(figures, sort, **named)` gives what its picture shows.

    The picture is kept until the figures change; `fresh` gives what must not be kept. What is
    wrong in the address is said on the page, with its form, and no figure.
    """

    def made(view: View) -> Any:
        @page("see-figures")
        def answer(request: HttpRequest, here: Here, **named: Any) -> HttpResponse:
            beat = pulse(here)  # before the figures, so that none is missed
            offered = choices(here)
            try:
                asked = read(given(request), offered.known, timezone.localdate())
                picture = _picture(request, Asking(here, asked, offered, beat), view, named)
                more = fresh(asked_figures(here, asked, offered), **named) if fresh else {}
            except WrongAddress as wrong:
                return _wrong(request, here, offered, template, wrong)
            context = {
                **more, **named, "asked": asked, "picture": picture, "wrong": None,
                "live": {"number": beat.number, "at": beat.at, "address": request.get_full_path()},
                "links": Links(here, asked), "query": query(asked),
                "unit": sentences.THINGS[asked.subject][1],
            }  # fmt: skip
            return render(request, template, context)

        return answer

    return made


def _picture(request: HttpRequest, asking: Asking, view: View, named: Mapping[str, Any]) -> str:
    """The page's figures as HTML, from what is kept when nothing has changed since."""
    here, asked, offered, beat = asking
    sort = request.GET.get("sort", "standard")
    sort = sort if sort in SORTS else "standard"

    def make() -> str:
        figures = asked_figures(here, asked, offered)
        context = {
            **form(asked, offered), **view(figures, sort=sort, **named), "figures": figures,
            "chosen": _chosen(asked, offered), "path": request.path, **named,
            "links": Links(here, asked), "framework": figures.framework, "query": query(asked),
            "unit": sentences.THINGS[asked.subject][1],
        }  # fmt: skip
        return render_to_string(context.pop("template"), context)

    if beat.at is None:
        return make()
    rights = tuple(sorted(here.permissions & {"see-audits", "see-experience"}))
    return pictures.get((here.authority, beat, request.path, asked, sort, rights), make)


def _wrong(
    request: HttpRequest, here: Here, offered: Choices, template: str, wrong: WrongAddress
) -> HttpResponse:
    asked = read({}, {}, timezone.localdate())
    context = {
        **form(asked, offered), "wrong": wrong, "links": Links(here, asked), "path": request.path,
    }  # fmt: skip
    return render(request, template, context, status=400)


def form(asked: Asked, offered: Choices) -> dict[str, Any]:
    """The filters, each with what may be chosen."""
    ticked = dict(asked.groups)
    selects = [
        ("subject", "Kind of document", SUBJECTS, asked.subject, "plan"),
        ("draw", "How they were chosen", DRAWS, asked.draw, "random"),
        ("figure", "What the figures are about", KINDS_OF_FIGURE, asked.figure, "process"),
    ]
    named = {"": "The one in use", **fitting(offered.present["framework"], asked.subject)}
    if len(named) > 2:
        selects.append(("framework", "Standard", named, asked.framework, ""))
    asks = [name for name in GROUPS if name != "profession" or asked.subject == "advice"]
    groups = [
        (name, TITLES[GROUPS[name]], {"": "All", **offered.present[name]}, ticked.get(name, ""))
        for name in asks
        if len(offered.present[name]) > 1 or name in ticked
    ]
    return {"asked": asked, "selects": selects, "group_selects": groups}


def _chosen(asked: Asked, offered: Choices) -> list[str]:
    """The filters in words."""
    said = [offered.known[name][value] for name, value in asked.groups]
    if asked.draw != "random":
        said.append(DRAWS[asked.draw])
    return said


@looked_at("work/quality.html")
def quality(figures: Figures, sort: str) -> dict[str, Any]:
    """The whole picture."""
    here, asked = figures.here, figures.asked
    links = Links(here, asked, figures.framework.key)
    advice = parts.professions(here, asked, words.ADVICE)
    return {
        "template": "work/parts/quality_picture.html", "head": parts.head(figures),
        "grades": parts.grades(figures), "index": parts.index(figures),
        "band_key": list(zip(reversed(parts.labels(figures)), reversed(SHADES), strict=True)),
        "compliance": plain_rows(parts.compliance(figures)), "families": parts.families(here),
        "tables": [
            Rows("By theme", plain_rows(parts.themes(figures)), first="Theme"),
            Rows("By whose questions they are", plain_rows(parts.agencies(figures)),
                 first="Agency"),
        ],
        "criteria": questions(of_criteria(parts.criteria(figures, sort), links)), "sort": sort,
        "sorts": [(key, said, _sorted(asked, key)) for key, said in SORTS.items()],
        "groups": of_groups(parts.groups(figures), links),
        "advice": _of_advice(advice) if advice else [],
        "others": [
            (row(line), f"{links.base}quality/{_drawn(asked, line.key)}")
            for line in parts.other_draws(figures)
        ],
    }  # fmt: skip


def _of_advice(advice: Figures) -> list[Rows]:
    return of_groups(parts.groups(advice), Links(advice.here, advice.asked, words.ADVICE))


def _sorted(asked: Asked, key: str) -> str:
    return (query(asked, sort=key) if key != "standard" else query(asked) or "?") + "#criteria"


def _drawn(asked: Asked, draw: str) -> str:
    kept = Asked(asked.since, asked.until, asked.subject, draw, "process", asked.framework,
                 asked.groups, asked.usual)  # fmt: skip
    return query(kept) or "?"


def table(name: str, columns: Sequence[str] = lines.COLUMNS) -> Callable[[Callable[..., Any]], Any]:
    """A table as a CSV file: `rows(figures, **named)` gives its rows."""

    def made(rows: Callable[..., Iterable[Mapping[str, Any]]]) -> Any:
        @page("see-figures")
        def answer(request: HttpRequest, here: Here, **named: Any) -> HttpResponse:
            offered = choices(here)
            try:
                asked = read(given(request), offered.known, timezone.localdate())
                figures = asked_figures(here, asked, offered)
            except WrongAddress as wrong:
                return HttpResponse(f"{wrong}\n", status=400, content_type="text/plain")
            return as_csv(f"{name}-{here.authority}", rows(figures, **named), columns)

        return answer

    return made


def as_csv(name: str, rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> HttpResponse:
    response = HttpResponse(csv_text(rows, columns), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


@table("criteria")
def criteria_csv(figures: Figures) -> Any:
    """Every question with its share, interval and answers."""
    return lines.rows("criteria", parts.criteria(figures, "standard"))


@table("themes")
def themes_csv(figures: Figures) -> Any:
    """Themes, and the questions of each agency."""
    return [*lines.rows("theme", parts.themes(figures)),
            *lines.rows("agency", parts.agencies(figures))]  # fmt: skip


@table("groups")
def groups_csv(figures: Figures) -> Any:
    """Every group that is shown; those that are not, by name."""
    return [
        each
        for group in parts.groups(figures)
        for each in (*lines.rows(group.title, group.lines), *lines.held_rows(group))
    ]


MONTHLY = ("months", "audits", "inadequate", "requires-improvement", "good", "outstanding",
           "good_share", "good_low", "good_high", "index", "index_low", "index_high",
           "roster")  # fmt: skip


@table("months", MONTHLY)
def months_csv(figures: Figures) -> Any:
    """The points of both pictures."""
    return [*parts.grade_records(figures), *parts.index_records(figures)]
