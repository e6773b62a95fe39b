"""Checks as an Excel workbook: documents, findings, answers.

Every text is written as text, never as a formula, and one that looks like a formula gets an
apostrophe before it, so that it stays harmless when the sheet is saved as CSV and opened again.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import xlsxwriter

from goldthread.core.report.check_record import CheckRecord
from goldthread.core.report.finding_rows import COLUMNS, finding_rows
from goldthread.writers.csv import neutral

DOCUMENTS = ["document", "recognised", "status", "pages", "words", "to_mend", "to_look_at",
             "sections_not_found", "problems"]  # fmt: skip
ANSWERS = ["document", "criterion", "question", "answer", "state", "confidence", "reason", "rules"]
WIDE = {"document": 28, "reason": 60, "next_step": 60, "quote": 60, "question": 50, "problems": 60}
READ_ME = (
    "What the machine found in the documents named here, each statement with its quote and place.",
    "Answers are suggestions (0 to 3) with how sure the machine is; a person decides.",
    "An empty answer means that the machine cannot tell, or that the question does not arise.",
    "This file quotes the documents: keep it as safe as the documents themselves.",
)


def checked_xlsx(records: Sequence[CheckRecord]) -> bytes:
    """The workbook's bytes."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        _read_me(book)
        _table(book, "Documents", DOCUMENTS, map(_document, records))
        findings = (row for record in records for row in finding_rows(record))
        _table(book, "Findings", list(COLUMNS), findings)
        _table(book, "Answers", ANSWERS, (row for record in records for row in _answers(record)))
    return out.getvalue()


def _document(record: CheckRecord) -> dict[str, Any]:
    about = record.document
    states = Counter(f.state for f in record.findings)
    return {
        "document": about.name,
        "recognised": about.recognised,
        "status": about.status,
        "pages": about.pages,
        "words": about.words,
        "to_mend": states["mend"],
        "to_look_at": states["look"],
        "sections_not_found": ", ".join(s.letter for s in record.sections if not s.found),
        "problems": " ".join(p.sentence for p in record.problems),
    }


def _answers(record: CheckRecord) -> Iterator[dict[str, Any]]:
    for answer in record.answers:
        row = answer.model_dump()
        yield {**row, "document": record.document.name, "rules": ", ".join(answer.rules)}


def _read_me(book: Any) -> None:
    sheet = book.add_worksheet("Read me")
    sheet.set_column(0, 0, 100, book.add_format({"text_wrap": True}))
    for number, line in enumerate(READ_ME):
        sheet.write_string(number, 0, line)


def _table(book: Any, title: str, columns: list[str], rows: Iterable[dict[str, Any]]) -> None:
    sheet = book.add_worksheet(title)
    head = book.add_format({"bold": True, "bottom": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for index, column in enumerate(columns):
        sheet.set_column(index, index, WIDE.get(column, 14), wrap)
        sheet.write_string(0, index, column, head)
    last = 0
    for last, row in enumerate(rows, 1):
        for index, column in enumerate(columns):
            _cell(sheet, last, index, row[column])
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)


def _cell(sheet: Any, row: int, column: int, value: Any) -> None:
    if value is None:
        return
    if isinstance(value, str):
        sheet.write_string(row, column, neutral(value)[:32767])
    else:
        sheet.write_number(row, column, value)
