"""How a page leaves: with an ETag from figures, code and address; refusals as pages.

No page here depends on who asks: no cookie, session or header changes it.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import get_conditional_response

from goldthread.core.benchmark.comparators import ComparatorError
from goldthread.core.benchmark.engine import Benchmark, NoSuchYear, UnknownMeasure
from goldthread.core.places import AbolishedPlace, UnknownPlace
from goldthread.home import PACKAGE
from goldthread.readers.shared import get_benchmark
from goldthread.web.asked import Elsewhere, Unreadable

View = Callable[..., HttpResponse]
REVALIDATE = "public, no-cache"
FOR_EVER = "public, max-age=31536000, immutable"
KEPT_BYTES = 48_000_000
"""Of finished pages, kept in memory; the least used go first."""
CODE = ("*.py", "*.html", "*.css", "*.js", "*.svg")


class Pages:
    """Finished pages by their tag, within a number of bytes. Threads may use it at once."""

    def __init__(self, most: int):
        self.most = most
        self._bytes = 0
        self._pages: OrderedDict[str, tuple[bytes, dict[str, str]]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, tag: str) -> HttpResponse | None:
        with self._lock:
            found = self._pages.get(tag)
            if found is None:
                return None
            self._pages.move_to_end(tag)
        return HttpResponse(found[0], headers=found[1])

    def keep(self, tag: str, response: HttpResponse) -> None:
        size = len(response.content)
        with self._lock:
            if tag in self._pages or size > self.most:
                return
            self._pages[tag] = (response.content, dict(response.headers))
            self._bytes += size
            while self._bytes > self.most:
                _, (gone, _) = self._pages.popitem(last=False)
                self._bytes -= len(gone)


pages = Pages(KEPT_BYTES)


def page(view: View) -> View:
    """Turns `view(request, benchmark, **named)` into an address that answers GET and HEAD."""

    @wraps(view)
    def answer(request: HttpRequest, **named: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return _only_reading(request)
        benchmark = get_benchmark()
        tag = etag(benchmark, request.get_full_path())
        if request.META.get("HTTP_IF_NONE_MATCH", "*") != "*":
            unchanged = get_conditional_response(request, tag)
            if unchanged is not None and unchanged.status_code == 304:
                unchanged["ETag"] = tag
                unchanged["Cache-Control"] = REVALIDATE
                return unchanged
        response = pages.get(tag) or _made(view, request, benchmark, tag, named)
        return without_body(response) if request.method == "HEAD" else response

    return answer


def _made(
    view: View, request: HttpRequest, benchmark: Benchmark, tag: str, named: dict[str, Any]
) -> HttpResponse:
    try:
        response = view(request, benchmark, **named)
    except Elsewhere as moved:
        return HttpResponseRedirect(moved.path)
    except (UnknownPlace, AbolishedPlace, UnknownMeasure, NoSuchYear, ComparatorError) as error:
        return refused(request, benchmark, error)
    except Unreadable as error:
        return sentence_page(request, str(error), 400)
    if response.status_code == 200:
        response["ETag"] = tag
        response.headers.setdefault("Cache-Control", REVALIDATE)
        pages.keep(tag, response)
    return response


def refused(request: HttpRequest, benchmark: Benchmark, error: Exception) -> HttpResponse:
    """The page for what does not exist (404), exists no more (410) or cannot be made (400)."""
    if isinstance(error, UnknownPlace):
        places = benchmark.library.places
        near = [places.get(name) for name in error.suggestions]
        context: dict[str, object] = {"text": error.text[:100], "near": near}
        return render(request, "unknown_place.html", context, status=404)
    if isinstance(error, AbolishedPlace):
        context = {"gone": error.authority, "successors": error.successors, "sentence": str(error)}
        return render(request, "abolished_place.html", context, status=410)
    if isinstance(error, UnknownMeasure):
        said = str(error).partition(" `goldthread")[0]
        context = {"sentence": said, "measures": True}
        return render(request, "404.html", context, status=404)
    return sentence_page(request, str(error), 404 if isinstance(error, NoSuchYear) else 400)


def sentence_page(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    short = sentence if len(sentence) <= 400 else f"{sentence[:398]} …"
    return render(request, f"{status}.html", {"sentence": short}, status=status)


def _only_reading(request: HttpRequest) -> HttpResponse:
    said = "This page can only be read. Nothing was changed."
    response = render(request, "400.html", {"sentence": said}, status=405)
    response["Allow"] = "GET, HEAD"
    return response


def without_body(response: HttpResponse) -> HttpResponse:
    """For HEAD: the length that GET would send, and nothing after it."""
    length = len(response.content)
    response.content = b""
    response["Content-Length"] = str(length)
    return response


def etag(benchmark: Benchmark, path: str) -> str:
    return f'"{_hash(benchmark.library.digest, code_version(), path)[:32]}"'


def edition(benchmark: Benchmark) -> str:
    """Twelve hex digits that change with the figures or the code: the `v` of addresses whose
    answer may be kept for ever."""
    return _hash(benchmark.library.digest, code_version())[:12]


@cache
def code_version() -> str:
    """A digest of this package's own files: a new version never answers with old pages."""
    digest = hashlib.sha256()
    for pattern in CODE:
        for path in sorted(PACKAGE.rglob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
