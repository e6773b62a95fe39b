from dataclasses import replace

import pytest

from goldthread.core.benchmark.comparators import ComparatorError, comparator
from goldthread.core.benchmark.library import NeighbourModel
from goldthread.core.places import Authority
from tests.unit.core.benchmark.invented import drawn, library


@pytest.fixture(scope="module")
def lib():
    return library({"m0": drawn(1)[1]})


def get(lib, code):
    return lib.places.by_code[code]


@pytest.mark.parametrize("spec", ["dfe", "region", "england", "301,302,303,304"])
def test_an_authority_is_never_its_own_peer(lib, spec):
    for authority in lib.places.current[:8]:
        assert authority.code not in comparator(lib, authority, spec).peers


def test_region_holds_the_others_of_the_same_area(lib):
    found = comparator(lib, get(lib, "300"), "region")
    assert set(found.peers) == {str(300 + i) for i in range(4, 60, 4)}


def test_england_holds_all_others(lib):
    assert len(comparator(lib, get(lib, "300"), "england").peers) == 59


def test_own_group_takes_names_codes_and_gss_and_drops_repeats_and_itself(lib):
    found = comparator(lib, get(lib, "300"), "Town 1, 302, E06990003, 302, 300, 304")
    assert found.peers == ("301", "302", "303", "304")
    assert found.id == "own:301,302,303,304"


@pytest.mark.parametrize(("spec", "size"), [("301,302", 2), ("301,302,300,301", 2), (",", 0)])
def test_own_group_too_small(lib, spec, size):
    with pytest.raises(ComparatorError, match=f"3 to 20 other authorities; this one has {size} "):
        comparator(lib, get(lib, "300"), spec)


def test_own_group_too_large(lib):
    codes = ",".join(str(301 + i) for i in range(21))
    with pytest.raises(ComparatorError, match="this one has 21 "):
        comparator(lib, get(lib, "300"), codes)


def test_own_group_with_an_unknown_name_suggests(lib):
    with pytest.raises(ComparatorError, match=r"“Twon 1”. Did you mean .*Town 1"):
        comparator(lib, get(lib, "300"), "Twon 1,302,303")


def test_unknown_comparator_lists_the_known(lib):
    with pytest.raises(ComparatorError, match="dfe, region, england"):
        comparator(lib, get(lib, "300"), "cipfa")


def test_abolished_and_tiny_neighbours_are_left_out_with_a_sentence(lib):
    region = get(lib, "300").region
    gone = Authority("909", "Oldshire", (), region, region, "SC", False)
    tiny = Authority("201", "Tiny", (), region, region, "UA", True)
    places = replace(lib.places, authorities=(*lib.places.authorities, gone, tiny))
    model = NeighbourModel("dfe", "DfE, 2021", "", {"300": ("909", "201", "301", "302", "303")})
    found = comparator(replace(lib, places=places, models={"dfe": model}), get(lib, "300"), "dfe")
    assert found.peers == ("301", "302", "303")
    assert [s.split(" is ")[0] for s in found.left_out] == ["Oldshire", "Tiny"]


def test_a_model_without_the_authority_says_so(lib):
    model = NeighbourModel("dfe-2021", "DfE, 2021", "", {})
    with pytest.raises(ComparatorError, match="names no neighbours for Town 0"):
        comparator(replace(lib, models={"dfe-2021": model}), get(lib, "300"), "dfe-2021")
