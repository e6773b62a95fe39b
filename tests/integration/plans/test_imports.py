"""A list is shown, then taken in whole; taken in again, the same people keep their references."""

import csv
import datetime as dt
import html
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from goldthread.records.actions import imports as actions
from goldthread.records.models import Identity, Import, Mapping, Plan, Settings
from goldthread.records.scope import scope
from goldthread.simulation.lists import invented_list
from tests.integration.plans.given import events
from tests.people import NORTH, SOUTH, a_person, client_of

BASE = f"/work/{NORTH}/imports/"
HEAD = "Reference,Surname,Date of birth,Primary need,Start date,Last review\n"


@pytest.fixture
def analyst():
    return a_person("analyst")


@pytest.fixture
def client(analyst):
    return client_of(analyst)


def files(listed):
    return [SimpleUploadedFile(name, data) for name, data in listed]


def a_csv(*rows):
    return [("list.csv", (HEAD + "\n".join(rows)).encode())]


def read(client, listed, **fields):
    return client.post(BASE, {"files": files(listed), **fields})


def confirm(client, answer, **fields):
    found = re.search(r'name="sealed" value="([^"]+)"', answer.content.decode())
    return client.post(BASE + "confirm/", {"sealed": html.unescape(found[1]), **fields})


def take_in(client, listed, **fields):
    answer = confirm(client, read(client, listed), **fields)
    assert answer.status_code == 303
    return answer


def count(answer, label):
    """The number that the preview gives under this label."""
    page = re.sub(r"\s+", " ", answer.content.decode())
    return int(re.search(rf"{label}</dt><dd[^>]*>(\d+)", page)[1])


def in_scope(query):
    with scope(authority=NORTH):
        return query()


def plans():
    return in_scope(lambda: {p.local_digest: p for p in Plan.objects.all()})


@pytest.mark.parametrize("form", ["sen2-xml", "sen2-csv", "sen2-excel", "annex-a", "csv", "excel"])
def test_every_format_is_shown_then_taken_in_then_known_again(client, form):
    listed = invented_list(form, NORTH, 40, 7, timezone.localdate())
    shown = read(client, listed)
    assert shown.status_code == 200
    assert plans() == {}
    assert events() == []
    added = count(shown, "Plans to add")
    assert added + count(shown, "Refused") >= 35
    assert confirm(client, shown).status_code == 303
    before = {digest: plan.reference for digest, plan in plans().items()}
    assert len(before) == added
    again = read(client, listed)
    assert (count(again, "Plans to add"), count(again, "Plans to update")) == (0, 0)
    assert "This very file was taken in" in again.content.decode()
    confirm(client, again)
    assert {digest: plan.reference for digest, plan in plans().items()} == before
    assert events() == ["list.import", "list.import"]


def test_what_a_second_list_says_is_updated_and_what_it_leaves_blank_stays(client):
    take_in(client, a_csv("7,Invented,1/2/2015,ASD,1/3/2024,1/3/2025", "8,Made,2/2/2016,SLD,,"))
    one = in_scope(lambda: Plan.objects.get(need="ASD"))
    shown = read(client, a_csv("7,Invented,1/2/2015,SEMH,,1/4/2026", "8,Made,2/2/2016,SLD,,"))
    assert (count(shown, "Plans to update"), count(shown, "stay as they are")) == (1, 1)
    confirm(client, shown)
    now = in_scope(lambda: Plan.objects.get(pk=one.pk))
    assert (now.reference, now.need) == (one.reference, "SEMH")
    assert (now.issued_on, now.last_review_on) == (dt.date(2024, 3, 1), dt.date(2026, 4, 1))


def test_identities_are_kept_only_where_the_authority_keeps_them(client):
    rows = a_csv("7,Invented,1/2/2015,ASD,,")
    take_in(client, rows)
    who = in_scope(lambda: Identity.objects.get())
    assert (who.surname, who.born, who.local_id) == ("Invented", dt.date(2015, 2, 1), "7")
    in_scope(lambda: Identity.objects.all().delete())
    in_scope(lambda: Settings.objects.update(keeps_identity=False))
    take_in(client, rows)
    take_in(client, a_csv("7,Invented,1/2/2015,ASD,,", "8,Made,2/2/2016,SLD,,"))
    assert in_scope(Identity.objects.count) == 0
    assert in_scope(Plan.objects.count) == 2


def test_plans_that_a_list_lacks_stay_and_are_marked(client):
    every = [f"{n},Invented,1/2/2015,ASD,," for n in range(10)]
    take_in(client, a_csv(*every))
    take_in(client, a_csv(*every[:8]))
    page = client.get(f"/work/{NORTH}/plans/?state=not-listed").content.decode()
    assert ">2 plans" in page
    assert page.count("not in the last list</strong>") == 2
    take_in(client, a_csv(*every))
    assert ">0 plans" in client.get(f"/work/{NORTH}/plans/?state=not-listed").content.decode()


