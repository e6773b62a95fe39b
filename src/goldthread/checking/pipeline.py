"""From the bytes of a file to the record of its check, in one process."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from goldthread import __version__
from goldthread.checking.job import Answered, File, Files, Job, Outcome, Refused
from goldthread.core.checks.advice_match import recommendations
from goldthread.core.checks.engine import Checked, Checker
from goldthread.core.checks.linking import thread_of
from goldthread.core.checks.sentences import digests
from goldthread.core.checks.subject import Corpus
from goldthread.core.checks.versions import changes
from goldthread.core.framework.grade import preview
from goldthread.core.parsing.layouts import Layouts
from goldthread.core.parsing.parse import parse
from goldthread.core.plan.document import ReadingError
from goldthread.core.plan.plan import Kind, Plan
from goldthread.core.report.check_record import CheckRecord, GradePreview
from goldthread.core.report.checked import record_of
from goldthread.readers.documents import read_document
from goldthread.readers.frameworks import load_framework
from goldthread.readers.layouts import shared_layouts


@dataclass(frozen=True)
class Tools:
    """What checking needs, made ready once for each framework."""

    checker: Checker
    layouts: Layouts


@lru_cache(maxsize=4)
def tools(framework: str, frameworks: str = "") -> Tools:
    """The tools for one edition, of `frameworks` or of Goldthread's own folder.

    Errors: UnknownFramework; ContentError.
    """
    checker = Checker(load_framework(framework, Path(frameworks) if frameworks else None))
    return Tools(checker, shared_layouts())


class _Unread(Exception):
    """Carries out of the reading which file it was that could not be read."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.sentence)
        self.refused = refused


Progress = Callable[[str], None]


def check(files: Files, job: Job, progress: Progress | None = None) -> Outcome:
    """Reads, parses and checks; a file that cannot be read gives Refused, never an exception."""
    begun = time.perf_counter()
    ready = tools(job.framework, job.frameworks)
    try:
        plan = _read(files.document, ready, "document", None, progress)
        advice = tuple(_read(f, ready, "advice", "advice", progress) for f in files.advice)
        previous = (
            _read(files.previous, ready, "previous", None, progress) if files.previous else None
        )
    except _Unread as unread:
        return unread.refused
    checked = _checked(plan, advice, previous, job, ready)
    return Answered(
        record=_record(checked, job, ready),
        sentences=tuple(digests(plan)) if job.sentences else (),
        seconds=round(time.perf_counter() - begun, 4),
    )


def _read(
    file: File, ready: Tools, blame: str, expected: Kind | None, progress: Progress | None
) -> Plan:
    try:
        return parse(read_document(file.data, file.name, progress), ready.layouts, expected)
    except ReadingError as error:
        refused = {"name": file.name, "code": error.code, "sentence": str(error), "blame": blame}
        raise _Unread(Refused.model_validate(refused)) from error


def _checked(
    plan: Plan, advice: tuple[Plan, ...], previous: Plan | None, job: Job, ready: Tools
) -> Checked:
    corpus = Corpus(job.corpus, job.corpus_plans) if job.corpus_plans else None
    subject = ready.checker.subject(
        plan, job.today, status=job.status, advice=advice, previous=previous, corpus=corpus
    )
    return ready.checker.check(subject)


def _record(checked: Checked, job: Job, ready: Tools) -> CheckRecord:
    subject = checked.subject
    return record_of(
        checked,
        engine=__version__,
        framework=ready.checker.framework,
        thread=thread_of(subject),
        grade_preview=_preview(checked, ready),
        advice=recommendations(subject),
        changes=changes(subject.previous, subject.plan) if subject.previous else (),
        told=job.status != "unknown",
        paragraphs=job.paragraphs,
    )


def _preview(checked: Checked, ready: Tools) -> GradePreview:
    answers = {a.criterion: a.answer for a in checked.answers}
    aside = [a.criterion for a in checked.answers if a.state == "not-applicable"]
    share = next((s for s in checked.suggestions if s.criterion == "F2-quantified"), None)
    quantified = (share.good or 0) / share.total if share and share.total else None
    found = preview(ready.checker.framework, answers, set_aside=aside, quantified=quantified)
    graded = found.grade
    return GradePreview(
        answered=graded.answered,
        of=found.of,
        index=None if graded.index is None else round(graded.index, 1),
        themes={theme: round(index, 1) for theme, index in graded.themes.items()},
        compliance=graded.compliance,
        band=graded.band or "",
        band_after_caps=graded.capped or "",
        caps=tuple(cap.reason for cap in graded.caps),
        note=found.note,
    )
