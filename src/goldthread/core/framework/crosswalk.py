"""How a local audit tool answers the reference's questions, and how much of them it reaches.

An item maps to one or more reference criteria by a relation, an answer for each of its own values,
and a share. No reference answer is ever made from an overall local grade.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import Field, model_validator

from goldthread.core.framework.criterion import Criterion, CriterionId, NotApplicable
from goldthread.core.frozen import Content, Slug

Relation = Literal["exact", "narrower", "broader", "part"]
"""The local item, beside the reference's question: asks the same; asks the same of fewer cases or
more strictly; asks more than it in one answer; asks one part of it."""
Answer = int | str
"""0 to 3, or a reason code for not applicable."""
Class = Literal["A", "B", "C"]
COUNTED: tuple[Relation, ...] = ("exact", "narrower")
BENCHMARKED, SHOWN = 0.80, 0.50
"""Least coverage of class A and of class B."""
CLASS_WORDS: Mapping[Class, str] = {
    "A": "Class A: enough of the core is asked for results to be benchmarked.",
    "B": "Class B: results may be shown beside others with a warning, because much is not asked.",
    "C": "Class C: too little of the core is asked; results are not compared.",
}


class Link(Content):
    """What one local item says about one reference criterion."""

    to: CriterionId
    relation: Relation
    share: float = Field(default=1.0, gt=0, le=1)
    """How much of the reference's question it asks, 0 to 1."""
    scale: Slug | Literal[""] = ""
    """Another scale than the item's own for this link."""


class LocalItem(Content):
    """One question of the local tool: its own criterion, or one only named here."""

    id: str
    question: str
    scale: Slug
    overall: bool = False
    """An overall grade: kept beside, never turned into answers."""
    links: tuple[Link, ...] = ()
    """Empty: the item stays local."""
    note: str = ""

    @model_validator(mode="after")
    def _no_answer_from_an_overall_grade(self) -> LocalItem:
        if self.overall and self.links:
            raise ValueError("an overall grade says nothing of single questions; remove its links")
        return self


class Crosswalk(Content):
    """`crosswalk.yaml` of a local edition."""

    reference: str
    """“ehc-ref@2026.1”."""
    tool: str
    """The local tool as its users call it."""
    scales: Mapping[Slug, Mapping[str, Literal[0, 1, 2, 3] | NotApplicable]]
    """Scale -> local value -> answer 0 to 3, or a reason code."""
    items: tuple[LocalItem, ...] = Field(min_length=1)
    author: str
    checker: str = "none yet"

    @model_validator(mode="after")
    def _scales_are_known_and_ids_once(self) -> Crosswalk:
        named = {s for i in self.items for s in (i.scale, *(link.scale for link in i.links)) if s}
        unknown = sorted(named - set(self.scales))
        if unknown:
            raise ValueError(f"there is no scale “{unknown[0]}”; name it under scales")
        ids = [item.id for item in self.items]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            raise ValueError(f"item “{twice[0]}” is written twice; remove one")
        return self


@dataclass(frozen=True)
class Coverage:
    """How much of the reference a tool reaches. `share`: of the weight of the CORE, 0 to 1."""

    share: float
    mapped: tuple[str, ...]
    """Core criteria reached by exact or narrower links."""
    not_mapped: tuple[str, ...]
    weight: int
    of: int
    graded: Class
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Translation:
    """Reference answers made from local ones, with what could not be made and why."""

    answers: Mapping[str, Answer]
    made_from: Mapping[str, tuple[str, ...]]
    """Reference criterion -> the local items it was made from."""
    compared: frozenset[str]
    """Those made by exact or narrower links, which alone are compared."""
    warnings: tuple[str, ...]


def coverage(crosswalk: Crosswalk, criteria: Sequence[Criterion]) -> Coverage:
    """The mapped weight of the reference's core, its class, and warnings in words."""
    reached = {link.to for item in crosswalk.items for link in item.links
               if link.relation in COUNTED}  # fmt: skip
    core = [c for c in criteria if c.core]
    weight = sum(c.weight for c in core if c.id in reached)
    of = sum(c.weight for c in core)
    share = weight / of if of else 0.0
    graded: Class = "A" if share >= BENCHMARKED else "B" if share >= SHOWN else "C"
    return Coverage(
        share=share,
        mapped=tuple(c.id for c in core if c.id in reached),
        not_mapped=tuple(c.id for c in core if c.id not in reached),
        weight=weight,
        of=of,
        graded=graded,
        warnings=(CLASS_WORDS[graded], *_about(crosswalk, reached)),
    )


