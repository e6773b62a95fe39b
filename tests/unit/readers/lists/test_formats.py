"""Every format gives the plans that were invented, field by field."""

import datetime as dt
from collections import Counter

import pytest

from goldthread.core.audit.casemix import plan_kind
from goldthread.core.audit.listing import ListError
from goldthread.readers.lists import read_list
from goldthread.simulation.lists import invented_list, invented_people

DAY = dt.date(2026, 1, 15)
SETTINGS = {"OLA": "arranged-by-authority", "EHE": "home-educated", "NEET": "not-in-education"}
ALL = ("sen2-xml", "sen2-csv", "sen2-excel", "csv", "excel")
PEOPLE = 250


def expected(p, local_id):
    """What a reader must make of an invented person, written out by hand."""
    return {
        "local_id": local_id,
        "authority": "301",
        "upn": p.upn,
        "forename": p.forename,
        "surname": p.surname,
        "born": p.born,
        "sex": p.sex,
        "need": p.need,
        "second_need": p.second_need or None,
        "requested_on": p.requested_on,
        "issued_on": p.issued_on,
        "amended_on": p.amended_on,
        "last_review_on": p.last_review_on,
        "ceased_on": p.ceased_on,
        "urn": p.urn,
        "setting_kind": SETTINGS.get(p.setting, p.setting),
        "plan_kind": plan_kind(
            p.issued_on, p.amended_on, p.last_review_on, bool(p.transferred_from), DAY
        ),
        "status": "amended" if p.amended_on else "final",
    }


@pytest.mark.parametrize("form", ALL)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_list_is_read_as_it_was_invented(form, seed):
    listed = read_list(invented_list(form, "301", PEOPLE, seed, DAY), DAY, authority="301")
    people = invented_people(PEOPLE, seed, DAY)
    assert (listed.format, listed.authority, listed.read) == (form, "301", PEOPLE)
    assert listed.reference_date == (DAY if form.startswith("sen2") else None)
    own = form in ("csv", "excel")
    for plan, person in zip(listed.plans, people, strict=True):
        wanted = expected(person, f"C{person.number}" if own else person.upn)
        assert {name: getattr(plan, name) for name in wanted} == wanted
    # Two people of one name and day of birth are chance here, and the only thing to be said.
    assert {r.field for r in listed.refusals} <= {"surname"}


@pytest.mark.parametrize("seed", [1, 2])
def test_annex_a_lists_those_in_force_with_what_its_columns_hold(seed):
    listed = read_list(invented_list("annex-a", "301", PEOPLE, seed, DAY), DAY)
    people = [p for p in invented_people(PEOPLE, seed, DAY) if p.ceased_on is None]
    for plan, person in zip(listed.plans, people, strict=True):
        wanted = expected(person, f"C{person.number}")
        names = ("local_id", "upn", "born", "sex", "need", "issued_on", "amended_on",
                 "last_review_on", "urn", "status")  # fmt: skip
        assert {n: getattr(plan, n) for n in names} == {n: wanted[n] for n in names}
        assert (plan.setting_kind == "home-educated") == (person.setting == "EHE")


def test_the_same_seed_invents_the_same_list():
    first = invented_list("sen2-xml", "301", 30, 5, DAY)
    assert first == invented_list("sen2-xml", "301", 30, 5, DAY)
    assert first != invented_list("sen2-xml", "301", 30, 6, DAY)


def test_without_numbers_people_are_known_by_a_digest():
    listed = read_list(invented_list("sen2-csv", "301", 60, 1, DAY, numbers=False), DAY)
    assert {p.upn for p in listed.plans} == {""}
    assert all(p.local_id.startswith("sha256:") for p in listed.plans)
    assert len(listed.plans) == 60 - Counter(r.kind for r in listed.refusals)["refused"]


@pytest.mark.parametrize("form", ["sen2-xml", "sen2-csv", "sen2-excel"])
def test_another_authoritys_return_is_refused_whole(form):
    with pytest.raises(ListError, match="301"):
        read_list(invented_list(form, "301", 3, 1, DAY), DAY, authority="302")


@pytest.mark.parametrize("form", ["csv", "excel"])
def test_another_authoritys_rows_are_refused_each(form):
    listed = read_list(invented_list(form, "301", 3, 1, DAY), DAY, authority="302")
    assert listed.plans == ()
    assert [(r.row, r.kind) for r in listed.refusals] == [
        (f"row {n}", "refused") for n in (2, 3, 4)
    ]
