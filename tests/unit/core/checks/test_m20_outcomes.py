"""M20 to M24 and M27 on invented plans."""

from __future__ import annotations

from dataclasses import replace

import pytest

from goldthread.core.checks.finding import Suggestion
from goldthread.core.plan.plan import Plan
from tests.plans import a_plan, checker, suggested

GOOD = (
    "- By July 2028 Amara will join two ideas with 'because' in 4 of 5 talks; now single phrases.\n"
    "- By the end of Key Stage 2 Amara will walk to school alone twice a week; now with her mother."
)
POOR = "- To improve social skills.\n- Amara will receive weekly speech therapy."


def one(rule: str, text: str | None) -> Suggestion:
    (found,) = suggested(a_plan({"E": text}), rule)
    return found


def parted(plan: Plan, item: str, **changes: object) -> Plan:
    """The plan with one item's fields changed."""
    sections = tuple(
        replace(s, items=tuple(replace(i, **changes) if i.id == item else i for i in s.items))  # type: ignore[arg-type]
        for s in plan.sections
    )
    return replace(plan, sections=sections)


@pytest.mark.parametrize("rule", ["M20", "M21", "M22", "M23", "M24", "M27"])
def test_a_missing_section_is_never_a_pass(rule: str) -> None:
    for found in suggested(a_plan({"E": None}), rule):
        assert (found.state, found.answer) == ("cannot-tell", None)


def test_blank_few_and_many_outcomes() -> None:
    assert (one("M20", "").state, one("M20", "").answer) == ("mend", 0)
    assert (one("M20", GOOD).state, one("M20", GOOD).answer) == ("met", 2)
    many = one("M20", "\n".join([GOOD] * 7))
    assert (many.state, many.findings[0].key) == ("look", "many")


@pytest.mark.parametrize("rule", ["M21", "M22", "M23", "M24"])
def test_good_outcomes_are_met_and_counted(rule: str) -> None:
    found = one(rule, GOOD)
    assert (found.state, found.answer, found.good, found.total) == ("met", 3, 2, 2)


def test_poor_outcomes_are_flagged_with_exact_quotes_and_what_is_missing() -> None:
    smart = one("M21", POOR)
    assert (smart.state, smart.answer, smart.good, smart.total) == ("mend", 0, 0, 2)
    assert [f.item for f in smart.findings] == ["E1", "E2"]
    assert smart.findings[0].quotes[0].text == "To improve social skills."
    assert set(smart.findings[0].missing) == {"specific", "measurable", "time-bound"}
    service = one("M22", POOR)
    assert [f.quotes[0].text for f in service.findings] == ["will receive"]
    assert (one("M23", POOR).answer, one("M24", POOR).state) == (0, "look")


def test_one_gap_alone_is_something_to_look_at() -> None:
    found = one("M21", "- Amara will ask for help 3 times a day.")
    assert (found.state, found.findings[0].missing) == ("look", ("time-bound",))


def test_a_date_in_the_row_counts() -> None:
    plan = a_plan({"E": "- Amara will ask for help 3 times a day."})
    for changed in (
        parted(plan, "E1", parts={"by_when": "July 2027"}),
        parted(parted(plan, "E1", row="t1r1"), "F1", row="t1r1", parts={"by_when": "July 2027"}),
    ):
        assert suggested(changed, "M21")[0].state == "met"
        assert suggested(changed, "M23")[0].state == "met"


def test_a_date_in_the_heading_counts() -> None:
    plan = a_plan({"E": "- Amara will ask for help 3 times a day."})
    section = plan.by_letter["E"]
    titled = replace(section, title="Outcomes by the end of Key Stage 2")
    sections = tuple(titled if s.letter == "E" else s for s in plan.sections)
    assert suggested(replace(plan, sections=sections), "M23")[0].state == "met"


def test_a_row_without_a_date_adds_none() -> None:
    plan = a_plan({"E": "- Amara will ask for help 3 times a day."})
    assert suggested(parted(plan, "E1", row="t1r1"), "M23")[0].state == "mend"


def test_dates_far_apart_are_met() -> None:
    text = "\n".join(f"- By July {year} Amara will read 9 words." for year in (2027, 2028, 2029))
    assert one("M23", text).state == "met"


def test_dates_all_alike_or_all_near_are_looked_at() -> None:
    alike = one("M23", "\n".join(f"- By July 2028 Amara will read {n} words." for n in range(3)))
    assert (alike.state, alike.findings[0].key) == ("look", "same")
    months = ("March", "April", "May")
    near = one("M23", "\n".join(f"- By {m} 2027 Amara will read 9 words." for m in months))
    assert near.findings[0].key == "short"


def test_steps_review_and_next_transition() -> None:
    steps, ahead = suggested(a_plan({"E": POOR}), "M27")
    assert (steps.criterion, steps.answer, ahead.answer) == ("E9-steps", 0, 1)
    full = (
        f"{GOOD}\nThe SENCO will monitor progress. Short-term targets are reviewed each term. "
        "Before the transfer to secondary school there will be three visits."
    )
    steps, ahead = suggested(a_plan({"E": full}), "M27")
    assert (steps.state, ahead.state) == ("met", "met")


@pytest.mark.parametrize(
    ("said", "keys"),
    [
        ("The SENCO reviews progress each half term and sets short-term targets.", []),
        ("How the outcomes are checked: staff and family look at the steps each term. The next "
         "review of this plan is due by 2 November 2027.", ["no-steps"]),
        ("The tutor keeps track of it by small steps.", ["no-review"]),
        ("She will read a review of a film in small steps.", ["no-monitor", "no-review"]),
    ],
)  # fmt: skip
def test_ways_to_say_who_watches_progress(said: str, keys: list[str]) -> None:
    steps, _ = suggested(a_plan({"E": f"{GOOD}\n{said}"}), "M27")
    assert [f.key for f in steps.findings] == keys


def test_every_sentence_of_these_rules_can_be_filled() -> None:
    ids = {"M20", "M21", "M22", "M23", "M24", "M27", "M29", "M30", "M31", "M32", "M33", "M37"}
    rules = [r for r in checker().framework.rules if r.id in ids]
    values = {
        "good": 1, "total": 2, "count": 3, "lacks": "x", "words": "x", "when": "x", "letters": "F",
    }  # fmt: skip
    assert len(rules) == len(ids)
    for rule in rules:
        assert all(say.format(**values) for say in (*rule.says.values(), *rule.next.values()))
