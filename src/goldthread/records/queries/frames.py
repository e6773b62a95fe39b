"""What a sample can be drawn from: which plans, reviews or advice are in, and why others are not.

The rules are in `rules`, plain functions of one candidate, so that every exclusion is counted and
said, and none happens in a query that nobody sees.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Literal, NamedTuple

from django.db.models import Q

from goldthread.core.audit.casemix import status_of
from goldthread.core.audit.frame import Frame, FrameLine, merge_small, stratum_of
from goldthread.records.models import Document, Plan, SampleLine
from goldthread.records.scope import Here, Refused

SubjectKind = Literal["plan", "review", "advice"]
SUBJECTS: dict[str, str] = {
    "plan": "Plans",
    "review": "Annual reviews",
    "advice": "Professional advice",
}
STATUSES: dict[str, str] = {
    "issued": "Final and amended plans",
    "final": "Final plans, not amended since",
    "amended": "Amended plans",
    "draft": "Drafts",
}
KEYS: dict[str, str] = {
    "need": "Primary need",
    "age_band": "Age band",
    "phase": "Phase",
    "plan_kind": "New, reviewed or transferred",
    "team": "Team",
    "profession": "Profession",
}
"""Facts by which strata are made; the last for advice only."""
LONGEST = 120
"""Characters in the name of a stratum."""
LONGEST_TEAM = 40


@dataclass(frozen=True)
class FrameAsked:
    """Which are in. Empty means that nothing is asked.

    `since`, `until`: of the newest issue of a plan, of the last review, of the day advice came;
    `older`: years since that day; `unreviewed`: months since the last review, or since the first
    issue where there was none; `fresh`: months in which it was not in a random sample.
    """

    subject: SubjectKind = "plan"
    status: str = "issued"
    professions: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    plan_kinds: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    age_bands: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    older: int = 0
    unreviewed: int = 0
    with_document: bool = False
    fresh: int = 0
    keys: tuple[str, ...] = ()


class Candidate(NamedTuple):
    """A plan, the last review of one, or a piece of advice, by its reference.

    A tuple, because an authority has up to 20,000 of them and each is looked at for every count.
    The facts are named as in KEYS and empty where not known.
    """

    reference: str
    plan: int
    need: str
    age_band: str
    phase: str
    plan_kind: str
    team: str
    profession: str
    ceased: bool
    status: str
    day: dt.date | None
    """Of the newest issue, the last review, or when advice came."""
    first: dt.date | None
    reviewed: dt.date | None
    document: int | None


Rule = tuple[str, Callable[[Candidate], bool]]


@dataclass(frozen=True)
class Choice:
    """`left_out`: reason -> how many, in the order of the rules; `listed`: all there are."""

    listed: int
    chosen: tuple[Candidate, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def plans(self) -> dict[str, int]:
        """Reference -> the plan's row."""
        return {candidate.reference: candidate.plan for candidate in self.chosen}


def choose(here: Here, asked: FrameAsked, today: dt.date) -> Choice:
    """What is in, and how many are not and why."""
    found = _advice() if asked.subject == "advice" else _plans(asked)
    lately = _drawn_since(months_before(today, asked.fresh)) if asked.fresh else frozenset()
    asked_of_each = rules(asked, today, lately)
    chosen, left = [], Counter[str]()
    for candidate in found:
        for code, against in asked_of_each:
            if against(candidate):
                left[code] += 1
                break
        else:
            chosen.append(candidate)
    return Choice(len(found), tuple(chosen), {r: left[r] for r in REASONS if left[r]})


def frame_of(choice: Choice, asked: FrameAsked) -> Frame:
    """The list to draw from, small strata merged. Errors: Refused when it is empty."""
    if not choice.chosen:
        raise Refused("Nothing is in: ask for less, or take a longer stretch of time.")
    lines = [FrameLine(c.reference, _stratum(c, asked.keys)) for c in choice.chosen]
    if any(len(line.stratum) > LONGEST for line in lines):
        raise Refused("The names of the strata are too long: divide by fewer facts.")
    return Frame(merge_small(lines))


def _stratum(c: Candidate, keys: tuple[str, ...]) -> str:
    return stratum_of({key: getattr(c, key) for key in keys}, keys)


REASONS: dict[str, str] = {
    "ceased": "the plan has ceased",
    "not-issued": "no date of issue is known, and there is no document",
    "other-status": "another status than the one asked for",
    "no-review": "no review is known",
    "other-profession": "another profession",
    "other-day": "outside the dates, or without a date",
    "other-facts": "another need, age band, phase, kind or team",
    "too-new": "not old enough, or without a date",
    "reviewed": "reviewed lately enough",
    "no-document": "no document is here",
    "lately": "drawn in a random sample lately",
}
"""Why something is not in, in the order in which it is asked."""


def rules(asked: FrameAsked, today: dt.date, lately: frozenset[str] = frozenset()) -> list[Rule]:
    """(Reason, whether it speaks against a candidate), in the order of REASONS; only what is asked.

    The first that does is the reason why a candidate is not in.
    """
    return [("ceased", lambda c: c.ceased), *_of_the_kind(asked), *_of_facts(asked),
            *_of_time(asked, today),
            *([("no-document", lambda c: c.document is None)] if asked.with_document else []),
            *([("lately", lambda c: c.reference in lately)] if lately else [])]  # fmt: skip


