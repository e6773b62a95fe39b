"""Advice to plan: what became of each recommendation, and of each need that advice describes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from goldthread.core.checks.faithful import Fate, Recommendation
from goldthread.core.checks.finding import Quote
from goldthread.core.checks.likeness import Features, Likeness
from goldthread.core.checks.linking import subjects_of
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.wording.quantities import Amount, amount, quantities
from goldthread.core.checks.words import plain
from goldthread.core.plan.document import Paragraph
from goldthread.core.plan.plan import Item, Plan

SAME, NEAR = 0.42, 0.25
"""Likeness from which a text of the plan is the advised one; and from which it may be."""
FIRM = re.compile(r"\b(?:will|must|shall|requires?|needs?|is to|are to)\b")
SOFT = re.compile(
    r"\b(?:should|could|may|might|would benefit|consider\w*|where possible|as appropriate"
    r"|if appropriate|when needed|as required|as needed)\b"
)
SERVED = {"provision": ("F",), "need": ("B", "C", "D"), "outcome": ("E",)}
WHERE = {"provision": "Section F", "need": "Section B", "outcome": "Section E"}
LESS = 0.95
"""An amount below this share of the advised one is smaller, not rounded."""


class _Text(NamedTuple):
    letter: str
    item: str
    paragraph: Paragraph
    text: str
    features: Features


def recommendations(subject: Subject) -> tuple[Recommendation, ...]:
    """What became of every item of every advice report; empty when no advice was given."""
    return subject.kept("recommendations", lambda: tuple(_all(subject)))


def _all(subject: Subject) -> Iterator[Recommendation]:
    if not subject.advice:
        return
    features = subjects_of(subject.words).features
    texts = [_Text(*t, features(t[3])) for t in _plan_texts(subject.plan)]
    advised = [(a, i) for a in subject.advice for i in a.items if i.letter in ("B", "E", "F")]
    known = [features(item.text) for _, item in advised]
    like = Likeness([*(t.features for t in texts), *known])
    for (advice, item), mine in zip(advised, known, strict=True):
        ranked = sorted(((like(mine, t.features), t) for t in texts), key=lambda p: -p[0])
        yield _fate(advice, item, ranked)


def _plan_texts(plan: Plan) -> Iterator[tuple[str, str, Paragraph, str]]:
    """Items, and the paragraphs of sections that have none."""
    for item in plan.items:
        yield item.letter, item.id, item.paragraphs[0], item.text
    for section in plan.sections:
        if not section.items and section.letter not in ("K", "I"):
            for p in section.paragraphs:
                yield section.letter, "", p, p.text


def _fate(advice: Plan, item: Item, ranked: Sequence[tuple[float, _Text]]) -> Recommendation:
    kind: Literal["provision", "need", "outcome"] = item.kind
    home = [(score, t) for score, t in ranked if t.letter in SERVED[kind]]
    best = home[0] if home else (0.0, None)
    other = next(((s, t) for s, t in ranked if t.letter not in SERVED[kind]), (0.0, None))
    if best[0] >= NEAR and best[1] is not None and best[0] >= other[0] - 0.05:
        fate, reason = _compared(kind, item.text, best[1].text)
        sure = best[0] >= SAME
        if not sure and fate == "carried":
            fate, reason = "unsure", f"This may be it in {WHERE[kind]}; look at both."
        return _made(advice, item, fate, reason, 0.8 if sure else 0.5, best[1])
    if other[0] >= SAME and other[1] is not None:
        reason = f"It stands in Section {other[1].letter}, not in {WHERE[kind]}."
        return _made(advice, item, "moved", reason, 0.7, other[1])
    nearest = ranked[0][1] if ranked and ranked[0][0] > 0 else None
    reason = f"Nothing like it was found in {WHERE[kind]}."
    if nearest is not None:
        reason += " The nearest text is beside it; look at both."
    return _made(advice, item, "lost", reason, 0.6, nearest)


def _compared(kind: str, advised: str, planned: str) -> tuple[Fate, str]:
    """How a text of the plan that is the advised one differs from it."""
    if kind != "provision":
        return "carried", f"It is in {WHERE[kind]}."
    thinner = _thinner(advised, planned)
    if thinner:
        return "thinned", thinner
    before, now = plain(advised), plain(planned)
    soft = SOFT.search(now)
    if soft and FIRM.search(before) and not SOFT.search(before):
        return "softened", f"The advice says it will be done; the plan says “{soft[0]}”."
    return "carried", "It is in Section F as advised."


def _thinner(advised: str, planned: str) -> str:
    before, now = quantities(plain(advised)), quantities(plain(planned))
    if not (before.durations or before.frequencies):
        return ""
    if not (now.durations or now.frequencies or now.whole_time):
        return f"The advice says “{_said(advised, before)}”; the plan gives no amount."
    less = _less(amount(before), amount(now))
    if less:
        return (
            f"The advice says “{_said(advised, before)}”; the plan says "
            f"“{_said(planned, now)}”, which is less."
        )
    if before.durations and not now.durations and not now.whole_time:
        return f"The advice says “{_said(advised, before)}”; the plan does not say how long."
    if before.frequencies and not now.frequencies and not (now.whole_time or now.totals):
        return f"The advice says “{_said(advised, before)}”; the plan does not say how often."
    return ""


def _less(before: Amount, now: Amount) -> bool:
    for old, new in (
        (before.minutes_per_year, now.minutes_per_year),
        (before.times_per_year, now.times_per_year) if before.minutes_per_year is None else (0, 0),
        (before.minutes_each, now.minutes_each) if before.times_per_year is None else (0, 0),
    ):
        if old and new and new < LESS * old:
            return True
    return bool(now.bound == "ceiling" and before.bound != "ceiling")


def _said(text: str, found: object) -> str:
    """The stretch of the text that holds its amounts."""
    spans = [*found.durations, *found.frequencies]  # type: ignore[attr-defined]
    return text[min(s.start for s in spans) : max(s.end for s in spans)].strip()


def _made(
    advice: Plan, item: Item, fate: Fate, reason: str, confidence: float, found: _Text | None
) -> Recommendation:
    first = item.paragraphs[0]
    planned = Quote(found.paragraph.text, found.paragraph.location, found.letter) if found else None
    return Recommendation(
        kind=item.kind,
        advice=Quote(first.text, first.location, item.letter, advice.document.name),
        fate=fate,
        reason=reason,
        confidence=confidence,
        plan=planned,
        item=found.item if found else "",
    )
