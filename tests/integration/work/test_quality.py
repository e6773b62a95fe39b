"""An authority's own figures on its pages: right, apart, floored, and open to what is behind."""

import csv
import datetime as dt
import io
import re

import pytest
from django.db import transaction
from django.utils import timezone

from goldthread.core.report.quality.asked import plus
from goldthread.core.report.quality.figures import Auditors, rate
from goldthread.records.models import Audit, Document, Moderation, Part, Reply
from goldthread.records.references import new_reference
from goldthread.records.scope import scope
from tests.audits import an_audit
from tests.people import NORTH, SOUTH, a_person, client_of
from tests.quality import Made, fill

MONTH = timezone.localdate().replace(day=1)
BASE = f"/work/{NORTH}/"
QUALITY = f"{BASE}quality/"


def made(number, auditors, writers, **more):
    """So many plans of two needs and of three teams, of which one has three plans."""
    found = []
    for i in range(number):
        facts = (("need", "ASD" if i % 3 else "SLCN"), ("phase", "primary"),
                 ("team", "Far" if i < 3 else ("North", "=South")[i % 2]))  # fmt: skip
        found.append(Made(
            plus(MONTH, -(i % 12)), 0.95 if i % 4 else 0.4, auditors[i % len(auditors)],
            writers[i % len(writers)], facts=facts, **more,
        ))  # fmt: skip
    return found


