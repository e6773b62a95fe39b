"""A second look at a signed audit: when it is due, how two audits differ, and what counts after it.

Sources: standard.md, part a, “Sampling and moderation”; users.md, row 24: a reason for each
decision, and the grade before and after. What was signed is never changed: the panel's decisions
make another signed audit, which stands beside it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from goldthread.core.audit.audit import Questions, graded
from goldthread.core.audit.explaining import BeforeAfter, Change
from goldthread.core.audit.judgement import Evidence, Judgement, Value, check_value
from goldthread.core.audit.signed import SignedAudit
from goldthread.core.audit.themes import in_order
from goldthread.core.framework.criterion import Criterion
from goldthread.core.framework.framework import Framework
from goldthread.core.framework.grade import grade
from goldthread.core.framework.scale import BandId

Why = Literal["double", "gate", "outstanding", "reply", "asked"]
SHORTEST_REASON = 10
"""Characters, without spaces at the ends: “seen again” says something, “ok” does not."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A question that two audits answer otherwise. `must`: so far apart that a panel decides."""

    criterion: str
    first: Value
    second: Value
    must: bool


@dataclass(frozen=True)
class Compared:
    """Two blind audits of one document. `of`: questions that both answer; `why`: sentences, empty
    where the two agree closely enough."""

    differences: tuple[Difference, ...]
    of: int
    why: tuple[str, ...]

    @property
    def alike(self) -> int:
        return self.of - len(self.differences)

    @property
    def must(self) -> tuple[str, ...]:
        """Questions that a panel decides, in the order of reading."""
        return tuple(d.criterion for d in self.differences if d.must)


@dataclass(frozen=True)
class Due:
    """Why an audit is moderated: the first reason as a code, all of them as sentences, and the
    questions that the panel decides."""

    why: Why
    sentences: tuple[str, ...]
    criteria: tuple[str, ...]


def compare(framework: Framework, first: SignedAudit, second: SignedAudit) -> Compared:
    """How two audits of one document differ, by the framework's own rule.

    A second audit may ask of fewer themes: only questions that both answer are compared, and bands
    only where both have one.
    """
    answers = [{j.criterion: j.value for j in audit.judgements} for audit in (first, second)]
    common = [c for c in in_order(framework, framework.criteria) if all(c.id in a for a in answers)]
    differences = tuple(
        Difference(c.id, was, other, _too_far(framework, c, was, other))
        for c in common
        if (was := answers[0][c.id]) != (other := answers[1][c.id])
    )
    return Compared(
        differences, len(common), tuple(_why_double(framework, (first, second), differences))
    )


def _too_far(framework: Framework, criterion: Criterion, first: Value, second: Value) -> bool:
    rule = framework.moderation
    if rule is None:
        return False
    if criterion.gate in rule.double.gates:
        return True
    numbers = isinstance(first, int) and isinstance(second, int)
    return numbers and abs(int(first) - int(second)) >= rule.double.apart


def _why_double(
    framework: Framework, pair: tuple[SignedAudit, SignedAudit], differences: Sequence[Difference]
) -> Iterator[str]:
    rule = framework.moderation
    if rule is None:
        return
    gates = {c.id for c in framework.criteria if c.gate in rule.double.gates}
    must = [d.criterion for d in differences if d.must]
    if held := [c for c in must if c in gates]:
        yield f"The two auditors answer {_gates(len(held))} differently: {', '.join(held)}."
    if far := [c for c in must if c not in gates]:
        yield f"Their answers are {rule.double.apart} or more apart: {', '.join(far)}."
    bands = [audit.grade.capped for audit in pair]
    if rule.double.band and None not in bands and bands[0] != bands[1]:
        said = [framework.band_label(band) for band in bands if band]
        yield f"They come to different bands: {said[0]} and {said[1]}."
    dials = _compliances(framework, pair)
    if rule.double.compliance and dials[0] != dials[1]:
        yield f"They come to different compliance: {dials[0]} and {dials[1]}."


def _gates(number: int) -> str:
    return "a gate" if number == 1 else f"{number} gates"


def _compliances(framework: Framework, pair: tuple[SignedAudit, SignedAudit]) -> list[str]:
    """The dial of each, from the questions that both answer."""
    answers = [{j.criterion: j.value for j in audit.judgements} for audit in pair]
    common = answers[0].keys() & answers[1].keys()
    return [grade(framework, {c: a[c] for c in common}).compliance for a in answers]


def hits(framework: Framework, audit: SignedAudit) -> tuple[str, ...]:
    """The gates that are answered so low that a panel looks again, in the order of reading."""
    if framework.moderation is None:
        return ()
    low = framework.moderation.gates
    answers = {j.criterion: j.value for j in audit.judgements}
    return tuple(
        c.id
        for c in in_order(framework, framework.criteria)
        if c.gate and c.gate in low and _at_most(answers.get(c.id), low[c.gate])
    )


def _at_most(value: Value | None, most: int) -> bool:
    return isinstance(value, int) and value <= most


