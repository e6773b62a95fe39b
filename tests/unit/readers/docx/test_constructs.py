"""What stands in real Word files besides plain runs: fields, forms, signs, hidden text."""

from __future__ import annotations

import pytest

from goldthread.core.plan.document import RawDocument
from goldthread.readers.documents import read_document
from tests.unit.readers.docx.making import (
    SPACES,
    box,
    cell,
    document,
    para,
    row,
    run,
    table,
)

W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
SYMEX = 'xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex"'


def read(*blocks: str, **parts: str) -> RawDocument:
    return read_document(document(*blocks, **parts), "plan.docx")


def lines(*blocks: str, **parts: str) -> list[str]:
    return [p.text for p in read(*blocks, **parts).paragraphs]


def mark(kind: str, inside: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inside}</w:fldChar></w:r>'


def style(name: str, about: str, based: str = "") -> str:
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:styleId="{name}"><w:name w:val="{name}"/>{base}{about}</w:style>'


def numbering(*levels: tuple[str, str], nums: str) -> str:
    made = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(levels)
    )
    return (
        f'<w:numbering {SPACES}><w:abstractNum w:abstractNumId="0">{made}</w:abstractNum>'
        f"{nums}</w:numbering>"
    )


def item(text: str, number: int, level: int = 0) -> str:
    about = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return para(run(text), properties=about)


# --- Fields and forms ----------------------------------------------------------------------------


def test_a_field_shows_its_result_and_not_what_it_is_told():
    inner = [mark("begin"), "<w:r><w:instrText>MERGEFIELD Sex</w:instrText></w:r>",
             mark("separate"), run("unseen"), mark("end")]  # fmt: skip
    outer = [mark("begin"), "<w:r><w:instrText>IF </w:instrText></w:r>", *inner,
             mark("separate"), run("She"), mark("end")]  # fmt: skip
    assert lines(para(*outer, run(" likes music."))) == ["She likes music."]


def test_a_merge_field_is_kept_as_it_stands():
    field = [mark("begin"), mark("separate"), run("«Forename»"), mark("end")]
    assert lines(para(run("Name: "), *field)) == ["Name: «Forename»"]


def test_a_field_that_never_ends_loses_nothing():
    assert lines(para(run("one "), mark("begin"), run("two")), para(run("three"))) == [
        "one two",
        "three",
    ]


@pytest.mark.parametrize(("value", "sign"), [("1", "☒"), ("0", "☐")])
def test_tick_boxes_of_content_controls(value: str, sign: str):
    about = f'<w14:checkbox {W14}><w14:checked w14:val="{value}"/></w14:checkbox>'
    ticked = f"<w:sdt><w:sdtPr>{about}</w:sdtPr><w:sdtContent>{run('?')}</w:sdtContent></w:sdt>"
    assert lines(para(ticked, run(" Final"))) == [f"{sign} Final"]


def test_old_choices_show_the_one_chosen():
    choice = (
        '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="Draft"/>'
        '<w:listEntry w:val="Final"/></w:ddList></w:ffData>'
    )
    assert lines(para(run("Status: "), mark("begin", choice), mark("end"))) == ["Status: Final"]


# --- Signs ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sign", "shown"),
    [
        ("<w:tab/>", "a b"),
        ("<w:ptab/>", "a b"),
        ("<w:br/>", "a b"),
        ("<w:noBreakHyphen/>", "a-b"),
        ("<w:softHyphen/>", "ab"),
        ("<w:t>\u00ad</w:t>", "ab"),
        ("<w:t>\u00a0</w:t>", "a b"),
        ("<w:t>\u2028</w:t>", "a b"),
        ('<w:sym w:font="Wingdings" w:char="F0FE"/>', "a☒b"),
        ('<w:sym w:font="Wingdings" w:char="F0A8"/>', "a☐b"),
        ('<w:sym w:font="Symbol" w:char="F0B3"/>', "a≥b"),
        ('<w:sym w:font="Segoe UI Symbol" w:char="2610"/>', "a☐b"),
        ('<w:sym w:char="zz"/>', "ab"),
        ('<w:sym w:char="D800"/>', "ab"),
        ("<w:ruby><w:rt><w:r><w:t>x</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>y</w:t></w:r>"
         "</w:rubyBase></w:ruby>", "ayb"),
        (f'<mc:AlternateContent><mc:Choice Requires="w16se" {SYMEX}><w16se:symEx '
         'w16se:char="1F60A"/></mc:Choice><mc:Fallback><w:t>x</w:t></mc:Fallback>'
         "</mc:AlternateContent>", "a😊b"),
    ],
)  # fmt: skip
def test_signs_that_are_elements(sign: str, shown: str):
    assert lines(para(f"<w:r><w:t>a</w:t>{sign}<w:t>b</w:t></w:r>")) == [shown]


