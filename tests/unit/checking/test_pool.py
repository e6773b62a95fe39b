"""Checking processes: capped in memory and time, replaced when a file takes them down."""

from __future__ import annotations

import datetime as dt
import threading
import time

import pytest

from goldthread.checking import pool as pools
from goldthread.checking import worker
from goldthread.checking.job import LARGEST, Answered, File, Files, Job, Refused
from goldthread.checking.pool import Pool

JOB = Job(today=dt.date(2026, 11, 24))
PLAN = b"Section A\nAmara likes music.\nSection B\n- Amara uses single phrases.\nSection E\n- x"
FAULTY = """
import sys, time
from goldthread.checking import pipeline, worker
def check(files, job, progress):
    what = files.document.name
    if what == "slow": time.sleep(60)
    if what == "hungry": return bytearray(3 * 1024**3)
    if what == "crash": import os; os._exit(139)
    if what == "fault": raise ValueError("Amara Okafor")
    if what == "patient":
        for _ in range(4):
            time.sleep(0.6); progress("page")
    return real(files, job, progress)
real, pipeline.check = pipeline.check, check
worker.main()
"""


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch):
    """A pool whose processes do what the document's name says."""
    start = pools.subprocess.Popen

    def begin(command, **how):
        return start([command[0], "-P", "-c", FAULTY], **how)

    monkeypatch.setattr(pools.subprocess, "Popen", begin)
    with Pool(1) as pool:
        yield pool


def one(name: str, data: bytes = PLAN) -> Files:
    return Files(File(name, data))


@pytest.mark.parametrize(
    ("name", "code"), [("hungry", "too-much-memory"), ("crash", "reader-broke"), ("fault", "fault")]
)
def test_one_bad_document_harms_no_other(faulty: Pool, name: str, code: str):
    refused = faulty.check(one(name), JOB)
    assert isinstance(refused, Refused)
    assert refused.code == code
    assert refused.sentence.startswith(name)
    assert "Amara" not in refused.sentence
    assert isinstance(faulty.check(one("fine"), JOB), Answered)


def test_a_slow_document_is_ended(faulty: Pool, monkeypatch: pytest.MonkeyPatch):
    assert isinstance(faulty.check(one("fine"), JOB), Answered)
    monkeypatch.setattr(pools, "SECONDS", 1.0)
    refused = faulty.check(one("slow"), JOB)
    assert isinstance(refused, Refused)
    assert refused.code == "too-slow"
    monkeypatch.setattr(pools, "SECONDS", 20.0)
    assert isinstance(faulty.check(one("fine"), JOB), Answered)


def test_progress_gives_more_time(faulty: Pool, monkeypatch: pytest.MonkeyPatch):
    assert isinstance(faulty.check(one("fine"), JOB), Answered)
    monkeypatch.setattr(pools, "SECONDS", 1.5)
    said: list[str] = []
    assert isinstance(faulty.check(one("patient"), JOB, said.append), Answered)
    assert said == ["page"] * 4


def test_a_large_file_is_not_even_sent():
    with Pool(1) as pool:
        refused = pool.check(one("big.docx", bytes(LARGEST + 1)), JOB)
    assert isinstance(refused, Refused)
    assert refused.code == "too-large"


def test_threads_share_it_and_closing_ends_all():
    with Pool(2) as pool:
        found: list[object] = []
        threads = [
            threading.Thread(target=lambda: found.append(pool.check(one("p.txt"), JOB)))
            for _ in range(6)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [type(o) for o in found] == [Answered] * 6
        processes = list(pool._all)
        assert len(processes) <= 2
    time.sleep(0.1)
    assert not any(p.alive() for p in processes)


def test_it_says_which_file_could_not_be_read():
    with Pool(1) as pool:
        files = Files(File("plan.txt", PLAN), (File("ep.docx", b"PK\x03\x04"),))
        refused = pool.check(files, JOB)
    assert isinstance(refused, Refused)
    assert (refused.name, refused.blame) == ("ep.docx", "advice")


def test_the_cap_is_what_the_design_says():
    assert worker.MEMORY == 1.5 * 2**30
    assert pools.SECONDS == 20
