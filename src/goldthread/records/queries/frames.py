"""What a sample can be drawn from: which plans, reviews or advice are in, and why others are not.

The rules are in `why_out`, a plain function of one candidate, so that every exclusion is counted
and said, and none happens in a query that nobody sees.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

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


@dataclass(frozen=True)
class Candidate:
    """A plan, the last review of one, or a piece of advice, by its reference."""

    reference: str
    plan: int
    facts: Mapping[str, str]
    """By the keys of KEYS; empty where not known."""
    ceased: bool = False
    status: str = "unknown"
    day: dt.date | None = None
    """Of the newest issue, the last review, or when advice came."""
    first: dt.date | None = None
    reviewed: dt.date | None = None
    document: int | None = None


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
    chosen, left = [], Counter[str]()
    for candidate in found:
        reason = why_out(candidate, asked, today, lately)
        if reason:
            left[reason] += 1
        else:
            chosen.append(candidate)
    return Choice(len(found), tuple(chosen), {r: left[r] for r in REASONS if left[r]})


def frame_of(choice: Choice, asked: FrameAsked) -> Frame:
    """The list to draw from, small strata merged. Errors: Refused when it is empty."""
    if not choice.chosen:
        raise Refused("Nothing is in: ask for less, or take a longer stretch of time.")
    lines = [FrameLine(c.reference, stratum_of(c.facts, asked.keys)) for c in choice.chosen]
    if any(len(line.stratum) > LONGEST for line in lines):
        raise Refused("The names of the strata are too long: divide by fewer facts.")
    return Frame(merge_small(lines))


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


def why_out(
    c: Candidate, asked: FrameAsked, today: dt.date, lately: frozenset[str] = frozenset()
) -> str:
    """The code of the first reason (REASONS) against a candidate; empty when it is in."""
    tests = (
        ("ceased", c.ceased),
        ("not-issued", asked.subject == "plan" and c.status == "unknown"),
        ("other-status", asked.subject == "plan" and c.status not in statuses(asked.status)),
        ("no-review", asked.subject == "review" and c.reviewed is None and c.document is None),
        ("other-profession", _is_other(c.facts["profession"], asked.professions)),
        ("other-day", not _between(c.day, asked.since, asked.until)),
        ("other-facts", _other_facts(c, asked)),
        ("too-new", not _longer_ago(c.day, asked.older * 12, today)),
        ("reviewed", not _longer_ago(c.reviewed or c.first, asked.unreviewed, today)),
        ("no-document", asked.with_document and c.document is None),
        ("lately", c.reference in lately),
    )  # fmt: skip
    return next((code for code, applies in tests if applies), "")


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


def _is_other(value: str, wanted: tuple[str, ...]) -> bool:
    return bool(wanted) and value not in wanted


def _between(day: dt.date | None, since: dt.date | None, until: dt.date | None) -> bool:
    if since is None and until is None:
        return True
    return day is not None and (since or day) <= day <= (until or day)


def _longer_ago(day: dt.date | None, months: int, today: dt.date) -> bool:
    """Also when nothing is asked (0 months); never for a date that is not known."""
    return not months or (day is not None and day < months_before(today, months))


def _other_facts(c: Candidate, asked: FrameAsked) -> bool:
    wanted = {
        "plan_kind": asked.plan_kinds, "need": asked.needs, "age_band": asked.age_bands,
        "phase": asked.phases, "team": asked.teams,
    }  # fmt: skip
    return any(_is_other(c.facts[key], values) for key, values in wanted.items())


_PLAN = (
    "pk", "reference", "need", "age_band", "phase", "plan_kind", "team", "issued_on", "amended_on",
    "last_review_on", "ceased_on",
)  # fmt: skip


def _facts(row: Mapping[str, str], profession: str = "") -> dict[str, str]:
    facts = {key: row[key] for key in ("need", "age_band", "phase", "plan_kind")}
    return {**facts, "team": row["team"][:LONGEST_TEAM], "profession": profession}


def _plans(asked: FrameAsked) -> list[Candidate]:
    """Every plan, with its newest document of the kind and status asked for."""
    newest = newest_documents(asked.subject, asked.status)
    found = []
    for row in Plan.objects.order_by("reference").values(*_PLAN):
        document, status = newest.get(row["pk"], (None, ""))
        issue = max((d for d in (row["issued_on"], row["amended_on"]) if d), default=None)
        listed = status_of(row["issued_on"], row["amended_on"])
        found.append(
            Candidate(
                reference=row["reference"], plan=row["pk"], facts=_facts(row),
                ceased=row["ceased_on"] is not None,
                status=status if status not in ("", "unknown") else listed,
                day=row["last_review_on"] if asked.subject == "review" else issue,
                first=row["issued_on"], reviewed=row["last_review_on"], document=document,
            )
        )  # fmt: skip
    return found


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
    newest = {}
    plan = [f"plan__{name}" for name in _PLAN]
    for row in rows.values("pk", "reference", "profession", "author_id", "dated_on", *plan):
        newest[row["plan__pk"], row["profession"], row["author_id"]] = row
    return [
        Candidate(
            reference=row["reference"], plan=row["plan__pk"],
            facts=_facts({n: row[f"plan__{n}"] for n in _PLAN}, row["profession"]),
            ceased=row["plan__ceased_on"] is not None, day=row["dated_on"],
            reviewed=row["plan__last_review_on"], first=row["plan__issued_on"], document=row["pk"],
        )
        for row in newest.values()
    ]  # fmt: skip


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
