"""The embedded server: odd folders, kills, company, and nothing left behind."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import psycopg
import pytest

from goldthread.records import postgres
from goldthread.records.postgres import (
    SOCKET_BYTES,
    Cluster,
    DatabaseProblem,
    app_address,
    connect,
    embedded,
    socket_folder,
)

pytestmark = pytest.mark.machine


@pytest.fixture
def folder():
    """Not `tmp_path`: as root, the server runs as another user, and every new pytest session shuts
    the folder above `tmp_path` to others.
    """
    with tempfile.TemporaryDirectory(prefix="goldthread-tests-") as name:
        yield Path(name)


def servers(home):
    """Processes whose command line names this data folder."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        if any(str(home) in part for part in process.info["cmdline"] or ()):
            found.append(process)
    return found


def answers(home):
    with connect(app_address(home)) as connection:
        return connection.execute("SELECT current_user").fetchone() == ("goldthread_app",)


def test_a_folder_with_spaces_quotes_and_accents(folder):
    home = folder / "Ann's plans, naïve & 100% “ours”"
    home.mkdir()
    with embedded(home):
        assert answers(home)
        # Beginning again beside a running server shares it.
        with embedded(home):
            assert answers(home)
        assert answers(home), "the first user is still there"
    assert servers(home) == []


def test_a_folder_too_long_for_a_socket(folder):
    home = folder / ("long" * 30) / ("er" * 60)
    home.mkdir(parents=True)
    assert len(os.fsencode(home)) > SOCKET_BYTES
    with embedded(home):
        assert answers(home)
        assert len(os.fsencode(socket_folder(home))) < SOCKET_BYTES
    assert servers(home) == []


def test_kills_and_company(folder):
    """One cluster through a life of accidents; one test, because making a cluster takes seconds."""
    home = folder / "home"
    home.mkdir()
    other = user_of(home)
    with embedded(home):
        assert answers(home)
    assert answers(home), "another process still uses it"
    other.kill()
    other.wait()
    assert answers(home), "a killed process stops nothing"

    with embedded(home):
        assert answers(home)
    assert servers(home) == [], "the dead are not counted as users"

    other = user_of(home)
    for process in servers(home / "database"):
        process.kill()
    other.kill()
    other.wait()
    assert (home / "database" / "data" / "postmaster.pid").is_file()
    with embedded(home):
        assert answers(home), "it recovers from kill -9 of the server itself"
    assert servers(home) == []

    # After a restart of the machine that number may belong to anybody: here, to us.
    (home / "database" / "data" / "postmaster.pid").write_text(f"{os.getpid()}\n/elsewhere\n")
    with embedded(home):
        assert answers(home)

    (home / "database" / "data" / "postmaster.pid").write_text("")
    with embedded(home):
        assert answers(home)
    assert servers(home) == []


def user_of(home):
    """Another process that has the server running, and keeps it."""
    code = (
        "import sys, time; from pathlib import Path\n"
        "from goldthread.records.postgres import embedded\n"
        "with embedded(Path(sys.argv[1])):\n"
        "    print('in', flush=True); time.sleep(600)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(home)], stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"in\n"
    process.stdout.close()
    return process


def test_a_cut_off_first_start_is_begun_again(folder, monkeypatch):
    monkeypatch.setattr(postgres, "START_SECONDS", 60)
    draft = folder / "database" / "data.new"
    draft.mkdir(parents=True)
    (draft / "PG_VERSION").write_text("18\n")
    with embedded(folder):
        assert answers(folder)
    assert not draft.exists()


def test_another_version_is_refused_with_a_sentence(folder):
    data = folder / "database" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("16\n")
    with (
        pytest.raises(
            DatabaseProblem, match=r"made by PostgreSQL 16 and this copy brings 18; move"
        ),
        embedded(folder),
    ):
        pass


def test_a_broken_cluster_gives_one_sentence_and_names_its_log(folder, monkeypatch):
    data = folder / "database" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("18\n")
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    with pytest.raises(DatabaseProblem) as caught, embedded(folder):
        pass
    sentence = str(caught.value)
    assert sentence.startswith("PostgreSQL could not be started (pg_ctl said: ")
    assert "\n" not in sentence


def test_a_full_disk_gives_one_sentence(folder):
    cluster = Cluster(folder)
    said = 'initdb: error: could not write to file "x": No space left on device'
    assert cluster._reason("initdb", said) == (
        f"The disk of {folder} is full; free about 100 MB and start again."
    )


def test_a_wrong_secret_gives_one_sentence(folder):
    with embedded(folder):
        (folder / "database_secret").write_text("another")
        with (
            pytest.raises(DatabaseProblem, match="PostgreSQL started but refused us"),
            embedded(folder),
        ):
            pass
        with pytest.raises(psycopg.OperationalError):
            answers(folder)
