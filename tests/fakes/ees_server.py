"""A statistics service on this machine, by the published protocol: pages, gzip, errors, versions.

It serves what a test gives it and can be told to misbehave: `answers` are given before the true
ones, `cut` breaks a download off, `stall` never answers.
"""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

PREFIX = "/statistics/v1"
LARGEST_PAGE = 40


@dataclass
class FakeDataSet:
    """`versions` maps a version to its words (`meta`) and its CSV as people see it."""

    id: str
    title: str
    versions: dict[str, tuple[dict[str, Any], bytes]]

    @property
    def newest(self) -> str:
        return max(self.versions)


@dataclass
class FakeService:
    publications: dict[str, tuple[str, list[FakeDataSet]]]
    """Id -> title and data sets."""
    answers: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    cut: bool = False
    stall: threading.Event | None = None
    packed: bool = True
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    url: str = ""

    def find(self, id_: str) -> FakeDataSet | None:
        sets = (d for _, some in self.publications.values() for d in some)
        return next((d for d in sets if d.id == id_), None)

    @contextmanager
    def running(self) -> Iterator[FakeService]:
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        self.url = f"http://127.0.0.1:{server.server_address[1]}{PREFIX}"
        try:
            yield self
        finally:
            if self.stall:
                self.stall.set()
            server.shutdown()
            thread.join()
            server.server_close()


def problem(status: int, title: str, errors: list[dict[str, Any]] | None = None) -> bytes:
    kind = f"https://tools.ietf.org/html/rfc9110#section-15.5.{status - 399}"
    told: dict[str, Any] = {"title": title, "type": kind, "status": status}
    if errors is not None:
        told["errors"] = errors
    return json.dumps(told).encode()


def _handler(service: FakeService) -> type[BaseHTTPRequestHandler]:
    class Handler(_Handler):
        fake = service

    return Handler


