"""What a row of a list may break, in sentences that name no cell's content.

Codes 101a to 109 are those of Annex A's validation rules (Data to Insight, “annex a send validation
rules”, reference/annex_a); 104 and 112 ask for columns that the standard list does not have.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from goldthread.core.audit import casemix


@dataclass(frozen=True, slots=True)
class ListRule:
    """A rule: which field, what happens to the row, the sentence, and its Annex A code."""

    field: str
    kind: Literal["refused", "warning"]
    sentence: str
    code: str = ""
    codes: tuple[tuple[str, str], ...] = ()
    """Codes by field, for a rule about several."""


RULES: Mapping[str, ListRule] = {
    "foreign": ListRule(
        "authority",
        "refused",
        "Belongs to another authority: take it off the list, or correct its authority code.",
    ),
    "nobody": ListRule(
        "local_id",
        "refused",
        "Says nowhere who is meant: give a reference, UPN or ULN, or name and date of birth.",
    ),
    "no-date": ListRule(
        "", "warning", "This is no date, so it was left out: write it as day/month/year."
    ),
    "ahead": ListRule(
        "",
        "warning",
        "This date lies in the future, so it was left out: correct it.",
        codes=(("issued_on", "105b"), ("amended_on", "105c"), ("last_review_on", "105d")),
    ),
    "unborn": ListRule(
        "born", "refused", "The date of birth lies in the future: correct it.", "105a"
    ),
    "too-old": ListRule(
        "born",
        "refused",
        "Nobody of 26 or over has a plan: correct the date of birth, or say when the plan ceased.",
        "102b",
    ),
    "before-birth": ListRule(
        "", "warning", "This date lies before the date of birth, so it was left out: correct one."
    ),
    "before-issue": ListRule(
        "",
        "warning",
        "This date lies before the plan was first issued, so it was left out: correct one.",
        codes=(("amended_on", "106a"), ("last_review_on", "106b")),
    ),
    "issued-before-request": ListRule(
        "requested_on",
        "warning",
        "The plan was issued before it was requested, so the date of request was left out: "
        "correct one.",
    ),
    "no-upn": ListRule(
        "upn", "warning", "This is no UPN (a letter and twelve characters), so it was left out."
    ),
    "no-urn": ListRule("urn", "warning", "This is no URN (six figures), so it was left out."),
    "unknown-code": ListRule(
        "", "warning", "This code is not known, so it was left out: map it to one that is."
    ),
    "no-birth": ListRule(
        "born", "warning", "There is no date of birth, so age and phase are not known.", "101a"
    ),
    "no-sex": ListRule("sex", "warning", "There is no gender.", "101b"),
    "no-ethnicity": ListRule("ethnicity", "warning", "There is no ethnicity.", "101c"),
    "no-need": ListRule("need", "warning", "There is no primary need.", "101d"),
    "is-25": ListRule("born", "warning", "Is 25: check that the plan is still in force.", "102a"),
    "no-disability": ListRule(
        "disability", "warning", "Does not say whether there is a disability.", "103"
    ),
    "no-number": ListRule("upn", "warning", "Is 6 or over and has neither UPN nor ULN.", "107"),
    "no-place": ListRule(
        "urn",
        "warning",
        "Is 5 to 16 and has neither a main nor a subsidiary school or setting.",
        "108a",
    ),
    "no-main-place": ListRule(
        "urn",
        "warning",
        "Is 5 to 16 and has a subsidiary school or setting but no main one: write “ok” as the URN "
        "of somebody who is educated at home.",
        "108b",
    ),
}


def annex_a(
    values: Mapping[str, str],
    born: dt.date | None,
    number: str,
    day: dt.date,
    add: Callable[[str], None],
) -> None:
    """Annex A's rules about single rows that no other list is held to; `add` takes their names.

    `number`: UPN or ULN if there is one; `day`: on which ages are told.
    """
    asked = (
        ("born", "no-birth"),
        ("sex", "no-sex"),
        ("ethnicity", "no-ethnicity"),
        ("need", "no-need"),
        ("disability", "no-disability"),
    )
    for name, rule in asked:
        if name not in values:
            add(rule)
    if born is None:
        return
    age = casemix.age_on(born, day)
    if age == casemix.OLDEST:
        add("is-25")
    if age >= 6 and not number:
        add("no-number")
    if 5 <= age <= 16 and "urn" not in values:
        add("no-main-place" if "subsidiary_phase" in values else "no-place")
