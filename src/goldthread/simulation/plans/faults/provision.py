"""Faults of provision and of the golden thread: M28 to M34, M36, M43."""

from __future__ import annotations

from goldthread.simulation.plans.composing import provision_text
from goldthread.simulation.plans.faults.planting import Planter, Planting, append, on_item, rewrite
from goldthread.simulation.plans.sample import Fault, Item


def vague(work: Planting) -> list[Fault]:
    item = work.pick("F", part="who")
    if item is None:
        return []
    bad = work.rng.choice(work.words["provision"])
    rewrite(item, work.said(bad["text"], topic=item.topic))
    unsure = (*bad.get("unsure", ()), "M28", "M36")
    note = "Not specified and quantified."
    return [on_item(rule, item, item.text, note, unsure) for rule in bad["rules"]]


def no_amount(work: Planting) -> list[Fault]:
    """Takes out how long and how often; all else stays."""
    item = work.pick("F", "G", part="how_often")
    if item is None:
        return []
    first = f" for {item.parts.pop('how_much')} {item.parts.pop('how_often')}"
    item.text = item.text.replace(first, "")
    if work.plan.layout.family == "two-column-f":
        item.parts = {}
    return [on_item("M29", item, "", "No amount: how long and how often are missing.")]


def no_qualification(work: Planting) -> list[Fault]:
    item = work.pick("F", part="qualification")
    if item is None:
        return []
    item.parts.pop("qualification")
    item.parts["who"] = "A member of staff"
    item.text = provision_text(item.parts)
    note = "Who it is, and with what training, is not said."
    return [on_item("M30", item, "A member of staff", note, ("M31", "M32"))]


def orphan_need(work: Planting) -> list[Fault]:
    extra = work.rng.choice(work.words["other_needs"])
    item = Item("B", _area(work), work.next_number(), "", "", work.said(extra["need"]))
    work.plan.sections["B"].items.append(item)
    return [on_item("M28", item, item.text, "A need with no outcome and no provision.")]


def orphan_provision(work: Planting) -> list[Fault]:
    extra = work.rng.choice(work.words["other_needs"])
    item = Item("F", _area(work), work.next_number(), "", "", work.said(extra["provision"]))
    work.plan.sections["F"].items.append(item)
    return [on_item("M28", item, item.text, "Provision with no need and no outcome.")]


def orphan_outcome(work: Planting) -> list[Fault]:
    """Takes the need and the provision of an outcome away."""
    item = work.pick("E", part="outcome")
    if item is None or sum(i.area == item.area for i in work.plan.items("B")) < 2:
        return []
    for letter in ("B", "F"):
        section = work.plan.sections[letter]
        section.items = [i for i in section.items if i.number != item.number]
    note = "An outcome with no need and no provision."
    return [on_item("M28", item, item.parts["outcome"], note)]


def therapy_in_health(work: Planting) -> list[Fault]:
    section = work.plan.sections.get("G")
    if section is None or not section.items:
        return []
    text = work.said(work.rng.choice(work.words["therapy_in_health"]))
    item = Item("G", "health", work.next_number(), "", "", text)
    section.items.append(item)
    note = "It educates or trains, so it belongs in Section F."
    return [on_item("M34", item, text, note, ("M28", "M43"))]


def transport(work: Planting) -> list[Fault]:
    item = work.pick("F")
    if item is None:
        return []
    line = work.said(work.words["transport"])
    append(item, line)
    return [on_item("M34", item, line, "Transport stands in Section F.", ("M30",))]


def repeated(work: Planting) -> list[Fault]:
    line = work.words["repeated"]
    items = [i for i in work.plan.items("F") if i.number not in work.plan.spoiled][:3]
    if len(items) < 3:
        return []
    for item in items:
        append(item, line)
    work.plan.spoiled.update(item.number for item in items)
    return [Fault("M36", "F", line, "One sentence stands three times.")]


def clash(work: Planting) -> list[Fault]:
    item = work.pick("F", part="how_often")
    if item is None or work.plan.layout.family == "two-column-f":
        return []
    parts = {**item.parts, "how_much": "10 minutes", "how_often": "once a month"}
    other = Item("F", item.area, item.number, item.triple, item.topic, provision_text(parts), parts)
    section = work.plan.sections["F"]
    section.items.insert(section.items.index(item) + 1, other)
    note = "Two amounts for the same provision."
    return [on_item("M43", other, "10 minutes", note, ("M36",))]


def _area(work: Planting) -> str:
    areas = [i.area for i in work.plan.items("B")]
    return work.rng.choice(areas) if areas else "cognition"


PROVISION: dict[str, Planter] = {
    "vague": vague,
    "vague-2": vague,
    "vague-3": vague,
    "no-amount": no_amount,
    "no-qualification": no_qualification,
    "orphan-need": orphan_need,
    "orphan-provision": orphan_provision,
    "orphan-outcome": orphan_outcome,
    "therapy-in-health": therapy_in_health,
    "transport": transport,
    "repeated": repeated,
    "clash": clash,
}
