"""Invented lists: numbers that look right, dates that can be, nobody's."""

import datetime as dt

from goldthread.content import folder
from goldthread.core.audit.mapping import ColumnMapping
from goldthread.core.privacy.identifiers import is_upn
from goldthread.readers.content import read_yaml
from goldthread.readers.lists import read_list
from goldthread.simulation.lists import NEEDS, invented_people, upn
from goldthread.simulation.lists_samples import DAY as SAMPLED
from goldthread.simulation.lists_samples import PLANS, SEED, sample_lists

DAY = dt.date(2026, 1, 15)


def test_upns_have_their_check_letter_and_are_all_different():
    numbers = {upn(n) for n in range(1, 3000)}
    assert len(numbers) == 2999
    assert all(map(is_upn, numbers))


def test_dates_come_in_their_order():
    for p in invented_people(800, 3, DAY):
        days = [p.born, p.requested_on, p.issued_on, p.last_review_on, p.amended_on]
        days = [day for day in days if day]
        assert days == sorted(days)
        assert days[-1] <= (p.ceased_on or DAY) <= DAY


def test_needs_come_in_their_shares():
    people = invented_people(4000, 1, DAY)
    share = sum(p.need == "ASD" for p in people) / 4000
    assert abs(share - NEEDS["ASD"] / sum(NEEDS.values())) < 0.04


def test_the_samples_are_as_they_are_invented_and_read_alike():
    home = folder("samples") / "lists"
    files = sample_lists()
    kept = {str(p.relative_to(home)).replace("\\", "/") for p in home.rglob("*.*") if p.is_file()}
    assert kept == {*files, "own-words.yaml"}
    for name, data in files.items():
        stored = (home / name).read_bytes()
        if name.endswith(".xlsx"):  # packed a little differently by each version of zlib
            assert read_list([(name, stored)], SAMPLED) == read_list([(name, data)], SAMPLED)
        else:
            assert stored == data
    returns = [read_list([("a", files[n])], SAMPLED) for n in ("sen2.xml", "sen2.xlsx")]
    assert [p.born for p in returns[0].plans] == [p.born for p in returns[1].plans]
    assert {p.upn for p in returns[0].plans} == {""}


def test_the_sample_in_own_words_is_read_by_its_mapping():
    home = folder("samples") / "lists"
    mapping = ColumnMapping.model_validate(read_yaml(home / "own-words.yaml"))
    listed = read_list([("a", (home / "own-words.csv").read_bytes())], SAMPLED, mapping)
    people = invented_people(PLANS, SEED, SAMPLED, numbers=False)
    assert [(p.need, p.issued_on, p.born) for p in listed.plans] == [
        (p.need, p.issued_on, p.born) for p in people
    ]
    assert listed.refusals == ()
