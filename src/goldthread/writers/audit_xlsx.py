"""An allotted audit as an Excel workbook that works without a connection and without macros.

Every text is written as text, never as a formula; the only formulas count what is answered. Cells
that are not for answers are protected, without a password.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from goldthread.core.audit.workbook import (
    ANSWER,
    ASKED,
    COMMENT,
    GUIDE,
    HERE,
    IDENTITY,
    LISTS,
    LOOK,
    QUESTION,
    QUESTIONS,
    THEME,
    WORDS,
    Identity,
    Line,
    choices,
    label,
)
from goldthread.core.framework.framework import Framework
from goldthread.writers.csv import neutral

LIKE = "What each answer looks like"
COLUMNS = (
    (QUESTION, 15), (THEME, 16), (ASKED, 36), (LIKE, 58), (ANSWER, 24), (COMMENT, 36), (WORDS, 36),
    (HERE, 16), (LOOK, 44),
)  # fmt: skip
"""Headings, and widths in characters."""
AT = {name: i for i, (name, _) in enumerate(COLUMNS)}
HEAD = 3
"""Row of the headings, from 0."""
FILL_IN = (ANSWER, COMMENT, WORDS)
PRINTED = AT[WORDS]
"""The last column that is printed; those after it are for the screen."""
PROTECT = {"format_columns": True, "format_rows": True}


@dataclass(frozen=True)
class About:
    """What the workbook says of the audit. `plan`: its reference, never a name."""

    plan: str
    agency: str
    due_on: dt.date | None = None


def audit_xlsx(
    identity: Identity, lines: Sequence[Line], framework: Framework, about: About
) -> bytes:
    """The workbook's bytes. `lines` in the order of reading."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": f"Audit {identity.audit}", "subject": framework.title})
        styles = _styles(book)
        guide, sheet = book.add_worksheet(GUIDE), book.add_worksheet(QUESTIONS)
        _guide(guide, styles, identity, lines, about, framework)
        lists = _lists(book, lines, framework)
        _questions(sheet, styles, identity, lines, framework, lists, about)
        _identity(book, identity)
        guide.activate()
    return out.getvalue()


def _styles(book: Any) -> dict[str, Any]:
    base = {"text_wrap": True, "valign": "top"}
    edge = {"border": 1, "border_color": "#505A5F"}
    return {
        "title": book.add_format({"bold": True, "font_size": 16}),
        "bold": book.add_format({**base, "bold": True}),
        "text": book.add_format(base),
        "cell": book.add_format({**base, **edge}),
        "head": book.add_format({**base, **edge, "bold": True, "bg_color": "#E8EDF2"}),
        "fill": book.add_format({**base, **edge, "locked": False, "bg_color": "#FFFBE6"}),
    }  # fmt: skip


# --- Guidance --------------------------------------------------------------------------------


def _guide(
    sheet: Any, styles: Any, identity: Identity, lines: Sequence[Line], about: About,
    framework: Framework,
) -> None:  # fmt: skip
    sheet.set_column(0, 0, 74)
    sheet.set_column(1, 2, 12)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, f"Audit {identity.audit}", styles["title"])
    words = _words(about, framework)
    for row, (text, style) in enumerate(words, start=1):
        sheet.set_row(row, _height(((text, 74),)))
        sheet.write_string(row, 0, neutral(text), styles[style])
    _progress(sheet, styles, lines, len(words) + 2)
    _printed(sheet, f"Audit {identity.audit}")
    sheet.protect("", PROTECT)


def _words(about: About, framework: Framework) -> tuple[tuple[str, str], ...]:
    due = f" Due {about.due_on.day} {about.due_on:%B %Y}." if about.due_on else ""
    return (
        (f"Plan {about.plan or 'without reference'}. {about.agency}.{due}", "text"),
        (f"{framework.title}, edition {framework.edition}.", "text"),
        ("", "text"),
        ("How to fill it in", "bold"),
        (f"1. Read the plan beside this workbook, then go to the sheet “{QUESTIONS}”.", "text"),
        (
            f"2. In the column “{ANSWER}”, choose from the list of the cell. Where a question does "
            "not apply, choose why. Where you cannot tell, choose “Cannot decide” and say in the "
            "comment what was not there to see.",
            "text",
        ),
        (
            f"3. In “{WORDS}”, paste the words your answer rests on, exactly as the plan has them; "
            "one quote a line. In “Comment”, add what a colleague should know.",
            "text",
        ),
        (
            "4. A question that is a gate says so; answered 0 or 1, it needs a quote or a comment.",
            "text",
        ),
        ("5. Save it as an Excel workbook (.xlsx), in Excel or LibreOffice.", "text"),
        (
            "6. Bring it back in Goldthread: Audits, then “Bring back a workbook”. You see what it "
            "would change before anything is written.",
            "text",
        ),
        ("", "text"),
        ("What this workbook holds", "bold"),
        (
            "The plan's reference and no name; no word of the plan; your answers so far, and none "
            "of the machine's suggestions. What you type in it is personal: keep it as safe as the "
            "plan, and delete it once it is back.",
            "text",
        ),
        (
            f"Two sheets are hidden. “{LISTS}” holds the words of the drop-down lists. "
            f"“{IDENTITY}” says which audit, authority, agency and edition this is and which "
            "answers stood here when it was downloaded, under a seal, so that a workbook is never "
            "taken for another. Leave both as they are.",
            "text",
        ),
        (
            "Cells that are not yours to fill in are protected, without a password: Review, "
            "Unprotect Sheet takes it off.",
            "text",
        ),
    )


