import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from goldthread.core.benchmark.flags import RATE, stands

chance = st.floats(0.0005, 0.9995)


def slowly(themes, above, rate):
    """The same, one step after another with plain lists."""
    by_theme = {}
    for t, p in zip(themes, above, strict=True):
        by_theme.setdefault(t, []).append(2 * min(p, 1 - p))
    simes = {t: min(1, *(p * len(ps) / r for r, p in enumerate(sorted(ps), 1)))
             for t, ps in by_theme.items()}  # fmt: skip
    ordered = sorted(simes.items(), key=lambda item: item[1])
    last = max(
        (r for r, (_, p) in enumerate(ordered, 1) if p <= rate * r / len(ordered)), default=0
    )
    passed = {t for t, _ in ordered[:last]}
    wrong = sorted((min(p, 1 - p), i) for i, p in enumerate(above) if themes[i] in passed)
    kept, total = set(), 0.0
    for rank, (w, _) in enumerate(wrong, 1):
        total += w
        if total / rank <= rate:
            kept = {j for _, j in wrong[:rank]}
    return kept


@given(st.lists(st.tuples(st.sampled_from("abc"), chance), min_size=1, max_size=12))
def test_agrees_with_the_slow_way(rows):
    themes, above = [t for t, _ in rows], [p for _, p in rows]
    assume(len({round(min(p, 1 - p), 12) for p in above}) == len(above))  # ties: either order
    just_under, just_over = (slowly(themes, above, RATE + e) for e in (-1e-9, 1e-9))
    assume(just_under == just_over)  # on the very limit rounding decides
    assert set(np.flatnonzero(stands(themes, above))) == just_under


def test_nothing_to_test():
    assert stands([], []).shape == (0,)


def test_a_clear_measure_in_a_clear_theme_stands_and_a_doubtful_one_does_not():
    assert list(stands(["a", "a", "b"], [0.9999, 0.6, 0.5])) == [True, False, False]


def test_when_nothing_differs_hardly_anything_stands():
    """Under the null Pr(above) is uniform; testing themes first holds the share of false sets."""
    random = np.random.default_rng(7)
    themes = [t for t in "abcdefgh" for _ in range(5)]
    any_flag = [stands(themes, random.uniform(size=40)).any() for _ in range(400)]
    assert np.mean(any_flag) <= RATE + 0.045  # 0.045: three standard errors of 400 draws
