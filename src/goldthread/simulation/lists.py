"""Invented lists of plans, in every format that is read: for the demonstration, tests and benches.

The same seed invents the same children and young people whatever the format, so that one list can
be held against another. Nobody is meant: names come from `samples/stock`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random

from goldthread.core.audit.listing import Format
from goldthread.core.privacy.identifiers import UPN_LETTERS
from goldthread.simulation import lists_excel, lists_sen2
from goldthread.simulation.plans.stock import load_stock

NEEDS = {
    "ASD": 33, "SEMH": 21, "SLCN": 20, "MLD": 8, "SLD": 5, "PD": 4, "SPLD": 3, "OTH": 2,
    "PMLD": 1, "HI": 1, "VI": 1, "DS": 1, "MSI": 0,
}  # fmt: skip
"""Rough shares in the hundred of plans in England by primary need (SEN2, January 2025)."""
AGES = {range(1, 5): 4, range(5, 11): 33, range(11, 16): 36, range(16, 20): 21, range(20, 25): 6}
SETTINGS = {"school": 76, "sen-unit": 5, "resourced-provision": 4, "OLA": 5, "EHE": 4, "NEET": 6}


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented child or young person and the plan."""

    number: int
    forename: str
    surname: str
    born: dt.date
    sex: str
    upn: str
    need: str
    second_need: str
    requested_on: dt.date
    issued_on: dt.date
    amended_on: dt.date | None
    last_review_on: dt.date | None
    ceased_on: dt.date | None
    transferred_from: str
    urn: str
    setting: str
    """school, sen-unit, resourced-provision, or a code of SENsetting."""


def invented_list(
    format: Format,
    authority: str,
    plans: int,
    seed: int,
    today: dt.date,
    *,
    numbers: bool = True,
) -> list[tuple[str, bytes]]:
    """Files (name, bytes) of one list in `format`: nine for “sen2-csv”, else one.

    `authority`: three-digit code; `today`: the reference date, on which all plans are as they
    stand. Without `numbers` nobody has a UPN, for lists that are kept in a repository.
    """
    people = invented_people(plans, seed, today, numbers=numbers)
    if format == "sen2-xml":
        return lists_sen2.xml(people, authority, today)
    if format == "sen2-csv":
        return lists_sen2.csv_files(people, authority, today)
    if format == "sen2-excel":
        return lists_excel.template(people, authority, today)
    if format == "annex-a":
        return lists_excel.annex_a(people)
    return lists_excel.plain(people, authority, workbook=format == "excel")


def invented_people(
    plans: int, seed: int, today: dt.date, *, numbers: bool = True
) -> list[Invented]:
    """`plans` people, each with a plan on `today`; about one plan in thirty has ceased."""
    rng = Random(seed)  # noqa: S311 - nothing secret
    names = load_stock().names
    forenames = {s: names["forenames"][p] for s, p in (("F", "she"), ("M", "he"))}
    return [
        _person(rng, number, forenames, names["surnames"], today, numbers)
        for number in range(1, plans + 1)
    ]


def _person(
    rng: Random,
    number: int,
    forenames: dict[str, list[str]],
    surnames: list[str],
    today: dt.date,
    numbers: bool,
) -> Invented:
    sex = rng.choices("MF", (73, 27))[0]
    age = rng.choice(rng.choices(list(AGES), list(AGES.values()))[0])
    born = today - dt.timedelta(days=age * 365 + age // 4 + rng.randrange(20, 340))
    need, second = rng.choices(list(NEEDS), list(NEEDS.values()), k=2)
    setting = rng.choices(list(SETTINGS), list(SETTINGS.values()))[0]
    numbered = setting in ("school", "sen-unit", "resourced-provision")
    return Invented(
        number=number,
        forename=rng.choice(forenames[sex]),
        surname=rng.choice(surnames),
        born=born,
        sex=sex,
        upn=upn(number) if numbers else "",
        need=need,
        second_need=second if second != need and rng.random() < 0.4 else "",
        **_dates(rng, born, today),  # type: ignore[arg-type]
        transferred_from="209" if rng.random() < 0.02 else "",
        urn=str(rng.randrange(100_000, 150_000)) if numbered else "",
        setting=setting,
    )


def _dates(rng: Random, born: dt.date, today: dt.date) -> dict[str, dt.date | None]:
    """Dates of a plan in their order: asked for, issued, reviewed each year, amended at times."""
    first = max(born + dt.timedelta(days=240), today - dt.timedelta(days=3650))
    room = max((today - first).days - 10, 2)
    issued = today - dt.timedelta(days=rng.randrange(1, room))
    requested = max(issued - dt.timedelta(days=rng.randrange(110, 300)), born)
    held = (today - issued).days
    reviewed = amended = ceased = None
    if held > 365:
        reviewed = max(today - dt.timedelta(days=rng.randrange(5, 420)), issued)
        if rng.random() < 0.4:
            amended = min(reviewed + dt.timedelta(days=rng.randrange(20, 90)), today)
    if held > 400 and rng.random() < 0.04:
        ceased = today - dt.timedelta(days=rng.randrange(0, 30))
        reviewed, amended = reviewed and min(reviewed, ceased), amended and min(amended, ceased)
    return {
        "requested_on": requested,
        "issued_on": issued,
        "amended_on": amended,
        "last_review_on": reviewed,
        "ceased_on": ceased,
    }


def upn(number: int) -> str:
    """A UPN of a school that is not there (900 is no authority), with its right check letter.

    Weights 2 to 13, modulus 23 (DfE, “Unique pupil numbers”).
    """
    digits = f"900{number:08d}"[:11] + str(number % 10)
    total = sum(int(d) * w for d, w in zip(digits, range(2, 14), strict=True))
    return UPN_LETTERS[total % 23] + digits
