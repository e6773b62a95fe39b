"""A mapping of past audits while a person goes through it: columns, questions, answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, get_args

from pydantic import Field, TypeAdapter, ValidationError

from goldthread.core.audit.past_mapping import (
    FACTS,
    Fact,
    PastMapping,
    PastWords,
    answer_value,
    number_of,
    question_columns,
    scale_values,
    suggested_answer,
    suggested_facts,
    suggested_items,
    suggested_scales,
)
from goldthread.core.audit.past_table import PastTable
from goldthread.core.audit.written_dates import Order
from goldthread.core.framework.criterion import Criterion
from goldthread.core.framework.crosswalk import Crosswalk, Relation
from goldthread.core.framework.framework import Framework
from goldthread.core.frozen import Content
from goldthread.records.actions.refusing import WrongField

MOST_LINKS = 4
SCORES = "scores"
RELATIONS: Mapping[str, str] = {
    "exact": "the same", "narrower": "the same, of fewer plans or more strictly",
    "broader": "this and more, in one answer", "part": "a part of this",
}  # fmt: skip
Step = Literal["columns", "questions", "answers", "check"]


class DraftLink(Content):
    """`share`: in a hundred."""

    to: str
    relation: Relation = "exact"
    share: int = 100


class Draft(Content):
    """What was chosen so far. `links`: column -> what it asks; `suggested`: columns whose links
    nobody looked at yet; `scales`: scale -> its columns; `answers`: scale -> value -> “0” to “3”,
    a reason, or empty for no answer."""

    name: str = ""
    tool: str = ""
    facts: Mapping[Fact, str] = Field(default_factory=dict)
    order: Order = "day-first"
    links: Mapping[str, tuple[DraftLink, ...]] = Field(default_factory=dict)
    suggested: tuple[str, ...] = ()
    scales: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    answers: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)
    bounds: Mapping[str, tuple[float, ...]] = Field(default_factory=dict)


class Carried(Content):
    """All that travels from step to step. `sheet`, `head`: as asked for when it was read."""

    table: PastTable
    file: str
    sheet: str = ""
    head: int = 0
    draft: Draft = Field(default_factory=Draft)


CARRIED = TypeAdapter(Carried)


def begun(table: PastTable, words: PastWords) -> Draft:
    """What the headings suggest."""
    facts = suggested_facts(table, words)
    return Draft(facts=facts, order=_order(table, facts.get("date", "")))


def _order(table: PastTable, header: str) -> Order:
    """Month first where a day can only stand second, and nowhere first."""
    first = second = False
    for value in table.values(header) if header else ():
        parts = value.replace("-", "/").replace(".", "/").split("/")
        if len(parts) == 3 and parts[0].isdigit() and parts[1].isdigit() and len(parts[0]) < 3:
            first, second = first or int(parts[0]) > 12, second or int(parts[1]) > 12
    return "month-first" if second and not first else "day-first"


# --- Columns ---------------------------------------------------------------------------------


def columns_from(posted: Any, carried: Carried) -> Draft:
    """Errors: WrongField."""
    headers = set(carried.table.headers)
    facts = {f: h for f in FACTS if (h := str(posted.get(f"fact-{f}", ""))) in headers}
    if "date" not in facts:
        raise WrongField("fact-date", "Choose the column with the date of the audit.")
    twice = next((h for h in facts.values() if list(facts.values()).count(h) > 1), "")
    if twice:
        field = next(f for f, h in facts.items() if h == twice)
        raise WrongField(f"fact-{field}", f"“{twice}” is chosen twice; one column is one thing.")
    numbers = [f for f, h in facts.items() if h in carried.table.numbers and f != "plan"]
    if numbers:
        raise WrongField(
            f"fact-{numbers[0]}", "That column is a child's own number: it can only find the plan."
        )
    order = posted.get("order", "day-first")
    chosen: Order = "month-first" if order == "month-first" else "day-first"
    return carried.draft.model_copy(update={"facts": facts, "order": chosen})


# --- Questions -------------------------------------------------------------------------------


def with_questions(
    carried: Carried, walks: Iterable[Crosswalk], criteria: tuple[Criterion, ...]
) -> Draft:  # fmt: skip
    """Columns that may be questions, with what they probably ask; choices made before stay."""
    draft = carried.draft
    items = question_columns(carried.table, draft.facts.values())
    new = [header for header in items if header not in draft.links]
    found = suggested_items(new, walks, criteria)
    links = {h: draft.links[h] for h in items if h in draft.links}
    links |= {
        h: tuple(DraftLink(to=k.to, relation=k.relation, share=round(k.share * 100))
                 for k in found[h].links) if h in found else ()
        for h in new
    }  # fmt: skip
    order = {h: links[h] for h in items}
    return draft.model_copy(update={"links": order, "suggested": tuple(found)})


def questions_from(posted: Any, carried: Carried, known: Iterable[str]) -> tuple[Draft, bool]:
    """The links as posted, and whether another line was asked for. Errors: WrongField."""
    criteria = set(known)
    links: dict[str, tuple[DraftLink, ...]] = {}
    more = False
    for i, header in enumerate(carried.draft.links):
        found = [
            _link(posted, i, j)
            for j in range(MOST_LINKS) if str(posted.get(f"to-{i}-{j}", "")) in criteria
        ]  # fmt: skip
        if len({link.to for link in found}) < len(found):
            raise WrongField(f"to-{i}-0", f"“{header}” names one question twice; keep it once.")
        links[header] = tuple(found)
        more = more or bool(posted.get(f"more-{i}"))
    if not any(links.values()):
        raise WrongField(
            "to-0-0", "Choose for at least one column which question of the standard it answers."
        )
    return carried.draft.model_copy(update={"links": links, "suggested": ()}), more


def _link(posted: Any, i: int, j: int) -> DraftLink:
    relation = str(posted.get(f"relation-{i}-{j}", ""))
    share = str(posted.get(f"share-{i}-{j}", "100")).strip().rstrip("%")
    if not (share.isdecimal() and 0 < int(share) <= 100):
        raise WrongField(f"share-{i}-{j}", "The share is a whole number from 1 to 100.")
    chosen = relation if relation in get_args(Relation) else "exact"
    return DraftLink(to=str(posted[f"to-{i}-{j}"]), relation=chosen, share=int(share))  # type: ignore[arg-type]


# --- Answers ---------------------------------------------------------------------------------


def with_answers(carried: Carried, words: PastWords) -> Draft:
    """Each scale with its values and what they probably mean; choices made before stay."""
    draft = carried.draft
    linked = [header for header, links in draft.links.items() if links]
    scales = suggested_scales(carried.table, linked, words)
    answers = {}
    for scale, columns in scales.items():
        values = [v for v, _ in scale_values(carried.table, columns)]
        before = next((draft.answers[s] for s, c in draft.scales.items()
                       if set(c) & set(columns) and s in draft.answers), {})  # fmt: skip
        answers[scale] = {
            v: before[v] if v in before else _meant(suggested_answer(v, values, words))
            for v in values if scale != SCORES or number_of(v) is None
        }  # fmt: skip
    return draft.model_copy(update={"scales": scales, "answers": answers})


def _meant(suggested: str | None) -> str:
    """“?” where a person must say it."""
    return "?" if suggested is None else suggested


def answers_from(posted: Any, carried: Carried, allowed: Iterable[str]) -> Draft:
    """Errors: WrongField for an answer that is not chosen, or bounds that do not rise."""
    known = {*allowed, ""}
    answers: dict[str, dict[str, str]] = {}
    for s, (scale, values) in enumerate(carried.draft.answers.items()):
        answers[scale] = {}
        for v, value in enumerate(values):
            said = str(posted.get(f"answer-{s}-{v}", "?"))
            if said not in known:
                raise WrongField(f"answer-{s}-{v}", f"Choose what “{value}” means.")
            answers[scale][value] = said
    update: dict[str, Any] = {"answers": answers}
    if SCORES in carried.draft.scales:
        update["bounds"] = {SCORES: _bounds(posted)}
    return carried.draft.model_copy(update=update)


def _bounds(posted: Any) -> tuple[float, float, float]:
    found = []
    for n in (1, 2, 3):
        said = str(posted.get(f"bound-{n}", "")).strip().rstrip("%")
        try:
            found.append(float(said))
        except ValueError:
            raise WrongField(f"bound-{n}", f"Say from which score on the answer is {n}.") from None
    if not found[0] < found[1] < found[2]:
        raise WrongField("bound-1", "The three scores must rise.")
    return found[0], found[1], found[2]


# --- As a mapping ----------------------------------------------------------------------------


def mapping_of(carried: Carried, framework: Framework, author: str) -> PastMapping:
    """The mapping that the choices make. Errors: WrongField, one sentence, when they make none."""
    draft, table = carried.draft, carried.table
    of = {header: scale for scale, columns in draft.scales.items() for header in columns}
    scales = {
        scale: {v: answer_value(said) for v, said in draft.answers.get(scale, {}).items() if said}
        | ({str(n): n for n in range(4)} if scale == SCORES else {})
        for scale in draft.scales
    }  # fmt: skip
    items = [
        {"id": header, "question": header, "scale": of[header],
         "links": [{"to": k.to, "relation": k.relation, "share": k.share / 100} for k in links]}
        for header, links in draft.links.items() if links and header in of
    ]  # fmt: skip
    items += [{"id": header, "question": header, "scale": next(iter(scales))}
              for header, links in draft.links.items() if not links and scales]  # fmt: skip
    silent = {s: [v for v, said in a.items() if not said] for s, a in draft.answers.items()}
    try:
        return PastMapping.model_validate({
            "layout": table.layout, "sheet": carried.sheet, "head": carried.head,
            "facts": draft.facts, "date_order": draft.order, "bounds": draft.bounds,
            "silent": {s: v for s, v in silent.items() if v},
            "crosswalk": {"reference": framework.key, "tool": draft.tool or table.name,
                          "scales": scales, "items": items, "author": author},
        })  # fmt: skip
    except ValidationError as error:
        said = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise WrongField("name", f"The mapping is not whole: {said}.") from error


def draft_of(mapping: PastMapping, name: str) -> Draft:
    """The choices that made a saved mapping, to change them."""
    walk = mapping.crosswalk
    links = {
        i.id: tuple(DraftLink(to=k.to, relation=k.relation, share=round(k.share * 100))
                    for k in i.links)
        for i in walk.items
    }  # fmt: skip
    scales: dict[str, tuple[str, ...]] = {}
    for item in walk.items:
        if item.links:
            scales[item.scale] = (*scales.get(item.scale, ()), item.id)
    answers = {
        scale: {v: str(said) for v, said in values.items()
                if not (scale in mapping.bounds and v in ("0", "1", "2", "3"))}
        | dict.fromkeys(mapping.silent.get(scale, ()), "")
        for scale, values in walk.scales.items()
    }  # fmt: skip
    return Draft(
        name=name, tool=walk.tool, facts=mapping.facts, order=mapping.date_order, links=links,
        scales=scales, answers=answers, bounds=mapping.bounds,
    )  # fmt: skip
