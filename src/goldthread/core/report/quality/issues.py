"""Common issues: which questions plans fall short on, ordered only as far as can be told.

Weight of an issue: the share of plans that stand at 0 or 1, times the question's weight, times its
gate. So a lawful must that one plan in five misses comes before a nicety that one in three misses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import erfc, hypot, sqrt

from goldthread.core.framework.criterion import Criterion
from goldthread.core.measures.counting import Count
from goldthread.core.report.quality.figures import NOBODY, Auditors, Figure, rate
from goldthread.core.stats import benjamini_hochberg

GATES = {"": 1.0, "major": 1.5, "critical": 2.0}
"""How much more an issue weighs: our choice, for a critical gate alone makes a plan inadequate and
a major one keeps it from being good."""
CHANCE = 0.10
"""Share of the groups named that may be there by chance (Benjamini and Hochberg)."""


@dataclass(frozen=True)
class Issue:
    """`short`: share of plans at 0 or 1, in per cent. `weight`: of the question and its gate."""

    criterion: Criterion
    short: Figure
    weight: float
    first: int = 0
    last: int = 0

    @property
    def value(self) -> float:
        """Share times weight; what they are ordered by."""
        return self.weight * (self.short.value or 0.0)

    @property
    def place(self) -> str:
        """“1”, or “2 to 5” where these cannot be put in order."""
        return str(self.first) if self.first == self.last else f"{self.first} to {self.last}"


def ranked(
    criteria: Iterable[Criterion], counts: Mapping[str, Count], auditors: Auditors = NOBODY,
    population: int | None = None,
) -> tuple[Issue, ...]:  # fmt: skip
    """The heaviest first, of those with enough audits and any plan at 0 or 1; with their places.

    `counts`: criterion -> count. Issues share places where it cannot be told which is heavier.
    """
    found = []
    for criterion in criteria:
        count = counts.get(criterion.id)
        if count is None or not count.n - count.met:
            continue
        short = rate(count.n - count.met, count.n, auditors, population)
        if short.known:
            found.append(Issue(criterion, short, criterion.weight * GATES[criterion.gate]))
    found.sort(key=lambda issue: (-issue.value, issue.criterion.id))
    return _placed(found)


def _placed(found: Sequence[Issue]) -> tuple[Issue, ...]:
    """Each with the best and the worst place it may have among those that cannot be told apart."""
    placed = []
    for i, issue in enumerate(found):
        above = sum(not clearly_heavier(other, issue) for other in found[:i])
        below = sum(not clearly_heavier(issue, other) for other in found[i + 1 :])
        placed.append(Issue(issue.criterion, issue.short, issue.weight, i + 1 - above,
                            i + 1 + below))  # fmt: skip
    return tuple(placed)


def clearly_heavier(a: Issue, b: Issue) -> bool:
    """Whether the interval of a's weight less b's lies above nothing (square and add).

    Both are of the same plans; plans that fall short on one mostly do on the other, so treating
    them as apart errs on the side of not ordering.
    """
    low_a, high_b = (a.short.low or 0.0) * a.weight, (b.short.high or 0.0) * b.weight
    return a.value - b.value > hypot(a.value - low_a, high_b - b.value)


def in_order(issues: Sequence[Issue]) -> bool:
    """Whether anything at all can be said of their order."""
    return any(issue.last < len(issues) for issue in issues)


@dataclass(frozen=True)
class Affected:
    """A group of plans that falls short clearly more often than the others."""

    dimension: str
    value: str
    short: int
    n: int


def affected(
    groups: Mapping[tuple[str, str], Count], whole: Count
) -> tuple[Affected, ...]:  # fmt: skip
    """Groups in which more plans stand at 0 or 1 than in the rest, by more than chance allows.

    `groups`: (dimension, value) -> count, of groups that may be shown; `whole`: all plans.
    """
    tested = []
    for (dimension, value), count in groups.items():
        rest_n, rest_short = whole.n - count.n, (whole.n - whole.met) - (count.n - count.met)
        if min(count.n, rest_n) > 0:
            short = count.n - count.met
            tested.append((Affected(dimension, value, short, count.n), rest_short, rest_n))
    if not tested:
        return ()
    kept = benjamini_hochberg([_p_value(*row) for row in tested], CHANCE)
    found = [a for (a, short, n), keep in zip(tested, kept, strict=True)
             if keep and a.short / a.n > short / n]  # fmt: skip
    return tuple(sorted(found, key=lambda a: (-a.short / a.n, a.dimension, a.value)))


def _p_value(group: Affected, short: int, n: int) -> float:
    """Two-sided, of the pooled two-proportion z test; 1 where all or none fall short."""
    pooled = (group.short + short) / (group.n + n)
    variance = pooled * (1 - pooled) * (1 / group.n + 1 / n)
    if variance == 0:
        return 1.0
    return erfc(abs(group.short / group.n - short / n) / sqrt(2 * variance))
