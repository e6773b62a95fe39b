"""What people of an authority do with it, each in their own browser, on the demonstration."""

import datetime as dt
import re
from collections import Counter

import pytest

from goldthread.simulation.plans.corpus import plan_sample, plans
from tests.functional.conftest import PHONE, tab_to
from tests.functional.work.conftest import BASE, Demo, follow, good, press
from tests.site import ask, free_port, inspect, serving

pytestmark = [pytest.mark.browser, pytest.mark.machine]


def heading(page):
    return page.locator("h1").inner_text()


def test_the_quality_lead_draws_sees_that_it_is_fair_allots_and_follows(door):
    page = door.enter("Quality lead")
    follow(page, "Samples")
    good(page)
    press(page, "Draw a sample")
    while page.locator("#size").count() == 0:
        good(page)
        press(page, "Continue")
    page.fill("#size", "24")
    good(page)
    press(page, "Continue")
    press(page, "Draw 24 now")
    assert heading(page) == "Is this draw fair?"
    assert "the same 24 came" in page.locator(".gt-sentence").inner_text()
    good(page)
    page.locator(".govuk-back-link").click()
    press(page, "Allot 24 audits")
    page.fill("#number", "6")
    later = dt.date.today() + dt.timedelta(days=60)  # not before what others do here
    page.fill("#due", f"{later.day}/{later.month}/{later.year}")
    good(page)
    press(page, "Show who would get what")
    good(page)
    press(page, "Allot 6 audits")
    assert heading(page).startswith("Sample S-")
    assert "6 not begun, 18 to allot" in page.locator(".govuk-summary-list").inner_text()
    page.goto(f"{BASE}samples/waiting/")
    good(page)


def first_to_begin(page):
    """The first audit of one's work of which nothing is answered yet."""
    row = page.locator("li", has=page.get_by_text(re.compile(r"^\d+ questions$"))).first
    return row.get_by_role("link")


def choose_words(page):
    """Selects the words of a paragraph of the document, as a mouse would, until the page knows."""
    page.evaluate(
        """() => new Promise(known => {
          const all = [...document.querySelectorAll(".gt-plan [data-paragraph]")];
          const text = all.find(p => p.textContent.trim().length > 20);
          text.closest("details").open = true;
          const range = document.createRange();
          range.selectNodeContents(text);
          document.addEventListener("selectionchange", () => {
            if (!getSelection().isCollapsed) known();
          });
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        })"""
    )


def test_a_health_auditor_answers_by_keyboard_pins_quotes_and_loses_no_connection(door):
    page = door.enter("Auditor", "Siân Mbeki-Lowe")
    good(page)
    tab_to(page, first_to_begin(page).inner_text())
    page.keyboard.press("Enter")
    page.wait_for_url("**/audits/*/")
    tab_to(page, "Begin")
    page.keyboard.press("Enter")
    page.wait_for_url("**/health/*/")
    good(page)
    answered = 0
    while "/health/" in page.url:
        for question in page.locator("[data-criterion]").all():
            answer_by_keyboard(page, question, offline=answered == 1)
            if answered < 2:
                pin_by_keyboard(page, question)
            answered += 1
        last = page.get_by_role("button", name="Save and finish this part").count()
        tab_to(page, "Save and finish this part" if last else "Save and continue")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert answered >= 3
    tab_to(page, "My part is done")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    part = page.locator("section", has=page.get_by_text("allotted to you")).inner_text()
    assert "Done" in part
    assert part.count("All ") == part.count(" answered") > 0
    good(page)


def answer_by_keyboard(page, question, offline):
    while not question.evaluate("q => q.contains(document.activeElement)"):
        page.keyboard.press("Tab")
    saved = question.locator("[data-saved]")
    page.context.set_offline(offline)
    page.keyboard.press("2")
    if offline:
        saved.get_by_text("no connection").wait_for()
        page.context.set_offline(False)
    saved.get_by_text("Saved at").wait_for()


def pin_by_keyboard(page, question):
    choose_words(page)
    page.keyboard.press("p")
    question.locator("[data-evidence] li button").wait_for()
    question.locator("[data-saved]").get_by_text("Saved at").wait_for()


def leader_of(door, state):
    """Who leads the first audit in this state, and its address."""
    page = door.enter("Quality lead")
    page.goto(f"{BASE}audits/?state={state}")
    page.locator("tbody a").first.click()
    page.wait_for_url("**/audits/*/")
    part = page.locator("section", has=page.get_by_text("(leads)")).locator("p").first
    return part.inner_text().split("·")[-1].strip(), page.url


def test_the_lead_auditor_signs_and_sees_the_grade_line_by_line(door):
    name, address = leader_of(door, "ready")
    page = door.enter("Auditor", name)
    page.goto(address)
    press(page, "Sign the audit")
    assert "Signed on" in page.locator(".govuk-summary-list").first.inner_text()
    assert page.get_by_role("button", name="Sign the audit").count() == 0
    assert "in 100" in page.locator("main").inner_text()
    assert page.locator("main").get_by_text(re.compile("^E1-present")).count() > 0
    good(page)


