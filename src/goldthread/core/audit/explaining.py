"""A grade explained line by line: every number of it, and what each is made of.

The sums reconcile: a theme's points are the sum of its lines, the grade's the sum of its themes.
All are kept in whole thousandths of a point until they are shown, as `core/framework/grade.py`
does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from goldthread.core.audit.themes import in_order
from goldthread.core.framework.criterion import Criterion
from goldthread.core.framework.framework import Framework
from goldthread.core.framework.grade import BANDS, Answer, Cap, Compliance, Grade, Line
from goldthread.core.framework.scale import BandId


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One question's part. `said`: the answer in words; `points`: 0 to 1, and `earned` is weight x
    points; both None where the question does not count."""

    criterion: str
    question: str
    said: str
    weight: int
    points: float | None
    earned: float | None


@dataclass(frozen=True, slots=True)
class ShownTheme:
    """One section of the framework. `weight` is that of the lines that count; `index` 0 to 100,
    None where none does."""

    section: str
    title: str
    lines: tuple[ShownLine, ...]
    earned: float
    weight: int
    index: float | None


@dataclass(frozen=True, slots=True)
class ShownDial:
    """The compliance dial in words, and the statutory criteria that put it there."""

    state: Compliance
    words: str
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownCap:
    band: str
    """The label of the highest band that is left."""
    reason: str
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A grade as a page shows it, from the lines to the band.

    Bands are labels, empty where there is none and `why_ungraded` says why. `next_band`: the one
    above the band after caps, and `next_takes` what it would have taken; both empty at the top.
    """

    themes: tuple[ShownTheme, ...]
    earned: float
    weight: int
    index: float | None
    sum: str
    dial: ShownDial
    band_before_caps: str
    caps: tuple[ShownCap, ...]
    band: str
    why_ungraded: str
    next_band: str
    next_takes: tuple[str, ...]


def explain(framework: Framework, grade: Grade) -> Explanation:
    """The grade in words and sums. `framework`: the edition that it was graded by."""
    above = _band_above(grade.capped)
    return Explanation(
        themes=_themes(framework, grade),
        earned=grade.earned,
        weight=grade.weight,
        index=grade.index,
        sum=grade.sum,
        dial=_dial(framework, grade),
        band_before_caps=_label(framework, grade.band),
        caps=tuple(
            ShownCap(framework.band_label(cap.band), cap.reason, cap.criteria) for cap in grade.caps
        ),
        band=_label(framework, grade.capped),
        why_ungraded=grade.why_ungraded,
        next_band=_label(framework, above),
        next_takes=tuple(_takes(framework, grade, above)) if above else (),
    )


def answer_words(framework: Framework, answer: Answer | None) -> str:
    """“Partly met”, “Not applicable: The document is a draft.”, “Not answered”."""
    if answer is None:
        return "Not answered"
    key = str(answer)
    reason = framework.not_applicable.get(key)
    if reason is not None:
        return f"{framework.answers.get('not-applicable', 'Not applicable')}: {reason}"
    return framework.answers.get(key, key)


def _label(framework: Framework, band: BandId | None) -> str:
    return framework.band_label(band) if band else ""


def _themes(framework: Framework, grade: Grade) -> tuple[ShownTheme, ...]:
    lines = {line.criterion: line for line in grade.lines}
    sections: dict[str, list[Criterion]] = {}
    for criterion in in_order(framework, (c for c in framework.criteria if c.id in lines)):
        sections.setdefault(criterion.section, []).append(criterion)
    return tuple(
        _theme(framework, grade, section, [(c, lines[c.id]) for c in criteria])
        for section, criteria in sections.items()
    )


def _theme(
    framework: Framework, grade: Grade, section: str, lines: list[tuple[Criterion, Line]]
) -> ShownTheme:
    return ShownTheme(
        section=section,
        title=framework.themes.get(section, section),
        lines=tuple(_line(framework, criterion, line) for criterion, line in lines),
        earned=sum(_thousandths(line) for _, line in lines) / 1000,
        weight=sum(_counted(line) for _, line in lines),
        index=grade.themes.get(section),
    )


def _line(framework: Framework, criterion: Criterion, line: Line) -> ShownLine:
    return ShownLine(
        criterion=criterion.id,
        question=criterion.question,
        said=answer_words(framework, line.answer),
        weight=line.weight,
        points=line.points,
        earned=None if line.points is None else _thousandths(line) / 1000,
    )


def _thousandths(line: Line) -> int:
    """What a line earns, in thousandths of a point."""
    return 0 if line.points is None else line.weight * round(line.points * 1000)


def _counted(line: Line) -> int:
    return 0 if line.points is None else line.weight


def _dial(framework: Framework, grade: Grade) -> ShownDial:
    words = framework.grading.compliance if framework.grading else {}
    behind = {"breach": 0, "defects": 1}.get(grade.compliance, -1)
    answers = {line.criterion: line.answer for line in grade.lines}
    return ShownDial(
        grade.compliance,
        words.get(grade.compliance, grade.compliance),
        tuple(
            c.id
            for c in in_order(framework, framework.criteria)
            if c.kind == "statutory" and answers.get(c.id) == behind
        ),
    )


def _band_above(band: BandId | None) -> BandId | None:
    if band is None or band == BANDS[-1]:
        return None
    return BANDS[BANDS.index(band) + 1]


def _takes(framework: Framework, grade: Grade, above: BandId) -> Iterator[str]:
    """What keeps the grade below this band: bars that were not met, then caps."""
    bands = framework.grading.bands if framework.grading else ()
    # `why_not_higher` has a sentence for each of the best bands in turn, down to the one reached.
    for band, why in zip(bands, grade.why_not_higher, strict=False):
        if band.id == above:
            yield why
    for cap in grade.caps:
        if BANDS.index(cap.band) < BANDS.index(above):
            yield cap.reason


@dataclass(frozen=True, slots=True)
class Change:
    """One question that is answered otherwise. `earned` and `weight`: after less before, of what
    counts; the changes add up to that of the grade."""

    criterion: str
    before: Answer | None
    after: Answer | None
    earned: float
    weight: int


@dataclass(frozen=True)
class BeforeAfter:
    """Two grades of one framework: the plan and the amended plan, or before and after moderation.

    Pairs are (before, after). `themes`: the sections whose index changed.
    """

    index: tuple[float | None, float | None]
    themes: dict[str, tuple[float | None, float | None]]
    compliance: tuple[Compliance, Compliance]
    band: tuple[BandId | None, BandId | None]
    capped: tuple[BandId | None, BandId | None]
    changes: tuple[Change, ...]
    caps_gone: tuple[Cap, ...]
    caps_new: tuple[Cap, ...]

    @property
    def index_change(self) -> float | None:
        """Points of the index, to one decimal; None where either has none."""
        before, after = self.index
        return None if before is None or after is None else round(after - before, 1)


def before_after(before: Grade, after: Grade) -> BeforeAfter:
    """What is different between two grades by one edition of a framework."""
    sections = dict.fromkeys([*before.themes, *after.themes])
    pairs = {s: (before.themes.get(s), after.themes.get(s)) for s in sections}
    return BeforeAfter(
        index=(before.index, after.index),
        themes={s: pair for s, pair in pairs.items() if pair[0] != pair[1]},
        compliance=(before.compliance, after.compliance),
        band=(before.band, after.band),
        capped=(before.capped, after.capped),
        changes=tuple(_changes(before.lines, after.lines)),
        caps_gone=tuple(cap for cap in before.caps if cap not in after.caps),
        caps_new=tuple(cap for cap in after.caps if cap not in before.caps),
    )


def _changes(before: Iterable[Line], after: Iterable[Line]) -> Iterator[Change]:
    was, now = ({line.criterion: line for line in lines} for lines in (before, after))
    for criterion in dict.fromkeys([*was, *now]):
        nothing = Line(criterion, None, 0, None)
        old, new = was.get(criterion, nothing), now.get(criterion, nothing)
        if old.answer != new.answer:
            yield Change(
                criterion,
                old.answer,
                new.answer,
                (_thousandths(new) - _thousandths(old)) / 1000,
                _counted(new) - _counted(old),
            )


def difference_sentences(framework: Framework, found: BeforeAfter) -> tuple[str, ...]:
    """What is different in words: band, compliance and index first, then question by question."""
    return tuple(_differences(framework, found))


def _differences(framework: Framework, found: BeforeAfter) -> Iterator[str]:
    if found.capped[0] != found.capped[1]:
        old, new = (_label(framework, band) or "no band" for band in found.capped)
        yield f"Band, after caps: from {old} to {new}."
    if found.compliance[0] != found.compliance[1]:
        yield f"Compliance: from {found.compliance[0]} to {found.compliance[1]}."
    if found.index_change:
        from_, to = (f"{index:.1f}" for index in found.index)
        yield f"Index: from {from_} to {to}{_more(found.index_change)}."
    order = [c.id for c in in_order(framework, framework.criteria)]
    for change in sorted(found.changes, key=lambda c: order.index(c.criterion)):
        was, now = (answer_words(framework, a).rstrip(".") for a in (change.before, change.after))
        yield f"{change.criterion}: from “{was}” to “{now}”."


def _more(change: float) -> str:
    return f", {abs(change):.1f} {'more' if change > 0 else 'less'}"
