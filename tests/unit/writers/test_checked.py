"""Checks as text, page, workbook, table and picture."""

from __future__ import annotations

import io

import openpyxl
import polars as pl
import pytest
from lxml import etree

from goldthread.core.report.finding_rows import COLUMNS, finding_rows
from goldthread.writers.checked_html import checked_html, place
from goldthread.writers.checked_text import checked_text, one_line
from goldthread.writers.checked_xlsx import checked_xlsx
from goldthread.writers.parquet import parquet
from goldthread.writers.thread_svg import thread_svg
from tests.records import PLAN, checked_text_plan

RECORD = checked_text_plan()
NEWS = checked_text_plan("Northmere School newsletter\nThe fair is on Saturday.", "news.txt")


def test_text_says_what_to_mend_with_quote_place_and_next_step():
    text = checked_text(RECORD)
    assert "MEND THESE FIRST" in text
    assert "“Tomasz should have access to a key adult as and when required.”" in text
    assert "→ " in text
    assert "a person decides" in text
    assert max(len(line) for line in text.splitlines()) <= 100


def test_another_document_is_not_graded():
    text = checked_text(NEWS)
    assert "does not look like an EHC plan" in " ".join(text.split())
    assert "MEND" not in text
    assert "does not look like an EHC plan" in one_line(NEWS)
    assert NEWS.grade_preview is None
    page = checked_html(NEWS)
    assert "Nothing was graded." in page


def test_the_page_marks_every_note_once():
    page = etree.HTML(checked_html(RECORD))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = {a.lstrip("#") for a in page.xpath("//a/@href") if a.startswith("#")}
    numbered = {t for t in targets if t.startswith("note-")}
    assert numbered
    assert numbered <= set(ids)
    assert not page.xpath("//script | //link | //img")


def test_hostile_words_do_nothing():
    hostile = PLAN.replace("Amara has autism.", "<script>alert(1)</script> =cmd|' /C calc'!A0")
    record = checked_text_plan(hostile, "<b>=1+1.txt")
    assert "<script>alert" not in checked_html(record)
    assert "<script>" not in thread_svg(record.thread)
    book = openpyxl.load_workbook(io.BytesIO(checked_xlsx([record])))
    for sheet in book:
        for row in sheet.iter_rows():
            assert not [c for c in row if c.data_type == "f"]


def test_the_workbook_holds_every_finding():
    book = openpyxl.load_workbook(io.BytesIO(checked_xlsx([RECORD, NEWS])))
    assert book.sheetnames == ["Read me", "Documents", "Findings", "Answers"]
    assert book["Findings"].max_row == 1 + len(RECORD.findings) + len(NEWS.findings)
    assert [c.value for c in book["Findings"][1]] == list(COLUMNS)
    assert book["Documents"].max_row == 3


def test_parquet_keeps_types_also_when_empty():
    table = pl.read_parquet(io.BytesIO(parquet(finding_rows(RECORD))))
    assert table.height == len(RECORD.findings)
    assert table["answer"].dtype == pl.Int64
    empty = pl.read_parquet(io.BytesIO(parquet([])))
    assert empty.schema == table.schema


def test_the_picture_says_itself_and_marks_what_is_loose():
    root = etree.fromstring(thread_svg(RECORD.thread).encode())
    title = root.find("{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert "golden thread" in (title.text or "")
    rects = root.findall("{http://www.w3.org/2000/svg}rect")
    assert len(rects) == len(RECORD.thread.nodes)
    loose = {end.node for end in RECORD.thread.loose}
    assert len([r for r in rects if r.get("stroke-dasharray")]) == len(loose)


@pytest.mark.parametrize(
    ("location", "said"),
    [({"page": 2, "table": 1, "row": 3, "paragraph": 9}, "page 2, table 1, row 3"),
     ({"paragraph": 9}, "paragraph 9"), ({}, "")],
)  # fmt: skip
def test_places_as_people_say_them(location: dict[str, int], said: str):
    record = RECORD.document.status_quote
    assert record is not None
    assert place(type(record.location).model_validate(location)) == said
