"""How far two auditors who do not see each other give the same answer (methods, d.2).

Of each question, of each theme, of the gates and of the whole grade: the shares of pairs that are
the same or one apart, weighted kappa, alpha and AC2, each with its interval, and what may be made
of it. What a figure may be used for is said by the lower end of alpha's interval; that it is a need
for training is said only once the upper end says so too. In between we cannot tell yet.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal, NamedTuple

from goldthread.core.audit.marks import Pair, Pairs, by_criterion, kind_of
from goldthread.core.audit.themes import in_order, theme_of
from goldthread.core.framework.framework import Framework
from goldthread.core.framework.grade import BANDS
from goldthread.core.stats import PairAgreement, pair_agreement, table_agreement
from goldthread.core.stats.pairs import pair_table

Verdict = Literal["dependable", "tentative", "training", "one-sided", "cannot-tell", "none"]
DEPENDABLE, TENTATIVE = 0.80, 0.667
"""Krippendorff's limits, for the lower end of the interval."""
FEWEST = 10
"""With fewer pairs nothing is said, whatever the interval."""
USUAL = 30
"""Pairs with which alpha's interval is usually short enough to say something."""
ONE_SIDED = 0.85
"""From this share of equal answers alpha says little: hardly a plan is there to differ about."""
MOST_MORE = 400
"""More further pairs than this are not asked for in numbers."""
NEAR = 5.0
"""Points of the quality index within which two audits are called close."""


class Left(NamedTuple):
    """Pairs that have not two numbers. `one_not_applicable`: a number against “does not apply”;
    `undecided`: one of the two, or both, could not decide."""

    both_not_applicable: int = 0
    one_not_applicable: int = 0
    undecided: int = 0

    @property
    def disagreeing(self) -> int:
        """A number against “does not apply” is a disagreement that no coefficient sees."""
        return self.one_not_applicable

    @property
    def all(self) -> int:
        return sum(self)


@dataclass(frozen=True)
class Agreement:
    """`id`: a criterion, “theme:F”, “gate:critical” or “grade”. `found`: of the pairs of numbers;
    `left`: of the others; `more`: further pairs that would tell, None when it is not known."""

    id: str
    found: PairAgreement
    left: Left
    verdict: Verdict
    more: int | None = None

    @property
    def common(self) -> float:
        """The share of the most frequent answer among all marks, 0 to 1."""
        table = self.found.table
        marks = [sum(row) + sum(r[i] for r in table) for i, row in enumerate(table)]
        return max(marks) / sum(marks) if sum(marks) else 0.0


@dataclass(frozen=True)
class Closeness:
    """How far apart the quality indexes of two audits of one document are, in points of 100."""

    n: int
    middle: float | None
    """Half of the pairs are no further apart."""
    near: int
    """Pairs within NEAR points."""


@dataclass(frozen=True)
class WholeGrade:
    """What each of two audits of a document came to by its own answers. `band` None: ungraded."""

    document: str
    bands: tuple[str | None, str | None]
    indexes: tuple[float | None, float | None]


@dataclass(frozen=True)
class AgreementFound:
    """All there is to say of pairs of one framework. `documents`: marked twice."""

    criteria: tuple[Agreement, ...]
    themes: tuple[Agreement, ...]
    gates: tuple[Agreement, ...]
    grade: Agreement
    index: Closeness
    all: Agreement
    pairs: Pairs

    def of(self, criterion: str) -> Agreement | None:
        return next((row for row in self.criteria if row.id == criterion), None)

    def count(self, *verdicts: Verdict) -> int:
        """Questions of which one of these is said."""
        return sum(row.verdict in verdicts for row in self.criteria)


def agreement(
    framework: Framework, pairs: Pairs, grades: Sequence[WholeGrade] = ()
) -> AgreementFound:
    """Agreement of every question, in the order of reading, of themes, gates and the grade.

    Pairs of questions that the framework does not have are left out.
    """
    held = by_criterion(pairs.blind)
    criteria = in_order(framework, framework.criteria)
    gates = {gate: [c.id for c in criteria if c.gate == gate] for gate in ("critical", "major")}
    themes: dict[str, list[str]] = {}
    for criterion in criteria:
        themes.setdefault(theme_of(framework, criterion.section), []).append(criterion.id)

    def of(ids: Iterable[str]) -> list[Pair]:
        return [pair for id in ids for pair in held.get(id, ())]

    return AgreementFound(
        criteria=tuple(_one(c.id, held.get(c.id, ()), len(c.descriptors)) for c in criteria),
        themes=tuple(_pooled(f"theme:{theme}", of(ids)) for theme, ids in themes.items()),
        gates=tuple(_gate(f"gate:{gate}", of(ids)) for gate, ids in gates.items() if ids),
        grade=_grades(grades),
        index=_closeness(grades),
        all=_pooled("all", of(c.id for c in criteria)),
        pairs=pairs,
    )


