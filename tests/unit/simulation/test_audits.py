"""A year of invented audits: does it hold what it says, and do the models find its truth again?"""

from collections import Counter

import numpy as np
import pytest

from goldthread.core.stats import fit_severity, pair_agreement, ratings_of
from goldthread.simulation.audits import (
    Settings,
    SimulatedCriterion,
    SimulatedPlan,
    simulated_marks,
)

CRITERIA = [
    SimulatedCriterion(f"C{k}", ("presence", "judgement", "slots")[k % 3], 1 + k % 3)
    for k in range(18)
]
TOPS = {c.id: c.top for c in CRITERIA}


def year(plans=200, auditors=20, doubled=0.4, seed=1, **settings):
    """Plans one after the other to auditors in turn, a share of them marked by a second."""
    rng = np.random.default_rng([seed, 99])
    rows = []
    for plan in range(plans):
        first = plan % auditors
        second = (first + 1 + plan // auditors % (auditors - 1)) % auditors
        both = (f"a{first}", f"a{second}") if rng.random() < doubled else (f"a{first}",)
        rows.append(SimulatedPlan(f"p{plan}", plan * 12 // plans, both))
    return simulated_marks(rows, CRITERIA, Settings(**settings), seed)


def rows_of(marks, judge=lambda mark: mark.judge):
    return [
        (m.plan, m.criterion, judge(m), m.value if isinstance(m.value, int) else None)
        for m in marks
    ]


def test_the_same_seed_gives_the_same_year():
    assert year(plans=15) == year(plans=15)
    assert year(plans=15) != year(plans=15, seed=2)


def test_answers_are_those_that_a_criterion_has():
    for mark in year(plans=60).marks:
        for answer in (mark.value, mark.machine):
            if isinstance(answer, int):
                assert 0 <= answer <= TOPS[mark.criterion]
    seen = Counter(m.value for m in year(plans=60).marks)
    assert {0, 1, 2, 3, "not-applicable", "cannot-decide"} == set(seen)


def test_shares_are_those_asked_for():
    made = year(plans=300, not_applicable=0.1, cannot_decide=0.05, machine_right=0.7)
    marks = made.marks
    absent = [m.value == "not-applicable" for m in marks]
    assert np.mean(absent) == pytest.approx(0.1, abs=0.02)
    left = [m.value == "cannot-decide" for m in marks if m.value != "not-applicable"]
    assert np.mean(left) == pytest.approx(0.05, abs=0.012)
    said = {(m.plan, m.criterion): m.machine for m in marks if m.machine is not None}
    assert len(said) / len(made.truth.answers) == pytest.approx(0.7, abs=0.02)
    right = [made.truth.answers[key] == answer for key, answer in said.items()]
    assert np.mean(right) == pytest.approx(0.7, abs=0.025)
    off = [abs(made.truth.answers[key] - answer) for key, answer in said.items()]
    assert max(off) == 1


def test_whoever_marks_sees_what_does_not_apply():
    by_question = {}
    for mark in year(plans=80).marks:
        by_question.setdefault((mark.plan, mark.criterion), set()).add(
            mark.value == "not-applicable"
        )
    assert all(len(seen) == 1 for seen in by_question.values())


def test_nothing_else_moves_when_a_share_does():
    one, other = year(plans=40, cannot_decide=0.0), year(plans=40, cannot_decide=0.3)
    assert one.truth == other.truth
    for a, b in zip(one.marks, other.marks, strict=True):
        assert b.value in (a.value, "cannot-decide")


def test_mean_answers_follow_the_truth():
    made = year(plans=400, doubled=0, cannot_decide=0, not_applicable=0)
    gaps = [
        m.value - made.truth.expected(m.plan, c, made.truth.severity_at(m.judge, m.month))
        for m, c in zip(made.marks, CRITERIA * 400, strict=True)
    ]
    assert np.mean(gaps) == pytest.approx(0, abs=4 * np.std(gaps) / len(gaps) ** 0.5)


def test_given_truth_is_kept_and_trend_and_effects_show():
    plans = [SimulatedPlan(k, k % 12, ("a", "b"), 2.0 if k % 2 else 0.0) for k in range(400)]
    made = simulated_marks(
        plans, CRITERIA, Settings(severity={"a": 1.0}, trend=0.2, difficulty={"C3": -1.5})
    )
    assert made.truth.severity["a"] == 1.0
    assert made.truth.difficulty["C3"] == -1.5
    quality = np.array([made.truth.quality[k] - 0.2 * (k % 12) for k in range(400)])
    assert quality[1::2].mean() - quality[::2].mean() == pytest.approx(2, abs=0.3)


def test_severity_is_found_again():
    made = year(sd_severity=0.6, seed=4)
    fit = fit_severity(ratings_of(rows_of(made.marks), TOPS))
    true = np.array([made.truth.severity[line.judge] for line in fit.judges])
    found = np.array([line.severity for line in fit.judges])
    true -= true.mean()
    assert fit.groups == 1
    assert np.corrcoef(true, found)[0, 1] > 0.9
    assert fit.sd_judges.low < 0.6 < fit.sd_judges.high
    inside = [line.low <= t <= line.high for line, t in zip(fit.judges, true.tolist(), strict=True)]
    assert sum(inside) >= 16
    quality = np.array([made.truth.quality[line.plan] for line in fit.plans])
    assert np.corrcoef(quality, [line.quality for line in fit.plans])[0, 1] > 0.9


def test_drift_shows():
    """Judge and half-year as one name: two auditors change by 1.8 logits, the rest stay.

    (Over 25 years: 1.68 on average, 92% of intervals hold 1.8, 97.5% of the others hold 0.)
    """
    made = year(auditors=10, doubled=0.6, drift={"a2": 0.3, "a5": -0.3}, seed=6)
    rows = rows_of(made.marks, lambda m: (m.judge, m.month // 6))
    fit = fit_severity(ratings_of(rows, TOPS))
    changes = {k: fit.change((f"a{k}", 0), (f"a{k}", 1)) for k in range(10)}
    assert fit.difference(("a2", 1), ("a2", 0)).value is None
    assert changes[2].low > 0
    assert changes[5].high < 0
    assert changes[2].value > 1
    assert changes[5].value < -1
    assert sum(c.low > 0 or c.high < 0 for c in changes.values()) <= 3


def test_machine_is_as_good_as_it_was_made():
    made = year(plans=150, machine_right=1.0, sd_severity=0.0)
    people = [(m.machine, m.value) for m in made.marks
              if m.machine is not None and isinstance(m.value, int)]  # fmt: skip
    worse = year(plans=150, machine_right=0.4, sd_severity=0.0)
    others = [(m.machine, m.value) for m in worse.marks
              if m.machine is not None and isinstance(m.value, int)]  # fmt: skip
    good, poor = (pair_agreement(*zip(*x, strict=True), draws=50) for x in (people, others))
    assert good.exact.low > poor.exact.high


@pytest.mark.parametrize(
    ("plans", "criteria", "settings", "words"),
    [
        ([], CRITERIA, None, "at least one plan"),
        ([SimulatedPlan("p", 0, ("a",))], [], None, "one criterion"),
        ([SimulatedPlan("p", 0, ())], CRITERIA, None, "Plan p needs auditors"),
        ([SimulatedPlan("p", 0, ("a", "a"))], CRITERIA, None, "named once"),
        ([SimulatedPlan("p", 0, ("a",))], CRITERIA, Settings(machine_right=2), "machine_right"),
    ],
)
def test_impossible_input(plans, criteria, settings, words):
    with pytest.raises(ValueError, match=words):
        simulated_marks(plans, criteria, settings)
