"""Invented SEN2 returns: the XML for COLLECT and the CSV export of COLLECT."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from goldthread.simulation.lists import Invented

Item = tuple[str, str]
Saying = Callable[[dt.date | None], str]
"""How a date, or none, is written."""
COLUMNS = {
    "sen2": ("sen2tableid", "NativeId", "sen2orderseqcolumn", "sourceid", "collection", "year",
             "referencedate", "sourcelevel", "lea", "softwarecode", "release", "serialno",
             "datetime", "dmo", "dco", "dsco"),
    "person": ("persontableid", "NativeId", "personorderseqcolumn", "sourceid", "sen2tableid",
               "surname", "forename", "personbirthdate", "sex", "ethnicity", "postcode", "upn",
               "uniquelearnernumber", "upnunknown"),
    "requests": ("requeststableid", "NativeId", "requestsorderseqcolumn", "sourceid",
                 "persontableid", "receiveddate", "requestsource", "rya", "requestoutcomedate",
                 "requestoutcome", "requestmediation", "requesttribunal", "exported"),
    "assessment": ("assessmenttableid", "NativeId", "assessmentorderseqcolumn", "sourceid",
                   "requeststableid", "assessmentoutcome", "assessmentoutcomedate",
                   "assessmentmediation", "assessmenttribunal", "othermediation", "othertribunal",
                   "week20"),
    "namedplan": ("namedplantableid", "NativeId", "namedplanorderseqcolumn", "sourceid",
                  "assessmenttableid", "startdate", "planres", "planwbp", "pb", "oa", "dp",
                  "ceasedate", "ceasereason"),
    "plandetail": ("plandetailtableid", "NativeId", "plandetailorderseqcolumn", "sourceid",
                   "namedplantableid", "urn", "ukprn", "sensetting", "sensettingother",
                   "placementrank", "senunitindicator", "resourcedprovisionindicator"),
    "activeplans": ("activeplanstableid", "NativeId", "activeplansorderseqcolumn", "sourceid",
                    "requeststableid", "transferla", "reviewmeeting", "reviewoutcome",
                    "reviewdraft", "phasetransferduedate", "phasetransferfinaldate",
                    "lastreview"),
    "placementdetail": ("placementdetailtableid", "NativeId", "placementdetailorderseqcolumn",
                        "sourceid", "activeplanstableid", "urn", "ukprn", "sensetting",
                        "sensettingother", "placementrank", "entrydate", "leavingdate",
                        "senunitindicator", "resourcedprovisionindicator", "res", "wbp"),
    "senneed": ("senneedtableid", "NativeId", "senneedorderseqcolumn", "sourceid",
                "activeplanstableid", "sentype", "sentyperank"),
}  # fmt: skip
"""Columns of the CSV export (reference/codes/sen2_person_level_fields.csv)."""


def xml(people: Sequence[Invented], authority: str, today: dt.date) -> list[tuple[str, bytes]]:
    """A return of specification v1.3."""
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>\n<Message>\n<Header><CollectionDetails>',
        _items([("Collection", "SEN2"), ("Year", str(today.year)),
                ("ReferenceDate", today.isoformat())]),
        "</CollectionDetails><Source>",
        _items([("SourceLevel", "L"), ("LEA", authority), ("SoftwareCode", "Invented"),
                ("Release", "1"), ("SerialNo", "1"), ("DateTime", f"{today}T09:00:00")]),
        "</Source></Header>\n<Persons>\n",
        *(_person(p) for p in people),
        "</Persons>\n</Message>\n",
    ]  # fmt: skip
    return [("sen2.xml", "".join(out).encode())]


def _items(items: Sequence[Item]) -> str:
    return "".join(f"<{name}>{escape(value)}</{name}>" for name, value in items if value)


def _person(p: Invented) -> str:
    unknown = "" if p.upn else "UN1"
    person = [("Surname", p.surname), ("Forename", p.forename),
              ("PersonBirthDate", _day(p.born)), ("Sex", p.sex), ("UPN", p.upn),
              ("UPNunknown", unknown)]  # fmt: skip
    plan = [("StartDate", _day(p.issued_on)), ("PB", "0"), ("CeaseDate", _day(p.ceased_on)),
            ("CeaseReason", "9" if p.ceased_on else "")]  # fmt: skip
    active = [("TransferLA", p.transferred_from),
              ("PhaseTransferFinalDate", _day(p.amended_on)),
              ("LastReview", _day(p.last_review_on))]  # fmt: skip
    place = _items([*_place(p), ("PlacementRank", "1")])
    needs = "".join(
        f"<SENneed>{_items([('SENtype', code), ('SENtypeRank', str(rank))])}</SENneed>"
        for rank, code in enumerate((p.need, p.second_need), 1)
        if code
    )
    return (
        f"<Person>{_items(person)}\n"
        f"<Requests>{_items([('ReceivedDate', _day(p.requested_on)), ('RequestOutcome', 'Y')])}\n"
        f"<Assessment>{_items([('AssessmentOutcome', 'Y'), ('Week20', '0')])}"
        f"<NamedPlan>{_items(plan)}<PlanDetail>{place}</PlanDetail></NamedPlan></Assessment>\n"
        f"<ActivePlans>{_items(active)}<PlacementDetail>{place}"
        f"<EntryDate>{_day(p.issued_on)}</EntryDate></PlacementDetail>{needs}</ActivePlans>"
        "</Requests></Person>\n"
    )


def _place(p: Invented) -> list[Item]:
    setting = "" if p.urn else p.setting
    unit, resourced = p.setting == "sen-unit", p.setting == "resourced-provision"
    return [("URN", p.urn), ("SENsetting", setting),
            ("SENunitIndicator", str(int(unit)) if p.urn else ""),
            ("ResourcedProvisionIndicator", str(int(resourced)) if p.urn else "")]  # fmt: skip


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


# --- CSV -------------------------------------------------------------------------------------


def csv_files(
    people: Sequence[Invented], authority: str, today: dt.date
) -> list[tuple[str, bytes]]:
    """The nine files of the “Blade” export, dates as it writes them: 2026-Jan-15 00:00:00."""
    rows = table_rows(people, authority, today, blade_day)
    return [
        (f"Blade-Export_{today:%d-%m-%Y}_{table}.csv", _csv(columns, rows[table]))
        for table, columns in COLUMNS.items()
    ]


def blade_day(day: dt.date | None) -> str:
    return f"{day.year}-{_MONTHS[day.month - 1]}-{day.day:02} 00:00:00" if day else ""


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _csv(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def table_rows(
    people: Sequence[Invented], authority: str, today: dt.date, say: Saying
) -> dict[str, list[dict[str, str]]]:
    """Rows of each table, by the names of the CSV export."""
    rows: dict[str, list[dict[str, str]]] = {table: [] for table in COLUMNS}
    rows["sen2"].append(
        {"sen2tableid": "1", "collection": "SEN2", "year": str(today.year), "lea": authority,
         "referencedate": say(today), "sourcelevel": "L"}
    )  # fmt: skip
    for p in people:
        key = str(p.number)
        for table, row in _rows_of(p, say).items():
            for one in row:
                rows[table].append({f"{table}tableid": key, "NativeId": authority, **one})
    return rows


def _rows_of(p: Invented, say: Saying) -> dict[str, list[dict[str, str]]]:
    key = str(p.number)
    place = {name.lower(): value for name, value in _place(p)} | {"placementrank": "1"}
    needs = [{"activeplanstableid": key, "sentype": code, "sentyperank": str(rank)}
             for rank, code in enumerate((p.need, p.second_need), 1) if code]  # fmt: skip
    return {
        "person": [{"sen2tableid": "1", "surname": p.surname, "forename": p.forename,
                    "personbirthdate": say(p.born), "sex": p.sex, "upn": p.upn,
                    "upnunknown": "" if p.upn else "UN1"}],
        "requests": [{"persontableid": key, "receiveddate": say(p.requested_on),
                      "requestoutcome": "Y"}],
        "assessment": [{"requeststableid": key, "assessmentoutcome": "Y", "week20": "0"}],
        "namedplan": [{"assessmenttableid": key, "startdate": say(p.issued_on), "pb": "0",
                       "ceasedate": say(p.ceased_on)}],
        "plandetail": [{"namedplantableid": key, **place}],
        "activeplans": [{"requeststableid": key, "transferla": p.transferred_from,
                         "phasetransferfinaldate": say(p.amended_on),
                         "lastreview": say(p.last_review_on)}],
        "placementdetail": [{"activeplanstableid": key, "entrydate": say(p.issued_on), **place}],
        "senneed": needs,
    }  # fmt: skip
