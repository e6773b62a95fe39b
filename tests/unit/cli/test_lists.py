"""`goldthread lists`: counts and sentences, nobody's name."""

import datetime as dt
import json

import pytest
from typer.testing import CliRunner

from goldthread.cli.main import app
from goldthread.simulation.lists import invented_list, invented_people

DAY = dt.date(2026, 1, 15)


def run(*words):
    return CliRunner().invoke(app, ["lists", *map(str, words)])


@pytest.fixture
def files(tmp_path):
    found = []
    for name, data in invented_list("sen2-csv", "301", 30, 1, DAY):
        (tmp_path / name).write_bytes(data)
        found.append(tmp_path / name)
    return found


def test_counts_for_machines(files):
    result = run(*files, "--format", "json", "--authority", "301")
    told = json.loads(result.stdout)
    people = invented_people(30, 1, DAY)
    assert (told["format"], told["authority"], told["read"]) == ("sen2-csv", "301", 30)
    assert told["current"] == sum(p.ceased_on is None for p in people)
    assert sum(told["needs"].values()) == told["current"]


def test_nothing_that_is_printed_points_at_a_person(files):
    text = run(*files).stdout + run(*files, "--format", "json").stdout
    assert "30 read" in text
    for person in invented_people(30, 1, DAY):
        assert person.upn not in text
        assert person.surname not in text
        assert person.born.isoformat() not in text


def test_rows_are_named_for_what_was_refused(tmp_path):
    path = tmp_path / "l.csv"
    path.write_text("Reference,DOB\n" + "".join(f"A{n},01/01/1990\n" for n in range(9)))
    result = run(path)
    assert "Refused (9): born: Nobody of 26 or over has a plan" in result.stdout
    assert "row 2, row 3, row 4, row 5, row 6 and 4 more" in result.stdout


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("nowhere.csv",), 1, "cannot be read"),
        (("--format", "pdf"), 2, "no format"),
        (("--mapping", "nowhere.yaml"), 2, "nowhere.yaml"),
        (("--authority", "302"), 1, "302"),
    ],
)
def test_wrong_use_and_what_cannot_be_read(files, words, code, said):
    result = run(*files, *words)
    assert result.exit_code == code
    assert said in result.output
    assert "Traceback" not in result.output


def test_a_mapping_from_a_file(tmp_path):
    (tmp_path / "m.yaml").write_text("columns: {local_id: Code}\n")
    (tmp_path / "l.csv").write_text("Code,Other\nA,b\n")
    result = run(tmp_path / "l.csv", "--mapping", tmp_path / "m.yaml")
    assert result.exit_code == 0
    assert "1 plans in force" in result.stdout
