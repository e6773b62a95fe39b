"""A disagreement walked to its end, each in their own browser: two blind audits signed by two
people, a panel, the writer's reply, a second panel, and the grade that moves with them."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from tests.functional.conftest import DESK, Faults
from tests.functional.work.conftest import BASE, follow, good, press
from tests.moderated_site import fill
from tests.site import free_port, serving

pytestmark = [pytest.mark.browser, pytest.mark.machine]
WHY = "Section F says who does it, and how often."
PANEL = "We read Section F and the summary together."
REPLY = "The summary on the first page was written with the family, in their words."
AGAIN = "The summary is plain; the first panel had not read it."


@pytest.fixture(scope="module")
def walked():
    """What the site holds, and its address."""
    with tempfile.TemporaryDirectory(prefix="goldthread-walked-") as name:
        home, port = Path(name), free_port()
        found = fill(home)
        with serving(home, port):
            yield found, f"http://127.0.0.1:{port}"


@pytest.fixture
def enter(chromium, walked):
    """`enter(who)`: a browser in which they are signed in, at their work."""
    found, site = walked
    contexts, faults = [], Faults()

    def open_door(who):
        context = chromium.new_context(viewport=DESK, base_url=site)
        key = found.sessions[who]
        context.add_cookies([{"name": "gt-session", "value": key, "url": site}])
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        faults.listen(page, site)
        page.goto(BASE)
        return page

    yield open_door
    for context in contexts:
        context.close()
    assert faults == []


def told(page):
    return page.locator("main").inner_text()


def sign(page, audit):
    page.goto(f"{BASE}audits/{audit}/")
    press(page, "Sign the audit")
    assert "Signed on" in told(page)


def choose(page, criterion, which, why, other=""):
    """The panel's answer to one question."""
    question = page.locator(f"#d-{criterion}")
    question.locator(f"[value={which}][type=radio]").check(force=True)
    if other:
        question.locator("select").select_option(other)
    question.locator("textarea").fill(why)


def figures(page):
    """The numbers of the quality page, without the time at which they were looked at."""
    page.goto(f"{BASE}quality/")
    return [line for line in told(page).splitlines() if "as at" not in line]


def test_from_a_disagreement_to_the_answered_reply(enter, walked):
    site, _ = walked
    sign(enter("first"), site.first)
    sign(enter("second"), site.second)
    lead = enter("lead")
    was = figures(lead)
    lead.goto(BASE)
    good(lead)
    first_panel(lead, site)
    moved = figures(lead)
    assert moved != was
    writer = enter("writer")
    reply(writer, site)
    answer_with_a_panel(lead, site)
    assert figures(lead) not in (was, moved)
    the_end(writer, site)


def first_panel(lead, site):
    """The quality lead finds it among their work, and decides with reasons."""
    assert "Waiting for your moderation" in told(lead)
    follow(lead, f"Plan {site.plan}: audit {site.first}")
    assert "The two auditors answer a gate differently: F2-quantified." in told(lead)
    assert "Their answers are 2 or more apart: L1-plain." in told(lead)
    good(lead)
    press(lead, "Decide")
    assert lead.locator(".govuk-error-summary a").count() == 3
    good(lead)
    choose(lead, "F2-quantified", "second", WHY)
    choose(lead, "L1-plain", "other", "Some of it is jargon, most is not.", "1")
    lead.fill("#whole", PANEL)
    press(lead, "Show what this would change")
    assert "Nothing is decided yet." in told(lead)
    assert lead.locator("#whole").input_value() == PANEL
    press(lead, "Decide")
    assert "Band, after caps: from Requires improvement to Good." in told(lead)
    good(lead)
    follow(lead, f"audit {site.first}")
    for words in ("What counts since moderation", "It was signed as Requires improvement", PANEL):
        assert words in told(lead)
    good(lead)


def nobody_named(page, site):
    assert not [name for who, name in site.names.items() if who != "writer" and name in told(page)]


def reply(writer, site):
    """The writer reads before and after and why, and no auditor's name; then replies."""
    assert "Replies you may give" in told(writer)
    good(writer)
    writer.goto(f"{BASE}audits/{site.first}/")
    for words in ("It was signed as Requires improvement", PANEL, "F2-quantified: from"):
        assert words in told(writer)
    nobody_named(writer, site)
    good(writer)
    press(writer, "Reply to this audit")
    good(writer)
    writer.fill("#words", REPLY)
    writer.locator("summary", has_text="Language").click()
    writer.check("#c-L1-plain", force=True)
    press(writer, "Send the reply")
    assert "It waits for the quality lead." in told(writer)
    good(writer)


def answer_with_a_panel(lead, site):
    lead.goto(BASE)
    follow(lead, "1 reply waits for your answer")
    good(lead)
    lead.locator("#replies ~ ul a").first.click()
    lead.wait_for_url("**/replies/Y-*/")
    assert REPLY in told(lead)
    lead.check("#outcome-moderated", force=True)
    good(lead)
    press(lead, "Answer")
    assert lead.locator("h1").inner_text().startswith("Moderation M-")
    assert REPLY in told(lead)
    choose(lead, "L1-plain", "other", "Every sentence of the summary is plain.", "2")
    lead.fill("#whole", AGAIN)
    good(lead)
    press(lead, "Decide")
    assert "L1-plain: from “Partly met” to “Met”." in told(lead)


def the_end(writer, site):
    writer.goto(BASE)
    row = writer.locator("li", has=writer.locator("a[href^='moderation/replies/']"))
    assert "Answered" in row.inner_text()
    row.get_by_role("link").click()
    writer.wait_for_url("**/replies/Y-*/")
    for words in ("A panel looked at the audit again.", AGAIN, "from “Partly met” to “Met”"):
        assert words in told(writer)
    nobody_named(writer, site)
    good(writer)
    writer.goto(f"{BASE}audits/{site.first}/")
    assert "L1-plain: from “Not met” to “Met”." in told(writer)
    assert told(writer).count("What counts was changed") == 2
    good(writer)
