"""A draw is kept whole, numbered, redrawn to the same by anyone, and kept to."""

import csv
import datetime as dt
import hashlib
import subprocess
import sys

import pytest

from goldthread.records.actions.refusing import WrongField
from goldthread.records.actions.samples import (
    DrawAsked,
    draw_sample,
    replace_line,
    set_aside,
)
from goldthread.records.models import Event, Sample, SampleLine
from goldthread.records.queries.frames import FrameAsked
from goldthread.records.queries.samples import get_sample, samples
from goldthread.records.scope import NotAllowed, Refused, Stale, scope
from tests.integration.samples.made import TODAY, digest, drawn, lead, plans, sample
from tests.people import NORTH, SOUTH, a_person, client_of


def _lines(reference, **wanted):
    with scope(authority=NORTH):
        rows = SampleLine.objects.filter(sample__reference=reference, **wanted)
        return list(rows.order_by("stratum", "role", "order"))


def test_a_draw_is_kept_whole_with_one_event():
    here = lead()
    plans(60)
    reference = drawn(here, 12, keys=("need",))
    row = sample(reference)
    assert row.period == "2026-11"
    assert row.frame_digest == hashlib.sha256(row.frame.encode()).hexdigest()
    said = (row.frame + row.period + row.salt).encode()
    assert row.seed == hashlib.sha256(said).hexdigest()
    assert row.sizes == {need: {"plans": 20, "drawn": 4} for need in ("ASD", "SEMH", "SLCN")}
    assert len(_lines(reference, role="main")) == 12
    assert {line.state for line in _lines(reference, role="reserve")} == {"waiting"}
    with scope(authority=NORTH):
        event = Event.objects.get()
    assert (event.action, event.subject) == ("sample.draw", reference)
    assert event.detail["size"] == 12
    assert "P-" not in str(event.detail)


def test_the_periods_of_one_month_are_numbered():
    here = lead()
    plans(30)
    periods = [sample(drawn(here, 4)).period for _ in range(3)]
    assert periods == ["2026-11", "2026-11-2", "2026-11-3"]
    assert sample(drawn(here, 4, today=dt.date(2026, 12, 1))).period == "2026-12"


def test_what_was_drawn_lately_can_be_left_out():
    here = lead()
    plans(20)
    first = drawn(here, 10)
    taken = {line.reference for line in _lines(first, role="main")}
    second = drawn(here, 10, fresh=12)
    assert not taken & {line.reference for line in _lines(second)}
    frame = sample(second).frame
    assert not any(reference in frame for reference in taken)


def test_a_list_that_changed_meanwhile_is_looked_at_again():
    here = lead()
    plans(20)
    with scope(authority=NORTH, person=here.person):
        seen = digest(here, FrameAsked())
    plans(1, first=20)
    asked = DrawAsked(FrameAsked(), size=5, seen=seen)
    with scope(authority=NORTH, person=here.person), pytest.raises(Stale, match="has changed"):
        draw_sample(here, asked, TODAY)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"mode": "thematic", "why": "short"}, "why"),
        ({"mode": "random", "themes": ("E",)}, "mode"),
        ({"mode": "random", "older": 1}, "mode"),
        ({"mode": "any"}, "mode"),
        ({"keys": ("need",), "size": 5}, "size"),
        ({"size": 500}, "size"),
    ],
)
def test_what_cannot_be_drawn_is_said_at_its_field(fields, field):
    here = lead()
    plans(20)
    with pytest.raises(WrongField) as refused:
        drawn(here, fields.pop("size", 8), **fields)
    assert refused.value.field == field
    with scope(authority=NORTH):
        assert not Sample.objects.exists()


def test_only_those_who_may_draw():
    plans(20)
    with pytest.raises(NotAllowed):
        drawn(a_person("send-manager"))


