"""Coverage and translation of a local tool, on the example and on small made-up crosswalks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from goldthread.core.framework.crosswalk import Crosswalk, coverage, translate
from goldthread.readers.frameworks import load_framework, shared_framework

REFERENCE = shared_framework()
FAMILIES = {c.id: c.family for c in REFERENCE.criteria}
LOCAL = load_framework("example-local@2026.1").crosswalk
CORE = [c for c in REFERENCE.criteria if c.core]


def walk(*items, scales=None):
    told = {
        "reference": REFERENCE.key,
        "tool": "A tool",
        "scales": scales or {"yes-no": {"yes": 2, "partly": 1, "no": 0, "none": "no-such-need"}},
        "items": items,
        "author": "Goldthread",
    }
    return Crosswalk.model_validate(told)


def item(name, *links, scale="yes-no", **more):
    return {"id": name, "question": "?", "scale": scale, "links": links, **more}


def to(criterion, relation="exact", **more):
    return {"to": criterion, "relation": relation, **more}


def test_the_example_is_class_b_and_says_what_is_not_asked():
    found = coverage(LOCAL, REFERENCE.criteria)
    weights = {c.id: c.weight for c in CORE}
    by_hand = sum(
        weight
        for criterion, weight in weights.items()
        if any(
            k.to == criterion and k.relation in ("exact", "narrower")
            for i in LOCAL.items
            for k in i.links
        )
    )
    assert (found.weight, found.of, found.graded) == (by_hand, sum(weights.values()), "B")
    assert set(found.mapped) | set(found.not_mapped) == set(weights)
    told = " ".join(found.warnings)
    assert "“yes-no” cannot give a 3" in told
    assert "X4-current" in told
    assert "Overall" in told


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([c.id for c in CORE]), min_size=1, unique=True))
def test_classes_follow_the_covered_weight(mapped):
    found = coverage(walk(*(item(f"Q{n}", to(c)) for n, c in enumerate(mapped))), CORE)
    share = sum(c.weight for c in CORE if c.id in mapped) / sum(c.weight for c in CORE)
    assert found.share == pytest.approx(share)
    assert found.graded == ("A" if share >= 0.8 else "B" if share >= 0.5 else "C")


@pytest.mark.parametrize("relation", ["broader", "part"])
def test_broader_and_part_links_are_never_covered(relation):
    found = coverage(walk(*(item(c.id, to(c.id, relation)) for c in CORE)), CORE)
    assert (found.weight, found.graded) == (0, "C")


@pytest.mark.parametrize(
    ("links", "said", "answer"),
    [
        ({"Q1": to("F2-quantified")}, {"Q1": "yes"}, 2),
        ({"Q1": to("F2-quantified")}, {"Q1": "none"}, "no-such-need"),
        ({"Q1": to("F2-quantified", "narrower"), "Q2": to("F2-quantified")},
         {"Q1": "no", "Q2": "yes"}, 2),
        ({"Q1": to("F2-quantified", "broader")}, {"Q1": "yes"}, None),
        ({"Q1": to("F2-quantified", "part", share=0.5)}, {"Q1": "yes"}, None),
        ({"Q1": to("F2-quantified", "part", share=0.5),
          "Q2": to("F2-quantified", "part", share=0.5)}, {"Q1": "yes", "Q2": "no"}, 1),
        ({"Q1": to("F2-quantified", "part", share=0.6),
          "Q2": to("F2-quantified", "part", share=0.4)}, {"Q1": "yes", "Q2": "yes"}, 2),
        ({"Q1": to("F2-quantified", "part", share=0.5),
          "Q2": to("F2-quantified", "part", share=0.5)}, {"Q1": "yes", "Q2": "none"}, 2),
    ],
)  # fmt: skip
def test_what_answer_comes_out(links, said, answer):
    found = translate(walk(*(item(q, k) for q, k in links.items())), said, FAMILIES)
    assert found.answers.get("F2-quantified") == answer
    if answer is None:
        assert any("no answer was made" in w for w in found.warnings)


def test_parts_are_answered_but_not_compared():
    found = translate(LOCAL, {"Q3": "yes", "Q4": "yes", "Q1": "no"}, FAMILIES)
    assert dict(found.answers) == {"X1-sections": 0, "X4-current": 2}
    assert found.compared == {"X1-sections"}
    assert found.made_from["X4-current"] == ("Q3", "Q4")


def test_a_full_scale_for_all_of_the_core_is_class_a_without_further_warnings():
    scales = {"full": {"top": 3, "low": 0}}
    items = (item(c.id, to(c.id), scale="full") for c in CORE)
    found = coverage(walk(*items, scales=scales), CORE)
    assert (found.graded, found.share, len(found.warnings)) == ("A", 1.0, 1)


def test_presence_has_no_three():
    scales = {"full": {"top": 3, "low": 0}}
    tool = walk(item("Q1", to("X1-sections"), scale="full"), scales=scales)
    assert translate(tool, {"Q1": "top"}, FAMILIES).answers == {"X1-sections": 2}


def test_an_overall_grade_never_becomes_answers():
    assert not translate(LOCAL, {"Overall": "yes"}, FAMILIES).answers
    with pytest.raises(ValidationError, match="overall grade says nothing"):
        walk(item("Overall", to("F2-quantified"), overall=True))


def test_wrong_use_is_a_sentence():
    with pytest.raises(ValueError, match="has no item “Q99”"):
        translate(LOCAL, {"Q99": "yes"}, FAMILIES)
    with pytest.raises(ValueError, match="Q1: “maybe” is no value"):
        translate(LOCAL, {"Q1": "maybe"}, FAMILIES)
    with pytest.raises(ValidationError, match="no scale “ten”"):
        walk(item("Q1", scale="ten"))
    with pytest.raises(ValidationError, match="“Q1” is written twice"):
        walk(item("Q1"), item("Q1"))