def test_an_audit_without_javascript(door):
    page = door.enter("Auditor", "Farid Whitcombe", javascript=False)
    first_to_begin(page).click()
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/health/*/")
    quoted = False
    while "/health/" in page.url:
        for question in page.locator("[data-criterion]").all():
            question.get_by_role("radio").nth(2).check(force=True)
            if not quoted:
                words = page.locator(".gt-plan [data-paragraph]").all_text_contents()
                long = next(text for text in words if len(text.strip()) > 20)
                question.locator("[name^=quote-]").fill(long)
                quoted = True
        page.locator("#audit button[type=submit]").first.click()
        page.wait_for_load_state()
    assert quoted
    press(page, "My part is done")
    part = page.locator("section", has=page.get_by_text("allotted to you")).inner_text()
    assert "Done" in part
    accessible_without_script(page)


def accessible_without_script(page):
    """axe is itself a script, so only the size can be looked at here."""
    wide = page.locator("html").bounding_box()
    assert wide["width"] <= page.viewport_size["width"]


def draft(*faults):
    (made,) = plans(97, 1, status="draft", good=not faults, faults=faults, today=dt.date.today())
    found = plan_sample(made, "docx")
    return {"name": found.name, "mimeType": "application/octet-stream", "buffer": found.data}


def add(page, file):
    page.set_input_files("#files", files=file)
    page.check("#status-draft", force=True)
    press(page, "Add")
    page.wait_for_url("**/documents/D-*/")
    page.get_by_role("link", name="Is it ready to issue?").click()
    page.wait_for_url("**/gate/")


def test_a_plan_writer_mends_what_blocks_a_draft(door):
    page = door.enter("Plan writer", "Callum Brockley")
    follow(page, "Plans and advice")
    row = page.locator("tbody tr", has=page.locator("[data-label=Documents]", has_text="0")).first
    row.get_by_role("link").click()
    page.wait_for_url("**/plans/P-*/")
    plan = page.url
    follow(page, "Add documents")
    good(page)
    add(page, draft("placement"))
    assert "Not yet: one thing holds it back." in page.locator("main").inner_text()
    good(page)
    page.goto(f"{plan}documents/add/")
    add(page, draft())
    assert "Version 2 of plan" in page.locator("main").inner_text()
    press(page, "Write down that it is ready to issue")
    assert "Ready to issue" in page.locator("#decisions + ul").inner_text()
    good(page)


def test_a_manager_lets_a_draft_pass_with_a_reason(door):
    page = door.enter("SEND manager")
    page.goto(f"{BASE}drafts/")
    good(page)
    page.locator("tbody tr", has_text="A manager was asked").get_by_role("link").first.click()
    page.wait_for_url("**/gate/")
    for box in page.locator("[name=criteria]").all():
        box.check(force=True)
    page.fill("#reason", "too short")
    press(page, "Let it pass")
    assert page.locator(".govuk-error-summary").count() == 1
    good(page)
    for box in page.locator("[name=criteria]").all():
        box.check(force=True)
    page.fill("#reason", "The placement is agreed; the school’s letter comes tomorrow.")
    press(page, "Let it pass")
    assert "A manager let pass what held it back." in page.locator("main").inner_text()
    good(page)


def test_advisers_see_audits_of_their_own_advice_and_no_others(door):
    lead = door.enter("Quality lead")
    lead.goto(f"{BASE}audits/")
    every = set(lead.eval_on_selector_all("tbody a", "found => found.map(a => a.innerText)"))
    own = {}
    for name in ("Beatrix Oyelaran", "Tomos Iyer"):
        page = door.enter("Adviser", name)
        good(page)
        links = page.locator("main a[href^=audits]").all()
        own[name] = {a.get_attribute("href").split("/")[1] for a in links}
        for audit in own[name]:
            assert page.goto(f"{BASE}audits/{audit}/").status == 200
        good(page)
        for other in sorted(every - own[name])[:4]:
            assert page.goto(f"{BASE}audits/{other}/").status == 404
    assert set.union(*own.values())
    assert not set.intersection(*own.values())


