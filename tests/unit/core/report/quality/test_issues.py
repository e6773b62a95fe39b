"""Common issues in their order, as far as it can be told."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from goldthread.core.measures.counting import Count
from goldthread.core.report.quality import issues
from goldthread.core.report.quality.figures import rate
from tests.judgements import CRITERIA, REFERENCE

IDS = tuple(CRITERIA)[:8]


def counted(short, n):
    return Count("x", n, n - short)


numbers = st.integers(5, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(st.dictionaries(st.sampled_from(IDS), numbers, min_size=1))
def test_places_are_those_of_every_pair(given_):
    counts = {c: counted(*pair) for c, pair in given_.items()}
    found = issues.ranked(REFERENCE.criteria, counts)
    assert {i.criterion.id for i in found} == {c for c, (short, _) in given_.items() if short}
    assert [i.value for i in found] == sorted((i.value for i in found), reverse=True)
    clear = {
        (a.criterion.id, b.criterion.id)
        for a, b in combinations(found, 2)
        if issues.clearly_heavier(a, b)
    }
    for place, issue in enumerate(found, 1):
        mine = issue.criterion.id
        first = 1 + sum((other.criterion.id, mine) in clear for other in found)
        last = len(found) - sum((mine, other.criterion.id) in clear for other in found)
        assert (issue.first, issue.last) == (first, last)
        assert first <= place <= last
    assert issues.in_order(found) == bool(clear)


def test_a_gate_that_one_in_five_misses_comes_before_a_nicety_that_one_in_three_misses():
    gate = next(c for c in REFERENCE.criteria if c.gate == "critical" and c.weight == 3)
    nicety = next(c for c in REFERENCE.criteria if not c.gate and c.weight == 1)
    counts = {gate.id: counted(60, 300), nicety.id: counted(100, 300)}
    first, second = issues.ranked(REFERENCE.criteria, counts)
    assert (first.criterion, first.place, second.place) == (gate, "1", "2")


def test_alike_issues_share_their_places():
    counts = {IDS[0]: counted(10, 40), IDS[1]: counted(10, 40)}
    alike = [c.model_copy(update={"weight": 2, "gate": ""}) for c in REFERENCE.criteria]
    found = issues.ranked(alike, counts)
    assert [issue.place for issue in found] == ["1 to 2", "1 to 2"]
    assert not issues.in_order(found)


def test_too_few_audits_are_no_issue():
    assert issues.ranked(REFERENCE.criteria, {IDS[0]: counted(4, 4)}) == ()


def test_a_group_that_falls_short_far_more_often_is_named_and_equal_ones_are_not():
    whole = counted(60, 200)
    groups = {("need", "ASD"): counted(45, 80), ("need", "MLD"): counted(15, 120)}
    (found,) = issues.affected(groups, whole)
    assert (found.value, found.short, found.n) == ("ASD", 45, 80)
    equal = {("need", "ASD"): counted(24, 80), ("need", "MLD"): counted(36, 120)}
    assert issues.affected(equal, whole) == ()
    assert issues.affected({}, whole) == ()
    assert issues.affected({("phase", "primary"): whole}, whole) == ()
    assert issues.affected({("need", "ASD"): counted(80, 80)}, counted(200, 200)) == ()


def test_the_share_is_the_plain_rate():
    (found,) = issues.ranked(REFERENCE.criteria, {IDS[0]: counted(9, 30)})
    assert found.short == rate(9, 30)
