"""How strict auditors are, and when that cannot be said."""

import datetime as dt

import numpy as np
import pytest

from goldthread.content import folder
from goldthread.core.audit.drift import anchor_charts, drift
from goldthread.core.audit.marks import Mark
from goldthread.core.audit.strictness import strictness
from goldthread.core.audit.strictness_units import Block, blocks_of, group_of
from goldthread.core.audit.strictness_words import (
    anchor_words,
    drift_words,
    few_words,
    group_words,
    link_words,
    my_words,
)
from goldthread.readers.content import wording
from goldthread.simulation.audits import (
    Settings,
    SimulatedCriterion,
    SimulatedPlan,
    simulated_marks,
)
from tests.judgements import REFERENCE

WORDS = wording(folder("reference") / "trust")
DAY = dt.date(2026, 11, 3)
QUESTIONS = [c.id for c in REFERENCE.criteria if c.agencies == ("education",)][:4]
HEALTH = [c.id for c in REFERENCE.criteria if c.agencies == ("health",)][:4]


def called(member):
    return f"Auditor {member}"


def simulated(rng, judges, units, doubles, spread=0.2, plans=0.35, error=0.2):
    """(unit, judge, value) of random marks, and each judge's true place beside the mean."""
    true = rng.normal(0, spread, judges)
    rows = []
    for unit in range(units):
        quality = rng.normal(0, plans)
        for judge in rng.choice(judges, 2 if unit < doubles else 1, replace=False).tolist():
            rows.append((unit, judge, quality + true[judge] + rng.normal(0, error)))
    return rows, true - true.mean()


def blocks(rows, day=DAY, group="education"):
    return [Block(f"u{unit}", group, judge, value, 20, day) for unit, judge, value in rows]


def test_intervals_cover_the_truth_and_equal_judges_are_called_nothing():
    rng = np.random.default_rng(7)
    inside = []
    for _ in range(25):
        rows, true = simulated(rng, 6, 80, 14)
        (group,) = strictness(blocks(rows))
        inside += [row.low <= true[row.by] <= row.high for row in group.linked[0].rows]
    assert len(inside) > 140
    assert 0.88 <= np.mean(inside) <= 0.99  # that are not independent
    flagged = 0
    for _ in range(12):
        rows, _ = simulated(rng, 6, 80, 14, spread=0.0)
        (group,) = strictness(blocks(rows))
        flagged += sum(row.clear for part in group.linked for row in part.rows)
    assert flagged <= 1


