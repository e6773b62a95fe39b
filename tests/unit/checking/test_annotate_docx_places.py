"""Where comments go when words are cut up, stand in notes or fields, or are nowhere at all."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from lxml import etree

from goldthread.checking.annotate_docx import annotate
from goldthread.checking.job import Answered, File, Files, Job
from goldthread.checking.pipeline import check
from goldthread.core.report.check_record import (
    CheckRecord,
    FindingRecord,
    LocationRecord,
    QuoteRecord,
)
from goldthread.readers.documents import read_document
from tests.unit.checking.test_annotate_docx import SECTIONS, marked, whole
from tests.unit.readers.docx.making import SPACES, box, deleted, document, inserted, para, run

BOLD = "<w:b/>"


def base(data: bytes) -> CheckRecord:
    outcome = check(Files(File("plan.docx", data)), Job(today=dt.date(2026, 11, 24)))
    assert isinstance(outcome, Answered)
    return outcome.record.model_copy(update={"findings": ()})


def finding(*quotes: QuoteRecord, **changes: object) -> FindingRecord:
    values = {"rule": "M31", "edition": "2026.1", "criterion": "F4-firm", "state": "mend",
              "answer": 1, "confidence": 0.9, "reason": "It is open.", "next_step": "Close it.",
              "quotes": quotes}  # fmt: skip
    return FindingRecord.model_validate({**values, **changes})


def quoted(data: bytes, words: str, document: str = "") -> QuoteRecord:
    """`words` as the reader sees them, with the place of the paragraph that holds them."""
    found = next(p for p in read_document(data, "plan.docx").paragraphs if words in p.text)
    return QuoteRecord(text=words, location=LocationRecord(anchor=found.ordinal), document=document)


def annotated(data: bytes, *findings: FindingRecord) -> bytes:
    return annotate(data, base(data).model_copy(update={"findings": findings}))


def said(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read("word/comments.xml"))
    return ["\n".join("".join(p.itertext()) for p in comment) for comment in root]


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>X</w:instrText></w:r>'
    f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("Amara")}'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
LINE = "will have regular input"


@pytest.mark.parametrize(
    "runs",
    [
        [run("Amara will have regular input now.")],
        [run("Amara wi"), run("ll have reg", BOLD), run("ular input now.")],
        [FIELD, run(" will have regular input now.")],
        [run("Amara will "), inserted(run("have regular")), run(" input now.")],
        [run("Amara will have"), deleted(" some"), run(" regular "), run("no", "<w:strike/>"),
         run("input now.")],
        ["<w:hyperlink>", run("Amara will have "), "</w:hyperlink>", run("regular input.")],
        ["<w:r><w:t>Amara will</w:t><w:tab/><w:t>have regular input.</w:t></w:r>"],
        ["<w:r><w:t>Ama­ra will have reg­ular in</w:t><w:t>put.</w:t></w:r>"],
        [run("A "), f"<w:sdt><w:sdtContent>{run('will have regular')}</w:sdtContent></w:sdt>",
         run(" input")],
    ],
    ids=["one", "three", "field", "inserted", "removed", "link", "tab", "hyphens", "control"],
)  # fmt: skip
def test_the_very_words_are_marked_and_all_text_stays(runs: list[str]):
    data = whole(*SECTIONS, para(*runs))
    back = annotated(data, finding(quoted(data, LINE)))
    between = next(iter(marked(back).values())).replace("­", "").replace("no", "")
    spaced = LINE.replace("will have", "willhave") if "<w:tab/>" in runs[0] else LINE
    assert between.replace(" ", " ") == spaced
    old, new = read_document(data, "a.docx"), read_document(back, "a.docx")
    assert [(p.text, p.before, p.bold, p.marks) for p in old.paragraphs] == [
        (p.text, p.before, p.bold, p.marks) for p in new.paragraphs
    ]


def test_findings_on_the_same_words_share_a_comment_and_others_do_not():
    data = whole(*SECTIONS, para(run("One will have regular input, or more as needed.")))
    same, other = quoted(data, LINE), quoted(data, "as needed")
    inside = quoted(data, "regular")
    back = annotated(
        data,
        finding(same), finding(same, rule="M29", state="look"), finding(other), finding(inside),
        finding(same, state="met"), finding(state="not-applicable"),
    )  # fmt: skip
    texts = said(back)
    assert len(texts) == 3
    assert texts[0].split("\n") == [
        "To mend: It is open.", "→ Close it.",
        "M31, F4-firm. A machine suggests this; a person decides.",
        "To look at: It is open.", "→ Close it.",
        "M29, F4-firm. A machine suggests this; a person decides.",
    ]  # fmt: skip
    assert sorted(marked(back).values()) == ["as needed", "regular", LINE]


def test_what_is_missing_stands_at_its_section_or_at_the_top():
    data = whole(para(), box(para(run("boxed"))), *SECTIONS)
    back = annotated(data, finding(section="F"), finding(section="J"), finding(section="B"))
    places = marked(back)
    assert list(places.values()) == ["Education, Health and Care Plan", "Section B", "Section F"]
    first, second, third = said(back)
    assert first.startswith("Not found (Section J): ")
    assert second.startswith("To mend (Section B): ")
    assert third.startswith("Not found (Section F): ")  # its heading is there, and nothing else


def test_words_in_a_note_are_marked_at_its_number():
    notes = (
        f'<w:footnotes {SPACES}><w:footnote w:id="4">{para(run("It " + LINE))}</w:footnote>'
        "</w:footnotes>"
    )
    reference = '<w:r><w:footnoteReference w:id="4"/></w:r>'
    body = [*SECTIONS, para(run("With a note"), reference), para(run("after"))]
    made = document(*body, footnotes=notes)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("[Content_Types].xml", '<Types xmlns="a"/>')
    data = out.getvalue()
    back = annotated(data, finding(quoted(data, LINE)))
    assert list(marked(back).values()) == ["With a note"]
    assert said(back)[0].startswith(f"About: “{LINE}”\nTo mend: ")


def test_words_that_are_not_there_mark_the_whole_paragraph():
    data = whole(*SECTIONS, para(run("Amara is well.")))
    lost = quoted(data, "Amara is well").model_copy(update={"text": "Not in it"})
    back = annotated(data, finding(lost))
    assert list(marked(back).values()) == ["Amara is well."]
    assert said(back)[0].startswith("About: “Not in it”")


def test_advice_that_is_quoted_is_named_and_hangs_where_the_plan_is_quoted():
    data = whole(*SECTIONS, para(run("Amara will have regular input.")))
    advice = QuoteRecord(text="3 × 45 minutes", location=LocationRecord(), document="ep.docx")
    back = annotated(data, finding(advice, quoted(data, LINE)))
    assert list(marked(back).values()) == [LINE]
    assert "ep.docx: “3 × 45 minutes”" in said(back)[0]


def test_numbers_of_old_comments_are_not_used_again():
    old = '<w:commentRangeStart w:id="7"/>' + run("Amara") + '<w:commentRangeEnd w:id="7"/>'
    data = whole(*SECTIONS, para(old, run(" will have regular input.")))
    back = annotated(data, finding(quoted(data, LINE)))
    assert marked(back) == {"7": "Amara", "8": LINE}


def test_a_strict_file_comes_back_strict():
    names = (
        ("http://schemas.openxmlformats.org/wordprocessingml/2006/main",
         "http://purl.oclc.org/ooxml/wordprocessingml/main"),
    )  # fmt: skip
    data = whole(*SECTIONS, para(run("Amara will have regular input.")))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            for usual, strict in names:
                body = body.replace(usual.encode(), strict.encode())
            new.writestr(name, body)
    data = out.getvalue()
    back = annotated(data, finding(quoted(data, LINE)))
    with zipfile.ZipFile(io.BytesIO(back)) as package:
        for name in ("word/document.xml", "word/comments.xml"):
            assert b"schemas.openxmlformats.org/wordprocessingml" not in package.read(name)
            assert b"purl.oclc.org/ooxml/wordprocessingml/main" in package.read(name)
    assert read_document(back, "a").text == read_document(data, "a").text
