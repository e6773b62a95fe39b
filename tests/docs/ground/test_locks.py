"""The pins: whole, hashed, for every system, and without the name of any host."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LOCKS = ("requirements.lock", "requirements-dev.lock")


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def pins(name):
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)(?: ;[^\\]*)? \\$", text(name), re.MULTILINE))


@pytest.mark.parametrize("name", LOCKS)
def test_no_host_is_named(name):
    assert not re.search(r"://|\.com|\.org|--index|--find-links", text(name))


@pytest.mark.parametrize("name", LOCKS)
def test_the_header_says_how_it_was_made(name):
    assert text(name).splitlines()[1] == "#    python3 run.py dev lock"


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_hashes(name):
    blocks = re.split(r"^(?=[a-z0-9])", text(name), flags=re.MULTILINE)[1:]
    assert len(blocks) > 30
    for block in blocks:
        assert re.match(r"[a-z0-9.-]+==[^ ]+", block), block
        assert "--hash=sha256:" in block, block


def test_the_developers_lock_holds_the_other_whole():
    run, develop = (
        set(re.findall(r"^[a-z0-9.-]+==\S+", text(name), re.MULTILINE)) for name in LOCKS
    )
    assert run <= develop


def test_every_dependency_is_pinned():
    import tomllib

    project = tomllib.loads(text("pyproject.toml"))
    asked = {re.match(r"[\w-]+", line)[0] for line in project["project"]["dependencies"]}
    assert asked <= pins("requirements.lock").keys()
    tools = {re.match(r"[\w-]+", line)[0] for line in project["dependency-groups"]["dev"]}
    assert tools <= pins("requirements-dev.lock").keys()


def test_the_starter_finds_the_pin_of_uv():
    spec = importlib.util.spec_from_file_location("starter", ROOT / "run.py")
    starter = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(starter)
    lines = starter.pinned("uv").splitlines()
    assert re.match(r"uv==[\d.]+ \\$", lines[0])
    assert len(lines) > 5
    assert all(line.lstrip().startswith("--hash=sha256:") for line in lines[1:])
    assert not lines[-1].endswith("\\")
