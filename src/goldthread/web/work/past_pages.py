"""What the steps of a mapping of past audits show: choices, and a few cells to choose by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from goldthread.core.audit.past_mapping import FACTS, number_of, scale_values
from goldthread.core.audit.past_table import PastTable
from goldthread.core.audit.themes import in_order, theme_of
from goldthread.core.framework.framework import Framework
from goldthread.readers.audits.words import past_words
from goldthread.web.work.past_draft import MOST_LINKS, RELATIONS, SCORES, Carried, DraftLink

ORDERS = {"day-first": "Day first, as 27/3/2026", "month-first": "Month first, as 3/27/2026"}
HINTS = {
    "reference": "So that an audit is known again when the file comes a second time",
    "date": "Each audit counts in the month of its own date",
    "plan": "The plan's reference here, or the identifier of your lists of plans; from a UPN only "
    "a digest is made",
    "overall": "Kept beside each audit, and never turned into answers",
}
NO_ANSWER = "No answer: leave it out"


@dataclass(frozen=True)
class LinkRow:
    """One line of “which question does it answer”."""

    item: int
    number: int
    to: str = ""
    relation: str = "exact"
    share: str = "100"

    @property
    def to_field(self) -> str:
        return f"to-{self.item}-{self.number}"

    @property
    def share_field(self) -> str:
        return f"share-{self.item}-{self.number}"


@dataclass(frozen=True)
class Item:
    """One column of questions."""

    number: int
    header: str
    examples: str
    suggested: bool
    rows: tuple[LinkRow, ...]
    more: bool


@dataclass(frozen=True)
class Value:
    """`field`: its name in the form."""

    field: str
    said: str
    times: int
    picked: str


@dataclass(frozen=True)
class Scale:
    """Columns that are answered alike. `lowest`, `highest`: of scores."""

    number: int
    columns: tuple[str, ...]
    values: tuple[Value, ...]
    scores: bool = False
    lowest: str = ""
    highest: str = ""


def shown(
    at: str, whole: Carried, framework: Framework, posted: Mapping[str, Any], extra: bool
) -> dict[str, Any]:  # fmt: skip
    """The context of one step; `posted`: what could not be kept."""
    if at == "questions":
        return _questions(whole, framework, posted, extra)
    if at == "answers":
        return _answers(whole, framework, posted)
    return _columns(whole, posted)


def _columns(whole: Carried, posted: Mapping[str, Any]) -> dict[str, Any]:
    words, draft = past_words(), whole.draft
    return {
        "facts": [
            (fact, words.facts[fact].title, HINTS.get(fact, ""),
             posted.get(f"fact-{fact}", draft.facts.get(fact, "")))
            for fact in FACTS
        ],
        "headers": [(h, examples(whole.table, h)) for h in whole.table.headers],
        "orders": ORDERS.items(), "order": posted.get("order", draft.order),
    }  # fmt: skip


def examples(table: PastTable, header: str, most: int = 3) -> str:
    """A few of the column's different cells: “Yes, No, Partly …”."""
    if header in table.numbers:
        return "numbers, kept as digests"
    values = [v if len(v) <= 24 else f"{v[:24]}…" for v in table.values(header)]
    return ", ".join(values[:most]) + (" …" if len(values) > most else "")


def _questions(
    whole: Carried, framework: Framework, posted: Mapping[str, Any], extra: bool
) -> dict[str, Any]:  # fmt: skip
    items = [
        Item(
            i, header, examples(whole.table, header), header in whole.draft.suggested,
            _rows(i, links, posted, extra and bool(links)), len(links) < MOST_LINKS,
        )
        for i, (header, links) in enumerate(whole.draft.links.items())
    ]  # fmt: skip
    return {
        "items": items, "criteria": _criteria(framework), "relations": RELATIONS.items(),
        "found": sum(item.suggested for item in items),
    }  # fmt: skip


def _rows(
    i: int, links: Sequence[DraftLink], posted: Mapping[str, Any], blank: bool
) -> tuple[LinkRow, ...]:  # fmt: skip
    if posted:
        sent = [j for j in range(MOST_LINKS) if f"to-{i}-{j}" in posted]
        return tuple(
            LinkRow(i, j, str(posted[f"to-{i}-{j}"]), str(posted.get(f"relation-{i}-{j}", "exact")),
                    str(posted.get(f"share-{i}-{j}", "100")))
            for j in sent
        )  # fmt: skip
    rows = [LinkRow(i, j, k.to, k.relation, str(k.share)) for j, k in enumerate(links)]
    if not rows or (blank and len(rows) < MOST_LINKS):
        rows.append(LinkRow(i, len(rows)))
    return tuple(rows)


def _criteria(framework: Framework) -> list[tuple[str, list[tuple[str, str]]]]:
    """Theme -> its questions as choices, in the order of reading."""
    found: dict[str, list[tuple[str, str]]] = {}
    for criterion in in_order(framework, framework.criteria):
        theme = theme_of(framework, criterion.section)
        said = f"{criterion.id.split('-')[0]} {criterion.question}"
        core = " (core)" if criterion.core else ""
        found.setdefault(framework.themes.get(theme, theme), []).append(
            (criterion.id, (said if len(said) <= 90 else f"{said[:89]}…") + core)
        )
    return list(found.items())


def _answers(
    whole: Carried, framework: Framework, posted: Mapping[str, Any]
) -> dict[str, Any]:  # fmt: skip
    choices = [("", NO_ANSWER)]
    choices += [(n, f"{n} {framework.answers[n]}") for n in ("3", "2", "1", "0")]
    choices += [(code, f"Does not apply: {words[0].lower()}{words[1:]}")
                for code, words in framework.not_applicable.items()]  # fmt: skip
    draft = whole.draft
    bounds = draft.bounds.get(SCORES, ())
    return {
        "scales": [_scale(s, scale, whole, posted) for s, scale in enumerate(draft.scales)],
        "choices": choices,
        "bounds": [
            (n, f"bound-{n}", posted.get(f"bound-{n}", f"{bounds[n - 1]:g}" if bounds else ""))
            for n in (1, 2, 3)
        ],
    }  # fmt: skip


def _scale(s: int, scale: str, whole: Carried, posted: Mapping[str, Any]) -> Scale:
    columns, answers = whole.draft.scales[scale], whole.draft.answers.get(scale, {})
    times = dict(scale_values(whole.table, columns))
    values = tuple(
        Value(
            f"answer-{s}-{v}", said, times.get(said, 0), str(posted.get(f"answer-{s}-{v}", picked))
        )
        for v, (said, picked) in enumerate(answers.items())
    )
    if scale != SCORES:
        return Scale(s, columns, values)
    numbers = sorted(n for v in times if (n := number_of(v)) is not None)
    return Scale(s, columns, values, True, f"{numbers[0]:g}", f"{numbers[-1]:g}")
