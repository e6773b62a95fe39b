"""A real Word file, spoilt in its bytes or in its XML, is read or refused, never anything else."""

from __future__ import annotations

import io
import zipfile
from functools import lru_cache

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.core.plan.document import RawDocument, ReadingError
from goldthread.readers.documents import read_document

NAMES = ("p", "r", "t", "tbl", "tr", "tc", "sdt", "ins", "del", "fldChar", "txbxContent", "pPr",
         "rPr", "tcPr", "numPr", "hyperlink", "sym", "br", "vMerge", "gridSpan")  # fmt: skip
PARTS = ("word/document.xml", "word/styles.xml", "word/numbering.xml", "docProps/app.xml")


@lru_cache
def real() -> bytes:
    made = docx.Document()
    made.add_heading("Section F", 1)
    made.add_paragraph("one", style="List Number").add_run("two").bold = True
    table = made.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "three"
    made.sections[0].header.paragraphs[0].text = "four"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def taken(data: bytes) -> RawDocument | ReadingError:
    try:
        return read_document(data, "plan.docx")
    except ReadingError as error:
        refused = error
    assert str(refused).startswith("plan.docx ")
    assert str(refused).endswith(".")
    return refused


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=8), st.booleans())
@settings(max_examples=200, deadline=None, derandomize=True)
def test_spoilt_bytes(changes: list[tuple[int, int]], index: bool):
    """Anywhere, or in the zip's index, where names, sizes and flags stand."""
    spoilt = bytearray(real())
    low = spoilt.rfind(b"PK\x01\x02") - 1500 if index else 0
    for at, value in changes:
        spoilt[low + at % (len(spoilt) - low)] = value
    taken(bytes(spoilt))


@given(st.integers(0, 10**6))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_cut_short(length: int):
    assert isinstance(taken(real()[: length % (len(real()) - 22)]), ReadingError | RawDocument)


@given(
    st.sampled_from(PARTS),
    st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from(NAMES), st.sampled_from(NAMES)),
             min_size=1, max_size=6),
)  # fmt: skip
@settings(max_examples=150, deadline=None, derandomize=True)
def test_elements_where_none_belong(part: str, changes: list[tuple[int, str, str]]):
    """Sound XML that no schema allows: one kind of element turned into another."""
    with zipfile.ZipFile(io.BytesIO(real())) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    xml = parts[part].decode()
    for _, old, new in changes:
        for start, end in (("<w:", " "), ("<w:", ">"), ("<w:", "/>"), ("</w:", ">")):
            xml = xml.replace(f"{start}{old}{end}", f"{start}{new}{end}")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, body in parts.items():
            package.writestr(name, xml if name == part else body)
    taken(out.getvalue())


@pytest.mark.parametrize("part", [p for p in PARTS if p != "word/document.xml"])
def test_parts_that_are_missing(part: str):
    with zipfile.ZipFile(io.BytesIO(real())) as package:
        parts = {name: package.read(name) for name in package.namelist() if name != part}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, body in parts.items():
            package.writestr(name, body)
    found = taken(out.getvalue())
    assert isinstance(found, RawDocument)
    assert [p.text for p in found.paragraphs] == ["Section F", "onetwo", "three"]