def left_of(pairs: Iterable[Pair]) -> Left:
    """How the pairs fall that have not two numbers."""
    both = one = undecided = 0
    for pair in pairs:
        kinds = {kind_of(pair.first), kind_of(pair.second)}
        if "cannot-decide" in kinds:
            undecided += 1
        elif kinds == {"not-applicable"}:
            both += 1
        elif "not-applicable" in kinds:
            one += 1
    return Left(both, one, undecided)


def numbers_of(pairs: Iterable[Pair]) -> list[tuple[int, int, str]]:
    """(first, second, document) of the pairs of two numbers."""
    return [
        (pair.first, pair.second, pair.document)
        for pair in pairs
        if isinstance(pair.first, int) and isinstance(pair.second, int)
    ]


def _one(id: str, pairs: Sequence[Pair], categories: int) -> Agreement:
    rows = numbers_of(pairs)
    # An earlier edition may have asked the question with more answers than it has now.
    categories = max([categories, *(max(row[:2]) + 1 for row in rows)])
    table = pair_table([r[0] for r in rows], [r[1] for r in rows], categories)
    return judged(id, table_agreement(table), left_of(pairs))


def _pooled(id: str, pairs: Sequence[Pair]) -> Agreement:
    """Several questions together: plans are the units, for answers of one plan are alike."""
    rows = numbers_of(pairs)
    found = pair_agreement(
        [r[0] for r in rows], [r[1] for r in rows], plans=[r[2] for r in rows] or None
    )
    return judged(id, found, left_of(pairs))


def _gate(id: str, pairs: Sequence[Pair]) -> Agreement:
    """Whether both say that the gate is kept (2 or 3), or that it is not (0 or 1)."""
    rows = numbers_of(pairs)
    found = pair_agreement(
        [int(r[0] >= 2) for r in rows], [int(r[1] >= 2) for r in rows], 2,
        [r[2] for r in rows] or None,
    )  # fmt: skip
    return judged(id, found, left_of(pairs))


def _grades(grades: Iterable[WholeGrade]) -> Agreement:
    bands = [row.bands for row in grades]
    both = [(a, b) for a, b in bands if a is not None and b is not None]
    places = {band: place for place, band in enumerate(BANDS)}
    found = pair_agreement([places[a] for a, _ in both], [places[b] for _, b in both], len(BANDS))  # type: ignore[index]
    return judged("grade", found, Left(undecided=len(bands) - len(both)))


def _closeness(grades: Iterable[WholeGrade]) -> Closeness:
    apart = [
        round(abs(one - two), 1)
        for one, two in (row.indexes for row in grades)
        if one is not None and two is not None
    ]
    if not apart:
        return Closeness(0, None, 0)
    return Closeness(len(apart), median(apart), sum(gap <= NEAR for gap in apart))


def judged(id: str, found: PairAgreement, left: Left) -> Agreement:
    """What may be said of figures of agreement, by the rule at the head of this module.

    Where nearly all answers are the same alpha falls although auditors agree; AC2 does not, and
    where it is sure to be high no need for training is read into alpha.
    """
    row = Agreement(id, found, left, verdict_of(found))
    if row.verdict in ("training", "cannot-tell") and row.common >= ONE_SIDED:
        low = found.ac2.low
        if found.plans >= FEWEST and low is not None and low >= TENTATIVE:
            return Agreement(id, found, left, "one-sided")
    more = further(found) if row.verdict == "cannot-tell" else None
    return Agreement(id, found, left, row.verdict, more)


def verdict_of(found: PairAgreement) -> Verdict:
    """By alpha and its interval; the interval of pooled questions counts plans, not answers."""
    low, high = found.alpha.low, found.alpha.high
    if found.n == 0:
        return "none"
    if found.plans < FEWEST or low is None or high is None:
        return "cannot-tell"
    if low >= DEPENDABLE:
        return "dependable"
    if low >= TENTATIVE:
        return "tentative"
    return "training" if high < TENTATIVE else "cannot-tell"


def further(found: PairAgreement) -> int | None:
    """About how many more plans marked twice would tell, rounded up to fives.

    The interval shrinks with the square root of the number of plans: it must leave TENTATIVE on
    one side. None where that would take more than MOST_MORE.
    """
    n, alpha = found.plans, found.alpha
    if n < FEWEST or alpha.value is None or alpha.low is None or alpha.high is None:
        return _fives(USUAL - n)
    gap = abs(alpha.value - TENTATIVE)
    side = alpha.value - alpha.low if alpha.value >= TENTATIVE else alpha.high - alpha.value
    if gap <= 0 or (side / gap) ** 2 * n - n > MOST_MORE:
        return None
    return _fives((side / gap) ** 2 * n - n)


def _fives(number: float) -> int:
    return max(5, 5 * math.ceil(round(number, 6) / 5))
