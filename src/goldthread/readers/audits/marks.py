"""What a workbook says about its cells beside their values: hidden, merged, worked out.

Read from the sheets' own XML, since the reader of values does not tell it. No entity is ever
resolved and nothing is fetched.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from lxml import etree

MOST = 200_000
"""Marks of one kind on one sheet; more are no sheet of audits."""
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REF = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass
class Marks:
    """Rows and columns from 0. `hidden_columns`: first and last of each stretch."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


NoMarks = Marks()


def marks_of(data: bytes) -> dict[str, Marks]:
    """Sheet -> its marks. Errors: etree.XMLSyntaxError, KeyError, and what zips raise."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = _parts(archive)
        found = {}
        for name, part in parts.items():
            with archive.open(part) as stream:
                found[name] = _read(stream)
        return found


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet -> the part of the zip that holds it; chart sheets are left out."""
    with archive.open("xl/_rels/workbook.xml.rels") as stream:
        links = {e.get("Id"): e.get("Target") or "" for e in _elements(stream, "Relationship")}
    with archive.open("xl/workbook.xml") as stream:
        sheets = [(e.get("name") or "", e.get(_R)) for e in _elements(stream, "sheet")]
    found = {}
    for name, link in sheets:
        target = links.get(link, "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
        part = posixpath.normpath(part)
        if "worksheets/" in part and part in archive.namelist():
            found[name] = part
    return found


def _elements(stream: IO[bytes], *names: str) -> Iterator[etree._Element]:
    parts = etree.iterparse(
        stream, events=("end",), tag=[f"{{*}}{name}" for name in names], resolve_entities=False,
        no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    for _, element in parts:
        yield element


def _read(stream: IO[bytes]) -> Marks:
    marks = Marks()
    for element in _elements(stream, "row", "col", "f", "mergeCell"):
        kind = etree.QName(element).localname
        if kind == "f":
            _formula(element, marks)
        elif kind == "row":
            _row(element, marks)
            element.clear()
        elif kind == "col":
            _column(element, marks)
        elif (found := _range(element.get("ref") or "")) and len(marks.merged) < MOST:
            marks.merged.append(found)
    return marks


def _formula(element: etree._Element, marks: Marks) -> None:
    cell = element.getparent()
    spot = None if cell is None else _spot(cell.get("r") or "")
    if spot and len(marks.formulas) < MOST:
        marks.formulas.add(spot)


def _row(element: etree._Element, marks: Marks) -> None:
    number = element.get("r") or ""
    if element.get("hidden") in ("1", "true") and number.isdecimal() and len(number) < 8:
        marks.hidden_rows.add(int(number) - 1)


def _column(element: etree._Element, marks: Marks) -> None:
    first, last = element.get("min") or "", element.get("max") or ""
    narrow = element.get("width") in ("0", "0.0")
    if (element.get("hidden") in ("1", "true") or narrow) and (first + last).isdecimal():
        marks.hidden_columns.append((int(first) - 1, int(last) - 1))


def _spot(ref: str) -> tuple[int, int] | None:
    found = _REF.fullmatch(ref)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def _range(ref: str) -> tuple[int, int, int, int] | None:
    first, _, last = ref.partition(":")
    one, other = _spot(first), _spot(last or first)
    return (*one, *other) if one and other else None
