"""Settings from the environment: typed, safe when nothing is set, one sentence when wrong."""

import os
import stat
import sys

import pytest

from goldthread.config.environment import parse_url, read_environment
from goldthread.records.postgres import Address
from goldthread.records.secret import kept_secret


@pytest.fixture(autouse=True)
def empty(monkeypatch, tmp_path):
    for name in list(os.environ):
        if name.startswith(("GOLDTHREAD_", "DATABASE_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("GOLDTHREAD_HOME", str(tmp_path / "home"))


def test_nothing_set_is_safe(tmp_path):
    found = read_environment()
    assert found.debug is False
    assert found.https is False
    assert found.hosts == ("127.0.0.1", "localhost", "[::1]")
    assert len(found.secret_key) >= 50
    assert (found.app.user, found.owner.user) == ("goldthread_app", "goldthread_owner")
    assert found.app.password != found.owner.password
    assert found.home == tmp_path / "home"


def test_secrets_are_not_shown():
    found = read_environment()
    for secret in (found.secret_key, found.app.password, found.owner.password):
        assert secret not in repr(found)


def test_a_secret_is_kept_and_private(tmp_path):
    path = tmp_path / "secret"
    first = kept_secret(path)
    assert kept_secret(path) == first
    assert len(first) >= 50
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [item.name for item in tmp_path.iterdir()] == ["secret"]


def test_a_secret_cut_off_while_written_is_made_again(tmp_path):
    path = tmp_path / "secret"
    path.write_text("")
    assert len(kept_secret(path)) >= 50


def test_a_file_system_without_links(tmp_path, monkeypatch):
    def refuse(*paths):
        raise PermissionError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    first = kept_secret(tmp_path / "secret")
    assert kept_secret(tmp_path / "secret") == first


@pytest.mark.parametrize(
    ("value", "expected"), [("1", True), ("TRUE", True), ("on", True), ("0", False), ("no", False)]
)
def test_truths(monkeypatch, value, expected):
    monkeypatch.setenv("GOLDTHREAD_HTTPS", value)
    assert read_environment().https is expected


def test_hosts_are_a_list(monkeypatch):
    monkeypatch.setenv("GOLDTHREAD_HOSTS", "send.example, www.send.example,")
    assert read_environment().hosts == ("send.example", "www.send.example")


def test_a_database_url():
    assert parse_url("postgresql://me%40x:p%2Fw@db.example:6000/gold%20thread") == Address(
        "db.example", 6000, "gold thread", "me@x", "p/w"
    )
    assert parse_url("postgres://me@db/x").port == 5432


def test_one_url_is_used_for_both_roles(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:pw@db/x")
    found = read_environment()
    assert found.app == found.owner


@pytest.mark.parametrize(
    "url",
    ["", "mysql://me@db/x", "postgresql://db/x", "postgresql://me@db", "postgresql://me@db:no/x"],
)
def test_a_wrong_url_is_not_repeated(url):
    with pytest.raises(
        ValueError, match=r"must look like postgresql://user:password@host"
    ) as caught:
        parse_url(url)
    assert not url or url not in str(caught.value)


def test_how_messages_are_sent():
    from goldthread.config.accounts import mail_settings

    assert mail_settings("")["EMAIL_BACKEND"].endswith("dummy.EmailBackend")
    assert mail_settings("console:")["EMAIL_BACKEND"].endswith("console.EmailBackend")
    assert mail_settings("file:///var/mail/out")["EMAIL_FILE_PATH"] == "/var/mail/out"
    found = mail_settings("smtps://post%40send.example:s%2Fcret@mail.example")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example", 465)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == (
        "post@send.example",
        "s/cret",
    )
    assert (found["EMAIL_USE_SSL"], found["EMAIL_USE_TLS"]) == (True, False)
    for wrong in ("mail.example", "http://mail.example", "smtp://"):
        with pytest.raises(ValueError, match="GOLDTHREAD_EMAIL_URL must look like"):
            mail_settings(wrong)
