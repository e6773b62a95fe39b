"""How strict each auditor is, beside those they are linked with (methods, d.3, d.4 and a.6).

Auditors are linked by documents that both marked without seeing each other's answers. Without a
chain of such documents nobody can tell a strict auditor from one who was given poor plans, so each
group of linked auditors is looked at by itself and groups are never compared. Nobody is called
strict or kind unless the interval leaves out nought, the whole list of those so called is likely to
be right but for one in ten, and they marked enough documents together with others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from goldthread.core.audit.strictness_units import Block, once
from goldthread.core.stats import bayesian_fdr, linking, severity_reml
from goldthread.core.stats.severity_reml import JudgeEffect, ScoreSeverity

FEWEST_PAIRS = 5
"""Documents marked together with others that a link needs (methods, d.1 and d.4)."""
FDR = 0.10
POINTS = 3.0
"""From 0 to 3: a third of the scale is 100/3 points of an index that gives every step alike."""
SAME = 1e-9
State = Literal["stricter", "kinder", "no-difference", "weak"]
Why = Literal["", "alone", "none", "too-few", "no-variation", "no-chance"]


@dataclass(frozen=True)
class Strictness:
    """One auditor's marks beside those of the auditors they are linked with.

    `value`: points of 0 to 3 above the mean of the linked, with 95% interval: below nought is
    stricter; `below`: the chance (0-1) that it is; `documents`: all that count; `pairs`: those of
    them that others marked too. `state` “weak”: fewer pairs than a link needs.
    """

    by: int
    documents: int
    pairs: int
    value: float
    low: float
    high: float
    below: float
    state: State = "no-difference"

    @property
    def clear(self) -> bool:
        return self.state in ("stricter", "kinder")


@dataclass(frozen=True)
class Linked:
    """Auditors linked with one another. `rows`: strictest first; empty where `why` says so.

    `spread`: standard deviation of auditors in points of 0 to 3, `plans`: that of documents and
    marks together; `effective`: auditors that the marks are worth, 1/sum of squared shares;
    `auditors_limit`: strictness, not the number of plans, is most of the uncertainty (a.6).
    """

    auditors: tuple[int, ...]
    pairs: int
    why: Why = ""
    rows: tuple[Strictness, ...] = ()
    spread: float = 0.0
    plans: float = 0.0
    effective: float = 0.0
    auditors_limit: bool = False


@dataclass(frozen=True)
class Link:
    """Two auditors and the documents both marked. `worth`: as many common documents as all chains
    between them together; `grade` as in `core/stats/linking.py`."""

    people: tuple[int, int]
    common: int
    worth: float
    grade: Literal["linked", "weak link"]


@dataclass(frozen=True)
class Group:
    """The auditors of one kind of question. `linked`: the largest first; `bridges`: links of one
    document without which a group falls in two; `join`: pairs of auditors of different groups of
    which one document marked by both would join all."""

    id: str
    linked: tuple[Linked, ...]
    links: tuple[Link, ...]
    bridges: tuple[tuple[int, int], ...]
    join: tuple[tuple[int, int], ...]

    @property
    def auditors(self) -> tuple[int, ...]:
        return tuple(who for part in self.linked for who in part.auditors)

    def of(self, member: int) -> tuple[Linked, Strictness | None] | None:
        """The group of linked auditors somebody is in, and their own line of it."""
        for part in self.linked:
            if member in part.auditors:
                return part, next((row for row in part.rows if row.by == member), None)
        return None


def strictness(blocks: Iterable[Block]) -> tuple[Group, ...]:
    """Every group of questions that has marks, those with most auditors first."""
    held: dict[str, list[Block]] = defaultdict(list)
    for block in once(blocks):
        held[block.group].append(block)
    found = [_group(id, rows) for id, rows in sorted(held.items())]
    return tuple(sorted(found, key=lambda group: -len(group.auditors)))


def _group(id: str, blocks: Sequence[Block]) -> Group:
    graph = linking((block.unit, block.by) for block in blocks)
    shared = Counter(block.unit for block in blocks)
    linked = _called(tuple(
        _linked([b for b in blocks if b.by in set(part.auditors)], shared)
        for part in graph.components
    ))  # fmt: skip
    links = tuple(_links(blocks, graph))
    return Group(id, linked, links, _bridges(blocks, graph.bridges), _join(linked, blocks))


def _linked(blocks: Sequence[Block], shared: Mapping[str, int]) -> Linked:
    """One group of linked auditors, with what can be said of them."""
    auditors = tuple(sorted({block.by for block in blocks}))
    pairs = len({block.unit for block in blocks if shared[block.unit] > 1})
    counts = Counter(block.by for block in blocks)
    effective = len(blocks) ** 2 / sum(n * n for n in counts.values())
    found = Linked(auditors, pairs, effective=effective)
    if len(auditors) < 2:
        return replace(found, why="alone")
    if pairs < FEWEST_PAIRS:
        return replace(found, why="too-few")
    values = [block.value for block in blocks]
    if max(values) - min(values) < SAME:
        return replace(found, why="no-variation")
    return _measured(found, blocks, shared)


def _measured(found: Linked, blocks: Sequence[Block], shared: Mapping[str, int]) -> Linked:
    units, people = [block.unit for block in blocks], [block.by for block in blocks]
    try:
        fit = severity_reml(units, people, [block.value for block in blocks])
    except ValueError:
        # Judges and documents explain every mark: so few, or so even, that nothing is chance.
        return replace(found, why="no-chance")
    both = Counter(block.by for block in blocks if shared[block.unit] > 1)
    effects = [_row(effect, both) for effect in fit.judges]
    return replace(
        found,
        rows=tuple(sorted(effects, key=lambda row: (row.value, row.by))),
        spread=fit.sd_judges.value,
        plans=_of_documents(fit) ** 0.5,
        auditors_limit=_auditors_limit(fit, len(blocks), found.effective),
    )


def _row(effect: JudgeEffect, both: Mapping[int, int]) -> Strictness:
    """Of linked judges, all of whom have numbers."""
    return Strictness(
        effect.judge, effect.n, both[effect.judge], effect.effect or 0.0, effect.low or 0.0,
        effect.high or 0.0, effect.below or 0.0,
    )  # fmt: skip


def _of_documents(fit: ScoreSeverity) -> float:
    """Variance of one mark by an average auditor."""
    return fit.sd_plans**2 + fit.sd_residual**2


def _auditors_limit(fit: ScoreSeverity, n: int, effective: float) -> bool:
    """Whether the auditors' share of the variance of a mean of all marks is over half (a.6)."""
    return fit.sd_judges.value**2 / effective > _of_documents(fit) / n


