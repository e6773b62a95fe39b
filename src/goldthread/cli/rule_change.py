"""`goldthread rule-change`: what a change of the standard does, before anyone approves it."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Annotated

import typer

from goldthread.checking import batch
from goldthread.checking.job import Answered, Job
from goldthread.checking.pool import Pool
from goldthread.cli.say import progress, stop
from goldthread.content import folder
from goldthread.core.report.check_record import CheckRecord
from goldthread.core.report.rule_change import RuleChange, Turned, rule_change
from goldthread.readers.content import ContentError
from goldthread.readers.frameworks import REFERENCE, UnknownFramework, load_framework

MOST = 12
"""Findings shown of each rule."""


def rule_change_command(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Documents or folders; the invented plans of samples/ unless given."),
    ] = None,
    before: Annotated[
        Path, typer.Option(help="Folder of frameworks as they were (a checkout's `frameworks`).")
    ] = Path("frameworks"),
    after: Annotated[
        Path | None, typer.Option(help="Folder of frameworks as they shall be; Goldthread's own.")
    ] = None,
    framework: Annotated[str, typer.Option(help="Framework and edition.")] = REFERENCE,
    format: Annotated[str, typer.Option(help="text or json.")] = "text",
    today: Annotated[str, typer.Option(help="Check as of this day.")] = "2026-11-24",
) -> None:
    """Show which findings a change of rules, words or criteria adds and takes away."""
    if format not in ("text", "json"):
        stop(f"There is no format “{format}”; use text or json.", code=2)
    documents = _documents(paths or [folder("samples") / "plans"])
    jobs = [_job(root, framework, today) for root in (before, after or folder("frameworks"))]
    with Pool(os.cpu_count() or 1) as pool:
        records = [_records(documents, job, pool) for job in jobs]
    found = rule_change(*records)
    print(found.model_dump_json(indent=2) if format == "json" else "\n".join(_lines(found)))


def _documents(paths: list[Path]) -> list[Path]:
    try:
        found = batch.find_documents(paths)
    except FileNotFoundError as error:
        stop(f"{error} Check its name.", code=2)
    if not found:
        stop(f"There is no document in {paths[0]}.", code=2)
    return found


def _job(root: Path, framework: str, today: str) -> Job:
    try:
        load_framework(framework, root)
        day = dt.date.fromisoformat(today)
    except (UnknownFramework, ContentError) as error:
        stop(f"In {root}: {error}", code=2)
    except ValueError:
        stop(f"“{today}” is no day; write it as 2026-11-24.", code=2)
    return Job(today=day, framework=framework, frameworks=str(root.resolve()))


def _records(documents: list[Path], job: Job, pool: Pool) -> dict[str, CheckRecord]:
    found: dict[str, CheckRecord] = {}
    for done in batch.run(documents, job, pool, across=False):
        if isinstance(done.outcome, Answered):
            found[str(done.path)] = done.outcome.record
        else:
            progress(done.outcome.sentence)
    return found


def _lines(found: RuleChange) -> list[str]:
    lines = [
        f"{found.documents} documents: {len(found.new)} findings new, {len(found.dropped)} "
        f"dropped, {len(found.answers)} suggested answers changed."
    ]
    for rule, (new, dropped) in found.by_rule.items():
        lines.append(f"\n{rule}: {new} new, {dropped} dropped")
        shown = [("+", t) for t in found.new if t.rule == rule]
        shown += [("-", t) for t in found.dropped if t.rule == rule]
        lines += [_line(sign, t) for sign, t in shown[:MOST]]
        if len(shown) > MOST:
            lines.append(f"  … and {len(shown) - MOST} more")
    if found.answers:
        lines.append("\nSuggested answers that changed")
        for a in found.answers[: 3 * MOST]:
            before = "none" if a.before is None else str(a.before)
            after = "none" if a.after is None else str(a.after)
            lines.append(f"  {Path(a.document).name}: {a.criterion} {before} → {after}")
    return lines


def _line(sign: str, found: Turned) -> str:
    words = f" “{found.quote[:90]}”" if found.quote else ""
    where = found.item or found.section or "document"
    return f"  {sign} {Path(found.document).name}, {where}: {found.reason}{words}"
