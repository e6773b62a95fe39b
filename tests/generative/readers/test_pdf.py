"""Damage of any kind to a PDF: a document or one sentence comes out, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.core.plan.document import ReadingError
from goldthread.readers.pdf import read_pdf
from goldthread.readers.pdf.paragraphs import mended
from tests.unit.readers.pdf.made import said, set_by_typst, written_by_hand

BODY = """= Heading
Text of a paragraph.
#table(columns: 2, [a], [b], table.cell(colspan: 2)[c])
- item"""


@cache
def seeds() -> tuple[bytes, ...]:
    page = said([(50, 700 - 14 * n, f"Line {n} of text.") for n in range(5)])
    return (
        written_by_hand([page, page]),
        set_by_typst(BODY, tags=True),
        set_by_typst(BODY, tags=False),
    )


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    data = bytearray(draw(st.sampled_from(seeds())))
    for _ in range(draw(st.integers(0, 12))):
        place = draw(st.integers(0, len(data) - 1))
        data[place] = draw(st.integers(0, 255))
    cut = draw(st.one_of(st.none(), st.integers(0, len(data))))
    return bytes(data[:cut])


def outcome(data: bytes) -> str:
    """“read” or “refused”; anything else is raised."""
    try:
        document = read_pdf(data, "x.pdf", ocr=False)
    except ReadingError as error:
        return "refused" if str(error).startswith("x.pdf ") else f"no sentence: {error}"
    assert document.text
    assert [p.location.paragraph for p in document.paragraphs] == [
        n + 1 for n in range(len(document.paragraphs))
    ]
    for paragraph in document.paragraphs:
        assert document.text[paragraph.start : paragraph.end] == paragraph.text
    return "read"


@settings(max_examples=150, deadline=None)
@given(damaged())
def test_damage_gives_a_document_or_a_sentence(data: bytes) -> None:
    """Here in this process: a crash of PDFium would end the tests, which none has."""
    assert outcome(data) in ("read", "refused")


def test_other_beginnings_in_a_process_of_their_own() -> None:
    """Noise behind a PDF's first line, in a process that may die without harm to the others."""
    code = (
        "import random, sys\n"
        "from tests.generative.readers.test_pdf import outcome\n"
        "rng = random.Random(7)\n"
        "for _ in range(200):\n"
        "    outcome(b'%PDF-1.7\\n' + rng.randbytes(rng.randrange(2000)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


WORD = st.text("abcdefg", min_size=1, max_size=8)


@given(WORD, WORD, st.frozensets(WORD), st.sampled_from(["-", "soft"]))
def test_mending_a_broken_word_changes_nothing_but_the_hyphen(
    left: str, right: str, words: frozenset[str], hyphen: str
) -> None:
    made = mended(left, right, hyphen, words)
    assert made.replace("-", "") == left + right
    if "-" not in made:
        assert hyphen == "soft" or left + right in words
