"""Units with a sentinel word each: none lost, none twice, in order, rows whole."""

from __future__ import annotations

import pytest

from goldthread.core.plan.document import RawDocument, ReadingError, Table
from goldthread.readers.pdf import read_pdf
from tests.unit.readers.pdf.made import (
    rows_of,
    said,
    sentinels,
    set_by_typst,
    written_by_hand,
)

PLAN = """
= Section A: Views zq1
Amara says that she likes stories and that she would like a friend at lunchtime, every day zq2.

Her mother says that mornings are hard zq3.
- likes music zq4
- likes swimming zq5
+ first step zq6
+ second step zq7
== Outcomes zq8
#table(columns: (2fr, 1fr, 1fr), table.header([What zq9], [Who zq10], [How often zq11]),
  [Three sessions of language work with a trained adult in a quiet room each week, written down
  by the therapist zq12], [Teaching assistant zq13], [3 × 20 minutes zq14],
  table.cell(rowspan: 2)[Reading zq15], [Teacher zq16], [Daily zq17],
  [Parent zq18], [Weekly zq19],
  table.cell(colspan: 2)[Wide cell zq20], [Termly zq21])
After the table zq22.
"""


def read(data: bytes) -> RawDocument:
    return read_pdf(data, "plan.pdf")


@pytest.mark.parametrize("tags", [True, False])
def test_nothing_is_lost_or_twice_and_the_order_holds(tags: bool) -> None:
    document = read(set_by_typst(PLAN, tags=tags))
    assert sentinels(document.text) == [f"zq{n}" for n in range(1, 23)]
    assert document.tagged is tags
    assert document.kind == "pdf"
    assert document.pages == 1


@pytest.mark.parametrize("tags", [True, False])
def test_rows_are_whole_and_merged_cells_serve_each_row(tags: bool) -> None:
    document = read(set_by_typst(PLAN, tags=tags))
    assert [[sentinels(c) for c in row] for row in rows_of(document)] == [
        [["zq9"], ["zq10"], ["zq11"]],
        [["zq12"], ["zq13"], ["zq14"]],
        [["zq15"], ["zq16"], ["zq17"]],
        [["zq18"], ["zq19"]],
        [["zq20"], ["zq21"]],
    ]
    table = next(b for b in document.blocks if isinstance(b, Table))
    below = table.rows[3].cells
    assert below[0].inherited
    assert sentinels(below[0].text) == ["zq15"]
    assert [c.column for c in below] == [1, 2, 3]
    assert [(c.column, c.span) for c in table.rows[4].cells] == [(1, 2), (3, 1)]


@pytest.mark.parametrize("tags", [True, False])
def test_headings_bullets_and_places_are_told(tags: bool) -> None:
    document = read(set_by_typst(PLAN, tags=tags))
    by = {sentinels(p.text)[0]: p for p in document.paragraphs}
    assert by["zq1"].heading == 1
    assert by["zq8"].heading == 2
    assert by["zq2"].heading == 0
    assert by["zq1"].bold
    assert (by["zq4"].bullet, by["zq4"].text) == ("•", "likes music zq4")
    assert (by["zq7"].bullet, by["zq7"].text) == ("2.", "second step zq7")
    cell = by["zq17"].location
    assert (cell.page, cell.table, cell.row, cell.column) == (1, 1, 3, 3)
    for paragraph in document.paragraphs:
        assert document.text[paragraph.start : paragraph.end] == paragraph.text
    assert [p.location.paragraph for p in document.paragraphs] == list(range(1, 23))


LONG = "".join(
    f"[Row {n} begins zq{4 * n + 1} and goes on for long enough to fill more than two lines of its "
    f"cell, so that a page break may come inside it, which it does somewhere zq{4 * n + 2} at the "
    f"end.], [who it is zq{4 * n + 3}], [how often zq{4 * n + 4}],\n"
    for n in range(40)
)


