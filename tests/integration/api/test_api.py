import csv
import io
import json

import pytest

from goldthread.core.benchmark.engine import Benchmark
from goldthread.core.report.record import document
from goldthread.readers import shared
from tests.builders import library

ROOT = "/api/v1"


def read(client, path, status=200, **query):
    response = client.get(f"{ROOT}{path}", query)
    assert response.status_code == status, response.content
    return response.json()


def rows(response):
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(response.content.decode(), newline="")))


def test_authorities_in_order_of_name(client):
    names = [a["name"] for a in read(client, "/authorities")["items"]]
    assert names == sorted(names)
    assert len(names) == 14


@pytest.mark.parametrize("text", ["701", "Northmere", "northmere", "E06999701"])
def test_one_authority_by_any_of_its_names(client, text):
    found = read(client, f"/authorities/{text}")
    assert (found["code"], found["region"]["name"]) == ("701", "The Vale")
    assert found["neighbours"]["dfe"][0] == "702"


def test_an_unknown_authority_is_told_near_names(client):
    found = read(client, "/authorities/Nrthmere", 404)
    assert found["code"] == "unknown-authority"
    assert "Northmere" in found["suggestions"]
    assert found["error"].startswith("No authority in England is called or coded “Nrthmere”.")


def test_an_abolished_authority_is_told_its_successors(client):
    found = read(client, "/authorities/799", 404)
    assert found["code"] == "abolished-authority"
    assert found["suggestions"] == ["713", "714"]


def test_measures_and_one_of_them(client, invented):
    items = read(client, "/measures")["items"]
    assert [m["id"] for m in items] == list(invented.measure_ids())
    found = read(client, "/measures/plans-per-1000")
    assert found["numerator"]["label"] == "plans"
    assert found["years"] == [2024, 2023, 2022, 2021, 2020, 2019]


def test_an_unknown_measure_is_told_near_ids(client):
    found = read(client, "/measures/plan-per-1000", 404)
    assert found["code"] == "unknown-measure"
    assert found["suggestions"] == ["plans-per-1000"]


def test_counts_by_filters(client):
    found = read(client, "/counts", measure="plans-in-20-weeks", authority="Northmere", year=2020)
    assert found["total"] == 1
    (row,) = found["items"]
    assert (row["numerator"], row["denominator"], row["value"]) == (126, 400, 31.5)
    assert (row["level"], row["name"]) == ("authority", "Northmere")


def test_a_missing_count_is_null_and_never_nought(client):
    (row,) = read(client, "/counts", measure="plans-in-20-weeks", authority="710", year=2024)[
        "items"
    ]
    assert (row["value"], row["numerator"], row["status"]) == (None, None, "unavailable")


def test_counts_of_england(client):
    found = read(client, "/counts", level="england")
    assert {row["name"] for row in found["items"]} == {"England"}


def test_counts_come_in_pages_that_lead_to_each_other(client):
    seen, path, query = [], "/counts", {"size": 50, "measure": "plans-per-1000"}
    response = client.get(f"{ROOT}{path}", query)
    while True:
        found = response.json()
        seen += [(r["year"], r["area"]) for r in found["items"]]
        if found["next"] is None:
            break
        assert found["next"] in response["Link"]
        response = client.get(found["next"])
    assert len(seen) == len(set(seen)) == found["total"] == 90


def test_counts_of_an_abolished_authority_are_allowed(client):
    assert read(client, "/counts", authority="799")["total"] == 0


def test_comparisons_say_what_the_command_line_says(client, invented):
    found = read(client, "/comparisons", authority="Northmere")
    place = invented.library.places.get("Northmere")
    peers = invented.comparator(place)
    made = document(place, peers, invented.compare_many(place, peers), invented.library)
    assert found == json.loads(json.dumps(made))


def test_chosen_measures_in_a_chosen_year(client):
    response = client.get(
        f"{ROOT}/comparisons?authority=701&measure=plans-per-1000&year=2021&peers=region"
    )
    (found,) = response.json()["measures"]
    assert (found["id"], found["year"]) == ("plans-per-1000", 2021)


