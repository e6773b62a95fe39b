"""The same Word file back: comments at the quoted words, and nothing else changed."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import docx
import pytest
from lxml import etree

from goldthread.checking.annotate_docx import annotate, remarks
from goldthread.checking.job import Answered, File, Files, Job
from goldthread.checking.pipeline import check
from goldthread.core.report.check_record import CheckRecord
from goldthread.readers.documents import read_document
from goldthread.readers.docx import names as n
from goldthread.simulation.plans.corpus import samples
from tests.unit.readers.docx.making import box, cell, deleted, document, para, row, run, table

TODAY = dt.date(2026, 11, 24)
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
CONTENT = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def record_of(data: bytes) -> CheckRecord:
    outcome = check(Files(File("plan.docx", data)), Job(today=TODAY, status="final"))
    assert isinstance(outcome, Answered)
    return outcome.record


def whole(*blocks: str) -> bytes:
    """With the two lists of parts that every real file has."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        with zipfile.ZipFile(io.BytesIO(document(*blocks))) as made:
            for entry in made.infolist():
                package.writestr(entry, made.read(entry))
        package.writestr("[Content_Types].xml", CONTENT)
        package.writestr("word/_rels/document.xml.rels", RELATIONS)
    return out.getvalue()


def marked(data: bytes) -> dict[str, str]:
    """Id of each comment -> the words between its two marks."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    found: dict[str, str] = {}
    open_ones: dict[str, list[str]] = {}
    for element in root.iter():
        if element.tag == n.W + "commentRangeStart":
            open_ones[element.get(n.W + "id")] = []
        elif element.tag == n.W + "commentRangeEnd":
            number = element.get(n.W + "id")
            found[number] = "".join(open_ones.pop(number))
        elif element.tag == n.T:
            for words in open_ones.values():
                words.append(element.text or "")
    assert not open_ones
    return found


SECTIONS = [
    para(run(line))
    for line in (
        "Education, Health and Care Plan", "Name: Amara Okafor", "Date of birth: 4 May 2018",
        "Section A", "Amara likes music.", "Section B", "Amara uses single phrases.",
        "Section E", "To improve social skills.", "Section F",
    )
]  # fmt: skip


@pytest.mark.parametrize(
    "provision",
    [
        para(run("Amara would benefit from regular input.")),
        para(run("Amara would ", "<w:b/>"), run("benefit from reg"), run("ular input.", "<w:i/>")),
        para(run("Amara would "), deleted("not "), run("benefit from regular input.")),
        table(row(cell(para(run("Amara would benefit from regular input."))), cell())),
    ],
    ids=["one run", "three runs", "a deletion inside", "in a cell"],
)
def test_comments_stand_at_the_very_words(provision: str):
    data = whole(*SECTIONS, provision)
    record = record_of(data)
    back = annotate(data, record)
    texts = marked(back)
    quoted = {q.text for f in record.findings if f.rule == "M31" for q in f.quotes[:1]}
    assert quoted == {"would benefit from"}
    assert quoted <= {words.replace("not ", "") for words in texts.values()}
    assert read_document(back, "plan.docx").text == read_document(data, "plan.docx").text


def test_words_in_a_text_box_are_marked_outside_it():
    boxed = para(run("Beside: "), box(para(run("Amara should have access to help."))))
    data = whole(*SECTIONS, boxed)
    back = annotate(data, record_of(data))
    with zipfile.ZipFile(io.BytesIO(back)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    starts = list(root.iter(n.W + "commentRangeStart"))
    assert starts
    assert not [s for s in starts if any(a.tag == n.TEXTBOX for a in s.iterancestors())]


@pytest.mark.parametrize("number", [1, 2, 4, 6, 8])
def test_real_looking_plans_come_back_whole(number: int):
    sample = list(samples(7, number + 1, kinds=("docx",)))[number]
    record = record_of(sample.data)
    back = annotate(sample.data, record)
    assert read_document(back, "a").text == read_document(sample.data, "a").text
    opened = list(docx.Document(io.BytesIO(back)).comments)
    assert len(opened) == len(remarks(record))
    assert {c.author for c in opened} <= {"Goldthread"}
    with (
        zipfile.ZipFile(io.BytesIO(sample.data)) as old,
        zipfile.ZipFile(io.BytesIO(back)) as new,
    ):
        changed = {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
        for entry in old.namelist():
            if entry not in changed | {"word/comments.xml"}:
                assert old.read(entry) == new.read(entry), entry


def test_comments_that_were_there_stay():
    data = whole(*SECTIONS, para(run("Amara would benefit from regular input.")))
    once = annotate(data, record_of(data))
    twice = annotate(once, record_of(once))
    with zipfile.ZipFile(io.BytesIO(twice)) as package:
        comments = etree.fromstring(package.read("word/comments.xml"))
    numbers = [c.get(n.W + "id") for c in comments]
    assert len(numbers) == len(set(numbers)) > len(marked(once))
    assert len(package.namelist()) == len(set(package.namelist()))
