"""The starter: what it does without the network, and what it says when something is missing."""

import ast
import errno
import importlib.util
import json
import ntpath
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).parents[3]
SOURCE = (ROOT / "run.py").read_text(encoding="utf-8")
SENTENCE = re.compile(r"\A[A-Z][^\n]+\.\n\Z")


@pytest.fixture
def run(monkeypatch, tmp_path):
    """A copy of the starter whose project is an empty folder with two small locks."""
    spec = importlib.util.spec_from_file_location("starter", ROOT / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name, path in {
        "ROOT": tmp_path,
        "VENV": tmp_path / ".venv",
        "STAMP": tmp_path / ".venv" / "stamp.json",
        "UNFINISHED": tmp_path / ".venv" / "unfinished",
        "LOG": tmp_path / ".venv" / "log",
    }.items():
        monkeypatch.setattr(module, name, str(path))
    (tmp_path / "requirements.lock").write_text("one==1\n")
    (tmp_path / "requirements-dev.lock").write_text("one==1\nuv==2 \\\n    --hash=x\n    # via y\n")
    monkeypatch.setattr(module, "works", lambda: True)
    return module


@pytest.fixture
def installed(run, monkeypatch):
    """A faked install: makes the folders, and notes which locks were installed."""
    done = []

    def make_environment():
        Path(run.site_packages()).mkdir(parents=True, exist_ok=True)
        Path(run.python()).parent.mkdir(parents=True, exist_ok=True)
        Path(run.python()).touch()

    monkeypatch.setattr(run, "make_environment", make_environment)
    monkeypatch.setattr(run, "install_lock", done.append)
    return done


def test_pythons_back_to_3_6_can_read_it():
    ast.parse(SOURCE, feature_version=(3, 6))


def test_it_uses_the_standard_library_only():
    names = {
        alias.name.partition(".")[0]
        for node in ast.walk(ast.parse(SOURCE))
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    assert names <= sys.stdlib_module_names
    assert not [node for node in ast.walk(ast.parse(SOURCE)) if isinstance(node, ast.ImportFrom)]


def test_an_old_python_gets_one_sentence_and_exit_2():
    code = f"import sys; sys.version_info = (3, 8, 10, 'final', 0)\n{SOURCE}"
    done = subprocess.run(
        [sys.executable, "-"], input=code, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr == "Goldthread needs Python 3.11 or later; this is Python 3.8.\n"


def test_the_second_start_runs_no_program(run, installed, monkeypatch):
    run.set_up(run.RUN)
    assert installed == ["requirements.lock"]
    for name in ("Popen", "call", "run"):
        monkeypatch.setattr(run.subprocess, name, None)
    run.set_up(run.RUN)
    assert installed == ["requirements.lock"]
    pth = Path(run.site_packages(), "goldthread.pth").read_text(encoding="utf-8")
    assert pth == os.path.join(run.ROOT, "src") + "\n"  # noqa: PTH118


def test_the_developers_lock_serves_both(run, installed):
    run.set_up(run.DEVELOP)
    run.set_up(run.RUN)
    assert installed == ["requirements-dev.lock"]


def test_tests_after_a_demo_install_what_they_lack(run, installed):
    run.set_up(run.RUN)
    run.set_up(run.DEVELOP)
    assert installed == ["requirements.lock", "requirements-dev.lock"]


def test_a_changed_lock_is_installed(run, installed):
    run.set_up(run.RUN)
    Path(run.ROOT, "requirements.lock").write_text("one==2\n")
    run.set_up(run.RUN)
    assert installed == ["requirements.lock"] * 2


@pytest.mark.parametrize("spoil", ["moved", "another Python", "unreadable"])
def test_an_environment_for_elsewhere_is_not_trusted(run, installed, spoil):
    run.set_up(run.RUN)
    stamp = json.loads(Path(run.STAMP).read_text())
    if spoil == "moved":
        stamp["made for"] = stamp["made for"].replace(run.ROOT, "/elsewhere")
    if spoil == "another Python":
        stamp["made for"] = stamp["made for"].replace("3.", "2.")
    Path(run.STAMP).write_text("{" if spoil == "unreadable" else json.dumps(stamp))
    run.set_up(run.RUN)
    assert len(installed) == 2


def test_an_interrupted_install_is_made_anew(run, monkeypatch):
    """The mark stays, so the next start clears the environment before it installs."""
    cleared = []
    builder = SimpleNamespace(create=lambda folder: Path(folder, "bin").mkdir(parents=True))

    def build(clear, with_pip, symlinks):
        cleared.append(clear)
        return builder

    import venv

    monkeypatch.setattr(venv, "EnvBuilder", build)

    def stop(lock):
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "install_lock", stop)
    with pytest.raises(KeyboardInterrupt):
        run.set_up(run.RUN)
    assert Path(run.UNFINISHED).exists()
    assert not Path(run.STAMP).exists()
    Path(run.python()).touch()
    builder.create = lambda folder: None
    with pytest.raises(KeyboardInterrupt):
        run.set_up(run.RUN)
    assert cleared == [True, True]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("error: No space left on device (os error 28)", "is full; free about 2 GB"),
        ("Temporary failure in name resolution", "The package index cannot be reached"),
        ("error: Failed to fetch: `…` dns error", "The package index cannot be reached"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "is not the one that was pinned"),
        ("Segmentation fault", "The parts could not be installed; the reason is at the end of"),
    ],
)
def test_a_failed_install_says_why(run, monkeypatch, capsys, said, sentence):
    Path(run.VENV).mkdir()
    monkeypatch.setattr(run, "make_environment", lambda: None)

    def attempt(command):
        Path(run.LOG).write_text(said)
        return False

    monkeypatch.setattr(run, "attempt", attempt)
    assert run.main(["version"]) == 1
    last = capsys.readouterr().err.splitlines(keepends=True)[-1]
    assert sentence in last
    assert SENTENCE.match(last)
    assert not Path(run.STAMP).exists()


