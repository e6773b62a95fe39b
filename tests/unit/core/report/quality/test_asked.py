"""What an address asks for, and back again."""

import datetime as dt
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.core.report.quality.asked import (
    DRAWS,
    GROUPS,
    KINDS_OF_FIGURE,
    SUBJECTS,
    Asked,
    WrongAddress,
    plus,
    read,
)

TODAY = dt.date(2026, 11, 24)
KNOWN = {name: {"a": "A", "b": "B", "not-known": "Not known"} for name in GROUPS}
KNOWN["framework"] = {"ehc-ref@2026.1": "Reference"}
months = st.builds(lambda y, m: dt.date(y, m, 1), st.integers(2015, 2030), st.integers(1, 12))


@given(
    st.lists(months, min_size=2, max_size=2).map(sorted), st.sampled_from(tuple(SUBJECTS)),
    st.sampled_from(tuple(DRAWS)), st.sampled_from(tuple(KINDS_OF_FIGURE)),
    st.dictionaries(st.sampled_from(tuple(GROUPS)), st.sampled_from(("a", "b", "not-known"))),
    st.booleans(),
)  # fmt: skip
def test_an_address_is_read_as_it_was_written(span, subject, draw, figure, groups, framework):
    chosen = tuple((name, groups[name]) for name in GROUPS if name in groups)
    asked = Asked(*span, subject, draw, figure, "ehc-ref@2026.1" if framework else "", chosen,
                  usual=False)  # fmt: skip
    assert read(dict(parse_qsl(urlencode(asked.pairs))), KNOWN, TODAY) == asked
    assert set(asked.chosen.values()) <= {"a", "b", ""}
    behind = dict(asked.behind(criterion="F2"))
    assert behind.pop("criterion") == "F2"
    again = read(behind, KNOWN, TODAY)
    assert (again.since, again.until, again.groups, again.draw) == (*span, chosen, draw)


def test_without_anything_it_is_the_last_twelve_months_drawn_at_random():
    asked = read({}, KNOWN, TODAY)
    assert (asked.since, asked.until) == (dt.date(2025, 12, 1), dt.date(2026, 11, 1))
    assert (asked.months, asked.before) == (12, (dt.date(2024, 12, 1), dt.date(2025, 11, 1)))
    assert asked.pairs == []
    assert dict(asked.behind()) == {"since": "2025-12", "until": "2026-11", "draw": "random"}


@pytest.mark.parametrize(
    ("given_", "field", "said"),
    [
        ({"since": "2026-13"}, "since", "is no month"),
        ({"until": "last"}, "until", "is no month"),
        ({"since": "2026-11", "until": "2026-10"}, "until", "ends before it begins"),
        ({"need": "c"}, "need", "no need “c”"),
        ({"draw": "lucky"}, "draw", "no way of choosing"),
        ({"figure": "both"}, "figure", "no kind of figure"),
        ({"framework": "x@1"}, "framework", "no standard"),
        ({"team": "'; DROP"}, "team", "no team"),
    ],
)
def test_what_is_wrong_is_one_sentence(given_, field, said):
    with pytest.raises(WrongAddress, match=said) as wrong:
        read(given_, KNOWN, TODAY)
    assert wrong.value.field == field
    assert str(wrong.value).endswith(".")
    assert "\n" not in str(wrong.value)


@given(months, st.integers(-60, 60))
def test_months_add_up(month, n):
    slow = month
    for _ in range(abs(n)):
        slow = (slow + dt.timedelta(31) if n > 0 else slow - dt.timedelta(1)).replace(day=1)
    assert plus(month, n) == slow
