"""Advice to plan: what became of each recommendation, and of each need that advice describes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from goldthread.core.checks.dilution import softer, thinner
from goldthread.core.checks.faithful import Fate, Recommendation
from goldthread.core.checks.finding import Quote
from goldthread.core.checks.likeness import Features, Likeness
from goldthread.core.checks.linking import subjects_of
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.wording.items import is_nil
from goldthread.core.plan.document import Paragraph
from goldthread.core.plan.plan import Item, ItemKind, Plan

SAME, PART = 0.45, 0.25
"""Share of the advice's rare words from which a text of the plan is the advised one; and from
which it may be, or may carry a part."""
ALIKE = 0.35
"""Likeness from which a text in other words may be the advised one."""
SERVES = 0.3
"""Share from which a second text may carry part of what the likeliest one lacks."""
HOME: Mapping[ItemKind, tuple[str, ...]] = {
    "provision": ("F", "G", "H1", "H2", "H"), "need": ("B", "C", "D"), "outcome": ("E",),
}  # fmt: skip
WHERE: Mapping[ItemKind, str] = {
    "provision": "Section F", "need": "Section B", "outcome": "Section E",
}  # fmt: skip
OUTSIDE = ("K", "I", "J")


class _Text(NamedTuple):
    """A text of the plan that may carry advice."""

    letter: str
    item: str
    paragraph: Paragraph
    text: str


class _Near(NamedTuple):
    share: float
    """Of the advice's rare words."""
    likeness: float
    text: _Text

    @property
    def same(self) -> bool:
        return self.share >= SAME

    @property
    def possible(self) -> bool:
        return self.share >= PART or self.likeness >= ALIKE


def recommendations(subject: Subject) -> tuple[Recommendation, ...]:
    """What became of every item of every advice report; empty when no advice was given."""
    return subject.kept("recommendations", lambda: tuple(_all(subject)))


def _all(subject: Subject) -> Iterator[Recommendation]:
    if not subject.advice:
        return
    read = subjects_of(subject.words).features
    texts = dict(enumerate(_plan_texts(subject)))
    advised = [(a, i) for a in subject.advice for i in a.items if i.letter in ("B", "E", "F")]
    features: dict[int, Features] = {n: read(t.text) for n, t in texts.items()}
    features |= {-n: read(item.text) for n, (_, item) in enumerate(advised, 1)}
    like = Likeness(features, {n: "plan" for n in texts})
    for number, (advice, item) in enumerate(advised, 1):
        found = like.near(-number, "plan")
        near = [_Near(like.covered(-number, n), score, texts[n]) for n, score in found.items()]
        near.sort(key=lambda n: (-round(n.share, 2), -n.likeness))
        yield _fate(subject, advice, item, near)


def _plan_texts(subject: Subject) -> Iterator[_Text]:
    """Items that are not nil statements, and the paragraphs of sections that have no items."""
    for item in subject.plan.items:
        if not is_nil(subject, item):
            yield _Text(item.letter, item.id, item.paragraphs[0], item.text)
    for section in subject.plan.sections:
        if not section.items and section.letter not in OUTSIDE:
            for p in section.paragraphs:
                yield _Text(section.letter, "", p, p.text)


def _fate(subject: Subject, advice: Plan, item: Item, near: Sequence[_Near]) -> Recommendation:
    home = [n for n in near if n.text.letter in HOME[item.kind]]
    away = [n for n in near if n.text.letter not in HOME[item.kind]]
    best = home[0] if home else None
    if best is not None and best.possible and not (away and away[0].same and not best.same):
        return _found(subject, advice, item, home)
    if away and away[0].same:
        reason = f"It stands in Section {away[0].text.letter}, not in {WHERE[item.kind]}."
        return _made(advice, item, "moved", reason, 0.7, away[0].text)
    reason = f"Nothing like it was found in {WHERE[item.kind]}."
    nearest = best or (near[0] if near else None)
    if nearest is not None:
        reason += " The nearest text is beside it; look at both."
    return _made(advice, item, "lost", reason, 0.6, nearest.text if nearest else None)


def _found(subject: Subject, advice: Plan, item: Item, home: Sequence[_Near]) -> Recommendation:
    """The likeliest text of the plan, or the next where that carries the advice in full."""
    best = home[0]
    if not best.same:
        return _made(advice, item, "unsure", _maybe(item), _sure(False), best.text)
    if item.kind != "provision":
        reason = f"It is in Section {best.text.letter}."
        return _made(advice, item, "carried", reason, _sure(True), best.text)
    if best.text.letter != "F" and _educates(subject, item):
        reason = f"It educates or trains and stands in Section {best.text.letter}, not in F."
        return _made(advice, item, "moved", reason, 0.7, best.text)
    for near in home:
        if near.same and not _lacks(subject, item, near.text.text):
            reason = f"It is in Section {near.text.letter} as advised."
            return _made(advice, item, "carried", reason, _sure(True), near.text)
    return _short(subject, advice, item, home)


def _lacks(subject: Subject, item: Item, text: str) -> str:
    return thinner(item.text, text) or softer(item.text, text, subject.words)


def _short(subject: Subject, advice: Plan, item: Item, home: Sequence[_Near]) -> Recommendation:
    """Less than advised, unless two texts carry it between them."""
    best = home[0].text
    parts = [n.text.text for n in home[:3] if n.share >= SERVES]
    less = thinner(item.text, best.text)
    if less and (len(parts) < 2 or thinner(item.text, " ".join(parts))):
        return _made(advice, item, "thinned", less, _sure(True), best)
    weak = softer(item.text, best.text, subject.words)
    if weak:
        return _made(advice, item, "softened", weak, _sure(True), best)
    reason = f"It is in Section {best.letter}, in two places."
    return _made(advice, item, "carried", reason, 0.6, best)


def _maybe(item: Item) -> str:
    return f"This may be it in {WHERE[item.kind]}; look at both."


def _sure(sure: bool) -> float:
    return 0.8 if sure else 0.5


def _educates(subject: Subject, item: Item) -> bool:
    """Therapy and teaching by name, and no medical act."""
    found = subject.words.scan(item.text)
    return bool(found.of("educating-services")) and not found.of("medical-acts")


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
