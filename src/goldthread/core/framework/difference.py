"""What changed between two editions, and what that means for series of results.

MAJOR: law, scale or gates; MINOR: criteria, weights, machine rules; PATCH: wording (standard.md,
part a, “Versioning”).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from goldthread.core.framework.criterion import Criterion
from goldthread.core.framework.framework import Framework
from goldthread.core.framework.lexicon import Lexicon
from goldthread.core.framework.rule import Rule
from goldthread.core.frozen import Content

Level = Literal["major", "minor", "patch"]
LEVELS: tuple[Level, ...] = ("patch", "minor", "major")
MEANING: Mapping[Level | None, str] = {
    None: "Nothing changed; results go on as one series.",
    "patch": "PATCH: only wording changed. Results go on as one series.",
    "minor": (
        "MINOR: criteria, weights or machine rules changed. Show the series of both editions for "
        "12 months, graded by each."
    ),
    "major": (
        "MAJOR: the law, the scale or a gate changed. The series breaks: results of the two "
        "editions are not compared, unless old audits are graded anew."
    ),
}
MAJOR_CRITERION = {
    "law": "its source in law", "kind": "whether it is law, guidance or quality",
    "gate": "its gate", "family": "its family of answers", "section": "its theme",
}  # fmt: skip
MINOR_CRITERION = {
    "weight": "its weight",
    "core": "whether it is core",
    "applies": "to which documents it applies",
    "rules": "its machine rules",
    "valid_from": "from when it holds",
    "valid_to": "until when",
}
MINOR_RULE = {
    "kind": "its kind of check", "criteria": "the criteria it serves", "sections": "its sections",
    "documents": "its documents", "lexicons": "its lexicons", "numbers": "its thresholds",
    "confidence": "its confidence",
}  # fmt: skip
MAJOR_TOP = {"points": "the points of answers", "grading": "bands, caps or the limit of undecided"}


@dataclass(frozen=True, slots=True)
class Change:
    """`what`: criterion, rule, lexicon or framework; `how`: added, removed or changed."""

    level: Level
    what: Literal["framework", "criterion", "rule", "lexicon"]
    id: str
    how: Literal["added", "removed", "changed"]
    sentence: str


@dataclass(frozen=True)
class Difference:
    """Changes by weight, the heaviest first. `level` is None when nothing changed."""

    old: str
    new: str
    changes: tuple[Change, ...]
    level: Level | None
    meaning: str


def difference(old: Framework, new: Framework) -> Difference:
    """Every change from `old` to `new`, each with its level, and the level of all."""
    changes = [
        *_top(old, new),
        *_members(old.criteria, new.criteria, "criterion", _criterion),
        *_members(old.rules, new.rules, "rule", _rule),
        *_members(old.lexicons, new.lexicons, "lexicon", _lexicon),
    ]
    changes.sort(key=lambda c: -LEVELS.index(c.level))
    level = changes[0].level if changes else None
    return Difference(old.key, new.key, tuple(changes), level, MEANING[level])


def _top(old: Framework, new: Framework) -> Iterator[Change]:
    for level, name, words in _top_changes(old, new):
        if getattr(old, name) != getattr(new, name):
            said = f"{words[:1].upper()}{words[1:]} changed."
            yield Change(level, "framework", name, "changed", said)


def _top_changes(old: Framework, new: Framework) -> Iterator[tuple[Level, str, str]]:
    for name, words in MAJOR_TOP.items():
        level: Level = "major"
        if name == "grading" and _without_words(old) == _without_words(new):
            level = "patch"
        yield level, name, words
    yield "minor", "profiles", "the profiles"
    yield "minor", "crosswalk", "the crosswalk"
    yield "patch", "law_as_at", "the day whose law it states"
    wordings = ("title", "summary", "answers", "families", "not_applicable", "topics", "themes",
                "professions", "agencies", "sources", "band_labels")  # fmt: skip
    for name in wordings:
        yield "patch", name, f"wording ({name.replace('_', ' ')})"


def _without_words(framework: Framework) -> dict[str, Any]:
    """The grading by its numbers: labels and reasons are wording."""
    if framework.grading is None:
        return {}
    told = framework.grading.model_dump()
    bands = [{k: v for k, v in b.items() if k != "label"} for b in told["bands"]]
    caps = [{k: v for k, v in c.items() if k not in ("reason", "id")} for c in told["caps"]]
    return {**told, "bands": bands, "caps": caps, "compliance": None}


def _members(
    old: Sequence[Any],
    new: Sequence[Any],
    what: Literal["criterion", "rule", "lexicon"],
    changed: Callable[[Any, Any], Iterable[tuple[Level, str]]],
) -> Iterator[Change]:
    before, after = {m.id: m for m in old}, {m.id: m for m in new}
    for name in (*before, *(n for n in after if n not in before)):
        if name not in after:
            yield Change(_weight_of(before[name]), what, name, "removed", "Removed.")
        elif name not in before:
            yield Change(_weight_of(after[name]), what, name, "added", "Added.")
        else:
            for level, sentence in changed(before[name], after[name]):
                yield Change(level, what, name, "changed", sentence)


def _weight_of(member: Content) -> Level:
    """A question that is a gate changes the gates when it comes or goes."""
    return "major" if isinstance(member, Criterion) and member.gate else "minor"


def _criterion(old: Criterion, new: Criterion) -> Iterator[tuple[Level, str]]:
    for name, words in MAJOR_CRITERION.items():
        if _law_apart(old, name) != _law_apart(new, name):
            yield "major", _said(words, getattr(old, name), getattr(new, name))
    yield from _fields("minor", MINOR_CRITERION, old, new)
    left = set(Criterion.model_fields) - MINOR_CRITERION.keys() - MAJOR_CRITERION.keys()
    reworded = sorted(n for n in left if getattr(old, n) != getattr(new, n))
    if old.law != new.law and _law_apart(old, "law") == _law_apart(new, "law"):
        reworded.append("law (what is confirmed, notes)")
    if reworded:
        yield "patch", f"Wording: {', '.join(n.replace('_', ' ') for n in reworded)}."


def _law_apart(criterion: Criterion, name: str) -> Any:
    """A law by its source alone: whether it was read, and notes on it, are wording."""
    return [law.source for law in criterion.law] if name == "law" else getattr(criterion, name)


def _rule(old: Rule, new: Rule) -> Iterator[tuple[Level, str]]:
    yield from _fields("minor", MINOR_RULE, old, new)
    left = set(Rule.model_fields) - MINOR_RULE.keys()
    reworded = sorted(n for n in left if getattr(old, n) != getattr(new, n))
    if reworded:
        yield "patch", f"Wording: {', '.join(n.replace('_', ' ') for n in reworded)}."


def _lexicon(old: Lexicon, new: Lexicon) -> Iterator[tuple[Level, str]]:
    before, after = set(_terms(old)), set(_terms(new))
    came, went = sorted(after - before), sorted(before - after)
    if came or went:
        parts = [
            f"{word} {_few(terms)}" for word, terms in (("new:", came), ("gone:", went)) if terms
        ]
        yield "minor", f"Terms {'; '.join(parts)}."
    elif old != new:
        yield "patch", "Title, source or order changed."


def _terms(lexicon: Lexicon) -> Iterator[str]:
    yield from lexicon.terms
    for group, terms in lexicon.groups.items():
        yield from (f"{term} ({group})" for term in terms)


def _few(terms: Sequence[str], most: int = 6) -> str:
    said = ", ".join(f"“{t}”" for t in terms[:most])
    return said if len(terms) <= most else f"{said} and {len(terms) - most} more"


def _fields(
    level: Level, names: Mapping[str, str], old: Content, new: Content
) -> Iterator[tuple[Level, str]]:
    for name, words in names.items():
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield level, _said(words, before, after)


def _said(words: str, before: Any, after: Any) -> str:
    head = f"{words[:1].upper()}{words[1:]}"
    if isinstance(before, str | int | float | None) and isinstance(after, str | int | float | None):
        return f"{head} changed from {_plain(before)} to {_plain(after)}."
    return f"{head} changed."


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value in (None, "") else str(value)
