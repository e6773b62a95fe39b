"""Whatever a page shows of groups, no small group can be worked out from it."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.core.report.quality.floor import Group, held_back

DIMENSIONS = ("need", "team", "phase")
keys = st.tuples(*(st.sampled_from("abcd"[:size]) for size in (4, 3, 3)))
pages = st.dictionaries(keys, st.integers(1, 9), min_size=1, max_size=10)


def groups_of(cells):
    sizes = {}
    for key, n in cells.items():
        for group in map(Group, DIMENSIONS, key):
            sizes[group] = sizes.get(group, 0) + n
    return sizes


def row(group, cells):
    place = DIMENSIONS.index(group.dimension)
    return [Fraction(key[place] == group.value) for key in cells]


def rank(rows):
    """By plain elimination with fractions."""
    rows, found = [list(r) for r in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((i for i in range(found, len(rows)) if rows[i][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for i in range(found + 1, len(rows)):
            times = rows[i][column] / rows[found][column]
            rows[i] = [a - times * b for a, b in zip(rows[i], rows[found], strict=True)]
        found += 1
    return found


def follows(secret, shown):
    """Whether a sum over cells is fixed by the shown sums."""
    return rank([*shown, secret]) == rank(shown)


@given(pages, st.sets(st.sampled_from("abc"), max_size=1))
@settings(max_examples=150)
def test_no_small_group_follows_from_what_is_shown(cells, alone):
    sizes = groups_of(cells)
    one = {Group("team", team) for team in alone} & sizes.keys()
    held = held_back(cells, DIMENSIONS, one)
    small = {g for g, n in sizes.items() if n < 5} | one
    assert held.few == small
    assert not held.few & held.beside
    shown = [row(g, cells) for g in sizes if not held.hides(g)]
    everything = [Fraction(1)] * len(cells)
    total = sum(cells.values())
    for secret in small:
        # A group that is all there is cannot be hidden behind its own total, which the page shows
        # only when it is no small one.
        if sizes[secret] < total:
            assert not follows(row(secret, cells), [everything, *shown]), secret


@given(pages)
@settings(max_examples=100)
def test_what_is_left_over_in_a_dimension_is_no_small_group(cells):
    sizes = groups_of(cells)
    held = held_back(cells, DIMENSIONS)
    for dimension in DIMENSIONS:
        hidden = [g for g in sizes if g.dimension == dimension and held.hides(g)]
        left = sum(sizes[g] for g in hidden)
        every = sum(g.dimension == dimension for g in sizes)
        assert not hidden or len(hidden) == every or (len(hidden) > 1 and left >= 5)


@given(pages)
@settings(max_examples=50)
def test_where_all_groups_are_large_nothing_is_hidden(cells):
    large = {key: n + 4 for key, n in cells.items()}
    assert not held_back(large, DIMENSIONS).few
    assert not held_back(large, DIMENSIONS).beside


def test_the_smallest_other_group_goes_with_a_single_small_one():
    cells = {("a", "x", "p"): 3, ("b", "x", "p"): 20, ("c", "y", "q"): 8}
    held = held_back(cells, DIMENSIONS)
    assert held.few == {Group("need", "a")}
    assert Group("need", "c") in held.beside


def test_another_table_does_not_give_a_small_group_away():
    """Phase p is need a and need b together, so p less b would be a."""
    cells = {
        ("a", "x", "p"): 3, ("b", "x", "p"): 20, ("c", "x", "q"): 30, ("d", "x", "q"): 4,
    }  # fmt: skip
    held = held_back(cells, DIMENSIONS)
    assert held.few == {Group("need", "a"), Group("need", "d")}
    shown = {g for g in groups_of(cells) if not held.hides(g)}
    assert not {Group("need", "b"), Group("phase", "p")} <= shown
