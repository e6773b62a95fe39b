"""Rows of a list into plans: what each cell says, what cannot be, and who stands there twice."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import cast

from goldthread.core.audit import casemix, list_rules
from goldthread.core.audit.listing import ListedPlan, Phase, Refusal, Setting
from goldthread.core.audit.written_dates import NoDate, Order, date_of

_UPN = re.compile(r"[A-Z]\d{11}[0-9A-Z]")
_ULN = re.compile(r"[1-9]\d{9}")
_URN = re.compile(r"\d{6}")
_OPTION = re.compile(r"^[a-u]\s*\)\s*(?=.)", re.IGNORECASE)
_CODE = re.compile(r"\d{1,3}")
_NOTHING = frozenset({"", "-", "n/a", "na", "none", "null", "nil", "not applicable"})
DATES = ("born", "requested_on", "issued_on", "amended_on", "last_review_on", "ceased_on")


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as the file has it, by our field names; blank fields are left out.

    Beside the fields of `mapping.FieldName` Annex A rows hold ethnicity, subsidiary_phase, home
    and disability.
    """

    row: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rules:
    """What rows are read against."""

    day: dt.date
    """Reference date: ages and kinds of plan are as on it."""
    codes: Mapping[str, Mapping[str, str]]
    """`Columns.codes`."""
    letters: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """`Columns.letters`."""
    order: Order = "day-first"
    authority: str | None = None
    """Own code; rows of another authority are refused."""
    latest: dt.date | None = None
    """No date can lie after it; `day` when not given."""
    annex_a: bool = False
    """Whether Annex A's own rules and codes apply."""

    @property
    def last(self) -> dt.date:
        return max(self.day, self.latest or self.day)


@dataclass(slots=True)
class Notes:
    """What there is to say about one row."""

    row: str
    annex_a: bool
    said: list[Refusal] = field(default_factory=list)

    def add(self, rule: str, of: str = "") -> None:
        made = list_rules.RULES[rule]
        code = made.code if self.annex_a else ""
        if self.annex_a and not code:
            code = dict(made.codes).get(of, "")
        self.said.append(Refusal(self.row, of or made.field, made.sentence, made.kind, code))


def plans_of(
    rows: Iterable[RawRow], rules: Rules
) -> tuple[tuple[ListedPlan, ...], tuple[Refusal, ...], int]:
    """The plans, what was refused or deserves a look, and how many rows were read."""
    plans: list[ListedPlan] = []
    said: list[Refusal] = []
    read = 0
    for raw in rows:
        read += 1
        notes = Notes(raw.row, rules.annex_a)
        plan = _plan(raw.values, rules, notes)
        if plan is not None:
            plans.append(plan)
        said += notes.said
    kept, doubles = once_each(plans, rules.annex_a)
    return kept, (*said, *doubles), read


def _plan(values: Mapping[str, str], rules: Rules, notes: Notes) -> ListedPlan | None:
    authority = _authority(values, rules)
    if rules.authority and authority and authority != rules.authority:
        notes.add("foreign")
        return None
    dates = _dates(values, rules, notes)
    if not _possible(dates, rules, notes):
        return None
    _in_order(dates, notes)
    forename, surname = _name(values)
    upn, uln = _numbered(values, notes)
    local_id = values.get("local_id") or upn or uln or _digest(forename, surname, dates.get("born"))
    if not local_id:
        notes.add("nobody")
        return None
    if rules.annex_a:
        list_rules.annex_a(values, dates.get("born"), upn or uln, rules.day, notes.add)
    elif "born" not in dates and "born" not in values:
        notes.add("no-birth")
    who = {"local_id": local_id, "upn": upn, "forename": forename, "surname": surname}
    return _described(values, dates, rules, notes, authority, who)


