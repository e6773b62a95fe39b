"""The machine beside people."""

from random import Random

import pytest

from goldthread.content import folder
from goldthread.core.audit.agreement_words import machine_overview, machine_words
from goldthread.core.audit.machine_agreement import machine_agreement, overall
from goldthread.core.audit.marks import Mark
from goldthread.readers.content import wording
from tests.judgements import REFERENCE

WORDS = wording(folder("reference") / "trust")
PRESENCE = next(c.id for c in REFERENCE.criteria if c.family == "presence")


def mark(value, machine, criterion="F2-quantified", document="d", **more):
    given = {"state": "met", "seen": False, **more}
    return Mark(document, "A", False, "random", criterion, 1, "education", value,
                machine=machine, **given)  # fmt: skip


def row_of(marks, criterion="F2-quantified"):
    return next(r for r in machine_agreement(REFERENCE, marks) if r.criterion == criterion)


def test_flags_and_shares_are_those_of_counting_by_hand():
    rng = Random(7)
    both = [(rng.randint(0, 3), rng.randint(0, 3)) for _ in range(80)]
    found = row_of([mark(person, machine) for person, machine in both]).blind
    flags = [(p, m) for p, m in both if m < 2]
    faults = [(p, m) for p, m in both if p < 2]
    hits = [(p, m) for p, m in flags if p < 2]
    assert (found.precision.hits, found.precision.n) == (len(hits), len(flags))
    assert (found.recall.hits, found.recall.n) == (len(hits), len(faults))
    assert found.exact.hits == sum(p == m for p, m in both)
    assert found.adjacent.hits == sum(abs(p - m) <= 1 for p, m in both)
    assert found.bias == pytest.approx(sum(m - p for p, m in both) / 80)
    assert found.bias_range.low < found.bias < found.bias_range.high
    assert found.precision.low < found.precision.value < found.precision.high


def test_only_blind_answers_say_how_good_it_is():
    marks = [mark(2, 2, seen=True)] * 50 + [mark(2, 0)] * 12
    row = row_of(marks)
    assert (row.state, row.blind.n, row.blind.exact.value) == ("measured", 12, 0)
    assert (row.assisted.n, row.assisted.exact.value) == (50, 1)
    assert "0 of 100" in machine_words(row, WORDS).text


def test_second_audits_and_anchors_do_not_count_twice():
    marks = [mark(2, 2)._replace(second=True), mark(2, 2)._replace(drawn="anchor")]
    assert row_of(marks).state == "not-checked"


def test_what_is_silent_is_counted():
    row = row_of([
        mark(2, None, state="cannot-tell"), mark(2, None, state="not-applicable"),
        mark("age", 2), mark("cannot-decide", 1), mark("age", None, state="not-applicable"),
    ])  # fmt: skip
    assert row.blind.silent == (1, 1, 2)
    assert (row.state, row.blind.n, row.blind.exact.value, row.blind.bias) == (
        "too-few", 0, None, None,
    )  # fmt: skip


def test_a_three_of_a_question_that_ends_at_two_is_all_there_is():
    assert row_of([mark(2, 3, PRESENCE)] * 10, PRESENCE).blind.exact.value == 1


def test_no_flag_and_no_fault_are_no_shares():
    row = row_of([mark(2, 2)] * 10)
    assert (row.blind.precision.value, row.blind.recall.value) == (None, None)
    assert row.blind.precision.why
    assert row.blind.recall.why


def test_what_the_page_says():
    rows = machine_agreement(REFERENCE, [mark(2, 2)] * 10 + [mark(1, 2, "E2-smart")])
    states = overall(rows)
    assert (states["measured"], states["too-few"]) == (1, 1)
    assert machine_overview(rows, WORDS).rule == "machine.some"
    assert machine_overview(machine_agreement(REFERENCE, []), WORDS).rule == "machine.none"
    assert machine_words(row_of([], "E2-smart"), WORDS).rule == "machine.not-checked"
