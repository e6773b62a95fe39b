"""From answers to a grade: quality index, compliance dial, band and caps (standard.md, part a).

Two dials, because an average hides a breach: the index says how good, the dial whether lawful.
Points, bands and caps are the framework's (`framework.yaml`). Sums are of whole numbers, and the
index is rounded to one decimal, halves up, before it is held against a band: what is shown is
what decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from goldthread.core.framework.caps import Cap, caps_of
from goldthread.core.framework.criterion import Criterion, NotApplicable
from goldthread.core.framework.framework import Framework
from goldthread.core.framework.scale import BANDS, Band, BandId

__all__ = ["BANDS", "Answer", "Cap", "Compliance", "Grade", "Line", "Preview", "grade", "preview"]

Answer = int | NotApplicable | Literal["not-applicable", "cannot-decide"]
"""0 to 3; a reason code, or “not-applicable” where a machine gives no reason; cannot decide."""
Compliance = Literal["compliant", "defects", "breach", "unknown"]
FEWEST_UNGRADED = "Nothing was answered."


class Line(NamedTuple):
    """One criterion's part in the index: weight x points."""

    criterion: str
    answer: Answer | None
    """None when nobody answered."""
    weight: int
    points: float | None
    """0 to 1; None when it does not count: not applicable, cannot decide, not answered."""

    @property
    def words(self) -> str:
        """“F2-quantified: answer 1, weight 3 x 0.35 = 1.05”."""
        if self.points is None:
            said = self.answer or "not answered"
            return f"{self.criterion}: {said}; left out of the index"
        earned = f"{self.weight} x {self.points:.2f} = {self.weight * self.points:.2f}"
        return f"{self.criterion}: answer {self.answer}, weight {earned}"


@dataclass(frozen=True)
class Grade:
    """A grade, and every number that it is made of.

    `index` and `themes` are 0 to 100; None when nothing was answered. `band` is before and
    `capped` after the caps; both are None when ungraded.
    """

    index: float | None
    themes: Mapping[str, float]
    compliance: Compliance
    band: BandId | None
    capped: BandId | None
    caps: tuple[Cap, ...]
    lines: tuple[Line, ...]
    answered: int
    not_applicable: int
    undecided: int
    why_ungraded: str = ""
    unanswered: int = 0
    why_not_higher: tuple[str, ...] = ()
    """What each better band would have asked for, in words, before caps."""
    earned: float = 0.0
    """The sum of weight x points, and of weight: the index is their ratio."""
    weight: int = 0

    @property
    def sum(self) -> str:
        """“111.00 of 128 = 86.7 in 100”; empty when nothing was answered."""
        if self.index is None:
            return ""
        return f"{self.earned:.2f} of {self.weight} = {self.index:.1f} in 100"


def grade(
    framework: Framework,
    answers: Mapping[str, Answer],
    *,
    quantified: float | None = None,
    set_aside: Mapping[str, NotApplicable] | None = None,
    complete: bool = False,
) -> Grade:
    """The grade of one audit.

    `quantified`: share of F's items that are, 0 to 1, where known. `set_aside`: questions that do
    not arise, with their reasons (`applicability`). `complete`: a question without an answer
    counts as undecided; otherwise it is left out.
    Errors: ValueError for an unknown criterion or an answer that it does not have.
    """
    given = {**answers, **(set_aside or {})}
    return _grade(framework, given, quantified, complete, gate_bands=True)


