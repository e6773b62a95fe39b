"""How an answer leaves: as JSON or CSV, with an address-bound ETag, without a body for HEAD."""

from __future__ import annotations

import difflib
import hashlib
import inspect
import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from ninja import NinjaAPI

from goldthread import __version__
from goldthread.api.errors import Refused, refusal
from goldthread.api.schemas import Error
from goldthread.readers.shared import get_benchmark
from goldthread.writers.csv import csv_text

Format = Literal["json", "csv"]
SECONDS = 300
"""How long a copy may be used without asking again; figures change only by an import."""
CSV = {"content": {"text/csv": {"schema": {"type": "string"}}}}
Handler = Callable[..., HttpResponse]


def answer(
    request: HttpRequest,
    body: Mapping[str, Any],
    rows: Callable[[], Sequence[Mapping[str, Any]]],
    columns: Sequence[str],
    format: Format | None = None,
) -> HttpResponse:
    """`body` as JSON, or `rows` as CSV when `format` or else the Accept header asks for it."""
    if wants_csv(request, format):
        return HttpResponse(csv_text(rows(), columns), content_type="text/csv; charset=utf-8")
    text = json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return HttpResponse(text, content_type="application/json; charset=utf-8")


def wants_csv(request: HttpRequest, format: str | None) -> bool:
    if format is not None:
        return format == "csv"
    accepted = request.get_preferred_type(["application/json", "text/csv"])
    return accepted == "text/csv"


def get(api: NinjaAPI, path: str, schema: Any, refusals: Sequence[int] = ()) -> Any:
    """Registers a read operation at `path`: GET in the schema, HEAD beside it, all else refused.

    `refusals` are the statuses beside 422 that it may answer with.
    """

    def register(handler: Handler) -> Handler:
        strict = _only_known(handler)
        described: dict[Any, Any] = {
            200: schema,
            **dict.fromkeys((*refusals, 422), Error),
        }
        operation = api.get(
            path,
            response=described,
            operation_id=handler.__name__,
            summary=(handler.__doc__ or "").split("\n\n")[0],
            description=inspect.cleandoc(handler.__doc__ or "").partition("\n\n")[2],
            openapi_extra={"responses": {200: CSV, 304: {"description": "Not Modified"}}},
        )
        operation(strict)
        api.api_operation(["HEAD"], path, include_in_schema=False)(strict)
        api.api_operation(OTHERS, path, include_in_schema=False)(_refusing(path))
        return handler

    return register


OTHERS = ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
ALLOW = {"Allow": "GET, HEAD, OPTIONS"}


def _refusing(path: str) -> Handler:
    """A handler for all that is not reading, with the path's own parameters."""

    def refuse(request: HttpRequest, **_: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=ALLOW)
        refused = refusal(Refused(405, "read-only", "This API only reads: use GET."))
        refused["Allow"] = ALLOW["Allow"]
        return refused

    plain = inspect.Parameter.POSITIONAL_OR_KEYWORD
    names = ["request", *re.findall(r"{(\w+)}", path)]
    # django-ninja finds path parameters by the signature, and warns of those that it misses.
    refuse.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [inspect.Parameter(name, plain, annotation=str) for name in names]
    )
    return refuse


def _only_known(handler: Handler) -> Handler:
    """The handler, refusing query parameters that it does not have: a misspelt filter that is
    passed over would give all the figures as if they had been filtered."""
    known = set(inspect.signature(handler).parameters) - {"request"}

    @wraps(handler)
    def strict(request: HttpRequest, **given: Any) -> HttpResponse:
        for name in request.GET:
            if name not in known:
                near = tuple(difflib.get_close_matches(name, known, n=1))
                listed = ", ".join(sorted(known))
                sentence = f"There is no parameter {name[:60]}; there are {listed}."
                raise Refused(422, "unknown-parameter", sentence, near)
        return handler(request, **given)

    return strict


def kept(run: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Gives a successful answer its ETag, and answers 304 to a reader who has it."""

    @wraps(run)
    def with_tag(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        if request.method == "POST":  # what is sent to be checked is never kept
            return run(request, *args, **named)
        tag = etag(request)
        known = _tags(request)
        if tag in known:
            # Who has this tag got it with a good answer to the same question.
            return _may_be_kept(HttpResponseNotModified(), tag)
        response = run(request, *args, **named)
        if response.status_code != 200:
            return response
        if "*" in known:
            return _may_be_kept(HttpResponseNotModified(), tag)
        _may_be_kept(response, tag)
        return _without_body(response) if request.method == "HEAD" else response

    return with_tag


def etag(request: HttpRequest) -> str:
    """Names an answer: by the figures, this version, the address and the form."""
    form = "csv" if wants_csv(request, request.GET.get("format")) else "json"
    parts = (get_benchmark().library.digest, __version__, request.get_full_path(), form)
    return f'"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"'


def _tags(request: HttpRequest) -> list[str]:
    """The tags that the reader has; weak ones are as good, for they come from compressing."""
    if request.method not in ("GET", "HEAD"):
        return []
    given = parse_etags(request.headers.get("If-None-Match", ""))
    return [tag.removeprefix("W/") for tag in given]


def _may_be_kept(response: HttpResponseBase, tag: str) -> HttpResponseBase:
    response["ETag"] = tag
    response["Cache-Control"] = f"public, max-age={SECONDS}"
    patch_vary_headers(response, ("Accept",))
    return response


def _without_body(response: HttpResponseBase) -> HttpResponseBase:
    """HEAD: the length that GET would send, and nothing after it."""
    if isinstance(response, HttpResponse) and response.status_code == 200:
        length = len(response.content)
        response.content = b""
        response["Content-Length"] = str(length)
    return response
