"""What plans fall short on: one question by itself, and the common issues in their order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404

from goldthread.core.framework.criterion import Criterion
from goldthread.core.measures.counting import Count
from goldthread.core.report.quality import charts, lines, sentences, series
from goldthread.core.report.quality.charts import SHADES
from goldthread.core.report.quality.figures import FEWEST, change, rate
from goldthread.core.report.quality.floor import Group
from goldthread.core.report.quality.issues import GATES, Issue, affected, in_order, ranked
from goldthread.records.queries.counts import tallied
from goldthread.records.queries.issues import words_on
from goldthread.web.work.quality_address import query
from goldthread.web.work.quality_cells import of_groups
from goldthread.web.work.quality_figures import TITLES, Figures, names_of
from goldthread.web.work.quality_page import Chart
from goldthread.web.work.quality_shown import Links, row, share
from goldthread.web.work.views.quality import looked_at, table
from goldthread.writers.drawing_svg import drawing_svg

TOP = 10
"""Issues of which groups and quotes are shown."""
ANSWERS = ("0", "1", "2", "3")


def criterion_of(figures: Figures, criterion: str) -> Criterion:
    """The question of the edition in use. Errors: Http404."""
    found = next((c for c in figures.framework.criteria if c.id == criterion), None)
    if found is None:
        raise Http404
    return found


def _answers(figures: Figures, criterion: Criterion) -> list[str]:
    """What each answer is called, from 0: “0, Absent or wrong”."""
    named = figures.framework.answers
    return [f"{a}, {named.get(a, '')}".rstrip(", ") for a in ANSWERS]


def _over_time(figures: Figures, criterion: Criterion) -> Chart | None:
    points = series.points(figures.by_month((criterion.id,))[criterion.id])
    if not points:
        return None
    names = _answers(figures, criterion)
    wide, narrow = (
        drawing_svg(charts.answers(points, names, small), "gt-narrow" if small else "gt-wide")
        for small in (False, True)
    )
    rows = []
    for point in reversed(points):
        met = rate(point.count.met, point.count.n, figures.auditors(point.first, point.last))
        numbers = map(str, charts.at(point))
        rows.append((point.label, str(point.count.n), *numbers, sentences.percent(met),
                     sentences.likely(met)))  # fmt: skip
    columns = ("Months", "Audits", *ANSWERS, "Met", "Likely")
    key = "Numbers above the bars: audits in which the question applies."
    return Chart(criterion.question, key, wide, narrow, tuple(rows), columns)


def _by_group(figures: Figures, criterion: str) -> list[lines.Grouped]:
    cells = figures.cells_of(figures.asked, figures.dimensions, (criterion,))
    held = figures.held_of(criterion, cells)
    counted = {key: counts for key, counts in cells.items() if counts[criterion].n}
    return [
        lines.grouped(
            dimension, TITLES[dimension], names_of(dimension), figures.groups(dimension, counted),
            held, figures.lens, criterion,
        )
        for dimension in figures.dimensions
    ]  # fmt: skip


def _quoted(figures: Figures, criterion: str) -> dict[str, Any]:
    """Quotes and comments, which are for those who may read documents and are never kept."""
    if not figures.here.can("read-documents"):
        return {"words": None}
    criterion_of(figures, criterion)
    found = words_on(figures.here, figures.filters, (criterion,), most=8)
    return {"words": found[criterion], "opens": figures.here.can("see-audits")}


@looked_at("work/quality_criterion.html", fresh=_quoted)
def criterion(figures: Figures, sort: str, criterion: str) -> dict[str, Any]:
    """One question: how many meet it, over time, by group, and what good looks like."""
    found = criterion_of(figures, criterion)
    count, lens, asked = figures.count(found.id), figures.lens, figures.asked
    met = rate(count.met, count.n, lens.everybody, lens.population)
    months = figures.by_month((found.id,))[found.id]
    since, until = asked.before
    before = series.total((c for m, c in months.items() if since <= m <= until), found.id)
    earlier = figures.auditors(since, until)
    moved = change((count.met, count.n), (before.met, before.n), lens.everybody, earlier)
    links = Links(figures.here, asked, figures.framework.key)
    return {
        "template": "work/parts/quality_criterion_picture.html", "asks": found, "count": count,
        "met": share(met), "known": met.known, "few": FEWEST,
        "changed": sentences.changed(moved, rate(before.met, before.n, earlier), asked)
        if met.known else "",
        "sharpen": sentences.sharpen((met,), lens.everybody),
        "about": sentences.about(asked, lens.population, count.n),
        "line": row(lines.Line(found.id, found.question, count.n, met, counts=count)),
        "chart": _over_time(figures, found),
        "band_key": list(zip(_answers(figures, found), SHADES, strict=True)),
        "groups": of_groups(_by_group(figures, found.id), links, "Met"),
        "all_audits": links.audits(criterion=found.id),
        "short_audits": links.audits(criterion=found.id, answer="short"),
        "back": f"{links.base}quality/{query(asked)}",
    }  # fmt: skip


@table("criterion")
def criterion_csv(figures: Figures, criterion: str) -> Any:
    """One question by group."""
    found = criterion_of(figures, criterion)
    return [
        each
        for group in _by_group(figures, found.id)
        for each in (*lines.rows(group.title, group.lines), *lines.held_rows(group))
    ]


MONTHLY = ("months", "audits", "at_0", "at_1", "at_2", "at_3", "met", "share_low",
           "share_high")  # fmt: skip


@table("criterion-months", MONTHLY)
def criterion_months_csv(figures: Figures, criterion: str) -> Any:
    """One question month by month."""
    found = criterion_of(figures, criterion)
    rows = []
    for point in series.points(figures.by_month((found.id,))[found.id]):
        met = rate(point.count.met, point.count.n, figures.auditors(point.first, point.last))
        named = zip(("at_0", "at_1", "at_2", "at_3"), charts.at(point), strict=True)
        rows.append({"months": point.label, "audits": point.count.n, **dict(named),
                     **lines.rounded("share", "met", met)})  # fmt: skip
    return rows


def _ranked(figures: Figures) -> tuple[Issue, ...]:
    lens = figures.lens
    return ranked(figures.framework.criteria, figures.counts, lens.everybody, lens.population)


def _affected(figures: Figures, top: tuple[Issue, ...]) -> Mapping[str, list[str]]:
    """Criterion -> groups in which clearly more fall short, in words. One test of them all."""
    found: dict[str, dict[tuple[str, str], Count]] = {issue.criterion.id: {} for issue in top}
    for dimension in figures.dimensions:
        for tally in tallied(figures.here, figures.filters, (dimension,), tuple(found)):
            if not figures.held.hides(Group(dimension, tally.by[0])) and tally.count.n >= FEWEST:
                found[tally.count.measure][dimension, tally.by[0]] = tally.count
    return {
        criterion: [
            f"{TITLES[a.dimension]}: {lines.called(names_of(a.dimension), a.value)} "
            f"({a.short} of {a.n})"
            for a in affected(groups, figures.count(criterion))
        ]
        for criterion, groups in found.items()
    }


def _issue_words(figures: Figures) -> dict[str, Any]:
    if not figures.here.can("read-documents"):
        return {"words": None}
    top = tuple(issue.criterion.id for issue in _ranked(figures)[:TOP])
    found = words_on(figures.here, figures.filters, top) if top else {}
    said = [(criterion, words) for criterion, words in found.items() if words]
    return {"words": said, "opens": figures.here.can("see-audits")}


@looked_at("work/quality_issues.html", fresh=_issue_words)
def common(figures: Figures, sort: str) -> dict[str, Any]:
    """The common issues, the heaviest first, as far as they can be put in order."""
    found = _ranked(figures)
    links = Links(figures.here, figures.asked, figures.framework.key)
    groups = _affected(figures, found[:TOP])
    return {
        "template": "work/parts/quality_issues_picture.html",
        "issues": [
            {
                "issue": issue, "short": share(issue.short),
                "groups": groups.get(issue.criterion.id, ()),
                "page": links.criterion(issue.criterion.id),
                "link": links.audits(criterion=issue.criterion.id, answer="short"),
            }
            for issue in found
        ],
        "ordered": in_order(found), "gates": GATES, "audits": figures.count("index").audits,
        "counted": sentences.counted(figures.asked, figures.count("index").audits),
        "sharpen": sentences.sharpen([i.short for i in found[:TOP]], figures.lens.everybody),
        "back": f"{links.base}quality/{query(figures.asked)}",
    }  # fmt: skip


ISSUES = ("place", "criterion", "question", "gate", "weight", "audits", "short", "share",
          "share_low", "share_high", "weighted")  # fmt: skip


@table("issues", ISSUES)
def issues_csv(figures: Figures) -> Any:
    """All issues with their places."""
    return [
        {
            "place": issue.place, "criterion": issue.criterion.id,
            "question": issue.criterion.question, "gate": issue.criterion.gate,
            "weight": issue.weight, "audits": issue.short.n, "short": issue.short.met,
            **lines.rounded("share", "share", issue.short), "weighted": round(issue.value, 2),
        }
        for issue in _ranked(figures)
    ]  # fmt: skip
