"""Takes what stands in form fields and in notes typed onto a page: it is no part of the text."""

from __future__ import annotations

import contextlib
import ctypes
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2.raw as raw

from goldthread.readers.pdf import pdfium as p
from goldthread.readers.pdf.drafts import Line

NOTE, TYPED, WIDGET = 1, 3, 20
"""Kinds of annotation (fpdf_annot.h): a sticky note, text typed onto the page, a form field."""
COMMENTS = (NOTE, 9, 10, 11, 12)
"""A note, highlighting, underlining, squiggly underlining, striking out."""
CHECKBOX, RADIO = 2, 3
MOST = 2000
SIZE = 10.0
"""Points: fields' own type is not asked for."""


@contextlib.contextmanager
def form_of(document: int) -> Iterator[int | None]:
    """PDFium's form handle, without which fields have no values; None when there is no form."""
    if p.form_type(document) == 0:
        yield None
        return
    about = raw.FPDF_FORMFILLINFO(version=2)
    form = p.form_begin(document, ctypes.addressof(about))
    try:
        yield form
    finally:
        if form:
            p.form_end(form)


def fields_of(page: int, number: int, form: int | None) -> tuple[list[Line], int]:
    """What is filled in or typed onto the page, as lines, and how many comments there are."""
    lines, comments = [], 0
    for index in range(min(p.annotation_count(page), MOST)):
        note = p.annotation_at(page, index)
        if not note:
            continue
        kind = p.annotation_kind(note)
        if kind == TYPED:
            lines += _lines(_string(note, b"Contents"), note, number)
        elif kind == WIDGET and form:
            lines += _lines(_value(form, note), note, number)
        elif kind in COMMENTS:
            comments += 1
        p.annotation_close(note)
    return lines, comments


def _value(form: int, note: int) -> str:
    kind = p.field_type(form, note)
    if kind in (CHECKBOX, RADIO):
        return "☒" if p.field_checked(form, note) else "☐"
    return _read(lambda room, size: p.field_value(form, note, room, size))


def _string(note: int, key: bytes) -> str:
    return _read(lambda room, size: p.annotation_string(note, key, room, size))


def _read(ask: Callable[[Any, int], int]) -> str:
    size = min(ask(None, 0), 2_000_000)
    if size <= 2:
        return ""
    room = ctypes.create_string_buffer(size)
    ask(room, size)
    return room.raw[: size - 2].decode("utf-16-le", "replace")


def _lines(text: str, note: int, page: int) -> list[Line]:
    box = p.Box()
    p.annotation_rect(note, ctypes.addressof(box))
    parts = [part.strip() for part in text.replace("\r", "\n").split("\n") if part.strip()]
    if not parts:
        return []
    size = min(SIZE, max(abs(box.top - box.bottom) / len(parts), 1.0))
    top = max(box.top, box.bottom)
    return [
        Line(part, page, (box.left, top - size * (n + 1), box.right, top - size * n), size)
        for n, part in enumerate(parts)
    ]
