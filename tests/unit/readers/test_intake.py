"""The capped process: it carries results over, and dies alone."""

import datetime as dt
import hashlib
import os
import signal
import subprocess
import sys

import pytest

from goldthread.readers import intake
from goldthread.readers.intake import Job, read_apart
from goldthread.readers.release import Part
from tests.fakes import sen2_files as sen2

TODAY = dt.date(2026, 11, 24)


def job(*paths):
    return Job(paths=paths, reference=sen2.REFERENCE, today=TODAY)


@pytest.fixture
def out(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.mark.machine
def test_reports_and_figures_cross_the_border(tmp_path, out):
    good = sen2.write(tmp_path / "requests.csv", sen2.rows("requests", ("2024",)))
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"PK\x03\x04")
    (first, figures), (second, none), (third, _) = read_apart(
        job(good, bad, tmp_path / "gone.csv"), out
    )
    assert (first.outcome, first.years) == ("taken", (2024,))
    assert first.edition == "Imported on 24 November 2026 from requests.csv"
    assert figures.filter(area="E92000001", series="requests_received_in_year").height == 1
    assert (second.outcome, none) == ("refused", None)
    assert "Excel or zip" in second.why
    assert third.why == "gone.csv cannot be read: No such file or directory."


@pytest.mark.machine
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps the cap on memory")
def test_a_file_that_needs_too_much_memory_is_refused_and_the_next_is_read(tmp_path, out):
    # Sparse on disk: 500 MB of noughts take no room until they are read.
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.write(b"time_period,b\n")
        file.truncate(500 * 2**20)
    good = sen2.write(tmp_path / "requests.csv", sen2.rows("requests", ("2024",)))
    (first, _), (second, _) = read_apart(job(large, good), out)
    assert first.why == (
        "large.csv needs more than 1.5 GB of memory to read, so it was refused: check what it is."
    )
    assert second.outcome == "taken"


@pytest.mark.machine
def test_a_process_that_takes_too_long_is_ended(tmp_path, out, monkeypatch):
    monkeypatch.setattr(intake, "SECONDS", 0.001)
    good = sen2.write(tmp_path / "requests.csv", sen2.rows("requests", ("2024",)))
    ((report, _),) = read_apart(job(good), out)
    assert report.outcome == "refused"
    assert "takes longer than 0.001 seconds" in report.why


@pytest.mark.machine
def test_files_where_the_person_stands_are_not_run(tmp_path, out, monkeypatch):
    (tmp_path / "csv.py").write_text("raise SystemExit('run')", encoding="utf-8")
    good = sen2.write(tmp_path / "requests.csv", sen2.rows("requests", ("2024",)))
    monkeypatch.chdir(tmp_path)
    ((report, _),) = read_apart(job(good), out)
    assert report.outcome == "taken"


def test_what_a_dying_process_said():
    def why(code, errors):
        return intake._why(subprocess.CompletedProcess([], code, b"", errors))

    assert "memory" in why(1, b"Traceback\nMemoryError")
    assert "memory" in why(-6, b"memory allocation of 12 bytes failed")
    assert "memory" in why(-9, b"")
    assert "longer than 120 seconds" in why(-intake.SIGXCPU, b"")
    assert why(1, b"Traceback\nKeyError: 'x'") == "could not be read (KeyError: 'x')"


def test_a_known_file_is_not_read_again():
    data = b"anything"
    known = job().model_copy(update={"known": (hashlib.sha256(data).hexdigest(),)})
    report, figures = intake.read_part(Part("a.csv", data), intake.shelf(sen2.REFERENCE), known)
    assert (report.outcome, figures) == ("already imported", None)


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_the_number_of_the_signal():
    assert signal.SIGXCPU == intake.SIGXCPU