def _of_the_kind(asked: FrameAsked) -> Iterator[Rule]:
    if asked.subject == "plan":
        wanted = statuses(asked.status)
        yield "not-issued", lambda c: c.status == "unknown"
        yield "other-status", lambda c: c.status not in wanted
    if asked.subject == "review":
        yield "no-review", lambda c: c.reviewed is None and c.document is None
    if asked.professions:
        yield "other-profession", lambda c: c.profession not in asked.professions


def _of_facts(asked: FrameAsked) -> Iterator[Rule]:
    if asked.since or asked.until:
        yield "other-day", lambda c: not _between(c.day, asked.since, asked.until)
    wanted = {
        "plan_kind": asked.plan_kinds, "need": asked.needs, "age_band": asked.age_bands,
        "phase": asked.phases, "team": asked.teams,
    }  # fmt: skip
    for key, values in wanted.items():
        if values:
            yield "other-facts", partial(_is_other, key, values)


def _is_other(key: str, values: tuple[str, ...], c: Candidate) -> bool:
    return getattr(c, key) not in values


def _of_time(asked: FrameAsked, today: dt.date) -> Iterator[Rule]:
    if asked.older:
        issued_by = months_before(today, asked.older * 12)
        yield "too-new", lambda c: not _before(c.day, issued_by)
    if asked.unreviewed:
        seen_by = months_before(today, asked.unreviewed)
        yield "reviewed", lambda c: not _before(c.reviewed or c.first, seen_by)


def statuses(asked: str) -> tuple[str, ...]:
    """The statuses of documents that a word of STATUSES stands for."""
    return ("final", "amended") if asked == "issued" else (asked,)


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day so many months earlier, or the last of that month."""
    at = day.year * 12 + day.month - 1 - months
    year, month = divmod(at, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _between(day: dt.date | None, since: dt.date | None, until: dt.date | None) -> bool:
    return day is not None and (since or day) <= day <= (until or day)


def _before(day: dt.date | None, limit: dt.date) -> bool:
    return day is not None and day < limit


_PLAN = (
    "pk", "reference", "need", "age_band", "phase", "plan_kind", "team", "issued_on", "amended_on",
    "last_review_on", "ceased_on",
)  # fmt: skip


def _plans(asked: FrameAsked) -> list[Candidate]:
    """Every plan, with its newest document of the kind and status asked for."""
    newest = newest_documents(asked.subject, asked.status)
    review, found = asked.subject == "review", []
    rows = Plan.objects.order_by("reference").values_list(*_PLAN)
    for pk, reference, need, band, phase, kind, team, issued, amended, reviewed, ceased in rows:
        document, status = newest.get(pk, (None, "unknown"))
        if status == "unknown":
            status = status_of(issued, amended)
        day = reviewed if review else _later(issued, amended)
        found.append(
            Candidate(reference, pk, need, band, phase, kind, team[:LONGEST_TEAM], "",
                      ceased is not None, status, day, issued, reviewed, document)
        )  # fmt: skip
    return found


def _later(one: dt.date | None, other: dt.date | None) -> dt.date | None:
    return max(one, other) if one and other else one or other


def newest_documents(
    kind: str, status: str, plans: Iterable[int] | None = None
) -> dict[int, tuple[int, str]]:
    """Plan -> (its newest readable document of a kind, that document's status).

    Of plans only those whose status is asked for, or not known; any where a plan has none such.
    """
    rows = Document.objects.filter(kind=kind).exclude(state="refused")
    if plans is not None:
        rows = rows.filter(plan__in=plans)
    if kind == "plan":
        rows = rows.filter(Q(status__in=statuses(status)) | Q(status="unknown"))
    found = rows.order_by("version", "pk").values_list("plan_id", "pk", "status")
    return {plan: (document, said) for plan, document, said in found}


def _advice() -> list[Candidate]:
    """Every piece of advice, the newest version of each author's, by the document's reference."""
    rows = Document.objects.filter(kind="advice").exclude(state="refused").order_by("version", "pk")
    of_plan = [f"plan__{name}" for name in _PLAN]
    newest: dict[tuple[object, ...], Candidate] = {}
    for at, reference, profession, author, dated, *plan in rows.values_list(
        "pk", "reference", "profession", "author_id", "dated_on", *of_plan
    ):
        pk, _, need, band, phase, kind, team, issued, _, reviewed, ceased = plan
        newest[pk, profession, author] = Candidate(
            reference, pk, need, band, phase, kind, team[:LONGEST_TEAM], profession,
            ceased is not None, "unknown", dated, issued, reviewed, at,
        )  # fmt: skip
    return list(newest.values())


def _drawn_since(day: dt.date) -> frozenset[str]:
    """References in random samples since `day`; reserve plans that never had their turn are not."""
    rows = SampleLine.objects.filter(sample__mode="random", sample__drawn_at__date__gte=day)
    rows = rows.exclude(state="waiting").exclude(sample__state="set-aside")
    return frozenset(rows.values_list("reference", flat=True))


def values_there(here: Here, subject: str) -> dict[str, tuple[str, ...]]:
    """What each fact can be here: key -> values, sorted; for the ticks of the form."""
    found: dict[str, tuple[str, ...]] = {}
    for key in ("need", "age_band", "phase", "plan_kind", "team"):
        seen = set(Plan.objects.values_list(key, flat=True).distinct())
        found[key] = tuple(sorted({value[:LONGEST_TEAM] for value in seen if value}))
    professions = Document.objects.filter(kind="advice").values_list("profession", flat=True)
    found["profession"] = tuple(sorted(set(professions.distinct()) - {""}))
    return found
