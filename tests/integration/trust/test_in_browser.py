"""The pages in a real browser: nothing axe can find, and nothing wider than the narrowest phone."""

import html
import re

import pytest
from django.contrib.staticfiles import finders

from goldthread.web.work.views import trust_kept
from tests.functional.conftest import DESK, SMALLEST, Faults, accessible, fits
from tests.marks import a_simulated_year, stored
from tests.people import NORTH, a_person, client_of

pytestmark = pytest.mark.browser
SITE = "http://localhost"
LONG = "Quentin Averyveryverylongname-Doublebarrelled"
PAGES = ("", "auditors/", "links/", "machine/", "criteria/F2-quantified/", "auditors/{member}/")


@pytest.fixture
def answers():
    """Address -> answer of Django's client, the pictures of each page too."""
    trust_kept._kept.clear()
    people = [a_person("auditor", name=f"{LONG} {n}") for n in range(6)]
    members = [p.member for p in people]
    stored(a_simulated_year(members, 60, 24, severity={members[0]: 1.5}))
    lead, boss = client_of(a_person("quality-lead")), client_of(a_person("director"))
    wanted = [(lead, path.format(member=members[0])) for path in PAGES]
    wanted += [(client_of(people[0]), "me/"), (boss, "auditors/?of=plan"), (boss, "?of=advice")]
    found = {}
    for client, path in wanted:
        address = f"/work/{NORTH}/trust/{path}"
        found[address] = client.get(address)
        for picture in re.findall(
            r'(?:src|srcset)="(/work/[^"]+)"', found[address].content.decode()
        ):
            found[html.unescape(picture)] = client.get(html.unescape(picture))
    return found


def test_every_page_is_accessible_and_fits(chromium, answers):
    faults = Faults()
    context = chromium.new_context(viewport=DESK, java_script_enabled=True)
    page = context.new_page()
    faults.listen(page, SITE)
    page.route("**/*", lambda route: fulfil(route, answers))
    kinds = {path: answer["Content-Type"] for path, answer in answers.items()}
    pages = [path for path, kind in kinds.items() if kind.startswith("text/html")]
    assert len(pages) == len(PAGES) + 3
    for path in pages:
        page.goto(SITE + path)
        fits(page)
        accessible(page)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        page.set_viewport_size(SMALLEST)
        fits(page)
        page.set_viewport_size(DESK)
        pictures = page.locator(".gt-picture img")
        for alt in pictures.evaluate_all("all => all.map(img => img.alt)"):
            assert alt.startswith(("Dot plot.", "Network of"))
    context.close()
    assert faults == []


def fulfil(route, answers):
    path = route.request.url.removeprefix(SITE)
    if path.startswith("/static/"):
        route.fulfill(path=finders.find(path.removeprefix("/static/")))
    else:
        answer = answers[path]
        route.fulfill(status=answer.status_code, headers=dict(answer.items()), body=answer.content)
