"""What is true of a sample: sections, items, facts and planted faults, as a JSON value."""

from __future__ import annotations

from typing import Any

from goldthread.simulation.plans.blocks import as_read
from goldthread.simulation.plans.sample import LETTERS, Fault, Item, SamplePlan
from goldthread.simulation.plans.showing import shown

RULES = tuple(f"M{number:02}" for number in range(1, 47))


def plan_truth(plan: SamplePlan, file: str, kind: str) -> dict[str, Any]:
    """The truth of one written plan; `file` is its name, `kind` docx, pdf, untagged, scan, text."""
    faulted = {fault.rule for fault in plan.faults}
    unsure = {rule for fault in plan.faults for rule in fault.unsure} - faulted
    return {
        "file": file,
        "is": "plan",
        "family": plan.layout.family,
        "kind": kind,
        "status": plan.status,
        "today": plan.today.isoformat(),
        "good": plan.good,
        "child": _child(plan),
        "dates": {role: day.isoformat() for role, day in plan.dates.items()},
        "officer": plan.officer,
        "version": plan.version,
        "missing": [x for x in LETTERS if x not in plan.sections],
        "sections": {letter: _section(plan, letter) for letter in plan.sections},
        "advice_listed": [
            {"profession": a.profession, "role": a.role, "author": a.author, "appended": a.appended,
             "day": a.day.isoformat() if a.day else None}
            for a in plan.advice
        ],
        "thread": _thread(plan),
        "faults": [_fault(plan, fault) for fault in plan.faults],
        "unsure": sorted(unsure),
        "clean": [rule for rule in RULES if rule not in faulted and rule not in unsure],
    }  # fmt: skip


def _child(plan: SamplePlan) -> dict[str, Any]:
    child = plan.child
    return {
        "forename": child.forename, "surname": child.surname, "name": child.name,
        "pronoun": child.pronoun, "born": child.born.isoformat(), "school": child.school,
        "year_group": child.year_group, "parents": [child.mother, child.father],
        "authority": child.authority, "diagnoses": child.diagnoses,
    }  # fmt: skip


def _section(plan: SamplePlan, letter: str) -> dict[str, Any]:
    section = plan.sections[letter]
    texts = [text for text in section.texts if text]
    words = " ".join(texts[0].split()[:8]) if texts else ""
    bad = {id(fault.item) for fault in plan.faults if fault.item is not None}
    return {
        "heading": plan.layout.headings.get(letter, letter),
        "blank": not texts and not (letter == "K" and plan.advice),
        "first_words": words,
        "items": [
            {"number": item.number, "area": item.area, "kind": item.kind, "text": _text(plan, item),
             "parts": item.parts, "sound": id(item) not in bad}
            for item in section.items
        ],
    }  # fmt: skip


def _text(plan: SamplePlan, item: Item) -> str:
    return as_read(item.marked) if item.marked else shown(plan, item)


def _thread(plan: SamplePlan) -> list[dict[str, Any]]:
    """By number: how many needs, outcomes and pieces of provision carry it."""
    groups = {"needs": "BCD", "outcomes": "E", "provision": ("F", "G", "H1", "H2", "H")}
    counts = {name: [i.number for i in plan.items(*letters)] for name, letters in groups.items()}
    numbers = sorted({n for found in counts.values() for n in found})
    return [{"number": n, **{name: found.count(n) for name, found in counts.items()}}
            for n in numbers]  # fmt: skip


def _fault(plan: SamplePlan, fault: Fault) -> dict[str, Any]:
    return {
        "rule": fault.rule,
        "section": fault.section,
        "item": fault.item.number if fault.item else None,
        "item_text": _text(plan, fault.item) if fault.item else "",
        "quote": fault.quote,
        "note": fault.note,
        "unsure": list(fault.unsure),
    }
