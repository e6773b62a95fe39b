"""Faults of Sections G to K: M37 to M42, and M01 for a merged H."""

from __future__ import annotations

from goldthread.simulation.plans.faults.planting import Planter, Planting, append, on_item
from goldthread.simulation.plans.people import age_on
from goldthread.simulation.plans.sample import Fault, Item, Section


def no_agreement(work: Planting) -> list[Fault]:
    section = work.plan.sections.get("G")
    if section is None or not section.items:
        return []
    section.after = []
    return [Fault("M37", "G", "", "Nothing says that the health commissioner agreed.")]


def h_merged(work: Planting) -> list[Fault]:
    """H1 and H2 under one heading."""
    sections = work.plan.sections
    if "H1" not in sections or "H2" not in sections:
        return []
    first, second = sections.pop("H1"), sections.pop("H2")
    merged = Section("H", first.before + second.before, first.items + second.items,
                     after=first.after + second.after)  # fmt: skip
    for item in merged.items:
        item.letter = "H"
    work.plan.layout.headings["H"] = _one_h(work)
    order = list(sections.items())
    place = next(n for n, (letter, _) in enumerate(order) if letter in "IJK")
    work.plan.sections = dict([*order[:place], ("H", merged), *order[place:]])
    note = "H1 and H2 are merged."
    return [Fault("M38", "H", "", note, unsure=("M39",)), Fault("M01", "H", "", note)]


def _one_h(work: Planting) -> str:
    title = "Social care provision"
    if work.plan.layout.family == "booklet":
        return "My social care provision"
    if work.plan.layout.family == "parts":
        return f"Part 8: {title}"
    return f"Section H: {title}"


def respite_in_h1(work: Planting) -> list[Fault]:
    item = work.pick("H1")
    if item is None:
        return []
    line = work.said(work.words["respite"])
    append(item, line)
    return [on_item("M38", item, line, "Overnight respite stands in H1.", ("M43",))]


def h1_at_18(work: Planting) -> list[Fault]:
    plan = work.plan
    if age_on(plan.child.born, plan.today) < 18 or "H1" not in plan.sections:
        return []
    text = work.said("A home care worker will help {name} at home for 60 minutes five days a week. "
                     "The worker is trained in moving and handling.")  # fmt: skip
    item = Item("H1", "care", work.next_number(), "", "", text)
    plan.sections["H1"].before = []
    plan.sections["H1"].items.append(item)
    return [on_item("M38", item, text, "H1 is for those under 18.", ("M28", "M39"))]


def no_care_act(work: Planting) -> list[Fault]:
    section = work.plan.sections.get("H2")
    if section is None or not section.after or section.items:
        return []
    section.after = []
    return [Fault("M38", "H2", "", "18 or over, and nothing speaks of the Care Act.")]


def local_offer(work: Planting) -> list[Fault]:
    section = work.plan.sections.get("H2")
    if section is None or section.items:
        return []
    section.before = [work.words["local_offer"]]
    return [Fault("M39", "H2", section.before[0], "Only points to the Local Offer.")]


def placement(work: Planting) -> list[Fault]:
    section = work.plan.sections["I"]
    draft = work.plan.status == "draft"
    key = "placed_in_draft" if draft else "cost_in_placement"
    section.before = [work.said(work.words[key])]
    note = "A draft names a placement." if draft else "Preference, cost and transport in I."
    unsure = () if draft else ("M34",)
    return [Fault("M40", "I", section.before[0], note, unsure=unsure)]


def no_placement(work: Planting) -> list[Fault]:
    section = work.plan.sections["I"]
    if work.plan.status == "draft" or "Parental" in " ".join(section.before):
        return []
    section.before = []
    note = "A final plan names neither setting nor type."
    return [Fault("M40", "I", "", note, unsure=("M01", "M04"))]


def budget_alone(work: Planting) -> list[Fault]:
    section = work.plan.sections.get("J")
    if section is None:
        return []
    section.before = [work.words["budget_alone"]]
    return [Fault("M41", "J", section.before[0], "No need, outcome or provision is named.")]


def advice_undated(work: Planting) -> list[Fault]:
    entries = [e for e in work.plan.advice if e.profession in ("ep", "school", "medical") and e.day]
    if not entries:
        return []
    entry = work.rng.choice(entries)
    entry.day = None
    return [
        Fault("M42", "K", entry.author, "The advice has no date.", unsure=("M18", "M05", "M16"))
    ]


def advice_missing(work: Planting) -> list[Fault]:
    plan = work.plan
    kept = [e for e in plan.advice if e.profession != "ep"]
    if len(kept) == len(plan.advice) or plan.sections["B"].nil_areas:
        return []
    plan.advice = kept
    return [Fault("M42", "K", "", "There is no educational psychologist's advice.")]


def advice_not_appended(work: Planting) -> list[Fault]:
    entries = [e for e in work.plan.advice if e.profession in ("ep", "school", "medical")]
    if not entries:
        return []
    entry = work.rng.choice(entries)
    entry.appended = False
    return [Fault("M42", "K", entry.author, "The advice is not appended.")]


ENDS: dict[str, Planter] = {
    "no-agreement": no_agreement,
    "h-merged": h_merged,
    "respite-in-h1": respite_in_h1,
    "h1-at-18": h1_at_18,
    "no-care-act": no_care_act,
    "local-offer": local_offer,
    "placement": placement,
    "no-placement": no_placement,
    "budget-alone": budget_alone,
    "advice-undated": advice_undated,
    "advice-missing": advice_missing,
    "advice-not-appended": advice_not_appended,
}
