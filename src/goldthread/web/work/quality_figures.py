"""What a quality page is made of: the authority's counts, and who stands behind them.

The queries are here, and everything that is said of them is in `core/report/quality`.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from goldthread.core.framework.framework import Framework
from goldthread.core.measures.counting import Count
from goldthread.core.report.quality.asked import GROUPS, UNKNOWN, Asked, plus
from goldthread.core.report.quality.figures import Auditors
from goldthread.core.report.quality.floor import Group, Held, held_back
from goldthread.core.report.quality.lines import Lens
from goldthread.core.report.quality.series import MONTHS, total
from goldthread.readers.frameworks import UnknownFramework, shared_framework
from goldthread.records.queries.counts import Filters, options, tallied
from goldthread.records.queries.quality import Behind, behind, plans_held
from goldthread.records.queries.settings import chosen
from goldthread.records.scope import Here
from goldthread.web.work import words

REVIEW = "annual-review@2026.1"
OF_PLANS = ("need", "phase", "setting_kind", "plan_kind", "age_band", "team")
OF_SUBJECT = {"plan": OF_PLANS, "review": OF_PLANS, "advice": ("profession", "need", "phase")}
"""The groups that a page of each kind of document shows."""
TITLES = {
    "need": "Primary need", "phase": "Phase", "setting_kind": "Kind of setting",
    "plan_kind": "Kind of plan", "age_band": "Age", "team": "Team", "profession": "Profession",
}  # fmt: skip
PEOPLE = ("team",)
"""Groups of people: shown only where two are known to be in them."""


def names_of(dimension: str) -> Mapping[str, str]:
    """Value of a group -> what it is called, in the order in which it is shown."""
    known: dict[str, Mapping[str, str]] = {
        "need": words.needs(), "phase": words.PHASES, "setting_kind": words.SETTINGS,
        "plan_kind": words.PLAN_KINDS, "age_band": words.BANDS,
        "profession": words.professions(),
    }  # fmt: skip
    return known.get(dimension, {})


@dataclass(frozen=True)
class Choices:
    """What may be chosen: field of the address -> value -> name; `present`: what has audits."""

    known: Mapping[str, Mapping[str, str]]
    present: Mapping[str, Mapping[str, str]]


def choices(here: Here) -> Choices:
    """Of everything that counts are kept under."""
    found = options(here)
    known: dict[str, dict[str, str]] = {}
    present: dict[str, dict[str, str]] = {}
    for name, dimension in GROUPS.items():
        names = {**names_of(dimension), **{v: v for v in found[dimension] if v}}
        names = {**names, **names_of(dimension), UNKNOWN: "Not known"}
        known[name] = names
        present[name] = {v: n for v, n in names.items()
                         if ("" if v == UNKNOWN else v) in found[dimension]}  # fmt: skip
    known["framework"] = {key: _title(key) for key in found["framework"]}
    return Choices(known, {**present, "framework": known["framework"]})


def _title(key: str) -> str:
    framework = edition(key)
    return f"{framework.title}, edition {framework.edition}" if framework else key


def edition(key: str) -> Framework | None:
    try:
        return shared_framework(key)
    except UnknownFramework:
        return None


def fitting(present: Mapping[str, str], subject: str) -> dict[str, str]:
    """The editions that are for this kind of document."""
    return {key: name for key, name in present.items()
            if (f := edition(key)) and f.subject == subject}  # fmt: skip


def framework_of(here: Here, asked: Asked, present: Iterable[str]) -> Framework:
    """The edition asked for; else the authority's own, else the newest that has audits."""
    usual = {"plan": chosen(here).framework, "review": REVIEW, "advice": words.ADVICE}
    wanted = usual[asked.subject]
    every = [f for key in present if (f := edition(key)) and f.subject == asked.subject]
    found = {f.key: f for f in every}
    if asked.framework in found:
        return found[asked.framework]
    if wanted in found or not found:
        return shared_framework(wanted)
    return found[max(found)]


