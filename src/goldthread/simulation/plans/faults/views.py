"""Faults of Section A and of language: M08 to M11, M25, M44 to M46."""

from __future__ import annotations

from goldthread.simulation.plans.blocks import DELETED, END, INSERTED
from goldthread.simulation.plans.faults.planting import Planter, Planting, append, on_item
from goldthread.simulation.plans.sample import Fault, Section

CHILD, COMMUNICATE, PARENT, SHARED = (0, 1), 2, 3, 4
"""Where a sound Section A has its parts (see `views.write_views`)."""


def no_child_part(work: Planting) -> list[Fault]:
    section = _views(work)
    section.before = section.before[COMMUNICATE:]
    note = "Nothing says what the child thinks or wants."
    return [Fault("M08", "A", "", note, unsure=("M09", "M10", "M25", "M15"))]


def no_method(work: Planting) -> list[Fault]:
    section = _views(work)
    quote = section.before[1][:60]
    child = work.plan.child
    section.before = [section.before[1], section.before[COMMUNICATE],
                      f"{child.mother} hopes that {child.forename} will be happy."]  # fmt: skip
    note = "Nothing says how, when and by whom the views were gathered."
    return [Fault("M09", "A", quote, note, unsure=("M08", "M10"))]


def no_capacity(work: Planting) -> list[Fault]:
    section = _views(work)
    if not section.after:
        return []
    section.after = []
    note = "The young person is over compulsory school age and capacity is not considered."
    return [Fault("M09", "A", "", note)]


def few_topics(work: Planting) -> list[Fault]:
    section = _views(work)
    wishes = [s for s in section.before[1].strip("“”").split(". ") if "want" in s]
    said = ". ".join(wishes) + ("" if wishes[-1].endswith(".") else ".")
    section.before = [section.before[0], said]
    note = "Says nothing of history, health, school or how to communicate."
    return [Fault("M10", "A", "", note, unsure=("M08", "M09", "M25"))]


def scores_in_views(work: Planting) -> list[Fault]:
    line = work.said(work.rng.choice(work.words["scores_in_views"]))
    _views(work).before.append(line)
    return [Fault("M11", "A", line, "Scores or provision stand among the views.",
                  unsure=("M34", "M16", "M17"))]  # fmt: skip


def hope_lost(work: Planting) -> list[Fault]:
    """Takes one outcome's wish out of Section A, and the outcome's reason."""
    item = work.pick("E", part="why")
    if item is None:
        return []
    why = item.parts.pop("why")
    item.text = item.text.replace(f" {why}", "")
    hope = why.partition(" to ")[2].rstrip(".")
    section = _views(work)
    section.before = [_without(text, hope) for text in section.before]
    note = "Nothing in Section A leads to this outcome."
    return [on_item("M25", item, "", note)]


def hard_reading(work: Planting) -> list[Fault]:
    line = work.said(work.rng.choice(work.words["hard"]))
    _views(work).before.append(line)
    unsure = ("M11", "M30", "M31", "M15", "M45")
    return [Fault("M44", "A", line, "Far too hard to read.", unsure=unsure)]


def acronyms(work: Planting) -> list[Fault]:
    line = work.said(work.words["acronyms"])
    work.plan.sections["B"].before.append(line)
    return [Fault("M44", "B", line, "Acronyms that are nowhere written out.",
                  unsure=("M15", "M17", "M11"))]  # fmt: skip


def deficit(work: Planting) -> list[Fault]:
    item = work.pick("B")
    if item is None:
        return []
    line = work.said(work.rng.choice(work.words["deficit"]))
    append(item, line)
    return [on_item("M45", item, line, "Blames or belittles the child.", ("M15",))]


def remnant(work: Planting) -> list[Fault]:
    line = work.said(work.rng.choice(work.words["remnants"]))
    letter = work.rng.choice("BJ")
    if letter not in work.plan.sections:
        return []
    work.plan.sections[letter].after.append(line)
    return [Fault("M46", letter, line, "Template text was left in.", unsure=("M33", "M41", "M15"))]


def tracked(work: Planting) -> list[Fault]:
    """Tracked changes nobody accepted: they show in Word files only."""
    item = work.pick("F", "G")
    if item is None or not item.text:
        return []
    item.parts = {}
    item.marked = f"{DELETED}Reading help will be given. {END}{INSERTED}{item.text}{END}"
    return [on_item("M46", item, "", "Tracked changes were left in (Word files only).")]


def _views(work: Planting) -> Section:
    return work.plan.sections["A"]


def _without(text: str, hope: str) -> str:
    """`text` without the sentence that speaks of `hope`."""
    sentences = text.split(". ")
    kept = [s for s in sentences if hope not in s]
    said = ". ".join(kept)
    return said if said.endswith((".", "”", "?")) or len(kept) == len(sentences) else f"{said}."


VIEWS: dict[str, Planter] = {
    "no-child-part": no_child_part,
    "no-method": no_method,
    "no-capacity": no_capacity,
    "few-topics": few_topics,
    "scores-in-views": scores_in_views,
    "hope-lost": hope_lost,
    "hard-reading": hard_reading,
    "acronyms": acronyms,
    "deficit": deficit,
    "remnant": remnant,
    "tracked": tracked,
}
