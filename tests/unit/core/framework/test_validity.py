"""What is said against an edition that no file of ours has wrong, and small refusals."""

from __future__ import annotations

import datetime as dt

import pytest
from pydantic import ValidationError

from goldthread.core.framework.applicability import applicable
from goldthread.core.framework.criterion import Applies, Law
from goldthread.core.framework.difference import difference
from goldthread.core.framework.grade import grade, preview
from goldthread.core.framework.scale import CapRule, Grading
from goldthread.core.framework.validity import remarks
from goldthread.core.report.standard import standard
from goldthread.core.report.standard_words import applies_words, numbered
from goldthread.readers.frameworks import load_framework, shared_framework

REFERENCE = shared_framework()
LOCAL = load_framework("example-local@2026.1")
KINDS = {r.kind for r in REFERENCE.rules}
TODAY = dt.date(2026, 11, 24)


def said(framework, base=None, fault=True):
    found = remarks(framework, kinds=KINDS, today=TODAY, base=base)
    return " ".join(str(r) for r in found if r.fault == fault)


def with_criterion(name, **changes):
    criteria = (c.model_copy(update=changes) if c.id == name else c for c in REFERENCE.criteria)
    return REFERENCE.model_copy(update={"criteria": tuple(criteria)})


def test_the_reference_and_the_example_have_no_faults():
    assert said(REFERENCE) == ""
    assert said(LOCAL, REFERENCE) == ""


@pytest.mark.parametrize(
    ("framework", "base", "words"),
    [
        (REFERENCE.model_copy(update={"grading": None}), None, "there is no grading"),
        (LOCAL.model_copy(update={"authority": ""}), REFERENCE, "names its authority"),
        (LOCAL, None, "extends another edition"),
        (REFERENCE.model_copy(update={"criteria": REFERENCE.criteria[:3]}), None,
         "cap unquantified names F2-quantified"),
        (LOCAL.model_copy(update={"criteria": LOCAL.criteria[:1]}), REFERENCE,
         "is no criterion of example-local@2026.1"),
    ],
)  # fmt: skip
def test_faults_of_the_whole(framework, base, words):
    assert words in said(framework, base)


def test_an_example_may_name_only_rules_of_its_criterion():
    examples = REFERENCE.criteria[0].examples
    wrong = examples.failing[0].model_copy(update={"rules": ("M99",)})
    changed = examples.model_copy(update={"failing": (wrong, wrong)})
    assert "an example names rule M99" in said(
        with_criterion(REFERENCE.criteria[0].id, examples=changed)
    )


def test_notes_need_not_be_mended_but_are_told():
    few = with_criterion("F2-quantified", core=False)
    assert "the core has 24 questions" in said(few, fault=False)
    loose = with_criterion("F2-quantified", rules=("M29", "M01"))
    assert "names rule M01, which does not name it" in said(loose, fault=False)
    empty = LOCAL.model_copy(update={"criteria": (), "crosswalk": None})
    assert "no criteria yet" in said(empty, REFERENCE, fault=False)
    items = tuple(i for i in LOCAL.crosswalk.items if not i.id.startswith("N"))
    bare = LOCAL.crosswalk.model_copy(update={"items": items})
    unsaid = said(LOCAL.model_copy(update={"crosswalk": bare}), REFERENCE, fault=False)
    assert "does not mention N1-family-reads" in unsaid


@pytest.mark.parametrize(
    ("source", "confirmed", "words"),
    [
        ("SEND Regulations 2014, reg 12(3)", True, "said to be confirmed"),
        ("SEND Regulations 2014, reg 12(1)", False, "said to be unconfirmed"),
        ("SEND Regulations 2014, reg 12(1)", True, ""),
        ("SEND Regulations 2014, reg 12(3)", False, ""),
        ("A book, page 3", True, ""),
    ],
)
def test_a_law_and_the_list_of_sources_agree(source, confirmed, words):
    law = (Law(source=source, confirmed=confirmed),)
    told = said(with_criterion("F2-quantified", law=law), fault=False)
    assert words in told
    assert words or "said to be" not in told