@dataclass
class Figures:
    """The counts of one address. Each set is asked for when a page wants it, and once."""

    here: Here
    asked: Asked
    framework: Framework
    only: tuple[str, ...] = ()
    """Groups that the page shows; empty for all that it can."""

    @property
    def filters(self) -> Filters:
        """Of the period, the draw and the groups that were asked for."""
        return self._filters(self.asked)

    def _filters(self, asked: Asked, since: dt.date | None = None) -> Filters:
        return Filters(
            framework=(self.framework.key,), subject=(asked.subject,), drawn=(asked.draw,),
            since=since or asked.since, until=asked.until,
            **{name: (value,) for name, value in asked.chosen.items()},
        )  # fmt: skip

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The groups that are shown: those that the address does not fix."""
        fixed = self.asked.chosen
        shown = self.only or OF_SUBJECT[self.asked.subject]
        return tuple(d for d in shown if d not in fixed)

    @cached_property
    def counts(self) -> Mapping[str, Count]:
        """Measure -> count, of the whole period."""
        return {row.count.measure: row.count for row in tallied(self.here, self.filters)}

    def count(self, measure: str) -> Count:
        return self.counts.get(measure, Count(measure))

    @cached_property
    def months(self) -> Mapping[str, Mapping[dt.date, Count]]:
        """Measure (band, index, compliance) -> month -> count, three years back at least."""
        return self.by_month(("band", "index", "compliance"))

    def by_month(self, measures: tuple[str, ...]) -> Mapping[str, Mapping[dt.date, Count]]:
        since = min(self.asked.before[0], plus(self.asked.until, 1 - MONTHS))
        found: dict[str, dict[dt.date, Count]] = {measure: {} for measure in measures}
        for row in tallied(self.here, self._filters(self.asked, since), ("month",), measures):
            found[row.count.measure][row.by[0]] = row.count
        return found

    def before(self, measure: str) -> Count:
        """Of the period before."""
        since, until = self.asked.before
        months = self.months[measure]
        return total((c for month, c in months.items() if since <= month <= until), measure)

    @cached_property
    def cells(self) -> Mapping[tuple[str, ...], Mapping[str, Count]]:
        """Values of the page's dimensions -> measure (band, index) -> count."""
        return self.cells_of(self.asked, self.dimensions, ("band", "index"))

    def cells_of(
        self, asked: Asked, dimensions: tuple[str, ...], measures: tuple[str, ...]
    ) -> Mapping[tuple[str, ...], Mapping[str, Count]]:
        found: dict[tuple[str, ...], dict[str, Count]] = {}
        for row in tallied(self.here, self._filters(asked), dimensions, measures):
            found.setdefault(row.by, {})[row.count.measure] = row.count
        return found

    def groups(
        self, dimension: str, cells: Mapping[tuple[str, ...], Mapping[str, Count]]
    ) -> dict[str, dict[str, Count]]:
        """One dimension of cells: value -> measure -> count."""
        place = self.dimensions.index(dimension)
        found: dict[str, dict[str, list[Count]]] = {}
        for key, counts in cells.items():
            for measure, count in counts.items():
                found.setdefault(key[place], {}).setdefault(measure, []).append(count)
        return {
            value: {measure: total(counts, measure) for measure, counts in sums.items()}
            for value, sums in found.items()
        }

    @cached_property
    def behind(self) -> tuple[Behind, ...]:
        """The audits of three years; of the period alone where the page shows no more."""
        since = min(self.asked.before[0], plus(self.asked.until, 1 - MONTHS))
        return behind(self.here, self._filters(self.asked, None if self.only else since))

    @cached_property
    def led(self) -> Mapping[dt.date, Counter[int]]:
        """Month -> who led how many."""
        found: dict[dt.date, Counter[int]] = {}
        for (month, who), n in Counter((row.month, row.auditor) for row in self.behind).items():
            if who is not None:
                found.setdefault(month, Counter())[who] = n
        return found

    def auditors(self, since: dt.date, until: dt.date) -> Auditors:
        """Who led the audits of a period."""
        found: Counter[int] = Counter()
        for month, who in self.led.items():
            if since <= month <= until:
                found.update(who)
        return Auditors(found)

    @property
    def roster(self) -> Mapping[dt.date, Iterable[int]]:
        """Month -> who led."""
        return self.led

    @cached_property
    def population(self) -> int | None:
        """How many plans are held, where figures of the stock are asked for and N is known."""
        if self.asked.figure != "stock" or self.asked.subject != "plan":
            return None
        held = plans_held(self.here, self.filters)
        return held if held >= self.count("index").audits > 0 else None

    @cached_property
    def lens(self) -> Lens:
        found: dict[Group, dict[int, int]] = {}
        for dimension in self.dimensions:
            led = Counter((row.cell[dimension], row.auditor) for row in self._period)
            for (value, auditor), audits in led.items():
                if auditor is not None:
                    found.setdefault(Group(dimension, value), {})[auditor] = audits
        everybody = self.auditors(self.asked.since, self.asked.until)
        groups = {group: Auditors(audits) for group, audits in found.items()}
        return Lens(groups, everybody, self.population)

    @cached_property
    def _period(self) -> list[Behind]:
        return [row for row in self.behind if row.month >= self.asked.since]

    @cached_property
    def held(self) -> Held:
        """Which groups of the page are not shown."""
        return held_back(sizes(self.cells), self.dimensions, self.one_person(self._period))

    def held_of(self, measure: str, cells: Mapping[tuple[str, ...], Mapping[str, Count]]) -> Held:
        """Which groups are not shown of one measure, of which fewer audits may say anything."""
        few = {key: counts[measure].n for key, counts in cells.items() if measure in counts}
        return held_back(few, self.dimensions, self.one_person(self._period))

    def one_person(
        self, rows: Sequence[Behind], dimensions: Iterable[str] = ()
    ) -> frozenset[Group]:  # fmt: skip
        """Groups that are, or for teams and professions may be, the work of one person."""
        who = "author" if self.asked.subject == "advice" else "writer"
        people: dict[Group, set[int | None]] = {}
        for dimension in tuple(dimensions) or self.dimensions:
            for value, person in {(row.cell[dimension], getattr(row, who)) for row in rows}:
                people.setdefault(Group(dimension, value), set()).add(person)
        return frozenset(group for group, found in people.items() if _one(group, found))

    def refused(self) -> str:
        """The first group of the address that may not be looked at alone, as a sentence."""
        for name, value in self.asked.groups:
            wider = self.asked.without(name)
            dimensions = tuple(d for d in OF_SUBJECT[wider.subject] if d not in wider.chosen)
            dimension = GROUPS[name]
            if dimension not in dimensions:
                dimensions = (*dimensions, dimension)
            rows = behind(self.here, self._filters(wider))
            cells = self.cells_of(wider, dimensions, ("band", "index"))
            held = held_back(sizes(cells), dimensions, self.one_person(rows, dimensions))
            key = "" if value == UNKNOWN else value
            if held.hides(Group(dimension, key)):
                called = {**names_of(dimension), "": "not known"}.get(key, key)
                return (
                    f"{TITLES[dimension]} “{called}” is not shown by itself: there are too few "
                    "audits, or it is one person’s work, or a smaller group could be worked out "
                    "from it. Choose a longer period, or all of them."
                )
        return ""


def _one(group: Group, who: set[int | None]) -> bool:
    known = len(who - {None})
    if group.dimension in PEOPLE and group.value:
        return known < 2
    return known == 1 and None not in who


def sizes(cells: Mapping[tuple[str, ...], Mapping[str, Count]]) -> dict[tuple[str, ...], int]:
    """Audits of each cell that are graded; where none is (short forms), all of them."""
    graded = {key: counts["band"].n for key, counts in cells.items() if "band" in counts}
    if any(graded.values()):
        return graded
    return {key: counts["index"].audits for key, counts in cells.items() if "index" in counts}
