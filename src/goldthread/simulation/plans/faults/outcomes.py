"""Faults of outcomes, Section E: M20 to M24, M26, M27."""

from __future__ import annotations

import re

from goldthread.simulation.plans.faults.planting import Planter, Planting, on_item, rewrite
from goldthread.simulation.plans.sample import Fault
from goldthread.simulation.plans.stock import Triple

_WHEN = re.compile(r"^By [\w ]+?(?: \(July \d{4}\)| \d{4}) ")


def bad_outcome(work: Planting) -> list[Fault]:
    item = work.pick("E", part="outcome")
    if item is None:
        return []
    bad = work.rng.choice(work.words["outcome"])
    match = _WHEN.match(item.text)
    when = match[0].removeprefix("By ").strip() if match else "July 2027"
    rewrite(item, work.said(bad["text"], topic=item.topic, when=when))
    unsure = (*bad.get("unsure", ()), "M25", "M28")
    note = "Not a SMART outcome for the child."
    return [on_item(rule, item, item.text, note, unsure) for rule in bad["rules"]]


def no_outcomes(work: Planting) -> list[Fault]:
    section = work.plan.sections["E"]
    if work.plan.spoiled & {item.number for item in section.items}:
        return []
    work.plan.spoiled.update(item.number for item in section.items)
    section.items, section.after = [], []
    rest = ("M01", "M21", "M22", "M23", "M24", "M25", "M26", "M27", "M28", "M44")
    return [Fault("M20", "E", "", "Section E is empty.", unsure=rest)]


def one_date(work: Planting) -> list[Fault]:
    items = [i for i in work.plan.items("E") if "outcome" in i.parts]
    if len(items) < 3 or any(i.number in work.plan.spoiled for i in work.plan.items("E")):
        return []
    for item in items:
        said = _WHEN.sub("By July 2027 ", item.parts["outcome"])
        item.text = item.text.replace(item.parts["outcome"], said)
        item.parts["outcome"] = said
    work.plan.spoiled.update(item.number for item in items)
    note = "All outcomes have the same date, less than a year away."
    return [Fault("M23", "E", "July 2027", note)]


def no_baseline(work: Planting) -> list[Fault]:
    item = work.pick("E", part="baseline")
    if item is None:
        return []
    gone = item.parts.pop("baseline")
    item.text = item.text.replace(f" {gone}", "")
    return [on_item("M24", item, "", "The outcome has no starting point.")]


def wish_as_outcome(work: Planting) -> list[Fault]:
    item = work.pick("E", part="outcome")
    if item is None:
        return []
    rewrite(item, work.said("{name} wants to be a footballer."))
    rules = ("M21", "M22", "M23", "M24")
    note = "A wish, not an outcome."
    return [on_item(rule, item, item.text, note, ("M25", "M28")) for rule in rules]


def no_adulthood(work: Planting) -> list[Fault]:
    plan = work.plan
    numbers = {i.number for i in plan.items("B") if i.area == "adulthood"}
    if not numbers or numbers & plan.spoiled:
        return []
    _drop(work, numbers)
    plan.sections["B"].strengths.pop("adulthood", None)
    note = "Year 9 or over, and nothing prepares for adulthood."
    return [Fault("M26", "E", "", note, unsure=("M25",))]


def domain_missing(work: Planting) -> list[Fault]:
    """Takes out one of the four strands of preparing for adulthood."""
    adult = work.stock.triples["adulthood"]
    item = work.pick("B") if any(i.area == "adulthood" for i in work.plan.items("B")) else None
    if item is None or item.area != "adulthood":
        return []
    domain = next(_domain(t) for t in adult if t.id == item.triple)
    _drop(work, {item.number})
    return [Fault("M26", "E", "", f"No outcome for {domain}.", unsure=("M25",))]


def no_monitoring(work: Planting) -> list[Fault]:
    work.plan.sections["E"].after = []
    return [Fault("M27", "E", "", "Nothing says who checks the outcomes, when, and what is next.")]


def _domain(triple: Triple) -> str:
    return {"work": "employment", "living": "independent living"}.get(triple.domain, triple.domain)


def _drop(work: Planting, numbers: set[int]) -> None:
    work.plan.spoiled.update(numbers)
    for letter in ("B", "E", "F"):
        section = work.plan.sections[letter]
        section.items = [i for i in section.items if i.number not in numbers]


OUTCOMES: dict[str, Planter] = {
    "bad-outcome": bad_outcome,
    "bad-outcome-2": bad_outcome,
    "no-outcomes": no_outcomes,
    "one-date": one_date,
    "no-baseline": no_baseline,
    "wish-as-outcome": wish_as_outcome,
    "no-adulthood": no_adulthood,
    "domain-missing": domain_missing,
    "no-monitoring": no_monitoring,
}