def test_a_list_that_lacks_more_than_a_fifth_must_be_confirmed_twice(client):
    every = [f"{n},Invented,1/2/2015,ASD,," for n in range(10)]
    take_in(client, a_csv(*every))
    shown = read(client, a_csv(*every[:7]))
    assert "Is it the whole list?" in shown.content.decode()
    assert "whole list?" not in read(client, a_csv(*every[:8])).content.decode()
    refused = confirm(client, shown)
    assert refused.status_code == 400
    assert "lacks 3 of 10 plans in force" in refused.content.decode()
    assert confirm(client, shown, sure="1").status_code == 303
    assert in_scope(Plan.objects.count) == 10


def test_another_authoritys_list_is_refused(client):
    answer = read(client, invented_list("sen2-xml", SOUTH, 5, 7, timezone.localdate()))
    text = answer.content.decode()
    assert answer.status_code == 400 or count(answer, "Plans to add") == 0
    assert "authority" in text.lower()
    assert plans() == {}


def test_doubles_and_impossible_rows_are_refused_by_row(client):
    answer = read(
        client,
        a_csv(
            "7,Invented,1/2/2015,ASD,1/3/2024,",
            "7,Invented,1/2/2015,ASD,1/3/2024,",
            "8,Made,1/2/2099,SLD,,",
            "9,Old,1/2/1980,SLD,,",
        ),
    )
    assert count(answer, "Plans to add") == 1
    page = answer.content.decode()
    for row in ("row 3", "row 4", "row 5"):
        assert row in page
    for value in ("Invented", "1980", "2099"):
        assert value not in page
    number = confirm(client, answer)["Location"]
    said = client.get(number + "refusals.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(said)))
    assert {r["row"] for r in rows if r["kind"] == "refused"} == {"row 3", "row 4", "row 5"}
    assert "Invented" not in said
    assert in_scope(Import.objects.get).refused == 3


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", b"just words", b"<html></html>"])
def test_what_is_no_list_is_refused_with_one_sentence(client, data):
    answer = read(client, [("list.csv", data)])
    assert answer.status_code == 400
    assert answer.content.decode().count("list.csv") >= 1
    assert events() == []


def test_a_preview_is_one_persons_for_half_an_hour(client, monkeypatch):
    shown = read(client, a_csv("7,Invented,1/2/2015,ASD,,"))
    assert b"Invented" not in shown.content
    other = client_of(a_person("quality-lead"))
    assert confirm(other, shown).status_code == 400
    later = timezone.now() + dt.timedelta(minutes=31)
    monkeypatch.setattr(actions.timezone, "now", lambda: later)
    answer = confirm(client, shown)
    assert answer.status_code == 400
    assert "more than 30 minutes ago" in answer.content.decode()
    assert client.post(BASE + "confirm/", {"sealed": "nonsense"}).status_code == 400
    assert plans() == {}


def test_a_preview_that_no_longer_holds_is_not_taken_in(client):
    shown = read(client, a_csv("7,Invented,1/2/2015,ASD,,"))
    take_in(client, a_csv("7,Invented,1/2/2015,SLD,,"))
    assert confirm(client, shown).status_code == 409
    assert events() == ["list.import"]


def test_a_column_mapping_is_suggested_kept_and_used_again(client):
    head = "Kid,Family,DOB,Main need,From\n7,Invented,3/4/2015,ASD,5/6/2024\n"
    table = [("own.csv", head.encode())]
    asked = client.post(BASE + "columns/", {"files": files(table)})
    page = asked.content.decode()
    assert '<option value="DOB" selected>' in page
    assert '<option value="Main need" selected>' in page
    packed = html.unescape(re.search(r'name="headings" value="([^"]+)"', page)[1])
    fields = {"headings": packed, "column-born": "DOB", "column-issued_on": "From",
              "column-need": "Main need", "date_order": "month-first"}  # fmt: skip
    nobody = client.post(BASE + "columns/", {**fields, "name": "Monthly"})
    assert nobody.status_code == 400
    assert "says who each plan is for" in nobody.content.decode()
    fields["column-local_id"] = "Kid"
    assert client.post(BASE + "columns/", {**fields, "name": " "}).status_code == 400
    kept = client.post(BASE + "columns/", {**fields, "name": "Monthly"})
    number = in_scope(Mapping.objects.get).pk
    assert kept["Location"] == f"{BASE}?mapping={number}"
    shown = read(client, table, mapping=str(number))
    assert confirm(client, shown).status_code == 303
    plan = in_scope(Plan.objects.get)
    assert (plan.need, plan.issued_on) == ("ASD", dt.date(2024, 5, 6))
    assert in_scope(Mapping.objects.get).used_at is not None
    assert set(in_scope(Import.objects.get).columns) == {"DOB", "Main need", "From", "Kid"}


def test_five_thousand_plans_are_taken_in_with_few_queries(client, django_assert_max_num_queries):
    listed = invented_list("csv", NORTH, 5000, 3, timezone.localdate())
    with django_assert_max_num_queries(40):
        shown = read(client, listed)
    assert len(shown.content) < 1_500_000
    with django_assert_max_num_queries(60):
        assert confirm(client, shown).status_code == 303
    again = read(client, listed)
    with django_assert_max_num_queries(60):
        assert confirm(client, again).status_code == 303
    with django_assert_max_num_queries(30):
        page = client.get(f"/work/{NORTH}/plans/")
    assert "Page 1 of" in page.content.decode()
