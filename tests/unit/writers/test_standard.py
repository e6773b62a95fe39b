"""The readable standard: every form holds every question, and none takes content for markup."""

from __future__ import annotations

import re
from itertools import pairwise

import pypdfium2
import pytest

from goldthread.core.report.standard import standard
from goldthread.readers.frameworks import load_framework, shared_framework
from goldthread.writers.standard_html import standard_html
from goldthread.writers.standard_pdf import standard_pdf

REFERENCE = shared_framework()
VALUE = standard(REFERENCE)
PAGE = standard_html(VALUE)


@pytest.fixture(scope="module")
def pdf():
    return standard_pdf(VALUE)


def text_of(data):
    with pypdfium2.PdfDocument(data) as document:
        return " ".join(
            " ".join(page.get_textpage().get_text_bounded().split()) for page in document
        )


def test_every_question_has_a_place_and_stands_in_an_index():
    assert [e.id for e in VALUE.entries if e.id not in {c.id for c in REFERENCE.criteria}] == []
    assert len(list(VALUE.entries)) == len(REFERENCE.criteria)
    listed = {link.id for role in VALUE.roles for link in role.links}
    assert listed == {c.id for c in REFERENCE.criteria}
    assert {link.id for topic in VALUE.topics for link in topic.links} == listed


def test_sections_stand_in_order_and_ten_comes_after_nine():
    assert [c.letter for c in VALUE.chapters][:4] == ["X", "A", "B", "C"]
    chapter = next(c for c in VALUE.chapters if c.letter == "F")
    assert [e.number for e in chapter.entries] == [f"F{n}" for n in range(1, 12)]


def test_what_is_not_confirmed_is_said_wherever_it_is_cited():
    doubted = [law.source for c in REFERENCE.criteria for law in c.law if not law.confirmed]
    assert doubted
    assert PAGE.count('<span class="unconfirmed">') >= len(doubted)
    for source in doubted:
        assert f"{source} (not yet confirmed at the source)" in PAGE


def test_links_in_the_page_lead_somewhere_and_ids_are_once():
    ids = re.findall(r'\bid="([^"]+)"', PAGE)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', PAGE)) <= set(ids)
    assert set(re.findall(r'aria-labelledby="([^"]+)"', PAGE)) <= set(ids)


def test_the_page_fetches_and_runs_nothing():
    assert "<script" not in PAGE
    assert not re.search(r'(?:src|@import|url\()\s*=?\s*["\']?https?:', PAGE)
    levels = [int(level) for level in re.findall(r"<h([1-6])", PAGE)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_pdf_is_tagged_titled_and_the_same_every_time(pdf):
    assert b"/MarkInfo" in pdf
    assert b"pdfuaid" in pdf
    assert standard_pdf(VALUE) == pdf
    with pypdfium2.PdfDocument(pdf) as document:
        assert document.get_metadata_value("Title").startswith(REFERENCE.title)
        assert len(list(document.get_toc())) > len(VALUE.chapters)


def test_the_pdf_holds_every_question(pdf):
    told = text_of(pdf)
    for entry in VALUE.entries:
        assert entry.id in told


def test_content_is_never_markup():
    sharp = "<b>#link(“x”) *bold* $x$ & “quote” \\ [a] `code`"
    criterion = REFERENCE.criteria[0].model_copy(update={"why": sharp})
    value = standard(REFERENCE.model_copy(update={"criteria": (criterion,)}))
    page = standard_html(value)
    assert "<b>#" not in page
    assert "&lt;b&gt;#link" in page
    assert "<b>#link(“x”) *bold* $x$ & “quote” \\ [a] `code`" in text_of(standard_pdf(value))


def test_a_local_standard_shows_its_map_and_its_own_labels():
    value = standard(load_framework("example-local@2026.1"), REFERENCE)
    page = standard_html(value)
    assert "X4-current, part, 50% of it" in page
    assert "asked only here" in page
    assert "Exemplary" in page
    assert "Outstanding" not in page
    assert "Class B" in text_of(standard_pdf(value))


def test_an_edition_without_questions_is_written_too():
    value = standard(REFERENCE.model_copy(update={"criteria": (), "rules": ()}))
    assert "no questions yet" in standard_html(value)
    assert standard_pdf(value).startswith(b"%PDF")