def test_settings_and_draft_stage_set_questions_aside():
    special = with_criterion("F2-quantified", applies=Applies(setting="special"))
    assert applicable(special, setting="mainstream").set_aside["F2-quantified"] == "no-such-need"
    assert "F2-quantified" not in applicable(special, setting="special").set_aside
    assert "F2-quantified" not in applicable(special).set_aside


def test_a_framework_without_bands_grades_to_an_index_alone():
    bare = REFERENCE.model_copy(update={"grading": None})
    found = grade(bare, {"F2-quantified": 2})
    assert (found.index, found.band, found.caps) == (80.0, None, ())
    assert "has no bands" in found.why_ungraded
    assert grade(REFERENCE, {}).why_ungraded == "Nothing was answered."
    assert grade(REFERENCE, {}).sum == ""
    assert preview(bare, {c.id: 2 for c in bare.criteria}).band == ""
    assert standard(bare).bands == ()


def test_a_preview_has_the_fields_of_the_record():
    found = preview(REFERENCE, {c.id: 1 for c in REFERENCE.criteria})
    assert found.compliance == "defects"
    assert (found.band, found.band_after_caps) == ("inadequate", "inadequate")
    assert set(found.themes) == {c.section for c in REFERENCE.criteria}
    assert all(index == 35.0 for index in found.themes.values())


def test_the_lowest_band_asks_nothing():
    low = grade(REFERENCE, {c.id: 0 for c in REFERENCE.criteria})
    assert (low.band, low.capped, low.index) == ("inadequate", "inadequate", 0.0)
    assert len(low.why_not_higher) == 3


def test_the_last_band_is_what_remains_whatever_it_asks():
    told = REFERENCE.grading.model_dump()
    bands = [*told["bands"][:-1], {**told["bands"][-1], "at_least": 10}]
    strict = Grading.model_validate({**told, "bands": bands})
    framework = REFERENCE.model_copy(update={"grading": strict})
    assert grade(framework, {c.id: 0 for c in REFERENCE.criteria}).band == "inadequate"


@pytest.mark.parametrize(
    "cap",
    [
        {"gate": "critical", "criterion": "F2-quantified", "quantified_below": 0.2},
        {},
        {"criterion": "F2-quantified"},
    ],
)
def test_a_cap_is_a_gate_or_a_count(cap):
    with pytest.raises(ValidationError, match="either a gate"):
        CapRule.model_validate({"id": "x", "band": "good", "reason": "", **cap})


def test_bands_fall():
    told = REFERENCE.grading.model_dump()
    with pytest.raises(ValidationError, match="from the best to the lowest"):
        Grading.model_validate({**told, "bands": told["bands"][::-1]})


def test_words_for_whom_a_question_is():
    def words(**applies):
        criterion = REFERENCE.criteria[0].model_copy(update={"applies": Applies(**applies)})
        return applies_words(criterion, REFERENCE.not_applicable)

    assert words(status=("final", "amended"), from_year=9) == (
        "Asked of final and amended plans, from Year 9."
    )
    assert words(from_age=16, to_age=24, setting="special") == (
        "Asked from age 16, up to age 24, in special settings."
    )
    assert words() == ""
    assert "No personal budget was asked for" in words(reasons=("no-budget",))
    assert numbered("strange") == ("strange", 0)


def test_a_lexicon_or_rule_reworded_is_a_patch():
    first = REFERENCE.lexicons[0]
    lexicons = (first.model_copy(update={"title": "Another"}), *REFERENCE.lexicons[1:])
    new = REFERENCE.model_copy(update={"lexicons": lexicons})
    found = difference(REFERENCE, new)
    assert [(c.what, c.level) for c in found.changes] == [("lexicon", "patch")]
    profiles = REFERENCE.model_copy(update={"profiles": ()})
    assert difference(REFERENCE, profiles).level == "minor"
    ungraded = REFERENCE.model_copy(update={"grading": None})
    assert difference(REFERENCE, ungraded).level == "major"
