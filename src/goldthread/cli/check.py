"""`goldthread check`: plans against the standard, one file or a folder of thousands."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from goldthread.checking import batch
from goldthread.checking.job import Answered, File, Files, Job, Outcome, Refused
from goldthread.checking.kept import Kept
from goldthread.checking.pool import Pool
from goldthread.cli import check_output as output
from goldthread.cli.say import progress, stop
from goldthread.content import folder
from goldthread.core.report.check_record import CheckRecord
from goldthread.readers.content import ContentError
from goldthread.readers.editions import editions
from goldthread.readers.frameworks import REFERENCE, UnknownFramework, load_framework

SPREADING = ("--advice",)
"""Options that take all the files that follow them."""


class Spread(TyperCommand):
    """Lets `--advice a.docx b.pdf` stand for `--advice a.docx --advice b.pdf`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        return super().parse_args(ctx, spread(args))


def spread(arguments: Sequence[str]) -> list[str]:
    """`arguments` with the option repeated before every file that follows it."""
    found: list[str] = []
    option = ""
    for argument in arguments:
        if argument.startswith("-"):
            option = argument if argument in SPREADING else ""
            if not option:
                found.append(argument)
        elif option:
            found += [option, argument]
        else:
            found.append(argument)
    return found


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@dataclass(frozen=True)
class Request:
    """What was asked for, all of it found to make sense."""

    paths: tuple[Path, ...]
    advice: tuple[Path, ...]
    previous: Path | None
    job: Job
    form: str
    out: Path | None
    annotated: Path | None
    workers: int

    @property
    def several(self) -> bool:
        return len(self.paths) > 1


@app.command(cls=Spread)
def check(
    paths: Annotated[list[Path], typer.Argument(help="Word, PDF or text files, or folders.")],
    advice: Annotated[
        list[Path] | None,
        typer.Option(help="Advice reports to hold the plan against; all files that follow."),
    ] = None,
    previous: Annotated[
        Path | None, typer.Option(help="An earlier version of the plan, to see what changed.")
    ] = None,
    framework: Annotated[str, typer.Option(help="Framework and edition.")] = REFERENCE,
    status: Annotated[
        str | None, typer.Option(help="draft, final or amended; as the plan says unless given.")
    ] = None,
    format: Annotated[
        str | None,
        typer.Option(
            help="text, json, html, xlsx or parquet; from the name of --out unless given."
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="File to write; for several documents a folder, which can be resumed."),
    ] = None,
    annotated: Annotated[
        Path | None,
        typer.Option(
            help="Write the document back with its findings as comments: a file or, for several "
            "documents, a folder."
        ),
    ] = None,
    today: Annotated[
        str | None, typer.Option(help="Check as of this day (YYYY-MM-DD) instead of today.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Documents checked at once; one a core unless given.")
    ] = None,
) -> None:
    """Check plans against the standard. Nothing leaves this machine.

    Exit codes: 0 all were read and checked, 1 a document could not be read, 2 wrong use.
    """
    request = _request(
        paths, advice or [], previous, framework, status, format, out, annotated, today, workers
    )
    outcomes = _several(request) if request.several else _single(request)
    if any(isinstance(outcome, Refused) for outcome in outcomes):
        raise typer.Exit(1)


def _request(
    paths: list[Path],
    advice: list[Path],
    previous: Path | None,
    framework: str,
    status: str | None,
    form: str | None,
    out: Path | None,
    annotated: Path | None,
    today: str | None,
    workers: int | None,
) -> Request:
    found = _documents(paths)
    several = len(found) > 1
    if several and (advice or previous):
        stop("--advice and --previous go with one plan; name one file.", code=2)
    for path in (*advice, *([previous] if previous else [])):
        if not path.is_file():
            stop(f"There is no file {path}; check its name.", code=2)
    job = Job(today=_day(today), framework=_framework(framework), status=_status(status))  # type: ignore[arg-type]
    return Request(
        found, tuple(advice), previous, job, output.form(form, out, several=several), out,
        annotated, workers or os.cpu_count() or 1,
    )  # fmt: skip


def _documents(paths: list[Path]) -> tuple[Path, ...]:
    try:
        found = batch.find_documents(paths)
    except FileNotFoundError as error:
        stop(f"{error} Check its name.", code=2)
    if not found:
        endings = ", ".join(batch.ENDINGS)
        stop(f"There is no document in {paths[0]}: looked for {endings}.", code=2)
    return tuple(found)


