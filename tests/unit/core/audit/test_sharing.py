"""Who answers what, against the table of the standard."""

from __future__ import annotations

import dataclasses

import pytest

from goldthread.core.audit.audit import Blank, Subject, questions
from goldthread.core.audit.sharing import AGENCIES, assembled, lead_of, share, themes_for
from goldthread.readers.frameworks import load_framework
from tests.judgements import BLANK, REFERENCE, judgement

OLDER = questions(REFERENCE, dataclasses.replace(BLANK, subject=Subject("plan", "final", 13, 18)))
# The column “Who” of the standard (part a), of all that is not E (education).
HEALTH = ["C1", "F9", "G1", "G2", "G3"]
CARE = ["D1", "D2", "D3", "H1", "H2", "H3"]
ALL = [
    *("A1", "A2", "A3", "A4", "A5", "E2", "E3", "E4", "E5", "E6", "E7", "E8", "F6", "F8"),
    *("K2", "K3", "GT1", "GT2", "GT3", "GT4", "P1", "P2", "P3", "P4", "L1", "L2", "L3"),
]
FAMILY = [c for c in ALL if c[0] in "AEL"]


def shared(*agencies):
    found = share(REFERENCE, OLDER, agencies)
    return {criterion.split("-")[0]: agency for criterion, agency in found.items()}


def test_each_agency_marks_its_own_rows_as_the_standard_says():
    found = shared("education", "health", "social-care", "parent-carer")
    assert len(found) == 65
    for criterion, agency in found.items():
        expected = (
            "health" if criterion in HEALTH
            else "social-care" if criterion in CARE
            else "parent-carer" if criterion in FAMILY
            else "education"
        )  # fmt: skip
        assert agency == expected, criterion


def test_without_parent_carers_the_lead_answers_for_all():
    found = shared("health", "education")
    assert {c for c, a in found.items() if a == "health"} == set(HEALTH)
    assert found["A1"] == found["D1"] == found["GT1"] == "education"


def test_one_agency_answers_everything():
    for agency in AGENCIES:
        assert set(shared(agency).values()) == {agency}


def test_the_lead():
    assert lead_of(["parent-carer", "health", "education"]) == "education"
    assert lead_of(["parent-carer", "social-care", "health"]) == "social-care"
    assert lead_of(["parent-carer"]) == "parent-carer"
    with pytest.raises(ValueError, match="No agency takes part"):
        lead_of([])
    with pytest.raises(ValueError, match="“police” is no agency"):
        lead_of(["education", "police"])


def test_a_question_of_several_agencies_goes_to_the_first_of_them_that_takes_part():
    review = load_framework("annual-review@2026.1")
    asked = questions(review, Blank(review.key, Subject("review", year=10)))
    three = share(review, asked, ["social-care", "education", "health"])
    assert three["AR8-health-care"] == "health"
    assert three["AR2-advice-circulated"] == "education"
    assert set(share(review, asked, ["education"]).values()) == {"education"}
    two = share(review, asked, ["social-care", "health"])
    assert two["AR2-advice-circulated"] == "health"
    assert two["AR16-attendance"] == "social-care"


def test_the_authors_own_questions_go_to_the_lead():
    advice = load_framework("advice@2026.1")
    asked = questions(advice, Blank(advice.key, Subject("advice")))
    found = share(advice, asked, ["health", "parent-carer"])
    assert set(found.values()) == {"health"}
    assert len(found) == 14


def test_a_theme_is_a_page():
    owners = share(REFERENCE, OLDER, AGENCIES)
    pages = themes_for(REFERENCE, OLDER, owners, "social-care")
    assert [(p.theme, p.title, [c.id for c in p.criteria]) for p in pages] == [
        ("D", "Social care needs", ["D1-care-needs", "D2-assessed", "D3-linked"]),
        ("H", "Social care provision", ["H1-split", "H2-specified", "H3-adult"]),
    ]
    every = themes_for(REFERENCE, OLDER, share(REFERENCE, OLDER, ["education"]), "education")
    assert [p.theme for p in every] == [
        "X",
        "A",
        "B",
        "C",
        "D",
        "E",
        "F",
        "G",
        "H",
        "I",
        "J",
        "K",
        "GT",
        "P",
        "L",
    ]
    assert themes_for(REFERENCE, OLDER, share(REFERENCE, OLDER, ["education"]), "health") == ()


def test_parts_are_assembled_into_one():
    own = [judgement("E2-smart", 1), judgement("A1-child-view", 2)]
    other = [judgement("C1-health-needs", 3, agency="health")]
    assert assembled([own, other]) == (own[1], other[0], own[0])
    assert assembled([]) == ()


def test_two_parts_never_answer_one_question():
    twice = judgement("E2-smart", 1, agency="health")
    with pytest.raises(
        ValueError, match="E2-smart is answered twice, by education and by health; decide"
    ):
        assembled([[judgement("E2-smart", 1)], [twice]])
    # The same answer handed in twice is an overlap as well.
    same = judgement("E2-smart", 1)
    with pytest.raises(ValueError, match="answered twice"):
        assembled([[same], [same]])