def _grade(
    framework: Framework,
    given: Mapping[str, Answer],
    quantified: float | None,
    complete: bool,
    gate_bands: bool,
) -> Grade:
    lines = tuple(_lines(framework, given, complete))
    sums = _sums(framework, lines)
    answered = sum(line.points is not None for line in lines)
    earned, weight = (
        (sum(column) for column in zip(*sums.values(), strict=True)) if sums else (0, 0)
    )
    undecided = sum(line.answer == "cannot-decide" for line in lines)
    unanswered = sum(line.answer is None for line in lines)
    index = _index(earned, weight)
    themes = {section: found for section, (e, w) in sums.items()
              if (found := _index(e, w)) is not None}  # fmt: skip
    why = _why_ungraded(framework, answered, undecided + unanswered) if gate_bands else ""
    caps = caps_of(framework, given, quantified)
    band, missed = (None, ()) if why else _band(framework, index, themes, given)
    return Grade(
        index=index,
        themes=themes,
        compliance=_compliance(framework, given),
        band=band,
        capped=None if band is None else min([band, *(c.band for c in caps)], key=BANDS.index),
        caps=caps,
        lines=lines,
        answered=answered,
        not_applicable=len(lines) - answered - undecided - unanswered,
        undecided=undecided,
        why_ungraded=why,
        unanswered=unanswered,
        why_not_higher=missed,
        earned=earned / 1000,
        weight=weight,
    )


def points(framework: Framework, family: str, answer: int) -> float:
    """What an answer earns, 0 to 1: presence has no 3, and its 2 earns all."""
    table = framework.points.get(family) or framework.points["default"]
    return table[str(answer)]


def _lines(framework: Framework, answers: Mapping[str, Answer], complete: bool) -> Iterable[Line]:
    unknown = sorted(answers.keys() - {c.id for c in framework.criteria})
    if unknown:
        raise ValueError(f"{framework.key} has no criterion {unknown[0]}.")
    earns = {
        (family, int(number)): points(framework, family, int(number))
        for family, meant in framework.families.items()
        for number in meant
    }
    for criterion in framework.criteria:
        answer = answers.get(criterion.id)
        if isinstance(answer, int):
            earned = earns.get((criterion.family, answer))
            if earned is None:
                raise ValueError(f"{criterion.id} has no answer {answer}.")
            yield Line(criterion.id, answer, criterion.weight, earned)
        elif answer is not None or complete:
            _check_reason(framework, criterion, answer)
            yield Line(criterion.id, answer, criterion.weight, None)


def _check_reason(framework: Framework, criterion: Criterion, answer: str | None) -> None:
    if answer in (None, "not-applicable", "cannot-decide"):
        return
    if answer not in framework.not_applicable:
        raise ValueError(f"{criterion.id}: “{answer}” is no reason code of {framework.key}.")


def _sums(framework: Framework, lines: Sequence[Line]) -> dict[str, tuple[int, int]]:
    """Section -> weight x points earned, in whole thousandths, and weight, of what counts."""
    section = {c.id: c.section for c in framework.criteria}
    sums: dict[str, tuple[int, int]] = {}
    for line in lines:
        if line.points is not None:
            earned, weight = sums.get(section[line.criterion], (0, 0))
            more = line.weight * round(line.points * 1000)
            sums[section[line.criterion]] = (earned + more, weight + line.weight)
    return sums


def _index(earned: int, weight: int) -> float | None:
    """Earned in a hundred of what could be, to one decimal, halves up.

    Thousandths of a point over points are tenths of a hundred.
    """
    return (2 * earned + weight) // (2 * weight) / 10 if weight else None


def _why_ungraded(framework: Framework, answered: int, undecided: int) -> str:
    if not answered:
        return FEWEST_UNGRADED
    if framework.grading is None:
        return f"{framework.key} has no bands."
    share, most = undecided / (answered + undecided), framework.grading.undecided_over
    if share > most:
        return (
            f"{undecided} of {answered + undecided} questions could not be decided or were not "
            f"answered; more than {most:.0%} leaves no grade."
        )
    return ""


def _compliance(framework: Framework, answers: Mapping[str, Answer]) -> Compliance:
    """compliant: all statutory answers 2 or more; defects: one at 1; breach: one at 0."""
    lowest = _lowest_statutory(framework, answers)
    if lowest is None:
        return "unknown"
    return "compliant" if lowest >= 2 else "defects" if lowest == 1 else "breach"


