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
    st.sampled_from(["para", "inserted", "box"]),
    lambda inner: st.tuples(
        st.sampled_from(["table", "control", "nested"]), st.lists(inner, min_size=1, max_size=3)
    ),
    max_leaves=12,
)


def build(tree: object, numbers: count) -> str:
    """The XML of a tree, each leaf with a word of its own in reading order."""
    if isinstance(tree, str):
        word = run(f"unit{next(numbers)}x")
        if tree == "box":
            return para(word, box(para(run(f"unit{next(numbers)}x"))))
        return para(inserted(word) if tree == "inserted" else word)
    kind, members = tree  # type: ignore[misc]
    inside = [build(member, numbers) for member in members]
    if kind == "control":
        return control("".join(inside))
    if kind == "nested":
        return table(row(cell("".join(inside), para())))
    return table(*(row(cell(block, para()), cell()) for block in inside))


@given(st.lists(Tree, min_size=1, max_size=6))
@settings(max_examples=120, deadline=None, derandomize=True)
def test_everything_is_kept_once_in_order(trees: list[object]):
    numbers = count(1)
    data = document(*(build(tree, numbers) for tree in trees))
    read = read_document(data, "plan.docx")
    assert re.findall(r"unit(\d+)x", read.text) == [str(n) for n in range(1, next(numbers))]
    for p in read.paragraphs:
        assert read.text[p.start : p.end] == p.text
