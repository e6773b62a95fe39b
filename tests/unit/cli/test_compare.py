"""`goldthread compare` on the invented library; the real one is in tests/integration/cli."""

import csv
import io
import json
import re

import openpyxl
import pytest
from typer.testing import CliRunner

from goldthread.cli.main import app
from goldthread.core.benchmark.engine import Benchmark
from goldthread.readers import shared
from goldthread.readers.tables import TableError
from tests.builders import library

BENCHMARK = Benchmark(library())


@pytest.fixture(autouse=True)
def invented(monkeypatch):
    monkeypatch.setattr(shared, "_kept", None)
    monkeypatch.setattr(shared, "_make", lambda releases: BENCHMARK)


def run(*arguments):
    return CliRunner().invoke(app, ["compare", *arguments])


def good(*arguments):
    result = run(*arguments)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def refused(*arguments):
    """The one sentence of a refusal, after making sure that it is one."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    (sentence,) = result.stderr.splitlines()
    assert re.search(r"[.?]$", sentence)
    return sentence


@pytest.mark.parametrize("name", ["Northmere", "northmere", "701", "E06999701"])
def test_an_authority_by_any_of_its_names(name):
    assert good(name).startswith("NORTHMERE: EDUCATION, HEALTH AND CARE PLANS COMPARED")


def test_several_words_need_no_quotes():
    assert "KINGSBY UPON TARN" in good("Kingsby", "upon", "Tarn")


def test_json_is_what_the_benchmark_says():
    found = json.loads(good("Northmere", "--format", "json"))
    place = BENCHMARK.library.places.get("Northmere")
    made = BENCHMARK.compare_many(place, BENCHMARK.comparator(place))
    assert [m["id"] for m in found["measures"]] == [c.id for c in made]
    assert [m["value"] for m in found["measures"]] == [c.value for c in made]
    assert found["authority"]["code"] == "701"


def test_chosen_measures_and_peers():
    found = json.loads(
        good("701", "--measure", "plans-per-1000", "--peers", "702,703,704", "--format", "json")
    )
    assert [m["id"] for m in found["measures"]] == ["plans-per-1000"]
    assert [p["name"] for p in found["comparator"]["peers"]] == [
        "Southmere", "Eastmere", "Westmere",
    ]  # fmt: skip


def test_an_older_year():
    found = json.loads(good("701", "--year", "2020", "--format", "json"))
    assert {m["year"] for m in found["measures"]} == {2020}


def test_a_missing_figure_is_null_with_its_reason():
    found = json.loads(good("Elmby", "--measure", "plans-per-1000", "--format", "json"))
    (measure,) = found["measures"]
    assert (measure["value"], measure["state"]) == (None, "no figure")
    assert measure["note"] == "The source marks it as unavailable."


def test_csv_is_tidy():
    rows = list(csv.DictReader(io.StringIO(good("701", "--format", "csv").lstrip("\ufeff"))))
    assert {row["role"] for row in rows} == {
        "authority", "peer", "median of peers", "region", "England",
    }  # fmt: skip


@pytest.mark.parametrize("suffix", ["html", "json", "csv", "txt"])
def test_the_name_of_the_file_says_its_form(tmp_path, suffix):
    out = tmp_path / f"report.{suffix}"
    result = run("701", "--out", str(out))
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.endswith(f"Written: {out}\n")
    assert "Northmere" in out.read_text(encoding="utf-8")
    assert [p.name for p in tmp_path.iterdir()] == [out.name]


def test_a_workbook(tmp_path):
    good("701", "--format", "xlsx", "--out", str(tmp_path / "a.xlsx"))
    assert "Data" in openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["Nrthmere"], r"called or coded “Nrthmere”\. Did you mean Northmere"),
        (
            ["Oldshire"],
            r"^Oldshire \(799\) was abolished on .*Redbank \(713\) and Greybank \(714\)",
        ),
        (["799"], r"was abolished"),
        (["E10999799"], r"was abolished"),
        (["701", "--peers", "702,703"], r"needs 3 to 20 other authorities; this one has 2"),
        (["701", "--peers", "moon"], r"^“moon” is no group to compare with\."),
        (["701", "--peers", "702,703,799"], r"was abolished"),
        (["701", "--measure", "plans-per-100"], r"Did you mean plans-per-1000"),
        (
            ["701", "--measure", "plans-per-1000", "--year", "2001"],
            r"has no figures for 2001; it has",
        ),
        (["701", "--year", "2001"], r"^No measure has figures for 2001\.$"),
        (["701", "--format", "pdf"], r"^There is no format “pdf”; use one of text, json"),
        (["701", "--format", "xlsx"], r"--out FILE\.xlsx"),
        (["701", "--out", "nowhere/at/all.html"], r"the folder .* does not exist"),
    ],
)
def test_refusals_are_one_sentence(arguments, sentence):
    assert re.search(sentence, refused(*arguments))


def test_when_it_cannot_write_the_earlier_file_stays(tmp_path, monkeypatch):
    out = tmp_path / "report.json"
    out.write_text("earlier", encoding="utf-8")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    assert "no space left on device" in refused("701", "--out", str(out))
    assert out.read_text(encoding="utf-8") == "earlier"
    assert [p.name for p in tmp_path.iterdir()] == [out.name]


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (TableError("la_reference.csv has no column old_la_code."), "la_reference.csv has no"),
        (PermissionError(13, "Permission denied", "/data"), "The figures cannot be read: Perm"),
    ],
)
def test_figures_that_cannot_be_read_are_one_sentence(monkeypatch, error, sentence):
    def fail(releases):
        raise error

    monkeypatch.setattr(shared, "_make", fail)
    result = run("701")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(sentence)
    assert result.stderr.count("\n") == 1
