"""Forms under one's own code that name what is another authority's: refused, nothing changed."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from goldthread.records.models import Adviser, Answer, Conflict, Document, Part, Plan
from goldthread.records.scope import scope
from tests.access.everything import digests, everything
from tests.people import NORTH, SOUTH, a_person, client_of


@pytest.fixture(scope="module")
def south(shared):
    return everything(SOUTH)


@pytest.fixture(scope="module")
def north(south):
    return everything(NORTH)


@pytest.fixture
def post(north, south):
    """Sends a form of one's own authority; afterwards nothing of the other's has changed and
    nothing of it was shown."""

    def send(path, fields, role="quality-lead"):
        before = digests(SOUTH)
        answer = client_of(north.people[role]).post(f"/work/{NORTH}/{path}", fields)
        assert south.mark.lower() not in answer.content.decode().lower()
        assert digests(SOUTH) == before
        return answer

    return send


def stamp_of(north):
    page = client_of(north.people["quality-lead"]).get(
        f"/work/{NORTH}/plans/{north.named['plan']}/change/"
    )
    return page.context["stamp"]


def test_no_part_goes_to_another_authoritys_auditor(north, south, post):
    member = south.people["auditor"].member
    answer = post(f"samples/parts/{north.named['part']}/", {"member": member})
    assert answer.status_code == 400
    with scope(authority=NORTH):
        assert not Part.objects.filter(auditor_id=member).exists()


@pytest.mark.parametrize("field", ["writer", "advisers"])
def test_no_plan_gets_another_authoritys_people(field, north, south, post):
    member = south.people["plan-writer"].member
    facts = {"plan_kind": "unknown", field: member}
    assert post("plans/add/", facts).status_code == 400
    path = f"plans/{north.named['plan']}/change/"
    assert post(path, {**facts, "stamp": stamp_of(north)}).status_code == 400
    with scope(authority=NORTH):
        assert not Plan.objects.filter(writer_id=member).exists()
        assert not Adviser.objects.filter(member_id=member).exists()


def test_no_conflict_names_another_authoritys_plan(north, south, post):
    fields = {"plan": south.named["plan"], "reason": "a neighbour of theirs"}
    assert post("conflicts/", fields).status_code == 400
    assert post(f"people/{north.named['member']}/conflicts/", fields).status_code == 400
    with scope(authority=NORTH):
        assert not Conflict.objects.exclude(plan=None).exclude(plan__authority_id=NORTH).exists()


def test_no_conflict_of_another_authority_is_taken_back(north, south, post):
    path = f"people/{north.named['member']}/conflicts/{south.named['conflict']}/withdraw/"
    assert post(path, {}).status_code == 404


def test_advice_has_no_author_elsewhere(north, south, post):
    fields = {
        "kind": "advice", "profession": "ep", "requested_on": "1/9/2026",
        "author": south.people["adviser"].member,
    }  # fmt: skip
    path = f"plans/{north.named['plan']}/documents/add/"
    assert post(path, fields).status_code == 400
    with scope(authority=NORTH):
        assert not Document.objects.filter(author_id=fields["author"]).exists()


def test_a_file_named_after_another_authoritys_plan_finds_no_plan(south, post):
    file = SimpleUploadedFile(f"{south.named['plan']}.txt", b"a plan")
    answer = post("documents/add/", {"kind": "plan", "files": file})
    assert "that you may add to" in answer.content.decode()


def test_no_line_of_another_authoritys_sample_is_replaced(north, south, post):
    path = f"samples/{north.named['sample']}/replace/{south.named['line']}/"
    assert post(path, {"code": "ceased", "words": "Ceased in May"}).status_code == 404


def test_nobody_of_another_authority_is_allotted_anything(north, south, post):
    member = south.people["auditor"].member
    query = f"?agency=education&due=2030-01-01&number=1&double=0&most-{member}=5"
    path = f"samples/{north.named['sample']}/allot/preview/{query}"
    answer = post(path, {"seen": "x"})
    assert answer.status_code in (400, 409)
    with scope(authority=NORTH):
        assert not Part.objects.filter(auditor_id=member).exists()


def test_a_list_is_not_read_by_another_authoritys_columns(south, post):
    file = SimpleUploadedFile("list.csv", b"Reference,Need\n1,ASD\n")
    answer = post("imports/", {"files": file, "mapping": south.named["mapping"]})
    assert answer.status_code in (400, 404)


def test_an_answer_rests_on_no_words_of_another_authoritys_document(north, south, post):
    place = {"document": south.named["document"], "paragraph": 1, "start": 0, "end": 5}
    auditor = north.named["member"]
    with scope(authority=NORTH):
        from goldthread.records.models import Membership
        from goldthread.records.queries.here import find_here

        person = Membership.objects.get(pk=auditor).person_id
        here = find_here(NORTH, person, "demo")
        row = Answer.objects.get(audit__reference=north.named["open"])
    before = digests(SOUTH)
    path = f"/work/{NORTH}/audits/{north.named['open']}/education/answer"
    answer = client_of(here).post(path, {
        "criterion": row.criterion, "value": "1", "version": row.version,
        "places": json.dumps([place]),
    })  # fmt: skip
    assert south.mark.lower() not in answer.content.decode().lower()
    assert digests(SOUTH) == before
    with scope(authority=NORTH):
        row.refresh_from_db()
        assert south.named["document"] not in json.dumps(row.evidence)


@pytest.mark.parametrize("sought", ["plan", "mark"])
def test_a_request_about_a_child_finds_nobody_of_another_authority(sought, south, post):
    words = south.named["plan"] if sought == "plan" else south.mark[:-5]
    answer = client_post = post("privacy/", {"search": words}, "administrator")
    assert answer.status_code == 200
    found = client_post.context["found"]
    assert all(f.reference != south.named["plan"] for f in found)


def test_nothing_is_erased_by_typing_another_authoritys_reference(north, south, post):
    path = f"privacy/{north.named['plan']}/erase/"
    answer = post(path, {"typed": south.named["plan"]}, "administrator")
    assert answer.status_code == 400


def test_somebody_elsewhere_is_not_told_of_when_invited(south, post):
    fields = {
        "email": "qzxsouth.auditor@example.org", "name": "New", "roles": "auditor",
        "agency": "education",
    }  # fmt: skip
    answer = post("people/invite/", {**fields, "capacity": "4"}, "administrator")
    assert answer.status_code == 200
    assert "/join/" in answer.context["link"]


def test_a_sign_in_service_keeps_its_name(south, post):
    fields = {
        "slug": south.named["slug"], "name": "Mine", "issuer": "https://mine.invalid",
        "client_id": "c", "secret": "s",
    }  # fmt: skip
    assert post("settings/sign-in/", fields, "administrator").status_code == 400
    path = f"settings/sign-in/{south.named['slug']}/"
    assert post(path, {"active": ""}, "administrator").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["plans/?writer={member}", "plans/?search={mark}", "log/?person={person}",
     "log/?subject={plan}", "log/events.csv?person={person}", "samples/new/draw/?team={mark}"],
)  # fmt: skip
def test_no_filter_shows_another_authoritys_rows(path, north, south):
    here = south.people["plan-writer"]
    asked = path.format(
        member=here.member, person=here.person, mark=south.mark, plan=south.named["plan"]
    )
    answer = client_of(north.people["quality-lead"]).get(f"/work/{NORTH}/{asked}")
    assert answer.status_code in (200, 302)
    text = answer.content.decode().lower().replace(f"{south.mark.lower()}&quot;", "")
    for value in ("auditor", "at work", "quoted", "plan-writer"):
        assert f"{south.mark.lower()} {value}" not in text


@pytest.mark.parametrize("first", ["say", "join"])
def test_a_link_opens_nothing_under_another_code(first, south, north, client):
    with scope(authority=SOUTH):
        before = digests(SOUTH)
    path = f"/{first}/{NORTH}/{south.named['token']}/"
    for method in ("get", "post"):
        answer = getattr(client, method)(path, {"q-1": "1", "comment": "x", "password": "y" * 20})
        assert answer.status_code == 404
        assert south.mark.lower() not in answer.content.decode().lower()
    assert digests(SOUTH) == before


def test_somebody_of_two_authorities_sees_each_apart(south, north):
    """One account, two places: neither page shows the other's rows, nor their other place."""
    here = a_person("administrator", "quality-lead", name="Both")
    there = a_person("administrator", "quality-lead", name="both", code=SOUTH)
    both = client_of(here)
    with scope(authority=SOUTH, door="command"):
        from goldthread.records.models import Membership

        Membership.objects.filter(pk=there.member).delete()
        theirs = Membership.objects.create(
            authority_id=SOUTH, person_id=here.person, roles=["administrator", "quality-lead"]
        )
    assert both.get(f"/work/{SOUTH}/people/").status_code == 200
    for path in (f"people/{theirs.pk}/", f"people/{theirs.pk}/change/", f"people/{theirs.pk}/end/",
                 f"people/{theirs.pk}/conflicts/", f"people/{theirs.pk}/erase/"):  # fmt: skip
        for method in ("get", "post"):
            assert getattr(both, method)(f"/work/{NORTH}/{path}").status_code == 404, path
    for path in ("people/", "plans/", "samples/", "audits/", "families/", "log/", "privacy/"):
        answer = both.get(f"/work/{NORTH}/{path}")
        assert south.mark.lower() not in answer.content.decode().lower(), path
