"""Invented plans for tests, built without a parser. No real child."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from goldthread.core.checks.engine import Checker, known_kinds
from goldthread.core.checks.finding import Suggestion
from goldthread.core.plan.document import Location, Numbering, Paragraph, RawDocument
from goldthread.core.plan.plan import (
    Advice,
    Child,
    Facts,
    Item,
    ItemKind,
    Person,
    Plan,
    Section,
    Stated,
    StatedDate,
)
from goldthread.readers.frameworks import load_framework

TODAY = dt.date(2026, 11, 24)
KINDS: dict[str, ItemKind] = {
    "B": "need", "C": "need", "D": "need", "E": "outcome",
    "F": "provision", "G": "provision", "H1": "provision", "H2": "provision", "H": "provision",
}  # fmt: skip
SOUND = {
    "A": "Amara says: I want to read stories to my sister and to have a friend at lunchtime.\n"
    "Her mother says that Amara loves music and that mornings are hard.",
    "B": "- Amara has developmental language disorder: she uses single phrases and loses the "
    "thread of instructions of more than one step, so she cannot follow whole-class teaching.",
    "C": "No health needs related to her special educational needs: advice from Dr Okoro, "
    "community paediatrician, dated 3 March 2026.",
    "D": "No social care needs: advice from J. Marsh, social worker, dated 10 March 2026.",
    "E": "- By July 2028 Amara will join two ideas with 'because' or 'so' in 4 of 5 observed "
    "talks; now she uses single phrases.",
    "F": "- A speech and language therapist registered with the HCPC and trained in developmental "
    "language disorder will see Amara one-to-one for 45 minutes once a week in term time.",
    "G": "None needed: advice from Dr Okoro dated 3 March 2026.",
    "H1": "None needed: advice from J. Marsh dated 10 March 2026.",
    "H2": "None needed: advice from J. Marsh dated 10 March 2026.",
    "I": "Northmere Primary School, a mainstream maintained school.",
    "J": "No personal budget was asked for.",
    "K": "- Educational psychologist, Ms R. Adeyemi, 2 March 2026, appended",
}


def document(lines: list[str], name: str = "plan.docx", **changes: Any) -> RawDocument:
    """A document of plain paragraphs; lines that begin with “- ” are list items."""
    numbers = Numbering()
    paragraphs = []
    for line in lines:
        text, bullet = (line[2:], "•") if line.startswith("- ") else (line, "")
        start, number = numbers.take(text)
        paragraphs.append(
            Paragraph(text, Location(page=1, paragraph=number), start=start, bullet=bullet)
        )
    values = {"name": name, "kind": "docx", "digest": "0" * 64, "blocks": tuple(paragraphs),
              "pages": 1}  # fmt: skip
    return RawDocument(**{**values, **changes})


def a_plan(
    sections: Mapping[str, str | None] | None = None,
    *,
    only: bool = False,
    areas: Mapping[str, str] | None = None,
    **changes: Any,
) -> Plan:
    """A sound plan with some sections replaced (None takes one away; `only` leaves out the rest).

    One line a paragraph; “- ” makes an item; in sections B to H without any, every paragraph is
    one. `areas` gives items an area of need: {"B1": "communication"}. Other keywords: name, born,
    pronoun, year_group, school, status, dates, people, advice, family, kind, leftover, problems.
    """
    texts = {} if only else dict[str, str | None](SOUND)
    texts.update(sections or {})
    lines: list[str] = []
    spans: list[tuple[str, int, int]] = []
    for letter, text in texts.items():
        if text is None:
            continue
        body = [line for line in text.split("\n") if line.strip()]
        lines.append(f"Section {letter}")
        spans.append((letter, len(lines), len(lines) + len(body)))
        lines += body
    raw = document(lines, **changes.pop("document", {}))
    built = tuple(
        _section(letter, raw.paragraphs[first:last], raw.paragraphs[first - 1], areas or {})
        for letter, first, last in spans
    )
    return Plan(
        document=raw,
        kind=changes.pop("kind", "plan"),
        kind_reason="It has the sections of a plan.",
        family=changes.pop("family", "prose"),
        sections=built,
        leftover=changes.pop("leftover", ()),
        problems=changes.pop("problems", ()),
        facts=facts(**changes),
    )


def facts(**changes: Any) -> Facts:
    born = changes.pop("born", dt.date(2018, 5, 4))
    status = changes.pop("status", "final")
    name = changes.pop("name", "Amara Okafor")
    here = Location(page=1)
    child = Child(
        name=Stated(name, name, here) if name else None,
        forename=name.split()[0] if name else "",
        surname=name.split()[-1] if name else "",
        known_as=changes.pop("known_as", ""),
        born=StatedDate("born", born, f"{born}", here) if born else None,
        pronoun=changes.pop("pronoun", "she"),
        school=_stated(changes.pop("school", "Northmere Primary School")),
        year_group=_stated(changes.pop("year_group", "Year 4")),
    )
    values: dict[str, Any] = {
        "child": child,
        "status": status,
        "status_said": _stated(f"{status} plan") if status != "unknown" else None,
        "dates": (StatedDate("issued", dt.date(2026, 5, 1), "Issued 1 May 2026", here),),
        "people": (
            Person(name, "child", here),
            Person("Ngozi Okafor", "parent", here),
            Person("R. Adeyemi", "ep", here),
        ),
        "advice": (
            Advice("Educational psychologist, Ms R. Adeyemi, 2 March 2026, appended", here,
                   author="R. Adeyemi", profession="ep", day=dt.date(2026, 3, 2), appended=True),
        ),
    }  # fmt: skip
    return Facts(**{**values, **changes})


def _stated(text: str | None) -> Stated | None:
    return Stated(text, text, Location(page=1)) if text else None


def _section(
    letter: str, paragraphs: tuple[Paragraph, ...], heading: Paragraph, areas: Mapping[str, str]
) -> Section:
    listed = [p for p in paragraphs if p.bullet] or list(paragraphs)
    prefix = f"{letter}." if letter[-1].isdigit() else letter
    items = tuple(
        Item(
            id=f"{prefix}{number}",
            letter=letter,
            kind=KINDS[letter],
            text=p.text,
            paragraphs=(p,),
            location=p.location,
            area=areas.get(f"{prefix}{number}", ""),
        )
        for number, p in enumerate(listed, 1)
        if letter in KINDS
    )
    return Section(letter, heading.text, "letter", 1.0, paragraphs, heading.location, items)


@lru_cache
def checker() -> Checker:
    """The reference framework, ready."""
    return Checker(load_framework())


def suggested(plan: Plan, rule_id: str, **given: Any) -> tuple[Suggestion, ...]:
    """What one rule of the reference framework says of `plan`; keywords as `Checker.subject`."""
    rule = next(r for r in checker().framework.rules if r.id == rule_id)
    subject = checker().subject(plan, given.pop("today", TODAY), **given)
    return tuple(known_kinds()[rule.kind](subject, rule))
