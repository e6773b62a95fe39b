"""Which column of somebody's list is which field of ours, and what its cells mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Literal

from goldthread.core.audit.listing import ListError
from goldthread.core.audit.rows import RawRow
from goldthread.core.audit.written_dates import Order
from goldthread.core.frozen import Content

FieldName = Literal[
    "local_id", "authority", "upn", "uln", "forename", "surname", "name", "born", "sex", "need",
    "second_need", "requested_on", "issued_on", "amended_on", "last_review_on", "ceased_on",
    "transferred_from", "urn", "ukprn", "setting", "sen_unit", "resourced", "phase",
]  # fmt: skip
"""Fields that a column may hold. “name” is forename and surname in one cell."""

_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NOT_WORDS = re.compile(r"[^a-z0-9]+")


class Field(Content):
    """A field of ours, and the headers under which it is known."""

    title: str
    """In people's words: “Date of birth”."""
    headers: tuple[str, ...]


class Columns(Content):
    """`reference/lists/columns.yaml`: headers and codes that authorities' lists use."""

    source: str
    fields: Mapping[FieldName, Field]
    values: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Field -> our code -> other ways to write it. “yes-no” serves every field that is one."""
    letters: Mapping[str, Mapping[str, str]] = {}
    """Field -> letter of Annex A's lists (“a)”) -> our code."""

    @cached_property
    def known_headers(self) -> dict[str, FieldName]:
        return {plain(h): name for name, field in self.fields.items() for h in field.headers}

    @cached_property
    def codes(self) -> dict[str, dict[str, str]]:
        """Field -> plain spelling -> our code."""
        return {
            field: {plain(word): code for code, words in codes.items() for word in (code, *words)}
            for field, codes in self.values.items()
        }


class ColumnMapping(Content):
    """How one authority's own list is read; people check it once and it is kept."""

    name: str = ""
    columns: Mapping[FieldName, str]
    """Our field -> the header of its column, as the file has it."""
    date_order: Order = "day-first"
    values: Mapping[FieldName, Mapping[str, str]] = {}
    """Field -> what the cell says -> our code, where it differs from the usual ways."""
    sheet: str = ""
    """Of a workbook; empty for the sheet that fits best."""


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A header or code without case, punctuation and blanks: “Date of Birth:” is “dateofbirth”."""
    return _NOT_WORDS.sub("", text.lower())


def suggest_mapping(headers: Sequence[str], columns: Columns) -> ColumnMapping:
    """A mapping for `headers`: each field with the first header known for it.

    Words in brackets are passed over (“DOB (dd/mm/yyyy)”). A guess for a person to look at, never
    by likeness: a column taken for another would be worse than one that is left out.
    """
    found: dict[FieldName, str] = {}
    for header in headers:
        field = field_of(header, columns)
        if field is not None:
            found.setdefault(field, header)
    return ColumnMapping(columns=found)


def field_of(header: str, columns: Columns) -> FieldName | None:
    """The field that a header is known for."""
    known = columns.known_headers
    return known.get(plain(header)) or known.get(plain(_BRACKETS.sub("", header)))


def unmapped(mapping: ColumnMapping, headers: Sequence[str]) -> tuple[str, ...]:
    """Headers that no field takes, in order."""
    taken = {plain(h) for h in mapping.columns.values()}
    return tuple(h for h in headers if h.strip() and plain(h) not in taken)


def identifies(fields: Iterable[str]) -> bool:
    """Whether people can be told apart by these fields."""
    have = set(fields)
    named = "name" in have or "surname" in have
    return bool(have & {"local_id", "upn", "uln"}) or (named and "born" in have)


def apply(
    mapping: ColumnMapping, headers: Sequence[str], rows: Iterable[tuple[str, Sequence[str]]]
) -> Iterator[RawRow]:
    """Each row (its place and its cells) as our fields, blank ones left out; blank rows skipped.

    Errors: ListError for a header that the file has not, or has twice, and when no column says
    who is meant.
    """
    places = _places(mapping, headers)
    meant = {
        field: {plain(said): code for said, code in codes.items()}
        for field, codes in mapping.values.items()
    }
    return _applied(places, meant, rows)


def _applied(
    places: Mapping[str, int],
    meant: Mapping[FieldName, Mapping[str, str]],
    rows: Iterable[tuple[str, Sequence[str]]],
) -> Iterator[RawRow]:
    for row, cells in rows:
        values = {f: cells[i] for f, i in places.items() if i < len(cells) and cells[i]}
        if not values:
            continue
        for field, codes in meant.items():
            if field in values:
                values[field] = codes.get(plain(values[field]), values[field])
        yield RawRow(row, values)


def _places(mapping: ColumnMapping, headers: Sequence[str]) -> dict[str, int]:
    if not identifies(mapping.columns):
        raise ListError(
            "No column says who each plan is for: choose the column with the reference, UPN or "
            "ULN, or those with name and date of birth."
        )
    plains = [plain(h) for h in headers]
    places: dict[str, int] = {}
    for field, header in mapping.columns.items():
        times = plains.count(plain(header))
        if times != 1:
            how = "has no column" if not times else f"has {times} columns"
            raise ListError(
                f"The list {how} headed “{header}”, which the mapping takes for {field}: "
                f"{'correct the mapping or the list' if not times else 'rename all but one'}."
            )
        places[field] = plains.index(plain(header))
    return places
