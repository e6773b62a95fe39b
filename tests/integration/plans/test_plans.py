"""Who sees which plans, by which filters, and what may be changed."""

import datetime as dt

import pytest
from django.utils import timezone

from goldthread.records.models import Adviser, Audit, Document, Event, Identity, Plan
from goldthread.records.scope import scope
from tests.integration.plans.given import a_plan, events
from tests.people import NORTH, SOUTH, a_person, client_of

PLANS = f"/work/{NORTH}/plans/"


def days_ago(number):
    return timezone.localdate() - dt.timedelta(days=number)


def shown(client, query=""):
    """References on the list."""
    page = client.get(PLANS + query).content.decode()
    return {p for p in references() if f"/plans/{p}/" in page}


def references():
    with scope(authority=NORTH):
        return set(Plan.objects.values_list("reference", flat=True))


@pytest.fixture
def lead():
    return client_of(a_person("quality-lead"))


def test_writers_and_advisers_see_their_own_plans_only():
    writer, adviser = a_person("plan-writer"), a_person("adviser")
    other = a_person("plan-writer", name="another writer")
    written = a_plan(writer_id=writer.member)
    advised = a_plan(advisers=(adviser,), writer_id=other.member)
    nobodys = a_plan()
    assert shown(client_of(writer)) == {written}
    assert shown(client_of(adviser)) == {advised}
    assert shown(client_of(a_person("quality-lead"))) == {written, advised, nobodys}
    for here, own in ((writer, written), (adviser, advised)):
        for plan in (written, advised, nobodys):
            status = client_of(here).get(f"{PLANS}{plan}/").status_code
            assert status == (200 if plan == own else 404)


def test_another_authoritys_plans_are_not_there(lead):
    elsewhere = a_plan(SOUTH)
    assert lead.get(f"{PLANS}{elsewhere}/").status_code == 404
    assert elsewhere not in lead.get(f"{PLANS}?state=all").content.decode()
    assert lead.get(f"/work/{SOUTH}/plans/").status_code == 404


@pytest.mark.parametrize(
    ("query", "fields", "others"),
    [
        ("?need=ASD", {"need": "ASD"}, {"need": "SLD"}),
        ("?age_band=5-10", {"age_band": "5-10"}, {"age_band": "0-4"}),
        ("?phase=primary", {"phase": "primary"}, {"phase": "secondary"}),
        ("?kind=new", {"plan_kind": "new"}, {"plan_kind": "reviewed"}),
        ("?team=East", {"team": "East"}, {"team": "West"}),
        ("?state=ceased", {"ceased_on": dt.date(2025, 1, 1)}, {}),
        ("", {}, {"ceased_on": dt.date(2025, 1, 1)}),
        ("?review=overdue", {"issued_on": days_ago(900)}, {"issued_on": days_ago(100)}),
        (
            "?review=overdue",
            {"issued_on": days_ago(900), "last_review_on": days_ago(370)},
            {"issued_on": days_ago(900), "last_review_on": days_ago(300)},
        ),
    ],
)
def test_filters(lead, query, fields, others):
    wanted, unwanted = a_plan(**fields), a_plan(**others)
    assert shown(lead, query) == {wanted}
    assert wanted != unwanted


def test_the_filter_for_overdue_reviews_says_what_each_line_says(lead):
    for issued, reviewed in [(None, None), (10, None), (366, 366), (367, 367), (800, 20),
                             (800, 700), (None, 400), (None, 40)]:  # fmt: skip
        a_plan(
            issued_on=days_ago(issued) if issued else None,
            last_review_on=days_ago(reviewed) if reviewed else None,
        )
    every = lead.get(PLANS).content.decode().count("review overdue<")
    assert every == len(shown(lead, "?review=overdue")) > 0


def test_search_by_surname_needs_the_right_to_see_who_it_is(lead):
    plan = a_plan()
    with scope(authority=NORTH):
        Identity.objects.create(
            authority_id=NORTH, plan=Plan.objects.get(reference=plan), surname="Inventedname",
            forename="Ada",
        )  # fmt: skip
    analyst = client_of(a_person("analyst"))
    assert shown(lead, "?search=inventedn") == {plan}
    assert shown(analyst, "?search=inventedn") == set()
    assert shown(analyst, f"?search={plan[2:].lower()}") == {plan}
    assert "Inventedname" in lead.get(f"{PLANS}{plan}/").content.decode()
    assert "Inventedname" not in analyst.get(f"{PLANS}{plan}/").content.decode()