def test_fractions_written_as_maths_are_read():
    maths = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    half = f'<m:oMath xmlns:m="{maths}"><m:r><m:t>½</m:t></m:r></m:oMath>'
    assert lines(para(run("1"), half, run(" hours"))) == ["1½ hours"]


# --- What stands and what does not ---------------------------------------------------------------


def test_moved_text_stands_where_it_went():
    gone = f'<w:moveFrom w:id="1">{run("three hours")}</w:moveFrom>'
    there = f'<w:moveTo w:id="2">{run("three hours")}</w:moveTo>'
    first, second = read(para(run("A. "), gone), para(there)).paragraphs
    assert (first.text, first.before) == ("A.", "A. three hours")
    assert (second.text, second.before) == ("three hours", "")


def test_rows_and_boxes_taken_out_are_kept_as_before():
    taken = row(cell(para(run("old row"))), properties='<w:del w:id="1"/>')
    found = read(
        table(row(cell(para(run("new row")))), taken),
        para(f'<w:del w:id="3">{box(para(run("old box")))}</w:del>'),
    )
    said = [(p.text, p.before) for p in found.paragraphs]
    assert said == [("new row", None), ("", "old row"), ("", "old box")]


def test_styles_strike_hide_and_embolden():
    styles = f"<w:styles {SPACES}>" + "".join([
        style("Gone", "<w:rPr><w:dstrike/></w:rPr>"),
        style("Ghost", "<w:rPr><w:vanish/></w:rPr>"),
        style("Strong", "<w:rPr><w:b/><w:i/></w:rPr>"),
        style("Softer", '<w:rPr><w:b w:val="0"/></w:rPr>', "Strong"),
    ]) + "</w:styles>"  # fmt: skip
    found = read(
        para(run("kept "), run("gone", '<w:rStyle w:val="Gone"/>'),
             run("back", '<w:rStyle w:val="Gone"/><w:dstrike w:val="0"/>')),
        para(run("seen"), run("unseen", '<w:rStyle w:val="Ghost"/>')),
        para(run("heavy"), properties='<w:pStyle w:val="Strong"/>'),
        para(run("light"), properties='<w:pStyle w:val="Softer"/>'),
        styles=styles,
    )  # fmt: skip
    kept, seen, heavy, light = found.paragraphs
    assert (kept.text, kept.before) == ("kept back", "kept goneback")
    assert seen.text == "seen"
    assert (heavy.bold, light.bold) == (True, False)
    assert [p.code for p in found.problems] == ["hidden-text"]


def test_marks_tell_who_wrote_what_in_a_working_document():
    first = read(
        para(
            run("plain "), run("agreed", "<w:u w:val='single'/>"), run(" "),
            run("par", "<w:b/>"), run("ents", "<w:b/>"), run(" "), run("council", "<w:i/>"),
            run(" red", "<w:color w:val='FF0000'/>"), run(" struck", "<w:b/><w:strike/>"),
        )
    ).paragraphs[0]  # fmt: skip
    assert [(m.kind, first.text[m.start : m.end]) for m in first.marks] == [
        ("underline", "agreed"), ("bold", "parents"), ("italic", "council"), ("coloured", " red"),
    ]  # fmt: skip
    assert first.before == "plain agreed parents council red struck"


def test_marks_keep_their_place_behind_signs_that_nobody_sees():
    first = read(para(run(" soft\u00adened "), run("bold", "<w:b/>"))).paragraphs[0]
    (bold,) = first.marks
    assert (first.text, first.text[bold.start : bold.end]) == ("softened bold", "bold")


