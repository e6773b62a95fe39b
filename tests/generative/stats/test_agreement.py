"""Agreement, links and severity: properties for any marks, and coverage. Fixed seeds."""

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from goldthread.core.stats import (
    cohen_kappa,
    fit_severity,
    gwet_ac,
    icc,
    krippendorff_alpha,
    linking,
    pair_agreement,
    ratings_of,
    severity_reml,
    table_agreement,
)
from goldthread.simulation.audits import (
    Settings,
    SimulatedCriterion,
    SimulatedPlan,
    simulated_marks,
)

CHEAP = settings(max_examples=40, deadline=None)
tables = arrays(np.int64, (4, 4), elements=st.integers(0, 12))
answers = st.sampled_from([0.0, 1.0, 2.0, 3.0, math.nan])
ratings = st.tuples(st.integers(2, 4), st.integers(1, 9)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=answers)
)


def sound(found):
    """A number with its ends around it, or none and why; never NaN."""
    if found.value is None:
        assert found.low is None
        assert found.high is None
        assert found.why
        return
    assert math.isfinite(found.value)
    assert found.value <= 1 + 1e-12
    if found.low is None:
        assert found.why
        return
    assert found.low <= found.value + 1e-9
    assert found.value <= found.high + 1e-9


@CHEAP
@given(tables)
def test_pairs_are_sound_and_swap(table):
    got = table_agreement(table, draws=100)
    for found in (got.kappa, got.alpha, got.ac2, got.exact, got.adjacent):
        sound(found)
    other = table_agreement(table.T, draws=100)
    for name in ("kappa", "alpha", "ac2", "exact"):
        one, two = getattr(got, name).value, getattr(other, name).value
        assert one == two or math.isclose(one, two, abs_tol=1e-9)


@CHEAP
@given(ratings, st.randoms())
def test_any_ratings_are_sound_whatever_their_order(marks, random):
    order = list(range(marks.shape[1]))
    random.shuffle(order)
    for function in (
        lambda m: krippendorff_alpha(m, "ordinal", draws=50),
        lambda m: krippendorff_alpha(m, "ratio", draws=50),
        lambda m: gwet_ac(m, "quadratic", categories=[0, 1, 2, 3], draws=50),
        lambda m: gwet_ac(m, draws=50),
    ):
        one, other = function(marks), function(marks[::-1, order])
        sound(one)
        assert one.n == other.n
        assert (one.value is None) == (other.value is None)
        if one.value is not None:
            assert math.isclose(one.value, other.value, abs_tol=1e-9)


@CHEAP
@given(tables)
def test_two_raters_two_ways(table):
    """Kappa with linear weights of a two-category table is plain kappa; alpha of many pairs nears
    kappa of the table made symmetric (Scott's pi)."""
    small = table[:2, :2]
    plain, linear = cohen_kappa(small, draws=20), cohen_kappa(small, "linear", draws=20)
    assert plain == linear
    if table.sum() == 0:
        return
    many = 10_000 * table
    alpha = table_agreement(many, draws=10).alpha.value
    if alpha is not None:
        flat = [np.repeat(k, many.ravel() // 10_000).tolist() for k in np.divmod(np.arange(16), 4)]
        assert alpha <= krippendorff_alpha(flat, "ordinal", draws=10).value + 1e-9


@CHEAP
@given(arrays(np.float64, (5, 3), elements=st.integers(0, 10).map(float)), st.floats(0.1, 50))
def test_icc_has_no_unit(marks, unit):
    for one, other in zip(icc(marks), icc(unit * marks + 3), strict=True):
        sound(one)
        assert (one.value is None) == (other.value is None)
        if one.value is not None:
            assert math.isclose(one.value, other.value, rel_tol=1e-6, abs_tol=1e-6)


@CHEAP
@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 5)), min_size=1, max_size=30))
def test_resistance_is_a_distance(pairs):
    got = linking(pairs)
    r = got.resistances
    assert np.allclose(r, r.T)
    inside = np.isfinite(r)
    for a in range(len(got.auditors)):
        for b in range(len(got.auditors)):
            linked = any({got.auditors[a], got.auditors[b]} <= set(c.auditors)
                         for c in got.components)  # fmt: skip
            assert inside[a, b] == linked
    through = r[:, :, None] + r[None, :, :]
    assert (r[:, None, :] <= through + 1e-9).all()
    more = linking([*pairs, (99, got.auditors[0]), (99, got.auditors[-1])])
    assert (more.resistances[:1, -1] <= r[0, -1] + 1e-9).all()


