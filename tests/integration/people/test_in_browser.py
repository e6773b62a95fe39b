"""The pages in a real browser: nothing axe can find, nothing wider than the narrowest phone.

Django's own client asks for the pages within the test's transaction, so that nothing need be
committed; the browser gets them with their headers, the content policy included.
"""

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse

from goldthread.records.actions.invitations import invite
from goldthread.records.models import Mapping
from goldthread.records.queries.subject import about_plan
from goldthread.records.scope import scope
from goldthread.web.work.subject_zip import as_html
from tests.functional.conftest import DESK, SMALLEST, Faults, accessible, focused
from tests.integration.people.kept import a_whole_plan
from tests.people import NORTH, a_person, client_of

pytestmark = pytest.mark.browser
SITE = "http://localhost"
"""An origin that the browser trusts; nothing listens there that is asked."""
BASE = f"/work/{NORTH}/"
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
LONG = "Quentin Averyveryverylongname-Doublebarrelled"


@pytest.fixture
def show(chromium):
    """`show(answer, size)` opens an answer of Django's client in this test's browser profile."""
    context, faults, shown = chromium.new_context(), Faults(), []
    page = context.new_page()
    faults.listen(page, SITE)
    page.route("**/*", lambda route: fulfil(route, shown[-1]))

    def open_answer(answer, size):
        shown.append(answer)
        page.set_viewport_size(size)
        page.goto(f"{SITE}/page")
        return page

    yield open_answer
    context.close()
    assert faults == []


def fulfil(route, answer):
    path = route.request.url.removeprefix(SITE)
    if path == "/page":
        route.fulfill(status=200, headers=dict(answer.items()), body=answer.content)
    else:
        route.fulfill(path=finders.find(path.removeprefix("/static/")))


@pytest.fixture
def answers():
    """Address -> answer: every page with something on it, and every form with something wrong."""
    boss, lead = a_person("administrator", name="Ada Ash"), a_person("quality-lead", name=LONG)
    a_person("inspector", name="Una Yew")
    plan = a_whole_plan(lead).plan
    with scope(authority=NORTH, person=boss.person):
        invite(boss, email="a.very.long.address.of.somebody@a-very-long-domain.example.org",
               name="Bob Beech", roles=["auditor", "adviser"], agency="health")  # fmt: skip
        Mapping.objects.create(authority_id=NORTH, name="Our list", columns={"a": "b"})
        copy = HttpResponse(as_html(about_plan(boss, plan)))
    client, person = client_of(boss), f"people/{lead.member}/"
    client.post(f"{BASE}settings/sign-in/", {"name": "Ours", "slug": "ours", "client_id": "a",
                "issuer": "https://a-very-long-address.of-a-service.example.org"})  # fmt: skip
    client.post(f"{BASE}{person}conflicts/", {"team": "North", "reason": "leads it"})
    posts = {
        "people/invite/": {}, f"{person}change/": {"capacity": "9"}, f"{person}end/": None,
        f"{person}conflicts/": {}, "conflicts/": {}, "settings/": {}, "settings/sign-in/": {},
        f"{person}erase/": {}, f"privacy/{plan}/erase/": {}, "privacy/": {"search": "nobody"},
    }  # fmt: skip
    reads = ("people/", "people/roles/", person, f"{person}reset/", "settings/mappings/", "log/",
             "log/?action=invitation.make", "log/verify/", f"privacy/{plan}/")  # fmt: skip
    found = {path: client.get(BASE + path) for path in (*reads, *posts)}
    wrong = {path: fields for path, fields in posts.items() if fields is not None}
    found |= {f"{path} wrong": client.post(BASE + path, fields) for path, fields in wrong.items()}
    given = {"name": LONG, "email": "c@example.org", "roles": "director", "capacity": "4"}
    found["invited"] = client.post(f"{BASE}people/invite/", given)
    found["reset"] = client.post(f"{BASE}{person}reset/")
    found["confirm"] = client.post(f"{BASE}settings/", {
        "framework": "ehc-ref@2026.1", "document_months": "1", "words_months": "1",
        "identity_months": "1", "staff_months": "1", "yearly_target": "1", "reply_days": "15",
    })  # fmt: skip
    found["erased"] = client.post(f"{BASE}privacy/{plan}/erase/", {"typed": plan})
    return {**found, "copy": copy}


def test_every_page_is_accessible_and_fits(answers, show):
    states = {path: answer.status_code for path, answer in answers.items()}
    expected = {path: 400 if path.endswith("wrong") else 200 for path in states}
    assert states == {**expected, "privacy/ wrong": 200}
    too_wide = []
    for path, answer in answers.items():
        page = show(answer, DESK)
        assert page.locator("h1").count() == 1, path
        for size in (DESK, SMALLEST):
            page.set_viewport_size(size)
            accessible(page)
            too_wide += [(path, size)] if page.evaluate(WIDER) else []
    assert too_wide == []


def test_the_error_summary_leads_to_the_field(answers, show):
    page = show(answers["people/invite/ wrong"], SMALLEST)
    link = page.get_by_role("alert").get_by_role("link")
    link.focus()
    page.keyboard.press("Enter")
    where = link.get_attribute("href").removeprefix("#")
    assert page.evaluate("document.activeElement.id") == where


def test_the_form_of_an_invitation_goes_by_keyboard(answers, show):
    """Every field is reached with Tab, in the order in which it is read."""
    page = show(answers["people/invite/"], DESK)
    page.locator("#name").focus()
    reached = []
    for _ in range(18):
        reached.append(focused(page))
        page.keyboard.press("Tab")
    fields = [name for name in reached if name in ("name", "email", "team", "ends_on")]
    assert fields == ["name", "email", "team", "ends_on"]
    assert sum(name.startswith("role-") for name in reached) == 11
    assert "Make the invitation" in reached