@pytest.fixture(scope="module")
def filled(_invented, django_db_blocker):
    """Northmere with 60 random audits, 8 on a theme, and some of the year before.

    Filled once: each test begins and ends within this transaction, and leaves no trace in it.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield _filled()
        transaction.set_rollback(True)


def _filled():
    auditors = [a_person("auditor", name=f"Auditor {i}") for i in range(3)]
    writers = [a_person("plan-writer", name=f"Writer {i}").member for i in range(4)]
    fill(
        auditors[0],
        made(60, auditors, writers, answers=(("F2-quantified", 1),)),
        words="F2-quantified",
    )
    theme = [Made(MONTH, 0.1, auditors[0], writers[0], draw="thematic") for _ in range(8)]
    fill(auditors[0], theme)
    fill(auditors[0], [Made(plus(MONTH, -14), 0.4, auditors[1], writers[1])] * 9)
    return a_person("quality-lead")


def page(client, path="", status=200):
    answer = client.get(f"{QUALITY}{path}")
    assert answer.status_code == status
    return answer.content.decode()


def sentence(html):
    found = re.search(r'<div class="gt-sentence".*?</div>', html, re.DOTALL)
    return " ".join(re.sub("<[^>]+>", " ", found[0]).split())


def rows_of(client, path):
    answer = client.get(f"{QUALITY}{path}")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def test_the_sentence_is_that_of_the_audits_themselves(filled):
    html = page(client_of(filled))
    with scope(authority=NORTH):
        random = Audit.objects.filter(purpose="sample", state="signed")
        year = random.filter(signed_at__date__gte=plus(MONTH, -11))
        bands = list(year.exclude(band="").values_list("band", flat=True))
        led = list(Part.objects.filter(audit__in=year, lead=True).values_list("auditor", flat=True))
    good = sum(band in ("good", "outstanding") for band in bands)
    found = rate(good, len(bands), Auditors({who: led.count(who) for who in set(led)}))
    said = sentence(html)
    assert said.startswith("60 plans were drawn at random and audited in the 12 months to ")
    assert f"{good} of {len(bands)} are good or better: {found.value:.0f}%" in said
    assert f"(likely {found.low:.0f}% to {found.high:.0f}%)" in said
    assert "how this authority writes plans" in said
    assert "of 9 in the 12 months before" in said
    assert "On a theme" in html  # by themselves, at the end


def test_every_number_opens_the_audits_behind_it(filled):
    client = client_of(filled)
    html = page(client)
    links = re.findall(rf'href="({BASE}audits/[^"]+)">(\d+)<', html)
    assert len(links) > 60
    chosen = links[:2] + [link for link in links if "team=" in link[0] or "need=" in link[0]]
    for address, number in chosen:
        listed = client.get(address.replace("&amp;", "&"))
        assert f">{number} audit" in listed.content.decode(), address
    short = client.get(f"{BASE}audits/?draw=random&criterion=F2-quantified&answer=short")
    assert ">60 audits" in short.content.decode()


def test_who_may_not_open_audits_gets_no_link_and_who_may_not_read_gets_no_words(filled):
    for role, opens, reads in (
        ("quality-lead", True, True), ("director", True, False), ("partner-reader", False, False),
    ):  # fmt: skip
        client = client_of(a_person(role))
        assert (f'href="{BASE}audits/?' in page(client)) == opens
        for path in ("criteria/F2-quantified/", "issues/"):
            html = page(client, path)
            assert ("Invented remark on" in html) == reads, role
            assert "Invented words of a plan." in html or not reads
            assert (f'href="{BASE}audits/?' in html) == opens
    assert client_of(a_person("partner-reader")).get(f"{BASE}audits/").status_code == 403


def test_small_groups_and_one_persons_work_are_named_and_not_shown(filled):
    client = client_of(filled)
    teams = [r for r in rows_of(client, "groups.csv") if r["table"] == "Team"]
    shown = {r["name"] for r in teams if r["share"]}
    held = {r["name"] for r in teams if r["note"]}
    assert "Far" in held
    assert len(held) >= 2
    assert shown.isdisjoint(held)
    assert all(not r["audits"] for r in teams if r["note"])
    refused = page(client, "?team=Far", status=400)
    assert "is not shown by itself" in refused
    assert "good or better" not in refused


def test_one_writer_is_never_a_team(filled):
    writer = a_person("plan-writer", name="Writer alone").member
    auditor = a_person("auditor", name="Auditor 0")
    facts = (("team", "Alone"), ("need", "ASD"))
    fill(auditor, [Made(MONTH, 0.9, auditor, writer, facts=facts)] * 12)
    html = page(client_of(filled))
    assert re.search(r"Team: Not shown[^<]*Alone", html)
    assert "is not shown by itself" in page(client_of(filled), "?team=Alone", status=400)


def test_a_formula_in_a_name_is_a_text_in_the_file(filled):
    fill(a_person("auditor", name="Auditor 0"), [
        Made(MONTH, 0.9, None, a_person("plan-writer", name=f"Writer {i % 4}").member,
             facts=(("team", "=South"), ("need", "SLCN"), ("phase", "primary")))
        for i in range(30)
    ])  # fmt: skip
    answer = client_of(filled).get(f"{QUALITY}groups.csv").content.decode()
    assert "'=South" in answer
    assert not re.search(r"(^|,)=South", answer, re.MULTILINE)


def test_filters_live_in_the_address_and_come_back_in_the_form(filled):
    client = client_of(filled)
    html = page(client, f"?need=ASD&since={plus(MONTH, -5):%Y-%m}&until={MONTH:%Y-%m}")
    assert '<option value="ASD" selected>' in html
    assert f'value="{plus(MONTH, -5):%Y-%m}"' in html
    assert "Only: Autistic spectrum disorder" in html
    number = sum(1 for i in range(60) if i % 3 and i % 12 < 6)
    assert sentence(html).startswith(f"{number} plans were drawn at random")
    theme = sentence(page(client, "?draw=thematic"))
    assert theme.startswith("8 plans were audited on a theme")
    assert "do not stand for all" in theme


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?need=NONE", "There is no need “NONE” here"),
        ("?since=2026-99", "is no month"),
        ("?draw=lucky", "There is no way of choosing “lucky”"),
        ("?subject=review&framework=ehc-ref@2026.1", "That standard is for another kind"),
    ],
)
def test_what_is_wrong_in_the_address_is_one_sentence(filled, query, said):
    client = client_of(filled)
    for path in ("", "issues/", "criteria/F2-quantified/", "advice/"):
        html = page(client, f"{path}{query}", status=400)
        assert said in html
        assert "gt-sentence" not in html
    assert client.get(f"{QUALITY}criteria.csv{query}").status_code == 400


def test_the_picture_moves_when_an_audit_is_signed(filled):
    client = client_of(filled)
    assert sentence(page(client)).startswith("60 plans")
    assert sentence(page(client)).startswith("60 plans")  # as it was kept
    auditor = a_person("auditor", name="Auditor 0")
    fill(auditor, [Made(MONTH, 0.9, auditor)])
    assert sentence(page(client)).startswith("61 plans")


def test_stock_is_about_the_plans_held(filled):
    stock = page(client_of(filled), "?figure=stock")
    assert "about the 77 plans held now, of which 60 were audited" in sentence(stock)


def test_an_authority_without_audits_says_so():
    client, south = client_of(a_person("director", code=SOUTH)), f"/work/{SOUTH}/quality/"
    html = client.get(south).content.decode()
    assert sentence(html).startswith("0 plans were drawn at random")
    assert "With fewer than 5 audits no figure is shown" in html
    assert "<figure" not in html
    for path in ("issues/", "advice/", "waiting/", "criteria/F2-quantified/"):
        assert client.get(f"{south}{path}").status_code == 200


def test_criteria_stand_in_the_order_that_the_address_asks_for(filled):
    client = client_of(filled)
    first = r'id="criteria".*?<th scope="row"[^>]*><a[^>]*>([^<]+)</a>'
    assert re.search(first, page(client, "?sort=share"), re.DOTALL)[1] == "F2-quantified"
    assert re.search(first, page(client), re.DOTALL)[1] == "X1-sections"
    (row,) = [r for r in rows_of(client, "criteria.csv") if r["group"] == "F2-quantified"]
    assert (row["audits"], row["good_or_met"], row["at_1"], row["share"]) == (
        "60",
        "0",
        "60",
        "0.0",
    )
    assert float(row["share_high"]) > 0


def test_one_question_and_its_files(filled):
    client = client_of(filled)
    html = page(client, "criteria/F2-quantified/")
    assert "0 of 60 audits in which it applies met it: 0%" in sentence(html)
    assert "What an auditor looks for" in html
    months = rows_of(client, "criteria/F2-quantified/months.csv")
    assert sum(int(r["audits"]) for r in months) == 60 + 9
    groups = rows_of(client, "criteria/F2-quantified/groups.csv")
    assert {r["name"] for r in groups if r["share"]} >= {"Autistic spectrum disorder"}
    page(client, "criteria/Z9-none/", status=404)


def test_common_issues_come_in_order_with_the_heaviest_first(filled):
    html = page(client_of(filled), "issues/")
    assert re.search(r'<th scope="row"[^>]*><a[^>]*>([^<]+)</a>', html)[1] == "F2-quantified"
    rows = rows_of(client_of(filled), "issues.csv")
    weights = [float(r["weighted"]) for r in rows]
    assert weights == sorted(weights, reverse=True)
    assert (rows[0]["criterion"], rows[0]["short"], rows[0]["place"]) == (
        "F2-quantified",
        "60",
        "1",
    )


def test_a_month_file_has_both_pictures(filled):
    rows = rows_of(client_of(filled), "months.csv")
    assert sum(int(r["audits"]) for r in rows if r["index"]) == 69
    assert rows_of(client_of(filled), "themes.csv")[0]["table"] == "theme"


def test_advice_in_time_stands_beside_how_good_it_is():
    auditor = a_person("auditor")
    authors = [a_person("adviser", name=f"Adviser {i}").member for i in range(3)]
    day = timezone.localdate() - dt.timedelta(days=100)
    pieces = [
        Made(MONTH, 0.9, auditor, authors[i % 3], profession="health", requested_on=day,
             dated_on=day + dt.timedelta(days=40 if i < 6 else 50))
        for i in range(8)
    ]  # fmt: skip
    lone = [
        Made(MONTH, 0.9, auditor, authors[0], profession="sensory", requested_on=day, dated_on=day)
    ] * 6
    fill(auditor, pieces + lone)
    client = client_of(a_person("director"))
    html = page(client, "advice/")
    assert "12 of 14 pieces of advice asked for" in sentence(html)
    rows = {r["profession"]: r for r in rows_of(client, "advice.csv")}
    assert not rows["sensory"]["in_time"]
    assert not rows["health"]["in_time"]  # else the lone one could be worked out
    assert "leave out the need" in page(client, "advice/?need=ASD", status=400)
    more = [
        Made(MONTH, 0.9, auditor, authors[i % 3], profession="school", requested_on=day,
             dated_on=day)
        for i in range(7)
    ]  # fmt: skip
    fill(auditor, more)
    rows = {r["profession"]: r for r in rows_of(client, "advice.csv")}
    assert (rows["health"]["in_time"], rows["health"]["asked_and_due"]) == ("6", "8")
    assert rows["health"]["audits"] == "8"
    assert not rows["sensory"]["audits"]


def test_who_is_waiting_for_whom():
    day = timezone.localdate()
    auditor = a_person("auditor", name="Auditor of health", agency="health")
    late = an_audit(auditor, due_on=day - dt.timedelta(days=3))
    signed = an_audit(auditor, document=False)
    an_audit(auditor, document=False, purpose="anchor", anchor="one")
    with scope(authority=NORTH):
        audit = Audit.objects.get(reference=signed)
        Part.objects.filter(audit=audit).update(state="done")
        Audit.objects.filter(pk=audit.pk).update(state="ready")
        Moderation.objects.create(
            authority_id=NORTH, reference=new_reference("M"), audit=audit, why="asked"
        )
        Reply.objects.create(
            authority_id=NORTH, reference=new_reference("R"), audit=audit, who="writer"
        )
        Document.objects.create(
            authority_id=NORTH, reference=new_reference("D"), plan=audit.plan, kind="advice",
            profession="health", requested_on=day - dt.timedelta(days=43),
        )  # fmt: skip
        Document.objects.create(
            authority_id=NORTH, reference=new_reference("D"), plan=audit.plan, kind="plan",
            status="draft", state="read",
        )  # fmt: skip
    lead = client_of(a_person("quality-lead"))
    html = page(lead, "waiting/")
    assert sentence(html) == "7 things wait for somebody, 2 of them overdue."
    assert f'href="{BASE}audits/{late}/"' in html
    assert "Auditor of health" in html
    kinds = [r["kind"] for r in rows_of(lead, "waiting.csv")]
    assert sorted(kinds) == [
        "Advice overdue", "Anchor plans to mark", "Audits not begun", "Audits ready to sign",
        "Drafts at the gate", "Moderations waiting", "Replies waiting for an answer",
    ]  # fmt: skip
    partner = client_of(a_person("partner-reader"))
    html = page(partner, "waiting/")
    assert "7 things wait" in html
    assert "Auditor of health" not in html
    assert late not in html
    rows = rows_of(partner, "waiting.csv")
    assert len(rows) == 7
    assert not any(r["person"] or r["reference"] for r in rows)


def test_another_authority_sees_nothing_of_it(filled):
    south = client_of(a_person("director", code=SOUTH))
    assert south.get(QUALITY).status_code == 404
    html = south.get(f"/work/{SOUTH}/quality/").content.decode()
    assert sentence(html).startswith("0 plans")
    for role, status in (("auditor", 403), ("plan-writer", 403), ("analyst", 200)):
        assert client_of(a_person(role)).get(QUALITY).status_code == status
