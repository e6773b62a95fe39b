"""From a form's fields to answers: which answer, which quotes, and what is wrong with them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from goldthread.core.audit.judgement import Evidence, check_evidence, parse_value
from goldthread.core.framework.criterion import Criterion
from goldthread.core.framework.framework import Framework
from goldthread.core.report.check_record import ParagraphRecord
from goldthread.records.actions.answers import Given
from goldthread.records.queries.audits import AnswerRow
from goldthread.records.scope import Refused
from goldthread.web.work.reading import Opened

ASIDE = "not-applicable"


@dataclass(frozen=True)
class Field:
    """One question's fields as they came. `kept`: indexes of evidence to keep; `quote`: words to
    find in the document; `places`: marked on the page, as JSON."""

    value: str = ""
    reason: str = ""
    comment: str = ""
    version: str = "0"
    quote: str = ""
    places: str | None = None
    dropped: tuple[str, ...] = ()
    seconds: str = "0"


def field_of(posted: Any, criterion: str) -> Field:
    """The fields of one question in a posted page (`value-F2-…`, `comment-F2-…`)."""

    def one(name: str) -> str:
        return str(posted.get(f"{name}-{criterion}", ""))

    return Field(
        value=one("value"), reason=one("reason"), comment=one("comment"), version=one("version"),
        quote=one("quote"), dropped=tuple(posted.getlist(f"drop-{criterion}")),
    )  # fmt: skip


def given_of(
    field: Field, criterion: Criterion, framework: Framework, document: Opened | None,
    before: AnswerRow,
) -> Given:  # fmt: skip
    """The answer that these fields give. Errors: Refused, one sentence."""
    return Given(
        criterion=criterion.id,
        value=_value(field, criterion, framework),
        comment=field.comment.replace("\r\n", "\n").strip(),
        evidence=_evidence(field, criterion, document, before),
        version=_number(field.version),
        seconds=_number(field.seconds),
        machine=_machine(criterion, document),
    )


def _value(field: Field, criterion: Criterion, framework: Framework) -> str:
    said = field.reason if field.value == ASIDE else field.value
    if field.value == ASIDE and not said:
        raise Refused(f"{criterion.id}: choose why the question does not apply.")
    if not said:
        return ""
    try:
        return str(parse_value(said, criterion, framework))
    except ValueError as error:
        raise Refused(str(error)) from error


def _number(text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0


def _machine(criterion: Criterion, document: Opened | None) -> Mapping[str, Any]:
    found = document.suggested.get(criterion.id) if document else None
    return {"value": found.answer.answer, "state": found.answer.state} if found else {}


def _evidence(
    field: Field, criterion: Criterion, document: Opened | None, before: AnswerRow
) -> Sequence[Mapping[str, Any]]:
    if field.places is not None:
        return [_marked(place, criterion, document) for place in _list(field.places, criterion)]
    kept = [e for i, e in enumerate(before.evidence) if str(i) not in field.dropped]
    if field.quote.strip():
        kept.append(_found(field.quote, criterion, document))
    return kept


def _list(places: str, criterion: Criterion) -> list[Any]:
    try:
        found = json.loads(places)
    except ValueError:
        found = None
    if not isinstance(found, list) or not all(isinstance(p, dict) for p in found):
        raise Refused(f"{criterion.id}: the quotes could not be read; mark them again.")
    return found


def _marked(place: Mapping[str, Any], criterion: Criterion, document: Opened | None) -> Any:
    """A place marked on the page; its words are taken from the document, never from the page."""
    if document is None:
        raise Refused(f"{criterion.id}: there is no document to quote from.")
    try:
        number, start, end = (int(place[key]) for key in ("paragraph", "start", "end"))
    except (KeyError, TypeError, ValueError) as error:
        raise Refused(f"{criterion.id}: the quotes could not be read; mark them again.") from error
    paragraph = document.paragraphs.get(number)
    text = paragraph.text if paragraph else ""
    evidence = Evidence(
        document.reference, number, start, end, text[max(start, 0) : end],
        paragraph.section if paragraph else "",
    )  # fmt: skip
    try:
        check_evidence(evidence, {number: text} if paragraph else {})
    except ValueError as error:
        raise Refused(f"{criterion.id}: {error}") from error
    return _record(evidence)


def _found(quote: str, criterion: Criterion, document: Opened | None) -> Mapping[str, Any]:
    """Words somebody pasted, found in the document whatever its spaces."""
    if document is None:
        raise Refused(f"{criterion.id}: there is no document to quote from; use the comment.")
    words = [re.escape(word) for word in quote.split()]
    pattern = re.compile(r"\s+".join(words), re.IGNORECASE)
    near = sorted(document.paragraphs.values(), key=lambda p: _distance(p, criterion))
    for paragraph in near:
        match = pattern.search(paragraph.text)
        if match:
            return _record(
                Evidence(document.reference, paragraph.number, *match.span(), match.group(),
                         paragraph.section)
            )  # fmt: skip
    raise Refused(
        f"{criterion.id}: these words are not in one paragraph of the document; copy them from it."
    )


def _distance(paragraph: ParagraphRecord, criterion: Criterion) -> tuple[bool, int]:
    """The question's own section first, then the order of the document."""
    return not paragraph.section.startswith(criterion.section), paragraph.number


def _record(evidence: Evidence) -> Mapping[str, Any]:
    return {name: getattr(evidence, name) for name in Evidence.__dataclass_fields__}
