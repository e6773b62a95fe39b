"""Invented lists as workbooks and tables: DfE's SEN2 template, Annex A, and one of one's own."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import xlsxwriter

from goldthread.simulation.lists_sen2 import table_rows

if TYPE_CHECKING:
    from goldthread.simulation.lists import Invented

TEMPLATE: dict[str, tuple[str, dict[str, str]]] = {
    "sen2": ("Header Record", {
        "Record Type": "", "Collection Name": "collection", "Year": "year",
        "Reference Date": "referencedate", "Source Level": "sourcelevel", "LA Number": "lea"}),
    "person": ("Person Record", {
        "Record Type": "",
        "Person ID\n\n(This must be a unique ID for each Person record)": "persontableid",
        "LA\n(From Header Record)": "NativeId", "Surname": "surname", "Forename": "forename",
        "Date of Birth \n(ccyy-mm-dd)": "personbirthdate", "Sex": "sex",
        "UPN - Unique Pupil Number": "upn",
        "ULN - Young Persons Unique Learner Number": "uniquelearnernumber",
        "UPN and ULN unavailable – Reason": "upnunknown"}),
    "requests": ("Requests Records", {
        "Record Type": "",
        "Requests record ID\n\n(This must be a unique ID for each Requests record)":
            "requeststableid",
        "LA\n(From Header Record)": "NativeId",
        "Person ID\n\n(This must match the relevant ID in the Person record table)":
            "persontableid",
        "Date request was received": "receiveddate", "Request Outcome": "requestoutcome"}),
    "assessment": ("Assessments Records", {
        "Record Type": "", "Person ID": "persontableid", "Requests record ID": "requeststableid",
        "Assessment Outcome - Decision to issue EHC plan": "assessmentoutcome",
        "Twenty week time limit exceptions apply": "week20"}),
    "namedplan": ("Named Plan Records", {
        "Record Type": "", "Person ID": "persontableid", "Requests record ID": "requeststableid",
        "EHC Plan Start Date": "startdate", "Date EHC plan ceased": "ceasedate"}),
    "plandetail": ("Plan Detail Records", {
        "Record Type": "", "Person ID": "persontableid", "Requests record ID": "requeststableid",
        "URN - Unique Reference Number": "urn", "SEN Setting – Establishment type": "sensetting",
        "Placement Rank (1=Primary, 2=Secondary)": "placementrank",
        "SEN Unit Indicator": "senunitindicator",
        "Resourced Provision Indicator": "resourcedprovisionindicator"}),
    "activeplans": ("Active Plan Records", {
        "Record Type": "", "Person ID": "persontableid", "Requests record ID": "requeststableid",
        "EHC Plan transferred in from another LA during calendar year": "transferla",
        "EHC Plan Review Decisions Date": "lastreview",
        "Phase transfer review - final plan date": "phasetransferfinaldate"}),
    "placementdetail": ("Placement Detail Records", {
        "Record Type": "", "Person ID": "persontableid", "Requests record ID": "requeststableid",
        "URN - Unique Reference Number": "urn", "SEN Setting – Establishment type": "sensetting",
        "Placement Rank (1=Primary, 2=Secondary)": "placementrank",
        "Placement Start Date": "entrydate", "SEN Unit Indicator": "senunitindicator",
        "Resourced Provision Indicator": "resourcedprovisionindicator"}),
    "senneed": ("SEN Need Records", {
        "Record Type": "", "Person ID": "persontableid", "Requests record ID": "requeststableid",
        "SEN Type of Need": "sentype",
        "SEN Type of Need rank  (1=Primary, 2=Secondary)": "sentyperank"}),
}  # fmt: skip
"""Titles and headings of DfE's template -> columns of the CSV export."""


def template(people: Sequence[Invented], authority: str, today: dt.date) -> list[tuple[str, bytes]]:
    """The SEN2 return on the sheet “Data Entry Template”."""
    tables = table_rows(people, authority, today, lambda day: day.isoformat() if day else "")
    rows: list[Sequence[Any]] = [["SEN2 person level return"], []]
    for table, (title, headings) in TEMPLATE.items():
        rows += [[title], list(headings)]
        for row in tables[table]:
            key = row[f"{table}tableid"]
            every = {"persontableid": key, "requeststableid": key, **row}
            rows.append([every.get(column, "") for column in headings.values()])
        rows += [[], []]
    return [("sen2.xlsx", _workbook({"Introduction": [["Invented"]],
                                     "Data Entry Template": rows}))]  # fmt: skip


ANNEX_A = (
    "Unique ID", "UPN", "ULN", "Date of birth", "Gender", "Ethnicity",
    "Date initial EHC plan issued", "Date updated EHC plan issued", "Date EHC plan last reviewed",
    "SEN primary need", "Main education establishment – URN",
    "Main education establishment – phase",
    "Subsidiary education establishment – phase (dual registration)", "Elective home education",
    "Suspensions", "Permanent exclusions", "Absence", "Pupil Premium",
    "Known to children's social care?", "Which children's social care team?",
    "Does the child or young person have a disability?",
)  # fmt: skip


def annex_a(people: Sequence[Invented]) -> list[tuple[str, bytes]]:
    """List 1 with the plans that are in force, and an empty list 2."""
    rows: list[Sequence[Any]] = [ANNEX_A]
    for p in people:
        if p.ceased_on is None:
            home = "a) Yes" if p.setting == "EHE" else "b) No"
            urn = p.urn or ("ok" if p.setting == "EHE" else "")
            rows.append(
                [f"C{p.number}", p.upn, "", p.born, "a) Male" if p.sex == "M" else "b) Female",
                 "WBRI", p.issued_on, p.amended_on, p.last_review_on, p.need, urn, "", "", home,
                 0, 0, 5, "b) No", "b) No", "", "b) No"]
            )  # fmt: skip
    return [("annex-a.xlsx", _workbook({"List_1": rows, "List_2": [("Unique ID",)]}))]


PLAIN = ("Reference", "LA", "First name", "Last name", "DOB", "Gender", "UPN", "Primary need",
         "Secondary need", "Request received", "Final plan date", "Amended", "Last annual review",
         "Ceased", "Transferred from", "School URN", "Setting type")  # fmt: skip


def plain(people: Sequence[Invented], authority: str, *, workbook: bool) -> list[tuple[str, bytes]]:
    """A list as a case system exports it: CSV with English dates, or one worksheet."""
    say = _as_is if workbook else _english
    rows: list[Sequence[Any]] = [PLAIN]
    for p in people:
        days = (p.requested_on, p.issued_on, p.amended_on, p.last_review_on, p.ceased_on)
        rows.append(
            [f"C{p.number}", authority, p.forename, p.surname, say(p.born), p.sex, p.upn, p.need,
             p.second_need, *map(say, days), p.transferred_from, p.urn, p.setting]
        )  # fmt: skip
    if workbook:
        return [("plans.xlsx", _workbook({"Plans": rows}))]
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return [("plans.csv", out.getvalue().encode("utf-8-sig"))]


def _as_is(day: dt.date | None) -> dt.date | None:
    return day


def _english(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _workbook(sheets: dict[str, list[Sequence[Any]]]) -> bytes:
    out = io.BytesIO()
    options = {"in_memory": True, "default_date_format": "dd/mm/yyyy"}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": dt.datetime(2026, 1, 1)})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for i, row in enumerate(rows):
                sheet.write_row(i, 0, [None if cell == "" else cell for cell in row])
    return out.getvalue()
