"""The pages as a quality lead uses them, and who may open which."""

import datetime as dt
import json
from urllib.parse import urljoin

import pytest
from django.utils import timezone
from lxml import html

from goldthread.records.models import (
    Adviser,
    Audit,
    Event,
    Membership,
    Part,
    Person,
    Plan,
    Sample,
    SampleLine,
    Settings,
    SupportVisit,
)
from goldthread.records.roles import ROLES
from goldthread.records.scope import scope
from tests.integration.samples.made import auditors, documents, drawn, lead, plans, sample
from tests.people import NORTH, SOUTH, a_person, client_of

BASE = f"/work/{NORTH}/samples/"
THREE = ("education", "health", "social-care")


class Browser:
    """Fills and sends the forms that are on the page, and nothing that is not."""

    def __init__(self, here):
        self.client = client_of(here)
        self.open(BASE)

    def open(self, address):
        self.answer = self.client.get(address, follow=True)
        return self.answer

    @property
    def text(self):
        return " ".join(self.tree.xpath("string(//main)").split())

    @property
    def tree(self):
        return html.fromstring(self.answer.content.decode())

    def send(self, button="go", **fields):
        """The last form's fields with these changed (a list for several ticks), and its button."""
        form = self.tree.xpath("//main//form")[0]
        values = {}
        for name, value in form.form_values():
            values.setdefault(name, []).append(value)
        values |= {k: v if isinstance(v, list) else [v] for k, v in fields.items()}
        if form.method == "POST":
            to = urljoin(self.answer.request["PATH_INFO"], form.action)
            self.answer = self.client.post(to, values, follow=True)
        else:
            pressed = {button: "1"} if button else {}
            self.answer = self.client.get(form.action, {**values, **pressed}, follow=True)
        return self.answer

    @property
    def status(self):
        return self.answer.status_code


def _draw_24(seen):
    """Through all the steps, each as it comes; the sample's reference."""
    seen.open(BASE + "new/what/")
    seen.send(subject="plan", status="issued")
    assert "How should they be chosen?" in seen.text
    seen.send(mode="random")
    assert "150 of 150 on the list are in" in seen.text
    seen.send(key=["need"])
    assert "How many?" in seen.text
    assert "within 10 percentage points" in seen.text
    assert "enough for every comparison" in seen.text
    seen.send(size="24")
    assert "Draw 24 now" in seen.text
    with scope(authority=NORTH):
        assert not Sample.objects.exists()
    seen.send()
    assert "Yes: we drew it again just now" in seen.text
    with scope(authority=NORTH):
        return Sample.objects.get().reference


def test_the_first_week_of_the_month():
    """Journey 2, as far as the audits: 24 plans drawn, seen to be fair, allotted to nine people."""
    here = lead()
    people = auditors(*THREE, capacity=10)
    made = plans(150)
    documents(made)
    own = people["health"][0].member
    with scope(authority=NORTH):
        Adviser.objects.bulk_create(
            Adviser(authority_id=NORTH, plan_id=p, member_id=own) for p in made[:80]
        )
    seen = Browser(here)
    reference = _draw_24(seen)
    seen.open(f"{BASE}{reference}/allot/")
    assert "24 wait to be allotted" in seen.text
    seen.send(button="", number="24", **{f"most-{here.member}": "0"})
    assert "24 audits due by" in seen.text
    seen.send()
    assert seen.status == 200
    assert "24 not begun, 0 to allot" in seen.text
    with scope(authority=NORTH):
        held = Part.objects.filter(auditor=own).values_list("audit__plan", flat=True)
        assert held
        assert not set(held) & set(made[:80])
        actions = list(Event.objects.order_by("number").values_list("action", flat=True))
    assert actions == ["sample.draw", "sample.allot"]


def test_who_is_waiting_for_whom():
    here = lead()
    auditors(*THREE, each=1)
    plans(30)
    reference = drawn(here, 4)
    seen = Browser(here)
    seen.open(f"{BASE}{reference}/allot/")
    seen.send(button="", double="0", **{f"most-{here.member}": "0"})
    seen.send()
    seen.open(BASE + "waiting/")
    assert "12 parts are not done yet, none of them overdue" in seen.text
    with scope(authority=NORTH):
        Audit.objects.update(due_on=timezone.localdate() - dt.timedelta(days=2))
        Part.objects.filter(agency="education").update(state="done")
    seen.open(BASE + "waiting/")
    assert "8 parts are not done yet, 8 of them overdue" in seen.text
    assert seen.text.count("1 waits for it") == 8
    rows = {tuple(c.text_content() for c in row)[:7] for row in seen.tree.xpath("//tbody/tr")}
    assert ("education 0", "Education and SEND service", "0", "0", "4", "0", "0") in rows
    assert ("health 0", "Health", "4", "0", "0", "0", "4") in rows


