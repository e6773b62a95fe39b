"""Lists of plans that a machine thinks up: dates, doubles, cells of anything, damaged files."""

from __future__ import annotations

import csv
import datetime as dt
import io
from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldthread.core.audit.casemix import age_on
from goldthread.core.audit.listing import Listed, ListedPlan, ListError
from goldthread.core.audit.rows import once_each
from goldthread.core.audit.written_dates import NoDate, date_of
from goldthread.readers.lists import read_list
from goldthread.simulation.lists import invented_list

DAY = dt.date(2026, 1, 15)
DAYS = st.dates(dt.date(1995, 1, 1), dt.date(2027, 12, 31))
WRITTEN = ("{0:%Y-%m-%d}", "{0:%d/%m/%Y}", "{0.day}.{0.month}.{0.year}", "{0:%d-%b-%Y}",
           "{0:%Y-%b-%d} 00:00:00", "{0.day} {0:%B} {0.year}", "{0:%d/%m/%y}")  # fmt: skip
ANYTHING = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


@given(DAYS, st.sampled_from(WRITTEN))
def test_a_date_is_read_as_it_was_written(day: dt.date, form: str) -> None:
    assert date_of(form.format(day)) == day


@given(DAYS)
def test_excels_count_of_days_is_the_calendars(day: dt.date) -> None:
    number, at = 36526, dt.date(2000, 1, 1)
    assert date_of(str(number + (day - at).days)) == day


@given(ANYTHING)
def test_any_text_is_a_date_or_none(text: str) -> None:
    try:
        date_of(text)
    except NoDate:
        return


@st.composite
def plans(draw: st.DrawFn) -> list[ListedPlan]:
    keys = st.sampled_from(["a", "b", "c"])
    days = st.none() | st.dates(dt.date(2020, 1, 1), dt.date(2020, 1, 5))
    one = st.builds(ListedPlan, row=st.just(""), local_id=keys, issued_on=days, ceased_on=days)
    many = draw(st.lists(one, max_size=8))
    return [ListedPlan(f"row {i}", p.local_id, issued_on=p.issued_on, ceased_on=p.ceased_on)
            for i, p in enumerate(many)]  # fmt: skip


@given(plans())
def test_each_person_once_agrees_with_asking_every_pair(every: list[ListedPlan]) -> None:
    kept, said = once_each(every)

    def beaten(i: int, j: int) -> bool:
        """Whether plan j goes before plan i of the same person."""
        mine, other = every[i], every[j]
        if mine.local_id != other.local_id or i == j:
            return False
        if (mine.ceased_on is None) != (other.ceased_on is None):
            return other.ceased_on is None
        days = [p.issued_on or dt.date.min for p in (mine, other)]
        return days[1] > days[0] or (days[1] == days[0] and j < i)

    size = range(len(every))
    assert list(kept) == [every[i] for i in size if not any(beaten(i, j) for j in size)]
    assert {r.row for r in said} == {p.row for p in every} - {p.row for p in kept}


def outcome(files: list[tuple[str, bytes]], authority: str | None = None) -> Listed | str:
    """What was read, or the sentence."""
    try:
        return read_list(files, DAY, authority=authority)
    except ListError as error:
        return str(error)


HEADERS = ("Reference", "UPN", "Surname", "DOB", "Primary need", "Request received",
           "Final plan date", "Amended", "Last annual review", "Ceased", "URN", "Phase", "LA",
           "Setting type", "Transferred from")  # fmt: skip
CELLS = ANYTHING | DAYS.map("{:%d/%m/%Y}".format) | st.sampled_from(["ASD", "301", "302", "", "1"])


@given(st.lists(st.lists(CELLS, min_size=len(HEADERS), max_size=len(HEADERS)), max_size=6))
def test_whatever_the_cells_say_every_plan_taken_can_be(rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([HEADERS, *rows])
    listed = outcome([("l.csv", out.getvalue().encode())], "301")
    if isinstance(listed, str):
        assert "\n" not in listed
        return
    refused = {r.row for r in listed.refused}
    assert len(listed.plans) + len(refused) == listed.read
    assert not refused & {p.row for p in listed.plans}
    for plan in listed.plans:
        _can_be(plan)


def _can_be(plan: ListedPlan) -> None:
    assert plan.authority in (None, "301")
    issued = plan.issued_on
    dates = (plan.requested_on, issued, plan.amended_on, plan.last_review_on, plan.ceased_on)
    assert all(day <= DAY for day in dates if day)
    if plan.born:
        assert age_on(plan.born, min(DAY, plan.ceased_on or DAY)) <= 25
        assert all(day >= plan.born for day in (*dates, DAY) if day)
    if issued:
        assert all(day >= issued for day in dates[2:] if day)
        assert plan.requested_on is None or plan.requested_on <= issued


@cache
def sound(form: str) -> list[tuple[str, bytes]]:
    return invented_list(form, "301", 6, 1, DAY)  # type: ignore[arg-type]


FORMS = st.sampled_from(["sen2-xml", "sen2-csv", "sen2-excel", "annex-a", "csv", "excel"])
CHANGE = st.tuples(st.floats(0, 1), st.binary(max_size=6), st.integers(0, 40))


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(FORMS, st.integers(0, 8), st.lists(CHANGE, min_size=1, max_size=4))
def test_a_damaged_file_is_a_list_or_one_sentence(
    form: str, which: int, changes: list[tuple[float, bytes, int]]
) -> None:
    files = list(sound(form))
    name, data = files[which % len(files)]
    for where, new, cut in changes:
        at = int(where * len(data))
        data = data[:at] + new + data[at + cut :]
    files[which % len(files)] = (name, data)
    found = outcome(files)
    assert isinstance(found, Listed) or (found.endswith(".") and "\n" not in found)
