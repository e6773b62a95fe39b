"""Lists read in a capped process: the same answer, and none that takes anything down."""

import datetime as dt

import pytest

from goldthread.checking import listing
from goldthread.checking.job import Refused
from goldthread.checking.listing import read_list_capped
from goldthread.core.audit.mapping import ColumnMapping
from goldthread.readers.lists import read_list
from goldthread.simulation.lists import invented_list

DAY = dt.date(2026, 1, 15)
MANY = b"Reference,DOB\n" + b"".join(b"A%d,01/01/2015\n" % n for n in range(300_000))


@pytest.mark.parametrize("form", ["sen2-csv", "annex-a"])
def test_the_answer_is_the_readers_own(form):
    files = invented_list(form, "301", 40, 1, DAY)
    assert read_list_capped(files, DAY, "301") == read_list(files, DAY, authority="301")


def test_a_mapping_crosses_over():
    files = [("l.csv", b"Code,Kind\nA,x\n")]
    mapping = ColumnMapping(
        columns={"local_id": "Code", "need": "Kind"}, values={"need": {"x": "HI"}}
    )
    assert read_list_capped(files, DAY, mapping=mapping) == read_list(files, DAY, mapping)


def test_no_list_is_a_sentence():
    assert read_list_capped([("l.csv", b"")], DAY) == Refused(
        name="l.csv", code="list", sentence="l.csv is empty: export the list again."
    )
    assert isinstance(read_list_capped([], DAY), Refused)


@pytest.mark.parametrize(("limit", "value"), [("SECONDS", 1), ("CLOCK", 0.01)])
def test_a_list_that_takes_too_long(monkeypatch, limit, value):
    monkeypatch.setattr(listing, limit, value)
    answer = read_list_capped([("l.csv", MANY)], DAY)
    assert isinstance(answer, Refused)
    assert answer.code == "too-slow"


def test_a_list_that_takes_too_much_memory(monkeypatch):
    monkeypatch.setattr(listing, "MEMORY", 400 * 2**20)
    for limit in ("SECONDS", "CLOCK"):  # another program may have the processor meanwhile
        monkeypatch.setattr(listing, limit, 600)
    answer = read_list_capped([("l.csv", MANY)], DAY)
    assert isinstance(answer, Refused)
    assert answer.code == "too-much-memory"
