"""Documents and sentences checked through the API, for real."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from goldthread.api import checks
from goldthread.checking.job import LARGEST
from goldthread.core.checks.wording.verdict import LONGEST
from goldthread.core.report.check_record import CheckRecord
from tests.integration.web.test_check import PLAN, upload, word

CHECKS, WORDING = "/api/v1/checks", "/api/v1/wording"
ADVICE = """Speech and Language Therapy Advice
Name: Amara Okafor
Author: Grace Lin, Speech and Language Therapist
Date: 3 March 2026

Needs
Amara follows instructions of two words and needs pictures to follow longer ones.

Recommendations
- A speech and language therapist will work with Amara for 45 minutes three times a week.
- A teaching assistant will use visual timetables with Amara every day.
"""


def ask(client: Client, body: Any) -> Any:
    return client.post(WORDING, json.dumps(body), content_type="application/json")


def test_a_word_document_gives_its_record(client: Client):
    answer = client.post(CHECKS, {"document": upload("plan.docx", word()), "status": "final"})
    assert answer.status_code == 200, answer.content
    assert answer["Cache-Control"] == "no-store"
    assert "ETag" not in answer
    record = CheckRecord.model_validate(
        {k: v for k, v in answer.json().items() if k != "paragraphs"}
    )
    assert record.document.kind == "docx"
    assert record.document.status == "final"
    assert record.document.status_from == "told"
    assert any("would benefit from" in q.text for f in record.findings for q in f.quotes)


def test_advice_and_an_earlier_version_are_held_against_it(client: Client):
    earlier = PLAN.replace("45 minutes once a week", "45 minutes three times a week")
    answer = client.post(
        CHECKS,
        {
            "document": upload(),
            "advice": [upload("salt.txt", ADVICE), upload("ep.txt", ADVICE)],
            "previous": upload("before.txt", earlier),
        },
    )
    record = answer.json()
    assert {r["advice"]["document"] for r in record["advice"]} == {"salt.txt", "ep.txt"}
    assert {r["kind"] for r in record["advice"]} == {"need", "provision"}
    changed = [c for c in record["changes"] if c["turn"] != "unchanged"]
    assert any("once a week" in (c["after"] or {}).get("text", "") for c in changed)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.docx", b"", "empty"),
        ("broken.docx", b"PK\x03\x04 no zip", None),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, None),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(client: Client, name, data, code):
    answer = client.post(CHECKS, {"document": upload(name, data)})
    assert answer.status_code == 422
    body = answer.json()
    assert set(body) == {"error", "code", "suggestions"}
    assert name in body["error"]
    assert code is None or body["code"] == code


def test_a_bad_advice_report_is_named(client: Client):
    files = {"document": upload(), "advice": upload("ep.docx", b"PK\x03\x04 no zip")}
    answer = client.post(CHECKS, files)
    assert answer.status_code == 422
    assert "ep.docx" in answer.json()["error"]


def test_sizes_and_forms_are_refused(client: Client):
    large = client.post(CHECKS, {"document": upload("big.txt", b"x" * (LARGEST + 1))})
    assert large.status_code == 422
    assert large.json()["code"] == "too-large"
    assert client.post(CHECKS, {}).json()["code"] == "invalid-parameter"
    odd = client.post(CHECKS, {"document": upload(), "status": "nonsense"})
    assert odd.status_code == 422
    assert client.get(CHECKS).status_code == 405


def test_files_that_are_too_large_together_are_told_so(client: Client, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = client.post(CHECKS, {"document": upload()})
    assert answer.status_code == 422
    assert answer.json()["code"] == "too-large-together"


def test_when_all_places_are_taken_one_is_told_to_come_back(client: Client):
    for _ in range(checks.AT_ONCE):
        assert checks._places.acquire(blocking=False)
    try:
        answer = client.post(CHECKS, {"document": upload()})
    finally:
        checks._places.release(checks.AT_ONCE)
    assert answer.status_code == 503
    assert answer.json()["code"] == "busy"
    assert int(answer["Retry-After"]) > 0
    assert client.post(CHECKS, {"document": upload()}).status_code == 200


def test_one_sentence_and_many_are_judged_alike(client: Client):
    one = ask(client, {"kind": "provision", "text": "Regular input."})
    many = ask(client, {"kind": "provision", "items": ["Regular input."] * 3})
    assert one.status_code == many.status_code == 200
    assert many.json()["items"] == one.json()["items"] * 3
    judged = one.json()["items"][0]
    assert judged["verdict"] == "vague"
    assert "how often" in judged["missing"]
    assert any("Regular" in q for q in judged["quotes"])


def test_outcomes_are_judged_as_outcomes(client: Client):
    answer = ask(client, {"kind": "outcome", "text": "To improve social skills."})
    assert answer.json()["items"][0]["verdict"] == "not_smart"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"kind": "provision"}, "no-text"),
        ({"kind": "aspiration", "text": "x"}, "invalid-parameter"),
        ({"kind": "provision", "items": ["x"] * 201}, "invalid-parameter"),
        # Cut short, a long row would be judged by half of what it says.
        ({"kind": "provision", "text": "x" * (LONGEST + 1)}, "invalid-parameter"),
        ({"kind": "provision", "items": ["x" * (LONGEST + 1)]}, "invalid-parameter"),
    ],
)
def test_what_cannot_be_judged_is_refused(client: Client, body, code):
    answer = ask(client, body)
    assert answer.status_code == 422
    assert answer.json()["code"] == code


def test_two_hundred_of_the_longest_are_within_the_bounds(client: Client):
    answer = ask(client, {"kind": "provision", "items": ["e" * LONGEST] * 200})
    assert answer.status_code == 200
    assert len(answer.json()["items"]) == 200


def test_a_body_that_is_too_long_is_told_so(client: Client):
    answer = ask(client, {"kind": "provision", "items": ["x" * 1000] * 3000})
    assert answer.status_code == 422
    assert answer.json()["code"] == "too-long"