def _progress(sheet: Any, styles: Any, lines: Sequence[Line], top: int) -> None:
    """Counted by formulas, theme by theme, from the sheet of questions."""
    sheet.write_string(top, 0, "How far you are", styles["bold"])
    for column, name in enumerate(("Theme", "Answered", "Of")):
        sheet.write_string(top + 1, column, name, styles["head"])
    themes = list(dict.fromkeys(line.theme for line in lines))
    for row, theme in enumerate(themes, start=top + 2):
        own = [line for line in lines if line.theme == theme]
        done = sum(bool(line.value) for line in own)
        sheet.write_string(row, 0, neutral(theme), styles["cell"])
        counted = (
            f'=SUMPRODUCT(({_range(THEME, lines)}=$A${row + 1})*({_range(ANSWER, lines)}<>""))'
        )
        sheet.write_formula(row, 1, counted, styles["cell"], done)
        sheet.write_number(row, 2, len(own), styles["cell"])
    last = top + 2 + len(themes)
    sheet.write_string(last, 0, "All questions", styles["head"])
    done = sum(bool(line.value) for line in lines)
    sheet.write_formula(last, 1, f"=COUNTA({_range(ANSWER, lines)})", styles["head"], done)
    sheet.write_number(last, 2, len(lines), styles["head"])


def _range(name: str, lines: Sequence[Line]) -> str:
    column = "ABCDEFGHI"[AT[name]]
    return f"{QUESTIONS}!${column}${HEAD + 2}:${column}${HEAD + 1 + len(lines)}"


# --- Questions -------------------------------------------------------------------------------


def _questions(
    sheet: Any, styles: Any, identity: Identity, lines: Sequence[Line], framework: Framework,
    lists: dict[tuple[str, ...], str], about: About,
) -> None:  # fmt: skip
    title = f"Audit {identity.audit}, plan {about.plan or 'without reference'}: {about.agency}"
    sheet.write_string(0, 0, neutral(title), styles["title"])
    done = sum(bool(line.value) for line in lines)
    sheet.write_formula(
        1, 0, f'="Answered "&COUNTA({_range(ANSWER, lines)})&" of {len(lines)}"', None,
        f"Answered {done} of {len(lines)}",
    )  # fmt: skip
    sheet.write_string(
        2, 0, f"Fill in columns E, F and G: “{ANSWER}” from its list, “{COMMENT}” and “{WORDS}”.",
    )  # fmt: skip
    for column, (name, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(HEAD, column, name, styles["head"])
    for row, line in enumerate(lines, start=HEAD + 1):
        _line(sheet, styles, row, line, framework)
        _validate(sheet, row, line, lists[tuple(choices(line.criterion, framework))])
    sheet.freeze_panes(HEAD + 1, 1)
    sheet.repeat_rows(HEAD)
    sheet.print_area(0, 0, HEAD + len(lines), PRINTED)
    _printed(sheet, f"Audit {identity.audit}", landscape=True)
    sheet.protect("", PROTECT)


def _line(sheet: Any, styles: Any, row: int, line: Line, framework: Framework) -> None:
    criterion = line.criterion
    like = "\n".join(f"{n}: {said}" for n, said in criterion.descriptors.items())
    gate = f"\nA {criterion.gate} gate." if criterion.gate else ""
    told = {
        QUESTION: criterion.id, THEME: line.theme, ASKED: criterion.question, LIKE: like + gate,
        HERE: line.here, LOOK: "\n".join(criterion.look_for),
    }  # fmt: skip
    widths = dict(COLUMNS)
    sheet.set_row(row, _height([(text, widths[name]) for name, text in told.items()]))
    for name, text in told.items():
        sheet.write_string(row, AT[name], neutral(text), styles["cell"])
    answer = label(line.value, criterion, framework)
    for name in FILL_IN:
        sheet.write_blank(row, AT[name], None, styles["fill"])
    if answer:
        sheet.write_string(row, AT[ANSWER], neutral(answer), styles["fill"])


def _height(texts: Iterable[tuple[str, int]]) -> float:
    """Of a row with these texts in columns of these widths, in points: LibreOffice does not grow
    rows by itself, and no program may cut a question short."""
    lines = (sum(max(1, -(-len(line) // int(0.9 * width))) for line in text.split("\n"))
             for text, width in texts)  # fmt: skip
    return min(400.0, 15.0 * max(1, *lines))


def _validate(sheet: Any, row: int, line: Line, source: str) -> None:
    sheet.data_validation(
        row, AT[ANSWER], row, AT[ANSWER],
        {
            "validate": "list", "source": source, "ignore_blank": True,
            "error_title": "Not an answer to this question",
            "error_message": f"{line.criterion.id}: choose one of the list, or press Delete.",
        },
    )  # fmt: skip


def _lists(
    book: Any, lines: Sequence[Line], framework: Framework
) -> dict[tuple[str, ...], str]:  # fmt: skip
    """The words of the drop-down lists, one column a list -> where they stand."""
    sheet = book.add_worksheet(LISTS)
    found: dict[tuple[str, ...], str] = {}
    for line in lines:
        words = tuple(choices(line.criterion, framework))
        if words in found:
            continue
        column = len(found)
        for row, said in enumerate(words):
            sheet.write_string(row, column, neutral(said))
        letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[column]
        found[words] = f"={LISTS}!${letter}$1:${letter}${len(words)}"
    sheet.protect()
    sheet.hide()
    return found


def _identity(book: Any, identity: Identity) -> None:
    sheet = book.add_worksheet(IDENTITY)
    sheet.set_column(0, 0, 30)
    for row, (name, value) in enumerate(identity.rows()):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, neutral(value))
    sheet.protect()
    sheet.hide()


def _printed(sheet: Any, title: str, landscape: bool = False) -> None:
    sheet.set_paper(9)  # A4
    if landscape:
        sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{title}&RPage &P of &N")