def test_a_comment_counts_as_a_problem():
    comments = (
        f'<w:comments {SPACES}><w:comment w:id="0">{para(run("hm"))}</w:comment></w:comments>'
    )
    found = read(para(run("one")), comments=comments)
    assert [p.code for p in found.problems] == ["comments"]
    assert "1 comment in its margin" in found.problems[0].sentence


def test_a_file_inserted_as_a_whole_is_said():
    assert [p.code for p in read(para(run("a")), "<w:altChunk/>").problems] == ["inserted-file"]


# --- Lists ---------------------------------------------------------------------------------------


def test_lists_of_one_kind_go_on_unless_told_to_restart():
    again = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    parts = numbering(("decimal", "%1."), ("lowerLetter", "(%2)"), ("decimal", "%1.%3"), nums=again)
    found = read(
        item("a", 1), item("b", 1, 1), item("c", 1, 1), item("d", 2), item("e", 1, 2),
        item("f", 3), item("g", 3), item("h", 9), item("i", 0),
        numbering=parts,
    )  # fmt: skip
    bullets = [p.bullet for p in found.paragraphs]
    assert bullets == ["1.", "(a)", "(b)", "2.", "2.1", "5.", "6.", "•", ""]


def test_a_paragraph_leaves_the_list_of_its_style():
    listed = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    parts = numbering(
        ("decimal", "%1."), nums='<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    named = '<w:pStyle w:val="L"/>'
    found = read(
        para(run("a"), properties=named),
        para(run("b"), properties=named + '<w:numPr><w:numId w:val="0"/></w:numPr>'),
        para(run("c"), properties=named),
        styles=f"<w:styles {SPACES}>{style('L', listed)}</w:styles>",
        numbering=parts,
    )
    assert [p.bullet for p in found.paragraphs] == ["1.", "", "2."]


@pytest.mark.parametrize("form", ["lowerRoman", "upperLetter", "decimal"])
def test_huge_numbers_in_a_file_cost_nothing(form: str):
    start = '<w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    start += f'<w:startOverride w:val="{"9" * 9}"/></w:lvlOverride></w:num>'
    huge = f'<w:numPr><w:ilvl w:val="{"9" * 5000}"/><w:numId w:val="1"/></w:numPr>'
    found = read(
        item("a", 1),
        para(run("b"), properties=huge),
        table(row(cell(para(run("c")), properties=f'<w:gridSpan w:val="{"9" * 9}"/>'))),
        table(row(cell(para(run("d"))), properties='<w:gridBefore w:val="²"/>')),
        numbering=numbering((form, "%1."), nums=start),
    )
    assert all(len(p.bullet) < 20 for p in found.paragraphs)
    assert [p.text for p in found.paragraphs] == ["a", "b", "c", "d"]


# --- Pages ---------------------------------------------------------------------------------------

SET = '<w:r><w:br w:type="page"/></w:r>'
SEEN = "<w:r><w:lastRenderedPageBreak/></w:r>"


def pages(*blocks: str) -> list[int | None]:
    return [p.location.page for p in read(*blocks).paragraphs]


def test_pages_are_not_said_when_the_file_does_not_say():
    found = read(para(run("one")))
    assert (found.paragraphs[0].location.page, found.pages) == (None, None)


def test_a_break_that_was_set_and_rendered_counts_once():
    assert pages(
        para(run("one")), para(SET), para(SEEN, run("two")), para(run("2"), SEEN, run("two")),
        para(run("three"), SET), para(SEEN, run("four")),
        para(SEEN, run("five"), properties="<w:pageBreakBefore/>"),
    ) == [1, 2, 2, 3, 4, 5]  # fmt: skip


def test_all_cells_of_a_row_that_moved_stand_on_the_next_page():
    moved = [cell(para(SEEN, run(text))) for text in "abc"]
    broken = [cell(para(run(text)), para(SEEN, run(text))) for text in "de"]
    assert pages(para(run("x")), table(row(*moved), row(*broken)), para(run("y"))) == [
        1, 2, 2, 2, 2, 3, 2, 3, 3,
    ]  # fmt: skip
