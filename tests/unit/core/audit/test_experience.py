"""What families say: counted as a reader would count by hand, and never on too few."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from goldthread.core.audit.experience import NEVER_BLENDED, asked, dial, together
from goldthread.readers.experience import experience_form

FORM = experience_form("2026.1")
IDS = [q.id for q in FORM.questions]


def reply(*answers, **named):
    return {**dict(zip(IDS, answers, strict=False)), **named}


def test_the_form_asks_about_ten_questions_with_a_source_each():
    assert len(IDS) == 10
    assert [a.kind for a in FORM.answers] == [
        "good", "good", "poor", "poor", "silent", "does-not-apply"
    ]  # fmt: skip
    for question in FORM.questions:
        assert question.source
        assert question.words.endswith("?")
        assert question.young_words.endswith("?")
    assert (FORM.state, FORM.author, FORM.checker) == ("draft", "Goldthread", "none yet")


def test_young_people_are_asked_in_their_own_words():
    for (one, words), (other, young) in zip(
        asked(FORM, "parent-carer"), asked(FORM, "young-person"), strict=True
    ):
        assert one == other
        assert words != young
        assert "your child" not in young


def test_a_reply_is_a_dial():
    found = dial(FORM, reply("fully", "mostly", "a-little", "not-at-all", "fully", "prefer-not"))
    assert (found.share, found.good, found.answered, found.of) == (0.6, 3, 5, 10)
    assert found.sentences == (
        "3 of 5 answers say that it went well (10 questions apply).",
        "What did not go well: The plan reads like our child; A new teacher could work from it.",
        NEVER_BLENDED,
    )


def test_fewer_than_half_answered_is_no_figure():
    found = dial(FORM, reply("fully", "fully", "fully", "fully", "prefer-not"))
    assert (found.share, found.good, found.answered, found.of) == (None, 4, 4, 10)
    assert found.sentences[0] == (
        "4 of the 10 questions that apply were answered: too few for a figure."
    )
    # Two that do not apply leave eight, of which four are half.
    aside = dict.fromkeys(IDS[-2:], "does-not-apply")
    assert dial(FORM, reply("fully", "fully", "fully", "fully", **aside)).share == 1


def test_nothing_answered_and_nothing_that_applies():
    assert dial(FORM, {}).share is None
    none = dial(FORM, dict.fromkeys(IDS, "does-not-apply"))
    assert (none.share, none.of) == (None, 0)
    assert none.sentences[0] == "None of the questions applies to this family."


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"weather": "fully"}, "has no question “weather”"),
        ({"heard": "3"}, "heard has no answer “3”; choose fully, mostly"),
    ],
)
def test_what_the_form_does_not_have_is_refused(answers, says):
    for count in (lambda: dial(FORM, answers), lambda: together(FORM, [answers])):
        with pytest.raises(ValueError, match=says):
            count()


def test_fewer_than_five_families_make_no_figure():
    found = together(FORM, [reply("fully")] * 4)
    assert found.replies is None
    heard = found.questions[0]
    assert (heard.good, heard.answered, heard.share, heard.interval) == (None, None, None, None)
    assert heard.sentence == (
        "We were listened to: fewer than 5 families answered, so there is no figure."
    )


def test_silence_does_not_make_up_the_five():
    found = together(FORM, [*[reply("fully")] * 4, *[reply("prefer-not")] * 9, reply()])
    assert found.replies == 14
    assert found.questions[0].share is None


def test_families_together_with_wilson_limits():
    well = dict.fromkeys(IDS, "fully")
    poor = dict.fromkeys(IDS, "not-at-all")
    found = together(FORM, [*[well] * 6, *[poor] * 4])
    # Wilson for 6 of 10: 0.3127 to 0.8318 (Newcombe 1998, method 3, by hand).
    assert (found.overall.good, found.overall.answered, found.overall.share) == (6, 10, 0.6)
    low, high = found.overall.interval
    assert (round(low, 4), round(high, 4)) == (0.3127, 0.8318)
    assert found.questions[0].sentence == (
        "We were listened to: 6 of 10 families (60%, likely 31 to 83)."
    )


def test_over_all_each_family_counts_once():
    talkative = dict.fromkeys(IDS, "not-at-all")
    brief = dict(zip(IDS, ["fully"] * 5, strict=False))
    found = together(FORM, [talkative, *[brief] * 5])
    assert (found.overall.good, found.overall.answered) == (5, 6)


def test_going_well_begins_at_three_quarters():
    eight = dict(zip(IDS, ["fully"] * 6 + ["a-little"] * 2, strict=False))
    seven = dict(zip(IDS, ["fully"] * 5 + ["a-little"] * 2, strict=False))
    assert together(FORM, [eight] * 5).overall.good == 5
    assert together(FORM, [seven] * 5).overall.good == 0


def test_a_form_with_a_question_twice_is_refused():
    record = FORM.model_dump()
    record["questions"] = (*record["questions"], record["questions"][0])
    with pytest.raises(ValidationError, match="question “heard” is there twice"):
        type(FORM).model_validate(record)
