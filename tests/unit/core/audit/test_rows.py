"""Rows into plans: what is left out, what is refused, and what is said."""

import datetime as dt

import pytest

from goldthread.core.audit.list_rules import RULES
from goldthread.core.audit.rows import RawRow, Rules, once_each, plans_of
from goldthread.readers.lists.aliases import load_columns
from goldthread.simulation.lists import upn

DAY = dt.date(2026, 1, 15)
GOOD = {
    "local_id": "A1", "forename": "Robin", "surname": "Tran", "born": "2015-05-01", "sex": "F",
    "need": "ASD", "second_need": "SLCN", "requested_on": "2024-01-01", "issued_on": "2024-06-01",
    "last_review_on": "2025-06-01", "urn": "123456",
}  # fmt: skip


def read(*rows, **options):
    rules = Rules(day=DAY, codes=load_columns().codes, letters=load_columns().letters, **options)
    return plans_of((RawRow(f"row {i}", row) for i, row in enumerate(rows, 2)), rules)


def one(**changes):
    """The plan of a good row with changes (None removes), and what was said: (kind, field)."""
    row = {k: v for k, v in {**GOOD, **changes}.items() if v is not None}
    plans, said, _ = read(row)
    return (plans[0] if plans else None), [(r.kind, r.field) for r in said]


def test_a_good_row():
    plan, said = one()
    assert said == []
    assert (plan.row, plan.local_id, plan.need, plan.second_need) == ("row 2", "A1", "ASD", "SLCN")
    assert (plan.plan_kind, plan.status, plan.phase, plan.age_band, plan.setting_kind) == (
        "reviewed", "final", "primary", "5-10", "school",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"born": "2026-02-01"}, ("refused", "born")),
        ({"born": "2000-01-01"}, ("refused", "born")),
        ({"born": "next week"}, ("warning", "born")),
        ({"born": None}, ("warning", "born")),
        ({"issued_on": "2027-01-01", "last_review_on": None}, ("warning", "issued_on")),
        ({"requested_on": "2014-01-01"}, ("warning", "requested_on")),
        ({"requested_on": "2025-01-01"}, ("warning", "requested_on")),
        ({"last_review_on": "2023-01-01"}, ("warning", "last_review_on")),
        ({"amended_on": "2023-01-01"}, ("warning", "amended_on")),
        ({"ceased_on": "2023-01-01"}, ("warning", "ceased_on")),
        ({"need": "WIZARDRY"}, ("warning", "need")),
        ({"second_need": "?"}, ("warning", "second_need")),
        ({"urn": "12"}, ("warning", "urn")),
        ({"upn": "unknown"}, ("warning", "upn")),
        ({"setting": "On the moon"}, ("warning", "setting")),
        ({"phase": "Sometime"}, ("warning", "phase")),
        ({"local_id": None, "surname": None}, ("refused", "local_id")),
    ],
)
def test_what_cannot_be_is_said_and_left_out(changes, said):
    plan, found = one(**changes)
    assert found == [said]
    kind, field = said
    assert (plan is None) == (kind == "refused")
    if plan is not None:
        # a phase that is not known falls back on age
        assert field == "phase" or not getattr(plan, field, None)


def test_words_for_codes_are_read():
    plan, said = one(need="Autism spectrum disorder", sex="girl", second_need="b) MLD")
    assert said == []
    assert (plan.need, plan.sex, plan.second_need) == ("ASD", "F", "MLD")


def test_a_future_end_is_no_end_and_a_past_one_tells_the_age_then():
    assert one(ceased_on="2026-08-31")[0].ceased_on is None
    plan, said = one(born="1999-12-31", ceased_on="2025-12-01")
    assert (said, plan.ceased_on) == ([], dt.date(2025, 12, 1))


def test_another_authority_is_refused():
    plans, said, _ = read(
        {**GOOD, "authority": "301"}, {**GOOD, "authority": "302"}, authority="301"
    )
    assert [p.authority for p in plans] == ["301"]
    assert [(r.row, r.field, r.kind) for r in said] == [("row 3", "authority", "refused")]


def test_a_code_that_lost_its_noughts_has_them_again():
    assert read({**GOOD, "authority": "1"}, authority="001")[0][0].authority == "001"


def test_moves_are_told_from_noes():
    assert one(transferred_from="209")[0].plan_kind == "transferred"
    assert one(transferred_from="0")[0].plan_kind == "reviewed"
    assert one(transferred_from="No")[0].plan_kind == "reviewed"


def test_a_whole_name_is_parted():
    for whole, parts in {"Ní Bhriain, Robin": ("Robin", "Ní Bhriain"),
                         "Robin Jay Tran": ("Robin Jay", "Tran")}.items():  # fmt: skip
        plan, _ = one(name=whole, forename=None, surname=None)
        assert (plan.forename, plan.surname) == parts


def test_without_a_number_name_and_birth_make_the_reference():
    plan, _ = one(local_id=None)
    again, _ = one(local_id=None, forename="ROBIN", need="HI")
    other, _ = one(local_id=None, forename="Ash")
    assert plan.local_id == again.local_id != other.local_id
    assert "Robin" not in plan.local_id


def test_the_plan_in_force_issued_last_is_kept():
    bare = {k: v for k, v in GOOD.items() if k not in ("requested_on", "last_review_on")}
    rows = [
        {**bare, "issued_on": "2020-01-01"},
        {**bare, "issued_on": "2022-01-01"},
        {**bare, "issued_on": "2023-01-01", "ceased_on": "2025-01-01"},
    ]
    plans, said, count = read(*rows)
    assert ([p.row for p in plans], count) == (["row 3"], 3)
    assert [(r.row, r.kind) for r in said] == [("row 2", "refused"), ("row 4", "refused")]
    assert all("row 3" in r.sentence for r in said)


def test_one_upn_under_two_references_is_one_person():
    plans, said, _ = read({**GOOD, "upn": upn(1)}, {**GOOD, "local_id": "B", "upn": upn(1)})
    assert len(plans) == 1
    assert said[0].kind == "refused"


def test_namesakes_stay_with_a_word():
    plans, said, _ = read(GOOD, {**GOOD, "local_id": "B"})
    assert len(plans) == 2
    assert [(r.row, r.kind) for r in said] == [("row 3", "warning")]


def test_no_sentence_repeats_a_cell():
    row = {k: f"zq{k}" for k in (*GOOD, "setting", "phase", "amended_on", "ceased_on")}
    for annex_a in (False, True):
        _, said, _ = read(row, row, annex_a=annex_a)
        assert said
        assert not any("zq" in r.sentence + r.row + r.field for r in said)


def test_every_rule_has_a_sentence_that_ends():
    assert all(
        rule.sentence.endswith(".") and rule.sentence[0].isupper() for rule in RULES.values()
    )


def test_nobody_is_lost_or_made_up():
    plans, said, count = read(GOOD, {}, {**GOOD, "local_id": "C", "born": "1900-01-01"})
    gone = {r.row for r in said if r.kind == "refused"}
    assert len(plans) + len(gone) == count == 3
    assert once_each(plans) == (plans, [])
