"""What two auditors of one document would each have graded it, by their own answers alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from goldthread.core.audit.agreement import WholeGrade
from goldthread.core.audit.audit import regrade
from goldthread.core.audit.signed import SignedAudit
from goldthread.core.framework.framework import Framework
from goldthread.core.framework.grade import Grade


def whole_grades(
    framework: Framework, audits: Iterable[tuple[str, SignedAudit]]
) -> tuple[WholeGrade, ...]:
    """Documents that two people marked whole and blind, in the order given.

    `audits`: (document, audit), the first audit of each before the second. Left out: short forms,
    other editions, audits in which the machine was seen first, and two by one person.
    """
    held: dict[str, list[SignedAudit]] = defaultdict(list)
    for document, signed in audits:
        if _whole(framework, signed):
            held[document].append(signed)
    return tuple(
        _pair(framework, document, rows[0], rows[1])
        for document, rows in held.items()
        if len(rows) > 1 and not _people(rows[0]) & _people(rows[1])
    )


def own_grade(framework: Framework, signed: SignedAudit) -> Grade:
    """The grade by first answers: before the machine was seen, and before anything was moderated.

    Errors: as `regrade`.
    """
    first = tuple(j if j.first is None else replace(j, value=j.first) for j in signed.judgements)
    return regrade(framework, replace(signed, judgements=first))


def _whole(framework: Framework, signed: SignedAudit) -> bool:
    short = signed.themes or signed.agency
    seen = any(j.machine and j.machine.when == "before" for j in signed.judgements)
    return signed.framework == framework.key and not (short or seen)


def _people(signed: SignedAudit) -> set[str]:
    return {judgement.by for judgement in signed.judgements}


def _pair(
    framework: Framework, document: str, first: SignedAudit, second: SignedAudit
) -> WholeGrade:
    one, two = own_grade(framework, first), own_grade(framework, second)
    return WholeGrade(document, (one.capped, two.capped), (one.index, two.index))