def _called(linked: tuple[Linked, ...]) -> tuple[Linked, ...]:
    """Who is called stricter or kinder: all groups together are one list of flags."""
    rows = [row for part in linked for row in part.rows]
    if not rows:
        return linked
    flags = dict(zip((r.by for r in rows), bayesian_fdr([r.below for r in rows], FDR), strict=True))
    return tuple(
        replace(part, rows=tuple(replace(r, state=_state(r, bool(flags[r.by]))) for r in part.rows))
        for part in linked
    )


def _state(row: Strictness, flagged: bool) -> State:
    if row.pairs < FEWEST_PAIRS:
        return "weak"
    if flagged and row.high < 0:
        return "stricter"
    return "kinder" if flagged and row.low > 0 else "no-difference"


def _links(blocks: Sequence[Block], graph: object) -> Iterable[Link]:
    """Each two auditors with a common document, those with most first."""
    people: dict[str, set[int]] = defaultdict(set)
    for block in blocks:
        people[block.unit].add(block.by)
    common: Counter[tuple[int, int]] = Counter()
    for who in people.values():
        names = sorted(who)
        common.update((a, b) for at, a in enumerate(names) for b in names[at + 1 :])
    for (first, second), number in sorted(common.items(), key=lambda item: (-item[1], item[0])):
        resistance = graph.resistance(first, second)  # type: ignore[attr-defined]
        worth = max(float(number), 2 / resistance if resistance else float(number))
        grade: Literal["linked", "weak link"] = (
            "linked" if worth >= FEWEST_PAIRS - SAME else "weak link"
        )
        yield Link((first, second), number, worth, grade)


def _bridges(
    blocks: Sequence[Block], bridges: Iterable[tuple[str, int]]
) -> tuple[tuple[int, int], ...]:
    """The two auditors whom a single document joins."""
    people: dict[str, set[int]] = defaultdict(set)
    for block in blocks:
        people[block.unit].add(block.by)
    found = set()
    for unit, by in bridges:
        found |= {(min(by, other), max(by, other)) for other in people[unit] if other != by}
    return tuple(sorted(found))


def _join(linked: Sequence[Linked], blocks: Sequence[Block]) -> tuple[tuple[int, int], ...]:
    """For each smaller group its busiest auditor, and the busiest of the largest group."""
    counts = Counter(block.by for block in blocks)

    def busiest(part: Linked) -> int:
        return max(part.auditors, key=lambda who: (counts[who], -who))

    return tuple((busiest(part), busiest(linked[0])) for part in linked[1:])
