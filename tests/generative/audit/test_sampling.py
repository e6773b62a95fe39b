"""Lists, draws, departures and quotas, whatever they are made of."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.core.audit.departures import cherry_picking
from goldthread.core.audit.drawing import draw, redraw_differs, replacement, running_order
from goldthread.core.audit.frame import Frame, FrameLine, merge_small, read_frame
from goldthread.core.audit.quota import CARRIED, monthly, schedule
from goldthread.core.audit.sizing import allocate

WORDS = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1, max_size=6
)
SPREADS = st.just(0.0) | st.floats(0.001, 0.5)


@st.composite
def frames(draw_one):
    strata = draw_one(st.lists(WORDS, min_size=1, max_size=5, unique=True))
    lines = draw_one(
        st.lists(
            st.builds(FrameLine, WORDS, st.sampled_from(strata)),
            min_size=1,
            max_size=40,
            unique_by=lambda line: line.reference,
        )
    )
    return Frame(tuple(lines))


@st.composite
def draws(draw_one):
    frame = draw_one(frames())
    sizes = {label: draw_one(st.integers(0, held)) for label, held in frame.sizes.items()}
    share = draw_one(st.sampled_from([0.0, 0.05, 0.2, 1.0]))
    return frame, draw(frame, sizes, "2026-10", draw_one(WORDS), share)


@given(frames())
def test_a_list_reads_back_as_itself(frame):
    assert read_frame(frame.text) == frame


@given(frames(), st.integers(1, 4))
def test_merging_leaves_no_small_stratum_where_that_can_be(frame, floor):
    merged = Frame(merge_small(frame.lines, floor))
    assert [line.reference for line in merged.lines] == [line.reference for line in frame.lines]
    assert len(merged.sizes) == 1 or min(merged.sizes.values()) >= floor
    kept = set(merged.sizes) - {"all others"}
    assert all(merged.sizes[label] == frame.sizes[label] for label in kept)
    assert merge_small(merged.lines, floor) == merged.lines


@given(draws())
def test_a_draw_holds_what_was_asked_and_can_be_made_again(case):
    frame, drawn = case
    assert redraw_differs(frame, drawn) == ()
    assert len(drawn.by_reference) == len(drawn.picks)
    for label, held in frame.strata.items():
        main, reserve = drawn.of("main", label), drawn.of("reserve", label)
        assert len(main) == dict(drawn.sizes)[label]
        assert {pick.reference for pick in main + reserve} <= set(held)
        assert [pick.order for pick in main] == list(range(1, len(main) + 1))
        assert [pick.order for pick in reserve] == list(range(1, len(reserve) + 1))
        assert bool(reserve) is (0 < len(main) < len(held))
    assert sorted(running_order(drawn), key=drawn.picks.index) == list(drawn.of("main"))


@given(draws(), st.data())
def test_honest_auditing_draws_no_remark_of_hand_picking(case, data):
    """Some plans prove ineligible, reserve plans among them; each is replaced by the rule."""
    _, drawn = case
    ill = data.draw(st.sets(st.sampled_from(sorted(drawn.by_reference)))) if drawn.picks else set()
    replaced, audited, used, short = {}, [], [], False
    for pick in drawn.of("main"):
        plan = pick
        while plan is not None and plan.reference in ill:
            replaced[plan.reference] = "Ceased."
            plan = replacement(drawn, plan.reference, used)
            used += [plan.reference] if plan else []
        short |= plan is None
        audited += [plan.reference] if plan else []
    kinds = {remark.kind for remark in cherry_picking(drawn, replaced, audited)}
    assert kinds <= {"reserve-used-up", "unusual-share", "one-stratum", "cannot-tell"}
    assert ("reserve-used-up" in kinds) is short


@given(st.integers(0, 5000), st.integers(1, 15))
def test_months_add_up_and_differ_by_one_at_most(plans, months):
    quotas = monthly(plans, months)
    assert sum(quotas) == plans
    assert max(quotas) - min(quotas) <= 1
    done = 0
    for month, quota in enumerate(quotas, 1):
        done += quota
        assert 0 <= done - plans * month / months < 1


def _plan_by_plan(quotas, done):
    """Each plan as a token with the month it is due in: what is due and lost a month."""
    tokens = [at for at, quota in enumerate(quotas) for _ in range(quota)]
    due, lost = [], []
    for now, number in enumerate(done):
        due.append(sum(month <= now for month in tokens))
        tokens = tokens[number:]
        gone = [month for month in tokens if month <= now - CARRIED]
        lost.append(len(gone))
        tokens = tokens[len(gone) :]
    return due, lost


@settings(max_examples=300)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 14)), min_size=1, max_size=12))
def test_backlog_is_what_plans_counted_one_by_one_give(year):
    quotas, done = zip(*year, strict=True)
    months = schedule([str(n) for n in range(len(year))], quotas, done)
    due, lost = _plan_by_plan(quotas, done)
    assert [month.due for month in months] == due
    assert [sum(number for _, number in month.lapsed) for month in months] == lost
    for month in months:
        assert month.left == max(0, month.due - month.done)


@given(
    st.dictionaries(WORDS, st.tuples(st.integers(1, 300), SPREADS), min_size=1, max_size=8),
    st.data(),
)
def test_allocation_keeps_floor_cap_and_total(strata, data):
    held = {label: size for label, (size, _) in strata.items()}
    least = sum(min(2, size) for size in held.values())
    plans = data.draw(st.integers(least, sum(held.values())))
    shares = allocate(plans, held, {label: spread for label, (_, spread) in strata.items()})
    assert sum(shares.values()) == plans
    assert Counter(shares).keys() <= held.keys()
    assert all(min(2, held[label]) <= number <= held[label] for label, number in shares.items())
