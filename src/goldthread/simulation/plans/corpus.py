"""Makes samples from a seed, and writes them to a folder with a truth file beside each."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from goldthread.simulation.plans.blocks import Paper
from goldthread.simulation.plans.composing import STATUSES, compose
from goldthread.simulation.plans.docx import write_docx
from goldthread.simulation.plans.faults import MOST, plant_faults
from goldthread.simulation.plans.layouts import FAMILIES
from goldthread.simulation.plans.sample import SamplePlan
from goldthread.simulation.plans.setting_out import set_out
from goldthread.simulation.plans.stock import Stock, load_stock
from goldthread.simulation.plans.text import write_text
from goldthread.simulation.plans.truth import plan_truth

FILE_KINDS = ("docx", "pdf", "untagged", "scan", "text")
ENDINGS = {"docx": "docx", "pdf": "pdf", "untagged": "pdf", "scan": "pdf", "text": "txt"}
TODAY = dt.date(2026, 11, 24)
"""The day that samples are made for, unless told."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One file and what is true of it."""

    name: str
    data: bytes
    truth: dict[str, Any]


def plans(
    seed: int,
    count: int,
    *,
    family: str = "",
    status: str = "",
    age: str = "",
    good: bool | None = None,
    faults: tuple[str, ...] = (),
    today: dt.date = TODAY,
    start: int = 0,
) -> Iterator[SamplePlan]:
    """`count` plans as values; plan n of a seed is the same whatever `count` and `start` are.

    `family`, `status` (draft, final, amended), `age` (e, p, s, a), `good`: fixed when given, else
    drawn by turns; two plans in three have faults. `faults`: names from `faults.PLANTERS`, planted
    in every plan in place of some at random. Errors: ValueError, one sentence.
    """
    _known(family, FAMILIES, "layout family")
    _known(status, STATUSES, "status")
    _known(age, tuple("epsa"), "age group")
    stock = load_stock()
    for number in range(start, start + count):
        rng = Random(f"{seed}/{number}")  # noqa: S311 - invention, not secrecy
        plan = compose(
            rng,
            stock,
            seed=seed,
            number=number,
            status=status or rng.choice(STATUSES),
            family=family or FAMILIES[number % len(FAMILIES)],
            age=age,
            today=today,
        )
        sound = number % 3 == 0 if good is None else good
        if faults or not sound:
            plant_faults(rng, stock, plan, rng.randint(1, MOST), faults)
        yield plan


def paper_of(plan: SamplePlan, stock: Stock | None = None) -> Paper:
    """The plan set out in its layout family."""
    return set_out(plan, stock or load_stock())


def write_paper(paper: Paper, kind: str, seed: int = 0) -> bytes:
    """The paper as a file of `kind`, one of FILE_KINDS."""
    if kind == "docx":
        return write_docx(paper)
    if kind == "text":
        return write_text(paper)
    from goldthread.simulation.plans.pdf import write_pdf

    if kind in ("pdf", "untagged"):
        return write_pdf(paper, tagged=kind == "pdf")
    from goldthread.simulation.plans.scan import write_scan

    return write_scan(paper, seed)


def plan_sample(plan: SamplePlan, kind: str) -> Sample:
    """The plan as one file with its truth."""
    _known(kind, FILE_KINDS, "file kind")
    name = f"{plan.name}-{kind}.{ENDINGS[kind]}"
    data = write_paper(paper_of(plan), kind, plan.number)
    return Sample(name, data, plan_truth(plan, name, kind))


def samples(
    seed: int, count: int, *, kinds: tuple[str, ...] = ("docx",), **choices: Any
) -> Iterator[Sample]:
    """`count` plans, each as one file; the file kinds of `kinds` by turns.

    Keywords: those of `plans`.
    """
    for number, plan in enumerate(plans(seed, count, **choices)):
        yield plan_sample(plan, kinds[(number // len(FAMILIES) + number) % len(kinds)])


def write_sample(folder: Path, sample: Sample) -> None:
    """Writes the file and `<name>.truth.json` beside it."""
    (folder / sample.name).write_bytes(sample.data)
    (folder / f"{sample.name}.truth.json").write_text(truth_text(sample.truth), encoding="utf-8")


def truth_text(truth: Mapping[str, Any]) -> str:
    return json.dumps(truth, ensure_ascii=False, indent=1) + "\n"


def _known(value: str, known: tuple[str, ...], what: str) -> None:
    if value and value not in known:
        raise ValueError(f"There is no {what} “{value}”; use one of {', '.join(known)}.")
