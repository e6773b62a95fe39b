"""What was found in the wording of one item, and its text read once for all judgements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from goldthread.core.checks.wording.quantities import Quantities
from goldthread.core.checks.words import Hit, Hits, Words
from goldthread.core.framework.lexicon import Lexicon

Form = Literal[
    "timed", "whole-time", "strategy", "equipment", "training", "review", "outcome", "empty"
]
LEXICONS = (
    "vague-high", "vague-medium", "delegating", "roles", "people-unnamed", "qualifications",
    "therapies", "strategies", "equipment", "monitoring", "reviewing", "weak-outcome-verbs",
    "service-words", "lifelong-wishes", "measure-words", "baseline-words", "signposting",
    "health-agreement",
)  # fmt: skip
LOOKED_UP = ("measurable-verbs", "empty-words")
"""Further lists, whose words are looked up one by one."""
LONGEST = 4000
"""Characters of an item that are judged; nothing in a plan that is one item is longer."""


_NONE = Quantities()


class Mark(NamedTuple):
    """Words to point at: offsets in the item's text, why, and the lexicon's term."""

    start: int
    end: int
    key: str
    """high · modal · listing · group · people · loose · ceiling · delegating · service · wish."""
    term: str


@dataclass(frozen=True, slots=True)
class Wording:
    """The judgement of one item of provision or one outcome.

    `present` and `missing` hold “what”, “how much”, “how often”, “who”; for outcomes “specific”,
    “measurable”, “time-bound”, and “relevant” only where it plainly fails. Whether an outcome is
    achievable and relevant cannot be told from one sentence, so both stand in `unsure`.
    """

    text: str
    verdict: Literal["specific", "vague", "smart", "not_smart"]
    form: Form
    present: tuple[str, ...]
    missing: tuple[str, ...]
    marks: tuple[Mark, ...] = ()
    """Words that weaken it and are not cleared by what stands beside them."""
    rules: tuple[str, ...] = ()
    """Ids of the machine rules that these words alone would be flagged by."""
    quantities: Quantities = _NONE
    qualification: bool = False
    baseline: bool = False
    unsure: tuple[str, ...] = ()
    when: str = ""
    """Outcomes: the words that say by when."""
    topics: frozenset[str] = frozenset()
    """Of what else it speaks: therapy · pointing (elsewhere) · monitor · steps · review ·
    transition."""

    @property
    def good(self) -> bool:
        return self.verdict in ("specific", "smart")

    @property
    def quotes(self) -> tuple[tuple[int, int, str], ...]:
        """(start, end, words) of what weakens it; the whole text when it only lacks something."""
        found = tuple((m.start, m.end, self.text[m.start : m.end]) for m in self.marks)
        if found or self.good or not self.text.strip():
            return found
        return ((0, len(self.text), self.text),)


@lru_cache(maxsize=4)
def scanner(words: Words) -> Words:
    """The lists that judge wording, made searchable.

    They are not searched for in whole documents: only items need them, and words like “from” and
    “use” would be found in every line.
    """
    return Words(
        Lexicon(
            id=name,
            title=name,
            source="",
            author="",
            groups=_by_group(words.lists.get(name, {})),
        )
        for name in LEXICONS
    )


def _by_group(terms: dict[str, str]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for term, group in terms.items():
        groups.setdefault(group, []).append(term)
    return {group: tuple(members) for group, members in groups.items()}


def scan(text: str, words: Words) -> Hits:
    """Terms of the wording lists in an item."""
    return scanner(words).scan(text)


def topics(hits: Hits) -> frozenset[str]:
    """`Wording.topics` of a text."""
    found = {topic for hit in hits.of("monitoring") for topic in hit.group.split("+")}
    if hits.of("therapies") or any("therapist" in hit.term for hit in hits.of("roles")):
        found.add("therapy")
    if hits.of("signposting"):
        found.add("pointing")
    return frozenset(found)


def outside(hits: Sequence[Hit], spans: Sequence[tuple[int, int]]) -> list[Hit]:
    """Those hits that begin in none of `spans`."""
    if not spans:
        return list(hits)
    return [h for h in hits if not any(a <= h.start < b for a, b in spans)]


def listed(members: Sequence[str]) -> str:
    """“a”, “a and b”, “a, b and c”."""
    if len(members) < 2:
        return "".join(members)
    return f"{', '.join(members[:-1])} and {members[-1]}"