def _described(
    values: Mapping[str, str],
    dates: Mapping[str, dt.date],
    rules: Rules,
    notes: Notes,
    authority: str | None,
    who: Mapping[str, str],
) -> ListedPlan:
    """The plan of `who`: local_id, upn, forename, surname."""
    born, issued, amended = (dates.get(f) for f in ("born", "issued_on", "amended_on"))
    reviewed = dates.get("last_review_on")
    moved = values.get("transferred_from", "").lower()
    transferred = moved not in _NOTHING and rules.codes["yes-no"].get(spelt(moved)) != "0"
    place = _code("phase", values, rules, notes)
    urn, setting = _setting(values, place, rules, notes)
    return ListedPlan(
        row=notes.row,
        local_id=who["local_id"],
        authority=authority,
        upn=who["upn"],
        forename=who["forename"],
        surname=who["surname"],
        born=born,
        sex=_sex(values, rules),
        need=_code("need", values, rules, notes) or None,
        second_need=_code("second_need", values, rules, notes) or None,
        requested_on=dates.get("requested_on"),
        issued_on=issued,
        amended_on=amended,
        last_review_on=reviewed,
        ceased_on=dates.get("ceased_on"),
        plan_kind=casemix.plan_kind(issued, amended, reviewed, transferred, rules.day),
        urn=urn,
        setting_kind=setting,
        phase=_PHASES.get(place) or casemix.phase_by_age(born, rules.day),
        age_band=casemix.age_band(born, rules.day),
        status=casemix.status_of(issued, amended),
    )


# --- Dates -----------------------------------------------------------------------------------


def _dates(values: Mapping[str, str], rules: Rules, notes: Notes) -> dict[str, dt.date]:
    """The dates that can be; those that lie ahead are said and left out, save that of birth."""
    found: dict[str, dt.date] = {}
    for name in DATES:
        text = values.get(name)
        if text is None:
            continue
        try:
            day = date_of(text, rules.order)
        except NoDate:
            notes.add("no-date", name)
            continue
        if day > rules.last and name != "born":
            if name != "ceased_on":
                notes.add("ahead", name)
            continue
        found[name] = day
    return found


def _possible(dates: Mapping[str, dt.date], rules: Rules, notes: Notes) -> bool:
    born = dates.get("born")
    if born is None:
        return True
    if born > rules.last:
        notes.add("unborn")
        return False
    if casemix.age_on(born, min(rules.day, dates.get("ceased_on", rules.day))) > casemix.OLDEST:
        notes.add("too-old")
        return False
    return True


def _in_order(dates: dict[str, dt.date], notes: Notes) -> None:
    """Leaves out dates that cannot stand beside an earlier one, and says so."""
    for name in DATES[1:]:
        if name in dates and "born" in dates and dates[name] < dates["born"]:
            notes.add("before-birth", name)
            del dates[name]
    issued = dates.get("issued_on")
    if issued is None:
        return
    for name, rule in (
        ("amended_on", "before-issue"),
        ("last_review_on", "before-issue"),
        ("ceased_on", "before-issue"),
    ):
        if name in dates and dates[name] < issued:
            notes.add(rule, name)
            del dates[name]
    if "requested_on" in dates and dates["requested_on"] > issued:
        notes.add("issued-before-request")
        del dates["requested_on"]


# --- Who -------------------------------------------------------------------------------------


def _authority(values: Mapping[str, str], rules: Rules) -> str | None:
    text = values.get("authority", "")
    if _CODE.fullmatch(text):
        return text.zfill(3)
    return rules.codes.get("authority", {}).get(text.lower(), text) or None


def _name(values: Mapping[str, str]) -> tuple[str, str]:
    """Forename and surname; a whole name is parted at its comma, else before its last word."""
    whole = values.get("name", "")
    if not whole:
        return values.get("forename", ""), values.get("surname", "")
    last, comma, first = whole.partition(",")
    if not comma:
        first, _, last = whole.rpartition(" ")
    return first.strip(), last.strip()


def _numbered(values: Mapping[str, str], notes: Notes) -> tuple[str, str]:
    """UPN and ULN where they have the right shape: “unknown” in a thousand rows is no number."""
    upn, uln = values.get("upn", "").upper().replace(" ", ""), values.get("uln", "")
    if upn and not _UPN.fullmatch(upn):
        if upn.lower() not in _NOTHING:
            notes.add("no-upn")
        upn = ""
    return upn, uln if _ULN.fullmatch(uln) else ""


def _digest(forename: str, surname: str, born: dt.date | None) -> str:
    if not surname or born is None:
        return ""
    who = "\t".join((forename.casefold(), surname.casefold(), born.isoformat()))
    return "sha256:" + hashlib.sha256(who.encode()).hexdigest()[:32]


# --- Codes -----------------------------------------------------------------------------------


