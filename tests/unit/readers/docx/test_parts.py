"""Other parts of a Word file, parts of other names, and parts made to do harm."""

from __future__ import annotations

import io
import zipfile

import pytest

from goldthread.core.plan.document import RawDocument, ReadingError, Table
from goldthread.readers.documents import read_document
from tests.unit.readers.docx.making import (
    SPACES,
    box,
    cell,
    control,
    deleted,
    document,
    inserted,
    para,
    row,
    run,
    table,
)

W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
SYMEX = 'xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex"'


def read(*blocks: str, **parts: str) -> RawDocument:
    return read_document(document(*blocks, **parts), "plan.docx")


def style(name: str, about: str, based: str = "") -> str:
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:styleId="{name}"><w:name w:val="{name}"/>{base}{about}</w:style>'


def test_headers_are_read_like_the_body_and_once():
    inside = para(run("Amara Okafor "), deleted("gone"), box(para(run("OFFICIAL"))))
    header = f"<w:hdr {SPACES}>{table(row(cell(inside)))}</w:hdr>"
    found = read(para(run("one")), header1=header, header2=header)
    assert [p.text for p in found.margins] == ["Amara Okafor", "OFFICIAL"]


def test_tables_in_notes_are_kept_and_notes_say_no_page():
    rows = table(row(cell(para(run("in a table")))))
    notes = f"<w:endnotes {SPACES}><w:endnote>{rows}{para(run('plain'))}</w:endnote></w:endnotes>"
    found = read(para(run("one"), '<w:r><w:br w:type="page"/></w:r>'), endnotes=notes)
    noted = [(p.text, p.part, p.location.page, p.ordinal) for p in found.paragraphs[1:]]
    assert noted == [("in a table", "note", None, None), ("plain", "note", None, None)]


def test_a_table_in_a_text_box_is_part_of_it():
    boxed = box(table(row(cell(para(run("in the box"))))) + para())
    found = read(para(run("one"), boxed))
    assert [(p.text, p.part) for p in found.paragraphs] == [
        ("one", "body"),
        ("in the box", "textbox"),
    ]
    assert isinstance(found.blocks[1], Table)


def test_a_picture_alone_is_no_text_but_a_hint():
    with pytest.raises(ReadingError, match="save it as a PDF") as caught:
        read(para())
    assert caught.value.code == "no-text-layer"


def packed(parts: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, body in parts.items():
            package.writestr(name, body)
    return out.getvalue()


BODY = f"<w:document {SPACES}><w:body>{para(run('one'))}</w:body></w:document>"
RELATED = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/{}" Target="{}"/></Relationships>'
)


def test_a_text_part_of_another_name_is_found():
    styles = f"<w:styles {SPACES}>{style('heading 1', '')}</w:styles>"
    parts = {
        "_rels/.rels": RELATED.format("officeDocument", "/word/document2.xml"),
        "word/document2.xml": BODY.replace(
            "<w:p>", '<w:p><w:pPr><w:pStyle w:val="heading 1"/></w:pPr>'
        ),
        "word/_rels/document2.xml.rels": RELATED.format("styles", "styles7.xml"),
        "word/styles7.xml": styles,
    }
    (only,) = read_document(packed(parts), "plan.docx").paragraphs
    assert (only.text, only.heading) == ("one", 1)


def test_strict_open_xml_is_read():
    strict = BODY.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert read_document(packed({"word/document.xml": strict}), "plan.docx").text == "one"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE d [<!ENTITY x "y">]><d/>', "doctype"),
        ("<!--" + "x" * 5000 + "--><!DOCTYPE d><d/>", "doctype"),
        ("<d>" * 3000 + "</d>" * 3000, "too-deep"),
        ("<d/>", "no-body"),
        (f"<w:document {SPACES}><w:body>{'<w:sdt><w:sdtContent>' * 900}<w:p/>"
         f"{'</w:sdtContent></w:sdt>' * 900}</w:body></w:document>", "too-deep"),
        (f"<w:document {SPACES}><w:body><w:p>{'<w:smartTag>' * 1900}{'</w:smartTag>' * 1900}"
         "</w:p></w:body></w:document>", "too-deep"),
    ],
)  # fmt: skip
def test_hostile_parts_are_refused(body: str, code: str):
    data = body.encode("utf-16" if "UTF-16" in body else "utf-8")
    with pytest.raises(ReadingError) as caught:
        read_document(packed({"word/document.xml": data}), "plan.docx")
    assert caught.value.code == code


def test_packing_that_word_never_uses_is_refused():
    with pytest.raises(ReadingError, match="packed in a way") as caught:
        read_document(packed({"word/document.xml": BODY}, zipfile.ZIP_LZMA), "plan.docx")
    assert caught.value.code == "damaged"


def test_a_control_around_a_row_and_an_inserted_row():
    rows = table(
        control(row(cell(para(run("a"))))),
        row(cell(para(inserted(run("b")))), properties='<w:ins w:id="1"/>'),
        row(control(cell(para(run("c"))))),
    )
    found = read(rows)
    assert [p.text for p in found.paragraphs] == ["a", "b", "c"]
    assert found.tracked_changes == 2
