"""The SEN2 return on DfE's Excel template, or in a workbook with a sheet for each table.

The template has all tables below one another on one sheet, “Data Entry Template”: the table's
title in the first column, a row of headings, then the records. Headings and titles as in DfE's
template (read from the public reader MastodonC/witan.sen2, `blade/template.clj`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from goldthread.core.audit.listing import Listed, Refusal
from goldthread.core.audit.mapping import plain
from goldthread.readers.lists.opening import Opened
from goldthread.readers.lists.sen2 import Frame
from goldthread.readers.lists.sen2_tables import Sen2Table, by_column, joined, named_by
from goldthread.readers.lists.texts import Table
from goldthread.readers.lists.workbook import UNWORKED

SHEET = "dataentrytemplate"
TABLES = {
    "headerrecord": "sen2",
    "personrecord": "person",
    "requestsrecord": "requests",
    "assessmentsrecord": "assessment",
    "assessmentrecord": "assessment",
    "namedplanrecord": "namedplan",
    "plandetailrecord": "plandetail",
    "activeplanrecord": "activeplans",
    "activeplansrecord": "activeplans",
    "placementdetailrecord": "placementdetail",
    "senneedrecord": "senneed",
}
"""Plain titles, without the s of a plural."""
HEADINGS: Mapping[str, str] = {
    "lanumber": "lea",
    "referencedate": "referencedate",
    "collectionname": "collection",
    "personid": "persontableid",
    "requestsrecordid": "requeststableid",
    "dateofbirth": "personbirthdate",
    "dob": "personbirthdate",
    "gender": "gendercurrent",
    "upnuniquepupilnumber": "upn",
    "ulnyoungpersonsuniquelearnernumber": "uniquelearnernumber",
    "daterequestwasreceived": "receiveddate",
    "ehcplanstartdate": "startdate",
    "dateehcplanceased": "ceasedate",
    "urnuniquereferencenumber": "urn",
    "ukprnukproviderreferencenumber": "ukprn",
    "sensettingestablishmenttype": "sensetting",
    "placementrank": "placementrank",
    "placementstartdate": "entrydate",
    "placementleavingdate": "leavingdate",
    "ehcplantransferredinfromanotherladuringcalendaryear": "transferla",
    "annualreviewdecisiondate": "lastreview",
    "ehcplanreviewdecisionsdate": "lastreview",
    "ehcplanreviewdecisiondate": "lastreview",
    "annualreviewmeetingdate": "reviewmeeting",
    "phasetransferreviewfinalplandate": "phasetransferfinaldate",
    "sentypeofneed": "sentype",
    "sentypeofneedrank": "sentyperank",
}
"""Plain headings, without what stands in brackets -> names of items; others are plain already."""


def is_template(file: Opened) -> bool:
    """Whether the workbook is a SEN2 return: by its sheet, or by the tables that its sheets are."""
    sheets = file.workbook.sheets
    if any(plain(name) == SHEET for name in sheets):
        return True
    names = {plain(name) for name in sheets}
    return {"person", "requests"} <= names and len(_of_sheets(file)) > 2


def read(file: Opened, frame: Frame) -> Listed:
    """The plans of the return. Errors: ListError when a needed table is missing."""
    book = file.workbook
    sheet = next((name for name in book.sheets if plain(name) == SHEET), None)
    tables = _of_sheets(file) if sheet is None else dict(_tables(book.sheet(sheet)))
    found = joined(tables, frame, workbook=True)
    if not book.unworked:
        return found
    said = Refusal("file", "", UNWORKED, "warning")
    return replace(found, refusals=(said, *found.refusals))


def _of_sheets(file: Opened) -> dict[str, Sen2Table]:
    """Tables of a workbook that has one a sheet, with the names of the CSV export."""
    found = {}
    for name in file.workbook.sheets:
        table = file.workbook.sheet(name)
        if not table.rows:
            continue
        header = tuple(item_of(cell) for cell in table.rows[0])
        kind = named_by(set(header)) or _detail(set(header))
        if kind is not None:
            found[kind] = Sen2Table(tuple(by_column(header, table.numbered(1))))
    return found


def _detail(columns: set[str]) -> str | None:
    return "plandetail" if {"requeststableid", "placementrank"} <= columns else None


def _tables(sheet: Table) -> Iterator[tuple[str, Sen2Table]]:
    """Each table under its title: headings in the next row that has any, then records."""
    titles = [(i, kind) for i, row in enumerate(sheet.rows) if (kind := _title(row))]
    ends = [i for i, _ in titles[1:]] + [len(sheet.rows)]
    for (start, kind), end in zip(titles, ends, strict=True):
        filled = [i for i in range(start + 1, end) if sum(map(bool, sheet.rows[i])) > 1]
        if not filled:
            continue
        header = tuple(item_of(cell) for cell in sheet.rows[filled[0]])
        rows = ((f"row {i + 1}", sheet.rows[i]) for i in filled[1:])
        yield kind, Sen2Table(tuple(by_column(header, rows)))


def _title(row: tuple[str, ...]) -> str | None:
    if not row or not row[0] or any(row[1:]):
        return None
    return TABLES.get(plain(row[0]).removesuffix("s"))


def item_of(heading: str) -> str:
    """The name of the item that a heading stands for: “Date of Birth \\n(ccyy-mm-dd)” is
    personbirthdate."""
    short = plain(heading.partition("(")[0])
    return HEADINGS.get(short, short)
