"""Invented plans: the same from the same seed, sound when said to be, faults where said to be."""

import datetime as dt
import json
import re
from itertools import pairwise

import pytest

from goldthread.simulation.plans.blocks import as_read
from goldthread.simulation.plans.corpus import (
    FILE_KINDS,
    TODAY,
    paper_of,
    plan_sample,
    plans,
    truth_text,
)
from goldthread.simulation.plans.faults import PLANTERS
from goldthread.simulation.plans.layouts import FAMILIES
from goldthread.simulation.plans.showing import shown
from goldthread.simulation.plans.text import write_text
from tests.docs.test_no_personal_numbers import found_in

VAGUE = re.compile(
    r"\b(?:access to|opportunities|regular|regularly|as required|as needed|as appropriate|"
    r"where appropriate|when appropriate|where necessary|where possible|would benefit|if required|"
    r"as and when|may be offered|could be offered|consider|encouraged to|subject to|or equivalent|"
    r"level of support|ongoing|frequent|input|flexible|should|such as|e\.g\.|etc|including|"
    r"small group|key adult|up to|to be agreed)\b",
    re.I,
)
SKILLED = re.compile(
    r"trained|training|qualified|registered|holds|award|course|approved|accredited|years of|"
    r"checks?|services|tests it"
)


def text_of(plan):
    return write_text(paper_of(plan)).decode()


def flat(text):
    return " ".join(text.replace("•", " ").split())


@pytest.fixture(scope="module")
def many():
    return [*plans(21, 120), *plans(100, 120)]


@pytest.fixture(scope="module")
def sound():
    return list(plans(22, 90, good=True))


def test_a_plan_depends_on_its_seed_and_number_alone():
    first = [text_of(p) for p in plans(5, 6)]
    assert first == [text_of(p) for p in plans(5, 6)]
    assert first[3:] == [text_of(p) for p in plans(5, 3, start=3)]
    assert len(set(first + [text_of(p) for p in plans(6, 6)])) == 12


@pytest.mark.parametrize("kind", [k for k in FILE_KINDS if k != "scan"])
def test_the_same_seed_gives_the_same_bytes(kind):
    one, two = (plan_sample(next(plans(9, 1, start=1)), kind) for _ in "12")
    assert one.data == two.data
    assert truth_text(one.truth) == truth_text(two.truth)


def test_every_item_and_fault_stands_in_the_text(many):
    for plan in many:
        text = flat(text_of(plan))
        for item in plan.items("B", "C", "D", "E", "F", "G", "H1", "H2", "H"):
            for cell in shown(plan, item).split(" · ") if not item.marked else ():
                assert flat(cell) in text, (plan.name, item)
        for fault in plan.faults:
            assert flat(fault.quote) in text, (plan.name, fault)
            if fault.item is not None and fault.quote:
                assert fault.quote in shown(plan, fault.item), (plan.name, fault)


def test_two_in_three_have_one_to_six_faults_and_good_ones_none(many, sound):
    assert all(plan.good for plan in sound)
    faulty = [plan for plan in many if plan.faults]
    assert len(faulty) == 160
    assert {rule for plan in faulty for rule in (f.rule for f in plan.faults)} >= {
        "M01", "M02", "M03", "M21", "M28", "M29", "M31", "M42",
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(PLANTERS))
def test_every_fault_can_be_planted_and_changes_the_plan(name):
    hit = next(p for p in plans(31, 150, faults=(name,)) if p.faults)
    before = next(plans(31, 1, start=hit.number, good=True))
    assert text_of(hit) != text_of(before) or name == "tracked"
    assert all(re.fullmatch(r"M\d\d", f.rule) and f.note for f in hit.faults)


def test_every_rule_can_be_planted_somewhere():
    from goldthread.simulation.plans.folders import folder_samples

    rules = {f.rule for name in PLANTERS for p in plans(31, 30, faults=(name,)) for f in p.faults}
    samples = folder_samples(4, 60, kinds=("text",))
    rules |= {f["rule"] for s in samples if s.truth["is"] == "plan" for f in s.truth["faults"]}
    assert rules == {f"M{n:02}" for n in range(1, 47)}


def test_a_sound_plan_has_need_outcome_and_provision_for_each_number(sound):
    for plan in sound:
        for entry in plan_sample(plan, "text").truth["thread"]:
            assert entry["needs"] == entry["outcomes"] == 1, (plan.name, entry)
            assert entry["provision"] in (1, 2)
        assert 1 <= len(list(plan.items("E"))) <= 12


def test_a_sound_plan_has_every_section_and_its_year_follows_from_the_birth_date(sound):
    for plan in sound:
        child = plan.child
        assert list(plan.sections) == ["A", "B", "C", "D", "E", "F", "G", "H1", "H2", "I", "J", "K"]
        year = 2026 - (child.born.year if child.born.month >= 9 else child.born.year - 1) - 5
        assert year == child.year
        assert child.year_group in (f"Year {year}", "Reception", "Nursery", "College")
        blank = [x for x, s in plan.sections.items() if not s.texts]
        assert blank == (["I", "K"] if plan.status == "draft" else ["K"])


