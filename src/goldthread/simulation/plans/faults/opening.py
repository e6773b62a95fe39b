"""Faults of the front page and of identity: M01 to M07."""

from __future__ import annotations

import datetime as dt
import re

from goldthread.simulation.plans.faults.planting import Planter, Planting, append, on_item
from goldthread.simulation.plans.front import ISSUE
from goldthread.simulation.plans.people import age_on, year_label
from goldthread.simulation.plans.sample import Fault, Item, Section
from goldthread.simulation.plans.wording import long_date, short_date

_SWAPS = {
    "he": {"he": "she", "him": "her", "his": "her", "himself": "herself"},
    "she": {"she": "he", "herself": "himself"},
}
_HER = re.compile(r"\b([Hh])er\b(?= (?:to|up|in|at|on|with|when|alone|start|the|\w+ing)\b|[.,;])")


def missing_section(work: Planting) -> list[Fault]:
    plan = work.plan
    named = {fault.section for fault in plan.faults}
    bare = [
        x
        for x in ("C", "D", "G", "H1", "H2", "J")
        if x in plan.sections and x not in named and not _holds(plan.sections[x])
    ]
    if not bare or "H" in plan.sections:
        return []
    letter = work.rng.choice(bare)
    del plan.sections[letter]
    unsure = {"C": ("M18",), "D": ("M18", "M19"), "J": ("M41",)}.get(letter, ("M38", "M39"))
    return [Fault("M01", letter, "", f"Section {letter} is not there.", unsure=unsure)]


def _holds(section: Section) -> bool:
    return bool(section.items or section.after)


def wrong_name(work: Planting) -> list[Fault]:
    item = work.pick("B", "E", "F")
    if item is None:
        return []
    name = work.rng.choice(work.stock.names["strangers"])
    _replace(item, work.plan.child.forename, name)
    return [on_item("M02", item, name, "Another child's name stands here.", ("M12", "M28", "M25"))]


def name_one_letter_off(work: Planting) -> list[Fault]:
    own = work.plan.child.forename
    item = work.pick("B", "F") if len(own) > 4 and own.isalpha() else None
    if item is None:
        return []
    name = own[:-2] + own[-1]
    _replace(item, own, name)
    return [on_item("M02", item, name, "The child's name is misspelt.")]


def pronoun_slip(work: Planting) -> list[Fault]:
    pronoun = work.plan.child.pronoun
    if pronoun == "they":
        return []
    taken = [i for i in work.plan.items("B", "E") if i.number not in work.plan.spoiled][:4]
    work.plan.spoiled.update(i.number for i in taken)
    changed = [item for item in taken if _swap(item, pronoun)]
    other = {"he": "she", "she": "he"}[pronoun]
    if len(changed) < 2:
        return []
    return [on_item("M03", i, "", f"Says “{other}” of a child recorded as “{pronoun}”.")
            for i in changed]  # fmt: skip


def wrong_age(work: Planting) -> list[Fault]:
    child = work.plan.child
    age = age_on(child.born, work.plan.today) + 3
    line = f"{child.forename} is {age} years old."
    work.plan.sections["B"].before.append(line)
    note = "The age does not follow from the date of birth."
    return [Fault("M03", "B", line, note, unsure=("M07", "M15"))]


def two_births(work: Planting) -> list[Fault]:
    other = work.plan.child.born + dt.timedelta(days=33)
    said = short_date(other, work.plan.layout.date_style)
    work.plan.shown["Date of birth (school record)"] = said
    return [Fault("M03", "front", said, "Two dates of birth.")]


def stray_diagnosis(work: Planting) -> list[Fault]:
    item = work.pick("B")
    if item is None:
        return []
    diagnosis = work.rng.choice(work.words["diagnoses"])
    append(item, work.said(work.words["stray_diagnosis"], diagnosis=diagnosis))
    return [on_item("M04", item, diagnosis, "No advice in Section K bears out this diagnosis.")]


def stray_school(work: Planting) -> list[Fault]:
    item = work.pick("B")
    if item is None:
        return []
    append(item, work.said(work.words["stray_school"]))
    quote = work.plan.child.old_school
    note = "A former school is spoken of as the present one."
    return [on_item("M04", item, quote, note, ("M17", "M02", "M07"))]


def nothing_signed(work: Planting) -> list[Fault]:
    """Leaves out version, date or officer (the date's own label would still say the status)."""
    labels = ("Version", "Plan co-ordinator", ISSUE[work.plan.status])
    label = work.rng.choice(labels)
    work.plan.shown[label] = ""
    if label == "Version":
        work.plan.shown["margin"] = "EHC plan"
    unsure = ("M06", "M40", "M18", "M42") if label != "Version" else ()
    return [Fault("M05", "front", "", f"The front page lacks: {label.lower()}.", unsure=unsure)]


def draft_left(work: Planting) -> list[Fault]:
    if work.plan.status == "draft" or "margin" in work.plan.shown:
        return []
    work.plan.layout.margins = True
    work.plan.shown["margin"] = "DRAFT EHC plan"
    note = "A final plan still says “draft” in its footer."
    return [Fault("M05", "front", "DRAFT", note, unsure=("M46", "M40"))]


def overdue_review(work: Planting) -> list[Fault]:
    plan = work.plan
    if plan.status != "amended":
        return []
    old = long_date(plan.dates["review_due"])
    plan.dates["reviewed"] = plan.today - dt.timedelta(days=work.rng.randint(380, 600))
    plan.dates["review_due"] = plan.dates["reviewed"] + dt.timedelta(days=364)
    due = long_date(plan.dates["review_due"])
    section = plan.sections["E"]
    section.after = [text.replace(old, due) for text in section.after]
    quote = short_date(plan.dates["reviewed"], plan.layout.date_style)
    note = "The last review was more than 12 months ago."
    return [Fault("M06", "front", quote, note, unsure=("M27",))]


def wrong_year(work: Planting) -> list[Fault]:
    child = work.plan.child
    if not 1 <= child.year <= 11:
        return []
    said = year_label(child.year + (2 if child.year < 10 else -2))
    work.plan.shown["Year group"] = said
    note = "The year group does not follow from the date of birth."
    return [Fault("M07", "front", said, note, unsure=("M26",))]


def _replace(item: Item, old: str, new: str) -> None:
    item.text = item.text.replace(old, new)
    item.parts = {key: text.replace(old, new) for key, text in item.parts.items()}


def _swap(item: Item, pronoun: str) -> bool:
    before = item.text
    item.text = _swapped(item.text, pronoun)
    item.parts = {key: _swapped(text, pronoun) for key, text in item.parts.items()}
    return item.text != before


def _swapped(text: str, pronoun: str) -> str:
    if pronoun == "she":
        text = _HER.sub(lambda m: "him" if m[1] == "h" else "Him", text)
        text = re.sub(r"\bher\b", "his", re.sub(r"\bHer\b", "His", text))
    for old, new in _SWAPS[pronoun].items():
        text = re.sub(rf"\b{old}\b", new, text)
        text = re.sub(rf"\b{old.capitalize()}\b", new.capitalize(), text)
    return text


OPENING: dict[str, Planter] = {
    "missing-section": missing_section,
    "wrong-name": wrong_name,
    "name-one-letter-off": name_one_letter_off,
    "pronoun-slip": pronoun_slip,
    "wrong-age": wrong_age,
    "two-births": two_births,
    "stray-diagnosis": stray_diagnosis,
    "stray-school": stray_school,
    "nothing-signed": nothing_signed,
    "draft-left": draft_left,
    "overdue-review": overdue_review,
    "wrong-year": wrong_year,
}
