"""Agreement, strictness, links and the machine as tables, and as rows for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from goldthread.core.audit.agreement import Agreement, AgreementFound
from goldthread.core.audit.agreement_words import (
    Wording,
    machine_words,
    percent,
    ranged,
    verdict_words,
)
from goldthread.core.audit.drift import QuarterOf
from goldthread.core.audit.machine_agreement import Beside, MachineRow
from goldthread.core.audit.strictness import Group, Strictness
from goldthread.core.audit.strictness_words import Name, quarter_words, row_words, signed
from goldthread.core.audit.themes import theme_name
from goldthread.core.framework.framework import Framework
from goldthread.core.report.blocks import Column, Table
from goldthread.core.stats.agreement_values import Coefficient
from goldthread.core.stats.pairs import Share

Row = dict[str, Any]
VERDICTS = {
    "dependable": "Dependable", "tentative": "With care", "training": "Training need",
    "one-sided": "All alike", "cannot-tell": "Cannot tell yet", "none": "Not marked twice",
}  # fmt: skip
GATES = {"gate:critical": "Critical gates kept or not", "gate:major": "Major gates kept or not"}
GROUPS = {
    "education": "Education and shared questions",
    "health": "Health questions",
    "social-care": "Social care questions",
}
STATES = {"stricter": "Stricter", "kinder": "Kinder", "no-difference": "No clear difference",
          "weak": "Cannot tell yet"}  # fmt: skip
COLUMNS = (
    Column("Pairs", True), Column("Same answer", True), Column("Same or next", True),
    Column("Weighted kappa", True), Column("Alpha", True), Column("AC2", True),
    Column("What it means"),
)  # fmt: skip


class Line(NamedTuple):
    """A row of a table whose first cell may lead somewhere; the cells are in the columns' order."""

    title: str
    link: str
    cells: tuple[str, ...]


def title_of(row: Agreement, framework: Framework) -> str:
    """“Outcomes (E)”, “F2-quantified”, “Critical gates kept or not”, “The whole grade”."""
    kind, _, name = row.id.partition(":")
    if kind == "theme":
        return theme_name(framework, name)
    return GATES.get(row.id) or {"grade": "The whole grade", "all": "All questions"}.get(
        row.id, row.id
    )


def agreement_line(row: Agreement, framework: Framework, link: str = "") -> Line:
    """One row of a table of agreement."""
    found = row.found
    near = _shown(found.adjacent) if len(found.table) > 2 else "–"
    return Line(
        title_of(row, framework),
        link,
        (
            f"{found.n:,}", _shown(found.exact), near, ranged(found.kappa),
            ranged(found.alpha), ranged(found.ac2), short_words(row),
        ),
    )  # fmt: skip


def short_words(row: Agreement) -> str:
    """“Dependable”, “Cannot tell yet: 25 more”."""
    said = VERDICTS[row.verdict]
    return f"{said}: about {row.more} more" if row.more else said


def together(found: AgreementFound) -> tuple[Agreement, ...]:
    """What is more than one question: the grade, gates, themes that anything was marked of."""
    themes = [row for row in found.themes if row.found.n]
    return (found.grade, *found.gates, *themes, found.all)


def _shown(share: Share) -> str:
    """“71%” and “66 to 75” below it."""
    if share.value is None:
        return "–"
    return f"{percent(share.value)}%\n{percent(share.low)} to {percent(share.high)}"


AGREEMENT_CSV = (
    "what", "id", "question", "documents", "pairs", "exact", "exact_low", "exact_high", "adjacent",
    "adjacent_low", "adjacent_high", "kappa", "kappa_low", "kappa_high", "alpha", "alpha_low",
    "alpha_high", "ac2", "ac2_low", "ac2_high", "number_against_not_applicable", "undecided",
    "both_not_applicable", "verdict", "more_documents", "sentence",
)  # fmt: skip


def agreement_rows(found: AgreementFound, framework: Framework, wording: Wording) -> Iterator[Row]:
    """Every row of agreement with its numbers, for AGREEMENT_CSV."""
    asked = {c.id: c.question for c in framework.criteria}
    kinds = {"theme": "theme", "gate": "gate", "grade": "grade", "all": "all"}
    for row in (*together(found), *found.criteria):
        kind = kinds.get(row.id.partition(":")[0], "criterion")
        yield {
            "what": kind, "id": row.id, "question": asked.get(row.id, title_of(row, framework)),
            "documents": row.found.plans, "pairs": row.found.n,
            **_ends("exact", row.found.exact), **_ends("adjacent", row.found.adjacent),
            **_ends("kappa", row.found.kappa), **_ends("alpha", row.found.alpha),
            **_ends("ac2", row.found.ac2),
            "number_against_not_applicable": row.left.one_not_applicable,
            "undecided": row.left.undecided, "both_not_applicable": row.left.both_not_applicable,
            "verdict": row.verdict, "more_documents": row.more,
            "sentence": verdict_words(row, wording).text,
        }  # fmt: skip


