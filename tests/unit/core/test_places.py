"""Authorities, codes old and new, and what became of those that are gone."""

import re

import pytest

from goldthread.content import folder
from goldthread.core.places import AbolishedPlace, Change, Places, UnknownPlace
from goldthread.readers.places import read_models, read_places
from tests.unit.readers.invented import authority
from tests.unit.readers.invented import places as invented

PLACES = read_places(folder("reference"))
MODELS = read_models(folder("reference"))


def test_the_size_of_the_real_list():
    assert len(PLACES.current) == 153
    assert [a.code for a in PLACES.authorities if not a.current] == [
        "835",
        "836",
        "837",
        "909",
        "928",
    ]
    assert (len(PLACES.regions), len(PLACES.areas)) == (9, 10)
    areas = [a.area.name for a in PLACES.current]
    assert (areas.count("Inner London"), areas.count("Outer London")) == (14, 19)
    assert sum(not a.ranked for a in PLACES.current) == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Leeds", "383"),
        ("leeds city council", "383"),
        ("383", "383"),
        ("E08000035", "383"),
        ("e08000035 ", "383"),
        ("Bristol", "801"),
        ("Bristol, City of", "801"),
        ("City of Bristol", "801"),
        ("Hull", "810"),
        ("Kingston Upon Hull, City of", "810"),
        ("kingston-upon-hull-city-of", "810"),
        ("Herefordshire", "884"),
        ("St Helens", "342"),
        ("Durham", "840"),
        ("County Durham", "840"),
        ("BCP", "839"),
        ("Brighton & Hove", "846"),
        ("Bedford Borough", "822"),
        ("City of London", "201"),
        ("Royal Borough of Greenwich", "203"),
        ("Dorset", "838"),
        # Codes old and new lead to the same authority.
        ("E10000023", "815"),
        ("E06000065", "815"),
        ("E10000027", "933"),
        ("E06000066", "933"),
        ("E10000002", "825"),
        ("E06000060", "825"),
        ("E08000016", "370"),
        ("E08000038", "370"),
        ("E08000019", "373"),
        ("E08000039", "373"),
    ],
)
def test_an_authority_is_found_by_any_name_or_code(text, code):
    assert PLACES.get(text).code == code


def test_every_name_slug_and_code_leads_back_to_its_own_authority():
    for a in PLACES.current:
        for text in (a.name, a.slug, a.code, *a.gss):
            assert PLACES.get(text) == a


def test_no_code_belongs_to_two():
    codes = [gss for a in PLACES.authorities for gss in a.gss]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize(
    ("text", "into"),
    [
        ("909", ["942", "943"]),
        ("Cumbria", ["942", "943"]),
        ("E10000006", ["942", "943"]),
        ("Northamptonshire", ["940", "941"]),
        ("835", ["838", "839"]),
        ("E10000009", ["838", "839"]),
        ("Poole", ["839"]),
        ("Bournemouth", ["839"]),
    ],
)
def test_an_abolished_authority_says_into_what_it_went(text, into):
    with pytest.raises(AbolishedPlace) as error:
        PLACES.get(text)
    assert [s.code for s in error.value.successors] == into
    assert re.search(r"was abolished on 1 April 20\d\d\.", str(error.value))


def test_an_unknown_name_suggests_near_ones():
    with pytest.raises(UnknownPlace) as error:
        PLACES.get("Ledes")
    assert "Leeds" in error.value.suggestions
    with pytest.raises(UnknownPlace, match=r"“Atlantis”\.$"):
        PLACES.get("Atlantis")
    assert "Kingston upon Thames" in PLACES.near("Kingston")


def test_no_real_authority_is_the_sum_of_whole_ones():
    """Cumbria, Northamptonshire and old Dorset were all split, so nothing may be added up."""
    assert all(PLACES.summed_predecessors(a.code) == () for a in PLACES.current)
    assert PLACES.formed_on("942") == "2023-04-01"
    assert PLACES.formed_on("383") is None


def test_an_authority_made_of_whole_ones_is_their_sum():
    assert invented().summed_predecessors("711") == ("708", "709")
    assert invented().successors("708") == (invented().by_code["711"],)


def test_a_part_that_went_elsewhere_stops_the_sum():
    known = invented()
    also = Change("709", "701", "2022-04-01", False)
    assert Places(known.authorities, (*known.changes, also)).summed_predecessors("711") == ()


def test_what_an_abolished_authority_became_may_be_abolished_in_turn():
    known = invented()
    last = Change("711", "701", "2024-04-01", True)
    gone = tuple(a for a in known.authorities if a.code != "711")
    later = Places((*gone, authority("711", "Westmere", current=False)), (*known.changes, last))
    assert [s.code for s in later.successors("708")] == ["701"]


def test_neighbours_are_ten_or_twenty_nearest_first():
    assert {len(v) for v in MODELS["dfe"].neighbours.values()} == {10}
    assert {len(v) for v in MODELS["ons"].neighbours.values()} == {20}
    assert MODELS["dfe"].neighbours["301"][:2] == ("308", "821")
    assert MODELS["dfe"].closeness["301", "308"] == "Close"
    assert float(MODELS["ons"].closeness["805", "372"]) == 3.792638
    assert all(c not in near for m in MODELS.values() for c, near in m.neighbours.items())


def test_trap_16_abolished_authorities_stay_in_the_lists_they_were_in():
    current = {a.code for a in PLACES.current}
    new = MODELS["dfe"].neighbours
    assert all(set(new[c]) <= current for c in current)
    assert {"835", "836", "837", "909", "928"} <= set(new)
    old = MODELS["dfe-2021"].neighbours
    assert {"942", "943"} & set(old) == set()
    assert any("909" in near for c, near in old.items() if c in current)
    assert "Cumbria" in MODELS["dfe-2021"].note
    mutual = [c in new[n] for c in current for n in new[c]]
    assert 0 < sum(mutual) < len(mutual)