def due(
    framework: Framework, purpose: str, audit: SignedAudit, second: SignedAudit | None = None
) -> Due | None:
    """Whether an audit is moderated of itself, and why; None when it is not.

    `purpose`: how the audit came about; `second`: the blind second audit, once it is signed.
    """
    rule = framework.moderation
    if rule is None or purpose not in rule.purposes:
        return None
    found: list[tuple[Why, tuple[str, ...], tuple[str, ...]]] = []
    compared = compare(framework, audit, second) if second else None
    if compared and compared.why:
        found.append(("double", compared.why, compared.must))
    if low := hits(framework, audit):
        found.append(("gate", (_hit(low),), low))
    if audit.grade.capped in rule.bands:
        found.append(("outstanding", (_top(framework, audit.grade.capped),), ()))
    if not found:
        return None
    wanted = {criterion for _, _, criteria in found for criterion in criteria}
    return Due(
        found[0][0],
        tuple(said for _, sentences, _ in found for said in sentences),
        tuple(c.id for c in in_order(framework, framework.criteria) if c.id in wanted),
    )


def _hit(low: tuple[str, ...]) -> str:
    return f"{_gates(len(low)).capitalize()} answered 0 or 1: {', '.join(low)}."


def _top(framework: Framework, band: BandId | None) -> str:
    return f"Every audit that comes to {framework.band_label(band or '')} is looked at again."


@dataclass(frozen=True, slots=True)
class Decided:
    """What a panel decides on one question. `reason`: in words, or what stands for them;
    `evidence`: what it rests on, where it follows the second audit."""

    criterion: str
    value: Value
    reason: str
    evidence: tuple[Evidence, ...] = ()


def decision_faults(
    framework: Framework, standing: SignedAudit, decided: Iterable[Decided], must: Iterable[str]
) -> dict[str, str]:
    """Criterion -> one sentence, for each decision that is missing or cannot stand.

    Every decision needs its reason, and so a gate has one wherever `sign` asks for it.
    """
    known = {c.id: c for c in framework.criteria}
    answered = {j.criterion for j in standing.judgements}
    faults: dict[str, str] = {}
    given: set[str] = set()
    for one in decided:
        given.add(one.criterion)
        if one.criterion not in answered or one.criterion not in known:
            faults[one.criterion] = f"{one.criterion} is not asked in this audit; leave it out."
            continue
        if fault := _fault(framework, known[one.criterion], one):
            faults[one.criterion] = fault
    for criterion in must:
        if criterion not in given and criterion in answered:
            faults[criterion] = f"{criterion}: choose which answer counts, and say why."
    return faults


def _fault(framework: Framework, criterion: Criterion, one: Decided) -> str:
    try:
        check_value(one.value, criterion, framework)
    except ValueError as error:
        return str(error)
    if len(one.reason.strip()) < SHORTEST_REASON:
        return (
            f"{one.criterion}: say why this answer counts, in at least {SHORTEST_REASON} "
            "characters."
        )
    return ""


def moderated(
    framework: Framework,
    standing: SignedAudit,
    decided: Iterable[Decided],
    by: str,
    at: dt.datetime,
) -> SignedAudit:
    """What counts after these decisions; `standing` itself when they change no answer.

    A changed answer is the panel's (`by`, `at`), with its reason as comment; the first answer, and
    what the machine had said, are kept with it. Decisions must have passed `decision_faults`.
    """
    was = {j.criterion: j for j in standing.judgements}
    changed = {
        one.criterion: _judged(was[one.criterion], one, by, at)
        for one in decided
        if one.value != was[one.criterion].value
    }
    if not changed:
        return standing
    judgements = tuple(changed.get(j.criterion, j) for j in standing.judgements)
    asked = Questions(tuple(c for c in framework.criteria if c.id in was), standing.set_aside)
    found = graded(framework, standing.themes, asked, judgements, standing.quantified)
    return replace(standing, judgements=judgements, grade=found, by=by, at=at)


def _judged(was: Judgement, one: Decided, by: str, at: dt.datetime) -> Judgement:
    return replace(
        was, value=one.value, by=by, at=at, comment=one.reason, evidence=one.evidence,
        first=was.value if was.first is None else was.first,
    )  # fmt: skip


def stamp(standing: SignedAudit, second: SignedAudit | None) -> str:
    """What a panel has before it: other as soon as either audit counts otherwise."""
    return f"{standing.digest[:16]}{second.digest[:16] if second else ''}"


def summary(audit: SignedAudit) -> dict[str, Any]:
    """Digest, index, band after caps and compliance, as JSON values."""
    return {
        "digest": audit.digest,
        "index": audit.grade.index,
        "band": audit.grade.capped or "",
        "compliance": audit.grade.compliance,
    }


def noted_difference(
    before: Mapping[str, Any], after: Mapping[str, Any], answers: Iterable[tuple[str, Value, Value]]
) -> BeforeAfter:
    """The difference of two summaries, for `difference_sentences`.

    `answers`: criterion, before, after. A summary has no themes, caps or points: none are said.
    """
    bands = (before["band"] or None, after["band"] or None)
    return BeforeAfter(
        index=(before["index"], after["index"]),
        themes={},
        compliance=(before["compliance"], after["compliance"]),
        band=bands,
        capped=bands,
        changes=tuple(Change(c, was, now, 0.0, 0) for c, was, now in answers if was != now),
        caps_gone=(),
        caps_new=(),
    )
