"""Every refusal of the API in one shape: a sentence, a code for programs, and near matches."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from goldthread.core.benchmark.comparators import ComparatorError
from goldthread.core.benchmark.engine import NoSuchYear, UnknownMeasure
from goldthread.core.places import AbolishedPlace, UnknownPlace

LONGEST = 400
"""Characters of a sentence: what was asked for is in it, and may be of any length."""


class Refused(Exception):
    """A refusal with its own status. `sentence` says what is wrong and what to do."""

    def __init__(self, status: int, code: str, sentence: str, suggestions: tuple[str, ...] = ()):
        super().__init__(sentence)
        self.status = status
        self.code = code
        self.sentence = sentence
        self.suggestions = suggestions


def refusal(refused: Refused) -> HttpResponse:
    body = {
        "error": _short(refused.sentence),
        "code": refused.code,
        "suggestions": list(refused.suggestions),
    }
    return HttpResponse(
        json.dumps(body, ensure_ascii=False),
        status=refused.status,
        content_type="application/json; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= LONGEST else f"{sentence[: LONGEST - 2]} …"


def add_handlers(api: NinjaAPI) -> None:
    """Teaches `api` to answer each exception of ours, and invalid parameters, in the one shape."""

    def answer(request: HttpRequest, error: Any) -> HttpResponse:
        return refusal(refused_by(error))

    for kind in (
        Refused,
        UnknownPlace,
        AbolishedPlace,
        ComparatorError,
        UnknownMeasure,
        NoSuchYear,
        ValidationError,
        RequestDataTooBig,
    ):
        api.add_exception_handler(kind, answer)


def refused_by(error: Exception) -> Refused:
    """The refusal that an exception amounts to."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, ValidationError):
        return Refused(422, "invalid-parameter", _invalid(error))
    if isinstance(error, AbolishedPlace):
        codes = tuple(a.code for a in error.successors)
        return Refused(404, "abolished-authority", str(error), codes)
    if isinstance(error, UnknownPlace):
        return Refused(404, "unknown-authority", str(error), error.suggestions)
    if isinstance(error, NoSuchYear):
        return Refused(404, "no-figures-for-year", str(error))
    if isinstance(error, UnknownMeasure):
        return Refused(404, "unknown-measure", str(error))
    if isinstance(error, RequestDataTooBig):
        return Refused(
            422, "too-long", "Send less at a time: a body may have 2.5 MB besides files."
        )
    return Refused(400, "bad-comparator", str(error))


def _invalid(error: ValidationError) -> str:
    first = error.errors[0]
    return f"The parameter {first['loc'][-1]} is not valid: {_lower(first['msg'])}."


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:].rstrip(".")