def _about(crosswalk: Crosswalk, reached: set[str]) -> Iterable[str]:
    low = sorted(n for n, scale in crosswalk.scales.items() if _top(scale) < 3)
    if low:
        yield (
            f"The scale {', '.join(f'“{n}”' for n in low)} cannot give a 3; compare only the share "
            "of answers at 2 or more."
        )
    partly = sorted({link.to for i in crosswalk.items for link in i.links} - reached)
    if partly:
        yield f"Reached only by broader or part links, so not counted: {', '.join(partly)}."
    alone = [i.id for i in crosswalk.items if not i.links and not i.overall]
    if alone:
        yield f"Asked only here, so they stay local: {', '.join(alone)}."
    overall = [i.id for i in crosswalk.items if i.overall]
    if overall:
        yield f"Overall grades, never turned into answers: {', '.join(overall)}."


def _top(scale: Mapping[str, Answer]) -> int:
    return max((a for a in scale.values() if isinstance(a, int)), default=0)


def translate(
    crosswalk: Crosswalk, answers: Mapping[str, str], families: Mapping[str, str]
) -> Translation:
    """Reference answers from local ones (item -> local value).

    Exact links come first, then narrower ones, then parts that together ask the whole question;
    several of one relation are weighed by share and rounded down. Broader links give none.
    `families`: reference criterion -> descriptor family, because presence has no 3.
    Errors: ValueError, one sentence, for an unknown item or value.
    """
    said = _said(crosswalk, answers)
    found: dict[str, Answer] = {}
    made: dict[str, tuple[str, ...]] = {}
    compared: set[str] = set()
    warnings: list[str] = []
    for criterion, links in said.items():
        relation, chosen = _chosen(links)
        if not chosen:
            warnings.append(_why_none(criterion, links))
            continue
        found[criterion] = _together(chosen, 2 if families.get(criterion) == "presence" else 3)
        made[criterion] = tuple(item for item, _, _ in chosen)
        if relation in COUNTED:
            compared.add(criterion)
        else:
            warnings.append(f"{criterion}: put together from parts; not compared with others.")
    return Translation(found, made, frozenset(compared), tuple(warnings))


_Said = tuple[str, Link, Answer]


def _said(crosswalk: Crosswalk, answers: Mapping[str, str]) -> dict[str, list[_Said]]:
    items = {item.id: item for item in crosswalk.items}
    by_criterion: dict[str, list[_Said]] = defaultdict(list)
    for name, value in answers.items():
        if name not in items:
            raise ValueError(f"{crosswalk.tool} has no item “{name}”; see its crosswalk.yaml.")
        item = items[name]
        _answer(crosswalk, item, item.scale, value)
        for link in item.links:
            answer = _answer(crosswalk, item, link.scale or item.scale, value)
            by_criterion[link.to].append((name, link, answer))
    return by_criterion


def _answer(crosswalk: Crosswalk, item: LocalItem, scale: str, value: str) -> Answer:
    known = crosswalk.scales[scale]
    if value not in known:
        raise ValueError(f"{item.id}: “{value}” is no value of its scale: {', '.join(known)}.")
    return known[value]


def _chosen(links: Sequence[_Said]) -> tuple[Relation, list[_Said]]:
    for relation in COUNTED:
        chosen = [one for one in links if one[1].relation == relation]
        if chosen:
            return relation, chosen
    parts = [one for one in links if one[1].relation == "part"]
    whole = sum(link.share for _, link, _ in parts) >= 0.999
    return "part", parts if whole else []


def _together(chosen: Sequence[_Said], most: int) -> Answer:
    """The share-weighed mean, rounded down; a reason only when every item gives one."""
    numbers = [(link.share, min(a, most)) for _, link, a in chosen if isinstance(a, int)]
    if not numbers:
        return chosen[0][2]
    weight = sum(share for share, _ in numbers)
    # A hair above, so that 0.6 x 2 + 0.4 x 2 is 2 and not 1.
    return int(sum(share * a for share, a in numbers) / weight + 1e-9)


def _why_none(criterion: str, links: Sequence[_Said]) -> str:
    names = ", ".join(dict.fromkeys(item for item, _, _ in links))
    asked = sum(link.share for _, link, _ in links if link.relation == "part")
    if asked:
        return f"{criterion}: {names} ask only {asked:.0%} of it, so no answer was made."
    return f"{criterion}: {names} asks more than it in one answer, so no answer was made."