def test_pages_of_fifty_and_few_queries_however_many_plans(lead, django_assert_max_num_queries):
    with scope(authority=NORTH):
        Plan.objects.bulk_create(
            Plan(authority_id=NORTH, reference=f"P-{n:05d}", need="ASD", team=f"Team {n % 9}")
            for n in range(1205)
        )
    with django_assert_max_num_queries(30):
        first = lead.get(f"{PLANS}?need=ASD").content.decode()
    assert first.count("/plans/P-") == 50
    assert "1205 plans" in first
    assert "need=ASD&amp;page=2" in first
    last = lead.get(f"{PLANS}?need=ASD&page=25").content.decode()
    assert last.count("/plans/P-") == 5
    for odd in ("0", "-1", "999", "x", "9" * 30):
        assert lead.get(f"{PLANS}?page={odd}").status_code == 200


def form(**fields):
    return {"plan_kind": "unknown", **fields}


def test_a_plan_is_added_by_hand(lead):
    writer, adviser = a_person("plan-writer"), a_person("adviser")
    answer = lead.post(
        f"{PLANS}add/",
        form(need="ASD", issued_on="1/3/2025", writer=writer.member, team="East",
             advisers=[adviser.member], year="0"),
    )  # fmt: skip
    assert answer.status_code == 303
    page = lead.get(answer["Location"]).content.decode()
    assert "1 March 2025" in page
    assert "adviser 001" in page
    with scope(authority=NORTH):
        plan = Plan.objects.get()
    assert (plan.need, plan.year, plan.writer_id) == ("ASD", 0, writer.member)
    assert events() == ["plan.add"]


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"issued_on": "yesterday"}, "issued_on", "must be a date"),
        ({"issued_on": "1/1/2099"}, "issued_on", "must be in the past"),
        ({"issued_on": "2/3/2025", "requested_on": "3/3/2025"}, "issued_on", "before it was req"),
        ({"need": "ASD", "second_need": "ASD"}, "second_need", "the same as the first"),
        ({"year": "twelve"}, "year", "is a number"),
        ({"year": "99"}, "year", "is a number"),
        ({"urn": "12"}, "urn", "six digits"),
        ({"phase": "university"}, "phase", "from the list"),
        ({"writer": "999999"}, "writer", "from the list"),
    ],
)
def test_what_no_plan_can_have_is_said_at_its_field(lead, fields, field, said):
    answer = lead.post(f"{PLANS}add/", form(**fields))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert f'<a href="#{field}">' in page
    assert f'id="{field}"' in page
    assert said in page
    assert references() == set()


def test_another_authoritys_writer_cannot_be_named(lead):
    stranger = a_person("plan-writer", code=SOUTH)
    assert lead.post(f"{PLANS}add/", form(writer=stranger.member)).status_code == 400
    assert lead.post(f"{PLANS}add/", form(advisers=[stranger.member])).status_code == 400


def test_a_change_is_kept_and_a_stale_form_is_not(lead):
    adviser = a_person("adviser")
    plan = a_plan(need="ASD", advisers=(adviser,))
    path = f"{PLANS}{plan}/change/"
    stamp = lead.get(path).content.decode().split('name="stamp" value="')[1].split('"')[0]
    fields = form(need="SLD", stamp=stamp)
    assert lead.post(path, fields).status_code == 303
    assert lead.post(path, {**fields, "need": "HI"}).status_code == 409
    with scope(authority=NORTH):
        assert Plan.objects.get().need == "SLD"
        assert not Adviser.objects.exists()
        event = Event.objects.get()
    assert event.action == "plan.change"
    assert set(event.detail["changed"]) == {"need", "advisers"}


def test_the_page_of_a_plan_shows_audits_that_may_be_opened():
    adviser, other = a_person("adviser"), a_person("adviser", name="other adviser")
    plan = a_plan(advisers=(adviser, other))
    with scope(authority=NORTH):
        row = Plan.objects.get()
        advice = Document.objects.create(
            authority_id=NORTH, reference="D-AAAAAA", plan=row, kind="advice",
            author_id=adviser.member,
        )  # fmt: skip
        Audit.objects.create(
            authority_id=NORTH, reference="A-AAAAAA", plan=row, document=advice, mode="blind",
            subject="advice", framework="advice@2026.1", state="signed", signed={}, digest="0" * 64,
            signed_at=timezone.now(), band="Good",
        )  # fmt: skip
    own = client_of(adviser).get(f"{PLANS}{plan}/").content.decode()
    theirs = client_of(other).get(f"{PLANS}{plan}/").content.decode()
    assert "A-AAAAAA" in own
    assert "D-AAAAAA" in own
    assert "A-AAAAAA" not in theirs
    assert "D-AAAAAA" not in theirs
