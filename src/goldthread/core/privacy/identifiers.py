"""Numbers, addresses and dates that point at a person, by shape, check digit and label.

Sources: UPN, Department for Education, “Unique pupil numbers” (check letter: weights 2 to 13,
modulus 23, letters without I, O and S); NHS number, NHS Data Dictionary (modulus 11).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from goldthread.core.parsing.dates import find_dates
from goldthread.core.privacy.wording import Labels, one_of

Sure = Literal["sure", "likely", "shape only", "look at this"]
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text that is personal data, or may be."""

    start: int
    end: int
    kind: str
    by: str
    """What stands in its place; empty for what is only to be looked at."""
    sure: Sure = "sure"


_UPN = re.compile(r"(?<![0-9A-Za-z])[A-Za-z](?:[ -]?\d){11}[ -]?[0-9A-Za-z](?![0-9A-Za-z])")
_NHS = re.compile(r"(?<![\w.,£-])\d{3}([ -]?)\d{3}\1\d{4}(?!\w|[.,-]\d)")
_MAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]{1,200}@[\w-]{1,200}(?:\.[\w-]{1,60}){1,9}")
_WEB = re.compile(
    r"(?<![\w@.-])(?:https?://)?(?!www\.gov\.uk)(?:[\w-]{1,60}\.){1,9}(?:sch|gov|nhs|ac)\.uk"
    r"(?:/[^\s)>\]]*)?",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\w.,£/-])(?:\+44[ ]?(?:\(0\))?|\(?0)(?:[ ()-]{0,2}\d){9,10}(?![\d/])")
_POSTCODE = re.compile(
    r"(?<![0-9A-Za-z])(?:GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]?[ ]{0,2}\d[ABD-HJLNP-UW-Z]{2})"
    r"(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"\d(?:st|nd|rd|th)$")
_LONG = re.compile(r"(?<![\w£.,/-])\d{6,}(?![\w/]|[.,]\d)")


def find_identifiers(text: str, labels: Labels, born: Iterable[dt.date] = ()) -> list[Span]:
    """Identifiers in folded `text`, which may overlap. `born`: dates of birth known already."""
    found = [*_numbers(text), *_contacts(text), *_labelled(text, labels)]
    found += [*_birthdays(text, labels, frozenset(born)), *_addresses(text, labels)]
    covered = [(s.start, s.end) for s in found]
    for match in _LONG.finditer(text):
        if not any(a < match.end() and match.start() < b for a, b in covered):
            found.append(Span(*match.span(), "long number", "", "look at this"))
    return found


# --- Check digits ----------------------------------------------------------------------------


def is_upn(written: str) -> bool:
    """A letter and twelve characters, whose first is the right check letter."""
    upn = re.sub(r"[ -]", "", written).upper()
    if len(upn) != 13 or upn[0] not in UPN_LETTERS:
        return False
    if not upn[1:12].isdigit() or not (upn[12].isdigit() or upn[12] in UPN_LETTERS):
        return False
    last = int(upn[12]) if upn[12].isdigit() else UPN_LETTERS.index(upn[12])
    values = [*map(int, upn[1:12]), last]
    return UPN_LETTERS[sum(v * w for v, w in zip(values, range(2, 14), strict=True)) % 23] == upn[0]


def is_nhs_number(written: str) -> bool:
    """Ten digits of which the last is the right check digit, not all alike."""
    digits = re.sub(r"\D", "", written)
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    total = sum(int(d) * w for d, w in zip(digits[:9], range(10, 1, -1), strict=True))
    return (11 - total % 11) % 11 == int(digits[9])


def _numbers(text: str) -> Iterator[Span]:
    for match in _UPN.finditer(text):
        sure: Sure = "sure" if is_upn(match[0]) else "shape only"
        yield Span(*match.span(), "UPN", "[UPN]", sure)
    for match in _NHS.finditer(text):
        sure = "sure" if is_nhs_number(match[0]) else "shape only"
        yield Span(*match.span(), "NHS number", "[NHS number]", sure)


def _contacts(text: str) -> Iterator[Span]:
    for match in _MAIL.finditer(text):
        yield Span(*match.span(), "e-mail address", "[E-mail address]")
    for match in _WEB.finditer(text):
        yield Span(*match.span(), "web address", "[Web address]")
    for match in _PHONE.finditer(text):
        yield Span(*match.span(), "phone number", "[Phone number]")
    for match in _POSTCODE.finditer(text):
        if not _ORDINAL.search(match[0]):
            yield Span(*match.span(), "postcode", "[Postcode]")


# --- By label --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Patterns:
    reference: re.Pattern[str]
    phone: re.Pattern[str]
    born: re.Pattern[str]
    address: re.Pattern[str]
    street: re.Pattern[str]


@lru_cache(maxsize=4)
def _patterns(key: tuple[tuple[str, ...], ...]) -> _Patterns:
    reference, phone, born, address, streets = map(one_of, key)
    gap = r"[^\S\n]*(?:\([^)\n]{0,30}\))?[^\w\n]{0,6}(?:is[ ]|no\.?[ ])?\n?[^\w\n]{0,3}"
    return _Patterns(
        re.compile(
            rf"(?<![^\W_])(?:{reference})(?![^\W_]){gap}"
            r"(?P<value>(?=[A-Za-z/-]*\d)[A-Za-z0-9][A-Za-z0-9/-]{2,})",
            re.IGNORECASE,
        ),
        re.compile(
            rf"(?<![^\W_])(?:{phone})(?![^\W_]){gap}(?P<value>\+?\d(?:[ ()-]{{0,2}}\d){{5,13}})",
            re.IGNORECASE,
        ),
        re.compile(rf"(?<![^\W_])(?:{born})(?![^\W_])", re.IGNORECASE),
        re.compile(
            rf"(?m)^(?P<head>.{{0,40}}?(?<![^\W_])(?:{address}))[ \t]*"
            r"(?:[:|-][ \t]*(?P<same>\S[^\n]*)|:?[ \t]*\n(?P<next>[^\n]+)|(?P<plain>[ ]\d[^\n]*))",
            re.IGNORECASE,
        ),
        re.compile(
            rf"(?<![\w£])(?:[Ff]lat )?\d{{1,4}}[A-Za-z]?,? (?:[A-Z][\w'-]+ ){{1,3}}"
            rf"(?i:{streets})\b"
        ),
    )


def _of(labels: Labels) -> _Patterns:
    return _patterns((labels.reference, labels.phone, labels.born, labels.address, labels.streets))


def _labelled(text: str, labels: Labels) -> Iterator[Span]:
    patterns = _of(labels)
    for match in patterns.reference.finditer(text):
        if not any(d.start <= 1 for d in find_dates(match["value"])):
            yield Span(*match.span("value"), "reference number", "[Reference number]", "likely")
    for match in patterns.phone.finditer(text):
        yield Span(*match.span("value"), "phone number", "[Phone number]")


_NEAR = 70
"""Characters after “Date of birth” in which the date stands."""


def _birthdays(text: str, labels: Labels, known: frozenset[dt.date]) -> Iterator[Span]:
    """Month and year take the place of the day, so that the school year stays true."""
    dates = [d for d in find_dates(text) if d.exact]
    ends = [m.end() for m in _of(labels).born.finditer(text)]
    told = {d.day for end in ends for d in dates if end <= d.start <= end + _NEAR
            and not text[end : d.start].count("\n") > 1}  # fmt: skip
    for date in dates:
        if date.day in told or date.day in known:
            yield Span(date.start, date.end, "date of birth", f"{date.day:%B %Y}")


_LINES = 5
"""Lines that an address is written on, at most."""


def _addresses(text: str, labels: Labels) -> Iterator[Span]:
    patterns = _of(labels)
    for match in patterns.address.finditer(text):
        group = next((g for g in ("same", "next", "plain") if match[g]), "")
        if not group or len(match[group]) > 120 or _MAIL.search(match[group]):
            continue
        start, end = match.span(group)
        yield Span(start + (group == "plain"), end, "address", "[Address]", "likely")
        yield from _further_lines(text, match[group], end)
    for match in patterns.street.finditer(text):
        yield Span(*match.span(), "address", "[Address]", "likely")


def _further_lines(text: str, first: str, at: int) -> Iterator[Span]:
    """Lines below the first one, up to the postcode; none when there is no postcode."""
    if _POSTCODE.search(first):
        return
    lines: list[Span] = []
    for line in text[at + 1 :].split("\n")[: _LINES - 1]:
        start = at + 1
        at = start + len(line)
        if ":" in line or len(line) > 60:
            return
        if line.strip():
            lines.append(Span(start, at, "address", "[Address]", "likely"))
        if _POSTCODE.search(line):
            yield from lines
            return
