"""An allotted audit as a workbook that is filled in without a connection: what stands in it.

It names the plan by reference only, holds no word of the document and no comment, and says nothing
of what the machine suggests: answers given in it are first answers. A sheet of its own identifies
it, so that another authority's, an older edition's, a copied or a changed form is recognised.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields

from goldthread.core.audit.book import Book, BookError, Sheet
from goldthread.core.audit.judgement import CANNOT_DECIDE, Value, parse_value
from goldthread.core.audit.mapping import plain
from goldthread.core.framework.criterion import Criterion
from goldthread.core.framework.framework import Framework

FORM = "Goldthread audit workbook 1"
"""What the first cell of the identification sheet says; a later form has another number."""
ALL = "all"
"""In place of an agency: all parts of the audit that are one person's."""
GUIDE, QUESTIONS, IDENTITY, LISTS = "Read me", "Questions", "Goldthread", "Lists"
QUESTION, THEME, ASKED, ANSWER, COMMENT, WORDS, HERE, LOOK = (
    "Question", "Theme", "What is asked", "Answer", "Comment", "Words from the plan",
    "Already here", "Look for",
)  # fmt: skip
ANSWERS = ("0", "1", "2", "3")
NEEDED = (QUESTION, ASKED, ANSWER, COMMENT, WORDS)
"""Headings without which a sheet of questions is not read."""
_TITLE = re.compile(r"\bAudit (A-[0-9A-Z]+)")


@dataclass(frozen=True)
class Line:
    """One question as the workbook shows it. `value`: the answer at download, empty for none;
    `here`: what else is kept, in words (“1 quote”)."""

    criterion: Criterion
    theme: str
    agency: str
    value: str = ""
    version: int = 0
    here: str = ""


@dataclass(frozen=True)
class Identity:
    """What the identification sheet says. `answers`: criterion -> version and value at download;
    `seal`: a keyed digest of all the rest."""

    audit: str
    authority: str
    agency: str
    framework: str
    blank: str
    """Digest of the blank form."""
    made: str
    answers: Mapping[str, tuple[int, str]]
    seal: str = ""

    @property
    def said(self) -> str:
        """What is sealed, as canonical JSON."""
        told = {k: v for k, v in asdict(self).items() if k != "seal"}
        return json.dumps([FORM, told], sort_keys=True, separators=(",", ":"))

    def rows(self) -> tuple[tuple[str, str], ...]:
        """The sheet's rows: a name and what it says."""
        told = {**asdict(self), "answers": json.dumps(self.answers, sort_keys=True)}
        return ((FORM, ""), *((name, str(value)) for name, value in told.items()))


def blank_digest(framework: Framework, agency: str, lines: Sequence[Line]) -> str:
    """SHA-256 of what is asked and of the answers each question has, 64 hex digits."""
    asked = [
        [line.criterion.id, line.criterion.question, list(choices(line.criterion, framework))]
        for line in lines
    ]
    told = json.dumps([FORM, framework.key, agency, asked], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def choices(criterion: Criterion, framework: Framework) -> dict[str, str]:
    """What the drop-down list of this question says -> the answer: “2 Met” -> “2”."""
    found = {f"{n} {framework.answers[n]}": n for n in ANSWERS if n in criterion.descriptors}
    for code, words in framework.not_applicable.items():
        found[f"Not applicable: {words[0].lower()}{words[1:].rstrip('.')}"] = code
    found[framework.answers.get(CANNOT_DECIDE, "Cannot decide")] = CANNOT_DECIDE
    return found


def label(value: str, criterion: Criterion, framework: Framework) -> str:
    """“2” -> “2 Met”; empty for no answer."""
    return next((said for said, v in choices(criterion, framework).items() if v == value), "")


def answer_of(text: str, criterion: Criterion, framework: Framework) -> str:
    """The answer that a cell says: as in the list, its number, its words or its code alone, in
    any case and with blanks around it. Empty for an empty cell.

    Errors: ValueError, one sentence without the criterion's name, for anything else.
    """
    said = text.strip()
    if not said:
        return ""
    known = choices(criterion, framework)
    if plain(said) in (spelt := {plain(words): value for words, value in known.items()}):
        return spelt[plain(said)]
    alone = {plain(framework.answers[v]): v for v in known.values() if v in ANSWERS}
    alone |= {plain(framework.not_applicable[v]): v for v in known.values()
              if v in framework.not_applicable}  # fmt: skip
    if plain(said) in alone:
        return alone[plain(said)]
    try:
        value: Value = parse_value(said.lower().removesuffix(".0"), criterion, framework)
    except ValueError:
        raise ValueError(_no_answer(said, criterion, framework)) from None
    return str(value)


def _no_answer(said: str, criterion: Criterion, framework: Framework) -> str:
    shown = said if len(said) <= 30 else f"{said[:30]}…"
    if said == "3" and "3" not in criterion.descriptors:
        return "says 3, and this question has no 3: what it asks for is there (2) or not."
    if plain(said) in ("na", "notapplicable"):
        return "does not say why the question does not apply: choose one of the reasons."
    numbers = ", ".join(c for c in choices(criterion, framework) if c[0] in "0123")
    return f"says “{shown}”, which is no answer: choose one from its list ({numbers} …)."


# --- Coming back -----------------------------------------------------------------------------


def identity_of(book: Book) -> Identity:
    """What the workbook says it is. Errors: BookError for a file that is no such workbook."""
    if book.macros:
        raise BookError(
            f"{book.name} was saved with macros, which no audit workbook has: save it as an Excel "
            "workbook (.xlsx) and send it again."
        )
    marked = [s for s in book.sheets if s.cell(0, 0).startswith(FORM[:-2])]
    if book.kind == "text" or not marked:
        raise BookError(
            f"{book.name} is no audit workbook, or its sheet “{IDENTITY}” was deleted: download "
            "the workbook of the audit again and copy your answers into it."
        )
    if len(marked) > 1:
        names = " and ".join(f"“{s.name}”" for s in marked[:2])
        raise BookError(
            f"{book.name} has two identification sheets, {names}: send each audit's workbook as it "
            "was downloaded."
        )
    if marked[0].cell(0, 0) != FORM:
        raise BookError(
            f"{book.name} was made by another version of Goldthread: download the workbook of the "
            "audit again and copy your answers into it."
        )
    return _identity(book.name, marked[0])


def _identity(name: str, sheet: Sheet) -> Identity:
    told = {sheet.cell(r, 0): sheet.cell(r, 1) for r in range(1, len(sheet.rows))}
    wanted = [f.name for f in fields(Identity)]
    try:
        answers = {
            str(c): (int(version), str(value))
            for c, (version, value) in json.loads(told["answers"]).items()
        }
        return Identity(**{**{n: told[n] for n in wanted}, "answers": answers})  # type: ignore[arg-type]
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise changed_identity(name, sheet.name) from error


def changed_identity(name: str, sheet: str = IDENTITY) -> BookError:
    return BookError(
        f"{name}: the sheet “{sheet}”, which says what audit this is, was changed or comes from "
        "another workbook: download the workbook again and copy your answers into it."
    )


def titled(sheet: Sheet) -> str:
    """The audit that the sheet of questions itself says it is of; empty when it says none."""
    found = _TITLE.search(sheet.cell(0, 0))
    return found[1] if found else ""
