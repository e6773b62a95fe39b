"""Whatever is done to a Word file, it is read or refused; whatever is in it is kept once."""

from __future__ import annotations

import re
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.core.plan.document import ReadingError
from goldthread.readers.documents import read_document
from tests.unit.readers.docx.making import (
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

GOOD = document(
    para(run("Section A")),
    table(row(cell(para(run("one"))), cell(para(run("two"))))),
    para(inserted(run("three")), box(para(run("four")))),
)


@given(st.data())
@settings(max_examples=150, deadline=None, derandomize=True)
def test_damaged_files_are_read_or_refused(data: st.DataObject):
    spoilt = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(spoilt) - 1))
        spoilt[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, 40))
    said = ""
    try:
        read_document(bytes(spoilt[: len(spoilt) - cut]), "plan.docx")
    except ReadingError as error:
        said = str(error)
    assert not said or said.startswith("plan.docx")


Tree = st.recursive(
    st.sampled_from(["para", "inserted", "box", "field", "link", "struck", "empty"]),
    lambda inner: st.tuples(
        st.sampled_from(["table", "control", "nested", "merged", "boxed", "rows", "choice"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=12,
)


def leaf(kind: str, numbers: count) -> str:
    if kind == "empty":
        return para()
    if kind == "struck":
        return para(run("gone", "<w:strike/>"), deleted("gone"))
    word = run(f"unit{next(numbers)}x")
    if kind == "box":
        return para(word, box(para(run(f"unit{next(numbers)}x"))))
    if kind == "field":
        begin, middle, end = (
            f'<w:r><w:fldChar w:fldCharType="{k}"/></w:r>' for k in ("begin", "separate", "end")
        )
        told = "<w:r><w:instrText>gone</w:instrText></w:r>"
        return para(begin, told, run("gone"), middle, word, end)
    if kind == "link":
        return para(f"<w:hyperlink><w:smartTag>{control(word)}</w:smartTag></w:hyperlink>")
    return para(inserted(word) if kind == "inserted" else word)


def build(tree: object, numbers: count) -> str:
    """The XML of a tree, each leaf with a word of its own in reading order."""
    if isinstance(tree, str):
        return leaf(tree, numbers)
    kind, members = tree  # type: ignore[misc]
    inside = [build(member, numbers) for member in members]
    return {
        "control": control,
        "nested": lambda x: table(row(cell(x, para()))),
        "boxed": lambda x: para(box(x)),
        "rows": lambda x: table(control(row(control(cell(x, para()))))),
        "choice": lambda x: (
            f"<mc:AlternateContent><mc:Choice>{x}</mc:Choice><mc:Fallback>{para(run('gone'))}"
            "</mc:Fallback></mc:AlternateContent>"
        ),
        "merged": lambda x: table(
            row(cell(x, para(), properties='<w:vMerge w:val="restart"/>'), cell()),
            row(cell(properties="<w:vMerge/>"), cell()),
        ),
        "table": lambda _: table(*(row(cell(block, para()), cell()) for block in inside)),
    }[kind]("".join(inside))


@given(st.lists(Tree, min_size=1, max_size=6))
@settings(max_examples=120, deadline=None, derandomize=True)
def test_everything_is_kept_once_in_order(trees: list[object]):
    numbers = count(1)
    data = document(para(run("begin")), *(build(tree, numbers) for tree in trees))
    read = read_document(data, "plan.docx")
    assert re.findall(r"unit(\d+)x", read.text) == [str(n) for n in range(1, next(numbers))]
    assert "gone" not in read.text
    numbered = [p.ordinal for p in read.paragraphs]
    assert len(set(numbered)) == len(numbered)
    for p in read.paragraphs:
        assert read.text[p.start : p.end] == p.text
