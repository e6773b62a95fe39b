"""What pages of calibration show: where each anchor stands for one person, and what was agreed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from django.utils import timezone

from goldthread.core.audit.anchors import AnchorPlan
from goldthread.core.audit.audit import questions
from goldthread.core.audit.calibrating import Compared, Tallied, compare, due_on, tally
from goldthread.core.audit.judgement import CANNOT_DECIDE, Value
from goldthread.core.framework.framework import Framework
from goldthread.readers.frameworks import shared_framework
from goldthread.records.queries.calibration import AnchorAudit

VERDICTS = {
    "same": "The agreed answer",
    "stricter": "Stricter",
    "kinder": "Kinder",
    "other": "Another kind of answer",
}


@dataclass(frozen=True)
class Standing:
    """How one anchor stands for one person. `open`: the marking under way; `last`: the newest one
    signed of the anchor as it is now; `again`: the day from which it is due again."""

    plan: AnchorPlan
    open: AnchorAudit | None
    last: AnchorAudit | None
    earlier: tuple[AnchorAudit, ...]
    today: dt.date

    @property
    def again(self) -> dt.date | None:
        return due_on(signed_on(self.last)) if self.last else None

    @property
    def due(self) -> bool:
        """Whether it may be begun today."""
        return self.open is None and (self.again is None or self.again <= self.today)

    @property
    def changed(self) -> bool:
        """It was marked before, and the plan or what is agreed was changed since."""
        return self.last is None and bool(self.earlier)

    @property
    def late(self) -> bool:
        day = self.open.due_on if self.open else None
        return day is not None and day < self.today


def signed_on(audit: AnchorAudit) -> dt.date:
    return timezone.localtime(audit.signed_at).date()


def standings(
    plans: Iterable[AnchorPlan], audits: Sequence[AnchorAudit], today: dt.date
) -> list[Standing]:
    """One for each anchor; `audits` are one person's own, the newest first."""
    found = []
    for plan in plans:
        own = [a for a in audits if a.anchor == plan.id]
        signed = [a for a in own if a.signed]
        now = next((a for a in signed if a.digest == plan.digest), None)
        found.append(
            Standing(
                plan,
                open=next((a for a in own if not a.signed and a.digest == plan.digest), None),
                last=now,
                earlier=tuple(a for a in signed if a is not now),
                today=today,
            )
        )
    return found


def compared(plan: AnchorPlan, audit: AnchorAudit) -> tuple[Compared, ...]:
    """A signed marking beside what was agreed, in the order of the form."""
    framework = shared_framework(plan.anchor.framework)
    asked = questions(framework, audit.blank).criteria
    known = [c for c in asked if c.id in plan.anchor.answers]
    return compare(framework, plan.anchor, known, audit.values)


@dataclass(frozen=True)
class Result:
    """One signed marking in numbers. `changed`: the anchor was changed since, so that it does not
    compare."""

    audit: AnchorAudit
    title: str
    on: dt.date
    tally: Tallied
    changed: bool


def results(plans: Iterable[AnchorPlan], audits: Iterable[AnchorAudit]) -> list[Result]:
    """The signed markings of anchors that there are, in the order of `audits`."""
    known = {plan.id: plan for plan in plans}
    return [
        Result(
            audit, plan.anchor.title, signed_on(audit), tally(compared(plan, audit)),
            audit.digest != plan.digest,
        )
        for audit in audits if audit.signed and (plan := known.get(audit.anchor))
    ]  # fmt: skip


def together(found: Iterable[Result]) -> Tallied:
    """The newest marking of each anchor that still compares, counted together.

    `found`: one person's, the newest first.
    """
    newest: dict[str, Tallied] = {}
    for result in found:
        if not result.changed:
            newest.setdefault(result.audit.anchor, result.tally)
    return reduce(Tallied.__add__, newest.values(), Tallied())


@dataclass(frozen=True)
class PersonLine:
    """One auditor, for the quality lead: what they marked, what waits, and how often alike."""

    member: int
    name: str
    agency: str
    marked: tuple[Result, ...]
    waiting: tuple[tuple[str, AnchorAudit, bool], ...]
    """Title, marking, and whether it is late."""
    tally: Tallied

    @property
    def said(self) -> str:
        """“5 plans, the last on 16 August 2026”."""
        count = len({result.audit.anchor for result in self.marked})
        last = max(result.on for result in self.marked)
        plans = "1 plan" if count == 1 else f"{count} plans"
        return f"{plans}, the last on {last.day} {last:%B %Y}"

    @property
    def range(self) -> str:
        """“61 to 88 in 100”; empty for too few marks."""
        found = self.tally.interval
        return f"{100 * found.low:.0f} to {100 * found.high:.0f} in 100" if found else ""


def people(
    plans: Sequence[AnchorPlan], audits: Iterable[AnchorAudit], agencies: Mapping[str, str],
    today: dt.date,
) -> list[PersonLine]:  # fmt: skip
    """One line for each person with a marking, by name and never by result."""
    by_member: dict[int, list[AnchorAudit]] = {}
    for audit in audits:
        by_member.setdefault(audit.member, []).append(audit)
    titles = {plan.id: plan.anchor.title for plan in plans}
    lines = []
    for member, own in by_member.items():
        found = results(plans, own)
        waiting = tuple(
            (titles.get(a.anchor, a.anchor), a, a.due_on is not None and a.due_on < today)
            for a in own if not a.signed
        )  # fmt: skip
        agency = agencies.get(own[0].agency, "")
        name = own[0].name or "Somebody who has left"
        lines.append(PersonLine(member, name, agency, tuple(found), waiting, together(found)))
    return sorted(lines, key=lambda line: (line.name.casefold(), line.member))


@dataclass(frozen=True)
class Shown:
    """One question as the page of results shows it."""

    line: Compared
    verdict: str
    own: str
    agreed: str
    looks_like: str
    arguable: str


@dataclass(frozen=True)
class ShownTheme:
    theme: str
    title: str
    different: tuple[Shown, ...]
    same: tuple[Shown, ...]


def shown_themes(framework: Framework, lines: Iterable[Compared]) -> list[ShownTheme]:
    """By theme in the order of the form: what differs, then what does not."""
    by_theme: dict[str, list[Compared]] = {}
    for line in lines:
        by_theme.setdefault(line.theme, []).append(line)
    return [
        ShownTheme(
            theme,
            framework.themes.get(theme, theme),
            tuple(_shown(framework, line) for line in own if line.verdict != "same"),
            tuple(_shown(framework, line) for line in own if line.verdict == "same"),
        )
        for theme, own in by_theme.items()
    ]


def _shown(framework: Framework, line: Compared) -> Shown:
    verdict = VERDICTS[line.verdict]
    if line.adjacent and line.verdict != "same":
        verdict = f"One step {line.verdict}"
    arguable = [answer_said(framework, v) for v in line.agreed.arguable]
    return Shown(
        line,
        verdict,
        answer_said(framework, line.own),
        answer_said(framework, line.agreed.answer),
        line.criterion.descriptors.get(str(line.agreed.answer), ""),  # type: ignore[call-overload]
        " or ".join(arguable),
    )


def answer_said(framework: Framework, value: Value) -> str:
    """“2 Met”; a reason why the question does not apply in words."""
    if isinstance(value, int):
        return f"{value} {framework.answers[str(value)]}"
    if value == CANNOT_DECIDE:
        return framework.answers[CANNOT_DECIDE]
    reason = framework.not_applicable.get(value, value)
    return f"{framework.answers['not-applicable']}: {reason[:1].lower()}{reason[1:].rstrip('.')}"
