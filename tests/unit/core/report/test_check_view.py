"""A check arranged for a reader: marks in the text, notes beside it, what to mend first."""

from __future__ import annotations

from functools import lru_cache

from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.core.report.check_record import (
    CheckRecord,
    LinkRecord,
    LooseRecord,
    NodeRecord,
    QuoteRecord,
    ThreadRecord,
)
from goldthread.core.report.check_view import view_of
from goldthread.core.report.rule_change import rule_change
from goldthread.core.report.thread_layout import TOP, thread_picture
from tests.records import checked_text_plan


@lru_cache
def record() -> CheckRecord:
    return checked_text_plan()


def test_every_note_stands_at_its_words_or_with_its_section():
    view = view_of(record())
    placed = [n for part in view.parts for block in part.blocks for n in block.notes]
    unplaced = [n for part in view.parts for n in part.unplaced]
    numbers = [n.number for n in (*placed, *unplaced, *view.general)]
    assert sorted(numbers) == list(range(1, len(view.notes) + 1))


def test_marked_words_are_the_quoted_ones():
    view = view_of(record())
    marked: dict[int, str] = {}
    for part in view.parts:
        for block in part.blocks:
            for cell in block.cells:
                for line in cell:
                    assert "".join(s.text for s in line.segments) == line.paragraph.text
                    for segment in line.segments:
                        for number in segment.notes:
                            marked[number] = marked.get(number, "") + segment.text
    for note in view.notes:
        if note.number in marked:
            assert marked[note.number] == note.finding.quotes[0].text


def test_each_mark_has_one_end():
    view = view_of(record())
    ends = [
        number
        for part in view.parts
        for block in part.blocks
        for cell in block.cells
        for line in cell
        for segment in line.segments
        for number in segment.last
    ]
    assert len(ends) == len(set(ends)) > 0


def test_gates_come_first_and_no_rule_fills_the_list():
    view = view_of(record(), most=8)
    gates = {a.criterion: a.gate for a in record().answers}
    order = [("critical", "major", "").index(gates[n.finding.criterion]) for n in view.first]
    assert order == sorted(order)
    rules = [n.finding.rule for n in view.first]
    assert max(rules.count(rule) for rule in rules) <= 2
    assert len(view.first) <= 8


def test_the_same_rules_change_nothing():
    found = rule_change({"a": record()}, {"a": record()})
    assert (found.new, found.dropped, found.answers) == ((), (), ())


def test_a_dropped_finding_and_a_new_answer_are_seen():
    less = record().findings[0]
    changed = record().answers[0].model_copy(update={"answer": 3})
    after = record().model_copy(
        update={
            "findings": record().findings[1:],
            "answers": (changed, *record().answers[1:]),
        }
    )
    found = rule_change({"a": record()}, {"a": after})
    assert [(t.rule, t.reason) for t in found.dropped] == [(less.rule, less.reason)]
    assert found.new == ()
    assert [(a.criterion, a.after) for a in found.answers] == [(record().answers[0].criterion, 3)]
    assert found.by_rule == {less.rule: (0, 1)}


Kind = st.sampled_from(["aspiration", "need", "outcome", "provision"])


@given(st.lists(st.tuples(Kind, st.text(max_size=200)), max_size=20), st.data())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_boxes_of_a_column_never_overlap(nodes: list[tuple[str, str]], data: st.DataObject):
    quote = QuoteRecord.model_validate({"text": "x", "location": {}})
    made = tuple(
        NodeRecord(id=f"N{i}", kind=kind, text=text, quote=quote)  # type: ignore[arg-type]
        for i, (kind, text) in enumerate(nodes)
    )
    ids = [n.id for n in made] or ["none"]
    pairs = data.draw(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=9))
    thread = ThreadRecord(
        nodes=made,
        links=tuple(LinkRecord(source=a, target=b, how="row", confidence=1) for a, b in pairs),
        loose=tuple(LooseRecord(node=i, wants="need") for i in ids[:2]),
    )
    picture = thread_picture(thread)
    assert len(picture.boxes) == len(made)
    for one in picture.boxes:
        assert one.y >= TOP
        assert one.y + one.height <= picture.height
        for other in picture.boxes:
            if one is not other and one.x == other.x:
                assert one.y + one.height <= other.y or other.y + other.height <= one.y
    assert "no link was found" in picture.sentence
