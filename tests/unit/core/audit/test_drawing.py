"""A sample that anyone can draw again."""

import dataclasses
import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from goldthread.core.audit.drawing import (
    Pick,
    draw,
    positions,
    redraw_differs,
    replacement,
    running_order,
    seed,
)
from goldthread.core.audit.frame import Frame, FrameLine
from goldthread.core.audit.seeded import SPAN, below, numbers, shuffled

PAGE = (Path(__file__).parents[4] / "docs" / "explanation" / "how-samples-are-drawn.md").read_text(
    encoding="utf-8"
)


def _frame(**strata):
    return Frame(
        tuple(
            FrameLine(f"{label}-{number:03}", label)
            for label, size in strata.items()
            for number in range(size)
        )
    )


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """The page's own program, as a reader would save it."""
    path = tmp_path_factory.mktemp("page") / "redraw.py"
    path.write_text(re.search(r"```python\n(.*?)```", PAGE, re.S)[1], encoding="utf-8")
    return path


def _by_program(program, frame, sizes, period, salt, reserve):
    listed = program.parent / "list.txt"
    listed.write_text(frame.text, encoding="utf-8", newline="")
    asked = [f"{stratum}={number}" for stratum, number in sizes.items()]
    command = [sys.executable, "-I", program, listed, period, salt, reserve, *asked]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    return {Pick(reference, s, int(order), role) for s, role, order, reference in rows}


@pytest.mark.parametrize(
    ("sizes", "reserve"),
    [({"é / 5-10": 7, "p": 20, "q": 1}, "0.05"), ({"é / 5-10": 9, "p": 0, "q": 3}, "0.35")],
)
def test_the_program_on_the_page_draws_the_same(program, sizes, reserve):
    frame = _frame(**{"é / 5-10": 9, "p": 150, "q": 3})
    for salt in ("4 8 15 16 23 42", "snow"):
        drawn = draw(frame, sizes, "2026-10", salt, float(reserve))
        assert set(drawn.picks) == _by_program(program, frame, sizes, "2026-10", salt, reserve)


def test_the_program_on_the_page_is_short():
    code = re.search(r"```python\n(.*?)```", PAGE, re.S)[1]
    assert len([line for line in code.splitlines() if line.strip()]) <= 26
    assert "goldthread" not in code


def test_the_example_on_the_page():
    lines = (FrameLine(r, s) for r, s in zip(["A1", "A2", "A3", "A4", "A5"], "xxxyy", strict=True))
    drawn = draw(Frame(tuple(lines)), {"x": 2, "y": 1}, "2026-10", "salt")
    assert f"| digest | `{drawn.frame_digest}` |" in PAGE
    assert f"| seed | `{drawn.seed}` |" in PAGE
    for stratum in "xy":
        for role in ("main", "reserve"):
            names = ", ".join(pick.reference for pick in drawn.of(role, stratum))
            assert f"| {stratum}, {role} | {names} |" in PAGE


def test_seed_is_the_hash_of_list_period_and_salt():
    frame = _frame(p=2)
    text = b"p-000\tp\np-001\tp\n2026-10salt"
    assert seed(frame, "2026-10", "salt") == hashlib.sha256(text).hexdigest()


@pytest.mark.parametrize("held", range(1, 25))
def test_every_place_has_exactly_the_same_chance(held):
    """Over all random starts each place is taken n times, so its chance is n/N: no simulation."""
    for wanted in range(1, held + 1):
        taken = [0] * held
        for start in range(held):
            found = positions(start, wanted, held)
            assert len(set(found)) == wanted
            for place in found:
                taken[place] += 1
        assert taken == [wanted] * held


def test_plans_and_pairs_are_drawn_equally_often():
    """6,000 salts, 3 of 7: within 5 standard errors of n/N and of n(n-1)/(N(N-1))."""
    frame, times = _frame(p=7), 6000
    alone, pairs, kept = {}, {}, {}
    for salt in range(times):
        drawn = draw(frame, {"p": 3}, "2026", f"s{salt}")
        main = sorted(pick.reference for pick in drawn.of("main"))
        for one in main:
            alone[one] = alone.get(one, 0) + 1
            for other in main:
                if one < other:
                    pairs[one, other] = pairs.get((one, other), 0) + 1
        for pick in drawn.of("reserve"):
            kept[pick.reference] = kept.get(pick.reference, 0) + 1
    for counts, number, chance in ((alone, 7, 3 / 7), (pairs, 21, 1 / 7), (kept, 7, 1 / 7)):
        error = 5 * (times * chance * (1 - chance)) ** 0.5
        assert len(counts) == number
        assert all(abs(count - times * chance) < error for count in counts.values())


def test_shuffle_gives_every_order():
    seen = {}
    for number in range(2400):
        order = "".join(shuffled("abcd", numbers(str(number), "test")))
        seen[order] = seen.get(order, 0) + 1
    chi_squared = sum((count - 100) ** 2 / 100 for count in seen.values())
    assert len(seen) == 24
    assert chi_squared < 49.7  # 23 degrees of freedom: 1 time in 1,000


def test_random_numbers_are_the_published_ones():
    """Against a plain hash, and the last incomplete stretch is thrown away."""
    first = hashlib.sha256(b"s\tlabel\t0").hexdigest()[:16]
    assert next(numbers("s", "label")) == int(first, 16)
    limit = 2**63 + 1
    assert below(iter([SPAN - 1, limit, 5]), limit) == 5
    assert below(iter([SPAN - 1]), 2**32) == 2**32 - 1