def _code(name: str, values: Mapping[str, str], rules: Rules, notes: Notes) -> str:
    """Our code for what the cell says; "" when it says nothing or nothing that is known.

    Annex A's lists put a letter in front (“a) SPLD”), or leave only the letter.
    """
    text = values.get(name, "")
    if text.lower() in _NOTHING:
        return ""
    kind = "need" if name == "second_need" else name
    found = rules.codes[kind].get(spelt(text))
    if found is None and rules.annex_a:
        found = rules.letters.get(kind, {}).get(text.rstrip(").").lower())
    if found is None:
        notes.add("unknown-code", name)
        return ""
    return found


@lru_cache(maxsize=8192)
def spelt(text: str) -> str:
    """As `mapping.plain`, without the letter of an option."""
    return "".join(c for c in _OPTION.sub("", text).lower() if c.isascii() and c.isalnum())


def _sex(values: Mapping[str, str], rules: Rules) -> str:
    text = values.get("sex", "")
    found = rules.codes["sex"].get(spelt(text), "")
    if not found and rules.annex_a:
        found = rules.letters.get("sex", {}).get(text.rstrip(").").lower(), "")
    return "" if found == "unknown" else found


_PHASES: Mapping[str, Phase] = {
    "early-years": "early-years",
    "primary": "primary",
    "secondary": "secondary",
    "post-16": "post-16",
    "college": "post-16",
}
"""A college is a phase as well as a setting; special and all-through schools are no phase."""


def _setting(
    values: Mapping[str, str], place: str, rules: Rules, notes: Notes
) -> tuple[str, Setting]:
    """The URN and the kind of setting."""
    urn = values.get("urn", "")
    if urn and not _URN.fullmatch(urn):
        if urn.lower() not in {*_NOTHING, "ok"}:
            notes.add("no-urn")
        urn = ""
    said = _code("setting", values, rules, notes)
    if place in ("special-school", "alternative-provision", "college"):
        said = place
    elif _yes("home", values, rules):
        said = "home-educated"
    kind = casemix.setting_kind(
        cast("Setting", said or "unknown"),
        bool(urn or values.get("ukprn")),
        _yes("sen_unit", values, rules),
        _yes("resourced", values, rules),
    )
    return urn, kind


def _yes(name: str, values: Mapping[str, str], rules: Rules) -> bool:
    text = values.get(name, "")
    return bool(text) and rules.codes["yes-no"].get(spelt(text)) == "1"


# --- Twice -----------------------------------------------------------------------------------


def once_each(
    plans: Iterable[ListedPlan], annex_a: bool = False
) -> tuple[tuple[ListedPlan, ...], list[Refusal]]:
    """Each person once, by own reference or UPN: the plan in force issued last, in file order.

    Those with one name and date of birth under several numbers stay, with a word.
    """
    every = list(plans)
    order = sorted(range(len(every)), key=lambda i: _standing(every[i], i))
    holders: dict[tuple[str, ...], str] = {}
    said: list[Refusal] = []
    gone: set[int] = set()
    for i in order:
        plan = every[i]
        keys = [("id", plan.local_id), *((("upn", plan.upn),) if plan.upn else ())]
        holder = next((holders[k] for k in keys if k in holders), None)
        if holder is not None:
            gone.add(i)
            said.append(_double(plan.row, holder, annex_a))
            continue
        holders.update(dict.fromkeys(keys, plan.row))
        said += _namesake(plan, holders)
    return tuple(p for i, p in enumerate(every) if i not in gone), said


def _standing(plan: ListedPlan, place: int) -> tuple[bool, int, int]:
    issued = plan.issued_on.toordinal() if plan.issued_on else 0
    return plan.ceased_on is not None, -issued, place


def _double(row: str, holder: str, annex_a: bool) -> Refusal:
    sentence = (
        f"The same person stands in {holder}, whose plan is the one in force or issued last, so "
        "that one was taken: close or remove the other."
    )
    return Refusal(row, "local_id", sentence, code="109" if annex_a else "")


def _namesake(plan: ListedPlan, holders: dict[tuple[str, ...], str]) -> list[Refusal]:
    if not (plan.forename and plan.surname and plan.born):
        return []
    key = ("name", plan.forename.casefold(), plan.surname.casefold(), plan.born.isoformat())
    holder = holders.setdefault(key, plan.row)
    if holder == plan.row:
        return []
    sentence = f"Has the name and date of birth of {holder} under another number: check whether \
they are one person."
    return [Refusal(plan.row, "surname", sentence, "warning")]
