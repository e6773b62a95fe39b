"""A long invented plan, for timing."""

from __future__ import annotations

from random import Random

from goldthread.simulation.plans.blocks import Paper
from goldthread.simulation.plans.composing import compose, triple_items
from goldthread.simulation.plans.corpus import TODAY, paper_of, write_paper
from goldthread.simulation.plans.sample import SamplePlan
from goldthread.simulation.plans.stock import load_stock

WORDS_A_PAGE = 400


def big_plan(pages: int, kind: str = "docx", *, family: str = "prose", seed: int = 1) -> bytes:
    """A plan of about `pages` pages (400 words each) as a file of `kind` (docx, pdf, untagged, …).

    20 pages are about 8,000 words. The same arguments give the same bytes.
    """
    return write_paper(big_paper(pages, family=family, seed=seed), kind, seed)


def big_paper(pages: int, *, family: str = "prose", seed: int = 1) -> Paper:
    """The same before it is a file."""
    plan = _composed(family, seed)
    stock = load_stock()
    pool = [t for area in ("communication", "cognition", "semh", "sensory", "independence")
            for t in stock.triples[area] if t.level != "low"]  # fmt: skip
    number = max(item.number for item in plan.items("B", "C", "D"))
    place = 0
    while words(paper := paper_of(plan)) < pages * WORDS_A_PAGE:
        for _ in range(4):
            number, place = number + 1, place + 1
            for item in triple_items(plan, pool[place % len(pool)], number):
                plan.sections[item.letter].items.append(item)
    return paper


def words(paper: Paper) -> int:
    """How many words stand in the paper."""
    from goldthread.simulation.plans.text import write_text

    return len(write_text(paper).split())


def _composed(family: str, seed: int) -> SamplePlan:
    rng = Random(f"big/{seed}")  # noqa: S311 - invention, not secrecy
    plan = compose(
        rng,
        load_stock(),
        seed=seed,
        number=seed,
        status="final",
        family=family,
        age="p",
        today=TODAY,
    )
    plan.layout.extras, plan.layout.rows = (), True
    return plan