def test_the_address_alone_brings_a_step_back():
    seen = Browser(lead())
    plans(40)
    seen.open(BASE + "new/which/?subject=plan&mode=random&need=ASD&key=age_band&fresh=0")
    assert "14 of 40 on the list are in" in seen.text
    assert "26: another need" in seen.text
    ticked = seen.tree.xpath("//input[@checked]/@value")
    assert {"ASD", "age_band"} <= set(ticked)


@pytest.mark.parametrize(
    ("step", "query", "field", "said"),
    [
        ("what", "subject=poem", "subject", "Choose one of these"),
        ("how", "mode=thematic", "why", "Say why"),
        ("how", "mode=random&theme=E", "mode", "no themes"),
        ("which", "since=31/2/2026", "since", "must be a date"),
        ("which", "since=2026-02-01&until=2026-01-01", "until", "must not be before"),
        ("which", "fresh=x", "fresh", "whole number"),
        ("which", "need=NONE", "count", "Nothing is in"),
        ("size", "size=0", "size", "how many to draw"),
        ("size", "size=41", "size", "cannot be drawn from 40"),
        ("size", "size=5&key=need", "size", "audit at least 6"),
        ("size", "size=-1", "size", "whole number"),
    ],
)
def test_what_is_wrong_is_said_where_it_is(step, query, field, said):
    seen = Browser(lead())
    plans(40)
    seen.open(f"{BASE}new/{step}/?{query}&go=1")
    assert seen.status == 400
    assert said in seen.text
    (target,) = seen.tree.xpath("//*[@class='govuk-error-summary__body']//a/@href")
    assert target == f"#{field}"
    assert seen.tree.xpath(f"//*[@id='{field}']")
    assert seen.tree.xpath("//title/text()")[0].startswith("Error: ")


def test_a_later_step_leads_back_to_what_is_wrong_before_it():
    seen = Browser(lead())
    plans(40)
    seen.open(BASE + "new/draw/?mode=thematic&size=5")
    assert seen.status == 400
    assert "How should they be chosen?" in seen.text


def test_a_theme_is_said_to_be_kept_apart_wherever_it_shows():
    here = lead()
    plans(20)
    why = "outcomes were vague in the spring"
    reference = drawn(here, 6, mode="thematic", why=why, themes=("E",))
    seen = Browser(here)
    for address in (BASE, f"{BASE}{reference}/", f"{BASE}{reference}/fair/"):
        seen.open(address)
        assert "apart from random" in seen.text or "not drawn from all plans" in seen.text
    seen.open(f"{BASE}{reference}/")
    assert why in seen.text
    assert "Outcomes" in seen.text


def test_a_plan_is_replaced_on_its_page():
    here = lead()
    plans(30)
    reference = drawn(here, 6)
    with scope(authority=NORTH):
        out = SampleLine.objects.filter(role="main").first().reference
        came = SampleLine.objects.get(role="reserve").reference
    seen = Browser(here)
    seen.open(f"{BASE}{reference}/replace/{out}/")
    assert f"{came} takes its place" in seen.text
    seen.send(words="on the list")
    assert seen.status == 400
    assert "Choose why" in seen.text
    seen.send(code="ceased", words="on the list")
    assert f"in place of {out}" in seen.text
    assert "The plan has ceased: on the list" in seen.text
    assert "we cannot tell whether that is unusual" in seen.text
    assert seen.client.get(f"{BASE}{reference}/replace/{out}/").status_code == 200


def test_a_sample_is_set_aside_with_a_reason():
    here = lead()
    plans(30)
    seen = Browser(here)
    reference = drawn(here, 6)
    token = _token(seen, f"{BASE}{reference}/")
    answer = seen.client.post(f"{BASE}{reference}/aside", {"words": "no", **token})
    assert answer.status_code == 400
    assert sample(reference).state == "drawn"
    words = {"words": "drawn from an old list"}
    assert seen.client.post(f"{BASE}{reference}/aside", {**words, **token}).status_code == 303
    seen.open(BASE)
    assert "Set aside" in seen.text
    seen.open(f"{BASE}{reference}/allot/preview/?agency=education&due=2030-01-01&number=6")
    assert seen.status == 400
    assert "set aside" in seen.text


def _token(seen, address):
    seen.open(address)
    return {
        "csrfmiddlewaretoken": seen.tree.xpath("//input[@name='csrfmiddlewaretoken']/@value")[0]
    }


