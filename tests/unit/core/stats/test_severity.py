"""The ordinal model of judges against R's `ordinal`, quadrature, and what it must not claim."""

import csv
import math
from pathlib import Path

import numpy as np
import pytest
from scipy import special

from goldthread.core.stats import fit_severity, ratings_of
from goldthread.core.stats.severity_fit import Search, first_guess
from goldthread.core.stats.severity_marks import usable
from goldthread.core.stats.severity_model import find_mode, gradient, problem_of

MARKS = Path(__file__).with_name("marks.csv")
CUTS = (-2.0, -0.3, 1.5)


def invented(plans=40, judges=6, criteria=8, marked=2, sd=0.5, seed=0, tops=None):
    """Rows (plan, criterion, judge, answer) and the judges' true severities."""
    rng = np.random.default_rng(seed)
    quality, hard = rng.normal(0, 1, plans), rng.normal(0, 0.8, criteria)
    strict = rng.normal(0, sd, judges)
    rows = []
    for plan in range(plans):
        for judge in rng.choice(judges, marked, replace=False).tolist():
            at = quality[plan] - hard - strict[judge] + rng.logistic(size=criteria)
            answers = (at[:, None] > CUTS).sum(axis=1)
            for c, answer in enumerate(answers.tolist()):
                rows.append((plan, c, judge, min(answer, (tops or {}).get(c, 3))))
    return rows, strict


@pytest.fixture(scope="module")
def published():
    with MARKS.open() as file:
        rows = [(r["plan"], r["criterion"], r["judge"], int(r["answer"]))
                for r in csv.DictReader(file)]  # fmt: skip
    return rows, fit_severity(rows)


def test_ordinal_clmm(published):
    """ordinal 2022.11-16, clmm(answer ~ criterion + (1|plan) + (1|judge)), gradTol 1e-8.

    Its judges' effects are ours with the sign turned, and not quite centred.
    """
    _, fit = published
    assert fit.log_likelihood == pytest.approx(-628.499894115, abs=1e-6)
    assert fit.sd_plans == pytest.approx(0.81901231, abs=1e-5)
    assert fit.sd_judges.value == pytest.approx(1.1443926, abs=1e-5)
    effects = np.array([
        1.166130369, -0.484564084, 2.194071371, -0.695451621,
        -1.398258406, -0.348636074, -0.016777412, -0.535200073,
    ])  # fmt: skip
    ours = [fit.judge(str(k)).likeliest for k in range(8)]
    assert ours == pytest.approx(effects.mean() - effects, abs=2e-5)
    contrasts = np.array([0, -0.72568223, -0.19274495, 0.98729788, -0.92734386, -0.35563370])
    hard = {line.criterion: line.difficulty for line in fit.criteria}
    assert [hard[str(k)] for k in range(6)] == pytest.approx(contrasts.mean() - contrasts, abs=5e-5)
    thresholds = np.array([-2.61532038, -0.95832046, 0.79862759]) - contrasts.mean()
    assert fit.cuts == pytest.approx(thresholds, abs=5e-5)
    assert fit.converged


def test_gradient_is_that_of_the_likelihood():
    tops = {0: 2, 3: 2}
    rows, _ = invented(plans=12, seed=2, tops=tops)
    rows += [
        (100 + p, c, 10 + j, (p + c + j) % 3) for p in range(2) for c in range(8) for j in (0, 1)
    ]
    problem = problem_of(usable(ratings_of(rows, tops)))
    assert problem.groups == 2
    at = first_guess(problem) + np.random.default_rng(1).normal(0, 0.2, first_guess(problem).size)
    nothing = np.zeros(problem.plans), np.zeros(problem.judges)

    def value(vector):
        return find_mode(problem, problem.split(vector), *nothing).objective

    p = problem.split(at)
    got = gradient(problem, p, find_mode(problem, p, *nothing))
    slow = [(value(at + e) - value(at - e)) / 2e-4 for e in 1e-4 * np.eye(at.size)]
    assert got == pytest.approx(slow, abs=1e-5)


def _answer(location, answer, cuts):
    above = [1.0, *special.expit(location - np.array(cuts)), 0.0]
    return above[answer] - above[answer + 1]


