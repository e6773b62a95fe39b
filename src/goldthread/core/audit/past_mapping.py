"""How an authority's own spreadsheet of past audits is read: columns, questions, answers.

A person goes through it once, it is saved, and the next year's workbook is read by it. What its
questions ask of the reference is a `Crosswalk`, as that of a local framework is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from goldthread.core.audit.mapping import plain
from goldthread.core.audit.past_table import PastTable
from goldthread.core.audit.written_dates import Order
from goldthread.core.framework.criterion import Criterion, NotApplicable
from goldthread.core.framework.crosswalk import Crosswalk, LocalItem
from goldthread.core.frozen import Content, Slug

Fact = Literal["reference", "date", "plan", "agency", "need", "phase", "overall"]
FACTS: tuple[Fact, ...] = ("reference", "date", "plan", "agency", "need", "phase", "overall")
MOST_ITEMS = 100
MOST_VALUES = 15
"""Different answers of one column of questions; more are words, not answers."""
LONGEST_VALUE = 40
MANY_NUMBERS = 6
"""A column with more different numbers than this is scored, and its answers start at bounds."""


class Known(Content):
    """A thing that columns hold, and the headings under which it is known."""

    title: str
    headers: tuple[str, ...]


class PastWords(Content):
    """`reference/lists/past_audits.yaml`."""

    source: str
    facts: Mapping[Fact, Known]
    personal: tuple[Known, ...]
    """What says who a child, a parent or an auditor is; never taken in."""
    numbers: tuple[Known, ...]
    """Numbers of a child, from which only a digest is made, to find the plan by."""
    agencies: Mapping[str, tuple[str, ...]]
    answers: Mapping[str, tuple[str, ...]]
    """“0” to “3”, a reason, or empty for no answer -> what tools say."""

    @cached_property
    def known_facts(self) -> dict[str, Fact]:
        return {plain(h): fact for fact, known in self.facts.items() for h in known.headers}

    @cached_property
    def known_answers(self) -> dict[str, str]:
        return {plain(w): answer for answer, words in self.answers.items() for w in words}

    @cached_property
    def known_agencies(self) -> dict[str, str]:
        return {plain(w): code for code, words in self.agencies.items() for w in (code, *words)}


class PastMapping(Content):
    """How one tool's audits are read. The crosswalk's items are named as the columns are headed."""

    layout: Literal["rows", "sheets"] = "rows"
    sheet: str = ""
    """Of audits a row; empty for the sheet that fits best."""
    head: int = Field(default=0, ge=0, le=60)
    """Row of the headings, from 1; 0: the row that looks like it."""
    facts: Mapping[Fact, str]
    """What is known of an audit -> the heading of its column."""
    date_order: Order = "day-first"
    crosswalk: Crosswalk
    bounds: Mapping[Slug, tuple[float, float, float]] = Field(default_factory=dict)
    """Scale of scores -> the least score for an answer of 1, 2 and 3."""
    silent: Mapping[Slug, tuple[str, ...]] = Field(default_factory=dict)
    """Scale -> what it says where a question was not answered."""

    @model_validator(mode="after")
    def _has_a_date_and_rising_bounds(self) -> PastMapping:
        if "date" not in self.facts:
            raise ValueError("choose the column with the date of the audit")
        for scale, bounds in self.bounds.items():
            if not bounds[0] < bounds[1] < bounds[2]:
                raise ValueError(f"the scores of “{scale}” must rise from answer 1 to 3")
            if any(self.crosswalk.scales[scale].get(str(n)) != n for n in range(4)):
                raise ValueError(f"the scale “{scale}” of scores needs the answers 0 to 3")
        return self


# --- What a table seems to say ---------------------------------------------------------------


def suggested_facts(table: PastTable, words: PastWords) -> dict[Fact, str]:
    """The first column known for each fact. A guess for a person to look at."""
    found: dict[Fact, str] = {}
    for header in table.headers:
        fact = words.known_facts.get(plain(header))
        if fact is not None:
            found.setdefault(fact, header)
    return found


def question_columns(table: PastTable, facts: Iterable[str]) -> tuple[str, ...]:
    """Columns that look like answers to questions: few different values, all of them short."""
    taken = set(facts)
    found = [h for h in table.headers if h not in taken and h not in table.numbers
             and _answers(table, h)]  # fmt: skip
    return tuple(found[:MOST_ITEMS])


def _answers(table: PastTable, header: str) -> bool:
    values = table.values(header)
    if not values or any(len(v) > LONGEST_VALUE for v in values):
        return False
    return len(values) <= MOST_VALUES or all(number_of(v) is not None for v in values)


def number_of(text: str) -> float | None:
    """“85%”, “0.85” and “3” as 85, 0.85 and 3; None for what is no number."""
    found = re.fullmatch(r"(-?\d{1,6}(?:\.\d+)?)\s*(%?)", text.strip())
    return float(found[1]) if found else None


def suggested_scales(
    table: PastTable, items: Sequence[str], words: PastWords
) -> dict[str, tuple[str, ...]]:
    """Groups of columns that are answered alike: name of a scale -> its columns.

    Columns belong together when they share an answer that is not one of “does not apply” or “not
    answered”; columns of many different numbers are scores.
    """
    quiet = {p for p, a in words.known_answers.items() if a not in ("0", "1", "2", "3")}
    groups: list[tuple[set[str], list[str]]] = []
    scores: list[str] = []
    for header in items:
        values = {plain(v) or v for v in table.values(header)} - quiet
        if is_scored(table.values(header)):
            scores.append(header)
            continue
        same = [g for g in groups if g[0] & values]
        shared = set().union(values, *(g[0] for g in same))
        columns = [*(column for g in same for column in g[1]), header]
        groups = [*(g for g in groups if g not in same), (shared, columns)]
    groups.sort(key=lambda g: items.index(g[1][0]))
    named = {f"answers-{n}" if n > 1 else "answers": tuple(columns)
             for n, (_, columns) in enumerate(groups, 1)}  # fmt: skip
    return named | ({"scores": tuple(scores)} if scores else {})


def is_scored(values: Sequence[str]) -> bool:
    """Whether these are scores (percentages, or many numbers), not choices of a few."""
    numbers = [v for v in values if number_of(v) is not None]
    return len(numbers) > MANY_NUMBERS or any(v.endswith("%") for v in numbers)


def scale_values(table: PastTable, columns: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Each different answer of these columns, as first written, and how often it comes."""
    counts: Counter[str] = Counter()
    first: dict[str, str] = {}
    for header in columns:
        for value, times in table.counted(header).items():
            key = plain(value) or value
            first.setdefault(key, value)
            counts[key] += times
    return tuple((first[key], times) for key, times in sorted(counts.items()))


