"""Front page, contents page and explainer table of an invented plan."""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.simulation.plans.blocks import Block, Heading, Para, Table, cell
from goldthread.simulation.plans.sample import LETTERS, SamplePlan
from goldthread.simulation.plans.stock import Stock
from goldthread.simulation.plans.wording import short_date

PRONOUNS = {"he": "he/him", "she": "she/her", "they": "they/them"}
GENDERS = {"he": "Male", "she": "Female", "they": "Not stated"}
STATUS_WORDS = {"draft": "Draft", "final": "Final", "amended": "Amended final"}


def front_facts(plan: SamplePlan) -> dict[str, str]:
    """Label -> value on the front page, in order; a fault may have changed or removed one."""
    child, dates, style = plan.child, plan.dates, plan.layout.date_style
    facts = {
        "Name": child.name,
        "Date of birth": short_date(child.born, style),
        "Gender": GENDERS[child.pronoun],
        "Pronouns": PRONOUNS[child.pronoun],
        "UPN": "not shown in this sample",
        "NHS number": "not shown in this sample",
        "Parents": f"{child.mother} {child.surname} and {child.father} {child.surname}",
        "School or setting": child.school,
        "Year group": child.year_group,
        "Diagnosis": ", ".join(child.diagnoses) or "none",
        "Authority": child.authority,
        "Status of this plan": STATUS_WORDS[plan.status],
        "Version": plan.version,
        ISSUE[plan.status]: short_date(dates["issued"], style),
    }
    if plan.status == "draft":
        facts.pop("School or setting")
        facts["Attends now"] = child.school
    elif "first_made" in dates:
        facts["Date plan first made"] = short_date(dates["first_made"], style)
    if "reviewed" in dates:
        facts["Date of last review"] = short_date(dates["reviewed"], style)
    if plan.status != "draft":
        facts["Next review due"] = short_date(dates["review_due"], style)
    facts["Plan co-ordinator"] = plan.officer
    facts.update(plan.shown)
    return {label: value for label, value in facts.items() if value and label != "margin"}


ISSUE = {
    "draft": "Date of draft",
    "final": "Date of final plan",
    "amended": "Date of amended final plan",
}


def front_blocks(plan: SamplePlan, stock: Stock) -> Iterator[Block]:
    yield Heading("Education, Health and Care Plan", 0)
    facts = front_facts(plan)
    if plan.number % 3:
        rows = tuple((cell(k, bold=True), cell(v)) for k, v in facts.items())
        yield Table(rows, (35, 65))
    else:
        yield from (Para(f"{label}: {value}") for label, value in facts.items())
    if plan.layout.contents:
        yield from _contents(plan)
    if plan.layout.explainer:
        yield from _explainer(stock)


def _contents(plan: SamplePlan) -> Iterator[Block]:
    yield Heading("Contents", 2, "bold")
    for place, letter in enumerate(x for x in LETTERS if x in plan.sections):
        heading = plan.layout.headings[letter].replace("\n", " ")
        yield Para(f"{heading}\t{2 + place // 2}")


def _explainer(stock: Stock) -> Iterator[Block]:
    yield Heading("Understanding the content of this plan", 2, "bold")
    lines = stock.headings["explainer"].items()
    yield Table(tuple((cell(f"Section {k}"), cell(v)) for k, v in lines), (25, 75))


def sign_off(plan: SamplePlan) -> Iterator[Block]:
    if plan.shown.get("Plan co-ordinator", "x") and plan.shown.get(ISSUE[plan.status], "x"):
        day = short_date(plan.dates["issued"], plan.layout.date_style)
        yield Para(f"Signed for {plan.child.authority} by {plan.officer} on {day}.")
