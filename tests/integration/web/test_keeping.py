"""ETags, 304, HEAD, and pictures that may be kept for ever."""

import pytest
from django.test import Client

from goldthread.web import answers
from goldthread.web.answers import Pages

PLACE = "/authorities/birmingham/"
MEASURE = f"{PLACE}measures/plans-within-20-weeks/"


@pytest.mark.parametrize("address", ["/", PLACE, MEASURE, "/england/", f"{MEASURE}dot.svg"])
def test_the_same_page_is_not_sent_twice(client: Client, address):
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == first["ETag"]


def test_tags_differ_by_address_figures_and_code(client: Client, monkeypatch):
    def tag(address: str) -> str:
        return client.get(address)["ETag"]

    assert tag(PLACE) != tag(f"{PLACE}?peers=ons")
    before = tag(PLACE)
    monkeypatch.setattr(answers, "code_version", lambda: "another")
    assert tag(PLACE) != before


def test_a_stale_or_wild_tag_gets_the_page(client: Client):
    for tag in ('"nonsense"', "*"):
        assert client.get(PLACE, headers={"if-none-match": tag}).status_code == 200
    missing = client.get("/authorities/narnia/", headers={"if-none-match": "*"})
    assert missing.status_code == 404


@pytest.mark.parametrize("address", ["/", MEASURE, f"{MEASURE}dot.svg", f"{PLACE}comparison.csv"])
def test_head_has_the_headers_and_no_body(client: Client, address):
    whole = client.get(address)
    head = client.head(address)
    assert head.status_code == 200
    assert head.content == b""
    assert int(head["Content-Length"]) == len(whole.content)
    assert head["Content-Type"] == whole["Content-Type"]
    assert client.get(address).content == whole.content, "HEAD must not empty what is kept"


def test_pictures_named_by_edition_are_kept_for_ever(client: Client, benchmark):
    edition = answers.edition(benchmark)
    kept = client.get(f"{MEASURE}trend.svg?v={edition}")
    assert kept["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get(f"{MEASURE}trend.svg?v=old")["Cache-Control"] == "public, no-cache"
    html = client.get(MEASURE).content.decode()
    assert f"dot.svg?v={edition}" in html


@pytest.mark.parametrize("kind", ["dot", "trend", "funnel"])
@pytest.mark.parametrize(("ending", "mime"), [("svg", "image/svg+xml"), ("png", "image/png")])
def test_each_picture_in_each_form(client: Client, kind, ending, mime):
    answer = client.get(f"{MEASURE}{kind}.{ending}?size=narrow")
    assert answer.status_code == 200
    assert answer["Content-Type"] == mime
    assert f"birmingham-plans-within-20-weeks-2024-{kind}.{ending}" in answer["Content-Disposition"]


def test_finished_pages_are_kept_within_bounds():
    from django.http import HttpResponse

    pages = Pages(100)
    for i in range(10):
        pages.keep(str(i), HttpResponse(b"x" * 30))
    assert [i for i in range(10) if pages.get(str(i))] == [7, 8, 9]
    pages.keep("large", HttpResponse(b"x" * 101))
    assert pages.get("large") is None


def test_no_page_asks_the_database(client: Client):
    """pytest-django lets no test without the `db` fixture touch one; this is such a test."""
    assert client.get(PLACE).status_code == 200
