"""How far two auditors agree, and what may be made of it."""

import datetime as dt
from random import Random

import pytest

from goldthread.content import folder
from goldthread.core.audit import agreement as module
from goldthread.core.audit.agreement import (
    WholeGrade,
    agreement,
    further,
    judged,
    left_of,
)
from goldthread.core.audit.agreement_words import overview, overview_notes, remarks, verdict_words
from goldthread.core.audit.blind_grades import own_grade, whole_grades
from goldthread.core.audit.judgement import MachineSeen
from goldthread.core.audit.marks import Mark, Pair, Pairs, pairs_of, quarter_of
from goldthread.core.stats import table_agreement
from goldthread.core.stats.agreement_values import Coefficient
from goldthread.readers.content import wording
from tests.judgements import REFERENCE, judgement, signed

WORDS = wording(folder("reference") / "trust")
NOTHING = module.Left()


def mark(document, by, value, criterion="F2-quantified", second=False, **more):
    return Mark(document, f"A-{by}", second, "random", criterion, by, "education", value, **more)


def twice(document, first, second, **more):
    return [mark(document, 1, first, **more), mark(document, 2, second, second=True, **more)]


def test_a_pair_is_two_peoples_answers_to_one_question_of_one_document():
    marks = [
        *twice("a", 2, 1), mark("b", 1, 3), *twice("c", 2, 2, criterion="E2-smart"),
        mark("d", 1, 2), mark("d", 1, 0, second=True),
        mark("e", 1, 2), mark("e", 2, 2, second=True, seen=True),
        *[m._replace(drawn="anchor", second=False) for m in twice("anchor rowan", 1, 2)],
    ]  # fmt: skip
    found = pairs_of(reversed(marks))
    assert [(p.document, p.criterion, p.first, p.second) for p in found.blind] == [
        ("a", "F2-quantified", 2, 1), ("c", "E2-smart", 2, 2),
    ]  # fmt: skip
    assert (found.own, found.seen, found.documents) == (1, 1, 2)
    assert found.blind[0].people == (1, 2)


def random_pairs(rng, documents, criteria):
    for n in range(documents):
        for criterion in criteria:
            first = rng.randint(0, 3)
            yield Pair(f"d{n}", criterion, first, min(3, max(0, first + rng.choice((-1, 0, 0, 1)))),
                       ("A", "B"), (1, 2))  # fmt: skip


def slow_alpha(pairs):
    """Krippendorff's ordinal alpha of pairs, from its definition, one pair of marks at a time."""
    marks = sorted(value for pair in pairs for value in pair)
    counts = {value: marks.count(value) for value in set(marks)}

    def apart(a, b):
        a, b = sorted((a, b))
        between = sum(n for value, n in counts.items() if a <= value <= b)
        return (between - (counts[a] + counts[b]) / 2) ** 2 if a != b else 0

    seen = sum(2 * apart(a, b) for a, b in pairs) / len(marks)
    chance = sum(
        apart(a, b) for i, a in enumerate(marks) for j, b in enumerate(marks) if i != j
    ) / (len(marks) * (len(marks) - 1))
    return 1 - seen / chance


def test_figures_of_a_question_are_those_of_counting_by_hand():
    pairs = list(random_pairs(Random(3), 40, ["F2-quantified"]))
    row = agreement(REFERENCE, Pairs(tuple(pairs))).of("F2-quantified")
    gaps = [abs(p.first - p.second) for p in pairs]
    assert row.found.exact.hits == gaps.count(0)
    assert row.found.adjacent.hits == sum(gap <= 1 for gap in gaps) == 40
    assert row.found.alpha.value == pytest.approx(slow_alpha([(p.first, p.second) for p in pairs]))
    assert row.found.alpha.low < row.found.alpha.value < row.found.alpha.high


def test_a_theme_counts_plans_and_not_answers():
    ids = [c.id for c in REFERENCE.criteria if c.section == "F" and c.family != "presence"]
    found = agreement(REFERENCE, Pairs(tuple(random_pairs(Random(4), 12, ids))))
    theme = next(row for row in found.themes if row.id == "theme:F")
    assert (theme.found.n, theme.found.plans) == (12 * len(ids), 12)
    assert found.all.found.n == theme.found.n
    assert {row.id for row in found.themes if row.found.n} == {"theme:F"}


def test_a_gate_is_kept_or_not():
    critical = [c.id for c in REFERENCE.criteria if c.gate == "critical"]
    pairs = [Pair("a", critical[0], 0, 1, ("A", "B"), (1, 2)),
             Pair("b", critical[0], 1, 2, ("A", "B"), (1, 2))]  # fmt: skip
    row = agreement(REFERENCE, Pairs(tuple(pairs))).gates[0]
    assert row.id == "gate:critical"
    assert row.found.table == ((1, 1), (0, 0))


def test_what_is_not_two_numbers_has_a_table_of_its_own():
    values = [(2, "age"), ("age", 1), ("age", "no-such-need"), ("cannot-decide", 2),
              ("cannot-decide", "age"), ("cannot-decide", "cannot-decide"), (2, 2)]  # fmt: skip
    pairs = [Pair(str(n), "F2-quantified", a, b, ("A", "B"), (1, 2))
             for n, (a, b) in enumerate(values)]  # fmt: skip
    left = left_of(pairs)
    assert left == (1, 2, 3)
    row = agreement(REFERENCE, Pairs(tuple(pairs))).of("F2-quantified")
    assert (row.found.n, row.left, row.left.disagreeing) == (1, left, 2)
    said = " ".join(text for _, text in remarks(row, WORDS))
    assert "2 further pairs are a number against" in said
    assert "In 3 further pairs one or both could not decide" in said


