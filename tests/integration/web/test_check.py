"""Check a plan and try a sentence, as a client of the site; the documents are read for real."""

from __future__ import annotations

import io
import time

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from goldthread.checking import held as holding
from goldthread.checking.job import LARGEST
from tests.plans import SOUND

PLAN = "\n".join(
    [
        "Education, Health and Care Plan",
        "Name: Amara Okafor",
        "Date of birth: 4 May 2018",
        "Status: Final",
        *(line for letter, text in SOUND.items() for line in (f"Section {letter}", text)),
        "- Amara should have access to a key adult as and when required.",
    ]
).replace("Section G", "- Amara would benefit from regular input.\nSection G")


def upload(name: str = "plan.txt", text: str | bytes = PLAN) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def word(lines: str = PLAN) -> bytes:
    document = docx.Document()
    for line in lines.split("\n"):
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def checked(client: Client, *files: SimpleUploadedFile, **fields: object) -> str:
    """Uploads, waits, and returns the address of the check."""
    answer = client.post("/check/", {"plans": list(files), **fields})
    assert answer.status_code == 303, answer.content.decode()[:2000]
    address = answer["Location"]
    for _ in range(200):
        if client.get(f"{address}state.json").json()["finished"]:
            return address
        time.sleep(0.1)
    raise AssertionError("the check does not end")


def test_a_plan_is_shown_with_what_was_found_beside_its_words(client: Client):
    address = checked(client, upload())
    assert client.get(address)["Location"] == f"{address}1/"
    page = client.get(f"{address}1/")
    body = page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert page["X-Robots-Tag"] == "noindex"
    assert '<mark class="gt-mark">' in body
    assert "would benefit from" in body
    assert 'href="#note-1"' in body
    assert 'id="note-1"' in body
    assert 'id="mark-1"' in body
    assert "a person decides" in body.lower()


def test_every_download_opens(client: Client):
    address = checked(client, upload("plan.docx", word()))
    files = {}
    for name in ("comments", "report.html", "findings.xlsx", "findings.csv", "check.json",
                 "thread.svg"):  # fmt: skip
        answer = client.get(f"{address}1/{name}")
        assert answer.status_code == 200, name
        assert "attachment" in answer["Content-Disposition"]
        files[name] = answer.content
    comments = list(docx.Document(io.BytesIO(files["comments"])).comments)
    assert comments
    assert {c.author for c in comments} == {"Goldthread"}
    assert files["thread.svg"].startswith(b"<svg")
    assert client.get(f"{address}1/secrets").status_code == 404
    assert client.get(f"{address}2/comments").status_code == 404


def test_several_at_once_and_one_bad_file_harms_no_other(client: Client):
    bad = upload("broken.docx", b"PK\x03\x04 this is no zip")
    address = checked(client, upload("one.txt"), bad, upload("two.txt"))
    body = client.get(address).content.decode()
    assert body.count("/1/") == 1
    assert "/3/" in body
    assert "broken.docx" in body
    assert "Not read." in body
    assert client.get(f"{address}2/").status_code == 302


def test_a_newsletter_is_not_graded(client: Client):
    letter = "Northmere Primary School newsletter\nThe summer fair is on Saturday.\nBring cakes."
    address = checked(client, upload("news.txt", letter))
    body = client.get(f"{address}1/").content.decode()
    assert "does not look like an EHC plan" in body
    assert "Mend these first" not in body


def test_deleting_takes_it_away_at_once(client: Client):
    address = checked(client, upload())
    assert client.post(f"{address}delete").status_code == 200
    gone = client.get(f"{address}1/")
    assert gone.status_code == 404
    assert "30 minutes" in gone.content.decode()


def test_it_is_forgotten_after_half_an_hour(client: Client, monkeypatch: pytest.MonkeyPatch):
    address = checked(client, upload())
    later = time.monotonic() + holding.MINUTES * 60 + 1
    monkeypatch.setattr(holding.time, "monotonic", lambda: later)
    assert client.get(f"{address}1/").status_code == 404


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "Choose a plan to check"),
        ({"plans": [upload(f"{n}.txt") for n in range(21)]}, "at most 20 files"),
        (
            {"plans": [upload("a.txt"), upload("b.txt")], "advice": [upload("c.txt")]},
            "Choose one plan when you add advice",
        ),
        ({"plans": [upload()], "status": "nonsense"}, "Choose draft, final, amended"),
    ],
)
def test_wrong_forms_are_told_so(client: Client, files: dict[str, object], said: str):
    answer = client.post("/check/", files)
    assert answer.status_code == 400
    body = answer.content.decode()
    assert said in body
    assert "govuk-error-summary" in body


def test_a_file_that_is_too_large_is_refused_before_it_is_read(client: Client):
    answer = client.post("/check/", {"plans": upload("big.txt", b"x" * (LARGEST + 1))})
    assert answer.status_code == 400
    assert "larger than 50 MB" in answer.content.decode()


def test_names_of_files_are_shown_harmlessly(client: Client):
    address = checked(client, upload("../../<script>alert(1)</script>.txt"))
    body = client.get(f"{address}1/").content.decode()
    assert "<script>alert" not in body
    assert "../" not in body.split("<main")[1].split("<h1")[1].split("</h1>")[0]


@pytest.mark.parametrize(
    ("kind", "text", "verdict", "missing"),
    [
        ("provision", "Amara would benefit from regular input.", "leaves something open", "who"),
        ("outcome", "To improve social skills.", "not yet SMART", "measurable"),
    ],
)
def test_a_sentence_is_judged_without_scripts(
    client: Client, kind: str, text: str, verdict: str, missing: str
):
    body = client.post("/try/", {"kind": kind, "text": text}).content.decode()
    assert verdict in body
    assert missing in body
    answer = client.post("/try/answer", {"kind": kind, "text": text})
    assert verdict in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_an_empty_sentence_is_told_so(client: Client):
    answer = client.post("/try/", {"kind": "outcome", "text": "  "})
    assert answer.status_code == 400
    assert "Write a sentence to try" in answer.content.decode()
    assert client.post("/try/answer", {"text": ""}).status_code == 204


def test_a_sentence_is_shown_harmlessly(client: Client):
    body = client.post("/try/", {"text": "<script>regular</script> input"}).content.decode()
    assert "<script>regular" not in body