class _Handler(BaseHTTPRequestHandler):
    fake: FakeService
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: tests look at `asked`."""

    def do_GET(self) -> None:
        self.fake.asked.append(self.path)
        self.fake.agents.add(self.headers.get("User-Agent", ""))
        if self.fake.stall:
            self.fake.stall.wait(10)
            self.close_connection = True
            return
        if self.fake.answers:
            status, headers, body = self.fake.answers.pop(0)
            self._send(status, body, headers)
            return
        parts = urlsplit(self.path)
        query = {k: v[0] for k, v in parse_qs(parts.query).items()}
        names = parts.path.removeprefix(PREFIX).strip("/").split("/")
        self._answer(names, query)

    def _answer(self, names: list[str], query: dict[str, str]) -> None:
        match names:
            case ["publications"]:
                self._page(self._publications(query.get("search", "")), query)
            case ["publications", id_, "data-sets"] if id_ in self.fake.publications:
                found = [_summary(d) for d in self.fake.publications[id_][1]]
                self._page(found, query)
            case ["data-sets", id_, *rest] if found := self.fake.find(id_):
                self._data_set(found, rest, query)
            case _:
                self._missing()

    def _data_set(self, found: FakeDataSet, rest: list[str], query: dict[str, str]) -> None:
        version = query.get("dataSetVersion", found.newest)
        if rest == ["versions"]:
            newest_first = sorted(found.versions, reverse=True)
            self._page([_version(found, v) for v in newest_first], query)
        elif version not in found.versions:
            self._missing()
        elif not rest:
            self._json(_summary(found))
        elif rest == ["meta"]:
            self._json(found.versions[version][0])
        elif rest == ["csv"]:
            self._csv(found.versions[version][1])
        else:
            self._missing()

    def _publications(self, search: str) -> list[dict[str, Any]]:
        return [
            {"id": id_, "title": title, "slug": id_, "summary": "", "lastPublished": "2026-06-25"}
            for id_, (title, _) in self.fake.publications.items()
            if search.lower() in title.lower()
        ]

    def _page(self, results: list[dict[str, Any]], query: dict[str, str]) -> None:
        page, size = int(query.get("page", "1")), int(query.get("pageSize", "20"))
        if page < 1 or not 1 <= size <= LARGEST_PAGE:
            wrong = {
                "message": f"Must be between 1 and {LARGEST_PAGE}.",
                "code": "InclusiveBetween",
                "path": "pageSize",
                "detail": {"value": size},
            }
            title = "One or more validation errors occurred."
            self._send(400, problem(400, title, [wrong]))
            return
        total = max(1, -(-len(results) // size))
        paging = {"page": page, "pageSize": size, "totalResults": len(results), "totalPages": total}
        self._json({"paging": paging, "results": results[(page - 1) * size : page * size]})

    def _missing(self) -> None:
        self._send(404, problem(404, "Not Found"))

    def _json(self, value: Any) -> None:
        self._send(200, json.dumps(value).encode())

    def _csv(self, data: bytes) -> None:
        body = gzip.compress(data) if self.fake.packed else data
        if not self.fake.cut:
            self._send(200, body, {"Content-Type": "text/csv"}, packed=self.fake.packed)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2])
        self.close_connection = True

    def _send(
        self,
        status: int,
        body: bytes,
        headers: dict[str, str] | None = None,
        packed: bool = False,
    ) -> None:
        accepts = "gzip" in self.headers.get("Accept-Encoding", "")
        if accepts and not packed and body and self.fake.packed:
            body, packed = gzip.compress(body), True
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _version(found: FakeDataSet, version: str) -> dict[str, Any]:
    meta, data = found.versions[version]
    periods = [p["label"] for p in meta["timePeriods"]]
    return {
        "version": version,
        "type": "Minor" if version.endswith(".1") else "Major",
        "status": "Published",
        "published": "2026-06-25T09:30:00+00:00",
        "notes": "",
        "totalResults": data.count(b"\n") - 1,
        "timePeriods": {"start": periods[0], "end": periods[-1]},
        "geographicLevels": [level["label"] for level in meta["geographicLevels"]],
        "filters": [f["label"] for f in meta["filters"]],
        "indicators": [i["label"] for i in meta["indicators"]],
    }


def _summary(found: FakeDataSet) -> dict[str, Any]:
    return {
        "id": found.id,
        "title": found.title,
        "summary": "",
        "status": "Published",
        "latestVersion": _version(found, found.newest),
    }


def told(table: list[list[str]], leading: int = 12) -> tuple[dict[str, Any], bytes]:
    """The words and the CSV for people of a data file: headings and periods as labels."""
    header, *body = table
    labels = {
        "time_period": "Time period",
        "geographic_level": "Geographic level",
        "region_name": "Region",
        "la_name": "Local authority",
        "breakdown_topic": "Breakdown topic",
        "breakdown": "Breakdown",
    }
    labels |= {c: f"Number in {c.replace('_', ' ')}" for c in header[leading:]}
    period, identifier = header.index("time_period"), header.index("time_identifier")
    code = "AY" if body[0][identifier] == "Academic year" else "CY"
    said = [[*row] for row in body]
    for row in said:
        if len(row[period]) == 6:
            row[period] = f"{row[period][:4]}/20{row[period][4:]}"
    meta = {
        "filters": [
            {
                "id": c[:5],
                "column": c,
                "label": labels[c],
                "hint": "",
                "options": _options(table, c),
            }
            for c in ("breakdown_topic", "breakdown")
        ],
        "indicators": [
            {"id": c[-5:], "column": c, "label": labels[c], "unit": "", "decimalPlaces": 0}
            for c in header[leading:]
        ],
        "geographicLevels": [
            {"code": "NAT", "label": "National"},
            {"code": "REG", "label": "Regional"},
            {"code": "LA", "label": "Local authority"},
        ],
        "locations": [],
        "timePeriods": [
            {"code": code, "label": p, "period": p} for p in sorted({row[period] for row in said})
        ],
    }
    return meta, _text([[labels.get(h, h) for h in header], *said])


def _options(table: list[list[str]], column: str) -> list[dict[str, Any]]:
    items = sorted({row[table[0].index(column)] for row in table[1:]})
    return [
        {"id": str(i), "label": item, "isAggregate": item.startswith("All ")}
        for i, item in enumerate(items)
    ]


def _text(table: list[list[str]]) -> bytes:
    from tests.fakes.sen2_files import text

    return text(table).encode()
