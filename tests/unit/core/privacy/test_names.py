"""Names: every form of a name, shared by people, also a word, or of nobody the plan names."""

import pytest

from goldthread.core.privacy.cast import Member, Pseudonyms, with_found
from goldthread.core.privacy.folding import fold
from goldthread.core.privacy.identifiers import Span
from goldthread.core.privacy.people import find_people, to_look_at
from goldthread.core.privacy.replacing import joined, make_finder
from goldthread.readers.privacy import shared_lists

LISTS = shared_lists()


def rewritten(text, *members, others=(), seed=""):
    pseudonyms = Pseudonyms(LISTS.labels, seed)
    pseudonyms.meet_all([*members, *others])
    finder = make_finder(members, others, pseudonyms, LISTS, fold(text).text)
    for span in reversed(finder.replacements(text)):
        text = text[: span.start] + span.by + text[span.end :]
    return text


AMARA = Member("Amara Okafor", "child", ("Amara", "Mimi"))
LILY = Member("Lily-Mae O'Dowd", "child")
SIOBHAN = Member("Siobhán Ní Bhriain", "child")
WILL = Member("Will Haq", "child")


@pytest.mark.parametrize(
    ("member", "text", "expected"),
    [
        (AMARA, "Amara Okafor and AMARA OKAFOR", "[Child] and [Child]"),
        (AMARA, "Amara’s, amara's and Amaras book", "[Child]’s, [Child]'s and [Child]s book"),
        (AMARA, "Okafor, Amara (Mimi)", "[Child] ([Child])"),
        (AMARA, "Amara Grace Okafor", "[Child]"),
        (AMARA, "A.O. and A. O. and A. Okafor", "[Child] and [Child] and [Child]"),
        (AMARA, "Mrs Okafor", "Mrs [Family name]"),
        (AMARA, "Ama\u00adra and A\u200bmara", "[Child] and [Child]"),
        (AMARA, "Amaranth and Samara", "Amaranth and Samara"),
        (LILY, "Lily-Mae, Lily Mae, LilyMae, Lily", "[Child], [Child], [Child], [Child]"),
        (LILY, "Mr O’Dowd", "Mr [Family name]"),
        (SIOBHAN, "Siobhan Ni Bhriain, Siobha\u0301n", "[Child], [Child]"),
        (WILL, "Will will read. Where there is a will", "[Child] will read. Where there is a will"),
        (Member("J.T. Haq", "child"), "J.T. and JT and J. T.", "[Child] and [Child] and [Child]"),
        (Member("May Haq", "child"), "May began on 5 May 2026", "[Child] began on 5 May 2026"),
    ],
)  # fmt: skip
def test_all_forms_of_a_name(member, text, expected):
    assert rewritten(text, member) == expected


def test_a_family_shares_its_name_and_nobody_their_pseudonym():
    mother, author = Member("Ngozi Okafor", "mother"), Member("P. Thornbury", "ep")
    text = "Ngozi Okafor met P. Thornbury. Thornbury told Ngozi of Amara."
    said = "[Mother] met [Educational psychologist 1]. [Educational psychologist 1] told [Mother] of [Child]."  # noqa: E501
    assert rewritten(text, AMARA, mother, author) == said


def test_names_of_the_other_files_of_a_run_go_too():
    text = "Kofi and Will sat. Kofi Haq left."
    others = (Member("Kofi Haq", "child"), WILL)
    assert rewritten(text, AMARA, others=others) == "[Child 2] and Will sat. [Child 2] left."


def test_a_seed_gives_the_same_number_in_every_run():
    one = rewritten("Amara Okafor", AMARA, seed="larch")
    assert one == rewritten("Amara Okafor", Member("Kofi Haq", "child"), AMARA, seed="larch")
    assert one != rewritten("Amara Okafor", AMARA, seed="oak")


def test_a_school_is_found_by_its_own_words():
    school = Member("Copperfield Bridge School", "school-name")
    text = "At Copperfield Bridge School, and Copperfield Bridge alone; a bridge."
    assert rewritten(text, school) == "At [School 1], and [School 1] alone; a bridge."


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("We asked Mrs Adeyinka-Bello about it", "Adeyinka-Bello"),
        ("Her brother Will and her sister Hope came", "Hope"),
        ("advice from S. Qureshi dated", "S. Qureshi"),
        ("It helps Charlotte Fenwick to", "Charlotte Fenwick"),
        ("He went to Withy Brook School in", "Withy Brook School"),
        ("Completed by: Xanthe Vermuelo", "Xanthe Vermuelo"),
    ],
)
def test_people_beside_the_cast(text, name):
    assert name in [f.name for f in find_people(text, LISTS)]


def test_headings_and_schemes_are_no_people():
    text = "E. Desired outcomes\nAlice Road School of St Thomas uses Section B. Needs"
    assert [f for f in find_people(text, LISTS) if f.role != "school-name"] == []


def test_what_may_be_a_name_is_left_and_listed():
    text = "Then Xiulan and Grace sat down. Mark will help. Hope for the best."
    assert [text[s.start : s.end] for s in to_look_at(text, LISTS)] == ["Xiulan", "Grace", "Mark"]


def test_a_recogniser_adds_names():
    text = "Then Xiulan sat down."
    spans = [Span(5, 11, "name", "", "likely")]
    members = with_found([AMARA], [], text, spans)
    assert rewritten(text, *members) == "Then [Person 1] sat down."


def test_overlapping_finds_leave_nothing_between():
    spans = [Span(0, 6, "a", "[A]"), Span(4, 9, "b", "[B]"), Span(8, 12, "c", "")]
    assert [(s.start, s.end, s.by) for s in joined(spans)] == [(0, 9, "[A]")]


@pytest.mark.parametrize("piece", ["Ab-", "a.b-", "A.", "Mr ", "Aa and Bb of "])
def test_long_runs_of_signs_take_no_detours(piece):
    """A pattern that starts anew at each sign of 60,000 would not end while anybody waits."""
    text = piece * (60_000 // len(piece))
    assert rewritten(text, AMARA) == text
    assert find_people(text, LISTS) is not None