def exact(rows, fit):
    """Likelihood, and mean severities, with two judges integrated by quadrature.

    Given both severities plans are independent: an inner sum over 40 nodes for each plan, of the
    chance of the one judge's answers times that of the other's.
    """
    hard = {line.criterion: line.difficulty for line in fit.criteria}
    nodes, weights = np.polynomial.hermite_e.hermegauss(40)
    outer, shares = np.polynomial.hermite_e.hermegauss(30)
    weights, shares = weights / weights.sum(), shares / shares.sum()
    severities = outer * fit.sd_judges.value
    product = np.outer(shares, shares)
    for plan in sorted({row[0] for row in rows}):
        by_judge = np.ones((2, outer.size, nodes.size))
        for _, c, judge, answer in (row for row in rows if row[0] == plan):
            for k, severity in enumerate(severities):
                at = fit.sd_plans * nodes - hard[c] - severity
                by_judge[judge, k] *= [_answer(t, answer, fit.cuts) for t in at]
        product = product * ((by_judge[0] * weights) @ by_judge[1].T)
    means = [(product * severities[:, None]).sum(), (product * severities).sum()]
    return math.log(product.sum()), np.array(means) / product.sum()


def test_laplace_against_quadrature():
    rows, _ = invented(plans=6, judges=2, criteria=6, sd=0.8, seed=5)
    fit = fit_severity(rows)
    likelihood, means = exact(rows, fit)
    assert fit.log_likelihood == pytest.approx(likelihood, abs=0.15)
    apart = fit.judge(0).likeliest - fit.judge(1).likeliest
    assert apart == pytest.approx(means[0] - means[1], abs=0.06)


def test_order_and_names_do_not_matter():
    rows, _ = invented(plans=20, seed=7)
    names = {j: f"judge {9 - j}" for j in range(6)}
    renamed = [(f"p{p}", f"c{c}", names[j], v) for p, c, j, v in rows]
    np.random.default_rng(1).shuffle(renamed)
    one = fit_severity(rows)
    other = fit_severity([(p, c, j, int(v)) for p, c, j, v in renamed])
    assert other.log_likelihood == pytest.approx(one.log_likelihood, abs=1e-6)
    for j in range(6):
        assert other.judge(names[j]).severity == pytest.approx(one.judge(j).severity, abs=1e-3)
        assert other.judge(names[j]).se == pytest.approx(one.judge(j).se, abs=1e-3)


def test_a_stricter_judge_costs_points():
    rows, strict = invented(plans=80, sd=0.8, seed=3)
    fit = fit_severity(rows)
    assert sum(line.severity for line in fit.judges) == pytest.approx(0, abs=1e-9)
    for line in fit.judges:
        assert line.severity * line.effect < 0
        assert line.low < line.severity < line.high
        assert line.effect_low < line.effect < line.effect_high
        assert 0.5 < line.infit < 1.6
        assert line.plans * 8 == line.marks
    estimated = [fit.judge(j).severity for j in range(6)]
    assert np.corrcoef(estimated, strict)[0, 1] > 0.95
    apart = fit.difference(0, 1)
    assert apart.value == pytest.approx(estimated[0] - estimated[1])
    assert apart.low < strict[0] - strict[1] < apart.high


def test_fair_average_and_effect_written_out():
    rows, _ = invented(plans=30, seed=4, tops={0: 2})
    points = {c: [0, 0.4, 1] if c == 0 else [0, 0.35, 0.7, 1] for c in range(8)}
    weights = {c: 1 + c % 3 for c in range(8)}
    fit = fit_severity(ratings_of(rows, {0: 2}), points, weights)
    hard = {line.criterion: line.difficulty for line in fit.criteria}

    def index(quality):
        earned = 0.0
        for c in range(8):
            top = len(points[c]) - 1
            chances = [_answer(quality - hard[c], k, fit.cuts[:top]) for k in range(top + 1)]
            earned += weights[c] * np.dot(chances, points[c])
        return 100 * earned / sum(weights.values())

    plan, judge = fit.plans[3], fit.judges[2]
    assert plan.fair == pytest.approx(index(plan.quality))
    assert plan.low == pytest.approx(index(plan.quality - 1.959964 * plan.se), abs=1e-5)
    qualities = np.quantile([line.quality for line in fit.plans], (np.arange(25) + 0.5) / 25)
    slow = np.mean([index(q - judge.severity) - index(q) for q in qualities])
    assert judge.effect == pytest.approx(slow)


def test_two_groups_are_kept_apart():
    rows, _ = invented(plans=20, judges=4, seed=1)
    rows += [(f"x{p}", c, f"y{j}", v) for p, c, j, v in invented(20, 3, seed=2)[0]]
    fit = fit_severity(rows)
    assert fit.groups == 2
    assert "2 groups" in fit.why
    assert fit.difference(0, "y1").value is None
    assert "common plans" in fit.difference(0, "y1").why
    for group in (0, 1):
        inside = [line.severity for line in fit.judges if line.group == group]
        assert sum(inside) == pytest.approx(0, abs=1e-9)


