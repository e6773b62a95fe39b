"""What stands on the quality page, from the counts of one address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from goldthread.core.audit.experience import Replies, together
from goldthread.core.audit.themes import in_order
from goldthread.core.framework.scale import BANDS
from goldthread.core.measures.counting import Count
from goldthread.core.report.quality import charts, lines, sentences, series
from goldthread.core.report.quality.asked import DRAWS, Asked
from goldthread.core.report.quality.figures import FEWEST, change, mean, rate
from goldthread.core.report.quality.lines import Grouped, Line
from goldthread.core.report.quality.series import Point
from goldthread.readers.experience import shared_form
from goldthread.readers.frameworks import shared_framework
from goldthread.records.queries.counts import Filters, tallied
from goldthread.records.queries.experience import said
from goldthread.records.roles import AGENCIES
from goldthread.records.scope import Here
from goldthread.web.work.quality_cells import plain
from goldthread.web.work.quality_figures import TITLES, Figures, names_of
from goldthread.writers.drawing_svg import drawing_svg


@dataclass(frozen=True)
class Head:
    """The sentences first: how many, how good, against before, and what would sharpen it."""

    counted: str
    good: str
    about: str
    changed: str
    sharpen: str
    enough: bool


def head(figures: Figures) -> Head:
    asked, band, audits = figures.asked, figures.count("band"), figures.count("index").audits
    lens = figures.lens
    good = rate(band.met, band.n, lens.everybody, lens.population)
    index = mean(figures.count("index"), lens.everybody, lens.population)
    return Head(
        sentences.counted(asked, audits),
        sentences.good(good, band.undecided),
        sentences.about(asked, lens.population, audits),
        _changed(figures) if good.known else "",
        sentences.sharpen((good, index), lens.everybody),
        audits >= FEWEST,
    )


def _changed(figures: Figures) -> str:
    """Always of the process: what is held now cannot be set against what was held then."""
    asked, now, before = figures.asked, figures.count("band"), figures.before("band")
    earlier = figures.auditors(*asked.before)
    found = change((now.met, now.n), (before.met, before.n), figures.lens.everybody, earlier)
    return sentences.changed(found, rate(before.met, before.n, earlier), asked)


@dataclass(frozen=True)
class Chart:
    """A picture, wide and narrow, with the rows of its table."""

    title: str
    key: str
    wide: str
    narrow: str
    rows: tuple[tuple[str, ...], ...]
    columns: tuple[str, ...]

    @property
    def body(self) -> SafeString:
        return plain(self.rows)


def labels(figures: Figures) -> list[str]:
    """Of the bands, from the lowest."""
    return [figures.framework.band_label(band) for band in BANDS]


def grades(figures: Figures) -> Chart | None:
    points = series.points(figures.months["band"])
    if not points:
        return None
    names = labels(figures)
    last = points[-1]
    good = rate(last.count.met, last.count.n)
    title = f"Good or better: {sentences.percent(good)} of {last.count.n} in {last.label}"
    wide, narrow = (drawing_svg(charts.grades(points, names, small), _kind(small))
                    for small in (False, True))  # fmt: skip
    rows = tuple(_grade_row(figures, point) for point in reversed(points))
    columns = ("Months", "Graded", *reversed(names), "Good or better", "Likely")
    return Chart(title, "Numbers above the bars: audits graded.", wide, narrow, rows, columns)


def _kind(narrow: bool) -> str:
    return "gt-narrow" if narrow else "gt-wide"


def _grade_row(figures: Figures, point: Point) -> tuple[str, ...]:
    good = rate(point.count.met, point.count.n, figures.auditors(point.first, point.last))
    numbers = map(str, reversed(charts.at(point)))
    return (point.label, str(point.count.n), *numbers, sentences.percent(good),
            sentences.likely(good))  # fmt: skip


def index_points(figures: Figures, months: Mapping[dt.date, Count]) -> tuple[Point, ...]:
    return series.with_roster(series.points(months), figures.roster)


def index(figures: Figures) -> Chart | None:
    points = index_points(figures, figures.months["index"])
    if not points:
        return None
    wide, narrow = (drawing_svg(charts.index(points, small), _kind(small))
                    for small in (False, True))  # fmt: skip
    rows = tuple(_index_row(figures, point) for point in reversed(points))
    columns = ("Months", "Audits", "Mean index", "Likely", "Lead auditors")
    title = series.said(series.control(points), points)
    return Chart(title, charts.index_key(points), wide, narrow, rows, columns)


def _index_row(figures: Figures, point: Point) -> tuple[str, ...]:
    found = mean(point.count, figures.auditors(point.first, point.last))
    return (point.label, str(point.count.n), sentences.points(found), sentences.likely(found, ""),
            point.roster)  # fmt: skip


def compliance(figures: Figures) -> tuple[Line, ...]:
    """The dial of the law: each of its places with its share."""
    count, lens = figures.count("compliance"), figures.lens
    grading = figures.framework.grading
    named = {str(key): words for key, words in grading.compliance.items()} if grading else {}
    places = (("compliant", count.at2), ("defects", count.at1), ("breach", count.at0))
    return tuple(
        Line(key, named.get(key, key), count.n,
             rate(n, count.n, lens.everybody, lens.population))
        for key, n in places
    )  # fmt: skip


def families(here: Here) -> Replies | None:
    """The dial of family experience, for those who may see it."""
    if not here.can("see-experience"):
        return None
    form = shared_form()
    return together(form, [reply.answers for reply in said(here, form.key)])


def groups(figures: Figures) -> list[Grouped]:
    return [
        lines.grouped(
            dimension, TITLES[dimension], names_of(dimension),
            figures.groups(dimension, figures.cells), figures.held, figures.lens,
        )
        for dimension in figures.dimensions
    ]  # fmt: skip


def criteria(figures: Figures, sort: str) -> tuple[Line, ...]:
    ordered = in_order(figures.framework, figures.framework.criteria)
    return lines.criteria(ordered, figures.counts, figures.lens, sort)


def themes(figures: Figures) -> tuple[Line, ...]:
    names = {theme: f"{name} ({theme})" for theme, name in figures.framework.themes.items()}
    return lines.themes(names, figures.counts, figures.lens)


def agencies(figures: Figures) -> tuple[Line, ...]:
    return lines.agencies(AGENCIES, figures.counts, figures.lens)


def professions(here: Here, asked: Asked, framework: str) -> Figures | None:
    """Advice audited in the same period and drawn alike, by the profession that gave it."""
    if asked.subject == "advice":
        return None
    kept = Asked(asked.since, asked.until, "advice", asked.draw, usual=asked.usual)
    return Figures(here, kept, shared_framework(framework), ("profession",))


def other_draws(figures: Figures) -> list[Line]:
    """Audits that were chosen otherwise: each by itself, and part of no other figure."""
    asked = figures.asked
    wanted = Filters(
        framework=(figures.framework.key,), subject=(asked.subject,), since=asked.since,
        until=asked.until, **{name: (value,) for name, value in asked.chosen.items()},
    )  # fmt: skip
    found: dict[str, dict[str, Count]] = {}
    for row in tallied(figures.here, wanted, ("drawn",), ("band", "index")):
        found.setdefault(row.by[0], {})[row.count.measure] = row.count
    return [
        Line(draw, name, count.audits, rate(band.met, band.n), mean(count), band)
        for draw, name in DRAWS.items()
        if draw != asked.draw and draw in found
        for count in (found[draw].get("index", Count("index")),)
        for band in (found[draw].get("band", Count("band")),)
    ]


def grade_records(figures: Figures) -> list[dict[str, Any]]:
    """Points of the picture of grades, for a file."""
    found = []
    for point in series.points(figures.months["band"]):
        led = figures.auditors(point.first, point.last)
        good = rate(point.count.met, point.count.n, led)
        bands: dict[str, int] = dict(zip(map(str, BANDS), charts.at(point), strict=True))
        found.append({"months": point.label, "audits": point.count.n, **bands,
                      **lines.rounded("good", "good_share", good)})  # fmt: skip
    return found


def index_records(figures: Figures) -> list[dict[str, Any]]:
    """Points of the picture of the index, for a file."""
    found = []
    for point in index_points(figures, figures.months["index"]):
        value = mean(point.count, figures.auditors(point.first, point.last))
        found.append({"months": point.label, "audits": point.count.n, "roster": point.roster,
                      **lines.rounded("index", "index", value)})  # fmt: skip
    return found
