"""The SEN2 person-level return, whatever file it came in: persons with requests into rows.

Names of items are those of the return in lower case, which its XML, its CSV export and its
workbooks share. Spec versions differ little in what is read here: before v1.2 sex stood in
`gendercurrent`; one workbook spells `rquestsource`, which is not read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from goldthread.core.audit.listing import Format, Listed, ListError, Refusal
from goldthread.core.audit.mapping import Columns
from goldthread.core.audit.rows import RawRow, Rules, plans_of
from goldthread.core.audit.written_dates import NoDate, date_of

Fields = dict[str, str]
SEVERAL = "Has more than one plan in force: the one that began last was taken."
_NEVER = dt.date.min


@dataclass(frozen=True)
class Frame:
    """What every list is read against."""

    today: dt.date
    columns: Columns
    authority: str | None = None


@dataclass(slots=True)
class Request:
    """A request and what became of it: each part's items by name."""

    fields: Fields = field(default_factory=dict)
    plan: Fields = field(default_factory=dict)
    details: list[Fields] = field(default_factory=list)
    active: Fields = field(default_factory=dict)
    placements: list[Fields] = field(default_factory=list)
    needs: list[Fields] = field(default_factory=list)


@dataclass(slots=True)
class Person:
    """A person of the return: where, own items, requests."""

    row: str
    fields: Fields = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)


def listed(
    persons: Iterable[Person],
    header: Mapping[str, str],
    frame: Frame,
    form: Format,
    said: tuple[Refusal, ...] = (),
) -> Listed:
    """The plans of a return. `header`: lea, referencedate and year, blank when unknown.

    Errors: ListError when the return is another authority's.
    """
    authority = header.get("lea", "").zfill(3) if header.get("lea") else None
    if frame.authority and authority and authority != frame.authority:
        raise ListError(
            f"The SEN2 return is that of authority {authority[:20]}, not of {frame.authority}: "
            "choose your own."
        )
    reference = _day(header.get("referencedate", ""))
    rules = Rules(
        day=reference or frame.today,
        latest=frame.today,
        codes=frame.columns.codes,
        authority=frame.authority,
    )
    tally = Tally()
    plans, refusals, read = plans_of(_rows(persons, rules.day, authority, tally), rules)
    return Listed(
        format=form,
        authority=authority,
        reference_date=reference,
        plans=plans,
        refusals=(*said, *tally.said, *refusals),
        read=read + tally.without,
        without_plan=tally.without,
    )


@dataclass(slots=True)
class Tally:
    """What is met on the way through the persons."""

    without: int = 0
    said: list[Refusal] = field(default_factory=list)


def _rows(
    persons: Iterable[Person], day: dt.date, authority: str | None, tally: Tally
) -> Iterator[RawRow]:
    for person in persons:
        planned = [r for r in person.requests if r.plan or r.active]
        if not planned:
            tally.without += 1
            continue
        open_ = [r for r in planned if not r.plan.get("ceasedate")]
        if len(open_) > 1:
            tally.said.append(Refusal(person.row, "issued_on", SEVERAL, "warning"))
        request = max(open_ or planned, key=_began)
        yield RawRow(person.row, _values(person.fields, request, day, authority))


def _began(request: Request) -> dt.date:
    return _day(request.plan.get("startdate", "")) or _NEVER


def _values(
    person: Mapping[str, str], request: Request, day: dt.date, authority: str | None
) -> Fields:
    place = current_place(request.placements, day) or current_place(request.details, day)
    needs = ranked_needs(request.needs)
    plan, active = request.plan, request.active
    values = {
        "authority": authority or "",
        "upn": person.get("upn", ""),
        "uln": person.get("uniquelearnernumber", ""),
        "forename": person.get("forename", ""),
        "surname": person.get("surname", ""),
        "born": person.get("personbirthdate", ""),
        "sex": person.get("sex") or person.get("gendercurrent", ""),
        "need": needs[0],
        "second_need": needs[1],
        "requested_on": request.fields.get("receiveddate", ""),
        "issued_on": plan.get("startdate", ""),
        "amended_on": active.get("phasetransferfinaldate", ""),
        "last_review_on": active.get("lastreview", ""),
        "ceased_on": plan.get("ceasedate", ""),
        "transferred_from": active.get("transferla", ""),
        "urn": place.get("urn", ""),
        "ukprn": place.get("ukprn", ""),
        "setting": place.get("sensetting", ""),
        "sen_unit": place.get("senunitindicator", ""),
        "resourced": place.get("resourcedprovisionindicator", ""),
    }
    return {name: value for name, value in values.items() if value}


def current_place(places: Iterable[Fields], day: dt.date) -> Fields:
    """The main place on `day`: not left by then, lowest rank, entered last; {} for none."""
    staying = [p for p in places if (_day(p.get("leavingdate", "")) or day) >= day]
    return min(staying, key=_place_order, default={})


def _place_order(place: Fields) -> tuple[str, int]:
    entered = _day(place.get("entrydate", "")) or _NEVER
    return _rank(place.get("placementrank", "")), -entered.toordinal()


def ranked_needs(needs: Iterable[Fields]) -> tuple[str, str]:
    """Codes of the primary and secondary need, by rank, blank for none."""
    known = sorted((n for n in needs if n.get("sentype")), key=lambda n: _rank(n.get(RANK, "")))
    codes = [n["sentype"] for n in known]
    if known and _rank(known[0].get(RANK, "")) == "2":
        codes.insert(0, "")
    return tuple([*codes, "", ""][:2])  # type: ignore[return-value]


RANK = "sentyperank"


def _rank(text: str) -> str:
    """“1”, “1.0” and “2”; what is not said comes after “1” and before “2”."""
    return text[:1] or "1.5"


def _day(text: str) -> dt.date | None:
    try:
        return date_of(text) if text else None
    except NoDate:
        return None
