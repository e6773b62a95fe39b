"""Papers that are no plan: an annual review report, a newsletter, a letter, minutes."""

from __future__ import annotations

import datetime as dt
from random import Random

from goldthread.simulation.plans.blocks import Block, Heading, Paper, Para, Table, cell
from goldthread.simulation.plans.sample import SamplePlan
from goldthread.simulation.plans.stock import Stock
from goldthread.simulation.plans.wording import fill, long_date

OTHERS = ("newsletter", "letter", "minutes")


def review_paper(stock: Stock, plan: SamplePlan) -> Paper:
    """The annual review of `plan`: views, each outcome, each provision, recommendation."""
    content, child = stock.papers["review"], plan.child
    words = _words(plan)

    def said(line: str, **more: str) -> str:
        return fill(line, child.pronoun, {**words, **more})

    outcomes = list(plan.items("E"))
    blocks: list[Block] = [Heading(content["title"], 0)]
    blocks += [Para(f"Name: {child.name}"), Para(f"Date of birth: {long_date(child.born)}")]
    blocks += [Para(f"School or setting: {child.school}"), Para(f"Year group: {child.year_group}")]
    blocks += [Para(said(line)) for line in content["lines"]]
    rows = [(cell("Outcome", bold=True), cell("Progress, evidence and next step", bold=True))]
    rows += [(cell(i.text), cell(said(content["status"], step=i.parts.get("steps", "keep on"))))
             for i in outcomes]  # fmt: skip
    blocks += [Heading("Progress towards outcomes", 1), Table(tuple(rows), (55, 45))]
    rows = [(cell("Provision (Sections F, G, H)", bold=True), cell("Delivered?", bold=True))]
    rows += [(cell(i.text), cell(content["delivered"])) for i in plan.items("F", "G", "H1", "H2")]
    blocks += [Heading("Provision delivered", 1), Table(tuple(rows), (65, 35))]
    blocks += [Heading("Recommendation", 1), Para(said(content["close"]))]
    return Paper(blocks, header=f"Annual review  {child.name}", title=content["title"])


def other_paper(rng: Random, stock: Stock, plan: SamplePlan, kind: str) -> Paper:
    """A newsletter, letter or minutes (`kind`, one of OTHERS): never an EHC plan."""
    lines = [fill(line, plan.child.pronoun, _words(plan)) for line in stock.papers[kind]]
    blocks: list[Block] = [Heading(lines[0], 0), *(Para(line) for line in lines[1:])]
    if kind != "letter":
        blocks += rng.sample(blocks[2:], len(blocks[2:]))
    return Paper(blocks, title=lines[0])


def _words(plan: SamplePlan) -> dict[str, str]:
    child = plan.child
    met = plan.today - dt.timedelta(days=20)
    hope = next((i.parts["why"].partition(" to ")[2].rstrip(".") for i in plan.items("E")
                 if "why" in i.parts), "be with my friends")  # fmt: skip
    return {
        "forename": child.forename, "school": child.school, "authority": child.authority,
        "parent": f"{child.mother} {child.surname}", "officer": plan.officer, "hope": hope,
        "met": long_date(met), "told": long_date(met - dt.timedelta(days=6)),
        "sent": long_date(met + dt.timedelta(days=10)), "day": long_date(plan.today),
    }  # fmt: skip
