"""A client of the Department's statistics service, for `goldthread figures fetch` alone.

Nothing here runs, and no connection is opened, unless that command is given. Protocol: the
service's documentation of version 1 (JSON, no key, gzip, pages; errors as a list of message, code
and path). Only the standard library is used.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import time
import urllib.error
import urllib.parse
import urllib.request
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, Field, ValidationError

from goldthread import __version__
from goldthread.readers.tables import LARGEST

PAGE_SIZE = 20
PAGES = 200
"""No list is longer; a service that never says its last page is not followed for ever."""
TIMEOUT = 30.0
"""Seconds without a byte before the service is given up."""
TRIES = 3
LONGEST_WAIT = 60
"""Seconds; a service that asks for more is left alone, and the person told."""
BUSY = frozenset({429, 502, 503, 504})
JSON_SIZE = 32 * 1024 * 1024
BLOCK = 256 * 1024
GZIP = b"\x1f\x8b"


class ApiError(ValueError):
    """The service gave no answer that can be used; one sentence: what, why, what to do."""


class Answer(BaseModel):
    """Part of what the service says; it may say more tomorrow."""


class Publication(Answer):
    id: str
    title: str


class Span(Answer):
    start: str = ""
    end: str = ""


class Version(Answer):
    version: str
    published: str | None = None
    totalResults: int = 0
    timePeriods: Span = Span()


class DataSet(Answer):
    id: str
    title: str
    status: str = ""
    latestVersion: Version | None = None


class Option(Answer):
    id: str = ""
    label: str


class Filter(Answer):
    column: str
    label: str
    options: tuple[Option, ...] = ()


class Indicator(Answer):
    column: str
    label: str


class Level(Answer):
    code: str
    label: str


class Period(Answer):
    code: str
    period: str
    label: str = ""


class Meta(Answer):
    """The words of one version of a data set and the columns they stand for."""

    filters: tuple[Filter, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    geographicLevels: tuple[Level, ...] = ()
    timePeriods: tuple[Period, ...] = ()


class Paging(Answer):
    page: int = 1
    totalPages: int = 1


class Page(Answer):
    paging: Paging
    results: list[dict[str, Any]] = Field(default_factory=list)


Kind = TypeVar("Kind", bound=Answer)


class _SameHost(urllib.request.HTTPRedirectHandler):
    """The person was told one host: no other is asked."""

    def redirect_request(
        self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        old, new = (urllib.parse.urlsplit(u) for u in (req.full_url, newurl))
        if (old.scheme, old.netloc) != (new.scheme, new.netloc):
            raise ApiError(
                f"{old.hostname} points to another host, {new.hostname}, which was not asked for. "
                "If that is right, name it with --base-url."
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


@dataclass(frozen=True)
class EesApi:
    """The service at `base_url`. `sleep` waits between tries.

    Every method may raise ApiError.
    """

    base_url: str
    timeout: float = TIMEOUT
    sleep: Callable[[float], None] = time.sleep

    @property
    def host(self) -> str:
        return urllib.parse.urlsplit(self.base_url).netloc

    def publications(self, search: str = "") -> list[Publication]:
        """Publications whose title or summary has the words of `search`."""
        found = self._pages("/publications", {"search": search} if search else {})
        return [_valid(Publication, p) for p in found]

    def data_sets(self, publication: str) -> list[DataSet]:
        path = f"/publications/{_safe(publication)}/data-sets"
        return [_valid(DataSet, d) for d in self._pages(path, {})]

    def data_set(self, id_: str) -> DataSet:
        return _valid(DataSet, self._json(f"/data-sets/{_safe(id_)}"))

    def versions(self, id_: str) -> list[Version]:
        """Newest first, as the service gives them."""
        return [_valid(Version, v) for v in self._pages(f"/data-sets/{_safe(id_)}/versions", {})]

    def meta(self, id_: str, version: str) -> Meta:
        query = {"dataSetVersion": version}
        return _valid(Meta, self._json(f"/data-sets/{_safe(id_)}/meta", query))

    def download(self, id_: str, version: str, to: Path) -> None:
        """Writes the whole data set to `to`, as it came: CSV, gzipped or not.

        A download that breaks off leaves no file.
        """
        part = to.with_name(f"{to.name}.part")
        query = {"dataSetVersion": version}
        try:
            with self._open(f"/data-sets/{_safe(id_)}/csv", query, "text/csv") as answer:
                self._save(answer, part)
            part.replace(to)
        except OSError as error:
            raise self._broken(error) from error
        finally:
            part.unlink(missing_ok=True)

    def _save(self, answer: http.client.HTTPResponse, part: Path) -> None:
        expected = answer.headers.get("Content-Length")
        size = 0
        with part.open("wb") as file, self._whole():
            while block := answer.read(BLOCK):
                size += len(block)
                if size > LARGEST:
                    raise ApiError(f"{self.host} sends more than {LARGEST // 2**20} MB; stopped.")
                file.write(block)
        if not size:
            raise ApiError(f"{self.host} sent an empty file; try again later.")
        if expected is not None and size < int(expected):
            raise self._cut_short()

    def _pages(self, path: str, query: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        for number in range(1, PAGES + 1):
            asked = {**query, "page": str(number), "pageSize": str(PAGE_SIZE)}
            page = _valid(Page, self._json(path, asked))
            yield from page.results
            if number >= page.paging.totalPages or not page.results:
                return

    def _json(self, path: str, query: Mapping[str, str] | None = None) -> Any:
        try:
            with (
                self._open(path, query or {}, "application/json") as answer,
                self._whole(),
            ):
                data = answer.read(JSON_SIZE + 1)
            return json.loads(_unpacked(data))
        except EOFError as error:
            raise self._cut_short() from error
        except (ValueError, zlib.error) as error:
            if isinstance(error, ApiError):
                raise
            raise ApiError(
                f"{self.host} answered in a form that is not JSON; check --base-url, or try later."
            ) from error
        except OSError as error:
            raise self._broken(error) from error

    def _open(self, path: str, query: Mapping[str, str], accept: str) -> http.client.HTTPResponse:
        """An answer that says 200, after as many tries as are polite."""
        url = f"{_checked(self.base_url)}{path}"
        if query:
            url += f"?{urllib.parse.urlencode(query)}"
        headers = {
            "Accept": accept,
            "Accept-Encoding": "gzip",
            "User-Agent": f"goldthread/{__version__}",
        }
        request = urllib.request.Request(url, headers=headers)  # noqa: S310 - scheme checked
        opener = urllib.request.build_opener(_SameHost)
        for attempt in range(1, TRIES + 1):
            try:
                answer: http.client.HTTPResponse = opener.open(request, timeout=self.timeout)
                return answer
            except urllib.error.HTTPError as error:
                with error:
                    wait = _wait(error, attempt)
                    if error.code not in BUSY or attempt == TRIES or wait > LONGEST_WAIT:
                        raise self._refused(error, path) from error
                self.sleep(wait)
            except (OSError, http.client.HTTPException) as error:
                raise self._broken(error) from error
        raise AssertionError("unreachable")

    @contextlib.contextmanager
    def _whole(self) -> Iterator[None]:
        try:
            yield
        except http.client.HTTPException as error:
            raise self._cut_short() from error

    def _cut_short(self) -> ApiError:
        return ApiError(f"The answer of {self.host} broke off; nothing was kept. Try again.")

    def _broken(self, error: BaseException) -> ApiError:
        reason = getattr(error, "reason", error)
        if isinstance(reason, TimeoutError):
            return ApiError(f"{self.host} did not answer within {self.timeout:g} s; try again.")
        if isinstance(reason, socket.gaierror | ConnectionError | urllib.error.URLError):
            return ApiError(
                f"{self.host} cannot be reached ({reason}). Check the connection, or download the "
                "file in a browser and use `goldthread figures import`."
            )
        return ApiError(f"{self.host} could not be read ({reason}); try again.")

    def _refused(self, error: urllib.error.HTTPError, path: str) -> ApiError:
        said = _said(error)
        if error.code == 400:
            return ApiError(f"{self.host} refused the request: {said or 'it gave no reason'}.")
        if error.code == 404:
            return ApiError(
                f"{self.host} has nothing at {urllib.parse.unquote(path)}. `goldthread figures "
                "fetch` lists what there is."
            )
        if error.code == 429:
            return ApiError(
                f"{self.host} is asked too often; wait {_wait(error, TRIES):g} s, then try again."
            )
        if error.code in BUSY:
            return ApiError(f"{self.host} is too busy to answer ({error.code}); try again later.")
        return ApiError(f"{self.host} answered {error.code} {said or error.reason}; try later.")


def _checked(base_url: str) -> str:
    """Encrypted, or this machine itself; never a file."""
    parts = urllib.parse.urlsplit(base_url)
    local = parts.hostname in ("127.0.0.1", "::1", "localhost")
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and local)):
        raise ApiError(f"“{base_url}” is no address to fetch from: it must begin with https://.")
    return base_url.rstrip("/")


def _safe(id_: str) -> str:
    return urllib.parse.quote(id_, safe="")


def _wait(error: urllib.error.HTTPError, attempt: int) -> float:
    """Seconds: what the service asks for, else 1, 2, 4."""
    asked = error.headers.get("Retry-After", "") if error.headers else ""
    return float(asked) if asked.isdecimal() else 2.0 ** (attempt - 1)


def _said(error: urllib.error.HTTPError) -> str:
    """The service's own words: its errors, else its title."""
    try:
        told = json.loads(_unpacked(error.read(JSON_SIZE)))
        errors = [_one(e) for e in told.get("errors", [])]
        return "; ".join(errors) or str(told.get("title", "")).rstrip(".")
    except (OSError, ValueError, TypeError, KeyError, AttributeError, EOFError):
        return ""
    except (zlib.error, http.client.HTTPException):
        return ""


def _one(error: Mapping[str, Any]) -> str:
    message = str(error["message"]).rstrip(".")
    return f"{message} ({error['path']})" if error.get("path") else message


def _unpacked(data: bytes) -> bytes:
    """Without its gzip coat, JSON_SIZE bytes at most. Errors: zlib.error, EOFError."""
    if data[:2] != GZIP:
        return data
    unpacker = zlib.decompressobj(wbits=31)
    data = unpacker.decompress(data, JSON_SIZE)
    if not unpacker.eof:
        raise EOFError
    return data


def _valid(kind: type[Kind], value: Any) -> Kind:
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise ApiError(
            f"The service's answer is not as documented ({kind.__name__}: {where}). A newer "
            "Goldthread may know the new form; the file can be downloaded in a browser meanwhile."
        ) from error
