"""Hand-picking shows."""

import pytest
from scipy import stats

from goldthread.core.audit.departures import at_least, at_least_here, cherry_picking
from goldthread.core.audit.drawing import draw
from goldthread.core.audit.frame import Frame, FrameLine

REASON = "The plan had ceased."


@pytest.fixture
def drawn():
    lines = [FrameLine(f"p{n:03}", "p") for n in range(200)]
    lines += [FrameLine(f"q{n:03}", "q") for n in range(200)]
    return draw(Frame(tuple(lines)), {"p": 30, "q": 30}, "2026-10", "salt", 0.1)


def _main(drawn, stratum=None):
    return [pick.reference for pick in drawn.of("main", stratum)]


def _reserve(drawn, stratum):
    return [pick.reference for pick in drawn.of("reserve", stratum)]


def _kinds(remarks):
    return [remark.kind for remark in remarks]


def test_a_sample_kept_to_draws_no_remark(drawn):
    main, reserve = _main(drawn), _reserve(drawn, "p")
    assert cherry_picking(drawn, {}, main) == ()
    assert cherry_picking(drawn, {main[0]: REASON}, [*main[1:], reserve[0]]) == ()
    replaced = {main[0]: REASON, reserve[0]: REASON}
    assert cherry_picking(drawn, replaced, [*main[1:], reserve[1]]) == ()


def test_plans_not_drawn(drawn):
    remarks = cherry_picking(drawn, {"z": REASON}, [*_main(drawn), "y", "x"])
    assert _kinds(remarks) == ["not-drawn", "not-drawn"]
    assert remarks[0].about == ("x", "y")
    assert remarks[0].sentence.startswith("2 plans were audited without being drawn: x and y.")
    assert remarks[1].about == ("z",)


def test_reserve_out_of_turn_and_the_one_passed_over(drawn):
    main, reserve = _main(drawn), _reserve(drawn, "p")
    remarks = cherry_picking(drawn, {main[0]: REASON}, [*main[1:], reserve[1]])
    assert _kinds(remarks) == ["out-of-turn", "never-audited"]
    assert remarks[0].sentence == (
        f"{reserve[1]} is reserve plan 2 of p and was audited out of turn: 1 plan of p had been "
        "replaced."
    )
    assert remarks[1].about == (reserve[0],)


def test_a_reserve_of_another_stratum_is_out_of_turn(drawn):
    main, reserve = _main(drawn), _reserve(drawn, "q")
    remarks = cherry_picking(drawn, {main[0]: REASON}, [*main[1:], reserve[0]], closed=False)
    assert _kinds(remarks) == ["out-of-turn"]


def test_reasons_and_plans_both_replaced_and_audited(drawn):
    main, reserve = _main(drawn), _reserve(drawn, "p")
    remarks = cherry_picking(drawn, {main[0]: " "}, [*main, reserve[0]])
    assert _kinds(remarks) == ["no-reason", "both"]
    assert remarks[0].about == remarks[1].about == (main[0],)


def test_never_audited_is_only_said_when_the_period_is_over(drawn):
    main = _main(drawn)
    remarks = cherry_picking(drawn, {}, main[7:])
    assert _kinds(remarks) == ["never-audited"]
    assert remarks[0].sentence.startswith("7 plans drawn, neither audited nor replaced:")
    assert "3 others" in remarks[0].sentence
    assert set(remarks[0].about) == set(main[:7])
    assert cherry_picking(drawn, {}, main[7:], closed=False) == ()


def test_reserve_used_up(drawn):
    replaced = dict.fromkeys(_main(drawn, "p")[:4], REASON)
    audited = [*set(_main(drawn)) - set(replaced), *_reserve(drawn, "p")]
    (remark,) = cherry_picking(drawn, replaced, audited)
    assert remark.kind == "reserve-used-up"
    assert remark.sentence == (
        "p: 4 plans were replaced and the reserve holds 3, so the sample is 1 short."
    )


def test_an_unusual_share_is_told_with_its_chance(drawn):
    """60 drawn at 1 in 20: 7 or more are replaced 3.0% of the time, 8 or more .98%."""
    assert stats.binom.sf(6, 60, 0.05) > 0.01 > stats.binom.sf(7, 60, 0.05)
    main = _main(drawn, "p")[:4] + _main(drawn, "q")[:4]
    few = cherry_picking(drawn, dict.fromkeys(main[1:], REASON), [], closed=False)
    many = cherry_picking(drawn, dict.fromkeys(main, REASON), [], closed=False)
    assert "unusual-share" not in _kinds(few)
    (remark,) = (remark for remark in many if remark.kind == "unusual-share")
    assert remark.sentence == (
        "8 of 60 drawn plans were replaced. If 1 plan in 20 is ineligible, so many or more would "
        "come about by chance less than 1 time in 100. Look at the reasons."
    )


def test_replacements_that_gather_in_a_stratum(drawn):
    """All of 7 in one half of 60: C(30,7)/C(60,7) = .53%, and under .5% only from 8 on."""
    for number, said in ((7, False), (8, True)):
        replaced = dict.fromkeys(_main(drawn, "p")[:number], REASON)
        kinds = _kinds(cherry_picking(drawn, replaced, [], closed=False))
        assert ("one-stratum" in kinds) is said


def test_with_few_plans_it_says_that_it_cannot_tell():
    lines = tuple(FrameLine(f"p{n:03}", "p") for n in range(60))
    drawn = draw(Frame(lines), {"p": 12}, "2026-10", "salt")
    main = _main(drawn)
    (remark,) = cherry_picking(drawn, {main[0]: REASON}, [], closed=False)
    assert remark.kind == "cannot-tell"
    assert remark.sentence == (
        "1 of 12 drawn plans was replaced. With fewer than 20 drawn we cannot tell whether that "
        "is unusual."
    )


def test_chances_agree_with_scipy():
    for k in range(13):
        assert at_least(k, 12, 0.05) == pytest.approx(stats.binom.sf(k - 1, 12, 0.05))
        if k <= 5:
            expected = stats.hypergeom.sf(k - 1, 60, 9, 5)
            assert at_least_here(k, 9, 5, 60) == pytest.approx(expected)
