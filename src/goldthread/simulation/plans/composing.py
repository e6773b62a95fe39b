"""Composes a sound plan: needs, outcomes and provision that belong together, and all the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from random import Random

from goldthread.simulation.plans.advice_list import list_advice
from goldthread.simulation.plans.layouts import choose_layout
from goldthread.simulation.plans.people import (
    age_on,
    invent_child,
    invent_dates,
    next_move,
    school_year,
)
from goldthread.simulation.plans.sample import Child, Item, SamplePlan, Section
from goldthread.simulation.plans.stock import AREAS, FOUR, Stock, Triple
from goldthread.simulation.plans.views import write_views
from goldthread.simulation.plans.wording import fill, first_lower, first_upper, long_date

Said = Callable[[str], str]
"""Fills a template for this child."""
STATUSES = ("draft", "final", "amended")
DOMAINS = ("work", "living", "community", "health")


def compose(
    rng: Random,
    stock: Stock,
    *,
    seed: int,
    number: int,
    status: str,
    family: str,
    age: str,
    today: dt.date,
) -> SamplePlan:
    """A plan without a fault, as far as we know how to write one."""
    child = invent_child(rng, stock, today, age)
    names = rng.sample(stock.names["professionals"], 12)
    plan = SamplePlan(
        seed=seed,
        number=number,
        status=status,
        today=today,
        child=child,
        dates=invent_dates(rng, status, today, child.age == "e"),
        version=str(rng.randint(2, 5)) if status == "amended" else "1",
        officer=names.pop(),
        layout=choose_layout(rng, stock, family),
        sections={},
        advice=[],
    )
    chosen = choose_triples(rng, stock, child, today)
    _write_items(plan, chosen)
    plan.advice = list_advice(plan, stock, chosen, names)
    _write_nils(plan, stock, chosen)
    write_views(rng, plan, stock, chosen)
    _write_ends(plan, stock)
    return plan


def choose_triples(rng: Random, stock: Stock, child: Child, today: dt.date) -> list[Triple]:
    """5 to 12 triples: two or more of the four areas, adulthood from Year 9, health and care."""
    chosen: list[Triple] = []
    grown = child.year >= 9
    areas = rng.sample(FOUR, rng.choice((2, 3, 3, 4)) if grown else rng.choice((3, 4, 4)))
    for area in AREAS[:-1]:
        if area in areas or (area == "independence" and not grown and rng.random() < 0.6):
            found = stock.triples_for(area, child.age, child.level)
            chosen += rng.sample(found, min(len(found), 1 if grown else rng.choice((1, 2, 2))))
    if grown:
        pool = stock.triples_for("adulthood", child.age, child.level)
        chosen += [rng.choice([t for t in pool if t.domain == d]) for d in DOMAINS]
    adult = age_on(child.born, today) >= 18
    for area in ("health", "care"):
        found = stock.triples_for(area, child.age, child.level)
        if area == "care":
            found = [t for t in found if t.adult == adult]
        if found and rng.random() < 0.5:
            chosen.append(rng.choice(found))
    order = {area: place for place, area in enumerate((*AREAS, "health", "care"))}
    return sorted(chosen, key=lambda t: order[t.area])


def triple_items(plan: SamplePlan, triple: Triple, number: int) -> list[Item]:
    """Need, outcome and provision of `triple` for this child."""
    child = plan.child
    words = {"name": child.forename}

    def said(template: str) -> str:
        return fill(template, child.pronoun, words)

    topic = said(triple.topic)

    def item(letter: str, parts: dict[str, str], text: str = "") -> Item:
        return Item(letter, triple.area, number, triple.id, topic, text or " ".join(parts.values()),
                    parts)  # fmt: skip

    need = {"need": said(triple.need) + "."}
    if triple.score:
        need["score"] = said(triple.score).replace(
            "{assessed}", long_date(plan.dates["advice"])) + "."  # fmt: skip
    letters = LETTERS_OF.get(triple.area, ("B", "F"))
    made = [
        item(letters[0], need),
        item("E", _outcome(plan, triple, number, said)),
        _provision(triple, triple.section or letters[1], item, said),
    ]
    if triple.also:
        made.append(item(letters[1], {"what": said(triple.also)}))
    return made


LETTERS_OF = {"health": ("C", "G"), "care": ("D", "H1")}


def _outcome(plan: SamplePlan, triple: Triple, number: int, said: Said) -> dict[str, str]:
    when, step = target_dates(plan, number)
    measured = f"{plan.dates['advice']:%B %Y}"
    return {
        "outcome": f"By {when} {plan.child.forename} will {said(triple.will)}.",
        "baseline": f"Now ({measured}) {said(triple.now)}.",
        "steps": f"First step, by {step}: {said(triple.step)}.",
        "why": said(f"This will help {{him}} to {triple.hope}."),
    }


def _provision(triple: Triple, letter: str, item: Callable[..., Item], said: Said) -> Item:
    parts = {
        "what": first_upper(said(triple.does)),
        "who": triple.who,
        "how_much": triple.time,
        "how_often": triple.often,
        "qualification": said(triple.expert),
        "review": said(triple.review),
    }
    return item(letter, parts, provision_text(parts))


def provision_text(parts: dict[str, str]) -> str:
    """The parts of provision as sentences."""
    does = first_lower(parts["what"])
    first = f"{parts['who']} will {does} for {parts['how_much']} {parts['how_often']}."
    rest = [parts[key] for key in ("qualification", "review") if parts.get(key)]
    return " ".join([first, *rest])


def target_dates(plan: SamplePlan, number: int) -> tuple[str, str]:
    """When the outcome is due, and its first step: three timescales, by turns."""
    begun = school_year(plan.dates["issued"] + dt.timedelta(days=240))
    year = plan.child.year + begun - school_year(plan.today)
    ahead = number % 3
    step = f"December {begun}" if plan.dates["issued"].month < 9 else f"April {begun + 1}"
    if ahead == 0:
        return f"December {begun + 1}", f"May {begun + 1}"
    due = begun + ahead
    if 0 < year + ahead - 1 <= 11:
        return f"the end of Year {year + ahead - 1} (July {due})", step
    return f"July {due}", step


def _write_items(plan: SamplePlan, chosen: list[Triple]) -> None:
    for letter in ("A", "B", "C", "D", "E", "F", "G", "H1", "H2", "I", "J", "K"):
        plan.sections[letter] = Section(letter)
    for number, triple in enumerate(chosen, 1):
        for item in triple_items(plan, triple, number):
            plan.sections[item.letter].items.append(item)
        section = plan.sections[LETTERS_OF.get(triple.area, ("B",))[0]]
        words = {"name": plan.child.forename}
        line = fill(triple.can, plan.child.pronoun, words) + "."
        section.strengths.setdefault(triple.area, []).append(line)


def _write_nils(plan: SamplePlan, stock: Stock, chosen: list[Triple]) -> None:
    by = {entry.profession: entry for entry in plan.advice}
    lines, have = stock.views["nil"], {t.area for t in chosen}

    def nil(key: str, profession: str) -> str:
        entry = by[profession]
        day = long_date(entry.day) if entry.day else ""
        words = {"author": entry.author, "role": first_lower(entry.role), "day": day,
                 "forename": plan.child.forename}  # fmt: skip
        return fill(lines[key], plan.child.pronoun, words)

    for area in FOUR:
        if area not in have:
            plan.sections["B"].nil_areas[area] = nil("area", "ep")
    for letter, who in (("C", "medical"), ("D", "social-care"), ("G", "medical"),
                        ("H1", "social-care"), ("H2", "social-care")):  # fmt: skip
        if not plan.sections[letter].items:
            adult = letter == "H1" and age_on(plan.child.born, plan.today) >= 18
            plan.sections[letter].before.append(nil("H1_adult" if adult else letter, who))


def _write_ends(plan: SamplePlan, stock: Stock) -> None:
    views, child, dates = stock.views, plan.child, plan.dates
    words = {
        "forename": child.forename,
        "board": child.board,
        "agreed": long_date(dates["agreed"]),
        "told": long_date(dates["told"]),
        "review_due": long_date(dates["review_due"]),
        "next_move": next_move(child, plan.today),
        "setting_role": "SENCO" if child.age != "a" else "college learning support manager",
    }
    if plan.sections["G"].items:
        plan.sections["G"].after.append(fill(views["agreed"], child.pronoun, words))
    plan.sections["E"].after.append(fill(_turn(views["monitoring"], plan), child.pronoun, words))
    if age_on(child.born, plan.today) >= 18:
        plan.sections["H2"].after.append(fill(views["care_act"], child.pronoun, words))
    if plan.status != "draft":
        plan.sections["I"].before.append(f"{child.school}, {child.setting_type}.")
    plan.sections["J"].before.append(_budget(plan, stock))


def _turn(lines: list[str], plan: SamplePlan) -> str:
    return lines[plan.number % len(lines)]


def _budget(plan: SamplePlan, stock: Stock) -> str:
    """A direct payment for care at home where there is some, else that none was asked for."""
    direct = [item for item in plan.items("H1") if item.triple == "personal-assistant"]
    if not direct or plan.number % 2:
        return str(stock.views["nil"]["J"])
    words = {"number": str(direct[0].number), "letter": "H1"}
    return fill(stock.views["budget"], plan.child.pronoun, words)