def test_the_downloaded_list_gives_the_stored_draw_again(tmp_path):
    here = lead()
    plans(90)
    reference = drawn(here, 20, keys=("need", "age_band"))
    browser = client_of(here)
    base = f"/work/{NORTH}/samples/{reference}"
    for name in ("frame.txt", "draw.csv"):
        answer = browser.get(f"{base}/{name}")
        assert answer.status_code == 200
        (tmp_path / name).write_bytes(answer.content)
    page = browser.get(f"{base}/fair/").content.decode()
    row = sample(reference)
    command = f"redraw frame.txt --period {row.period} --salt {row.salt} --draw draw.csv"
    assert command in page
    again = _redraw(tmp_path, *command.split()[1:])
    assert again.returncode == 0, again.stderr
    assert "The same" in again.stderr
    printed = {tuple(line.split("\t")) for line in again.stdout.splitlines()[1:]}
    stored = {(p.stratum, p.role, str(p.order), p.reference) for p in _lines(reference)}
    assert printed == stored
    sizes = [f"--size={s}={said['drawn']}" for s, said in row.sizes.items()]
    alone = _redraw(tmp_path, "frame.txt", "--period", row.period, "--salt", row.salt, *sizes)
    assert alone.stdout == again.stdout


def test_a_draw_that_was_tampered_with_is_told(tmp_path):
    here = lead()
    plans(40)
    reference = drawn(here, 8)
    row = sample(reference)
    (tmp_path / "frame.txt").write_bytes(row.frame.encode())
    lines = [(p.stratum, p.role, p.order, p.reference) for p in _lines(reference)]
    undrawn = next(
        line.split("\t")[0] for line in row.frame.splitlines()
        if line.split("\t")[0] not in {p[3] for p in lines}
    )  # fmt: skip
    at = next(i for i, p in enumerate(lines) if p[1] == "main")
    lines[at] = (*lines[at][:3], undrawn)
    with (tmp_path / "draw.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([("stratum", "role", "order", "reference"), *lines])
    options = ("frame.txt", "--period", row.period, "--salt", row.salt, "--draw", "draw.csv")
    again = _redraw(tmp_path, *options)
    assert again.returncode == 1
    assert f"{undrawn} is in the draw" in again.stderr


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("gone.txt", "--period", "1", "--salt", "2", "--size", "x=1"), 1, "cannot be read"),
        (("frame.txt", "--period", "1", "--salt", "2"), 2, "how many of each stratum"),
        (("frame.txt", "--period", "1", "--salt", "2", "--size", "x"), 2, "is no size"),
        (("frame.txt", "--period", "1", "--salt", "2", "--size", "x=9"), 2, "cannot be drawn"),
        (("bad.txt", "--period", "1", "--salt", "2", "--size", "x=1"), 1, "is not a list"),
        (("frame.txt", "--period", "1", "--salt", "2", "--draw", "bad.txt"), 1, "not a draw"),
    ],
)
def test_a_redraw_that_cannot_be_is_one_sentence(tmp_path, options, code, said):
    (tmp_path / "frame.txt").write_bytes(b"a\tx\nb\tx\n")
    (tmp_path / "bad.txt").write_bytes(b"stratum,role\nx,y\n")
    again = _redraw(tmp_path, *options)
    assert again.returncode == code
    assert said in again.stderr
    assert "Traceback" not in again.stderr


