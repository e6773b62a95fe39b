"""Kept counts against counting by hand, whatever happens to audits, on the real database."""

import datetime as dt
import random
from collections import Counter
from dataclasses import replace

import pytest

from goldthread.core.measures.counting import added, counts_of
from goldthread.readers.frameworks import shared_framework
from goldthread.records import cells
from goldthread.records.actions.counting import check, count, count_many, rebuild, uncount
from goldthread.records.actions.erasure import erase_plan
from goldthread.records.models import Audit, Cell, Event, Plan, Pulse, Tally
from goldthread.records.queries.counts import DIMENSIONS, Filters, options, pulse, tallied
from goldthread.records.queries.standing import COUNTED, counted, standing
from goldthread.records.scope import NotAllowed, scope
from tests.counted import a_cell
from tests.integration.counting.made import as_standing, reader, signed_audit
from tests.judgements import REFERENCE, signed
from tests.people import NORTH, SOUTH, a_person

ANSWERS = ({}, {"F2-quantified": 0}, {"F2-quantified": 3, "E2-smart": 1}, {"A1-views": 3})
NEEDS, TEAMS = ("ASD", "SLCN", ""), ("North", "South")
MONTHS = (dt.datetime(2026, 9, 30, 23, 30, tzinfo=dt.UTC), dt.datetime(2026, 11, 3, tzinfo=dt.UTC))


def known(answers):
    ids = {c.id for c in REFERENCE.criteria}
    return {c: v for c, v in answers.items() if c in ids}


def kept_equals_anew(code=NORTH):
    with scope(authority=code):
        found = check(reader(code), shared_framework)
    assert found.fault == ""
    return found


