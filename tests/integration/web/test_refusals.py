"""Wrong, unknown, abolished, hostile: one clear sentence with the right status, never a failure."""

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.integration.web.reading import read

PLACE = "/authorities/birmingham/"
MEASURE = f"{PLACE}measures/plans-within-20-weeks/"


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/find?q=", 400, "Type the name or code of an authority"),
        ("/find?q=Birmingam", 404, "Did you mean: Birmingham"),
        ("/find?q=zzzz", 404, "No authority is called or coded “zzzz”"),
        ("/find?q=Cumbria", 410, "Cumbria no longer exists"),
        ("/find?q=928", 410, "North Northamptonshire"),
        ("/authorities/narnia/", 404, "No authority is called or coded “narnia”"),
        ("/authorities/cumbria/", 410, "Westmorland and Furness"),
        (f"{PLACE}?peers=nonsense", 400, "“nonsense” is no group to compare with"),
        (f"{PLACE}?peers=301,302", 400, "needs 3 to 20 other authorities"),
        (f"{PLACE}?peers=301,302,zzz", 400, "zzz"),
        (f"{PLACE}group/?go=1&peer=301", 400, "needs 3 to 20 other authorities"),
        (f"{PLACE}measures/plans-within-20-week/", 404, "Did you mean plans-within-20-weeks"),
        (f"{MEASURE}?year=1900", 404, "has no figures for 1900"),
        (f"{MEASURE}?year=20x5", 400, "must be four digits"),
        (f"{MEASURE}?year=-2024", 400, "must be four digits"),
        (f"{MEASURE}dot.svg?size=huge", 400, "must be one of wide, narrow"),
        (f"{PLACE}measures/dsg-balance/funnel.svg", 404, "can have no picture of this kind"),
        ("/compare/?a=birmingham", 400, "Choose from 2 to 10 different authorities; 1 is chosen"),
        ("/compare/?a=birmingham&a=330", 400, "1 is chosen"),
        (
            "/compare/?" + "&".join(f"a={n}" for n in (301, 302, 303, 304, 305, 306, 307, 308, 309,
                                                       310, 311)),
            400,
            "11 are chosen",
        ),
        ("/compare/?a=birmingham&a=narnia", 400, "called or coded “narnia”"),
        ("/compare/?a=birmingham&a=leeds&measure=nonsense", 404, "No measure is called"),
        ("/measures/nonsense/", 404, "No measure is called “nonsense”"),
        ("/measures/plans-within-20-weeks/?sort=evil", 400, "must be one of"),
        ("/nowhere", 404, "Page not found"),
    ],
)  # fmt: skip
def test_one_sentence_and_the_right_status(client: Client, address, status, said):
    answer = client.get(address)
    assert answer.status_code == status
    page = read(answer)
    assert said in page.words
    assert page.open == []
    assert page.inline == []
    assert "Traceback" not in page.words
    assert "ETag" not in answer


HOSTILE = [
    "%00", "%0d%0aX: y", "<script>alert(1)</script>", "'; DROP TABLE", "../../etc/passwd", "%ff%fe",
    "a" * 5000, "{{7*7}}", "%E2%80%AE", "٣٠١,٣٠٢,٣٠٣", "1e999", "own:", ",,,,", "own:own:301",
    "\ud800".encode("utf-8", "surrogatepass").hex("%"),
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    "address",
    [
        "/find?q={}", PLACE + "?peers={}", MEASURE + "?year={}", MEASURE + "?peers={}",
        MEASURE + "dot.svg?peers={}&size={}", "/compare/?a={}&a=leeds",
        "/compare/?a=birmingham&a=leeds&measure={}", "/authorities/{}/", "/measures/{}/",
        "/measures/plans-within-20-weeks/?sort={}&year={}", PLACE + "measures/{}/",
        PLACE + "group/?peer={}&measure={}", "/england/?{}={}", PLACE + "report.html?peers={}",
    ],
)  # fmt: skip
def test_hostile_addresses_never_break_it(client: Client, address, text):
    answer = client.get(address.replace("{}", text))
    assert answer.status_code in (200, 301, 302, 400, 404, 410)
    assert b"<script>alert" not in answer.content
    assert "\n" not in answer.get("Location", "")
    if answer.status_code in (301, 302):
        assert answer["Location"].startswith("/")
        assert not answer["Location"].startswith("//")


@settings(max_examples=60, deadline=None)
@given(peers=st.text(max_size=60), year=st.text(max_size=8), q=st.text(max_size=60))
def test_any_text_is_answered(peers, year, q):
    client = Client()
    for address, query in ((MEASURE, {"peers": peers, "year": year}), ("/find", {"q": q})):
        answer = client.get(address, query)
        assert answer.status_code in (200, 302, 400, 404, 410)


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pages_can_only_be_read(client: Client, method):
    answer = getattr(client, method)(PLACE)
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"


def test_what_was_asked_for_is_shown_as_text(client: Client):
    html = client.get("/find", {"q": "<b>Bold</b>"}).content.decode()
    assert "&lt;b&gt;Bold&lt;/b&gt;" in html
    assert "<b>Bold" not in html


def test_unknown_parameters_do_no_harm(client: Client):
    """Mail programs add their own; the page is the same."""
    assert client.get(f"{PLACE}?utm_source=mail").status_code == 200
