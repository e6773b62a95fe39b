"""`goldthread samples`: invented plans with planted faults, and what is true of each."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from goldthread.cli.say import progress, stop


def samples(
    out: Annotated[Path, typer.Option(help="Folder to write to; it is made when missing.")],
    seed: Annotated[int, typer.Option(help="The same seed gives the same samples.")] = 1,
    count: Annotated[int, typer.Option(min=1, help="How many plans.")] = 20,
    family: Annotated[str, typer.Option(help="Only this layout family: prose, booklet …")] = "",
    kind: Annotated[str, typer.Option(help="docx, pdf, untagged, scan or text; else a mix.")] = "",
    status: Annotated[str, typer.Option(help="draft, final or amended.")] = "",
    age: Annotated[str, typer.Option(help="e, p, s or a: early years to post-16.")] = "",
    fault: Annotated[list[str] | None, typer.Option(help="Plant this fault in every plan.")] = None,
    good: Annotated[bool, typer.Option("--good", help="Only plans without a fault.")] = False,
    only_plans: Annotated[
        bool, typer.Option("--only-plans", help="No advice, reviews or other papers.")
    ] = False,
) -> None:
    """Write invented plans, some with planted faults, each with a truth file beside it."""
    from goldthread.simulation.plans.corpus import FILE_KINDS, write_sample
    from goldthread.simulation.plans.folders import MIX, folder_samples

    if kind and kind not in FILE_KINDS:
        stop(f"There is no file kind “{kind}”; use one of {', '.join(FILE_KINDS)}.", code=2)
    made = 0
    try:
        out.mkdir(parents=True, exist_ok=True)
        for sample in folder_samples(
            seed, count, kinds=(kind,) if kind else MIX, only_plans=only_plans, family=family,
            status=status, age=age, good=True if good else None, faults=tuple(fault or ()),
        ):  # fmt: skip
            write_sample(out, sample)
            made += 1
    except (ValueError, LookupError) as error:
        stop(str(error.args[0]), code=2)
    except OSError as error:
        stop(f"{out} cannot be written to: {error.strerror or error}; choose another folder.")
    progress(f"{made} files written to {out}, each with its truth beside it.")
