"""Entries of Section K: who advised, in what profession, when, and whether it is appended."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from goldthread.core.parsing.dates import find_dates
from goldthread.core.parsing.labels import is_nothing
from goldthread.core.parsing.layouts import Layouts
from goldthread.core.parsing.outline import Entry, Line, Run
from goldthread.core.parsing.plain import plain
from goldthread.core.plan.document import Location
from goldthread.core.plan.plan import Advice

_TITLED = re.compile(
    r"\b(?:Dr|Mr|Mrs|Ms|Miss|Mx|Prof(?:essor)?)\.?\s+(?:[A-Z]\.?\s*){0,3}[A-Z][\w’'\-]+"
    r"(?:\s(?:[a-z]{2,3}\s)?[A-Z][\w’'\-]+){0,3}"
)
_NAME = re.compile(
    r"^(?:[A-Z][\w’'\-]+|[A-Z]\.?)(?:\s(?:[A-Z]\.?|[A-Z][\w’'\-]+|de|da|el|al|bin|van|von|ní|ó)){1,4}$"
)
_CUTS = re.compile(r"\s*(?:[,;·|()\n\t]|\s[–—-]\s|:\s|\bby\b|\bfrom\b)\s*")
_APPENDED = re.compile(r"\b(appended|attached|enclosed|appendix|see app)\b", re.IGNORECASE)
_NOT = re.compile(r"\bnot\s+(?:yet\s+)?(?:appended|attached|enclosed|received|provided)\b", re.I)


def entries_of(runs: list[Run], layouts: Layouts) -> tuple[Advice, ...]:
    """What Section K lists. Lines that name no author, profession or date are no entries."""
    found = (_entry(piece, layouts) for run in runs for piece in run.content)
    return tuple(chain.from_iterable(found))


def _entry(piece: Line | Entry, layouts: Layouts) -> Iterator[Advice]:
    if isinstance(piece, Line):
        text = piece.paragraph.text
        if piece.kind == "text" and len(text) <= 300 and not text.rstrip().endswith(":"):
            advice = _free(text, layouts)
            if advice is not None:
                yield advice.advice(text.strip(), piece.paragraph.location)
        return
    lines = [p for part in piece.parts for p in part.cell.paragraphs if p.text.strip()]
    if not lines or _heads(piece, layouts):
        return
    text = " · ".join(part.cell.text.strip() for part in piece.parts if part.cell.text.strip())
    said = {part.role: part.cell.text.strip() for part in piece.parts if part.role}
    advice = _columned(said, text, layouts) if said else _free(text, layouts)
    if advice is not None:
        yield advice.advice(text, lines[0].location)


def _heads(entry: Entry, layouts: Layouts) -> bool:
    texts = [part.cell.text for part in entry.parts if part.cell.text.strip()]
    return all(plain(t) in layouts.advice_columns for t in texts)


def _columned(said: dict[str, str], text: str, layouts: Layouts) -> _Said | None:
    found = _Said() if {"author", "profession", "day"} <= said.keys() else _free(text, layouts)
    found = found or _Said()
    author = said.get("author", "")
    if author and not is_nothing(author, layouts):
        found = replace(found, author=author_of(author, layouts) or author.split("\n")[0])
    role = profession_of(said.get("profession", ""), layouts)
    found = replace(found, profession=role or profession_of(text, layouts))
    if "day" in said:
        dates = find_dates(said["day"])
        found = replace(found, day=dates[0].day if dates else None)
    if "appended" in said:
        found = replace(found, appended=_yes(said["appended"]))
    return found if found.author or found.profession or found.day else None


def _yes(said: str) -> bool | None:
    key = plain(said)
    if key.startswith(("no", "not")) or not key:
        return False if key else None
    return True


def _free(text: str, layouts: Layouts) -> _Said | None:
    """Author, profession, day and appended of a line in any order; None when it names none."""
    dates = find_dates(text)
    author, profession = author_of(text, layouts), profession_of(text, layouts)
    if not (author or profession or dates) or (not dates and len(text.split()) > 14):
        return None
    appended = False if _NOT.search(text) else bool(_APPENDED.search(text)) or None
    return _Said(author, profession, dates[0].day if dates else None, appended)


def author_of(text: str, layouts: Layouts) -> str:
    """The first person's name in an entry; “” for none."""
    titled = _TITLED.search(text)
    if titled is not None:
        return titled[0].strip()
    for piece in _CUTS.split(text):
        name = piece.strip(" .")
        if _NAME.match(name) and not _COMMON.search(name) and not profession_of(name, layouts):
            return name
    return ""


@dataclass(frozen=True, slots=True)
class _Said:
    author: str = ""
    profession: str = ""
    day: dt.date | None = None
    appended: bool | None = None

    def advice(self, text: str, where: Location) -> Advice:
        return Advice(text, where, self.author, self.profession, self.day, self.appended)


_COMMON = re.compile(
    r"\b(?:Appendix|Report|Advice|Section|Date|Service|Team|School|Council|Hospital|Trust|NHS|Views|"
    r"College|Academy|Assessment|Information|Contribution|Children|Education|Plan|Centre|Clinic|"
    r"Nursery|Primary|Local|Authority|Review|Psychology|Therapy|Specialist|Form|Letter|Summary|"
    r"Support|Yes|No|Health|Care|Social)\b"
)


def profession_of(text: str, layouts: Layouts) -> str:
    """Id of the profession named, by the longest name found; “” for none."""
    named = dict(_professions(text, layouts))
    if not named:
        return ""
    profession = named[max(named, key=len)]
    if profession == "school":  # a SENCO or teacher of a nursery or college is that setting's
        return next((p for p in named.values() if p in ("early-years", "college")), "school")
    return profession


def _professions(text: str, layouts: Layouts) -> Iterator[tuple[str, str]]:
    key = f" {plain(text)} "
    for word in dict.fromkeys(key.split()):
        for name, profession in layouts.profession_names.get(word, ()):
            if name in key:
                yield name, profession