@pytest.mark.parametrize("tags", [True, False])
def test_rows_over_page_breaks_are_whole_and_running_lines_go_to_the_margins(tags: bool) -> None:
    data = set_by_typst(
        f"#table(columns: (3fr, 1fr, 1fr), table.header([What], [Who], [How]),\n{LONG})",
        tags=tags,
        paper=", header: [OFFICIAL-SENSITIVE zq900], footer: context "
        "[Page #counter(page).display() of 9]",
    )
    document = read(data)
    assert document.pages is not None
    assert document.pages > 2
    rows = [[sentinels(c) for c in row] for row in rows_of(document)][1:]
    assert rows == [
        [[f"zq{4 * n + 1}", f"zq{4 * n + 2}"], [f"zq{4 * n + 3}"], [f"zq{4 * n + 4}"]]
        for n in range(40)
    ]
    margins = [p.text for p in document.margins]
    assert sum("zq900" in m for m in margins) == 1
    assert sum("Page 1 of 9" in m for m in margins) == 1
    assert "zq900" not in document.text
    assert "of 9" not in document.text


def test_paragraphs_over_page_breaks_are_one() -> None:
    body = "\n\n".join(
        f"zq{n} "
        + f"words of {'abcdefghijkl'[n]} that go on, for many lines of text " * 12
        + "to the end."
        for n in range(12)
    )
    document = read(set_by_typst(body, tags=False))
    assert document.pages == 2
    assert [sentinels(p.text) for p in document.paragraphs] == [[f"zq{n}"] for n in range(12)]


COLUMNS = """
= Section F zq1
What follows is set out in two columns without any ruling, as some council systems print it zq2.

#grid(columns: (62%, 35%), column-gutter: 3%, row-gutter: 12pt, [*Provision* zq3], [*Who* zq4],
..range(6).map(i => (
  [Amara will have three sessions of twenty minutes each week of language work zq1#i with a trained
  adult in a quiet room, from a programme that is written by the therapist zq2#i.],
  [Speech and language therapist zq3#i with the teaching assistant zq4#i])).flatten())

After it comes an ordinary paragraph that runs over the whole width of the page, as before zq5.
"""


def test_two_columns_without_rules_are_rows() -> None:
    document = read(set_by_typst(COLUMNS, tags=False))
    assert sentinels(document.text) == [
        "zq1", "zq2", "zq3", "zq4",
        *(f"zq{k}{n}" for n in range(6) for k in (1, 2, 3, 4)), "zq5",
    ]  # fmt: skip
    rows = [[sentinels(c) for c in row] for row in rows_of(document)]
    assert rows[0] == [["zq3"], ["zq4"]]
    assert rows[3] == [["zq12", "zq22"], ["zq32", "zq42"]]


def test_newspaper_columns_come_one_after_the_other() -> None:
    body = "#columns(2)[" + "\n\n".join(
        f"Paragraph zq{n} " + "of some words that fill several lines of a column " * (n % 3 + 2)
        for n in range(16)
    )
    document = read(set_by_typst(body + "]", tags=False))
    assert sentinels(document.text) == [f"zq{n}" for n in range(16)]


def test_labels_and_values_side_by_side_are_rows() -> None:
    body = """#grid(columns: (30%, 70%), row-gutter: 8pt, [Full name], [Amara Test],
    [Date of birth], [1 March 2016], [School], [Invented Primary School], [Year], [5])"""
    assert rows_of(read(set_by_typst(body, tags=False))) == [
        ["Full name", "Amara Test"],
        ["Date of birth", "1 March 2016"],
        ["School", "Invented Primary School"],
        ["Year", "5"],
    ]


@pytest.mark.parametrize("tags", [True, False])
def test_struck_words_are_left_out_and_kept_as_they_were(tags: bool) -> None:
    document = read(set_by_typst("One #strike[two three] four #underline[five].", tags=tags))
    (paragraph,) = document.paragraphs
    assert paragraph.text == "One four five."
    assert paragraph.before == "One two three four five."
    assert [p.code for p in document.problems] == ["struck-through"]


