"""Who may be compared: effective resistance, groups and single threads."""

import numpy as np
import pytest

from goldthread.core.stats import linking


def common(n, first, second, start=0):
    return [(start + p, a) for p in range(n) for a in (first, second)]


def test_six_common_plans_and_a_chain():
    """Two raters on six plans: σ²/3; through a third: 2σ²/3."""
    got = linking(common(6, "A", "B") + common(6, "B", "C", start=6))
    assert got.resistance("A", "B") == pytest.approx(1 / 3)
    assert got.resistance("A", "C") == pytest.approx(2 / 3)
    assert got.standard_error("A", "B", 0.12) ** 2 == pytest.approx(0.12**2 / 3)
    assert got.resistance("A", "A") == 0


@pytest.mark.parametrize(("plans", "error"), [(5, 0.076), (8, 0.060), (12, 0.049)])
def test_methods_anchor_errors(plans, error):
    """Methods d.4: residual .12 on the section score."""
    assert round(linking(common(plans, 1, 2)).standard_error(1, 2, 0.12), 3) == error


def invented(seed, auditors=7, plans=14, share=0.3):
    rng = np.random.default_rng(seed)
    marked = rng.random((plans, auditors)) < share
    return [(f"p{p}", f"a{a}") for p, a in zip(*np.nonzero(marked), strict=True)]


def least_squares_variance(pairs, first, second):
    """Variance of the difference of two judges in y = plan + judge + e, e of variance 1."""
    plans, judges = (sorted({pair[k] for pair in pairs}) for k in (0, 1))
    x = np.zeros((len(pairs), len(plans) + len(judges)))
    for row, (p, a) in enumerate(pairs):
        x[row, plans.index(p)] = x[row, len(plans) + judges.index(a)] = 1
    c = np.zeros(x.shape[1])
    c[len(plans) + judges.index(first)], c[len(plans) + judges.index(second)] = 1, -1
    if not np.allclose(c @ np.linalg.pinv(x) @ x, c):
        return None
    return c @ np.linalg.pinv(x.T @ x) @ c


def groups(pairs, without=None):
    """Groups of auditors and plans by joining, written plainly."""
    parts = [{("p", p)} for p, _ in pairs] + [{("a", a)} for _, a in pairs]
    for p, a in pairs:
        if (p, a) == without:
            continue
        met = [part for part in parts if ("p", p) in part or ("a", a) in part]
        parts = [part for part in parts if part not in met] + [set().union(*met)]
    unique = {frozenset(part) for part in parts}
    return {frozenset(n for side, n in part if side == "a") for part in unique} - {frozenset()}


@pytest.mark.parametrize("seed", range(6))
def test_against_least_squares_and_plain_joining(seed):
    pairs = invented(seed, share=0.18 + 0.03 * seed)
    got = linking(pairs)
    for one in got.auditors:
        for two in got.auditors:
            if one < two:
                assert got.resistance(one, two) == pytest.approx(
                    least_squares_variance(pairs, one, two), abs=1e-9
                )
    assert {frozenset(part.auditors) for part in got.components} == groups(pairs)
    parted = {pair for pair in pairs if len(groups(pairs, pair)) > len(groups(pairs))}
    assert set(got.bridges) == parted


def test_bridge_is_named_and_loose_marks_are_not():
    got = linking([*common(6, "A", "B"), (9, "B"), (9, "C"), (10, "C"), (11, "A")])
    assert set(got.bridges) == {(9, "B"), (9, "C")}
    assert len(got.components) == 1


def test_links():
    got = linking([*common(60, "A", "B"), *common(6, "B", "C", 100), *common(2, "C", "D", 200),
                   (300, "Z")])  # fmt: skip
    strong, wide = got.link("A", "B", 0.12), got.link("B", "C", 0.12)
    assert strong.grade == "linked"
    assert strong.common == 60
    assert strong.equivalent == pytest.approx(60)
    assert wide.grade == "weak link"
    assert "47" in wide.why
    assert got.link("C", "D", 0.01).grade == "weak link"
    assert "5 are needed" in got.link("C", "D", 0.01).why
    alone = got.link("A", "Z", 0.12)
    assert (alone.grade, alone.standard_error, alone.equivalent) == ("not linked", None, 0)
    assert got.resistance("A", "Z") is None
    assert [len(part.auditors) for part in got.components] == [4, 1]


def test_a_mark_given_twice_counts_once():
    pairs = common(3, "A", "B")
    assert linking(pairs * 4).resistance("A", "B") == pytest.approx(2 / 3)


def test_impossible_input():
    with pytest.raises(ValueError, match="no marks"):
        linking([])
    got = linking(common(2, "A", "B"))
    with pytest.raises(ValueError, match="Q marked none"):
        got.resistance("A", "Q")
    with pytest.raises(ValueError, match="sd"):
        got.standard_error("A", "B", 0)
