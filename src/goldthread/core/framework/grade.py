"""From answers to a grade: quality index, compliance dial, band and caps (standard.md, part a).

Two dials, because an average hides a breach: the index says how good, the dial whether lawful.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from goldthread.core.framework.criterion import Criterion
from goldthread.core.framework.framework import Framework

Answer = int | Literal["not-applicable", "cannot-decide"]
Compliance = Literal["compliant", "defects", "breach", "unknown"]
BANDS = ("inadequate", "requires-improvement", "good", "outstanding")
"""From the lowest; the labels people see are the framework's."""
POINTS = {0: 0.0, 1: 0.35, 2: 0.80, 3: 1.0}
MOST_UNDECIDED = 0.10
"""A larger share of “cannot decide” leaves the plan ungraded."""
FEW_QUANTIFIED = 0.20
"""F2 below this share of items caps at inadequate."""


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion's part in the index: weight x points."""

    criterion: str
    answer: Answer
    weight: int
    points: float | None
    """None when it does not count: not applicable, cannot decide."""


@dataclass(frozen=True, slots=True)
class Cap:
    """Why the band is not higher."""

    band: str
    """The highest band that is left."""
    reason: str
    criteria: tuple[str, ...]


@dataclass(frozen=True)
class Grade:
    """A grade, and every number that it is made of.

    `index` and `themes` are 0 to 100; None when nothing was answered. `band` is before and
    `capped` after the caps; both are None when ungraded.
    """

    index: float | None
    themes: Mapping[str, float]
    compliance: Compliance
    band: str | None
    capped: str | None
    caps: tuple[Cap, ...]
    lines: tuple[Line, ...]
    answered: int
    not_applicable: int
    undecided: int
    why_ungraded: str = ""


def points(criterion: Criterion, answer: int) -> float:
    """0, .35, .80, 1; in the family presence 2 is the best answer and earns 1."""
    if criterion.family == "presence" and answer >= 2:
        return 1.0
    return POINTS[answer]


def grade(
    framework: Framework,
    answers: Mapping[str, Answer],
    *,
    quantified: float | None = None,
) -> Grade:
    """The grade of one audit. `quantified`: share of F's items that are, 0 to 1, where known.

    Criteria without an answer are left out. Errors: ValueError for an unknown criterion or an
    answer that its family does not have.
    """
    lines = tuple(_lines(framework, answers))
    counted = [line for line in lines if line.points is not None]
    undecided = sum(line.answer == "cannot-decide" for line in lines)
    index = _index(counted)
    themes = _themes(framework, counted)
    why = _why_ungraded(len(counted), undecided)
    caps = tuple(_caps(framework, answers, quantified))
    band = None if why or index is None else _band(index, themes, framework, answers)
    return Grade(
        index=index,
        themes=themes,
        compliance=_compliance(framework, answers),
        band=band,
        capped=None if band is None else min([band, *(c.band for c in caps)], key=BANDS.index),
        caps=caps,
        lines=lines,
        answered=len(counted),
        not_applicable=sum(line.answer == "not-applicable" for line in lines),
        undecided=undecided,
        why_ungraded=why,
    )


def _lines(framework: Framework, answers: Mapping[str, Answer]) -> Iterable[Line]:
    known = {c.id: c for c in framework.criteria}
    unknown = sorted(answers.keys() - known.keys())
    if unknown:
        raise ValueError(f"{framework.key} has no criterion {unknown[0]}.")
    for criterion in framework.criteria:
        answer = answers.get(criterion.id)
        if answer is None:
            continue
        if isinstance(answer, str):
            yield Line(criterion.id, answer, criterion.weight, None)
            continue
        if str(answer) not in criterion.descriptors:
            raise ValueError(f"{criterion.id} has no answer {answer}.")
        yield Line(criterion.id, answer, criterion.weight, points(criterion, answer))


def _index(lines: Sequence[Line]) -> float | None:
    weight = sum(line.weight for line in lines)
    if not weight:
        return None
    return 100 * sum(line.weight * (line.points or 0.0) for line in lines) / weight