def test_intervals_of_pairs_cover():
    """Against the values of the table that pairs are drawn from: 93 to 98 in 100 from 40 pairs."""
    shares = np.array([
        [0.07, 0.03, 0.01, 0.0], [0.04, 0.12, 0.06, 0.01],
        [0.01, 0.05, 0.26, 0.06], [0.0, 0.02, 0.05, 0.21],
    ])  # fmt: skip
    truth = table_agreement(np.round(shares * 1e8), draws=2)
    rng = np.random.default_rng(12)
    inside = {"kappa": [], "alpha": [], "ac2": [], "exact": []}
    for table in rng.multinomial(40, shares.ravel(), size=400).reshape(-1, 4, 4):
        got = table_agreement(table, draws=200)
        for name, hits in inside.items():
            found = getattr(got, name)
            hits.append(found.low <= getattr(truth, name).value <= found.high)
    for name, hits in inside.items():
        assert 0.92 <= np.mean(hits) <= 0.985, name


def test_intervals_by_plan_cover():
    """25 plans of 8 pairs that share how hard they are to agree on."""
    rng = np.random.default_rng(3)

    def marks(plans):
        ease = np.repeat(rng.beta(2, 2, plans), 8)
        first = rng.integers(0, 4, plans * 8)
        return first, np.where(rng.random(first.size) < ease, first, rng.integers(0, 4, first.size))

    truth = pair_agreement(*marks(60_000), draws=2)
    inside = {"alpha": [], "exact": [], "ac2": []}
    for _ in range(200):
        got = pair_agreement(*marks(25), plans=np.repeat(np.arange(25), 8), draws=200)
        for name, hits in inside.items():
            found = getattr(got, name)
            hits.append(found.low <= getattr(truth, name).value <= found.high)
    for name, hits in inside.items():
        assert 0.9 <= np.mean(hits) <= 0.99, name


CRITERIA = [SimulatedCriterion(f"C{k}", "presence" if k % 3 == 0 else "slots") for k in range(8)]
TOPS = {c.id: c.top for c in CRITERIA}


def years(sd, number, auditors=10, plans=60):
    """Fits of invented years, each with its true severities around their mean."""
    for seed in range(number):
        rows = []
        for plan in range(plans):
            first = plan % auditors
            second = (first + 1 + plan // auditors) % auditors
            both = (first, second) if plan % 2 else (first,)
            rows.append(SimulatedPlan(plan, 0, both))
        made = simulated_marks(rows, CRITERIA, Settings(sd_severity=sd), 700 + seed)
        marks = [(m.plan, m.criterion, m.judge, m.value if isinstance(m.value, int) else None)
                 for m in made.marks]  # fmt: skip
        true = np.array([made.truth.severity[k] for k in range(auditors)])
        yield fit_severity(ratings_of(marks, TOPS)), true - true.mean()


def test_severities_cover():
    """Over 60 years each at spreads of .15, .3 and .5, with 12 auditors: 98.6, 95.9, 96.4%."""
    inside, apart = [], []
    for fit, true in years(0.5, 16):
        lines = [fit.judge(k) for k in range(10)]
        inside += [a.low <= t <= a.high for a, t in zip(lines, true.tolist(), strict=True)]
        d = fit.difference(0, 5)
        apart.append(d.low <= true[0] - true[5] <= d.high)
    assert 0.92 <= np.mean(inside) <= 0.99
    assert np.mean(apart) >= 0.8


def test_nobody_differs_when_all_are_equal():
    flagged = [not line.low <= 0 <= line.high
               for fit, _ in years(0.0, 8) for line in fit.judges]  # fmt: skip
    assert len(flagged) == 80
    assert not any(flagged)


def test_effects_on_scores_cover():
    """Over 150 each at spreads of 0, .03, .06 and .12: 99.3, 97.2, 95.8, 93.5%."""
    rng = np.random.default_rng(21)
    inside, flagged = [], []
    for sd, hits in ((0.06, inside), (0.0, flagged)):
        for _ in range(50):
            plans = np.repeat(np.arange(40), 2)
            judges = np.concatenate([rng.choice(8, 2, replace=False) for _ in range(40)])
            strict = rng.normal(0, sd, 8)
            scores = rng.normal(0.6, 0.15, 40)[plans] + strict[judges] + rng.normal(0, 0.12, 80)
            true = strict - strict.mean()
            for line in severity_reml(plans.tolist(), judges.tolist(), scores).judges:
                hits.append(line.low <= true[line.judge] <= line.high)
    assert 0.92 <= np.mean(inside) <= 0.985
    assert np.mean(flagged) >= 0.985
