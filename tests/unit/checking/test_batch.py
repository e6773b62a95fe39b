"""Folders of documents: in order, resumed, with text that many plans share."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from goldthread.checking import batch
from goldthread.checking.job import Answered, Job, Refused
from goldthread.checking.kept import Kept
from goldthread.checking.pool import Pool

JOB = Job(today=dt.date(2026, 11, 24))
STOCK = "Staff will use a calm and consistent approach to every pupil in the setting each day."


def plan(name: str, more: str = "") -> str:
    return (
        f"Education, Health and Care Plan\nName: {name} Okafor\nDate of birth: 4 May 2018\n"
        f"Section A\n{name} likes music.\nSection B\n- {name} uses single phrases.\n"
        f"Section E\n- By July 2028 {name} will ask for help 4 times in 5.\nSection F\n- {more}"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "plans" / "deeper"
    inside.mkdir(parents=True)
    for name in ("Amara", "Ben", "Chen", "Dara", "Efe", "Finn", "Grace"):
        (tmp_path / "plans" / f"{name}.txt").write_text(plan(name, STOCK), encoding="utf-8")
    (inside / "Hana.txt").write_text(plan("Hana", "Hana sees a nurse."), encoding="utf-8")
    (inside / "~$Hana.docx").write_bytes(b"a lock")
    (inside / ".hidden.txt").write_text("no", encoding="utf-8")
    (inside / "notes.xyz").write_text("no", encoding="utf-8")
    return tmp_path / "plans"


def test_documents_are_found_once_and_in_order(folder: Path):
    found = batch.find_documents([folder, folder / "Amara.txt"])
    assert [p.name for p in found] == [
        "Amara.txt", "Ben.txt", "Chen.txt", "Dara.txt", "Efe.txt", "Finn.txt", "Grace.txt",
        "Hana.txt",
    ]  # fmt: skip
    with pytest.raises(FileNotFoundError, match="nowhere"):
        batch.find_documents([folder / "nowhere"])


def test_text_that_five_other_plans_share_is_flagged_at_the_end(folder: Path):
    paths = batch.find_documents([folder])
    with Pool(2) as pool:
        dones = list(batch.run(paths, JOB, pool))
    assert [d.path for d in dones[:8]] == paths
    again = dones[8:]
    assert [d.path for d in again] == paths
    for done in again:
        assert isinstance(done.outcome, Answered)
        shared = [f for f in done.outcome.record.findings if f.key == "shared"]
        said = {f.quotes[0].text: f.reason for f in shared}
        assert (STOCK in said) == (done.path.name != "Hana.txt")
        if STOCK in said:
            assert "6 other plans" in said[STOCK]


def test_a_bad_file_is_told_and_the_rest_goes_on(folder: Path):
    (folder / "Bad.docx").write_bytes(b"PK\x03\x04 broken")
    with Pool(2) as pool:
        dones = list(batch.run(batch.find_documents([folder]), JOB, pool, across=False))
    kinds = {d.path.name: type(d.outcome) for d in dones}
    assert kinds.pop("Bad.docx") is Refused
    assert set(kinds.values()) == {Answered}


def test_a_run_that_was_cut_off_goes_on_as_of_its_first_day(folder: Path, tmp_path: Path):
    out, paths = tmp_path / "out", batch.find_documents([folder])
    with Pool(1) as pool:
        kept = Kept(out)
        job = kept.begin(JOB)
        first = batch.run(paths, job, pool, kept=kept, across=False)
        done = [next(first) for _ in range(3)]
        first.close()
        assert not any(d.reused for d in done)
        again = Kept(out)
        tomorrow = again.begin(JOB.model_copy(update={"today": dt.date(2026, 11, 25)}))
        assert tomorrow.today == JOB.today
        rest = list(batch.run(paths, tomorrow, pool, kept=again, across=False))
    assert [d.path for d in rest] == paths
    assert sum(d.reused for d in rest) >= 3
    again.finish()
    assert not (out / "unfinished").exists()


def test_other_settings_begin_anew(tmp_path: Path):
    kept = Kept(tmp_path)
    kept.begin(JOB)
    other = JOB.model_copy(update={"status": "draft", "today": dt.date(2026, 12, 1)})
    assert Kept(tmp_path).begin(other).today == dt.date(2026, 12, 1)


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.2, "1 second"), (61, "61 seconds"), (600, "10 minutes"),
                          (7200, "2.0 hours")],
)  # fmt: skip
def test_time_left_as_people_say_it(seconds: float, said: str):
    assert batch.minutes(seconds) == said
