"""Documents and sentences checked. Nothing sent here is kept."""

from __future__ import annotations

import datetime as dt
import json
import threading
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, File, Form, NinjaAPI, Schema
from ninja.files import UploadedFile

from goldthread.api.errors import Refused, refusal
from goldthread.api.schemas import Error
from goldthread.checking import job
from goldthread.checking.held import held
from goldthread.checking.pool import too_large
from goldthread.checking.wording import judge
from goldthread.core.checks.wording.verdict import LONGEST
from goldthread.core.report.check_record import CheckRecord

AT_ONCE = 2
"""Documents checked for the API at one time; the next is told to come back. Fewer than a server
process has threads, so that pages are answered meanwhile."""
MOST_ITEMS = 200
_places = threading.BoundedSemaphore(AT_ONCE)
NO_STORE = {"Cache-Control": "no-store"}


Item = Annotated[str, Field(max_length=LONGEST)]


class Sentences(Schema):
    """One item as `text`, or up to 200 as `items`; each is judged by itself."""

    model_config = {  # noqa: RUF012 - pydantic's own way
        "json_schema_extra": {"anyOf": [{"required": ["text"]}, {"required": ["items"]}]}
    }
    kind: Literal["provision", "outcome"]
    text: Item = ""
    items: list[Item] = Field(default=[], min_length=1, max_length=MOST_ITEMS)


class Judgement(Schema):
    """What one item says and does not say."""

    verdict: Literal["specific", "vague", "smart", "not_smart"]
    present: list[str]
    missing: list[str]
    quotes: list[str]
    """Exact words that weaken it."""
    rules: list[str]
    unsure: list[str]
    """What a person must judge."""


class Judgements(Schema):
    items: list[Judgement]


def register(api: NinjaAPI) -> None:
    refusals = {422: Error, 503: Error}
    api.post(
        "/checks",
        response={200: CheckRecord, **refusals},
        operation_id="check_document",
        summary="Checks one document against the standard.",
    )(check_document)
    api.post("/wording", response={200: Judgements, 422: Error}, operation_id="judge_wording",
             summary="Judges items of provision or outcomes.")(judge_wording)  # fmt: skip


def check_document(
    request: HttpRequest,
    document: File[UploadedFile],
    advice: File[list[UploadedFile]] = [],  # noqa: B006 - ninja copies it
    previous: File[UploadedFile | None] = None,
    status: Form[Literal["unknown", "draft", "final", "amended"]] = "unknown",
) -> HttpResponse:
    """A Word, PDF or text file, with advice and an earlier version if wanted; waits for the answer.

    What cannot be read is a 422 with the reason; 503 when too many are being checked.
    """
    if not _places.acquire(blocking=False):
        response = refusal(Refused(503, "busy", "Many documents are being checked: try again."))
        response["Retry-After"] = "5"
        return response
    try:
        files = job.Files(
            _file(document), tuple(_file(f) for f in advice), _file(previous) if previous else None
        )
        outcome = held().now(files, job.Job(today=dt.date.today(), status=status))
    finally:
        _places.release()
    if isinstance(outcome, job.Refused):
        raise Refused(422, outcome.code, outcome.sentence)
    return _json(outcome.record.model_dump_json(exclude={"paragraphs"}))


def _file(upload: Any) -> job.File:
    data = upload.read()
    if len(data) != upload.size:  # the upload handler kept its size only
        refused = too_large(job.file_named(upload.name, b"").name, upload.size)
        if upload.size > job.LARGEST:
            raise Refused(422, refused.code, refused.sentence)
        raise Refused(422, "too-large-together", "Send files of less than 160 MB together.")
    return job.file_named(upload.name, data)


def judge_wording(request: HttpRequest, asked: Sentences) -> HttpResponse:
    """The same judgement as `goldthread check-wording`, for up to 200 items."""
    texts = [*([asked.text] if "text" in asked.model_fields_set else []), *asked.items]
    if not texts:
        raise Refused(422, "no-text", "Send one item as `text`, or several as `items`.")
    items = []
    for text in texts:
        found = judge(asked.kind, text.strip())
        items.append(
            {
                "verdict": found.verdict,
                "present": list(found.present),
                "missing": list(found.missing),
                "quotes": [words for _, _, words in found.quotes],
                "rules": list(found.rules),
                "unsure": list(found.unsure),
            }
        )
    return _json(json.dumps({"items": items}, ensure_ascii=False))


def _json(text: str) -> HttpResponse:
    kind = "application/json; charset=utf-8"
    return HttpResponse(text, content_type=kind, headers=NO_STORE)