def _themes(framework: Framework, lines: Sequence[Line]) -> dict[str, float]:
    section = {c.id: c.section for c in framework.criteria}
    grouped: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        grouped[section[line.criterion]].append(line)
    found = {theme: _index(group) for theme, group in grouped.items()}
    return {theme: index for theme, index in found.items() if index is not None}


def _why_ungraded(answered: int, undecided: int) -> str:
    if not answered:
        return "Nothing was answered."
    share = undecided / (answered + undecided)
    if share > MOST_UNDECIDED:
        return f"{share:.0%} of the questions could not be decided; more than 10 % leaves no grade."
    return ""


def _compliance(framework: Framework, answers: Mapping[str, Answer]) -> Compliance:
    """compliant: all statutory answers 2 or more; defects: one at 1; breach: one at 0."""
    given = [answers.get(c.id) for c in framework.criteria if c.kind == "statutory"]
    numbers = [a for a in given if isinstance(a, int)]
    if not numbers:
        return "unknown"
    lowest = min(numbers)
    return "compliant" if lowest >= 2 else "defects" if lowest == 1 else "breach"


def _band(
    index: float,
    themes: Mapping[str, float],
    framework: Framework,
    answers: Mapping[str, Answer],
) -> str:
    lawful = _compliance(framework, answers) in ("compliant", "unknown")
    if index >= 92 and lawful and all(theme >= 75 for theme in themes.values()):
        return "outstanding"
    if index >= 75 and all(themes.get(t, 100) >= 65 for t in ("B", "E", "F")):
        return "good"
    return "requires-improvement" if index >= 50 else "inadequate"


def _caps(
    framework: Framework, answers: Mapping[str, Answer], quantified: float | None
) -> Iterable[Cap]:
    at = {c.id: answers.get(c.id) for c in framework.criteria if c.gate}
    critical = [c.id for c in framework.criteria if c.gate == "critical"]
    major = [c.id for c in framework.criteria if c.gate == "major"]
    low = [c for c in critical if at[c] == 0]
    if low:
        yield Cap("inadequate", f"{_names(low)} is at 0, a critical gate.", tuple(low))
    half = [c for c in critical if at[c] == 1]
    if half:
        reason = f"{_names(half)} is at 1, a critical gate."
        yield Cap("requires-improvement", reason, tuple(half))
    missed = [c for c in major if at[c] == 0]
    if len(missed) >= 3:
        yield Cap("inadequate", f"{_names(missed)} are at 0, three major gates.", tuple(missed))
    elif missed:
        reason = f"{_names(missed)} is at 0, a major gate."
        yield Cap("requires-improvement", reason, tuple(missed))
    if quantified is not None and quantified < FEW_QUANTIFIED:
        reason = f"Only {quantified:.0%} of the provision in F is quantified."
        yield Cap("inadequate", reason, ("F2-quantified",))


def _names(criteria: Sequence[str]) -> str:
    return ", ".join(criteria)


@dataclass(frozen=True)
class Preview:
    """What the machine's answers alone come to; never a grade."""

    grade: Grade
    of: int
    """Criteria that apply."""
    note: str


def preview(
    framework: Framework,
    answers: Mapping[str, int | None],
    *,
    set_aside: Iterable[str] = (),
    quantified: float | None = None,
) -> Preview:
    """The machine's answers (None: it cannot tell) as a grade would count them.

    `set_aside`: criteria that do not apply. The note says how much is unanswered, because no
    band of a machine is a grade.
    """
    aside = set(set_aside)
    given: dict[str, Answer] = {}
    for criterion in framework.criteria:
        answer = answers.get(criterion.id)
        if criterion.id not in aside and answer is not None:
            given[criterion.id] = min(answer, 2) if criterion.family == "presence" else answer
    found = grade(framework, given, quantified=quantified)
    of = len(framework.criteria) - len(aside)
    note = (
        f"The machine suggested an answer to {found.answered} of the {of} questions that apply. "
        "This is no grade: people have not answered yet, and the machine is often wrong."
    )
    return Preview(found, of, note)
