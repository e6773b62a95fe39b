"""The pages of moderation and of replies: who sees what, and that nothing typed is lost."""

from __future__ import annotations

import html
import re

import pytest

from goldthread.records.models import Decision, Moderation, Reply
from goldthread.records.queries.subject import about_person, about_plan
from goldthread.records.roles import ROLES
from goldthread.records.scope import scope
from tests.moderated import SEEN, a_pair, a_signed_pair, sign, signed_days_ago
from tests.people import NORTH, SOUTH, a_person, client_of

BASE = f"/work/{NORTH}/"
LOW, HIGH = {"F2-quantified": "0", "L1-plain": "0"}, {"F2-quantified": "3"}
WHY = "Section F says who does it, and how often."
WHOLE = "We read Section F together and agreed."
WORDS = "The hours stand in the appendix that came with the plan."


@pytest.fixture
def lead():
    return a_person("quality-lead", name="Maud Ferris")


@pytest.fixture
def pair():
    return a_signed_pair(NORTH, LOW, HIGH)


def page(client, path, status=200):
    answer = client.get(BASE + path)
    assert answer.status_code == status, path
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", answer.content.decode())).split())


def waits(pair):
    with scope(authority=NORTH):
        return Moderation.objects.get(audit__reference=pair.first).reference


def form(client, reference, **fields):
    seen = client.get(f"{BASE}moderation/{reference}/").context["seen"]
    return {
        "seen": seen, "step": "decide", "whole": WHOLE,
        "choice-F2-quantified": "second", "reason-F2-quantified": WHY,
        "choice-L1-plain": "other", "value-L1-plain": "1", "reason-L1-plain": WHY, **fields,
    }  # fmt: skip


def test_both_answers_stand_side_by_side_with_what_they_rest_on(pair, lead):
    client = client_of(lead)
    listed = page(client, "moderation/")
    assert f"Plan {pair.plan.reference}: audit {pair.first} Two blind audits differ" in listed
    said = page(client, f"moderation/{waits(pair)}/")
    assert "The two auditors answer a gate differently: F2-quantified." in said
    assert "What counts now 0 Not met" in said
    assert "Second audit, blind 3 Fully met" in said
    assert f"Education and SEND service · {pair.first_by.name} {SEEN} sample" in said
    assert "The machine suggested 1 Partly met, shown after the first answer." in said
    assert "Take the second: 3 Fully met" in said
    assert "E1-present" not in said
    every = page(client, f"moderation/{waits(pair)}/?all=yes")
    assert "E1-present" in every
    assert "All" in every


def test_a_decision_by_its_form_and_what_everybody_reads_after_it(pair, lead):
    client, reference = client_of(lead), waits(pair)
    address = f"{BASE}moderation/{reference}/"
    answer = client.post(address, form(client, reference))
    assert (answer.status_code, answer["Location"]) == (303, address)
    said = page(client, f"moderation/{reference}/")
    assert "Band, after caps: from Requires improvement to Good." in said
    assert "L1-plain: from “Not met” to “Partly met”." in said
    assert "by Maud Ferris" in said
    writer = page(client_of(pair.writer), f"audits/{pair.first}/")
    for words in ("It was signed as Requires improvement", WHOLE, WHY, "The grade that counts Good",
                  f"Since moderation: {WHY}"):  # fmt: skip
        assert words in writer, words
    for name in (lead.name, pair.first_by.name, pair.second_by.name):
        assert name not in writer
    assert "Changed" in page(client, "moderation/")


def test_what_is_missing_is_said_at_its_place_and_what_was_typed_stays(pair, lead):
    client, reference = client_of(lead), waits(pair)
    sent = form(client, reference, **{
        "reason-F2-quantified": "no", "value-L1-plain": "", "whole": "",
        "choice-E1-present": "first", "reason-E1-present": "<b>kept</b> as it is",
    })  # fmt: skip
    answer = client.post(f"{BASE}moderation/{reference}/", sent)
    text = answer.content.decode()
    assert answer.status_code == 400
    for criterion in ("F2-quantified", "L1-plain"):
        assert f'<a href="#d-{criterion}">' in text
        assert f'id="e-{criterion}"' in text
    assert "&lt;b&gt;kept&lt;/b&gt; as it is</textarea>" in text
    assert "L1-plain: choose the other answer." in text
    assert 'id="e-whole"' in text
    with scope(authority=NORTH):
        assert not Decision.objects.exists()


def test_what_it_would_change_is_shown_and_not_kept(pair, lead):
    client, reference = client_of(lead), waits(pair)
    sent = form(client, reference, step="preview", whole="")
    answer = client.post(f"{BASE}moderation/{reference}/", sent)
    text = html.unescape(answer.content.decode())
    assert answer.status_code == 200
    assert "Band, after caps: from Requires improvement to Good." in text
    assert f"{WHY}</textarea>" in text
    with scope(authority=NORTH):
        assert Moderation.objects.get().state == "waiting"


