"""Past audits: rows of an authority's own spreadsheet as signed audits of the reference.

Answers are made by the crosswalk alone, and only where it makes them. An overall local grade is
kept beside and never turned into answers (standard.md, “Crosswalk”); what a partial audit cannot
say, it does not say: no band, and no index where too little of the core was asked.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from goldthread.core.audit.audit import Blank, questions
from goldthread.core.audit.judgement import Judgement, parse_value
from goldthread.core.audit.listing import Refusal
from goldthread.core.audit.mapping import plain
from goldthread.core.audit.past_mapping import Fact, PastMapping, PastWords, number_of
from goldthread.core.audit.past_table import PastRow, PastTable
from goldthread.core.audit.signed import SignedAudit, Subject
from goldthread.core.audit.written_dates import NoDate, date_of
from goldthread.core.framework.criterion import CriterionId
from goldthread.core.framework.crosswalk import Class, Coverage, coverage, translate
from goldthread.core.framework.framework import Framework
from goldthread.core.framework.grade import Grade, grade

EARLIEST = dt.date(2014, 9, 1)
"""The first EHC plans were made on this day (Children and Families Act 2014, part 3)."""
LONGEST_GRADE = 40


@dataclass(frozen=True)
class PastAudit:
    """One audit as the mapping reads it. `key`: by which it is known again; `plan`: as the file
    names it; `answers`, `made_from`, `compared` as in `crosswalk.Translation`."""

    place: str
    key: str
    on: dt.date
    agency: str
    plan: str
    need: str
    phase: str
    overall: str
    answers: Mapping[str, int | str]
    made_from: Mapping[str, tuple[str, ...]]
    compared: tuple[str, ...]

    @property
    def content(self) -> str:
        """SHA-256 of all it says, 64 hex digits: a corrected row has another."""
        told = [self.on.isoformat(), self.agency, self.plan, self.need, self.phase, self.overall,
                sorted(self.answers.items()), sorted(self.compared)]  # fmt: skip
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


@dataclass(frozen=True)
class PastRead:
    """What a table gives by a mapping. Refusals never repeat what a cell says."""

    audits: tuple[PastAudit, ...]
    refusals: tuple[Refusal, ...]
    coverage: Coverage
    warnings: tuple[str, ...]
    read: int


def check_mapping(mapping: PastMapping, table: PastTable, framework: Framework) -> None:
    """Errors: ValueError, one sentence, for a mapping of another table or of questions that this
    edition does not have."""
    asked = [item.id for item in mapping.crosswalk.items if item.links]
    wanted = [*mapping.facts.values(), *asked]
    gone = [header for header in wanted if header not in table.headers]
    if gone:
        raise ValueError(
            f"The table has no column “{gone[0]}”"
            + (f", nor {len(gone) - 1} more that the mapping names" if len(gone) > 1 else "")
            + ": choose another mapping, or go through the columns again."
        )
    if mapping.crosswalk.reference != framework.key:
        raise ValueError(
            f"The mapping answers the questions of {mapping.crosswalk.reference}, and audits are "
            f"now kept by {framework.key}: go through the questions again."
        )
    known = {c.id for c in framework.criteria}
    stray = [link.to for item in mapping.crosswalk.items for link in item.links
             if link.to not in known]  # fmt: skip
    if stray:
        raise ValueError(
            f"{framework.key} has no question {stray[0]}, which the mapping names: go through the "
            "questions again."
        )


def read_past(
    table: PastTable, mapping: PastMapping, framework: Framework, words: PastWords,
    codes: Mapping[str, Mapping[str, str]], today: dt.date,
) -> PastRead:  # fmt: skip
    """The audits of a table. `codes`: `mapping.Columns.codes`, for need and phase.

    A row without a date that can be is left out; an answer that the mapping does not know is left
    out of its audit. Errors: ValueError as `check_mapping`.
    """
    check_mapping(mapping, table, framework)
    reader = _Reader(table, mapping, framework, words, codes, today)
    audits = [audit for row in table.rows if (audit := reader.audit(row)) is not None]
    kept, doubles = _once_each(audits)
    found = coverage(mapping.crosswalk, framework.criteria)
    return PastRead(
        kept, (*reader.refusals, *doubles), found, (*found.warnings, *reader.warnings()),
        len(table.rows),
    )  # fmt: skip


class _Reader:
    """Reads row after row and remembers what there is to say."""

    def __init__(
        self, table: PastTable, mapping: PastMapping, framework: Framework, words: PastWords,
        codes: Mapping[str, Mapping[str, str]], today: dt.date,
    ) -> None:  # fmt: skip
        self.table, self.mapping, self.words = table, mapping, words
        self.codes, self.today = codes, today
        self.families = {c.id: c.family for c in framework.criteria}
        self.refusals: list[Refusal] = []
        self.said: dict[str, None] = {}
        self.at = {header: i for i, header in enumerate(table.headers)}
        self.items = {i.id: i for i in mapping.crosswalk.items if not i.overall and i.links}
        self.spelt = {
            name: {plain(value) or value: value for value in scale}
            for name, scale in mapping.crosswalk.scales.items()
        }
        self.percent = {
            at for name, at in self.at.items()
            if name in self.items and any(r.cells[at].endswith("%") for r in table.rows)
        }  # fmt: skip
        self.silent = {s: {plain(v) or v for v in values} for s, values in mapping.silent.items()}

    def audit(self, row: PastRow) -> PastAudit | None:
        on = self._date(row)
        if on is None:
            return None
        local = self._local(row)
        if not local:
            self._refuse(row, "answers", "None of its answers could be read, so it was left out.")
            return None
        made = translate(self.mapping.crosswalk, local, self.families)
        self.said.update(dict.fromkeys(made.warnings))
        if not made.answers:
            self._refuse(row, "answers", "The mapping makes no answer from it; it was left out.")
            return None
        reference, plan = self._cell(row, "reference"), self._cell(row, "plan")
        key = f"r {reference}" if reference else f"p {plan}\0{on}" if plan else f"w {row.place}"
        return PastAudit(
            row.place, key, on, self._agency(row), plan, self._code(row, "need"),
            self._code(row, "phase"), self._cell(row, "overall")[:LONGEST_GRADE], made.answers,
            made.made_from, tuple(sorted(made.compared)),
        )  # fmt: skip

    def warnings(self) -> tuple[str, ...]:
        """What holds for the whole table, once each."""
        overall = self.mapping.facts.get("overall")
        kept = f"“{overall}” is kept beside each audit and never turned into answers."
        return (*self.said, *((kept,) if overall else ()))

    def _cell(self, row: PastRow, fact: Fact) -> str:
        header = self.mapping.facts.get(fact)
        return row.cells[self.at[header]] if header else ""

    def _refuse(self, row: PastRow, what: str, sentence: str, column: int | None = None,
                kind: str = "refused") -> None:  # fmt: skip
        where = row.where(column) if column is not None else f"Sheet “{row.sheet}”, {row.place}"
        if row.place.startswith("sheet"):
            where = row.where(column) if column is not None else f"Sheet “{row.sheet}”"
        self.refusals.append(Refusal(where, what, sentence, kind))  # type: ignore[arg-type]

    def _date(self, row: PastRow) -> dt.date | None:
        at = self.at[self.mapping.facts["date"]]
        said = row.cells[at]
        if sentence := self._no_date(row, at, said):
            self._refuse(row, "date", sentence, at)
            return None
        return date_of(said, self.mapping.date_order)

    def _no_date(self, row: PastRow, at: int, said: str) -> str:
        """Why this is no date of an audit; empty when it is one."""
        if at in row.unworked:
            return _UNWORKED
        if not said:
            return "There is no date of the audit, so the audit was left out: give it one."
        try:
            on = date_of(said, self.mapping.date_order)
        except NoDate:
            first = "day" if self.mapping.date_order == "day-first" else "month"
            return (
                f"This is no date that can be read with the {first} first, so the audit was left "
                "out: write it as 27/3/2025, or say that the file has it the other way."
            )
        if on > self.today:
            return "The date lies ahead, so the audit was left out: look at day, month and year."
        if on < EARLIEST:
            return "The date lies before the first EHC plans, so the audit was left out: mend it."
        return ""

    def _local(self, row: PastRow) -> dict[str, str]:
        """Item -> one of the values of its scale; what cannot be read is said and left out."""
        found = {}
        for name, item in self.items.items():
            at = self.at[name]
            said = row.cells[at]
            if at in row.unworked:
                self._refuse(row, name, _UNWORKED, at, "warning")
            elif not said or (plain(said) or said) in self.silent.get(item.scale, ()):
                continue
            elif (value := self._value(item.scale, said, at)) is not None:
                found[name] = value
            else:
                self._refuse(row, name, _UNKNOWN, at, "warning")
        return found

    def _value(self, scale: str, said: str, at: int) -> str | None:
        bounds = self.mapping.bounds.get(scale)
        number = number_of(said) if bounds else None
        if bounds is None or number is None:
            return self.spelt[scale].get(plain(said) or said)
        if at in self.percent and not said.endswith("%") and abs(number) <= 1:
            number *= 100  # Excel keeps 85% as 0.85
        return str(sum(number >= bound for bound in bounds))

    def _agency(self, row: PastRow) -> str:
        said = self._cell(row, "agency")
        found = self.words.known_agencies.get(plain(said))
        if said and found is None:
            at = self.at[self.mapping.facts["agency"]]
            self._refuse(row, "agency", "The agency is not known, so education was taken.", at,
                         "warning")  # fmt: skip
        return found or "education"

    def _code(self, row: PastRow, fact: Fact) -> str:
        said = self._cell(row, fact)
        if not plain(said):
            return ""
        found = self.codes[fact].get(plain(said), "")
        if not found:
            at = self.at[self.mapping.facts[fact]]
            self._refuse(row, fact, f"The {fact} is not one that is known, so it stays blank.", at,
                         "warning")  # fmt: skip
        return found


_UNWORKED = (
    "The cell holds a formula whose result the file does not have: open the file in Excel, save it "
    "and send it again."
)
_UNKNOWN = (
    "The mapping does not say what this answer means, so it was left out: correct the cell, or add "
    "the answer to the mapping."
)


def _once_each(
    audits: Iterable[PastAudit],
) -> tuple[tuple[PastAudit, ...], tuple[Refusal, ...]]:
    """The first of those with one reference, or one plan and day."""
    kept: dict[str, PastAudit] = {}
    doubles = []
    for audit in audits:
        first = kept.setdefault(audit.key, audit)
        if first is not audit:
            why = "the same reference" if audit.key[0] == "r" else "the same plan and day"
            sentence = f"It has {why} as {first.place}, which was taken: remove one of the two."
            doubles.append(Refusal(audit.place, "reference", sentence))
    return tuple(kept.values()), tuple(doubles)


# --- As a signed audit -----------------------------------------------------------------------


def imported(
    framework: Framework, past: PastAudit, found: Coverage, zone: dt.tzinfo, by: str
) -> SignedAudit:
    """The audit as signed: its answers at noon of its own day. `by`: in place of the auditor, whose
    name is not taken in, what the audit is known again by.

    Errors: ValueError for an answer that the edition does not have.
    """
    at = dt.datetime.combine(past.on, dt.time(12), zone)
    criteria = {c.id: c for c in framework.criteria}
    judgements = tuple(
        Judgement(c, parse_value(str(value), criteria[c], framework), by, past.agency, at)
        for c, value in sorted(past.answers.items())
    )
    subject = Subject("plan")
    graded = grade(
        framework, {j.criterion: j.value for j in judgements}, set_aside={}, complete=False
    )
    return SignedAudit(
        framework=framework.key,
        subject=subject,
        themes=(),
        mode="imported",
        judgements=judgements,
        set_aside={},
        quantified=None,
        grade=_honest(framework, past, graded, found),
        by=by,
        at=at,
    )


def _honest(framework: Framework, past: PastAudit, graded: Grade, found: Coverage) -> Grade:
    """Without what these answers cannot say.

    A band needs all questions, asked alike: only where every question was answered by an exact or
    narrower link does it stand. “Compliant” needs every statutory answer; a defect needs one. In
    class C no index stands for the whole.
    """
    asked = questions(framework, Blank(framework.key, Subject("plan"))).criteria
    whole = {c.id for c in asked} <= set(past.compared)
    if whole:
        return graded
    statutory = {c.id for c in asked if c.kind == "statutory"}
    open_ = graded.compliance == "compliant" and not statutory <= set(past.compared)
    thin = found.graded == "C"
    return replace(
        graded, band=None, capped=None, caps=(), why_not_higher=(),
        index=None if thin else graded.index, themes={} if thin else graded.themes,
        compliance="unknown" if open_ else graded.compliance,
        why_ungraded=_why(len(asked), len(past.answers), found.graded),
    )  # fmt: skip


def _why(asked: int, answered: int, graded: Class) -> str:
    thin = " In class C it has no index either, because too little of the core was asked."
    return (
        f"This audit was made with another tool, which answers {answered} of the {asked} questions "
        f"here. It has no band, because a band needs all of them.{thin if graded == 'C' else ''}"
    )


def links_of(mapping: PastMapping) -> Mapping[CriterionId, Sequence[str]]:
    """Criterion -> the columns it is made from, for a page that shows the mapping."""
    found: dict[CriterionId, list[str]] = {}
    for item in mapping.crosswalk.items:
        for link in item.links:
            found.setdefault(link.to, []).append(item.id)
    return found