def _framework(key: str) -> str:
    """The edition asked for, or the newest of a framework named without one."""
    if "@" not in key:
        key = max(
            (k for k in editions(folder("frameworks")) if k.startswith(f"{key}@")), default=key
        )
    try:
        framework = load_framework(key)
    except (UnknownFramework, ContentError) as error:
        stop(str(error), code=2)
    if not framework.rules:
        stop(f"{key} has no machine rules; check against {REFERENCE}, which it builds on.", code=2)
    return framework.key


def _status(status: str | None) -> str:
    if status not in (None, "draft", "final", "amended"):
        stop(f"There is no status “{status}”; use draft, final or amended.", code=2)
    return status or "unknown"


def _day(today: str | None) -> dt.date:
    try:
        return dt.date.fromisoformat(today) if today else dt.date.today()
    except ValueError:
        stop(f"“{today}” is no day; write it as 2026-11-24.", code=2)


def _single(request: Request) -> list[Outcome]:
    """One document, on the screen or as a file."""
    path = request.paths[0]
    with Pool(1) as pool:
        job = request.job.model_copy(update={"paragraphs": request.form == "html"})
        outcome = _checked(request, job, pool)
        if isinstance(outcome, Refused):
            progress(outcome.sentence)
            return [outcome]
        record = timed(outcome)
        output.deliver(output.of_one(record, request.form), request.out)
        if request.annotated:
            output.annotate(path, record, request.annotated, pool)
    return [outcome]


def _checked(request: Request, job: Job, pool: Pool) -> Outcome:
    try:
        files = Files(
            _file(request.paths[0]),
            tuple(_file(p) for p in request.advice),
            _file(request.previous) if request.previous else None,
        )
    except OSError as error:
        stop(f"{error.filename} cannot be opened: {(error.strerror or str(error)).lower()}.")
    return pool.check(files, job, progress)


def _file(path: Path) -> File:
    return File(path.name, path.read_bytes())


def timed(outcome: Answered) -> CheckRecord:
    """The record, with how long the check took."""
    document = outcome.record.document.model_copy(update={"seconds": outcome.seconds})
    return outcome.record.model_copy(update={"document": document})


def _several(request: Request) -> list[Outcome]:
    """Many documents: checked first, written when all are known to each other."""
    with tempfile.TemporaryDirectory(prefix="goldthread-check-") as spare:
        folder = request.out if request.out and output.is_folder(request.out) else Path(spare)
        kept = Kept(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            job = kept.begin(request.job)
        except OSError as error:
            stop(f"{folder} cannot be written: {(error.strerror or str(error)).lower()}.")
        final = _run(request, job, kept)
        output.write_all(final, request.form, request.out, request.annotated)
        kept.finish()
    return [Refused.model_validate(f) for f in final.values() if isinstance(f, Refused)]


def _run(request: Request, job: Job, kept: Kept) -> dict[Path, Path | Refused]:
    """Document -> where its outcome is kept, or why it has none; in the order of the paths."""
    final: dict[Path, Path | Refused] = {}
    said = _Said()
    job = job.model_copy(update={"paragraphs": request.form == "html"})
    with Pool(min(request.workers, len(request.paths))) as pool:
        for done in batch.run(request.paths, job, pool, kept=kept, tell=said.tell):
            if isinstance(done.outcome, Refused):
                progress(done.outcome.sentence)
                final[done.path] = done.outcome
            elif done.kept:
                final[done.path] = done.kept
    said.end()
    return final


class _Said:
    """Says how far a batch is, at most every two seconds."""

    def __init__(self) -> None:
        self._last = time.monotonic()
        self._now: batch.Progress | None = None

    def tell(self, now: batch.Progress) -> None:
        self._now = now
        if time.monotonic() - self._last < 2:
            return
        self._last = time.monotonic()
        left = f", {batch.minutes(now.left)} left" if now.left is not None else ""
        progress(f"{now.done:,} of {now.total:,} checked{left} …")

    def end(self) -> None:
        now = self._now
        if now:
            took = batch.minutes(time.monotonic() - now.begun)
            refused = f", {now.refused:,} could not be read" if now.refused else ""
            reused = now.done - now.fresh
            again = f", {reused:,} taken from the run before" if reused else ""
            progress(f"{now.done - now.refused:,} documents checked in {took}{refused}{again}.")