def test_two_moderators_at_once_and_the_second_loses_no_word(pair, lead):
    reference = waits(pair)
    one, other = client_of(lead), client_of(a_person("quality-lead", name="Other lead"))
    address = f"{BASE}moderation/{reference}/"
    mine, theirs = form(one, reference), form(other, reference, **{"reason-L1-plain": "Unlike me."})
    assert one.post(address, mine).status_code == 303
    assert one.post(address, mine).status_code == 303
    late = other.post(address, theirs)
    text = late.content.decode()
    assert late.status_code == 409
    assert "This was decided meanwhile." in text
    assert "L1-plain: Unlike me." in text
    with scope(authority=NORTH):
        assert Decision.objects.filter(criterion="F2-quantified").count() == 1


def test_a_stale_form_shows_both_as_they_are_now_and_keeps_what_was_typed(lead):
    pair = a_pair(NORTH, LOW, HIGH)
    sign(pair.first_by, pair.first)
    client, reference = client_of(lead), waits(pair)
    sent = form(client, reference, **{"choice-F2-quantified": "first"})
    sign(pair.second_by, pair.second)
    answer = client.post(f"{BASE}moderation/{reference}/", sent)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "counts otherwise by now" in text
    assert f"{WHY}</textarea>" in html.unescape(text)
    assert "Take the second: 3 Fully met" in text


def test_who_answered_reads_but_has_no_form_and_who_still_marks_reads_nothing(lead):
    pair = a_pair(NORTH, LOW, HIGH)
    a_person("quality-lead", "auditor", name=pair.first_by.name)
    a_person("quality-lead", "auditor", name=pair.second_by.name)
    sign(pair.first_by, pair.first)
    address = f"moderation/{waits(pair)}/"
    one, other = client_of(pair.first_by), client_of(pair.second_by)
    said = page(one, address)
    assert "You answered questions of these audits yourself" in said
    assert "Which answer counts" not in said
    blind = page(other, address)
    assert "You mark this plan blind yourself" in blind
    assert SEEN not in blind
    refused = one.post(BASE + address, {"whole": WHOLE, "seen": "x", "choice-L1-plain": "first",
                                        "reason-L1-plain": WHY})  # fmt: skip
    assert refused.status_code == 403
    assert f"L1-plain: {WHY}" in html.unescape(refused.content.decode())
    assert "For somebody else" in page(one, "moderation/")


def test_asked_for_from_the_audits_page(lead):
    pair = a_signed_pair(NORTH)
    client = client_of(lead)
    said = page(client, f"audits/{pair.first}/")
    assert "Ask for moderation" in said
    assert "The two agree closely enough; nobody need moderate that." in said
    address = f"{BASE}audits/{pair.first}/moderation/"
    refused = client.post(address, {"reason": "no"})
    assert refused.status_code == 400
    assert '<a href="#reason">' in refused.content.decode()
    made = client.post(address, {"reason": "The family has new papers."})
    assert made["Location"].startswith(f"{BASE}moderation/M-")
    assert "The family has new papers." in page(client, f"moderation/{waits(pair)}/")
    again = client.post(address, {"reason": "The family has new papers."})
    assert "waits for moderation already" in again.content.decode()
    assert "this audit waits for moderation (somebody asked)" in page(
        client_of(pair.writer), f"audits/{pair.first}/"
    )


def test_after_a_change_the_auditors_own_answer_is_said_beside_what_counts(pair, lead):
    client = client_of(lead)
    client.post(f"{BASE}moderation/{waits(pair)}/", form(client, waits(pair)))
    address = f"{BASE}audits/{pair.first}/moderation/"
    made = client.post(address, {"reason": "The family has new papers."})["Location"]
    said = page(client, f"{made.removeprefix(BASE)}?all=yes")
    assert "What counts now 3 Fully met" in said
    assert "A panel decided so. The auditor had answered 0 Not met:" in said


def test_what_is_handed_out_holds_the_words_of_panels_and_replies(pair, lead):
    client = client_of(lead)
    send_reply(client_of(pair.writer), pair)
    client.post(f"{BASE}moderation/{waits(pair)}/", form(client, waits(pair)))
    boss = a_person("administrator")
    with scope(authority=NORTH, person=boss.person):
        plan = str(about_plan(boss, pair.plan.reference))
        person = about_person(boss, lead.member)
    for words in (WORDS, WHY, WHOLE):
        assert words in plan
    (decided,) = next(s.records for s in person.sections if s.title.startswith("Moderations"))
    assert (decided["audit"], decided["decided_by"]) == (pair.first, f"member-{lead.member}")
    assert WHOLE not in str(person)


def send_reply(client, pair, **fields):
    return client.post(f"{BASE}audits/{pair.first}/reply/",
                       {"words": WORDS, "criteria": ["L1-plain"], **fields})  # fmt: skip