def test_a_parent_carer_answers_under_pseudonyms(door):
    page = door.enter("Parent carer auditor")
    good(page)
    first_to_begin(page).click()
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/parent-carer/*/")
    good(page)
    assert re.search(r"Plan P-[A-Z0-9]{6}", page.locator("main").inner_text())
    question = page.locator("[data-criterion]").first
    question.get_by_role("radio").nth(2).check(force=True)
    question.get_by_text("Saved at").wait_for()
    assert page.goto(f"{BASE}plans/").status == 403
    assert page.goto(f"{BASE}people/").status == 403


LIST = """Our code;Started;Kind of need;Birthday
C-1;03.02.2025;ASD;14.05.2014
C-2;17.06.2024;SLCN;02.11.2017
C-3;not known;SEMH;29.08.2010
"""


def test_an_analyst_says_which_column_is_which_and_takes_a_list_in(door):
    page = door.enter("Analyst")
    file = {"name": "export.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    page.goto(f"{BASE}imports/columns/")
    page.set_input_files("#files", files=file)
    press(page, "Go on")
    for field, column in (("local_id", "Our code"), ("issued_on", "Started"),
                          ("need", "Kind of need"), ("born", "Birthday")):  # fmt: skip
        page.select_option(f"#column-{field}", column)
    page.fill("#name", "Monthly export")
    good(page)
    press(page, "Keep it")
    page.goto(f"{BASE}imports/")
    page.set_input_files("#files", files=file)
    page.select_option("#mapping", label="Monthly export")
    press(page, "Read it")
    said = page.locator(".govuk-summary-list").inner_text()
    assert re.search(r"Plans to add\s+[23]\b", said), said
    good(page)
    page.check("#sure", force=True)  # it lacks most plans, and asks whether that is meant
    press(page, "Take it in")
    good(page)
    page.goto(f"{BASE}plans/?state=all")
    assert page.goto(f"{BASE}documents/D-BBBBBB/").status in (403, 404)


def test_an_administrator_invites_somebody_who_joins(door):
    page = door.enter("Administrator")
    page.goto(f"{BASE}people/invite/")
    page.fill("#name", "Alma Newcomer")
    page.fill("#email", "alma.newcomer@northmere.example")
    page.locator("[name=roles][value=director]").check(force=True)
    good(page)
    press(page, "Make the invitation")
    link = page.locator("#link").inner_text()
    good(page)
    guest = door.open(link)
    good(guest)
    guest.fill("#password", "seven quiet harbours at dusk")
    press(guest, "Join")
    assert "/account/login/" in guest.url
    page.goto(f"{BASE}people/")
    assert "Alma Newcomer" in page.locator("main").inner_text()


def test_an_inspector_reads_and_changes_nothing_and_each_page_is_logged(door):
    page = door.enter("Inspector")
    page.goto(f"{BASE}plans/")
    page.locator("tbody a").first.click()
    page.wait_for_url("**/plans/P-*/")
    read = page.url.split("/")[-2]
    good(page)
    assert page.get_by_role("link", name="Change what is recorded").count() == 0
    token = page.context.cookies()
    refused = page.request.post(f"{door.site}{BASE}conflicts/", form={"reason": "try"})
    assert refused.status == 403, token
    page.goto(f"{BASE}log/")
    good(page)
    assert f"{BASE}plans/{read}/" in page.locator("main").inner_text()


@pytest.mark.parametrize("role", ["Director", "Partner reader"])
def test_directors_and_partners_see_no_text_of_a_plan(door, role):
    page = door.enter(role)
    good(page)
    for part in ("plans/", "documents/"):
        page.goto(f"{BASE}{part}")
        assert page.locator("tbody tr").count() == 0
    page.goto(f"{BASE}audits/?state=signed")
    audits = [a.get_attribute("href") for a in page.locator("tbody a").all()]
    assert bool(audits) == (role == "Director")
    for audit in audits[:5]:
        page.goto(audit)
        assert page.locator("main q").count() == 0, "words of a plan"
        good(page)


def test_a_family_answers_once_on_a_phone(door):
    lead = door.enter("Quality lead")
    lead.goto(f"{BASE}plans/")
    lead.locator("tbody a").first.click()
    lead.wait_for_url("**/plans/P-*/")
    follow(lead, "Ask the family")
    lead.check("#who-parent-carer", force=True)
    good(lead)
    press(lead, "Make a link")
    link = lead.locator("#link").inner_text()
    page = door.open(link, size=PHONE)
    good(page)
    for question in page.locator("fieldset").all():
        question.get_by_role("radio").first.check(force=True)
    page.fill("#comment", "It was clear.")
    press(page, "Send")
    assert page.url.split("?")[0].endswith("/say/thanks/")
    good(page)
    assert page.context.cookies() == []
    assert page.goto(link).status == 404


def test_one_start_invents_and_the_next_adds_nothing(demo):
    assert any(line.startswith("Inventing plans of Northmere") for line in demo.said)
    stamp = demo.home / "database" / "filled"
    stamp.unlink()  # as if the first start had been killed just after it had invented everything
    before = inspect(demo.home)
    second = Demo(demo.home, free_port())
    second.stop()
    assert not any(line.startswith("Inventing") for line in second.said)
    assert stamp.is_file()
    assert inspect(demo.home) == before


def test_what_is_invented_is_whole(demo):
    """Its log has no gap, and what was signed has the digest that was signed."""
    found = inspect(demo.home)
    assert found["fault"] == ""
    assert all(whole for _, whole in found["audits"].values())
    states = Counter(state for state, _ in found["audits"].values())
    assert states["signed"] >= 8 + 3 + 2 + 3
    assert states["under-way"] >= 5
    assert states["allotted"] >= 8


def test_without_the_demonstration_nobody_signs_in_with_one_click(demo):
    """The same database, as `goldthread serve` shows it."""
    port = free_port()
    with serving(demo.home, port):
        status, page, _ = ask(port, "GET", "/account/login/")
        assert (status, b"/demo/" in page) == (200, False)
        assert ask(port, "GET", "/demo/")[0] == 404
        assert ask(port, "POST", "/demo/", {"person": "1"})[0] in (403, 404)