def figures(low, value, high, n=40, table=((10, 0, 0), (0, 10, 0), (0, 0, 20))):
    found = table_agreement(table)
    alpha = Coefficient(value, low, high, n)
    return module.PairAgreement(**{**found.__dict__, "n": n, "plans": n, "alpha": alpha})


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [(0.80, 0.9, "dependable"), (0.7999, 0.9, "tentative"), (0.667, 0.9, "tentative"),
     (0.6669, 0.9, "cannot-tell"), (0.2, 0.667, "cannot-tell"), (0.2, 0.6669, "training")],
)  # fmt: skip
def test_the_ends_of_alphas_interval_say_what_may_be_made_of_it(low, high, verdict):
    row = judged("F2-quantified", figures(low, (low + high) / 2, high), NOTHING)
    assert row.verdict == verdict
    rule = verdict_words(row, WORDS).rule
    assert rule.startswith(f"agreement.{verdict}")


def test_few_pairs_say_nothing_and_how_many_more_would():
    row = judged("F2-quantified", figures(0.9, 0.95, 1.0, n=9), NOTHING)
    assert (row.verdict, row.more) == ("cannot-tell", 25)
    assert "about 25 more" in verdict_words(row, WORDS).text


@pytest.mark.parametrize(
    ("low", "value", "high", "more"),
    [(0.567, 0.767, 0.9, 120), (0.2, 0.567, 0.767, 120), (0.3, 0.667, 0.9, None),
     (0.0, 0.7, 0.9, None)],
)  # fmt: skip
def test_the_interval_must_leave_the_limit_on_one_side(low, value, high, more):
    """Half a side shorter takes four times the plans: 40 become 160."""
    assert further(figures(low, value, high)) == more


def test_where_nearly_all_answers_are_the_same_alpha_calls_nobody_to_training():
    """97 of 100 pairs agree, nearly all on 2: alpha is next to nought and AC2 close to 1."""
    table = ((0, 0, 1, 0), (0, 0, 1, 0), (1, 0, 97, 0), (0, 0, 0, 0))
    row = judged("F2-quantified", table_agreement(table), NOTHING)
    assert row.found.alpha.value < 0.1 < 0.9 < row.found.ac2.low
    assert row.verdict == "one-sided"
    assert "98 in 100 answers are the same" in verdict_words(row, WORDS).text
    assert "AC2 is not" in " ".join(text for _, text in remarks(row, WORDS))


def test_one_answer_only_and_nothing_at_all_are_said_to_be_so():
    same = judged("F2-quantified", table_agreement(((0, 0, 0), (0, 0, 0), (0, 0, 30))), NOTHING)
    assert (same.verdict, same.found.alpha.value) == ("one-sided", None)
    none = agreement(REFERENCE, Pairs())
    assert {row.verdict for row in (*none.criteria, *none.themes, none.grade)} == {"none"}
    assert overview(none, WORDS).rule == "overview.none"
    assert [said.rule for said in overview_notes(none, 0, 0, WORDS)] == ["overview.grade.none"]


def test_all_not_applicable_is_no_number():
    pairs = tuple(Pair(str(n), "F2-quantified", "age", "age", ("A", "B"), (1, 2))
                  for n in range(30))  # fmt: skip
    row = agreement(REFERENCE, Pairs(pairs)).of("F2-quantified")
    assert (row.verdict, row.found.alpha.value, row.found.exact.value) == ("none", None, None)
    assert row.left.both_not_applicable == 30


def test_the_whole_grade_is_by_first_answers_and_blind_ones():
    low = {c.id: 0 for c in REFERENCE.criteria if c.gate == "critical"}
    first = signed()
    other = tuple(
        judgement(j.criterion, 2, by="person-2", first=low.get(j.criterion))
        for j in first.judgements
    )
    second = first.__class__(**{**first.__dict__, "judgements": other})
    assert own_grade(REFERENCE, first).capped == first.grade.capped
    assert own_grade(REFERENCE, second).capped == "inadequate"
    found = whole_grades(REFERENCE, [("a", first), ("a", second), ("b", first), ("b", first)])
    assert [(row.document, row.bands) for row in found] == [
        ("a", (first.grade.capped, "inadequate"))
    ]
    seen = tuple(judgement(j.criterion, 2, by="person-3", machine=MachineSeen(2, "met", "before"))
                 for j in first.judgements)  # fmt: skip
    assisted = first.__class__(**{**first.__dict__, "judgements": seen})
    assert whole_grades(REFERENCE, [("a", first), ("a", assisted)]) == ()


def test_grades_and_indexes_of_documents_marked_whole():
    rows = [WholeGrade(str(n), ("good", "good"), (80.0, 80.0 + n)) for n in range(9)]
    rows += [WholeGrade("x", ("good", "outstanding"), (80, 95.5)), WholeGrade("y", (None, "good"),
             (None, 70.0))]  # fmt: skip
    found = agreement(REFERENCE, Pairs(), rows)
    assert (found.grade.found.n, found.grade.found.exact.hits) == (10, 9)
    assert found.grade.left.undecided == 1
    assert found.index == (10, 4.5, 6) or (found.index.n, found.index.near) == (10, 6)
    assert "9 of 10 plans" in " ".join(s.text for s in overview_notes(found, 100, 10, WORDS))


def test_quarters():
    assert quarter_of(dt.date(2026, 3, 31)) == (2026, 1)
    assert quarter_of(dt.date(2026, 10, 1)) == (2026, 4)
