"""The walker loses nothing and keeps nothing twice: every unit carries a word of its own."""

from __future__ import annotations

import re

import pytest

from goldthread.core.plan.document import Paragraph, Table
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

STRIKE = "<w:strike/>"


def words(data: bytes) -> list[str]:
    return re.findall(r"unit\d+", read_document(data, "plan.docx").text)


def test_every_construct_is_read_once_and_in_order():
    data = document(
        para(run("unit1")),
        control(para(run("unit2"))),
        para(control(run("unit3")), inserted(run(" unit4")), run(" unit5")),
        para(f"<w:hyperlink>{run('unit6')}</w:hyperlink><w:smartTag>{run(' unit7')}</w:smartTag>"),
        table(
            row(cell(para(run("unit8"))), cell(table(row(cell(para(run("unit9"))))), para())),
            control(row(control(cell(para(run("unit10")))), cell(para(run("unit11"))))),
        ),
        para(run("unit12"), box(para(run("unit13")))),
        para(f"<w:fldSimple w:instr='DATE'>{run('unit14')}</w:fldSimple>"),
        para(run("unit15")),
    )
    assert words(data) == [f"unit{n}" for n in range(1, 16)]


def test_deletions_and_struck_words_are_apart():
    data = document(
        para(run("will have "), deleted("three hours"), inserted(run("two hours")), run(" a week")),
        para(run("kept "), run("gone", STRIKE), run(" kept")),
        para(run("all gone", STRIKE)),
    )
    read = read_document(data, "plan.docx")
    first, second, third = read.paragraphs
    assert (first.text, first.before) == (
        "will have two hours a week", "will have three hours a week",
    )  # fmt: skip
    assert (second.text, second.before) == ("kept  kept", "kept gone kept")
    assert (third.text, third.before) == ("", "all gone")
    assert [m.kind for m in first.marks] == ["inserted"]
    assert first.text[first.marks[0].start : first.marks[0].end] == "two hours"
    assert read.tracked_changes == 2
    assert [p.code for p in read.problems] == ["tracked-changes"]


def test_offsets_count_in_the_whole_text():
    data = document(para(run("one")), table(row(cell(para(run("two"))), cell(para(run("three"))))))
    read = read_document(data, "plan.docx")
    for p in read.paragraphs:
        assert read.text[p.start : p.end] == p.text
    assert [p.location.paragraph for p in read.paragraphs] == [1, 2, 3]
    assert [(p.location.row, p.location.column) for p in read.paragraphs[1:]] == [(1, 1), (1, 2)]


def test_merged_cells_keep_their_column_and_are_shown_below():
    merge, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    data = document(
        table(
            row(cell(para(run("outcome")), properties=merge), cell(para(run("first")))),
            row(cell(properties=go_on), cell(para(run("second")))),
            row(cell(para(run("wide")), properties='<w:gridSpan w:val="2"/>')),
            row(cell(para(run("late"))), properties='<w:gridBefore w:val="1"/>'),
        )
    )
    found = read_document(data, "plan.docx")
    rows = next(b for b in found.blocks if isinstance(b, Table)).rows
    assert rows[1].cells[0].inherited
    assert rows[1].cells[0].text == "outcome"
    assert [c.column for c in rows[1].cells] == [1, 2]
    assert rows[2].cells[0].span == 2
    assert rows[3].cells[0].column == 2
    assert [p.text for p in found.paragraphs] == ["outcome", "first", "second", "wide", "late"]


def test_headings_lists_and_boldness():
    styles = (
        f'<w:styles {SPACES}><w:style w:styleId="Sec"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:styleId="Sub"><w:name w:val="Council"/><w:basedOn w:val="Sec"/>'
        '<w:rPr><w:b/></w:rPr></w:style><w:style w:styleId="Out"><w:name w:val="Other"/><w:pPr>'
        '<w:outlineLvl w:val="3"/></w:pPr></w:style></w:styles>'
    )
    numbering = (
        f'<w:numbering {SPACES}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start '
        'w:val="1"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="Section %1"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%2)"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )

    def numbered(level: int) -> str:
        return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr>'

    data = document(
        para(run("a"), properties='<w:pStyle w:val="Sub"/>'),
        para(run("b"), properties='<w:pStyle w:val="Out"/>'),
        para(run("c"), properties=numbered(0)),
        para(run("d"), properties=numbered(1)),
        para(run("e"), properties=numbered(1)),
        para(run("f"), properties=numbered(0)),
        para(run("g"), properties=numbered(1)),
        para(run("h", "<w:b/>"), run(" i")),
        styles=styles,
        numbering=numbering,
    )
    a, b, c, d, e, f, g, h = read_document(data, "plan.docx").paragraphs
    assert (a.heading, a.bold, b.heading) == (2, True, 4)
    assert [p.bullet for p in (c, d, e, f, g)] == ["Section A", "(i)", "(ii)", "Section B", "(i)"]
    assert (h.bold, [(m.kind, m.start, m.end) for m in h.marks]) == (False, [("bold", 0, 1)])


def test_margins_notes_boxes_and_pages():
    header = f"<w:hdr {SPACES}>{para(run('OFFICIAL'))}</w:hdr>"
    notes = f"<w:footnotes {SPACES}><w:footnote>{para(run('a note'))}</w:footnote></w:footnotes>"
    data = document(
        para(run("one"), box(para(run("boxed")))),
        para('<w:r><w:br w:type="page"/></w:r>'),
        para(run("two")),
        para("<w:r><w:lastRenderedPageBreak/><w:t>three</w:t></w:r>"),
        header1=header,
        header2=header,
        footnotes=notes,
    )
    read = read_document(data, "plan.docx")
    assert [p.text for p in read.margins] == ["OFFICIAL"]
    assert [(p.text, p.part) for p in read.paragraphs] == [
        ("one", "body"), ("boxed", "textbox"), ("two", "body"), ("three", "body"),
        ("a note", "note"),
    ]  # fmt: skip
    assert read.paragraphs[2].location.page == 2


def test_ordinals_find_the_paragraph_again():
    data = document(para(), para(run("one")), para(), table(row(cell(para(), para(run("two"))))))
    assert [p.ordinal for p in read_document(data, "plan.docx").paragraphs] == [1, 4]


@pytest.mark.parametrize(("ticked", "sign"), [("1", "☒"), ("0", "☐")])
def test_old_form_boxes_are_read(ticked: str, sign: str):
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>'
        f'<w:default w:val="0"/><w:checked w:val="{ticked}"/></w:checkBox></w:ffData>'
        "</w:fldChar></w:r>"
    )
    read = read_document(document(para(field, run("Final"))), "plan.docx")
    first = read.blocks[0]
    assert isinstance(first, Paragraph)
    assert first.text == f"{sign} Final"
