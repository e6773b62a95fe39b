"""The list that a sample is drawn from."""

import hashlib

import pytest

from goldthread.core.audit.frame import Frame, FrameLine, merge_small, read_frame, stratum_of


def _lines(**strata):
    return tuple(
        FrameLine(f"{label}{number:03}", label)
        for label, size in strata.items()
        for number in range(size)
    )


def test_text_is_sorted_and_the_digest_is_of_it():
    frame = Frame((FrameLine("b", "x y"), FrameLine("B", "x y"), FrameLine("a10", "z")))
    assert frame.text == "B\tx y\na10\tz\nb\tx y\n"
    assert frame.digest == hashlib.sha256(b"B\tx y\na10\tz\nb\tx y\n").hexdigest()
    assert frame.strata == {"x y": ("B", "b"), "z": ("a10",)}
    assert frame.sizes == {"x y": 2, "z": 1}
    assert read_frame(frame.text) == frame


def test_order_of_the_lines_given_does_not_matter():
    lines = _lines(p=4, q=3)
    assert Frame(lines) == Frame(lines[::-1])
    assert Frame(lines).digest == Frame(lines[::-1]).digest


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ((), "empty"),
        ((FrameLine("a", "x"), FrameLine("b", "x"), FrameLine("a", "y")), "once: a is listed"),
        ((FrameLine("", "x"),), "A reference must be printable"),
        ((FrameLine("a\tb", "x"),), "A reference must be printable"),
        ((FrameLine("a", "x\ny"),), "A stratum must be printable"),
        ((FrameLine("a", " x"),), "A stratum must be printable"),
        ((FrameLine("a\u2028", "x"),), "A reference must be printable"),
    ],
)
def test_a_list_that_cannot_be_one_is_refused_in_words(lines, words):
    with pytest.raises(ValueError, match=words):
        Frame(lines)


def test_a_broken_text_is_refused_by_line():
    with pytest.raises(ValueError, match="Line 2 of the list"):
        read_frame("a\tx\nb x\n")


def test_label_joins_facts_in_the_order_asked():
    facts = {"need": "SEMH", "age": "11-15", "phase": None, "kind": " new \n plan / odd"}
    assert stratum_of(facts, ["need", "age"]) == "SEMH / 11-15"
    assert stratum_of(facts, ["age", "need"]) == "11-15 / SEMH"
    assert stratum_of(facts, ["phase", "missing"]) == "not known / not known"
    assert stratum_of(facts, ["kind"]) == "new plan/odd"
    assert stratum_of(facts, []) == "all plans"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"p": 4, "q": 2}, {"p": 4, "q": 2}),
        ({"p": 4, "q": 1, "r": 1}, {"p": 4, "all others": 2}),
        ({"p": 4, "q": 1, "r": 3}, {"p": 4, "all others": 4}),
        ({"p": 3, "q": 1, "r": 3}, {"all others": 4, "r": 3}),
        ({"p": 1}, {"all others": 1}),
        ({"p": 1, "q": 5}, {"all others": 6}),
    ],
)
def test_small_strata_are_merged(before, after):
    merged = merge_small(_lines(**before))
    assert Frame(merged).sizes == after
    assert merge_small(merged) == merged


def test_small_strata_join_a_rest_that_is_there():
    lines = (*_lines(p=4, q=1), *(FrameLine(f"o{n}", "all others") for n in range(6)))
    assert Frame(merge_small(lines)).sizes == {"all others": 7, "p": 4}
