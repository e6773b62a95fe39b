"""What every answer of the site has, before any figure is shown."""

import json
import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client, override_settings
from django.urls import path

from goldthread import __version__
from goldthread.config import urls
from goldthread.home import PACKAGE

pytestmark = pytest.mark.urls(__name__)


def fail(request):
    raise RuntimeError("planned")


def refuse(request):
    from django.core.exceptions import BadRequest

    raise BadRequest("planned")


urlpatterns = [path("test/fail", fail), path("test/refuse", refuse), urls.urlpatterns[0]]


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


def test_health_with_a_database(client, db):
    answer = client.get("/health")
    assert answer.status_code == 200
    assert json.loads(answer.content) == {"status": "ok", "version": __version__}
    assert answer["Cache-Control"] == "no-store"


def test_health_without_a_database(client, monkeypatch, caplog):
    def refuse_to_connect():
        raise OperationalError("planned")

    monkeypatch.setattr("goldthread.web.health.connection.cursor", refuse_to_connect)
    answer = client.get("/health")
    assert answer.status_code == 503
    assert json.loads(answer.content)["status"] == "database unreachable"
    assert "planned" not in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/nowhere", 404, "Page not found"),
        ("/test/refuse", 400, "Goldthread could not read that request"),
        ("/test/fail", 500, "Sorry, there is a problem"),
    ],
)
def test_error_pages(client, address, status, heading):
    answer = client.get(address)
    assert answer.status_code == status
    page = answer.content.decode()
    assert f"{heading}</h1>" in page
    assert "planned" not in page
    assert "Traceback" not in page
    assert re.search(r"<title>[^<]+ – Goldthread</title>", page)
    assert 'lang="en-GB"' in page


def test_the_headers_of_safety(client):
    answer = client.get("/nowhere")
    policy = dict(
        part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "Set-Cookie" not in answer


def test_another_host_is_refused(client):
    assert client.get("/nowhere", headers={"host": "evil.example"}).status_code == 400


def test_the_base_page_asks_nobody_else_and_has_no_inline_code():
    page = (PACKAGE / "web" / "templates" / "base.html").read_text(encoding="utf-8")
    links = re.findall(r"https?://([^/\"]+)", page)
    assert links == ["www.nationalarchives.gov.uk"], "a link to follow, not a file to load"
    assert not re.search(r"(?:src|<link[^>]*href)=\"(?!\{% static)", page)
    assert not re.search(r"<script>|style=|<style|onclick", page)


def test_collected_files_have_hashed_names_and_compressed_copies(tmp_path):
    storage = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    with override_settings(STATIC_ROOT=tmp_path, STORAGES={"staticfiles": storage}):
        call_command("collectstatic", verbosity=0, interactive=False)
    names = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    style = names["govuk/govuk-frontend.min.css"]
    assert re.fullmatch(r"govuk/govuk-frontend\.min\.[0-9a-f]{12}\.css", style)
    assert (tmp_path / f"{style}.gz").is_file()


def test_debug_is_off():
    assert settings.DEBUG is False
