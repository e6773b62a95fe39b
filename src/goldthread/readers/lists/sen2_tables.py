"""The SEN2 return as tables: COLLECT's “Blade” CSV export, one file a table, joined by its keys.

Tables are known by their columns. The CSV export joins each table to the one above by that
table's key; DfE's workbooks join every table by person and request.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from goldthread.core.audit.listing import Listed, ListError, Refusal
from goldthread.readers.lists.opening import Opened
from goldthread.readers.lists.sen2 import Fields, Frame, Person, Request, listed

SIGNS: Mapping[str, tuple[frozenset[str], ...]] = {
    "sen2": (frozenset({"lea", "referencedate"}),),
    "person": (frozenset({"persontableid", "personbirthdate"}),),
    "requests": (frozenset({"persontableid", "receiveddate"}),),
    "assessment": (frozenset({"requeststableid", "assessmentoutcome"}),),
    "namedplan": (
        frozenset({"assessmenttableid", "startdate"}),
        frozenset({"requeststableid", "startdate"}),
    ),
    "plandetail": (
        frozenset({"namedplantableid", "placementrank"}),
    ),
    "activeplans": (frozenset({"requeststableid", "lastreview"}),),
    "placementdetail": (
        frozenset({"activeplanstableid", "entrydate"}),
        frozenset({"requeststableid", "entrydate"}),
    ),
    "senneed": (
        frozenset({"activeplanstableid", "sentype"}),
        frozenset({"requeststableid", "sentype"}),
    ),
}  # fmt: skip
"""Columns that only that table has, in the CSV export or else in a workbook."""
NEEDED = ("person", "requests", "namedplan", "activeplans")
TITLES = {
    "sen2": "SEN2 (header)", "person": "Person", "requests": "Requests",
    "assessment": "Assessment", "namedplan": "Named plan", "plandetail": "Plan detail",
    "activeplans": "Active plans", "placementdetail": "Placement detail", "senneed": "SEN need",
}  # fmt: skip
USEFUL = {
    "sen2": "authority and reference date are",
    "placementdetail": "schools and settings are those first named, where plan details say so, or",
    "senneed": "needs are",
}


@dataclass(frozen=True)
class Sen2Table:
    """Rows of one table by lower-case column names, blanks left out, each with its place."""

    rows: tuple[tuple[str, Fields], ...]


Tables = Mapping[str, Sen2Table]


def table_of(file: Opened) -> str | None:
    """Which table of the CSV export a file is; None for any other file."""
    if file.kind != "text" or not file.table.rows:
        return None
    return named_by({cell.lower() for cell in file.table.rows[0]})


def named_by(columns: set[str]) -> str | None:
    """The table that these columns (lower case) make."""
    for name, signs in SIGNS.items():
        if any(sign <= columns for sign in signs):
            return name
    return None


def read(files: Sequence[Opened], frame: Frame) -> Listed:
    """The plans of the CSV files of one return.

    Errors: ListError when a file is no table of it, comes twice or is missing.
    """
    found: dict[str, Sen2Table] = {}
    for file in files:
        name = table_of(file)
        if name is None:
            raise ListError(
                f"{file.name} is no file of the SEN2 return’s CSV export, and only its files are "
                "read together: give one list at a time."
            )
        if name in found:
            raise ListError(
                f"{file.name} is a second {TITLES[name]} file: give the files of one return only."
            )
        rows = file.table.rows
        found[name] = Sen2Table(tuple(by_column(rows[0], file.table.numbered(1))))
    return joined(found, frame)


READ = frozenset({
    "persontableid", "requeststableid", "assessmenttableid", "namedplantableid",
    "activeplanstableid", "lea", "referencedate", "surname", "forename", "personbirthdate", "sex",
    "gendercurrent", "upn", "uniquelearnernumber", "receiveddate", "startdate", "ceasedate", "urn",
    "ukprn", "sensetting", "placementrank", "entrydate", "leavingdate", "senunitindicator",
    "resourcedprovisionindicator", "transferla", "phasetransferfinaldate", "lastreview", "sentype",
    "sentyperank",
})  # fmt: skip
"""Items that are read; all others, ethnicity and postcode among them, are passed over."""


def by_column(
    header: Sequence[str], rows: Iterator[tuple[str, tuple[str, ...]]]
) -> Iterator[tuple[str, Fields]]:
    """Rows as items by name, blank ones left out; rows without any item are passed over."""
    wanted = [(i, name) for i, cell in enumerate(header) if (name := cell.lower()) in READ]
    for row, cells in rows:
        fields = {n: cells[i] for i, n in wanted if i < len(cells) and cells[i]}
        if fields:
            yield row, fields


def joined(tables: Tables, frame: Frame, *, workbook: bool = False) -> Listed:
    """The plans of a return's tables. Errors: ListError when one that is needed is missing."""
    missing = [TITLES[name] for name in NEEDED if name not in tables]
    if missing:
        what = "tables" if workbook else "files"
        raise ListError(
            f"The SEN2 return lacks {what}: {', '.join(missing)}. Give all {what} of one return."
        )
    said = tuple(
        Refusal("file", "", f"There is no {TITLES[n]} table, so {what} not known.", "warning")
        for n, what in USEFUL.items()
        if n not in tables
    )
    header = tables["sen2"].rows[0][1] if "sen2" in tables and tables["sen2"].rows else {}
    persons = _persons(tables)
    lost = _lost(tables, persons)
    form = "sen2-excel" if workbook else "sen2-csv"
    return listed(persons.values(), header, frame, form, (*said, *lost))  # type: ignore[arg-type]


