"""A table of somebody's own, as CSV or on a worksheet, read by a column mapping."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goldthread.core.audit.listing import Listed, ListedPlan, ListError, Refusal
from goldthread.core.audit.mapping import (
    ColumnMapping,
    Columns,
    apply,
    field_of,
    identifies,
    plain,
    suggest_mapping,
)
from goldthread.core.audit.rows import Rules, plans_of
from goldthread.readers.lists.aliases import authority_codes
from goldthread.readers.lists.opening import Opened
from goldthread.readers.lists.sen2 import Frame
from goldthread.readers.lists.texts import Table
from goldthread.readers.lists.workbook import UNWORKED

SEARCHED = 20
"""Rows in which the headers are looked for, under titles and merged headings."""


@dataclass(frozen=True)
class HeadedTable:
    """A table and the row (from 0) that heads its columns."""

    table: Table
    start: int

    @property
    def headers(self) -> tuple[str, ...]:
        return self.table.rows[self.start]


def read(file: Opened, frame: Frame, mapping: ColumnMapping | None = None) -> Listed:
    """The plans of a table; without a mapping, by the headers that are commonly used.

    Errors: ListError when there is no table, or its columns do not say who is meant.
    """
    sheet = mapping.sheet if mapping else ""
    wanted = set(map(plain, mapping.columns.values())) if mapping else set()
    headed = table_of(file, frame.columns, sheet, wanted)
    chosen = mapping or suggest_mapping(headed.headers, frame.columns)
    if mapping is None and not identifies(chosen.columns):
        raise ListError(
            f"No row of {file.name} has headings that say who each plan is for: map its columns, "
            "or head one “UPN” or “Reference”."
        )
    codes = frame.columns.codes
    if "authority" in chosen.columns:
        codes = {**codes, "authority": authority_codes()}
    rules = Rules(
        day=frame.today, codes=codes, order=chosen.date_order, authority=frame.authority
    )  # fmt: skip
    rows = apply(chosen, headed.headers, headed.table.numbered(headed.start + 1))
    plans, said, read_ = plans_of(rows, rules)
    form = "excel" if file.kind == "workbook" else "csv"
    said = (*_about(file, chosen), *said)
    return Listed(form, _authority(plans), None, plans, said, read_)  # type: ignore[arg-type]


def table_of(
    file: Opened, columns: Columns, sheet: str = "", wanted: set[str] | None = None
) -> HeadedTable:
    """The table whose header row has most headers that are known or `wanted` (plain).

    Errors: ListError when the sheet is not there or nothing is headed.
    """
    tables = _tables(file, sheet)
    best = max(
        ((_fit(row, columns, wanted or set()), -i, n)
         for n, table in enumerate(tables) for i, row in enumerate(table.rows[:SEARCHED])),
        default=(0, 0, 0),
    )  # fmt: skip
    if best[0] == 0:
        first = next((t for t in tables if t.rows and any(t.rows[0])), None)
        if first is None:
            raise ListError(f"{file.name} is empty: export the list again.")
        return HeadedTable(first, 0)
    return HeadedTable(tables[best[2]], -best[1])


def _tables(file: Opened, sheet: str) -> list[Table]:
    if file.kind == "text":
        return [file.table]
    book = file.workbook
    if sheet and sheet not in book.sheets:
        raise ListError(
            f"{file.name} has no sheet called “{sheet}”: correct the mapping or the workbook."
        )
    return [book.sheet(name) for name in ([sheet] if sheet else book.sheets)]


def _fit(row: Sequence[str], columns: Columns, wanted: set[str]) -> int:
    return sum(
        bool(cell) and (plain(cell) in wanted or field_of(cell, columns) is not None)
        for cell in row
    )


def _about(file: Opened, mapping: ColumnMapping) -> tuple[Refusal, ...]:
    """What is to be said of the whole file."""
    said = []
    if file.kind == "workbook" and file.workbook.unworked:
        said.append(Refusal("file", "", UNWORKED, "warning"))
    for name, what in (("need", "primary need"), ("issued_on", "date of issue")):
        if name not in mapping.columns:
            sentence = f"No column holds the {what}, so it is not known for any plan."
            said.append(Refusal("file", name, sentence, "warning"))
    return tuple(said)


def _authority(plans: Sequence[ListedPlan]) -> str | None:
    codes = {plan.authority for plan in plans}
    return codes.pop() if len(codes) == 1 else None
