"""Identifiers: check digits against published rules, and labels that point at what has none."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.core.privacy.identifiers import (
    UPN_LETTERS,
    find_identifiers,
    is_nhs_number,
    is_upn,
)
from goldthread.core.privacy.replacing import joined
from goldthread.readers.privacy import shared_lists

LABELS = shared_lists().labels
DIGITS = st.lists(st.integers(0, 9), min_size=12, max_size=12)


def upn_of(digits):
    """The slow way: add up, then count letters off one by one."""
    total = 0
    for place, digit in enumerate(digits, 2):
        total += place * digit
    while total >= 23:
        total -= 23
    return UPN_LETTERS[total] + "".join(map(str, digits))


def nhs_of(digits):
    """The number whose check digit makes the sum of weights 10 to 1 a multiple of 11; or None."""
    for check in range(10):
        every = [*digits, check]
        if sum(d * w for d, w in zip(every, range(10, 0, -1), strict=True)) % 11 == 0:
            return "".join(map(str, every))
    return None


def found(text, born=()):
    return [
        (text[s.start : s.end], s.by, s.sure) for s in joined(find_identifiers(text, LABELS, born))
    ]


@settings(max_examples=60)
@given(DIGITS)
def test_a_upn_has_one_check_letter(digits):
    upn = upn_of(digits)
    assert is_upn(upn)
    assert is_upn(upn.lower())
    assert [x for x in UPN_LETTERS if is_upn(x + upn[1:])] == [upn[0]]


@settings(max_examples=60)
@given(st.lists(st.integers(0, 9), min_size=9, max_size=9))
def test_an_nhs_number_has_one_check_digit_at_most(digits):
    number = nhs_of(digits)
    start = "".join(map(str, digits))
    right = [f"{start}{n}" for n in range(10) if is_nhs_number(f"{start}{n}")]
    alike = len(set(digits)) == 1 and number == start + start[0]
    assert right == ([number] if number and not alike else [])


def test_a_temporary_upn_ends_in_a_letter():
    values = [*([0] * 11), UPN_LETTERS.index("B")]
    assert is_upn(UPN_LETTERS[values[-1] * 13 % 23] + "0" * 11 + "B")
    assert not is_upn("I" + "0" * 12)


def test_a_wrong_check_is_replaced_too_and_said():
    upn, nhs = upn_of([8, 0, 1, 2, 0, 0, 0, 0, 1, 0, 0, 1]), nhs_of([9, 4, 3, 4, 7, 6, 5, 9, 1])
    wrong = ("A" if upn[0] != "A" else "B") + upn[1:]
    other = nhs[:9] + str((int(nhs[9]) + 1) % 10)
    text = f"A {upn}, a {wrong}, an {nhs[:3]} {nhs[3:6]} {nhs[6:]} and an {other} here."
    assert [(by, sure) for _, by, sure in found(text)] == [
        ("[UPN]", "sure"), ("[UPN]", "shape only"),
        ("[NHS number]", "sure"), ("[NHS number]", "shape only"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "gone", "by"),
    [
        ("Write to a.okafor@example.org now", "a.okafor@example.org", "[E-mail address]"),
        ("Ring 07700 900123 after four", "07700 900123", "[Phone number]"),
        ("Ring +44 (0)1632 960983", "+44 (0)1632 960983", "[Phone number]"),
        ("lives in NR99 7ZZ since", "NR99 7ZZ", "[Postcode]"),
        ("see www.larch.example.sch.uk/send", "www.larch.example.sch.uk/send", "[Web address]"),
        ("Social care number: LCS-44871.", "LCS-44871", "[Reference number]"),
        ("EHC ref no\n2024/118", "2024/118", "[Reference number]"),
        ("He is at 14 Larch Close with", "14 Larch Close", "[Address]"),
        ("Date of birth: 3rd March 2015", "3rd March 2015", "March 2015"),
        ("DOB\n03/09/15\nSex", "03/09/15", "September 2015"),
    ],
)  # fmt: skip
def test_finds(text, gone, by):
    assert [(words, what) for words, what, _ in found(text)] == [(gone, by)]


def test_an_address_goes_down_to_its_postcode():
    text = "Home address: The Cottage\nLittle Tolling\nNR99 7ZZ\nGender: female"
    assert [words for words, _, _ in found(text)] == ["The Cottage", "Little Tolling", "NR99 7ZZ"]
    assert found("Address: none given\nSchool\nYear 4")[0][0] == "none given"
    assert found("We address this in Section F.") == []


def test_a_known_birthday_is_found_however_it_is_written():
    text = "It was on 03/03/2015 that. On 3 March 2015 and 4 March 2015"
    words = [w for w, _, _ in found(text, [dt.date(2015, 3, 3)])]
    assert words == ["03/03/2015", "3 March 2015"]


@pytest.mark.parametrize(
    "text",
    ["In 3 of 4 trials on the 2nd try", "£1,250,000 a year", "12.5 hours a week",
     "Year 5, 2026-2027", "Section F1 2nd part", "See www.gov.uk/send for more",
     "review on 12/11/2026"],
)  # fmt: skip
def test_leaves_what_points_at_nobody(text):
    assert found(text) == []


def test_a_long_number_is_to_be_looked_at():
    assert found("under 8812345 in the file") == [("8812345", "", "look at this")]