def _persons(tables: Tables) -> dict[str, Person]:
    persons: dict[str, Person] = {}
    for row, fields in tables["person"].rows:
        key = key_of(fields.get("persontableid", "")) or row
        persons.setdefault(key, Person(f"Person table, {row}", fields))
    requests: dict[str, Request] = {}
    for _, fields in tables["requests"].rows:
        person = persons.get(key_of(fields.get("persontableid", "")))
        if person is not None:
            request = Request(fields)
            person.requests.append(request)
            requests[key_of(fields.get("requeststableid", ""))] = request
    _Joiner(tables, persons, requests).join()
    return persons


class _Joiner:
    """Hangs the further tables on their requests."""

    def __init__(
        self, tables: Tables, persons: Mapping[str, Person], requests: Mapping[str, Request]
    ) -> None:
        self._tables, self._persons, self._requests = tables, persons, requests
        self._above: dict[tuple[str, str], Request] = {}
        """Key column and key -> request."""

    def join(self) -> None:
        for _, fields, request in self._of("assessment", "requeststableid"):
            self._key("assessmenttableid", fields, request)
        for _, fields, request in self._of("namedplan", "assessmenttableid"):
            request.plan.update(fields)
            self._key("namedplantableid", fields, request)
        for _, fields, request in self._of("activeplans", "requeststableid"):
            request.active.update(fields)
            self._key("activeplanstableid", fields, request)
        for _, fields, request in self._of("plandetail", "namedplantableid"):
            request.details.append(fields)
        for _, fields, request in self._of("placementdetail", "activeplanstableid"):
            request.placements.append(fields)
        for _, fields, request in self._of("senneed", "activeplanstableid"):
            request.needs.append(fields)

    def _key(self, column: str, fields: Fields, request: Request) -> None:
        if fields.get(column):
            self._above[column, key_of(fields[column])] = request

    def _of(self, name: str, column: str) -> Iterator[tuple[str, Fields, Request]]:
        table = self._tables.get(name)
        for row, fields in table.rows if table else ():
            request = self._request(fields, column)
            if request is not None:
                yield row, fields, request

    def _request(self, fields: Fields, column: str) -> Request | None:
        """By the key of the table above, else of the request, else of somebody's only request."""
        if found := self._above.get((column, key_of(fields.get(column, "")))):
            return found
        key = key_of(fields.get("requeststableid", ""))
        if key in self._requests:
            return self._requests[key]
        person = self._persons.get(key_of(fields.get("persontableid", "")))
        return person.requests[0] if person and len(person.requests) == 1 else None


def _lost(tables: Tables, persons: Mapping[str, Person]) -> list[Refusal]:
    """Rows of the requests table that name no person: the plans below them are lost."""
    sentence = "Names a person who is not in the Person table, so it was left out: export again."
    return [
        Refusal(f"Requests table, {row}", "", sentence)
        for row, fields in tables["requests"].rows
        if key_of(fields.get("persontableid", "")) not in persons
    ]


def key_of(text: str) -> str:
    """A key as text; Excel may have made a number with a point of it."""
    return text.removesuffix(".0")
