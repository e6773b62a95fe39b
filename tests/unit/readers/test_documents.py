"""Plain text, and telling kinds of files apart by what is in them."""

from __future__ import annotations

import pytest

from goldthread.core.plan.document import RawDocument, ReadingError, Table
from goldthread.readers.documents import read_document


def read(text: str, way: str = "utf-8") -> RawDocument:
    return read_document(text.encode(way), "plan.txt")


@pytest.mark.parametrize(
    "way", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_every_way_of_writing_text(way: str):
    found = read("Section A\n£45 – for café visits, “always”", way)
    assert [p.text for p in found.paragraphs] == [
        "Section A", "£45 – for café visits, “always”",
    ]  # fmt: skip


def test_list_items_and_their_labels():
    found = read("- one\n• two\n1. three\n1.\tfour\n(a) five\n•\tsix\n-seven\n* eight\n1.5 hours")
    assert [(p.bullet, p.text) for p in found.paragraphs] == [
        ("•", "one"), ("•", "two"), ("1.", "three"), ("1.", "four"), ("(a)", "five"),
        ("•", "six"), ("", "-seven"), ("•", "eight"), ("", "1.5 hours"),
    ]  # fmt: skip


def test_rows_by_tabs_or_bars():
    found = read("before\nE\tF\nBy July\tweekly\nafter\n| E | F |\n|---|:-:|\n| a | |\nend")
    tables = [b for b in found.blocks if isinstance(b, Table)]
    assert [[[c.text for c in r.cells] for r in t.rows] for t in tables] == [
        [["E", "F"], ["By July", "weekly"]], [["E", "F"], ["a", ""]],
    ]  # fmt: skip
    places = [(p.location.table, p.location.row, p.location.column) for p in found.paragraphs]
    assert places[:3] == [(None, None, None), (1, 1, 1), (1, 1, 2)]
    for p in found.paragraphs:
        assert found.text[p.start : p.end] == p.text


def test_form_feeds_are_page_breaks_and_without_them_no_page_is_said():
    found = read("one\n\ftwo\fthree")
    assert [p.location.page for p in found.paragraphs] == [1, 2, 3]
    assert found.pages == 3
    silent = read("one")
    assert (silent.paragraphs[0].location.page, silent.pages) == (None, None)


def test_odd_spaces_and_line_ends():
    found = read("one\r\ntwo\rthree\u2028four\x0bfive\u00a0six\u00adteen")
    assert found.text == "one\ntwo\nthree\nfour\nfive sixteen"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"RIFF\x10\0\0\0WEBPVP8 ", "picture"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "picture"),
        (b"\xef\xbb\xbf<html><body>", "web-page"),
        (b"\n <!DOCTYPE HTML>", "web-page"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "web-page"),
        (b"<?xml version='1.0'?><w:wordDocument/>", "xml"),
        (bytes(range(256)) * 4, "unknown-kind"),
        (b"\x01\x02\x03\x04\x05 and a bit of text", "unknown-kind"),
        (b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text",
         "opendocument"),
        (b"\xff\xfe", "empty"),
        (b"\x0c\x0c\n", "empty"),
    ],
)  # fmt: skip
def test_other_files_are_named_in_one_sentence(data: bytes, code: str):
    with pytest.raises(ReadingError) as caught:
        read_document(data, "plan.doc")
    sentence = str(caught.value)
    assert caught.value.code == code
    assert sentence.startswith("plan.doc ")
    assert sentence.endswith(".")
    assert sentence.count("\n") == 0
