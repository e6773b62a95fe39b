"""The standard as pages: every question by section, by who answers, and by itself."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.html import escape

from goldthread.readers.frameworks import shared_framework

CRITERIA = shared_framework().criteria


def test_every_question_is_on_both_indexes(client: Client):
    for path in ("/standard/", "/standard/by-role/"):
        body = client.get(path).content.decode()
        assert [c.id for c in CRITERIA if f'href="/standard/{c.id}/"' not in body] == []


@pytest.mark.parametrize("criterion", CRITERIA, ids=lambda c: c.id)
def test_a_question_says_why_and_what_is_not_confirmed(client: Client, criterion):
    answer = client.get(f"/standard/{criterion.id}/")
    assert answer.status_code == 200
    body = answer.content.decode()
    assert escape(criterion.question) in body
    assert ("not yet confirmed" in body) == any(not law.confirmed for law in criterion.law)


@pytest.mark.parametrize("wrong", ["F99-nothing", "<script>", "by-role.html"])
def test_what_is_no_question_is_told_so(client: Client, wrong: str):
    answer = client.get(f"/standard/{wrong}/")
    assert answer.status_code == 404
    assert "no such question" in answer.content.decode()