def test_a_judge_alone_has_no_severity():
    rows, _ = invented(plans=20, judges=4, seed=1)
    rows += [("own", c, "alone", 3) for c in range(8)]
    line = fit_severity(rows).judge("alone")
    assert line.severity is None
    assert line.effect is None
    assert line.marks == 8
    assert "strictness cannot be told" in line.why


def test_equal_judges_are_not_told_apart():
    """The likeliest spread is nought; the intervals are not."""
    rows, _ = invented(plans=40, sd=0.0, seed=9)
    fit = fit_severity(rows)
    assert fit.sd_judges.low < 0.1
    for line in fit.judges:
        assert line.low < 0 < line.high
        assert line.se > 0.01


def test_a_criterion_that_everyone_meets_says_nothing():
    rows, _ = invented(plans=20, seed=6)
    extra = [(p, "always", j, 3) for p, c, j, _ in rows if c == 0]
    one, other = fit_severity(rows), fit_severity(rows + extra)
    line = next(x for x in other.criteria if x.criterion == "always")
    assert line.difficulty is None
    assert line.why
    assert other.log_likelihood == pytest.approx(one.log_likelihood, abs=1e-6)
    fairer = other.plans[0].fair
    assert fairer == pytest.approx((8 * one.plans[0].fair + 3) / 9, abs=1e-4)


def test_answers_that_do_not_occur_and_missing_ones():
    rows, _ = invented(plans=30, seed=8)
    two = [(p, c, j, 0 if v < 2 else 2) for p, c, j, v in rows]
    fit = fit_severity([*two, (0, 0, 0, None)])
    assert len(fit.cuts) == 1
    assert fit.converged
    assert min(line.fair for line in fit.plans) >= 0
    assert max(line.fair for line in fit.plans) <= 2


def test_presence_criteria_have_no_three():
    """A 2 of a criterion that ends there is “2 or more”: without `tops` it would seem harder."""
    tops = dict.fromkeys(range(0, 8, 2), 2)
    rows, _ = invented(plans=120, seed=10, sd=0.3, tops=tops)
    rng = np.random.default_rng(10)
    rng.normal(0, 1, 120)
    true = rng.normal(0, 0.8, 8)
    misses = []
    for highest in (tops, None):
        marks = usable(ratings_of(rows, highest))
        problem = problem_of(marks)
        fit = Search(problem, first_guess(problem)).run()
        off = np.zeros(8)
        off[list(marks.ratings.criteria)] = fit.parameters.alpha
        off -= true
        misses.append(off[::2].mean() - off[1::2].mean())
    assert abs(misses[0]) < 0.15
    assert misses[1] > 0.3


def test_search_from_elsewhere_ends_in_the_same_place():
    rows, _ = invented(plans=30, seed=11)
    problem = problem_of(usable(ratings_of(rows)))
    start = first_guess(problem)
    one = Search(problem, start).run()
    other = Search(problem, start + 0.7).run()
    assert other.mode.objective == pytest.approx(one.mode.objective, abs=1e-6)


def test_nothing_to_compare():
    one = [(p, c, "A", (p + c) % 4) for p in range(5) for c in range(3)]
    apart = one + [(p + 9, c, "B", (p + c) % 4) for p in range(5) for c in range(3)]
    same = [(p, c, j, 3) for p in range(5) for c in range(3) for j in "AB"]
    for rows, words in [
        ([], "no marks"),
        ([(1, 1, "A", None)], "no marks"),
        (one, "one auditor"),
        (apart, "No plan was marked by two"),
        (same, "no auditor can be told"),
        ([(1, 1, "A", 1.5)], "whole"),
        ([(1, 1, "A", -1)], "whole"),
    ]:
        with pytest.raises(ValueError, match=words):
            fit_severity(rows)
    with pytest.raises(ValueError, match="answers up to 2"):
        ratings_of([(1, 1, "A", 3)], {1: 2})
    rows, _ = invented(plans=8, judges=3)
    with pytest.raises(ValueError, match="points must name"):
        fit_severity(rows, {0: [0, 1, 1, 1]})
    with pytest.raises(ValueError, match="weights say nothing"):
        fit_severity(rows, weights={0: 1})
    with pytest.raises(ValueError, match="gave none"):
        fit_severity(rows).judge("nobody")
