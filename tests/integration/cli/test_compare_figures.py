"""What `compare` shows of the real figures, in this process."""

import json

import pytest
from typer.testing import CliRunner

from goldthread.cli.main import app

KEYS = {
    "id", "title", "period", "value", "numerator", "denominator", "low", "high", "peer_median",
    "peers_used", "england", "rank_low", "rank_high", "rank_of", "state", "sentence", "trend",
    "caveats", "source",
}  # fmt: skip


def compare(*arguments):
    result = CliRunner().invoke(app, ["compare", *arguments, "--format", "json"])
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("North Yorkshire", "815"),
        ("E10000023", "815"),
        ("E06000065", "815"),
        ("Barnsley", "370"),
        ("E08000016", "370"),
        ("E08000038", "370"),
        ("Kingston upon Hull", "810"),
        ("bournemouth christchurch and poole", "839"),
    ],
)
def test_names_and_codes_old_and_new(text, code):
    found = compare(text, "--measure", "plans-within-20-weeks")
    assert found["authority"]["code"] == code


@pytest.mark.parametrize("peers", ["dfe", "dfe-2021", "ons", "region", "england", "301,302,303"])
def test_every_measure_has_every_key_beside_any_peers(peers):
    found = compare("383", "--peers", peers)
    assert "383" not in [p["code"] for p in found["comparator"]["peers"]]
    for measure in found["measures"]:
        assert set(measure) >= KEYS
        assert measure["value"] is not None or measure["state"] == "no figure" or measure["text"]


@pytest.mark.parametrize("code", ["201", "420"])
def test_the_two_smallest_are_never_ranked(code):
    for measure in compare(code, "--peers", "england")["measures"]:
        assert measure["rank_low"] is measure["rank_high"] is None
        assert measure["state"] in ("own result only", "not compared", "no figure")


def test_a_rank_is_always_a_range_with_its_size():
    for measure in compare("383")["measures"]:
        if measure["rank_low"] is not None:
            assert 1 <= measure["rank_low"] <= measure["rank_high"] <= measure["rank_of"]


def test_an_interval_holds_its_value():
    for measure in compare("816")["measures"]:
        if measure["low"] is not None:
            assert measure["low"] <= measure["value"] <= measure["high"]


@pytest.mark.parametrize("text", ["", "   ", "\x1b[31mLeeds", "council", "0", "=1+1", "x" * 5000])
def test_a_name_that_is_none_is_refused_in_one_sentence(text):
    result = CliRunner().invoke(app, ["compare", text])
    assert (result.exit_code, result.stdout) == (2, "")
    (sentence,) = result.stderr.splitlines()
    assert sentence.startswith("No authority in England is called or coded")
    assert sentence.isprintable()
