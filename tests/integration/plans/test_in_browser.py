"""These pages in a real browser, wide and narrow: axe finds nothing, nothing scrolls sideways.

The pages come from Django's own client, in this test's transaction, so that nothing need be
committed; the browser gets them with their headers, the content policy included.
"""

import re

import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from goldthread.records.models import Document, Plan
from goldthread.records.scope import scope
from tests.functional.conftest import DESK, SMALLEST, Faults, accessible, fits
from tests.integration.plans.given import SAMPLES, a_plan, an_upload
from tests.people import NORTH, a_person, client_of

pytestmark = pytest.mark.browser
SITE = "http://localhost"
"""An origin that the browser trusts; nothing listens there that is asked."""
BASE = f"/work/{NORTH}/"


@pytest.fixture
def show(chromium):
    """`show(answer, size)` opens an answer of Django's client in this test's browser profile."""
    context, faults, shown = chromium.new_context(), Faults(), []
    page = context.new_page()
    faults.listen(page, SITE)
    page.route("**/*", lambda route: _fulfil(route, shown[-1]))

    def open_answer(answer, size):
        shown.append(answer)
        page.set_viewport_size(size)
        page.goto(f"{SITE}/page")
        return page

    yield open_answer
    context.close()
    assert faults == []


def _fulfil(route, answer):
    path = route.request.url.removeprefix(SITE)
    if path == "/page":
        route.fulfill(status=200, headers=dict(answer.items()), body=answer.content)
        return
    if path == "/state.json":
        route.fulfill(json={"done": 0, "of": 1, "finished": False, "said": ""})
        return
    found = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
    if found:
        route.fulfill(path=found)
    else:
        route.fulfill(status=404, body="")


@pytest.fixture
def pages(at_once):
    """Name -> answer: every page, full and empty, right and wrong."""
    lead, writer = client_of(a_person("quality-lead")), a_person("plan-writer")
    manager = client_of(a_person("send-manager"))
    adviser = a_person("adviser")
    empty = lead.get(f"{BASE}plans/")
    plan = a_plan(
        writer_id=writer.member, need="ASD", age_band="5-10", phase="primary", team="East",
        advisers=(adviser,),
    )  # fmt: skip
    add = f"{BASE}plans/{plan}/documents/add/"
    draft = {"kind": "plan", "status": "draft"}
    waiting = lead.post(add, {**draft, "files": an_upload("a.txt", b"x")})["Location"]
    reading = lead.get(waiting)
    with at_once():
        sample = (SAMPLES / "plan-007-0002-docx.docx").read_bytes()
        address = lead.post(add, {**draft, "files": an_upload("plan.docx", sample)})["Location"]
    gate = address + "gate/"
    client_of(writer).post(gate, {"step": "ask", "reason": "The tribunal ordered this wording."})
    rows = b"Reference,DOB,Need\n7,1/2/2015,ASD\n7,1/2/2015,ASD\n8,1/2/2099,SLD\n"
    table = {"files": SimpleUploadedFile("list.csv", rows)}
    preview = lead.post(f"{BASE}imports/", table)
    table["files"].seek(0)
    link = lead.post(f"{BASE}families/ask/{plan}/", {"who": "parent-carer"})
    say = re.search(r"http://testserver(/say/[^<]+)<", link.content.decode())[1]
    with scope(authority=NORTH):
        row = Plan.objects.get(reference=plan)
        Document.objects.create(
            authority_id=NORTH, reference="D-CCCCCC", plan=row, kind="advice", state="listed",
            profession="health",
        )  # fmt: skip
    return {
        "empty": empty,
        "plans": lead.get(f"{BASE}plans/"),
        "plan": lead.get(f"{BASE}plans/{plan}/"),
        "change": lead.get(f"{BASE}plans/{plan}/change/"),
        "wrong plan": lead.post(f"{BASE}plans/add/", {"plan_kind": "unknown", "issued_on": "x"}),
        "add": lead.get(add),
        "nothing added": lead.post(add, draft),
        "left": lead.post(f"{BASE}documents/add/", {**draft, "files": an_upload("b.txt", b"y")}),
        "documents": lead.get(f"{BASE}documents/"),
        "reading": reading,
        "document": lead.get(address),
        "drafts": manager.get(f"{BASE}drafts/"),
        "gate": client_of(writer).get(gate),
        "override": manager.post(gate, {"step": "override", "reason": "x"}),
        "lists": lead.get(f"{BASE}imports/"),
        "preview": preview,
        "columns": lead.post(f"{BASE}imports/columns/", table),
        "families": lead.get(f"{BASE}families/"),
        "ask": lead.post(f"{BASE}families/ask/{plan}/", {}),
        "link": link,
        "say": Client().get(say),
        "closed": Client().get(f"/say/{NORTH}/x/"),
        "thanks": Client().get("/say/thanks/"),
    }


def test_every_page_is_accessible_and_fits(pages, show):
    wrong = []
    for name, answer in pages.items():
        page = show(answer, DESK)
        for size in (DESK, SMALLEST):
            page.set_viewport_size(size)
            for check in (accessible, fits):
                try:
                    check(page)
                except AssertionError as error:
                    wrong.append(f"{name} at {size['width']}: {error}")
    assert wrong == []


def test_an_error_leads_to_its_field(pages, show):
    for name, field in (("wrong plan", "issued_on"), ("nothing added", "files")):
        page = show(pages[name], DESK)
        page.get_by_role("alert").get_by_role("link").click()
        assert page.evaluate("document.activeElement.id") == field