def test_pip_is_tried_when_uv_cannot(run, monkeypatch, capsys):
    Path(run.VENV, "bin").mkdir(parents=True)
    Path(run.tool("uv")).touch()
    commands = []

    def attempt(command):
        commands.append(command)
        return not command[0].endswith("uv")

    monkeypatch.setattr(run, "attempt", attempt)
    run.install_lock("requirements.lock")
    assert [command[1:3] for command in commands] == [["pip", "install"], ["-m", "pip"]]
    assert all("--require-hashes" in command for command in commands)
    assert "trying pip" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "is full"),
        (PermissionError(errno.EACCES, "Permission denied", "/x"), "may not write to /x"),
        (OSError(errno.EIO, "Input/output error"), "could not be started"),
    ],
)
def test_trouble_with_the_disk_gives_one_sentence(run, monkeypatch, capsys, error, sentence):
    def fail(lock):
        raise error

    monkeypatch.setattr(run, "set_up", fail)
    assert run.main(["demo"]) == 1
    said = capsys.readouterr().err
    assert sentence in said
    assert SENTENCE.match(said)


def test_a_python_without_venv_says_what_to_install(run, monkeypatch, capsys):
    import venv

    def create(self, folder):
        raise subprocess.CalledProcessError(1, "ensurepip")

    monkeypatch.setattr(venv.EnvBuilder, "create", create)
    assert run.main(["demo"]) == 1
    assert "apt-get install python3-venv" in capsys.readouterr().err


def test_ctrl_c_while_installing_is_no_trace(run, monkeypatch, capsys):
    def stop(lock):
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "set_up", stop)
    assert run.main(["demo"]) == 130
    assert capsys.readouterr().err == "Stopped; the next start continues from here.\n"


def test_commands_pass_on(run, installed, monkeypatch):
    became = []
    monkeypatch.setattr(run, "become", became.append)
    run.main(["compare", "Camden", "--format", "json"])
    assert became == [[run.python(), "-m", "goldthread", "compare", "Camden", "--format", "json"]]


def test_developers_tasks_are_listed_and_unknown_ones_refused(run, capsys):
    assert run.main(["dev"]) == 0
    listed = capsys.readouterr().err
    for name in ("bench", "docs", "format", "imports", "lint", "lock", "openapi", "types"):
        assert f"python3 run.py dev {name}" in listed
    assert run.main(["dev", "nonsense"]) == 2


def test_a_second_start_waits_for_the_first(run, capsys):
    with run.only_one(), open(Path(run.ROOT, ".goldthread", "install.lock"), "a") as other:  # noqa: PTH123
        assert not run.try_lock(other)
    with run.only_one():
        pass


def test_the_windows_paths(run, monkeypatch):
    monkeypatch.setattr(run, "WINDOWS", True)
    monkeypatch.setattr(run, "VENV", r"C:\Users\Ann Lee\goldthread\.venv")
    monkeypatch.setattr(run, "os", SimpleNamespace(path=ntpath))
    assert run.python() == r"C:\Users\Ann Lee\goldthread\.venv\Scripts\python.exe"
    assert run.site_packages() == r"C:\Users\Ann Lee\goldthread\.venv\Lib\site-packages"


def test_on_windows_ctrl_c_waits_for_the_program(run, monkeypatch):
    answers = [KeyboardInterrupt(), 3]

    def wait():
        answer = answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    monkeypatch.setattr(run, "WINDOWS", True)
    monkeypatch.setattr(run.subprocess, "Popen", lambda command: SimpleNamespace(wait=wait))
    assert run.become(["goldthread"]) == 3