def _lowest_statutory(framework: Framework, answers: Mapping[str, Answer]) -> int | None:
    given = (answers.get(c.id) for c in framework.criteria if c.kind == "statutory")
    return min((a for a in given if isinstance(a, int)), default=None)


def _band(
    framework: Framework,
    index: float | None,
    themes: Mapping[str, float],
    answers: Mapping[str, Answer],
) -> tuple[BandId | None, tuple[str, ...]]:
    """The best band whose every bar is met, and what the better ones would have asked for."""
    if framework.grading is None or index is None:
        return None, ()
    lowest = _lowest_statutory(framework, answers)
    missed: list[str] = []
    for band in framework.grading.bands:
        short = list(_short_of(framework, band, index, themes, lowest))
        if not short:
            return band.id, tuple(missed)
        missed.append(f"{framework.band_label(band.id)}: {'; '.join(short)}.")
    return framework.grading.bands[-1].id, tuple(missed)


def _short_of(
    framework: Framework,
    band: Band,
    index: float,
    themes: Mapping[str, float],
    lowest: int | None,
) -> Iterable[str]:
    if index < band.at_least:
        yield f"index {index:.1f}, asked for {band.at_least:g}"
    if lowest is not None and lowest < band.statutory:
        yield f"a statutory question at {lowest}, asked for {band.statutory}"
    for theme, found in themes.items():
        bar = max(band.every_theme, band.themes.get(theme, 0))
        if found < bar:
            name = framework.themes.get(theme, theme)
            yield f"{name} ({theme}) at {found:.1f}, asked for {bar:g}"


@dataclass(frozen=True)
class Preview:
    """What the machine's answers alone come to; never a grade.

    The other attributes are those of `core/report/check_record.GradePreview`.
    """

    grade: Grade
    of: int
    """Criteria that apply."""
    note: str

    @property
    def answered(self) -> int:
        return self.grade.answered

    @property
    def index(self) -> float | None:
        return self.grade.index

    @property
    def themes(self) -> Mapping[str, float]:
        return self.grade.themes

    @property
    def compliance(self) -> str:
        return self.grade.compliance

    @property
    def band(self) -> str:
        return self.grade.band or ""

    @property
    def band_after_caps(self) -> str:
        return self.grade.capped or ""

    @property
    def caps(self) -> tuple[str, ...]:
        return tuple(cap.reason for cap in self.grade.caps)


def preview(
    framework: Framework,
    answers: Mapping[str, int | None],
    *,
    set_aside: Iterable[str] = (),
    quantified: float | None = None,
) -> Preview:
    """The machine's answers (None: it cannot tell) as a grade would count them.

    `set_aside`: criteria that do not apply. There is a band only when the machine answered the
    share of questions that the framework names (`preview_from`); the note says how many it left,
    because no band of a machine is a grade.
    """
    aside = set(set_aside)
    given: dict[str, Answer] = {}
    for criterion in framework.criteria:
        answer = answers.get(criterion.id)
        if criterion.id not in aside and answer is not None:
            given[criterion.id] = min(answer, 2) if criterion.family == "presence" else answer
    of = len(framework.criteria) - len(aside & {c.id for c in framework.criteria})
    least = framework.grading.preview_from * of if framework.grading else of
    enough = len(given) >= max(1, least)
    found = _grade(framework, given, quantified, complete=False, gate_bands=False)
    return Preview(found if enough else _without_band(found), of, _note(found.answered, of, enough))


def _without_band(found: Grade) -> Grade:
    return replace(found, band=None, capped=None, why_not_higher=())


def _note(answered: int, of: int, enough: bool) -> str:
    left = "" if enough else " That is too few to name a band."
    return (
        f"The machine suggested an answer to {answered} of the {of} questions that apply.{left} "
        "This is no grade: people have not answered yet, and the machine is often wrong."
    )
