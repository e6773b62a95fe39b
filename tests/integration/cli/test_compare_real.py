"""`goldthread compare` as a person runs it: the whole program on the real published figures."""

import json
import os
import re
import subprocess
import sys

import pytest

EXPECTED_ENGLAND = {2019: 58.7, 2020: 55.6, 2021: 57.9, 2022: 47.7, 2023: 49.1, 2024: 45.9}
"""Published: share of new plans issued within 20 weeks, with exceptions."""


@pytest.fixture(scope="session")
def run(home):
    """Runs `goldthread compare` with these arguments in a process of its own."""

    def compare(*arguments, **options):
        return subprocess.run(
            [sys.executable, "-W", "error", "-m", "goldthread", "compare", *arguments],
            env={**os.environ, "GOLDTHREAD_HOME": str(home), "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
            **options,
        )

    return compare


def test_a_director_gets_the_findings_first(run):
    done = run("Leeds")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("LEEDS: ")
    assert done.stdout.index("WHAT STANDS OUT") < done.stdout.index("TIMELINESS")
    assert max(map(len, re.sub(r"https?://\S+", "", done.stdout).splitlines())) <= 80


def test_json_has_every_measure_without_not_a_number(run):
    done = run("York", "--format", "json")

    def refuse(constant):
        raise AssertionError(f"{constant} is no JSON")

    found = json.loads(done.stdout, parse_constant=refuse)
    assert found["authority"]["code"] == "816"
    assert len(found["measures"]) >= 45
    quick = next(m for m in found["measures"] if m["id"] == "plans-within-20-weeks")
    england = {p["year"]: round(p["value"], 1) for p in quick["trend"]["england"]}
    assert england == EXPECTED_ENGLAND


def test_one_self_contained_page(run, tmp_path):
    out = tmp_path / "hull.html"
    done = run("Kingston", "upon", "Hull", "--peers", "ons", "--out", str(out))
    assert done.returncode == 0
    assert done.stdout == ""
    page = out.read_text(encoding="utf-8")
    assert len(page.encode()) < 3_000_000
    assert not re.search(r"<script|<link|<img|<iframe|\bsrc=|@import|url\((?!#)", page)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_an_abolished_authority_says_into_what_it_went(run):
    done = run("Cumbria")
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(
        r"Cumbria \(909\) was abolished on .*Cumberland \(942\).*"
        r"Westmorland and Furness \(943\): use one of those\.\n",
        done.stderr,
    )


def test_it_starts_neither_django_nor_a_database(home):
    code = (
        "import sys; from goldthread.cli.main import app\n"
        "app(['compare', '383', '--format', 'json'], standalone_mode=False)\n"
        "heavy = {'django', 'ninja', 'psycopg', 'goldthread.records'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    env = {**os.environ, "GOLDTHREAD_HOME": str(home)}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_a_reader_who_stops_early_is_no_error(home):
    env = {**os.environ, "GOLDTHREAD_HOME": str(home)}
    command = [sys.executable, "-m", "goldthread", "compare", "383", "--format", "json"]
    with subprocess.Popen(
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as program:
        program.stdout.read(10)
        program.stdout.close()
        said = program.stderr.read()
    assert (program.returncode, said) == (0, b"")