def test_the_dates_of_a_sound_plan_stand_in_order(sound):
    for plan in sound:
        days = plan.dates
        last = max(entry.day for entry in plan.advice)
        assert last < days["issued"] < plan.today < days["review_due"]
        start = days.get("reviewed") or days.get("first_made") or days["issued"]
        assert plan.today - start < dt.timedelta(days=300)
        assert all(plan.today - e.day < dt.timedelta(days=365) for e in plan.advice)


def test_sound_outcomes_say_when_how_much_and_from_where_at_several_times(sound):
    for plan in sound:
        outcomes = list(plan.items("E"))
        for item in outcomes:
            assert re.match(r"By (July|December|the end of)", item.text), item.text
            assert re.search(r"\d|one|two|three|four|five|six|ten|full|whole|alone", item.text)
            assert "Now (" in item.text
            assert "First step, by" in item.text
            due = re.findall(r"By .*?(20\d\d)", item.text)[0]
            assert int(due) >= 2027
        if len(outcomes) >= 3:
            assert len({i.text.partition(plan.child.forename)[0] for i in outcomes}) > 1


def test_sound_provision_is_firm_and_says_how_much_and_how_often(sound):
    often = re.compile(r"\b(every|once|twice|times|days) |\ba week|each|all of")
    for plan in sound:
        for item in plan.items("F", "G", "H1", "H2"):
            assert not VAGUE.search(item.text), item.text
            assert often.search(item.text), item.text
            assert SKILLED.search(item.text), item.text


def test_needs_hold_no_provision_and_are_more_than_a_label(sound):
    for plan in sound:
        for item in plan.items("B", "C", "D"):
            assert len(item.text.split()) >= 12
            assert not re.search(r"\bminutes|per week|a week\b|will receive", item.text), item.text


def test_nobody_else_is_named_in_a_sound_plan(sound):
    from goldthread.simulation.plans.stock import load_stock

    strangers = load_stock().names["strangers"]
    for plan in sound:
        text = text_of(plan)
        assert not [n for n in strangers if re.search(rf"\b{n}\b", text)]


def test_no_sentence_stands_three_times_in_a_sound_plan(sound):
    for plan in sound:
        text = "\n".join(i.text for i in plan.items("B", "C", "D", "E", "F", "G", "H1", "H2"))
        sentences = re.split(r"(?<=[a-z)][.])\s", text)
        assert max(sentences.count(s) for s in sentences) < 3


def test_no_template_mark_or_number_of_a_person_is_left(many):
    for plan in many:
        text = text_of(plan)
        assert found_in(text) == []
        if plan.good:
            assert not re.search(r"[{}«»\ue000-\ue005]|None", text.replace("None.", "")), plan.name


def test_pronouns_are_the_childs_own(sound):
    forms = {"he": r"\b(he|him|his|himself)\b", "she": r"\b(she|her|herself)\b"}
    for plan in sound:
        said = " ".join(i.text for i in plan.items("B", "C", "D", "E"))
        for pronoun, form in forms.items():
            if pronoun != plan.child.pronoun:
                assert not re.search(form, said, re.I), (plan.name, said)


def test_every_family_and_status_comes_up_and_can_be_asked_for(many):
    assert {p.layout.family for p in many} == set(FAMILIES)
    assert {p.status for p in many} == {"draft", "final", "amended"}
    assert {p.child.age for p in many} == set("epsa")
    for plan in plans(3, 4, family="booklet", status="draft", age="a"):
        assert (plan.layout.family, plan.status, plan.child.age) == ("booklet", "draft", "a")


@pytest.mark.parametrize("choice", [{"family": "x"}, {"status": "x"}, {"age": "x"}])
def test_an_unknown_choice_is_refused_in_one_sentence(choice):
    with pytest.raises(ValueError, match=r"There is no .* “x”; use one of "):
        next(plans(1, 1, **choice))


def test_the_truth_lists_each_rule_once(many):
    for plan in many:
        truth = json.loads(truth_text(plan_sample(plan, "text").truth))
        faulted = {f["rule"] for f in truth["faults"]}
        parts = [*faulted, *truth["unsure"], *truth["clean"]]
        assert sorted(parts) == [f"M{n:02}" for n in range(1, 47)]
        assert truth["good"] == (not truth["faults"])


def test_struck_and_deleted_words_are_not_read():
    marked = "Kept \ue000old\ue001and \ue002new\ue001.\ue004gone\ue001"
    assert as_read(marked) == "Kept and new."
    assert as_read("plain") == "plain"


def test_the_numbers_run_on_within_a_plan(sound):
    for plan in sound:
        numbers = [i.number for i in plan.items("B", "C", "D")]
        assert all(b == a + 1 for a, b in pairwise(numbers))
    assert TODAY.year == 2026
