import json
import math

import pytest

from goldthread.core.benchmark.engine import Benchmark
from goldthread.core.report.record import ROW, clean, document, measure_record, tidy_rows
from goldthread.writers.json import json_text
from tests.builders import authority, comparator, comparison, library, silent

CONTRACT = {
    "id", "title", "period", "value", "numerator", "denominator", "low", "high", "peer_median",
    "peers_used", "england", "rank_low", "rank_high", "rank_of", "state", "sentence", "trend",
    "caveats", "source",
}  # fmt: skip


def test_every_measure_has_the_keys_of_the_contract():
    record = measure_record(comparison())
    assert set(record) >= CONTRACT
    assert set(record["trend"]) >= {"direction", "sentence", "points", "breaks"}
    assert set(record["trend"]["points"][0]) == {
        "year", "period", "value", "low", "high", "status", "note",
    }  # fmt: skip


def test_values_are_the_comparisons_own():
    c = comparison()
    record = measure_record(c)
    for name in ("value", "low", "high", "numerator", "denominator", "peer_median", "england"):
        assert record[name] == getattr(c, name)
    assert record["state"] == "clearly above"
    assert record["sentence"] == c.sentence.text


def test_missing_is_null_and_never_nought():
    record = measure_record(silent())
    missing = [k for k in CONTRACT if record[k] is None]
    assert {"value", "low", "high", "numerator", "denominator", "peer_median"} <= set(missing)
    assert record["trend"]["points"][0]["value"] is None
    assert 0 not in [record[k] for k in missing]


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_becomes_null(value):
    assert clean(value) is None
    assert measure_record(comparison(value=value))["value"] is None


def test_document_is_json_with_measures_at_the_top():
    found = document(authority(), comparator(), [comparison(), silent()], library())
    read = json.loads(json_text(found))
    assert read == found
    assert [m["id"] for m in read["measures"]] == ["plans-in-20-weeks", "plans-per-1000"]
    assert read["generated_from"]["digest"] == library().digest
    assert read["generated_from"]["sources"][0]["id"] == "invented-plans"
    assert [p["code"] for p in read["comparator"]["peers"]] == list(comparator().peers)


def test_json_refuses_what_is_no_number():
    with pytest.raises(ValueError):
        json_text({"value": math.nan})


def test_document_says_what_the_benchmark_says():
    benchmark = Benchmark(library())
    place = benchmark.library.places.get("Northmere")
    peers = benchmark.comparator(place)
    found = benchmark.compare_many(place, peers)
    read = json.loads(json_text(document(place, peers, found, benchmark.library)))
    for c, record in zip(found, read["measures"], strict=True):
        assert (record["value"], record["low"], record["high"]) == (c.value, c.low, c.high)
        assert record["rank_low"] == c.rank_low
        assert [p["value"] for p in record["trend"]["points"]] == [p.value for p in c.trend.points]


def test_a_tidy_row_for_the_authority_each_peer_the_median_the_region_and_england():
    c = comparison()
    rows = tidy_rows(authority(), [c])
    assert all(list(row) == ROW for row in rows)
    roles = [row["role"] for row in rows]
    assert roles == ["authority", *["peer"] * len(c.peers), "median of peers", "region", "England"]
    thornby = next(row for row in rows if row["name"] == "Thornby")
    assert thornby["value"] is None
    assert thornby["status"] == "unavailable"
