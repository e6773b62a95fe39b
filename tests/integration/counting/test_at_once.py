"""Many connections at once, each with transactions of its own that end for good."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from goldthread.readers.frameworks import shared_framework
from goldthread.records import cells
from goldthread.records.actions.counting import check, count, count_many, rebuild, uncount
from goldthread.records.listening import Ear
from goldthread.records.models import Audit
from goldthread.records.queries.counts import Filters, tallied
from goldthread.records.scope import scope
from tests.integration.counting.made import as_standing, reader, signed_audit
from tests.judgements import REFERENCE, signed

SIGNERS, EACH = 6, 5


def elsewhere(work, *given):
    """What the work returns, on a connection of its own, which is closed."""

    def act():
        try:
            return work(*given)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(act).result(60)


@pytest.fixture
def audits(third):
    def make():
        chance = random.Random(7)
        return [
            signed_audit(third, groups={"need": chance.choice(("ASD", "SLCN"))}, state="ready")
            for _ in range(SIGNERS * EACH)
        ]

    return elsewhere(make)


def test_signers_at_once_lose_nothing_and_never_wait_in_a_circle(third, audits):
    start = threading.Barrier(SIGNERS + 1)
    other = as_standing(signed({"F2-quantified": 0}))

    def sign(own):
        start.wait()
        for audit in own:
            with scope(authority=third):
                row = Audit.objects.select_for_update().get(pk=audit.pk)
                row.state = "signed"
                row.save()
                count(row, REFERENCE)
        for audit in own[:2]:  # and moderate
            with scope(authority=third):
                row = Audit.objects.select_for_update().get(pk=audit.pk)
                uncount(row, REFERENCE)
                row.standing = other
                row.save()
                count(row, REFERENCE)
        with scope(authority=third):
            count_many([], shared_framework)
        connections.close_all()

    def count_anew():
        start.wait()
        for _ in range(3):
            with scope(authority=third):
                rebuild(reader(third), shared_framework)
        connections.close_all()

    with ThreadPoolExecutor(SIGNERS + 1) as pool:
        parts = [audits[n::SIGNERS] for n in range(SIGNERS)]
        doing = [pool.submit(count_anew), *(pool.submit(sign, part) for part in parts)]
        for each in doing:
            each.result(120)

    def look():
        with scope(authority=third):
            found = check(reader(third), shared_framework)
            (index,) = tallied(reader(third), Filters(), measures=("index",))
            return found, index.count.n

    found, counted = elsewhere(look)
    assert found.fault == ""
    assert found.audits == counted == SIGNERS * EACH


def test_news_is_heard_at_commit_and_never_of_what_was_undone(third):
    ear = Ear()
    assert ear.wait(third, 0, 10) is None  # it has begun to listen, and says so at once

    def beat(end_well):
        with scope(authority=third):
            found = cells.beat(third)
            assert ear.wait(third, found.number - 1, 0.05) is None  # not before it has ended
            if not end_well:
                transaction.set_rollback(True)
        return found

    undone = elsewhere(beat, False)
    assert ear.wait(third, undone.number - 1, 0.2) is None
    done = elsewhere(beat, True)
    assert done.number == undone.number
    assert ear.wait(third, done.number - 1, 30) == done
    assert ear.wait("001", 0, 0.05) is None
    assert ear.wait(third, done.number, 0.05) is None


def test_the_ear_comes_back_when_its_connection_was_cut(third, home):
    from goldthread.records.postgres import app_address, connect

    ear = Ear()
    ear.wait(third, 0, 10)

    def beat():
        with scope(authority=third):
            return cells.beat(third)

    first = elsewhere(beat)
    assert ear.wait(third, first.number - 1, 30) == first
    with connect(app_address(home), autocommit=True) as other:
        cut = other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE query LIKE 'LISTEN%' OR query = 'SELECT 1'"
        )
        assert cut.rowcount >= 1
    # Whoever waits is woken to look for themselves, because a beat may have been missed.
    assert ear.wait(third, first.number, 30) is None
    second = elsewhere(beat)
    heard = ear.wait(third, first.number, 30)
    assert heard == second or ear.wait(third, first.number, 30) == second