def test_marks_of_the_ordinal_model_are_covered_too():
    """Answers 0 to 3 by the model of `simulated_marks`, which is not the one that is fitted."""
    asked = [SimulatedCriterion(c.id, c.family) for c in REFERENCE.criteria if "all" in c.agencies]
    inside = []
    for seed in range(6):
        plans = [
            SimulatedPlan(n, 0, (n % 6, (n + 1 + n // 6 % 5) % 6) if n < 30 else (n % 6,))
            for n in range(90)
        ]
        year = simulated_marks(plans, asked, Settings(), seed)
        marks = [
            mark(
                f"{m.plan}", m.judge, m.criterion, "age" if m.value == "not-applicable" else m.value
            )
            for m in year.marks
        ]
        (group,) = strictness(blocks_of(marks, group_of(REFERENCE)))
        truth = year.truth
        mean = [np.mean([truth.expected(p.id, c, truth.severity[judge])
                         for p in plans[::2] for c in asked]) for judge in range(6)]  # fmt: skip
        inside += [row.low <= mean[row.by] - np.mean(mean) <= row.high
                   for row in group.linked[0].rows]  # fmt: skip
    assert np.mean(inside) >= 0.85  # of 36


def test_a_strict_and_a_kind_auditor_are_called_so_in_words():
    rng = np.random.default_rng(8)
    rows = []
    for unit in range(60):
        quality = rng.normal(0, 0.3)
        for judge in {unit % 6, (unit + 1 + unit // 6 % 5) % 6} if unit < 30 else {unit % 6}:
            shift = {0: -0.5, 1: 0.5}.get(judge, 0.0)
            rows.append((unit, judge, quality + shift + rng.normal(0, 0.1)))
    (group,) = strictness(blocks(rows))
    linked, strict = group.of(0)
    assert (strict.state, linked.rows[0].by, linked.rows[-1].by) == ("stricter", 0, 1)
    assert linked.rows[-1].state == "kinder"
    assert strict.low < -0.5 < strict.high
    said = my_words(linked, strict, True, WORDS)
    assert said.rule == "me.stricter"
    assert "of 100 answers (likely" in said.text
    assert "wrong" in said.text  # only to say that it is not
    assert next(s.rule for s in group_words(group, WORDS, called)) == "strictness.somebody"
    assert linked.effective == pytest.approx(90**2 / sum(r.documents**2 for r in linked.rows))
    assert linked.auditors_limit


def test_groups_that_no_plan_joins_are_never_compared():
    rng = np.random.default_rng(9)
    first, _ = simulated(rng, 4, 40, 20)
    second, _ = simulated(rng, 3, 40, 20)
    apart = [(f"other{unit}", judge + 10, value - 5) for unit, judge, value in second]
    (group,) = strictness(blocks([*first, *apart]))
    assert [len(part.auditors) for part in group.linked] == [4, 3]
    assert all(abs(row.value) < 1 for part in group.linked for row in part.rows)
    assert len(group.join) == 1
    assert group.join[0][0] >= 10 > group.join[0][1]
    said = [s.text for s in link_words(group, WORDS, called)]
    assert said[0].startswith("Auditor 10, Auditor 11 and Auditor 12 cannot be compared with")
    assert said[1].startswith("It would take one plan that both Auditor 1")
    hidden = " ".join(s.text for s in link_words(group, WORDS, None))
    assert "3 of 7 auditors" in hidden
    assert "Auditor 1" not in hidden


def test_a_single_plan_between_two_groups_is_named():
    rows = [(f"a{n}", j, 0.1 * j + 0.01 * n) for n in range(6) for j in (0, 1)]
    rows += [(f"b{n}", j, 0.1 * j - 0.01 * n) for n in range(6) for j in (2, 3)]
    rows += [("bridge", 1, 0.0), ("bridge", 2, 0.3)]
    (group,) = strictness(blocks(rows))
    assert len(group.linked) == 1
    assert group.bridges == ((1, 2),)
    assert [s.rule for s in link_words(group, WORDS, called)] == ["links.all", "links.bridge"]
    assert {link.people: link.grade for link in group.links}[1, 2] == "weak link"
    assert {link.people: link.grade for link in group.links}[0, 1] == "linked"


def one(rows):
    (group,) = strictness(blocks(rows))
    return group


def test_one_auditor_too_few_pairs_and_no_variation_have_no_number():
    alone = one([(n, 1, 0.1 * n) for n in range(9)])
    assert (alone.linked[0].why, alone.linked[0].rows) == ("alone", ())
    assert [s.rule for s in group_words(alone, WORDS, None)] == ["strictness.one"]
    assert my_words(alone.linked[0], None, True, WORDS).rule == "me.alone"
    few = one([(n, j, 0.1 * n) for n in range(4) for j in (1, 2)])
    assert (few.linked[0].why, few.linked[0].rows) == ("too-few", ())
    assert "Auditor 1 and Auditor 2 have marked only 4 plans" in " ".join(
        s.text for s in group_words(few, WORDS, called)
    )
    even = one([(n, j, 0.1 * n + j) for n in range(9) for j in (1, 2)])
    assert (even.linked[0].why, even.linked[0].rows) == ("no-chance", ())
    assert "more plans marked twice would" in " ".join(
        s.text for s in group_words(even, WORDS, called)
    )
    same = one([(n, j, 0.0) for n in range(9) for j in (1, 2)])
    assert (same.linked[0].why, same.linked[0].rows) == ("no-variation", ())
    assert my_words(None, None, False, WORDS).rule == "me.none"


def test_somebody_with_few_pairs_is_called_nothing_however_far_they_lie():
    rng = np.random.default_rng(10)
    rows, _ = simulated(rng, 4, 60, 40, error=0.05)
    rows += [(n, 9, -3.0) for n in range(3)]
    row = one(rows).of(9)[1]
    assert (row.state, row.pairs, row.clear) == ("weak", 3, False)
    assert my_words(None, row, True, WORDS).rule == "me.alone"
    said = few_words({1: 9, 9: 3}, WORDS, called)
    assert said.text.startswith("Auditor 9: fewer than 5")
    assert few_words({1: 9}, WORDS, called) is None


def mark(document, by, criterion, value, drawn="random", **more):
    return Mark(document, f"A-{document}-{by}", False, drawn, criterion, by, "education", value,
                on=more.pop("on", DAY), **more)  # fmt: skip


def test_a_block_is_the_mean_above_what_its_questions_usually_get():
    marks = [mark("a", by, q, value) for by, value in ((1, 1), (2, 3)) for q in QUESTIONS]
    found = {b.by: b for b in blocks_of(marks, group_of(REFERENCE))}
    assert {by: b.value for by, b in found.items()} == {1: -1.0, 2: 1.0}
    assert found[1].unit == found[2].unit
    assert found[1].questions == 4


def test_questions_that_one_of_two_could_not_answer_are_in_no_block():
    marks = [mark("a", by, q, 2) for by in (1, 2) for q in QUESTIONS]
    marks[0] = marks[0]._replace(value="cannot-decide")
    assert {b.questions for b in blocks_of(marks, group_of(REFERENCE))} == {3}
    marks[1] = marks[1]._replace(value="age")
    assert blocks_of(marks, group_of(REFERENCE)) == ()
    nothing = [m._replace(value="age") for m in marks]
    assert strictness(blocks_of(nothing, group_of(REFERENCE))) == ()


def test_agencies_are_apart_and_chosen_documents_count_only_where_marked_twice():
    marks = [mark("a", 1, q, 2) for q in QUESTIONS] + [mark("a", 2, q, 1) for q in HEALTH]
    marks += [mark("b", 1, q, 2, drawn="chosen") for q in QUESTIONS]
    marks += [mark("c", by, q, 2, drawn="chosen") for by in (1, 3) for q in QUESTIONS]
    found = blocks_of(marks, group_of(REFERENCE))
    assert {(b.unit.split("/")[0], b.group, b.by) for b in found} == {
        ("a", "education", 1), ("a", "health", 2), ("c", "education", 1), ("c", "education", 3),
    }  # fmt: skip


def quarters_of(shift):
    """Four quarters, four auditors; `shift(judge, quarter)` is added to the answers."""
    rng = np.random.default_rng(11)
    made = []
    for quarter in range(4):
        day = dt.date(2026, 1 + 3 * quarter, 9)
        for n in range(20):
            quality = rng.normal(0, 0.1)
            for judge in (n % 4, (n + 1) % 4) if n < 8 else (n % 4,):
                value = quality + shift(judge, quarter) + rng.normal(0, 0.05)
                made.append(Block(f"{quarter}.{n}", "education", judge, value, 20, day))
    return made


def test_who_became_kinder_is_said_and_better_plans_are_nobodys_kindness():
    moving = quarters_of(lambda judge, quarter: 0.6 if (judge, quarter) == (0, 3) else 0.0)
    found = drift(moving, strictness(moving))
    assert [q.moved for q in found[0]][-1] == "kinder"
    assert "October to December 2026: kinder" in drift_words(found[0], WORDS)[0].text or any(
        "October to December 2026: kinder" in s.text for s in drift_words(found[0], WORDS)
    )
    better = quarters_of(lambda judge, quarter: 0.4 * quarter)
    found = drift(better, strictness(better))
    assert {q.moved for rows in found.values() for q in rows} == {""}
    assert drift_words(found[1], WORDS)[0].rule == "drift.none"
    assert drift_words((), WORDS)[0].rule == "drift.too-few"


def test_anchors_marked_often_tell_by_themselves():
    def anchor(day, by, value):
        return Block("anchor rowan", "education", by, value, 20, day, anchor=True)

    days = [dt.date(2026, month, 1) for month in range(1, 13)]
    steady = [anchor(day, 1, 0.1 * (n % 2)) for n, day in enumerate(days)]
    jumped = [anchor(day, 2, 0.1 * (n % 2) + (1.5 if n == 11 else 0)) for n, day in enumerate(days)]
    found = anchor_charts([*steady, *jumped, anchor(DAY, 3, 0.5)])
    assert (found[1].signals, found[2].signals > 0, found[3].low) == (0, True, None)
    assert [anchor_words(found.get(n), WORDS) and anchor_words(found[n], WORDS).rule
            for n in (1, 2, 3, 4)] == [
        "drift.anchors.quiet", "drift.anchors.signal", "drift.anchors.few", None,
    ]  # fmt: skip