@pytest.mark.parametrize(
    ("query", "field", "said"),
    [
        ("due=&number=2&agency=education", "due", "by when"),
        ("due=1/1/2020&number=2&agency=education", "due", "has passed"),
        ("due=soon&number=2&agency=education", "due", "must be a date"),
        ("due=2030-01-01&number=2", "agency", "at least one agency"),
        ("due=2030-01-01&number=99&agency=education", "number", "from 1 to 6"),
        ("due=2030-01-01&number=0&agency=education", "number", "from 1 to 6"),
    ],
)
def test_an_allotment_that_cannot_be_is_said_at_its_field(query, field, said):
    here = lead()
    plans(30)
    reference = drawn(here, 6)
    seen = Browser(here)
    seen.open(f"{BASE}{reference}/allot/preview/?{query}")
    assert seen.status == 400
    assert said in seen.text
    assert seen.tree.xpath(f"//*[@id='{field}']")


def test_a_preview_sent_after_things_have_changed_allots_nothing():
    here = lead()
    auditors("education")
    plans(30)
    reference = drawn(here, 6)
    seen = Browser(here)
    seen.open(f"{BASE}{reference}/allot/")
    seen.send(button="", agency="education")
    form = seen.tree.xpath("//main//form")[0]
    with scope(authority=NORTH, person=here.person):
        a_person("auditor", agency="education", name="Newly Come")
    values = {**dict(form.form_values()), "seen": "0" * 64}
    assert seen.client.post(form.action, values).status_code == 409
    with scope(authority=NORTH):
        assert not Audit.objects.exists()


def test_somebody_tied_cannot_be_slipped_in_by_a_made_up_form():
    here = lead()
    people = auditors("education", each=2)["education"]
    made = plans(30)
    reference = drawn(here, 6)
    seen = Browser(here)
    seen.open(f"{BASE}{reference}/allot/")
    # The lead wrote every plan, asks for all of them, and would be the only one.
    with scope(authority=NORTH):
        Plan.objects.filter(pk__in=made).update(writer=here.member)
    nobody = {f"most-{p.member}": "0" for p in people}
    seen.send(button="", agency="education", **nobody, **{f"most-{here.member}": "50"})
    assert "6 must wait" in seen.text
    assert "has a tie to this plan" in seen.text
    assert not seen.tree.xpath("//main//form")
    with scope(authority=NORTH):
        assert not Audit.objects.exists()


def test_a_part_is_given_to_somebody_else_on_its_page():
    here = lead()
    people = auditors("education")["education"]
    plans(30)
    reference = drawn(here, 6)
    seen = Browser(here)
    seen.open(f"{BASE}{reference}/allot/")
    seen.send(button="", agency="education", double="0", **{f"most-{here.member}": "0"})
    seen.send()
    with scope(authority=NORTH):
        part = Part.objects.select_related("audit").first()
    to = next(p for p in people if p.member != part.auditor_id)
    seen.open(f"{BASE}parts/{part.pk}/")
    seen.send(member="abc")
    assert seen.status == 400
    seen.send(member=str(to.member))
    assert part.audit.reference in seen.text
    with scope(authority=NORTH):
        assert Part.objects.get(pk=part.pk).auditor_id == to.member


def test_the_months_quota_counts_random_samples_that_are_signed():
    here = lead()
    plans(60)
    with scope(authority=NORTH):
        Settings.objects.update(yearly_target=120)
    first = drawn(here, 10)
    themed = drawn(here, 10, mode="thematic", why="outcomes were vague")
    with scope(authority=NORTH):
        for reference, purpose in ((first, "sample"), (themed, "thematic")):
            for number, line in enumerate(SampleLine.objects.filter(sample__reference=reference)):
                Audit.objects.create(
                    authority_id=NORTH, reference=f"A-{purpose[:2]}{number}", line=line,
                    purpose=purpose, framework="ehc-ref@2026.1", mode="blind", state="signed",
                    signed={}, signed_at=timezone.now(), digest="0" * 64,
                )  # fmt: skip
    seen = Browser(here)
    month = timezone.localdate().strftime("%B")
    with scope(authority=NORTH):
        lines = SampleLine.objects.filter(sample__reference=first).count()
    assert f"{month}: 10 a month. {lines} signed so far, 0 to go." in seen.text


