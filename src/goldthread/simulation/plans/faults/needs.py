"""Faults of needs, B to D: M13 to M19."""

from __future__ import annotations

import datetime as dt

from goldthread.simulation.plans.faults.planting import Planter, Planting, append, on_item, rewrite
from goldthread.simulation.plans.sample import Fault
from goldthread.simulation.plans.wording import long_date


def label_only(work: Planting) -> list[Fault]:
    item = work.pick("B")
    if item is None:
        return []
    rewrite(item, work.said(work.rng.choice(work.words["labels"])))
    note = "A diagnosis with no effect."
    return [on_item("M13", item, item.text, note, ("M04", "M12", "M28", "M15"))]


def area_missing(work: Planting) -> list[Fault]:
    nils = work.plan.sections["B"].nil_areas
    if not nils:
        return []
    area = work.rng.choice(sorted(nils))
    del nils[area]
    return [Fault("M14", "B", "", f"Nothing is said of {work.plan.layout.areas[area]}.")]


def no_strengths(work: Planting) -> list[Fault]:
    work.plan.sections["B"].strengths.clear()
    return [Fault("M15", "B", "", "Nothing says what the child can do.")]


def old_score(work: Planting) -> list[Fault]:
    item = work.pick("B")
    if item is None:
        return []
    day = work.plan.today - dt.timedelta(days=work.rng.randint(900, 1300))
    line = work.said("On a reading test on {day} {his} standard score was 72.", day=long_date(day))
    append(item, line)
    return [on_item("M16", item, line, "The score is more than two years old.", ("M44",))]


def undated_score(work: Planting) -> list[Fault]:
    item = work.pick("B")
    if item is None or "score" in item.parts:
        return []
    line = work.said("{His} reading standard score is 72, on the third centile.")
    append(item, line)
    return [on_item("M16", item, line, "The score has no date.")]


def provision_in_need(work: Planting) -> list[Fault]:
    item = work.pick("B")
    if item is None:
        return []
    line = work.said(work.rng.choice(work.words["provision_in_need"]))
    append(item, line)
    unsure = ("M34", "M43", "M35")
    return [on_item("M17", item, line, "Provision stands among the needs.", unsure)]


def bare_health_nil(work: Planting) -> list[Fault]:
    return _bare_nil(work, "C")


def bare_social_nil(work: Planting) -> list[Fault]:
    return _bare_nil(work, "D")


def _bare_nil(work: Planting, letter: str) -> list[Fault]:
    section = work.plan.sections.get(letter)
    if section is None or section.items:
        return []
    line = work.words["bare_nil"][letter]
    section.before = [line]
    return [Fault("M18", letter, line, "A nil that rests on no advice.", unsure=("M19",))]


def not_known(work: Planting) -> list[Fault]:
    plan = work.plan
    section = plan.sections.get("D")
    care = [x for x in ("H1", "H2") if x in plan.sections]
    if section is None or section.items or any(plan.sections[x].items for x in care):
        return []
    if "H" in plan.whole:
        return []
    plan.whole.add("H")
    section.before = [work.words["not_known"]]
    for letter in care:
        plan.sections[letter].before = ["None."]
    plan.advice = [entry for entry in plan.advice if entry.profession != "social-care"]
    note = "“Not known” with no social care advice in Section K."
    return [
        Fault("M19", "D", section.before[0], note),
        Fault("M18", "D", section.before[0], "A nil that rests on no advice."),
        Fault("M42", "K", "", "There is no social care advice.", unsure=("M39",)),
    ]


NEEDS: dict[str, Planter] = {
    "label-only": label_only,
    "area-missing": area_missing,
    "no-strengths": no_strengths,
    "old-score": old_score,
    "undated-score": undated_score,
    "provision-in-need": provision_in_need,
    "bare-health-nil": bare_health_nil,
    "bare-social-nil": bare_social_nil,
    "not-known": not_known,
}