def test_broken_words_are_mended_only_when_the_document_knows_them() -> None:
    lines = [
        (50, 700, "Her communication is good and she uses commu-"),
        (50, 686, "nication aids for speech, for her own well-"),
        (50, 672, "being and for that of her friends in class."),
    ]
    document = read(written_by_hand([said(lines)]))
    assert document.text == (
        "Her communication is good and she uses communication aids for speech, for her own "
        "well-being and for that of her friends in class."
    )


def test_ligatures_and_soft_hyphens_are_made_plain() -> None:
    document = read(set_by_typst("office conflict a\u00ad\u00adffluent\u00a0child", tags=False))
    assert document.text == "office conflict affluent child"


def test_a_bold_line_is_a_heading_and_a_box_is_a_table_of_one_cell() -> None:
    content = b"\n".join(
        [
            said([(50, 780, "Section B: Needs zq1")], font="F2"),
            said([(50, 760 - 14 * n, f"Line {n} of plain words, as many as a line holds.")
                  for n in range(6)]),
            b"0.9 g 45 600 400 24 re f 0 g",
            said([(50, 608, "Section C zq2")], font="F2"),
        ]
    )  # fmt: skip
    document = read(written_by_hand([content]))
    assert document.paragraphs[0].heading == 1
    assert document.paragraphs[0].bold
    assert rows_of(document) == [["Section C zq2"]]


def test_a_page_shown_turned_is_read_as_shown() -> None:
    turned = b"q 0 1 -1 0 595 0 cm\n" + said(
        [(50, 500, "First zq1 line of a sideways page."), (50, 400, "Second zq2 line.")]
    )
    document = read(written_by_hand([turned + b"\nQ"], extra="/Rotate 90"))
    assert sentinels(document.text) == ["zq1", "zq2"]


def test_what_is_filled_into_a_form_is_read() -> None:
    field = (
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Amara zq7) "
        b"/Rect [200 700 400 715] >>"
    )
    data = written_by_hand(
        [said([(50, 702, "Full name"), (50, 600, "The end of the form.")])],
        extra="/Annots [5 0 R]",
        more=[field],
    )
    data = data.replace(
        b"<< /Type /Catalog ", b"<< /AcroForm << /Fields [5 0 R] >> /Type /Catalog ", 1
    )
    assert sentinels(read(data).text) == ["zq7"]


def test_tags_that_hold_no_text_are_not_used() -> None:
    page = said([(50, 700 - 20 * n, f"Line zq{n} of an untagged page.") for n in range(5)])
    data = written_by_hand([page]).replace(
        b"<< /Type /Catalog ",
        b"<< /MarkInfo << /Marked true >> /StructTreeRoot << /Type /StructTreeRoot >> "
        b"/Type /Catalog ",
        1,
    )
    document = read(data)
    assert document.tagged is False
    assert sentinels(document.text) == [f"zq{n}" for n in range(5)]


def test_an_empty_page_is_said_to_hold_no_text() -> None:
    with pytest.raises(ReadingError, match="holds no text") as caught:
        read(written_by_hand([b""]))
    assert caught.value.code == "no-text-layer"


def test_a_merged_cell_serves_the_rows_after_a_page_break_too() -> None:
    rows = "".join(
        f"[Provision zq{n} is described here at some length, and ends.], [Person {n}.],\n"
        for n in range(1, 81)
    )
    body = f"#table(columns: (1fr, 3fr, 1fr), table.cell(rowspan: 80)[Outcome zq0], {rows})"
    document = read(set_by_typst(body, tags=False))
    assert document.pages is not None
    assert document.pages > 1
    (table,) = (b for b in document.blocks if isinstance(b, Table))
    assert len(table.rows) == 80
    assert all(sentinels(row.cells[0].text) == ["zq0"] for row in table.rows)
    assert sentinels(document.text) == [f"zq{n}" for n in range(81)]


def test_an_empty_tagged_cell_does_not_shift_its_neighbours() -> None:
    document = read(set_by_typst("#table(columns: 3, [a], [], [c], [], [e], [])", tags=True))
    assert document.tagged
    assert rows_of(document) == [["a", "", "c"], ["", "e", ""]]