def _ends(name: str, found: Share | Coefficient) -> Row:
    values = (found.value, found.low, found.high)
    return dict(zip((name, f"{name}_low", f"{name}_high"), map(_number, values), strict=True))


def _number(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def pair_grid(row: Agreement, framework: Framework) -> Table:
    """The first auditor's answers (rows) against the second's (columns)."""
    answers = [framework.answers.get(str(n), str(n)) for n in range(len(row.found.table))]
    columns = (Column("First auditor said"), *(Column(f"Second: {a}", True, a) for a in answers))
    rows = tuple(
        (f"{place} {answers[place]}", *(str(number) for number in numbers))
        for place, numbers in enumerate(row.found.table)
    )
    return Table("How often each answer met each other", columns, rows)


def left_table(row: Agreement) -> Table:
    """Pairs that have not two numbers."""
    return Table(
        "Pairs without two numbers, which no coefficient counts",
        (Column("What the two said"), Column("Pairs", True)),
        (
            ("One gave a number, the other “does not apply”", str(row.left.one_not_applicable)),
            ("Both said “does not apply”", str(row.left.both_not_applicable)),
            ("One or both could not decide", str(row.left.undecided)),
        ),
    )


STRICTNESS_COLUMNS = (
    Column("Documents", True), Column("Marked with others", True),
    Column("Points beside the others", True, "Points"), Column("Likely range", True),
    Column("What it means"),
)  # fmt: skip


def strictness_line(row: Strictness, title: str, link: str, wording: Wording) -> Line:
    return Line(title, link, (
        str(row.documents), str(row.pairs), signed(row.value),
        f"{signed(row.low)} to {signed(row.high)}", row_words(row, wording).text,
    ))  # fmt: skip


def spread_table(group: Group) -> Table:
    """How many auditors stand where, without a name."""
    states = [row.state for part in group.linked for row in part.rows]
    alone = sum(len(part.auditors) for part in group.linked if not part.rows)
    counts = [(STATES[state], sum(s == state for s in states)) for state in STATES]
    counts[-1] = (STATES["weak"], counts[-1][1] + alone)
    return Table(
        f"{GROUPS.get(group.id, group.id)}: how many auditors",
        (Column("Beside the others"), Column("Auditors", True)),
        tuple((title, str(number)) for title, number in counts),
    )


STRICTNESS_CSV = ("questions", "auditor", "documents", "marked_with_others", "points", "low",
                  "high", "chance_stricter", "state")  # fmt: skip


def strictness_rows(groups: Iterable[Group], name: Name) -> Iterator[Row]:
    for group in groups:
        for part in group.linked:
            for row in part.rows:
                yield {
                    "questions": group.id, "auditor": name(row.by), "documents": row.documents,
                    "marked_with_others": row.pairs, "points": _number(row.value),
                    "low": _number(row.low), "high": _number(row.high),
                    "chance_stricter": _number(row.below), "state": row.state,
                }  # fmt: skip


def links_table(group: Group, name: Name) -> Table:
    """Who marked how much together with whom."""
    return Table(
        f"{GROUPS.get(group.id, group.id)}: plans marked by two",
        (Column("Auditor"), Column("With"), Column("In common", True),
         Column("Worth with all chains", True, "Worth"), Column("Link")),
        tuple(
            (name(a), name(b), str(link.common), f"{link.worth:.1f}",
             "linked" if link.grade == "linked" else "weak")
            for link in group.links
            for a, b in [link.people]
        ),
    )  # fmt: skip


LINKS_CSV = ("questions", "auditor", "with", "in_common", "worth", "link")


def links_rows(groups: Iterable[Group], name: Name) -> Iterator[Row]:
    for group in groups:
        for link in group.links:
            yield {
                "questions": group.id, "auditor": name(link.people[0]),
                "with": name(link.people[1]), "in_common": link.common,
                "worth": _number(link.worth), "link": link.grade,
            }  # fmt: skip


def quarters_table(quarters: Sequence[QuarterOf]) -> Table:
    """One auditor's quarters beside their own usual."""
    return Table(
        "By quarter, beside the usual of the same auditor",
        (Column("Quarter"), Column("Documents", True), Column("Points", True),
         Column("Likely range", True)),
        tuple(
            (quarter_words(q.quarter), str(q.documents), signed(q.gap),
             f"{signed(q.low)} to {signed(q.high)}")
            for q in quarters
        ),
    )  # fmt: skip


QUARTERS_CSV = ("quarter", "documents", "points", "low", "high", "moved")


def quarters_rows(quarters: Iterable[QuarterOf]) -> Iterator[Row]:
    for q in quarters:
        yield {
            "quarter": f"{q.quarter[0]} Q{q.quarter[1]}", "documents": q.documents,
            "points": _number(q.gap), "low": _number(q.low), "high": _number(q.high),
            "moved": q.moved,
        }  # fmt: skip


MACHINE_COLUMNS = (
    Column("Blind answers", True), Column("Same answer", True), Column("Same or next", True),
    Column("Machine less people", True), Column("Of its flags, right", True),
    Column("Of people's, found", True), Column("Shown first", True), Column("Note"),
)  # fmt: skip


def machine_line(row: MachineRow, link: str, wording: Wording) -> Line:
    blind = row.blind
    cells = ("0", "–", "–", "–", "–", "–")
    if row.state == "measured":
        bias = blind.bias
        cells = (
            str(blind.n), _shown(blind.exact), _shown(blind.adjacent),
            "–" if bias is None else signed(bias), _flags(blind.precision),
            _flags(blind.recall),
        )  # fmt: skip
    elif blind.n:
        cells = (str(blind.n), *cells[1:])
    shown_first = _shown(row.assisted.exact) if row.assisted.n else "–"
    note = "" if row.state == "measured" else machine_words(row, wording).text
    return Line(row.criterion, link, (*cells, shown_first, note))


def _flags(share: Share) -> str:
    return "–" if share.value is None else f"{_shown(share)}\n{share.hits} of {share.n}"


MACHINE_CSV = (
    "criterion", "how", "answers", "exact", "exact_low", "exact_high", "adjacent", "adjacent_low",
    "adjacent_high", "bias", "bias_low", "bias_high", "precision", "precision_low",
    "precision_high", "flags", "recall", "recall_low", "recall_high", "below_2",
    "machine_cannot_tell", "machine_not_applicable", "person_no_number", "state",
)  # fmt: skip


def machine_rows(rows: Iterable[MachineRow]) -> Iterator[Row]:
    """Two lines a question: blind answers, and answers given with the suggestion in sight."""
    for row in rows:
        for how, beside in (("blind", row.blind), ("shown first", row.assisted)):
            yield {"criterion": row.criterion, "how": how, "state": row.state, **_beside(beside)}


def _beside(beside: Beside) -> Row:
    ends = beside.bias_range
    return {
        "answers": beside.n, **_ends("exact", beside.exact),
        **_ends("adjacent", beside.adjacent),
        "bias": _number(beside.bias), "bias_low": _number(ends and ends.low),
        "bias_high": _number(ends and ends.high),
        **_ends("precision", beside.precision), "flags": beside.precision.n,
        **_ends("recall", beside.recall), "below_2": beside.recall.n,
        "machine_cannot_tell": beside.silent.machine,
        "machine_not_applicable": beside.silent.machine_aside,
        "person_no_number": beside.silent.person,
    }  # fmt: skip


def differences_table(rows: Sequence[tuple[str, int, int, int]]) -> Table:
    """Questions on which somebody differed from others. `rows`: question, pairs, lower, higher."""
    return Table(
        "Where the answers differed most from those of others",
        (Column("Question"), Column("Pairs", True), Column("Lower than the other", True),
         Column("Higher than the other", True)),
        tuple((question, str(n), str(low), str(high)) for question, n, low, high in rows),
    )  # fmt: skip


def differences(
    pairs: Iterable[Any], member: int, most: int = 10
) -> tuple[tuple[str, int, int, int], ...]:
    """Question, pairs, how often lower and higher than the other's; those most one-sided first."""
    found: dict[str, list[int]] = {}
    for pair in pairs:
        if member in pair.people and isinstance(pair.first, int) and isinstance(pair.second, int):
            own = pair.people.index(member)
            values = (pair.first, pair.second)
            found.setdefault(pair.criterion, []).append(values[own] - values[1 - own])
    rows = [
        (criterion, len(gaps), sum(g < 0 for g in gaps), sum(g > 0 for g in gaps))
        for criterion, gaps in found.items()
    ]
    told = [row for row in rows if row[2] + row[3]]
    return tuple(sorted(told, key=lambda r: (-abs(r[3] - r[2]), -r[1], r[0]))[:most])


def pairs_by(pairs: Iterable[Any], members: Iterable[int]) -> Mapping[int, int]:
    """Auditor -> documents they marked together with somebody else, blind."""
    found: dict[int, set[str]] = {member: set() for member in members}
    for pair in pairs:
        for who in pair.people:
            found.setdefault(who, set()).add(pair.document)
    return {who: len(documents) for who, documents in found.items()}
