"""Section A of a sound plan: who spoke, how it was found out, and what was said."""

from __future__ import annotations

from random import Random

from goldthread.simulation.plans.people import past_school_age
from goldthread.simulation.plans.sample import SamplePlan
from goldthread.simulation.plans.stock import Stock, Triple
from goldthread.simulation.plans.wording import fill, long_date


def write_views(rng: Random, plan: SamplePlan, stock: Stock, chosen: list[Triple]) -> None:
    """Fills Section A: the child's part, how to communicate, the parents' part, rights at 16."""
    child, views = plan.child, stock.views
    words = view_words(rng, plan, stock)
    watched = child.age == "e" or child.level == "low"
    lead, lines = ("child_watched", "i_show") if watched else ("child", "i_say")
    want = views["i_show_want" if watched else "i_want"]
    said = [fill(line, child.pronoun if watched else "I", words) for line in views[lines]]
    voice = child.pronoun if watched else "I"
    said += [fill(want.replace("{hope}", t.hope), voice, words) for t in chosen]
    body = " ".join(said)
    section = plan.sections["A"]
    section.before = [
        fill(views[lead], child.pronoun, words),
        body if watched else f"“{body}”",
        fill(views["communicate"], child.pronoun, words),
        fill(views["parent"], child.pronoun, words),
        fill(views["parent_hopes"].replace("{hope}", chosen[0].hope), child.pronoun, words),
    ]
    if past_school_age(child.born, plan.today):
        section.after.append(fill(views["rights"], child.pronoun, words))


def view_words(rng: Random, plan: SamplePlan, stock: Stock) -> dict[str, str]:
    child, names, views = plan.child, stock.names, stock.views
    first, second = rng.sample(views["interests"][child.age], 2)
    friends = rng.sample([n for n in names["friends"] if n != child.forename], 2)
    mother = rng.random() < 0.6
    parent = child.mother if mother else child.father
    teller = next(a.author for a in plan.advice if a.profession in ("school", "early-years"))
    return {
        "forename": child.forename,
        "teller": teller,
        "told": long_date(plan.dates["told"]),
        "parent_told": long_date(plan.dates["parent_told"]),
        "how": rng.choice(views["gathered"]),
        "sibling": rng.choice(names["siblings"]),
        "sibling_word": rng.choice(("brother", "sister")),
        "interest": first,
        "interest2": second,
        "friend": friends[0],
        "friend2": friends[1],
        "parent": f"{parent} {child.surname}",
        "parent_word": "mother" if mother else "father",
        "officer": plan.officer,
        "child_word": "young person" if child.age in "sa" else "child",
    }
