"""Advice reports that a plan rests on, and what became of each recommendation in the plan.

The report says what the plan says for its own kind of provision; faults are then planted in the
PLAN: an amount thinned to “regular”, “will” softened to “should”, a recommendation lost or moved.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random
from typing import Any

from goldthread.simulation.plans.blocks import Block, Heading, Paper, Para
from goldthread.simulation.plans.faults.planting import rewrite
from goldthread.simulation.plans.sample import Advice, Fault, Item, SamplePlan
from goldthread.simulation.plans.showing import shown
from goldthread.simulation.plans.stock import Stock
from goldthread.simulation.plans.wording import fill, first_lower, long_date

BY = {
    "salt": ("speech and language therapist",), "ot": ("occupational therapist",),
    "physio": ("physiotherapist",), "hearing": ("teacher of the deaf",),
    "vision": ("vision impairment",), "medical": ("nurse", "paediatrician", "orthotist"),
    "ep": ("assistant", "mentor", "teacher", "tutor", "practitioner"),
    "social-care": ("care", "worker", "personal assistant"),
}  # fmt: skip
"""Profession -> words of the provider whose provision it recommends."""


@dataclass(slots=True)
class Recommendation:
    """One recommendation and its fate: carried, softened, thinned, moved or lost."""

    text: str
    need: str
    outcome: str
    fate: str
    item: Item | None


@dataclass(slots=True)
class Report:
    """An advice report: which row of Section K it is, and what it recommends."""

    entry: Advice
    recommendations: list[Recommendation]


def write_reports(rng: Random, stock: Stock, plan: SamplePlan, spoil: bool) -> list[Report]:
    """One to three reports by professions of Section K; with `spoil`, the plan is made to differ.

    Faults (M35, M12) are added to the plan.
    """
    found = [r for e in plan.advice if (r := _report(plan, e)) is not None]
    reports = _apart(rng.sample(found, min(len(found), rng.randint(1, 3))))
    if spoil:
        for place, report in enumerate(reports):
            _spoil(rng, stock, plan, report, place)
    return reports


def _apart(reports: list[Report]) -> list[Report]:
    """Each piece of provision is recommended by the first report that speaks of it."""
    taken: set[int] = set()
    for report in reports:
        kept = [r for r in report.recommendations if r.item and r.item.number not in taken]
        report.recommendations = kept
        taken.update(r.item.number for r in kept if r.item)
    return [report for report in reports if report.recommendations]


def _report(plan: SamplePlan, entry: Advice) -> Report | None:
    words = BY.get(entry.profession, ())
    letters = {"medical": ("G",), "social-care": ("H1", "H2", "H")}.get(entry.profession, ("F",))
    items = [i for i in plan.items(*letters) if "who" in i.parts
             and any(w in i.parts["who"].lower() for w in words)]  # fmt: skip
    items = [i for i in items if i.number not in plan.spoiled]
    if not items or entry.day is None:
        return None
    return Report(entry, [_carried(plan, item) for item in items])


def _carried(plan: SamplePlan, item: Item) -> Recommendation:
    def text(*letters: str) -> str:
        return next((i.text for i in plan.items(*letters) if i.number == item.number), "")

    return Recommendation(item.text, text("B", "C", "D"), text("E"), "carried", item)


def _spoil(rng: Random, stock: Stock, plan: SamplePlan, report: Report, place: int) -> None:
    """Softens, thins, moves or loses one recommendation, and loses one that the plan never had."""
    free = [r for r in report.recommendations if r.item and r.item.number not in plan.spoiled]
    if free:
        chosen = rng.choice(free)
        turn = (plan.number // 4 + place) % len(_FATES)
        list(_FATES.values())[turn](plan, chosen)
        if chosen.item:
            plan.spoiled.add(chosen.item.number)
    if report.entry.profession in ("salt", "ot", "ep") and rng.random() < 0.5:
        _never_had(rng, stock, plan, report)


def _thin(plan: SamplePlan, said: Recommendation) -> None:
    item = _item(said)
    parts = item.parts
    amount = f"for {parts['how_much']} {parts['how_often']}"
    rewrite(item, item.text.replace(amount, "on a regular basis"))
    said.fate = "thinned"
    note = "The advice gave an amount; the plan says “regular”."
    plan.faults += [Fault(rule, item.letter, "on a regular basis", note, item, ("M28", "M32"))
                    for rule in ("M35", "M29", "M31")]  # fmt: skip


def _lower(plan: SamplePlan, said: Recommendation) -> None:
    item = _item(said)
    amount = f"{item.parts['how_much']} {item.parts['how_often']}"
    rewrite(item, item.text.replace(amount, "10 minutes once a half term"))
    said.fate = "thinned"
    note = "The amount is smaller than the advice gave."
    plan.faults.append(Fault("M35", item.letter, "10 minutes once a half term", note, item))


def _soften(plan: SamplePlan, said: Recommendation) -> None:
    item = _item(said)
    rewrite(item, item.text.replace(" will ", " should ", 1))
    said.fate = "softened"
    note = "“Will” in the advice became “should”."
    plan.faults += [Fault(rule, item.letter, "should", note, item) for rule in ("M35", "M32")]


def _lose(plan: SamplePlan, said: Recommendation) -> None:
    item = _item(said)
    section = plan.sections[item.letter]
    section.items = [i for i in section.items if i.number != item.number]
    said.fate, said.item = "lost", None
    need = next((i for i in plan.items("B", "C", "D") if i.number == item.number), None)
    note = "A recommendation is not in the plan."
    plan.faults.append(Fault("M35", item.letter, "", note, unsure=("M12", "M39")))
    plan.faults.append(Fault("M28", need.letter if need else "B", need.text if need else "",
                             "A need without provision.", need))  # fmt: skip


def _move(plan: SamplePlan, said: Recommendation) -> None:
    """Provision that trains goes from F to G, where G has something already; else it is lost."""
    item = _item(said)
    health = plan.sections.get("G")
    if item.letter != "F" or health is None or not health.items:
        _lose(plan, said)
        return
    section = plan.sections["F"]
    section.items = [i for i in section.items if i is not item]
    health.items.append(item)
    item.letter, said.fate = "G", "moved"
    note = "It educates or trains, so it belongs in Section F, where the advice has it."
    quote = item.parts["who"]
    plan.faults.append(Fault("M34", "G", quote, note, item, ("M28", "M35", "M12", "M43")))


_FATES = {"moved": _move, "thinned": _thin, "lowered": _lower, "softened": _soften, "lost": _lose}


def _never_had(rng: Random, stock: Stock, plan: SamplePlan, report: Report) -> None:
    """A need and a recommendation of the report that the plan has nowhere."""
    extra = rng.choice(stock.faults["other_needs"])
    words = {"name": plan.child.forename}
    need, text = (fill(extra[k], plan.child.pronoun, words) for k in ("need", "provision"))
    report.recommendations.append(Recommendation(text, need, "", "lost", None))
    plan.faults.append(Fault("M12", "B", "", f"The advice names a need that B lacks: {need}"))
    plan.faults.append(Fault("M35", "F", "", f"The plan lacks a recommendation: {text}"))


def _item(said: Recommendation) -> Item:
    if said.item is None:
        raise ValueError("a lost recommendation has no item")
    return said.item


def report_paper(rng: Random, stock: Stock, plan: SamplePlan, report: Report) -> Paper:
    """The report set out: method, views, strengths, needs, outcomes, recommendations."""
    papers, child, entry = stock.papers, plan.child, report.entry
    kind = papers["advice"][entry.profession]
    words = _words(plan, entry)

    def said(key: str) -> str:
        return fill(papers[key], child.pronoun, words)

    blocks: list[Block] = [Heading(kind["title"], 0)]
    blocks += [Para(line) for line in (
        f"Name: {child.name}",
        f"Date of birth: {long_date(child.born)}",
        f"Setting: {child.school}",
        f"Written by: {entry.author}, {first_lower(kind['role'])}, {kind['body']}",
        f"Date of report: {words['day']}",
    )]  # fmt: skip
    blocks += [Heading("How this advice was made", 1, "bold"), Para(said("method"))]
    blocks += _listed(papers["strengths_title"], _strengths(plan, report))
    blocks += _listed(papers["needs_title"], [r.need for r in report.recommendations])
    blocks += _listed(papers["outcomes_title"], [r.outcome for r in report.recommendations])
    blocks += _listed(papers["provision_title"], [r.text for r in report.recommendations])
    blocks.append(Para(f"Signed: {entry.author}, {words['day']}"))
    return Paper(blocks, title=kind["title"])


def _words(plan: SamplePlan, entry: Advice) -> dict[str, str]:
    child, day = plan.child, entry.day or plan.dates["advice"]
    seen = long_date(day - dt.timedelta(days=7))
    return {"author": entry.author, "name": child.forename, "forename": child.forename,
            "school": child.school, "seen": seen, "parent": f"{child.mother} {child.surname}",
            "day": long_date(day)}  # fmt: skip


def _listed(title: str, lines: list[str]) -> list[Block]:
    kept = list(dict.fromkeys(line for line in lines if line))
    return [Heading(title, 1, "bold"), *(Para(line, bullet=True) for line in kept)]


def _strengths(plan: SamplePlan, report: Report) -> list[str]:
    areas = {r.item.area for r in report.recommendations if r.item}
    found = [plan.sections[x].strengths for x in "BCD" if x in plan.sections]
    return [s for strengths in found for area in sorted(areas) for s in strengths.get(area, [])]


def report_truth(plan: SamplePlan, report: Report, file: str) -> dict[str, Any]:
    """What became of each recommendation, beside the report's file name."""
    return {
        "file": file,
        "is": "advice",
        "profession": report.entry.profession,
        "author": report.entry.author,
        "plan": plan.name,
        "recommendations": [
            {"text": r.text, "need": r.need, "fate": r.fate,
             "plan_text": shown(plan, r.item) if r.item else "",
             "section": r.item.letter if r.item else ""}
            for r in report.recommendations
        ],
    }  # fmt: skip
