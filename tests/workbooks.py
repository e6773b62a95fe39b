"""Workbooks of audits for tests: filled in with openpyxl, as Excel would save them."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from goldthread.checking.job import Refused
from goldthread.core.audit.book import Book, BookError
from goldthread.readers.audits import read_book

HEAD = 4
"""Row of the headings, from 1."""


def at_once(name: str, data: bytes) -> Book | Refused:
    """In place of the capped process, which takes a second to start."""
    try:
        return read_book(name, data)
    except BookError as error:
        return Refused(name=name, code="book", sentence=str(error))


def changed(data: bytes, change: Callable[[Any], object]) -> bytes:
    """The workbook after `change(book)`, saved."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def row_of(sheet: Any, criterion: str) -> int:
    """The row of a question, from 1."""
    return next(r for r in range(1, sheet.max_row + 1) if sheet.cell(r, 1).value == criterion)


def fill(answers: Mapping[str, Any], column: str = "E") -> Callable[[Any], None]:
    """`changed(data, fill({"F2-quantified": "2 Met"}))`; comments are in F, quotes in G."""

    def change(book: Any) -> None:
        sheet = book["Questions"]
        for criterion, said in answers.items():
            sheet[f"{column}{row_of(sheet, criterion)}"] = said

    return change


def upload(data: bytes, name: str = "audit.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)
