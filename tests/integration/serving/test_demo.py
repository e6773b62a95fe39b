"""The whole thing as a person starts and stops it: real processes, real signals, a real port."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

pytestmark = pytest.mark.machine
DEADLINE = 90


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def started(home, *arguments, **environment):
    """A running `goldthread …`; killed with its children if the test leaves it alive."""
    process = subprocess.Popen(
        [sys.executable, "-m", "goldthread", *arguments],
        env={**os.environ, "GOLDTHREAD_HOME": str(home), **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def plain_demo(home, port):
    """A demo that invents nobody and prepares no page."""
    arguments = ("demo", "--port", str(port), "--no-browser", "--no-invent")
    return started(home, *arguments, GOLDTHREAD_COLD="1")


def wait_ready(process):
    """Read lines until the one that announces the address."""
    said = []
    for line in process.stdout:
        said.append(line)
        if line.startswith("Goldthread is ready at "):
            return said
    raise AssertionError("".join(said))


def everything_of(process, home):
    """The process, its children, and every program that names the data folder."""
    whole = [psutil.Process(process.pid)]
    whole += whole[0].children(recursive=True)
    for other in psutil.process_iter(["cmdline"]):
        if other not in whole and any(str(home) in part for part in other.info["cmdline"] or ()):
            whole += [other, *other.children(recursive=True)]
    return whole


def alive(processes):
    """Those still there after a moment: Python's bookkeeper of processes outlives its parent."""
    return psutil.wait_procs(processes, timeout=10)[1]


def get(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return answer.status, answer.read()


@pytest.fixture(scope="module")
def home():
    """Not pytest's own: as root, the server runs as another user, and every new pytest session
    shuts its folder to others.
    """
    with tempfile.TemporaryDirectory(prefix="goldthread tests with spaces ") as name:
        yield Path(name)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_leaves_nothing_running(home, number):
    port = free_port()
    with started(home, "demo", "--port", str(port), "--no-browser") as process:
        said = wait_ready(process)
        assert said[-1] == f"Goldthread is ready at http://127.0.0.1:{port} (Ctrl-C stops it)\n"
        assert json.loads(get(port, "/health")[1])["status"] == "ok"
        running = everything_of(process, home)
        names = {other.name() for other in running}
        assert "postgres" in names, names
        assert len(running) >= 8, running
        process.send_signal(number)
        process.wait(DEADLINE)
        rest = process.stdout.read()
        assert "Traceback" not in rest, rest
        assert alive(running) == []
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_ctrl_c_in_a_terminal_goes_to_every_process(home):
    """A terminal sends the signal to the whole group at once, not to the first process only."""
    port = free_port()
    with started(home, "demo", "--port", str(port), "--no-browser", "--no-invent") as process:
        wait_ready(process)
        running = everything_of(process, home)
        os.killpg(process.pid, signal.SIGINT)
        process.wait(DEADLINE)
        assert "Traceback" not in process.stdout.read()
        assert alive(running) == []


@pytest.mark.parametrize("after", [0.5, 1.0, 1.5, 2.5])
def test_a_stop_in_the_middle_of_starting_leaves_nothing(home, after):
    with started(
        home, "demo", "--port", str(free_port()), "--no-browser", "--no-invent"
    ) as process:
        time.sleep(after)
        process.send_signal(signal.SIGTERM)
        process.wait(DEADLINE)
        assert everything_left(home) == []


def everything_left(home):
    return [
        process
        for process in psutil.process_iter(["cmdline"])
        if any(str(home) in part for part in process.info["cmdline"] or ())
    ]


def test_two_demos_share_one_database(home):
    one, two = free_port(), free_port()
    with plain_demo(home, one) as first:
        wait_ready(first)
        with plain_demo(home, two) as second:
            wait_ready(second)
            first.send_signal(signal.SIGTERM)
            first.wait(DEADLINE)
            assert get(two, "/health")[0] == 200
            second.send_signal(signal.SIGTERM)
            second.wait(DEADLINE)
    assert everything_left(home) == []


def test_after_kill_9_the_next_demo_works_and_tidies_up(home):
    with plain_demo(home, free_port()) as process:
        wait_ready(process)
        children = psutil.Process(process.pid).children(recursive=True)
        process.kill()
        process.wait()
        for child in children:
            child.kill()
    with plain_demo(home, free_port()) as process:
        wait_ready(process)
        process.send_signal(signal.SIGTERM)
        process.wait(DEADLINE)
    assert everything_left(home) == []


def run(home, *arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "goldthread", *arguments],
        env={**os.environ, "GOLDTHREAD_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        timeout=DEADLINE,
        check=False,
    )


def test_a_busy_port_gives_one_sentence(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = run(tmp_path, "demo", "--port", str(port), "--no-browser")
    assert done.returncode == 1
    assert done.stderr == (
        f"Port {port} is in use by another program; choose another with --port.\n"
    )
    assert list(tmp_path.iterdir()) == [], "nothing was begun"


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"DATABASE_URL": "mysql://me@here/x"}, "DATABASE_URL must look like postgresql://"),
        (
            {"DATABASE_URL": "postgresql://me:pw@127.0.0.1:1/x"},
            "DATABASE_URL and DATABASE_OWNER_URL both use the role me",
        ),
        (
            {
                "DATABASE_URL": "postgresql://me:pw@127.0.0.1:1/x",
                "DATABASE_OWNER_URL": "postgresql://you:pw@127.0.0.1:1/x",
            },
            "The database cannot be reached: ",
        ),
        ({"GOLDTHREAD_DEBUG": "perhaps"}, "GOLDTHREAD_DEBUG must be 1 or 0; 'perhaps' is neither."),
    ],
)
def test_a_wrong_setting_gives_one_sentence(home, environment, sentence):
    done = run(home, "migrate", **environment)
    assert done.returncode == 1
    assert done.stderr.startswith(sentence), done.stderr
    assert done.stderr.count("\n") == 1
    assert "pw" not in done.stderr


def test_wrong_use_exits_2(tmp_path):
    assert run(tmp_path, "demo", "--port", "70000").returncode == 2
    assert run(tmp_path, "nonsense").returncode == 2
    assert run(tmp_path, "demo", "--nonsense").returncode == 2


def test_the_command_line_itself_loads_nothing_heavy():
    code = (
        "import sys, goldthread.cli.main\n"
        "assert not {'django', 'granian', 'psycopg', 'polars'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_start_with_nothing_new_needs_no_django(home):
    code = (
        "import sys; from goldthread.cli import database\n"
        "with database.running():\n    database.prepare()\n"
        "print('django' in sys.modules)"
    )

    def said():
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "GOLDTHREAD_HOME": str(home)},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    (home / "database" / "prepared").unlink(missing_ok=True)
    assert said() == "True\n"
    assert said() == "False\n"
    (home / "database" / "prepared").write_text("another version")
    assert said() == "True\n"