def _every_page(here):
    auditors("education")
    plans(30)
    reference = drawn(here, 6)
    seen = Browser(here)
    seen.open(f"{BASE}{reference}/allot/")
    seen.send(button="", agency="education", double="0", number="3")
    seen.send()
    with scope(authority=NORTH):
        part = Part.objects.first().pk
        line = SampleLine.objects.filter(role="main").first().reference
    own = f"{BASE}{reference}/"
    look = ("see-samples", [BASE, BASE + "waiting/", own, own + "fair/", own + "frame.txt",
                            own + "draw.csv"])  # fmt: skip
    change = ("draw-samples", [
        *(f"{BASE}new/{step}/" for step in ("what", "how", "which", "size", "draw")),
        f"{BASE}parts/{part}/", own + "replace/" + line + "/", own + "allot/",
        own + "allot/preview/", 
    ])  # fmt: skip
    return look, change


def test_every_page_opens_for_those_who_may_and_nobody_else():
    here = lead()
    pages = _every_page(here)
    other = client_of(a_person("quality-lead", code=SOUTH, name="Elsewhere"))
    people = {role: client_of(a_person(role, name=f"One {role}")) for role in ROLES}
    for permission, addresses in pages:
        for address in addresses:
            for role, client in people.items():
                may = permission in ROLES[role].permissions
                status = client.get(address).status_code
                assert status in ((200, 400) if may else (403,)), (role, address)
            assert other.get(address).status_code == 404
            elsewhere = address.replace(f"/work/{NORTH}/", f"/work/{SOUTH}/")
            if (permission == "draw-samples" and "/new/" in elsewhere) or elsewhere in (
                f"/work/{SOUTH}/samples/", f"/work/{SOUTH}/samples/waiting/",
            ):  # fmt: skip
                continue
            # Another authority's lead finds nothing of ours under their own code.
            assert other.get(elsewhere).status_code == 404, elsewhere


def test_posts_need_the_permission_as_well():
    here = lead()
    look, change = _every_page(here)
    manager = client_of(a_person("send-manager", name="Manager"))
    other = client_of(a_person("quality-lead", code=SOUTH, name="Elsewhere"))
    own = look[1][2]
    for address in [*change[1], own + "aside"]:
        assert manager.post(address, {}).status_code == 403, address
        assert other.post(address, {}).status_code == 404, address


def test_nobody_without_names_sees_names():
    here = lead()
    _every_page(here)
    analyst = client_of(a_person("analyst", name="Analyst"))
    with scope(authority=NORTH):
        reference = Sample.objects.get().reference
    for address in (f"{BASE}{reference}/", BASE + "waiting/"):
        page = analyst.get(address).content.decode()
        assert "education 0" not in page
        assert "education 1" not in page


def test_support_sees_how_far_a_sample_is_and_no_line_of_it():
    here = lead()
    plans(30)
    reference = drawn(here, 6)
    helper = a_person("auditor", code=SOUTH, name="Support")
    with scope(authority=NORTH, door="command"):
        Person.objects.filter(pk=helper.person).update(is_support=True)
        SupportVisit.objects.create(
            authority_id=NORTH, person_id=helper.person, reason="a fault was reported",
            ends_at=timezone.now() + dt.timedelta(minutes=30),
        )  # fmt: skip
    client = client_of(helper, via="support", second=True)
    page = client.get(f"{BASE}{reference}/")
    assert page.status_code == 200
    assert "P-0" not in page.content.decode()
    assert client.get(f"{BASE}{reference}/frame.txt").status_code == 403
    assert client.get(f"{BASE}{reference}/draw.csv").status_code == 403
    fair = client.get(f"{BASE}{reference}/fair/").content.decode()
    assert "P-0" not in fair


def test_a_page_costs_the_same_queries_however_many_lines(django_assert_max_num_queries):
    here = lead()
    auditors("education")
    plans(100)
    reference = drawn(here, 60)
    seen = Browser(here)
    seen.open(f"{BASE}{reference}/allot/")
    seen.send(
        button="",
        agency="education",
        double="10",
        number="60",
        **{f"most-{p}": "60" for p in _members()},
    )
    seen.send()
    assert "60 not begun" in seen.text
    for address in (BASE, f"{BASE}{reference}/", BASE + "waiting/", f"{BASE}{reference}/fair/"):
        with django_assert_max_num_queries(45):
            assert seen.client.get(address).status_code == 200


def _members():
    with scope(authority=NORTH):
        return list(Membership.objects.values_list("pk", flat=True))


def test_events_name_nobody():
    here = lead()
    _every_page(here)
    with scope(authority=NORTH):
        said = json.dumps(list(Event.objects.values_list("detail", flat=True)))
    assert "education 0" not in said
    assert "Lead" not in said
