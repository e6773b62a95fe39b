"""Highlights stand on the words that are quoted and say what is to be done."""

from __future__ import annotations

import ctypes
import datetime as dt
from typing import Any

import pypdfium2
import pypdfium2.raw as raw
import pytest

from goldthread.core.report.check_record import (
    CheckRecord,
    DocumentRecord,
    FindingRecord,
    LocationRecord,
    QuoteRecord,
    ThreadRecord,
)
from goldthread.readers.pdf import read_pdf
from goldthread.writers.annotate_pdf import annotate, remarks
from tests.unit.readers.pdf.made import set_by_typst

BODY = """
= Section F
#set par(justify: true)
Amara will have regular support with her language from staff in the classroom, and opportunities to
practise it as and when required with other children at lunchtime and in play, every single day.

#table(columns: 2, [Access to speech therapy], [Therapist], [An efficient offer], [Office staff])
#pagebreak()
The last page has words of its own.
"""


def finding(words: str, page: int | None = 1, **more: Any) -> FindingRecord:
    quotes = (QuoteRecord(text=words, location=LocationRecord(page=page)),) if words else ()
    given = {
        "rule": "M29", "edition": "2026.1", "criterion": "F2-quantified", "state": "mend",
        "answer": 0, "confidence": 0.9, "reason": "It does not say how often.",
        "next_step": "Write the minutes.", "quotes": quotes,
    }  # fmt: skip
    return FindingRecord(**{**given, **more})


def record(*findings: FindingRecord) -> CheckRecord:
    about = DocumentRecord(
        name="plan.pdf", digest="x", kind="pdf", recognised="plan", reason="", family="", pages=2,
        words=60, status="final", status_from="told", checked_on=dt.date(2026, 11, 24),
        framework="ehc-ref@2026.1", engine="0",
    )  # fmt: skip
    return CheckRecord(
        document=about, sections=(), items=(), findings=findings, answers=(),
        thread=ThreadRecord(), grade_preview=None, problems=(),
    )  # fmt: skip


def notes(data: bytes) -> list[tuple[int, int, int, str, str]]:
    """Page, kind, number of boxes, text under the boxes, and what each annotation says."""
    found = []
    document = pypdfium2.PdfDocument(data)
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        for index in range(raw.FPDFPage_GetAnnotCount(page)):
            mark = raw.FPDFPage_GetAnnot(page, index)
            kind = raw.FPDFAnnot_GetSubtype(mark)
            boxes = raw.FPDFAnnot_CountAttachmentPoints(mark)
            under = []
            for box in range(boxes):
                quad = raw.FS_QUADPOINTSF()
                raw.FPDFAnnot_GetAttachmentPoints(mark, box, quad)
                under.append(text.get_text_bounded(quad.x3, quad.y3, quad.x2, quad.y2))
            found.append((number + 1, kind, boxes, " ".join(under), string(mark, b"Contents")))
            raw.FPDFPage_CloseAnnot(mark)
        text.close()
        page.close()
    document.close()
    return found


def string(mark: Any, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(mark, key, None, 0)
    room = ctypes.create_string_buffer(size)
    units = ctypes.cast(room, ctypes.POINTER(ctypes.c_ushort))
    raw.FPDFAnnot_GetStringValue(mark, key, units, size)
    return room.raw[: size - 2].decode("utf-16-le")


@pytest.fixture(scope="module")
def plan() -> bytes:
    return set_by_typst(BODY, tags=True)


def test_a_quote_is_highlighted_and_says_its_reason_step_rule_and_criterion(plan: bytes) -> None:
    ((page, kind, boxes, under, says),) = notes(
        annotate(plan, record(finding("Access to speech therapy")))
    )
    assert (page, kind, boxes) == (1, raw.FPDF_ANNOT_HIGHLIGHT, 1)
    assert under.strip() == "Access to speech therapy"
    assert says == (
        "To mend: It does not say how often.\n→ Write the minutes.\n"
        "[ehc-ref@2026.1, M29, F2-quantified]\n\nA machine suggests this; a person decides."
    )


def test_a_quote_over_lines_has_a_box_for_each(plan: bytes) -> None:
    words = (
        "regular support with her language from staff in the classroom, and opportunities to "
        "practise it as and when required"
    )
    ((_, _, boxes, under, _),) = notes(annotate(plan, record(finding(words))))
    assert boxes == 2
    assert " ".join(under.split()) == words


def test_findings_on_the_same_words_share_a_highlight(plan: bytes) -> None:
    both = record(finding("Office staff"), finding("Office staff", rule="M30", state="look"))
    ((_, _, _, under, says),) = notes(annotate(plan, both))
    assert under.strip() == "Office staff"
    assert "M29" in says
    assert "To look at:" in says


def test_ligatures_and_case_of_the_page_do_not_hide_a_quote(plan: bytes) -> None:
    ((_, _, boxes, _, _),) = notes(annotate(plan, record(finding("an  efficient offer"))))
    assert boxes == 1


def test_a_quote_whose_end_is_on_the_next_page_is_marked_at_its_beginning(plan: bytes) -> None:
    words = "The last page has words of its own and goes on elsewhere for a while longer than that"
    ((page, _, boxes, under, _),) = notes(annotate(plan, record(finding(words, page=2))))
    assert (page, boxes) == (2, 1)
    assert under.strip(" .") == "The last page has words of its own"


def test_what_has_no_place_is_a_note_on_the_first_page(plan: bytes) -> None:
    without = finding("", reason="Section G was not found.")
    elsewhere = finding("words that stand nowhere in it", page=None)
    ((page, kind, boxes, _, says),) = notes(annotate(plan, record(without, elsewhere)))
    assert (page, kind, boxes) == (1, raw.FPDF_ANNOT_TEXT, 0)
    assert "Section G was not found." in says
    assert "It does not say how often." in says


def test_only_what_is_to_mend_or_look_at_is_marked(plan: bytes) -> None:
    assert remarks(record(finding("Office staff", state="met"))) == []


def test_quotes_of_other_documents_are_not_marked_here(plan: bytes) -> None:
    other = QuoteRecord(text="Therapist", location=LocationRecord(page=1), document="advice.pdf")
    (remark,) = remarks(record(finding("", quotes=(other,))))
    assert remark.words == ""


def test_the_text_stays_as_it_was(plan: bytes) -> None:
    marked = annotate(plan, record(finding("Therapist"), finding("")))
    again, before = read_pdf(marked, "a.pdf"), read_pdf(plan, "a.pdf")
    assert again.text == before.text
    assert [p.code for p in again.problems] == ["comments"]


def test_no_pdf_is_an_error_in_one_sentence() -> None:
    with pytest.raises(ValueError, match=r"plan\.pdf cannot be opened as a PDF"):
        annotate(b"nothing", record())
