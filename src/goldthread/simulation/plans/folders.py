"""A folder of samples as an authority might hold it: plans, and the papers that belong to some."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from goldthread.simulation.plans.advice import Report, report_paper, report_truth, write_reports
from goldthread.simulation.plans.blocks import Paper
from goldthread.simulation.plans.corpus import (
    ENDINGS,
    Sample,
    paper_of,
    plan_sample,
    plans,
    write_paper,
)
from goldthread.simulation.plans.papers import OTHERS, other_paper, review_paper
from goldthread.simulation.plans.sample import SamplePlan
from goldthread.simulation.plans.stock import load_stock
from goldthread.simulation.plans.truth import plan_truth
from goldthread.simulation.plans.versions import earlier_version

MIX = ("docx", "pdf", "docx", "untagged", "docx", "text", "docx", "pdf", "docx", "scan")
"""File kinds by turns, when none is asked for."""
WITH_ADVICE, WITH_OTHERS = 4, 12
"""Every fourth plan has advice reports; every twelfth a review and a paper that is no plan."""


def folder_samples(
    seed: int, count: int, *, kinds: tuple[str, ...] = MIX, only_plans: bool = False, **choices: Any
) -> Iterator[Sample]:
    """Plans, and with some of them advice, an earlier version, a review and other papers.

    Keywords as `corpus.plans`. A plan's truth names its papers under “advice” and “earlier”.
    """
    for place, plan in enumerate(plans(seed, count, **choices)):
        kind = kinds[place % len(kinds)]
        if only_plans:
            yield plan_sample(plan, kind)
        else:
            yield from with_papers(plan, kind)


def with_papers(plan: SamplePlan, kind: str) -> Iterator[Sample]:
    """The plan and the papers that its number gives it."""
    rng = Random(f"papers/{plan.seed}/{plan.number}")  # noqa: S311 - invention, not secrecy
    stock = load_stock()
    papers: list[Sample] = []
    earlier: dict[str, Any] = {}
    if plan.number % WITH_ADVICE == 0:
        reports = write_reports(rng, stock, plan, spoil=bool(plan.number % (2 * WITH_ADVICE)))
        papers += [_report(rng, plan, report) for report in reports]
    if plan.status == "amended" and plan.number % 2 == 0 and not plan.faults:
        old, changes = earlier_version(rng, stock, plan)
        sample = _earlier(old, kind)
        papers.append(sample)
        earlier = {"file": sample.name, "changes": changes}
    if plan.number % WITH_OTHERS == WITH_OTHERS - 1:
        papers += _others(rng, plan)
    main = plan_sample(plan, kind)
    main.truth["advice"] = [p.truth for p in papers if p.truth["is"] == "advice"]
    main.truth["earlier"] = earlier
    yield main
    yield from papers


def _report(rng: Random, plan: SamplePlan, report: Report) -> Sample:
    kind = rng.choice(("docx", "pdf", "text"))
    name = f"{plan.name}-advice-{report.entry.profession}.{ENDINGS[kind]}"
    data = write_paper(report_paper(rng, load_stock(), plan, report), kind)
    return Sample(name, data, report_truth(plan, report, name))


def _earlier(old: SamplePlan, kind: str) -> Sample:
    name = f"{old.name}-earlier.{ENDINGS[kind]}"
    data = write_paper(paper_of(old), kind, old.number)
    return Sample(name, data, {**plan_truth(old, name, kind), "is": "earlier"})


def _others(rng: Random, plan: SamplePlan) -> Iterator[Sample]:
    stock = load_stock()
    other = rng.choice(OTHERS)
    for what, paper in (("review", review_paper(stock, plan)),
                        (other, other_paper(rng, stock, plan, other))):  # fmt: skip
        yield _paper(plan, what, paper, rng.choice(("docx", "pdf", "text")))


def _paper(plan: SamplePlan, what: str, paper: Paper, kind: str) -> Sample:
    name = f"{plan.name}-{what}.{ENDINGS[kind]}"
    said = "review" if what == "review" else "other"
    truth = {"file": name, "is": said, "paper": what, "plan": plan.name, "kind": kind}
    return Sample(name, write_paper(paper, kind), truth)
