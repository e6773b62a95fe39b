"""A plan that is checked goes nowhere: not to disk, not to logs, not to another site's page."""

from __future__ import annotations

import logging

import pytest
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client

from goldthread.checking.job import LARGEST
from goldthread.web.views import check_files
from tests.integration.web.test_check import checked, upload, word

ELSEWHERE = {"HTTP_ORIGIN": "https://elsewhere.example"}


@pytest.fixture
def no_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("an upload was written to the disk")

    monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", refuse)


@pytest.mark.parametrize("address", ["/check/", "/try/", "/try/answer"])
@pytest.mark.parametrize(
    "headers", [ELSEWHERE, {"HTTP_SEC_FETCH_SITE": "cross-site"}, {"HTTP_ORIGIN": "null"}]
)
def test_a_form_of_another_site_does_nothing(client: Client, address, headers):
    answer = client.post(address, {"plans": upload(), "text": "Regular input."}, **headers)
    assert answer.status_code == 403
    assert "another site" in answer.content.decode()


def test_another_site_cannot_delete_even_with_the_address(client: Client):
    address = checked(client, upload())
    assert client.post(f"{address}delete", **ELSEWHERE).status_code == 403
    assert client.get(f"{address}1/").status_code == 200
    own = {"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "same-origin"}
    assert client.post(f"{address}delete", **own).status_code == 200


def test_no_cookie_is_set_and_no_page_is_kept(client: Client):
    address = checked(client, upload())
    for path in ("/check/", address, f"{address}1/", f"{address}state.json", "/try/"):
        answer = client.get(path)
        assert not answer.cookies
        assert answer["Cache-Control"] == "no-store"
        assert answer["X-Robots-Tag"] == "noindex"
        assert answer["Referrer-Policy"] == "same-origin"
        assert "ETag" not in answer


@pytest.mark.usefixtures("no_disk")
def test_a_large_document_is_read_without_the_disk(client: Client):
    large = word() + b"\0" * (3 * 1024 * 1024)  # Django's own default writes from 2.5 MB on
    address = checked(client, upload("large.docx", large))
    assert client.get(f"{address}1/").status_code in (200, 302)


@pytest.mark.usefixtures("no_disk")
def test_of_a_file_that_is_too_large_no_byte_is_kept(client: Client, monkeypatch):
    seen = []

    def take(plans, *_):
        seen.extend((f.size, len(f.read())) for f in plans)
        return "Choose another"

    monkeypatch.setattr("goldthread.web.views.check._wrong", take)
    client.post("/check/", {"plans": upload("big.txt", b"x" * (LARGEST + 1))})
    assert seen == [(LARGEST + 1, 0)]


def test_too_much_together_is_told_and_not_read(client: Client, settings, monkeypatch):
    monkeypatch.setattr("goldthread.web.views.check.MOST_UPLOAD", 1000)
    answer = client.post("/check/", {"plans": upload()})
    assert answer.status_code == 413
    assert "MB together" in answer.content.decode()


def test_logs_hold_nothing_of_the_document(client: Client, caplog, monkeypatch):
    """Not even when a fault of ours has the document's words in it."""
    address = checked(client, upload("Amara Okafor.docx", word()))

    def broken(*_: object) -> None:
        raise ValueError("Amara cannot be written")

    monkeypatch.setattr(check_files, "checked_html", broken)
    with caplog.at_level(logging.DEBUG):
        answer = client.get(f"{address}1/report.html")
        client.get(f"{address}1/")
        client.post("/try/", {"text": "Amara would benefit from support."})
    assert answer.status_code == 500
    assert "ValueError" in answer.content.decode()
    assert "cannot be written" not in answer.content.decode()
    said = "\n".join(f"{r.getMessage()} {r.exc_text or ''}" for r in caplog.records)
    assert "Amara" not in said
    assert "Traceback" not in said


@pytest.mark.parametrize("token", ["x" * 32, "%00", "🦊"])
def test_a_guessed_address_is_gone(client: Client, token):
    answer = client.get(f"/check/{token}/1/")
    assert answer.status_code == 404
    assert answer["Cache-Control"] == "no-store" or "check" not in answer.content.decode()


def test_several_server_processes_say_so(client: Client, monkeypatch):
    monkeypatch.setenv("GOLDTHREAD_WORKERS", "2")
    for answer in (client.get("/check/"), client.post("/check/", {"plans": upload()})):
        assert answer.status_code == 503
        assert "several server processes" in answer.content.decode()
