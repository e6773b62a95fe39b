"""What is no readable document gets one clear sentence, and takes neither time nor memory."""

from __future__ import annotations

import io
import zipfile

import pytest

from goldthread.core.plan.document import ReadingError
from goldthread.readers.documents import read_document
from tests.unit.readers.docx.making import SPACES, document, para, run

GOOD = document(para(run("Section A")), para(run("Amara likes music.")))


def raw(body: bytes | str, name: str = "word/document.xml") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, body)
    return out.getvalue()


def refused(data: bytes, name: str = "plan.docx") -> ReadingError:
    with pytest.raises(ReadingError) as caught:
        read_document(data, name)
    sentence = str(caught.value)
    assert sentence.startswith(name)
    assert sentence.endswith(".")
    assert "Traceback" not in sentence
    return caught.value


NESTED = "<w:tbl><w:tr><w:tc>" * 3000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 3000
LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    f"<w:document {SPACES}><w:body><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:body></w:document>"
)
OUTSIDE = (
    '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    f"<w:document {SPACES}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (document(), "no-text-layer"),
        (GOOD[: len(GOOD) // 2], "damaged"),
        (raw(b"<w:document"), "damaged"),
        (raw(LAUGHS), "doctype"),
        (raw(OUTSIDE), "doctype"),
        (raw(f"<w:document {SPACES}><w:body>{NESTED}</w:body></w:document>"), "too-deep"),
        (raw(b"x" * (65 * 1024 * 1024)), "zip-bomb"),
        (raw(b"<x/>", "word/other.xml"), "no-body"),
        (raw(b"<x/>", "xl/workbook.xml"), "archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old-word"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
        (b"{\\rtf1 hello}", "rich-text"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "picture"),
        (b"<!DOCTYPE html><html><body>hi</body></html>", "web-page"),
        (b"\0\1\2\3" * 100, "unknown-kind"),
    ],
)
def test_refused_in_one_sentence(data: bytes, code: str):
    assert refused(data).code == code


def test_a_zip_that_lies_about_its_size_is_capped():
    data = bytearray(raw(b"<a>" + b"x" * (65 * 1024 * 1024) + b"</a>"))
    at = data.rfind(b"PK\x01\x02")  # the entry in the index: its uncompressed size is at +24
    data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    data[22:26] = (1000).to_bytes(4, "little")
    assert refused(bytes(data)).code in ("zip-bomb", "damaged")


def test_too_many_parts():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", "<x/>")
        for number in range(5001):
            package.writestr(f"word/{number}.txt", "")
    assert refused(out.getvalue()).code == "zip-bomb"


def test_a_wrong_ending_is_read_by_its_content_and_said():
    read = read_document(GOOD, "plan.pdf")
    assert read.kind == "docx"
    assert [p.code for p in read.problems] == ["wrong-ending"]
    text = read_document(b"Section A\nAmara likes music.", "plan.docx")
    assert text.kind == "text"
    assert [p.code for p in text.problems] == ["wrong-ending"]
