"""Section scores by REML against lme4, least squares and a plain likelihood."""

import csv
import math
from pathlib import Path

import numpy as np
import pytest
from scipy import optimize

from goldthread.core.stats import severity_reml

PENICILLIN = Path(__file__).with_name("penicillin.csv")


@pytest.fixture(scope="module")
def penicillin():
    """Davies and Goldsmith 1972, table 6.6, as in lme4: 24 plates, 6 samples."""
    with PENICILLIN.open() as file:
        rows = list(csv.DictReader(file))
    columns = [[r[name] for r in rows] for name in ("plate", "sample")]
    return severity_reml(*columns, [float(r["diameter"]) for r in rows])


def test_lme4(penicillin):
    """lmer(diameter ~ 1 + (1|plate) + (1|sample)): its search ends 5e-5 from the top."""
    assert penicillin.sd_plans == pytest.approx(0.846703, abs=1e-4)
    assert penicillin.sd_judges.value == pytest.approx(1.931614, abs=1e-4)
    assert penicillin.sd_residual == pytest.approx(0.549923, abs=1e-4)
    assert penicillin.means[0] == pytest.approx(22.97222222)
    assert penicillin.log_likelihood == pytest.approx(-165.4302945, abs=1e-6)
    assert penicillin.log_likelihood >= -165.4302945
    effects = {line.judge: line.likeliest for line in penicillin.judges}
    assert [round(effects[k], 5) for k in "ABCF"] == [2.18706, -1.01048, 1.93790, -3.00374]


def test_spread_is_uncertain(penicillin):
    assert penicillin.sd_judges.low < 1.5
    assert penicillin.sd_judges.high > 3
    for line in penicillin.judges:
        assert line.effect == pytest.approx(line.likeliest, abs=1e-3)
        assert line.low < line.effect < line.high
        assert line.n == 24


def invented(seed, plans=30, judges=5, sd=0.05):
    rng = np.random.default_rng(seed)
    quality, strict = rng.normal(0.6, 0.15, plans), rng.normal(0, sd, judges)
    drawn = [rng.choice(judges, 1 + p % 2, replace=False).tolist() for p in range(plans)]
    rows = [(p, j) for p, both in enumerate(drawn) for j in both]
    scores = [quality[p] + strict[j] + rng.normal(0, 0.06) for p, j in rows]
    return [p for p, _ in rows], [j for _, j in rows], scores, strict


def test_against_the_restricted_likelihood_written_out():
    plans, judges, scores, _ = invented(3, sd=0.1)
    y, n = np.array(scores), len(scores)
    same = [np.equal.outer(x, x).astype(float) for x in (np.array(plans), np.array(judges))]

    def minus_twice(logs):
        v = sum(math.exp(2 * s) * m for s, m in zip(logs, [*same, np.eye(n)], strict=True))
        inverse = np.linalg.inv(v)
        weight = inverse.sum()
        residual = y - (inverse @ y).sum() / weight
        value = np.linalg.slogdet(v)[1] + math.log(weight) + residual @ inverse @ residual
        return value + (n - 1) * math.log(2 * math.pi)

    found = optimize.minimize(minus_twice, np.log([0.15, 0.05, 0.06]), method="Nelder-Mead",
                              options={"xatol": 1e-9, "fatol": 1e-11, "maxiter": 4000})  # fmt: skip
    got = severity_reml(plans, judges, scores)
    assert got.log_likelihood == pytest.approx(-found.fun / 2, abs=1e-7)
    sds = [got.sd_plans, got.sd_judges.value, got.sd_residual]
    assert sds == pytest.approx(np.exp(found.x), rel=5e-4)
    v = sum(s**2 * m for s, m in zip(sds, [*same, np.eye(n)], strict=True))
    inverse = np.linalg.inv(v)
    residual = y - (inverse @ y).sum() / inverse.sum()
    blup = [sds[1] ** 2 * (np.array(judges) == j) @ inverse @ residual for j in range(5)]
    ours = {line.judge: line.likeliest for line in got.judges}
    assert [ours[j] for j in range(5)] == pytest.approx(np.array(blup) - np.mean(blup), abs=1e-6)
    theta = sds[0] ** 2 * (np.array(plans) == plans[0]) @ inverse @ residual
    fair = (inverse @ y).sum() / inverse.sum() + theta + np.mean(blup)
    assert got.plans[0].fair == pytest.approx(fair, abs=1e-6)


def test_units_do_not_matter():
    plans, judges, scores, _ = invented(5)
    one = severity_reml(plans, judges, scores)
    other = severity_reml(plans, judges, [100 * s + 7 for s in scores])
    for a, b in zip(one.judges, other.judges, strict=True):
        assert b.effect == pytest.approx(100 * a.effect, rel=1e-3, abs=1e-3)
        assert b.se == pytest.approx(100 * a.se, rel=1e-3)


def test_equal_judges_are_not_told_apart():
    plans, judges, scores, _ = invented(7, sd=0.0)
    for line in severity_reml(plans, judges, scores).judges:
        assert line.low < 0 < line.high


def test_groups():
    plans, judges, scores, _ = invented(2)
    both = severity_reml(
        [*plans, *(f"x{p}" for p in plans), "own"],
        [*judges, *(f"x{j}" for j in judges), "alone"],
        [*scores, *(s + 0.3 for s in scores), 0.5],
    )
    assert both.groups == 3
    assert "3 groups" in both.why
    alone = both.judges[-1]
    assert (alone.judge, alone.effect, alone.likeliest) == ("alone", None, None)
    assert both.means[1] - both.means[0] == pytest.approx(0.3, abs=0.01)


def test_nothing_to_compare():
    for columns, words in [
        (([1, 2], ["A", "A"], [1, 2]), "one auditor"),
        (([1, 2], ["A", "B"], [1, 2]), "No plan was marked by two"),
        (([1, 1], ["A", "B"], [1, 2]), "nothing|no chance"),
        (([1, 1, 2, 2], list("ABAB"), [1, 1, 1, 1]), "no chance"),
        (([1, 1], ["A"], [1, 2]), "same length"),
        (([], [], []), "empty"),
    ]:
        with pytest.raises(ValueError, match=words):
            severity_reml(*columns)