def test_a_year_alone_gives_all_measures_with_figures_for_it(client):
    found = read(client, "/comparisons", authority="701", year=2019)["measures"]
    assert {m["year"] for m in found} == {2019}


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ({"authority": "Atlantis"}, 404, "unknown-authority"),
        ({"authority": ""}, 404, "unknown-authority"),
        ({"authority": "Oldshire"}, 404, "abolished-authority"),
        ({"authority": "701", "peers": "702,703"}, 400, "bad-comparator"),
        ({"authority": "701", "peers": "moon"}, 400, "bad-comparator"),
        ({"authority": "701", "measure": "luck"}, 404, "unknown-measure"),
        ({"authority": "701", "year": 1999}, 404, "no-figures-for-year"),
        ({"authority": "701", "measure": "plans-per-1000", "year": 2001}, 404,
         "no-figures-for-year"),
        ({"authority": "701", "year": "soon"}, 422, "invalid-parameter"),
        ({"authority": "701", "format": "xml"}, 422, "invalid-parameter"),
        ({"authority": "x" * 500}, 422, "invalid-parameter"),
        ({}, 422, "invalid-parameter"),
        ({"authority": "701", "measures": "plans-per-1000"}, 422, "unknown-parameter"),
    ],
)  # fmt: skip
def test_refusals_have_one_shape(client, query, status, code):
    found = read(client, "/comparisons", status, **query)
    assert set(found) == {"error", "code", "suggestions"}
    assert found["code"] == code
    assert found["error"].endswith((".", "?", "…"))


def test_a_misspelt_parameter_is_told_the_right_one(client):
    found = read(client, "/comparisons", 422, authority="701", measures="x")
    assert found["suggestions"] == ["measure"]


def test_an_unknown_address_is_refused_in_the_same_shape(client):
    assert read(client, "/children", 404)["code"] == "no-such-address"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_only_reads(client, method):
    response = getattr(client, method)(f"{ROOT}/authorities/701")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response.json()["code"] == "read-only"


def test_options_says_what_may_be_done(client):
    response = client.options(f"{ROOT}/counts")
    assert (response.status_code, response["Allow"]) == (204, "GET, HEAD, OPTIONS")


def test_head_is_get_without_the_body(client):
    got, head = (getattr(client, m)(f"{ROOT}/measures") for m in ("get", "head"))
    assert head.status_code == 200
    assert head.content == b""
    assert head["Content-Length"] == str(len(got.content))
    assert head["ETag"] == got["ETag"]


@pytest.mark.parametrize(
    "path",
    ["/authorities", "/authorities/701", "/measures", "/measures/plans-per-1000", "/sources",
     "/counts", "/comparisons?authority=701"],
)  # fmt: skip
def test_everything_has_a_tag_and_can_be_csv(client, path):
    first = client.get(f"{ROOT}{path}")
    again = client.get(f"{ROOT}{path}", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first["Cache-Control"] == "public, max-age=300"
    mark = "&" if "?" in path else "?"
    asked = client.get(f"{ROOT}{path}{mark}format=csv")
    accepted = client.get(f"{ROOT}{path}", headers={"accept": "text/csv"})
    assert rows(asked) == rows(accepted) != []
    assert accepted["ETag"] != first["ETag"]
    assert "Accept" in accepted["Vary"]


def test_tags_differ_between_addresses(client):
    tags = {client.get(f"{ROOT}{p}")["ETag"] for p in ("/measures", "/sources", "/authorities")}
    assert len(tags) == 3


def test_a_refusal_is_never_kept(client):
    response = client.get(f"{ROOT}/authorities/nowhere", headers={"if-none-match": "*"})
    assert response.status_code == 404
    assert response["Cache-Control"] == "no-store"
    assert "ETag" not in response


def test_no_cookie_is_set(client):
    assert not client.get(f"{ROOT}/authorities").cookies


def test_a_tag_made_weak_by_compression_still_counts(client):
    tag = client.get(f"{ROOT}/measures")["ETag"]
    response = client.get(f"{ROOT}/measures", headers={"if-none-match": f'"other", W/{tag}'})
    assert response.status_code == 304


def test_any_tag_will_do_for_a_good_answer_only(client):
    anything = {"if-none-match": "*"}
    assert client.get(f"{ROOT}/measures", headers=anything).status_code == 304
    assert client.get(f"{ROOT}/measures/luck", headers=anything).status_code == 404


def test_a_tag_does_not_turn_a_post_into_a_read(client):
    tag = client.get(f"{ROOT}/measures")["ETag"]
    assert client.post(f"{ROOT}/measures", headers={"if-none-match": tag}).status_code == 405


def test_tags_change_with_the_figures(client, invented, monkeypatch):
    before = client.get(f"{ROOT}/measures")["ETag"]
    anew = Benchmark(library(digest="another"))
    monkeypatch.setattr(shared, "_kept", None)
    monkeypatch.setattr(shared, "_make", lambda releases: anew)
    response = client.get(f"{ROOT}/measures", headers={"if-none-match": before})
    assert response.status_code == 200
    assert response["ETag"] != before