def test_a_writer_is_told_replies_and_reads_the_answer(pair, lead):
    writer, client = client_of(pair.writer), client_of(lead)
    assert f"Replies you may give Plan {pair.plan.reference}: audit {pair.first}" in page(
        writer, ""
    )
    assert "Reply to this audit until" in page(writer, f"audits/{pair.first}/")
    assert "Not met" in page(writer, f"audits/{pair.first}/reply/")
    wrong = send_reply(writer, pair, words="no")
    assert (wrong.status_code, 'value="L1-plain" checked' in wrong.content.decode()) == (400, True)
    made = send_reply(writer, pair)
    address = made["Location"]
    assert address.startswith(f"{BASE}moderation/replies/Y-")
    assert send_reply(writer, pair)["Location"] == address
    assert "replied to this audit already" in send_reply(writer, pair, words="Other words here."
                                                         ).content.decode()  # fmt: skip
    path = address.removeprefix(BASE)
    assert "It waits for the quality lead." in page(writer, path)
    assert pair.writer.name in page(client, path)
    assert "1 reply waits for your answer" in page(client, "")
    wrong = client.post(address, {"outcome": "kept", "answer": ""})
    assert (wrong.status_code, 'id="answer-error"' in wrong.content.decode()) == (400, True)
    assert (
        client.post(address, {"outcome": "kept", "answer": "It is in no part."}).status_code == 303
    )
    said = page(writer, path)
    assert "The audit stays as it is." in said
    assert "It is in no part." in said
    assert lead.name not in said
    assert "Your replies" in page(writer, "")


def test_a_sign_that_no_keyboard_types_is_left_out(pair, lead):
    made = send_reply(client_of(pair.writer), pair, words=f"{WORDS}\0")
    assert made.status_code == 303
    client, reference = client_of(lead), waits(pair)
    sent = form(client, reference, whole=f"\0{WHOLE}", **{"reason-L1-plain": f"{WHY}\0"})
    assert client.post(f"{BASE}moderation/{reference}/", sent).status_code == 303
    with scope(authority=NORTH):
        assert Reply.objects.get().words == WORDS
        assert Decision.objects.get(criterion="L1-plain").reason == WHY


def test_a_reply_that_leads_to_a_panel_reads_before_and_after(pair, lead):
    writer, client, reference = client_of(pair.writer), client_of(lead), waits(pair)
    address = send_reply(writer, pair)["Location"]
    moved = client.post(address, {"outcome": "moderated"})
    assert moved["Location"] == f"{BASE}moderation/{reference}/"
    assert WORDS in page(client, f"moderation/{reference}/")
    client.post(f"{BASE}moderation/{reference}/", form(client, reference))
    said = page(writer, address.removeprefix(BASE))
    assert "A panel looked at the audit again." in said
    assert "Band, after caps: from Requires improvement to Good." in said
    assert WHOLE in said
    assert lead.name not in said
    late = client.post(address, {"outcome": "noted", "answer": "Thank you for it."})
    assert late.status_code == 409


def test_too_late_not_ones_own_and_second_marks_are_said(pair):
    writer = client_of(pair.writer)
    assert "second, blind marking" in page(writer, f"audits/{pair.second}/reply/")
    signed_days_ago(pair.first, 40, NORTH)
    assert "Replies could be given until" in page(writer, f"audits/{pair.first}/reply/")
    late = send_reply(writer, pair)
    assert late.status_code == 400
    assert "Replies could be given until" in late.content.decode()
    other = client_of(a_person("plan-writer", name="Another writer"))
    assert other.get(f"{BASE}audits/{pair.first}/reply/").status_code == 404
    with scope(authority=NORTH):
        assert not Reply.objects.exists()


def test_the_pages_of_each_role_and_of_nobody_elsewhere(pair):
    writer = client_of(pair.writer)
    reply = send_reply(writer, pair)["Location"].removeprefix(BASE)
    pages = {
        "moderation/": {"quality-lead": 200, "plan-writer": 200, "adviser": 200},
        f"moderation/{waits(pair)}/": {"quality-lead": 200},
        reply: {"quality-lead": 200, "plan-writer": 404, "adviser": 404},
        f"audits/{pair.first}/moderation/": {"quality-lead": 200},
        f"audits/{pair.first}/reply/": {"plan-writer": 404, "adviser": 404},
    }  # fmt: skip
    for role in ROLES:
        client = client_of(a_person(role, name=f"Some {role}"))
        for path, allowed in pages.items():
            assert client.get(BASE + path).status_code == allowed.get(role, 403), (role, path)
    south = client_of(a_person("quality-lead", code=SOUTH))
    for path in pages:
        assert south.get(BASE + path).status_code == 404
        theirs = 200 if path == "moderation/" else 403 if path.endswith("/reply/") else 404
        assert south.get(f"/work/{SOUTH}/{path}").status_code == theirs