def some_audit(chance, **changes):
    groups = {"need": chance.choice(NEEDS), "team": chance.choice(TEAMS), "plan_kind": "new"}
    mode = chance.choice(("random", "thematic", "risk-led"))
    return signed_audit(
        mode=mode, groups=groups, answers=known(chance.choice(ANSWERS)),
        signed_at=chance.choice(MONTHS), **changes,
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_kept_is_what_counting_anew_gives(seed):
    chance = random.Random(seed)
    there: list[int] = []
    for _ in range(14):
        act = chance.choice(("sign", "sign", "moderate", "import", "double", "rebuild"))
        if act == "sign" or (act == "moderate" and not there):
            audit = some_audit(chance)
            with scope(authority=NORTH):
                count(audit, REFERENCE)
            there.append(audit.pk)
        elif act == "moderate":
            with scope(authority=NORTH):
                row = Audit.objects.select_for_update().get(pk=chance.choice(there))
                uncount(row, REFERENCE)
                row.standing = as_standing(signed(known(chance.choice(ANSWERS))))
                row.save()
                count(row, REFERENCE)
        elif act == "import":
            rows = [some_audit(chance, purpose="imported") for _ in range(3)]
            with scope(authority=NORTH):
                count_many(rows, shared_framework)
            there += [row.pk for row in rows]
        elif act == "double":
            audit = some_audit(chance, purpose=chance.choice(("double", "anchor")))
            with scope(authority=NORTH):
                count(audit, REFERENCE)
                uncount(audit, REFERENCE)
        else:
            with scope(authority=NORTH):
                rebuild(reader(), shared_framework)
    kept_equals_anew()
    with scope(authority=NORTH):
        for row in Audit.objects.filter(pk__in=there):
            uncount(row, REFERENCE)
            Audit.objects.filter(pk=row.pk).update(state="withdrawn")
        assert not Cell.objects.exists()
        assert not Tally.objects.exists()


def test_a_signature_is_in_the_figures_of_its_own_transaction():
    audit = some_audit(random.Random(1))
    with scope(authority=NORTH):
        assert tallied(reader(), Filters()) == ()
        assert pulse(reader()) == (0, None)
        count(audit, REFERENCE)
        found = tallied(reader(), Filters(), measures=("index",))
        assert [(t.by, t.count.n) for t in found] == [((), 1)]
        assert pulse(reader()).number == 1


def test_what_did_not_end_well_leaves_nothing():
    audit = some_audit(random.Random(2))

    def crash():
        with scope(authority=NORTH):
            count(audit, REFERENCE)
            assert Tally.objects.exists()
            raise RuntimeError("the process is killed here")

    with pytest.raises(RuntimeError, match="killed"):
        crash()
    with scope(authority=NORTH):
        assert not Cell.objects.exists()
        assert not Pulse.objects.exists()
        assert Audit.objects.get(pk=audit.pk).cell == {}


def test_another_authority_sees_and_changes_nothing():
    audit = some_audit(random.Random(3))
    with scope(authority=NORTH):
        count(audit, REFERENCE)
    with scope(authority=SOUTH):
        assert tallied(reader(SOUTH), Filters()) == ()
        assert options(reader(SOUTH))["need"] == ()
        assert cells.kept(NORTH) == {}
        assert not counted(reader(NORTH)).exists()
        rebuild(reader(SOUTH), shared_framework)
    assert kept_equals_anew().audits == 1


def test_groups_stay_as_they_were_when_the_audit_was_signed():
    a_person("quality-lead")
    admin = a_person("administrator")
    audit = signed_audit(groups={"need": "ASD", "team": "North", "phase": "primary"})
    with scope(authority=NORTH):
        count(audit, REFERENCE)
        plan = Plan.objects.get(pk=audit.plan_id)
        Plan.objects.filter(pk=plan.pk).update(need="SLCN", team="South", phase="secondary")
        before = cells.kept(NORTH)
        rebuild(reader(), shared_framework)
        assert cells.kept(NORTH) == before
    with scope(authority=NORTH, person=admin.person):
        erase_plan(admin, plan.reference, plan.reference)
        rebuild(reader(), shared_framework)
        assert cells.kept(NORTH) == before
        row = Audit.objects.get(pk=audit.pk)
        assert row.plan_id is None
        assert set(row.cell) == set(DIMENSIONS)
        assert plan.reference not in str(row.cell)


@pytest.mark.parametrize(
    ("purpose", "mode", "drawn"),
    [("sample", "random", "random"), ("thematic", "thematic", "thematic"),
     ("risk-led", "risk-led", "risk-led"), ("draft", "random", "draft"),
     ("imported", "random", "imported"), ("double", "random", None), ("anchor", "random", None)],
)  # fmt: skip
def test_only_what_counts_is_counted_and_draws_stay_apart(purpose, mode, drawn):
    audit = signed_audit(mode=mode, purpose=purpose)
    with scope(authority=NORTH):
        count(audit, REFERENCE)
        assert options(reader())["drawn"] == ((drawn,) if drawn else ())
        assert counted(reader()).exists() == (purpose in COUNTED)


def test_the_month_is_that_of_our_clocks():
    """Half past midnight of 1 October in summer time is September in UTC."""
    audit = signed_audit(signed_at=MONTHS[0])
    with scope(authority=NORTH):
        count(audit, REFERENCE)
        assert options(reader())["month"] == (dt.date(2026, 10, 1),)


def test_an_audit_that_waits_is_not_counted():
    audit = signed_audit()
    with scope(authority=NORTH):
        Audit.objects.filter(pk=audit.pk).update(state="ready")
        audit.refresh_from_db()
        count(audit, REFERENCE)
        assert not Cell.objects.exists()
    audit.signed = None
    with pytest.raises(ValueError, match="not signed"):
        standing(audit)


@pytest.fixture
def filled():
    """Audits of all kinds, and the counts of each by hand."""
    chance = random.Random(9)
    rows = [some_audit(chance) for _ in range(12)]
    rows += [some_audit(chance, purpose="imported") for _ in range(3)]
    with scope(authority=NORTH):
        count_many(rows, shared_framework)
    return [(cells.key_from(r.cell), counts_of(REFERENCE, standing(r))) for r in rows]


@pytest.mark.parametrize(
    ("filters", "by"),
    [
        (Filters(), ()),
        (Filters(drawn=("random",)), ("month",)),
        (Filters(need=("ASD", "SLCN")), ()),
        (Filters(), ("need", "team")),
        (Filters(team=("North",), drawn=("random", "imported")), ("month", "need")),
        (Filters(since=dt.date(2026, 11, 20)), ("drawn",)),
        (Filters(until=dt.date(2026, 10, 1)), ("plan_kind",)),
        (Filters(need=("HI",)), ()),
    ],
)
def test_sums_are_those_of_a_slow_walk(filled, filters, by):
    expected = {}
    for key, counts in filled:
        fits = all(getattr(key, name) in getattr(filters, name) for name in DIMENSIONS
                   if getattr(filters, name, ()))  # fmt: skip
        if filters.since and key.month < filters.since.replace(day=1):
            fits = False
        if filters.until and key.month > filters.until:
            fits = False
        if fits:
            group = tuple(getattr(key, name) for name in by)
            expected[group] = added(expected.get(group, ()), counts)
    with scope(authority=NORTH):
        found = tallied(reader(), filters, by)
        some = tallied(reader(), filters, by, ("index", "band"))
    assert [(t.by, t.count) for t in found] == [
        (group, count) for group in sorted(expected) for count in expected[group]
    ]
    assert some == tuple(t for t in found if t.count.measure in ("index", "band"))


def test_what_may_be_chosen_is_what_is_there(filled):
    with scope(authority=NORTH):
        offered = options(reader())
    for name in DIMENSIONS:
        assert offered[name] == tuple(sorted({getattr(key, name) for key, _ in filled}))


def test_figures_are_for_those_who_may_see_them():
    nobody = reader(NORTH, "see-plans")
    with scope(authority=NORTH):
        for ask in (lambda: tallied(nobody, Filters()), lambda: options(nobody),
                    lambda: pulse(nobody), lambda: check(nobody, shared_framework),
                    lambda: rebuild(nobody, shared_framework)):  # fmt: skip
            with pytest.raises(NotAllowed):
                ask()
        with pytest.raises(ValueError, match="not kept by"):
            tallied(reader(), Filters(), ("plan",))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda: Tally.objects.filter(measure="index").update(total=7), "index is kept with other"),
        (lambda: Tally.objects.filter(measure="band").delete(), "band is kept with other"),
        (
            lambda: cells.add(NORTH, {a_cell(need="VI"): counts_of(REFERENCE, signed())}),
            "no audit counts there",
        ),
        (lambda: (Tally.objects.all().delete(), Cell.objects.all().delete()), "nothing is kept"),
        (lambda: Audit.objects.update(cell={}), "before counts were kept"),
    ],
)
def test_the_first_difference_is_named_and_rebuilding_mends_it(spoil, said):
    audit = some_audit(random.Random(4))
    with scope(authority=NORTH):
        count(audit, REFERENCE)
        right = cells.kept(NORTH)
        spoil()
        assert said in check(reader(), shared_framework).fault
        assert rebuild(reader(), shared_framework) == 1
        assert cells.kept(NORTH) == right
        event = Event.objects.get(action="counts.rebuild")
        assert event.detail["audits"] == 1
    kept_equals_anew()


