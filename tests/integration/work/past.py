"""Going through the pages that bring in past audits, for tests."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import openpyxl

from goldthread.web.work import bringing_in
from tests.people import NORTH, client_of
from tests.workbooks import upload

BASE = f"/work/{NORTH}/audits/past/"


class Fields(HTMLParser):
    """What a browser would send of the first form that has a field `sealed` and a `step` or a name,
    with every choice as the page has it."""

    def __init__(self, page: Any) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._select = ""
        self.feed(page.content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {k: v or "" for k, v in attrs}
        name = told.get("name", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            if "selected" in told or self._select not in self.values:
                self.values[self._select] = told.get("value", "")
        elif tag == "input" and name and name not in self.values:
            kind = told.get("type", "text")
            if kind not in ("checkbox", "radio", "file") or "checked" in told:
                self.values[name] = told.get("value", "")


def read(here: Any, data: bytes, name: str = "past.xlsx", **fields: Any) -> Any:
    return client_of(here).post(BASE, {"file": upload(data, name), **fields})


def go_on(here: Any, page: Any, **changes: Any) -> Any:
    """The next step, with the page's own choices but for `changes` (a_b stands for a-b)."""
    fields = {**Fields(page).values, **{k.replace("_", "-"): v for k, v in changes.items()}}
    return client_of(here).post(f"{BASE}step/", fields)


def through(here: Any, data: bytes, **fields: Any) -> Any:
    """From the file to the last page, as suggested all along."""
    page = read(here, data, **fields)
    for _ in range(3):
        assert page.status_code == 200, page.context["wrong"]
        page = go_on(here, page)
    assert page.status_code == 200, page.context["wrong"]
    return page


def confirm(here: Any, page: Any, tool: str = "Northmere checklist", name: str = "Ours") -> Any:
    fields = {"sealed": page.context["sealed"], "tool": tool, "name": name}
    return client_of(here).post(f"{BASE}confirm/", fields)


class AtOnce:
    """In place of the thread: `finish` does the work in this one, once the request is over."""

    def __init__(self) -> None:
        self.waiting: list[Any] = []
        self.told: list[tuple[int, int]] = []

    def begin(self, here: Any, of: int, work: Any) -> None:
        bringing = bringing_in.Bringing(of)
        bringing_in._bringings._newest[here.authority, here.person] = bringing
        self.waiting.append((here, bringing, work))

    def finish(self) -> Any:
        here, bringing, work = self.waiting.pop()

        def heard(progress: Any) -> int:
            def tell(done: int, of: int) -> None:
                self.told.append((done, of))
                progress(done, of)

            return int(work(tell))

        bringing_in.run(here, bringing, heard)
        return bringing


def book_of(rows: list[list[Any]], name: str = "Audits") -> Any:
    """A workbook with these rows."""
    book = openpyxl.Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    return book