def _redraw(folder, *options):
    # A process of its own: it has no database, and needs none.
    return subprocess.run(
        [sys.executable, "-m", "goldthread", "redraw", *options],
        cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_a_plan_that_cannot_be_audited_gives_way_to_the_next_of_its_stratum():
    here = lead()
    plans(60)
    reference = drawn(here, 12, keys=("need",))
    out = _lines(reference, role="main")[0]
    reserve = _lines(reference, role="reserve", stratum=out.stratum)
    with scope(authority=NORTH, person=here.person):
        came = replace_line(here, reference, out.reference, "ceased", "on the list of 1 November")
        view = get_sample(here, reference)
    assert came == reserve[0].reference
    assert view.replaced == {out.reference: "The plan has ceased: on the list of 1 November"}
    assert {line.reference: line.replaces for line in view.lines}[came] == out.reference
    assert len(view.to_audit) == 12
    assert not view.redraw()
    kinds = [remark.kind for remark in view.departures(TODAY)]
    assert kinds == ["cannot-tell"]


def test_where_the_reserve_is_used_up_the_sample_is_short_and_says_so():
    here = lead()
    plans(20)
    reference = drawn(here, 4)
    first, second = _lines(reference, role="main")[:2]
    with scope(authority=NORTH, person=here.person):
        assert replace_line(here, reference, first.reference, "no-document", "asked twice")
        assert not replace_line(here, reference, second.reference, "no-document", "asked twice")
        view = get_sample(here, reference)
    assert view.row.size == 3
    assert "reserve-used-up" in [remark.kind for remark in view.departures(TODAY)]


def test_a_reserve_plan_that_came_in_can_give_way_too():
    here = lead()
    plans(200)
    reference = drawn(here, 40)
    reserve = [line.reference for line in _lines(reference, role="reserve")]
    assert len(reserve) == 2
    out = _lines(reference, role="main")[0].reference
    with scope(authority=NORTH, person=here.person):
        assert replace_line(here, reference, out, "ceased", "it ended") == reserve[0]
        assert replace_line(here, reference, reserve[0], "ceased", "it ended") == reserve[1]
        with pytest.raises(Refused, match="replaced already"):
            replace_line(here, reference, out, "ceased", "it ended")


@pytest.mark.parametrize(
    ("code", "words", "field"), [("", "it ended", "code"), ("ceased", "x", "words")]
)
def test_a_replacement_needs_its_reason(code, words, field):
    here = lead()
    plans(20)
    reference = drawn(here, 4)
    out = _lines(reference, role="main")[0].reference
    with scope(authority=NORTH, person=here.person), pytest.raises(WrongField) as refused:
        replace_line(here, reference, out, code, words)
    assert refused.value.field == field
    assert {line.state for line in _lines(reference, role="main")} == {"in"}


def test_a_reserve_plan_cannot_be_replaced_before_its_turn():
    here = lead()
    plans(20)
    reference = drawn(here, 4)
    waiting = _lines(reference, role="reserve")[0].reference
    with scope(authority=NORTH, person=here.person), pytest.raises(Refused, match="in the reserve"):
        replace_line(here, reference, waiting, "ceased", "it ended")


def test_a_draw_set_aside_stays_in_the_list_and_frees_its_plans():
    here = lead()
    plans(20)
    reference = drawn(here, 10)
    with scope(authority=NORTH, person=here.person):
        set_aside(here, reference, "drawn from last year's list")
        (row,) = samples(here)
    assert row.state == "set-aside"
    assert "last year's list" in sample(reference).why
    assert len(sample(drawn(here, 10, fresh=12)).frame.splitlines()) == 20
    with scope(authority=NORTH, person=here.person):
        line = _lines(reference, role="main")[0].reference
        with pytest.raises(Refused, match="set aside"):
            replace_line(here, reference, line, "ceased", "it ended")


def test_kinds_of_samples_are_kept_apart():
    here = lead()
    plans(20, issued_on=dt.date(2020, 1, 1))
    plans(20, first=20)
    old = drawn(here, 6, mode="risk-led", why="plans not looked at for years", older=4)
    assert {line.reference < "P-00020" for line in _lines(old)} == {True}
    # A risk-led draw leaves nothing out of the next random one.
    assert len(sample(drawn(here, 6, fresh=12)).frame.splitlines()) == 40


def test_another_authority_sees_and_draws_nothing_of_it():
    here = lead()
    plans(20)
    reference = drawn(here, 4)
    other = a_person("quality-lead", code=SOUTH)
    with scope(authority=SOUTH, person=other.person):
        assert samples(other) == ()
        with pytest.raises(Sample.DoesNotExist):
            get_sample(other, reference)
        with pytest.raises(Refused, match="Nothing is in"):
            digest(other, FrameAsked())