@pytest.mark.parametrize(
    ("held", "wanted", "share", "reserve"),
    [
        (100, 20, 0.05, 1), (100, 21, 0.05, 2), (300, 100, 0.07, 7), (200, 140, 0.05, 7),
        (10, 10, 0.05, 0), (10, 9, 0.5, 1), (10, 1, 0.0, 1), (10, 0, 0.5, 0),
    ],
)  # fmt: skip
def test_size_of_the_reserve(held, wanted, share, reserve):
    drawn = draw(_frame(p=held), {"p": wanted}, "2026", "salt", share)
    assert len(drawn.of("main")) == wanted
    assert len(drawn.of("reserve")) == reserve
    assert len(drawn.by_reference) == wanted + reserve


def test_running_order_spreads_the_strata():
    drawn = draw(_frame(p=200, q=100, r=50), {"p": 40, "q": 20, "r": 10}, "2026", "salt")
    order = running_order(drawn)
    assert sorted(pick.reference for pick in order) == sorted(
        pick.reference for pick in drawn.of("main")
    )
    for upto in range(7, 71, 7):
        begun = [pick.stratum for pick in order[:upto]]
        assert [begun.count(s) for s in "pqr"] == [upto * 4 // 7, upto * 2 // 7, upto // 7]


def test_one_plan_of_a_stratum_stands_in_the_middle():
    drawn = draw(_frame(p=50, q=5), {"p": 10, "q": 1}, "2026", "salt")
    assert [pick.stratum for pick in running_order(drawn)].index("q") == 5


def test_running_order_does_not_favour_a_name():
    firsts = {
        running_order(draw(_frame(p=9, q=9, r=9), dict.fromkeys("pqr", 3), "2026", f"s{n}"))[
            0
        ].stratum
        for n in range(40)
    }
    assert firsts == set("pqr")


def test_replacements_come_in_order_and_end():
    drawn = draw(_frame(p=50, q=9), {"p": 30, "q": 9}, "2026", "salt", 0.1)
    first, second, third = drawn.of("reserve", "p")
    main = drawn.of("main", "p")[4].reference
    assert replacement(drawn, main, []) == first
    assert replacement(drawn, main, [first.reference]) == second
    assert replacement(drawn, first.reference, []) == second
    assert replacement(drawn, main, [p.reference for p in (first, second, third)]) is None
    assert replacement(drawn, drawn.of("main", "q")[0].reference, []) is None
    with pytest.raises(ValueError, match="x was not drawn"):
        replacement(drawn, "x", [])


def test_a_true_draw_differs_in_nothing():
    frame = _frame(p=50, q=9)
    assert redraw_differs(frame, draw(frame, {"p": 12, "q": 0}, "2026-10", "salt", 0.2)) == ()


def test_a_changed_draw_is_told_in_sentences():
    frame = _frame(p=50)
    drawn = draw(frame, {"p": 3}, "2026-10", "salt")
    gone, swapped, *others = drawn.picks
    out = next(r for r in frame.strata["p"] if r not in drawn.by_reference)
    picks = (Pick(out, "p", 1, "main"), dataclasses.replace(swapped, order=9), *others)
    said = redraw_differs(frame, dataclasses.replace(drawn, picks=picks, seed="0" * 64))
    assert said == (
        f"The seed stored is 000000000000…; the list, the period 2026-10 and the salt give "
        f"{drawn.seed[:12]}….",
        f"{gone.reference} should be in the draw (main plan 1 of p) and is not.",
        f"{out} is in the draw (main plan 1 of p) and should not be.",
        f"{swapped.reference} is main plan 9 of p in the draw and should be main plan 2 of p.",
    )


def test_another_list_or_an_impossible_draw_is_told():
    frame, other = _frame(p=50), _frame(p=51)
    drawn = draw(frame, {"p": 3}, "2026-10", "salt")
    assert "not the one that was drawn from" in redraw_differs(other, drawn)[0]
    twice = dataclasses.replace(drawn, picks=(*drawn.picks, drawn.picks[0]))
    assert redraw_differs(frame, twice) == ("A plan stands in the stored draw more than once.",)
    more = dataclasses.replace(drawn, sizes=(("p", 51),))
    assert redraw_differs(frame, more) == (
        "The draw cannot be made again: p holds 50 plans: 51 cannot be drawn.",
    )


@pytest.mark.parametrize(
    ("sizes", "period", "salt", "reserve", "words"),
    [
        ({"p": 3, "z": 1, "q": 0}, "2026", "s", 0.05, "No plan is in the stratum z"),
        ({"p": 3}, "2026", "s", 0.05, "from q: 0 leaves a stratum out"),
        ({"p": 6, "q": 0}, "2026", "s", 0.05, "p holds 5 plans: 6 cannot be drawn"),
        ({"p": -1, "q": 0}, "2026", "s", 0.05, "-1 cannot be drawn"),
        ({"p": 1, "q": 0}, "", "s", 0.05, "The period must be one line"),
        ({"p": 1, "q": 0}, "2026", "a\nb", 0.05, "The salt must be one line"),
        ({"p": 1, "q": 0}, "2026", "s", 1.5, "reserve must be a share"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(sizes, period, salt, reserve, words):
    with pytest.raises(ValueError, match=words):
        draw(_frame(p=5, q=2), sizes, period, salt, reserve)