def suggested_answer(value: str, all_values: Iterable[str], words: PastWords) -> str | None:
    """What an answer probably means: “0” to “3”, a reason, empty for none; None: no idea.

    0 to 3 mean themselves where a 0 is there; 1 to 4 are one too many. 1 to 3 could be either.
    """
    found = words.known_answers.get(plain(value))
    if found is not None:
        return found
    if not plain(value):
        return ""
    number = number_of(value)
    if number is None or not number.is_integer():
        return None
    numbers = {n for v in all_values if (n := number_of(v)) is not None}
    if numbers <= {0, 1, 2, 3} and 0 in numbers:
        return str(int(number))
    return str(int(number) - 1) if numbers <= {1, 2, 3, 4} and 4 in numbers else None


def suggested_items(
    items: Sequence[str], walks: Iterable[Crosswalk], criteria: Sequence[Criterion]
) -> dict[str, LocalItem]:
    """Column -> what it probably asks of the reference, by a local framework's crosswalk that has
    the same questions, else by a criterion named in the heading, else by its words."""
    found: dict[str, LocalItem] = {}
    for header in items:
        known = next((i for walk in walks for i in walk.items if _same_item(header, i)), None)
        if known is not None and known.links:
            found[header] = known
        elif criterion := _criterion_like(header, criteria):
            found[header] = LocalItem.model_validate(
                {"id": header, "question": header, "scale": "answers",
                 "links": [{"to": criterion, "relation": "exact"}]}
            )  # fmt: skip
    return found


def _same_item(header: str, item: LocalItem) -> bool:
    """“Q5”, “Q5. Is the child's own voice in Section A?” and the question alone are one item."""
    start = re.split(r"[\s.:)\-–]", header.strip(), maxsplit=1)[0]
    return plain(header) in (plain(item.id), plain(item.question)) or plain(start) == plain(item.id)


LIKE = 0.5
"""Of the words of heading and question together, the share that both have."""
_COMMON = frozenset({"is", "are", "the", "of", "a", "an", "and", "in", "to", "it", "each", "does",
                     "for", "with", "that", "this", "by", "or", "all", "every", "child", "s",
                     "plan", "section", "there", "what", "not", "be", "on"})  # fmt: skip


def _criterion_like(header: str, criteria: Sequence[Criterion]) -> str:
    first = re.match(r"\s*([A-Z]{1,3}[0-9]{1,2})(?:-[a-z0-9-]+)?\b", header)
    by_number = {c.id.split("-")[0]: c.id for c in criteria}
    if first and first[1] in by_number:
        return by_number[first[1]]
    mine = _bag(header)
    scored = [(len(mine & own) / len(mine | own), c.id) for c in criteria
              if (own := _bag(c.question)) and mine]  # fmt: skip
    best = max(scored, default=(0.0, ""))
    return best[1] if best[0] >= LIKE else ""


def _bag(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", text.lower())) - _COMMON


def answer_value(said: str) -> int | NotApplicable:
    """“2” as 2; a reason as it is."""
    return int(said) if said.isdigit() else said  # type: ignore[return-value]
