"""A standing audit as additive counts: the single crossing from audits to figures (design, part 2).

What passes is the allow-list of `CellKey` and `Count`, and nothing else: no plan, no person, no
text. Counts of audits add up; those of one audit taken away again leave what stood before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import Any, Literal

from goldthread.core.audit.audit import Questions
from goldthread.core.audit.sharing import AuditAgency, share
from goldthread.core.audit.signed import SignedAudit
from goldthread.core.framework.framework import Framework
from goldthread.core.framework.grade import BANDS, Line

__all__ = [
    "EVERY", "GOOD", "PROFESSIONALS", "CellKey", "Count", "Drawn", "added", "counts_of", "month_of",
    "taken",
]  # fmt: skip

EVERY = "*"
"""In place of each case-mix group of a cell: all of them together."""
GOOD = "good"
PROFESSIONALS: tuple[AuditAgency, ...] = ("education", "health", "social-care")
Drawn = Literal["random", "thematic", "risk-led", "draft", "imported"]
"""How the audited document was chosen; only random draws stand for all plans."""


@dataclass(frozen=True, slots=True, order=True)
class CellKey:
    """Where an audit is counted. Empty text: not known, or not of this kind of document.

    `month`: the first day of the month of signing; the vocabularies are those of
    `core/audit/listing.py`; `profession`: of the author of advice.
    """

    month: dt.date
    framework: str
    subject: str
    drawn: Drawn
    plan_kind: str = ""
    age_band: str = ""
    need: str = ""
    phase: str = ""
    setting_kind: str = ""
    team: str = ""
    profession: str = ""


GROUPS = ("plan_kind", "age_band", "need", "phase", "setting_kind", "team", "profession")


def month_of(key: CellKey) -> CellKey:
    """The cell of all audits of this month, draw and edition, whatever their groups.

    Every audit is counted in its own cell and in this one: sums over all groups, which are what is
    looked at most, then read some cells for each month and not one for each audit.
    """
    whole: dict[str, Any] = dict.fromkeys(GROUPS, EVERY)
    return replace(key, **whole)


@dataclass(frozen=True, slots=True)
class Count:
    """One measure of the audits of one cell, or of many: every number is a sum over audits.

    `measure`: a criterion's id; “theme:F”; “agency:health” (the criteria that are that agency's to
    answer, whoever answered them); “index”; “band”; “compliance”.
    - criterion: `n` audits where it counts (answered 0 to 3), `met` those at 2 or 3, `total` and
      `squares` of its points in thousandths; `at0` to `at3` by answer; `not_applicable`, and
      `undecided` for “cannot decide” and what nobody answered.
    - theme, agency, index: `n` audits that have one, `total` and `squares` of its tenths of a
      point (0 to 1000); `met`: at or above the index that the framework asks of a good document.
    - band (after caps): `n` graded, `at0` to `at3` from inadequate to outstanding, `met` good or
      better, `undecided` ungraded.
    - compliance: `n` known, `at0` breach, `at1` defects, `at2` compliant, `met` = `at2`,
      `undecided` where no statutory question was answered.
    A short form asks of some themes, or of one agency's questions, only: it counts in its criteria
    and themes, and in index, band and compliance as `not_applicable`, because the part it asks may
    be the easy part. So the audits of a cell are `n` + `undecided` + `not_applicable` of “index”,
    of “band” or of “compliance”.
    """

    measure: str
    n: int = 0
    met: int = 0
    total: int = 0
    squares: int = 0
    at0: int = 0
    at1: int = 0
    at2: int = 0
    at3: int = 0
    not_applicable: int = 0
    undecided: int = 0

    @property
    def audits(self) -> int:
        """Audits in which the measure was asked for: counted, not applicable or undecided."""
        return self.n + self.not_applicable + self.undecided


_names = tuple(f.name for f in fields(Count) if f.name != "measure")
_numbers: Callable[[Count], tuple[int, ...]] = attrgetter(*_names)


def counts_of(framework: Framework, signed: SignedAudit) -> tuple[Count, ...]:
    """One audit as counts, sorted by measure: one of each measure that it says anything of.

    `framework`: the edition that the audit was signed by. Answers, points, themes and band are
    those of the signed grade; nothing is graded anew.
    Errors: ValueError for another edition.
    """
    if framework.key != signed.framework:
        raise ValueError(f"The audit was signed by {signed.framework}, not by {framework.key}.")
    bar = _bar(framework)
    found = [_criterion(line) for line in signed.grade.lines]
    found += [
        _scored(f"theme:{theme}", round(index * 10), bar)
        for theme, index in signed.grade.themes.items()
    ]
    if signed.themes or signed.agency:
        found += [Count(measure, not_applicable=1) for measure in ("index", "band", "compliance")]
    else:
        found += _agencies(framework, signed.grade.lines, bar)
        found += [_index(signed, bar), _band(signed), _compliance(signed)]
    return tuple(sorted(found, key=lambda count: count.measure))


def added(some: Iterable[Count], more: Iterable[Count]) -> tuple[Count, ...]:
    """Both together, sorted by measure. Order and grouping do not matter."""
    return _summed(some, more, 1)


def taken(some: Iterable[Count], less: Iterable[Count]) -> tuple[Count, ...]:
    """`some` without `less`, sorted by measure; a measure with nothing left is not there.

    Errors: ValueError when `less` holds what was never added.
    """
    return _summed(some, less, -1)


def _summed(some: Iterable[Count], more: Iterable[Count], sign: int) -> tuple[Count, ...]:
    sums: dict[str, list[int]] = {}
    for counts, times in ((some, 1), (more, sign)):
        for count in counts:
            numbers = _numbers(count)
            before = sums.get(count.measure) or [0] * len(_names)
            sums[count.measure] = [a + times * b for a, b in zip(before, numbers, strict=True)]
    for measure, summed in sums.items():
        if min(summed) < 0:
            raise ValueError(f"{measure} would be left below nothing: it was not counted before.")
    return tuple(Count(m, *numbers) for m, numbers in sorted(sums.items()) if any(numbers))


def _bar(framework: Framework) -> int | None:
    """The index of a good document, in tenths of a point; None where there are no bands.

    Themes and agencies are held against it too. The bars that bands set for single themes are
    floors below which a whole plan is not good, not what makes a theme good.
    """
    bands = framework.grading.bands if framework.grading else ()
    return next((round(band.at_least * 10) for band in bands if band.id == GOOD), None)


def _criterion(line: Line) -> Count:
    answer = line.answer
    if answer is None or answer == "cannot-decide":
        return Count(line.criterion, undecided=1)
    if line.points is None or not isinstance(answer, int):
        return Count(line.criterion, not_applicable=1)
    earned = round(line.points * 1000)
    at = [int(answer == number) for number in range(4)]
    return Count(line.criterion, 1, int(answer >= 2), earned, earned * earned, *at)


def _scored(measure: str, tenths: int, bar: int | None) -> Count:
    met = int(bar is not None and tenths >= bar)
    return Count(measure, n=1, met=met, total=tenths, squares=tenths * tenths)


def _index(signed: SignedAudit, bar: int | None) -> Count:
    if signed.grade.index is None:
        return Count("index", undecided=1)
    return _scored("index", round(signed.grade.index * 10), bar)


def _band(signed: SignedAudit) -> Count:
    if signed.grade.capped is None:
        return Count("band", undecided=1)
    place = BANDS.index(signed.grade.capped)
    at = [int(place == number) for number in range(4)]
    return Count("band", 1, int(place >= BANDS.index(GOOD)), 0, 0, *at)


def _compliance(signed: SignedAudit) -> Count:
    places = ("breach", "defects", "compliant")
    if signed.grade.compliance not in places:
        return Count("compliance", undecided=1)
    place = places.index(signed.grade.compliance)
    at = [int(place == number) for number in range(3)]
    return Count("compliance", 1, at[2], 0, 0, *at)


def _agencies(framework: Framework, lines: Iterable[Line], bar: int | None) -> list[Count]:
    """What each agency's own criteria come to: the framework's share, not who held the pen.

    Who marks differs from audit to audit (education alone marks all of most of them, parent-carers
    some sections of a few, and a sheet of past audits names nobody), so by the pen “health” would
    be another set of questions every month. By the framework it is the same set in every audit, of
    every authority. A question that is its author's own (advice) is no agency's: `profession` is.
    """
    own = tuple(c for c in framework.criteria if "author" not in c.agencies)
    owner = share(framework, Questions(own, {}), PROFESSIONALS)
    sums: dict[AuditAgency, tuple[int, int]] = {}
    for line in lines:
        if line.points is not None and line.criterion in owner:
            earned, weight = sums.get(owner[line.criterion], (0, 0))
            more = line.weight * round(line.points * 1000)
            sums[owner[line.criterion]] = (earned + more, weight + line.weight)
    return [
        # Tenths of a point, halves up, as the index itself is rounded.
        _scored(f"agency:{agency}", (2 * earned + weight) // (2 * weight), bar)
        for agency, (earned, weight) in sums.items()
        if weight
    ]
