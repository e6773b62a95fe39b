"""Templates of the word stock."""

import re

import pytest

from goldthread.simulation.plans.stock import AREAS, load_stock
from goldthread.simulation.plans.wording import fill


@pytest.mark.parametrize(
    ("pronoun", "said"),
    [
        ("she", "She uses her spoon, is proud of herself and has friends who help her."),
        ("he", "He uses his spoon, is proud of himself and has friends who help him."),
        ("they", "They use their spoon, is proud of themselves and has friends who help them."),
        ("I", "I use my spoon, is proud of myself and has friends who help me."),
    ],
)
def test_pronouns_and_their_verbs(pronoun, said):
    template = "{He uses} {his} spoon, is proud of {himself} and has friends who help {him}."
    assert fill(template, pronoun, {}) == said


@pytest.mark.parametrize(
    ("verb", "plural"),
    [("is", "are"), ("has", "have"), ("does", "do"), ("was", "were"), ("goes", "go"),
     ("tries", "try"), ("misses", "miss"), ("watches", "watch"), ("can", "can"),
     ("will", "will"), ("loves", "love"), ("hopes", "hope"), ("begins", "begin")],
)  # fmt: skip
def test_the_verb_after_they(verb, plural):
    assert fill("{he " + verb + "}", "they", {}) == f"they {plural}"
    assert fill("{he " + verb + "}", "she", {}) == f"she {verb}"


def test_the_stock_has_twelve_triples_an_area_and_some_for_every_age():
    stock = load_stock()
    for area in (*AREAS, "health", "care"):
        assert len({t.id for t in stock.triples[area]}) >= 12, area
        for age in "sa" if area == "adulthood" else "epsa":
            assert stock.triples_for(area, age, "low"), (area, age)
            assert stock.triples_for(area, age, "high"), (area, age)
    ids = [t.id for found in stock.triples.values() for t in found]
    assert len(ids) == len(set(ids))


def test_no_placeholder_of_the_stock_is_left_over():
    known = {"name"}
    for found in load_stock().triples.values():
        for triple in found:
            for text in (triple.can, triple.need, triple.will, triple.now, triple.does):
                said = fill(text, "they", dict.fromkeys(known, "Robin"))
                assert not re.search(r"[{}]", said), (triple.id, said)