def test_what_was_never_added_cannot_be_taken():
    audit = some_audit(random.Random(5))
    with scope(authority=NORTH):
        count(audit, REFERENCE)
        key = cells.key_from(audit.cell)
        counts = counts_of(REFERENCE, standing(audit))
        cells.take(NORTH, {key: counts})
        with pytest.raises(cells.Uneven, match="counts rebuild"), scope(authority=NORTH):
            cells.take(NORTH, {key: counts})
        assert not Cell.objects.exists()


def test_many_cells_are_put_in_parts(monkeypatch):
    monkeypatch.setattr(cells, "TALLIES_AT_ONCE", 100)
    counts = counts_of(REFERENCE, signed())
    wanted = {a_cell(team=f"Team {n}"): counts for n in range(5)}
    with scope(authority=NORTH):
        cells.add(NORTH, wanted)
        assert cells.kept(NORTH) == cells.with_months(wanted)
        month = next(c for k, c in cells.kept(NORTH).items() if k.need == "*")
        assert Counter({c.measure: c.n for c in month}) == Counter(
            {c.measure: 5 * c.n for c in counts}
        )
        cells.take(NORTH, wanted)
        assert cells.kept(NORTH) == {}


def test_an_import_may_say_itself_where_it_counts():
    audit = signed_audit(purpose="imported")
    audit.cell = cells.key_record(replace(a_cell(drawn="imported"), need="HI"))
    with scope(authority=NORTH):
        count(audit, REFERENCE)
        assert options(reader())["need"] == ("HI",)


def test_the_line_of_a_sample_that_is_gone_is_not_asked_for():
    audit = signed_audit()
    with scope(authority=NORTH):
        Audit.objects.filter(pk=audit.pk).update(line=None)
        audit.refresh_from_db()
        count(audit, REFERENCE)
        assert options(reader())["drawn"] == ("random",)
