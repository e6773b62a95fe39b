"""Section K of a sound plan: who gave advice, in what role, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from goldthread.simulation.plans.sample import Advice, SamplePlan
from goldthread.simulation.plans.stock import Stock, Triple

THERAPISTS = (
    ("speech and language therap", "salt"),
    ("occupational therap", "ot"),
    ("physiotherap", "physio"),
)


def list_advice(
    plan: SamplePlan, stock: Stock, chosen: list[Triple], names: list[str]
) -> list[Advice]:
    """What regulation 6(1) asks for, and the therapists and teachers the plan speaks of."""
    child, roles = plan.child, stock.papers["roles"]
    child.diagnoses = _conditions(stock, chosen)
    entries = [Advice("parents", roles["parents"], f"{child.mother} {child.surname}",
                      plan.dates["parent_told"])]  # fmt: skip
    for place, profession in enumerate(_professions(child.age, chosen)):
        day = plan.dates["advice"] + dt.timedelta(days=3 * place)
        note = ""
        if profession == "medical" and child.diagnoses:
            note = "confirms " + ", ".join(child.diagnoses)
        entries.append(Advice(profession, roles[profession], names[place], day, note))
    return entries


def _professions(age: str, chosen: Iterable[Triple]) -> list[str]:
    found = ["early-years" if age == "e" else "school", "ep", "medical", "social-care"]
    texts = " ".join(f"{t.who} {t.expert} {t.also} {t.review}" for t in chosen).lower()
    found += [profession for words, profession in THERAPISTS if words in texts]
    found += ["hearing"] if any(t.hearing for t in chosen) else []
    found += ["vision"] if any(t.vision for t in chosen) else []
    return found


def _conditions(stock: Stock, chosen: Iterable[Triple]) -> list[str]:
    """Conditions that the plan's text names: whoever names one has it from advice."""
    texts = " ".join(f"{t.need} {t.expert} {t.also} {t.does} {t.who}" for t in chosen).lower()
    known = stock.views["conditions"]
    return [name for name, words in known.items() if any(word in texts for word in words)]
