"""What the address of a quality page asks for: a period, a draw, and groups of plans.

One value a field: sets of values could be chosen so that the difference of two pages is one plan.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

MONTHS = 12
"""Of the period when the address names none."""
DRAWS = {
    "random": "Drawn at random", "thematic": "On a theme", "risk-led": "Chosen by risk",
    "draft": "Drafts", "imported": "Past audits brought in",
}  # fmt: skip
SUBJECTS = {"plan": "Plans", "review": "Annual reviews", "advice": "Professional advice"}
KINDS_OF_FIGURE = {
    "process": "How this authority writes plans", "stock": "The plans it holds now",
}  # fmt: skip
GROUPS = {
    "need": "need", "phase": "phase", "setting": "setting_kind", "kind": "plan_kind",
    "age": "age_band", "team": "team", "profession": "profession",
}  # fmt: skip
"""Field of the address -> field of the counts."""
UNKNOWN = "not-known"
"""In the address, for audits of which this is not known (an empty text in the counts)."""


class WrongAddress(ValueError):
    """One sentence: what in the address is wrong. `field`: which of it."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Asked:
    """`since`, `until`: first days of the first and the last month. `groups`: field of GROUPS ->
    value. `framework`: the edition; empty for the one that the page chooses."""

    since: dt.date
    until: dt.date
    subject: str = "plan"
    draw: str = "random"
    figure: str = "process"
    framework: str = ""
    groups: tuple[tuple[str, str], ...] = ()
    usual: bool = True
    """Whether the period is the one that the page takes by itself."""

    @property
    def months(self) -> int:
        return 12 * (self.until.year - self.since.year) + self.until.month - self.since.month + 1

    @property
    def before(self) -> tuple[dt.date, dt.date]:
        """The period of the same length before."""
        return plus(self.since, -self.months), plus(self.since, -1)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Field and value as they stand in an address; what is usual is left out."""
        found = [] if self.usual else [("since", _said(self.since)), ("until", _said(self.until))]
        defaults = {"subject": "plan", "draw": "random", "figure": "process", "framework": ""}
        for name, default in defaults.items():
            if getattr(self, name) != default:
                found.append((name, getattr(self, name)))
        return [*found, *self.groups]

    def behind(self, **more: str) -> list[tuple[str, str]]:
        """Field and value of the audits behind a figure; the period and the draw always stand."""
        period = [("since", _said(self.since)), ("until", _said(self.until)), ("draw", self.draw)]
        left = {"since", "until", "draw", "figure", *more}
        kept = [pair for pair in self.pairs if pair[0] not in left]
        return [*period, *kept, *more.items()]

    def without(self, name: str) -> Asked:
        """The same for all values of one group."""
        left = tuple(pair for pair in self.groups if pair[0] != name)
        return Asked(self.since, self.until, self.subject, self.draw, self.figure, self.framework,
                     left, self.usual)  # fmt: skip

    @property
    def chosen(self) -> dict[str, str]:
        """Field of the counts -> value."""
        return {GROUPS[name]: "" if v == UNKNOWN else v for name, v in self.groups}


def read(given: Mapping[str, str], known: Mapping[str, Mapping[str, str]], today: dt.date) -> Asked:
    """What an address asks for. `known`: field -> value -> its name, for what may be chosen.

    Errors: WrongAddress for a value that is not known, a month that is none, or a period that ends
    before it begins.
    """
    until = _month(given, "until") or today.replace(day=1)
    since = _month(given, "since") or plus(until, 1 - MONTHS)
    if since > until:
        raise WrongAddress("until", "The period ends before it begins: change one of its months.")
    choices = {
        "subject": SUBJECTS, "draw": DRAWS, "figure": KINDS_OF_FIGURE,
        "framework": known.get("framework", {}),
    }  # fmt: skip
    chosen = {name: v for name, all_ in choices.items() if (v := _one(given, name, all_))}
    groups = [(name, v) for name in GROUPS if (v := _one(given, name, known.get(name, {})))]
    usual = not given.get("since", "").strip() and not given.get("until", "").strip()
    return Asked(since, until, groups=tuple(groups), usual=usual, **chosen)


NAMES = {
    "subject": "kind of document", "draw": "way of choosing", "figure": "kind of figure",
    "framework": "standard", "need": "need", "phase": "phase", "setting": "kind of setting",
    "kind": "kind of plan", "age": "age band", "team": "team", "profession": "profession",
}  # fmt: skip


def _one(given: Mapping[str, str], name: str, known: Mapping[str, str]) -> str:
    said = given.get(name, "").strip()
    if said and said not in known:
        raise WrongAddress(name, f"There is no {NAMES[name]} “{said[:40]}” here: choose another.")
    return said


def _month(given: Mapping[str, str], name: str) -> dt.date | None:
    said = given.get(name, "").strip()
    if not said:
        return None
    if re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", said):
        return dt.date(int(said[:4]), int(said[5:]), 1)
    raise WrongAddress(name, f"“{said[:20]}” is no month: write it as year and month, 2026-11.")


def _said(month: dt.date) -> str:
    return f"{month:%Y-%m}"


def plus(month: dt.date, months: int) -> dt.date:
    """The first day of the month so many months later (or before)."""
    number = 12 * month.year + month.month - 1 + months
    return dt.date(number // 12, number % 12 + 1, 1)
