"""Reads data files in a process of its own, capped in memory and time.

`read_part` is the reading; the rest carries it across the border between two processes: a job as
JSON in, a report and a table of figures a file out. Nothing a file does in here reaches the store.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path

import polars as pl

from goldthread.core.frozen import Content
from goldthread.core.measures.figures import Status
from goldthread.core.measures.source import Source
from goldthread.core.places import Places
from goldthread.readers import content, ees, recognise
from goldthread.readers.figures import FiguresError, figures_of
from goldthread.readers.import_report import FileReport, RefusedRow
from goldthread.readers.places import read_places
from goldthread.readers.release import Part, parts
from goldthread.readers.sums import check_sums
from goldthread.readers.tables import TableError, table_of

MEMORY = 1536 * 1024 * 1024
"""Bytes of address space; enforced by Linux, not by macOS or Windows."""
SIGXCPU = 24
SECONDS = 120
"""For one file or zip: of the processor (Linux, macOS), and of the clock on average."""


class Job(Content):
    """What the capped process is to read."""

    paths: tuple[Path, ...]
    reference: Path
    today: dt.date
    edition: str = ""
    known: tuple[str, ...] = ()
    """Digests of files already imported."""


@dataclass(frozen=True)
class Shelf:
    """What files are held against."""

    sources: Mapping[str, Source]
    series: Mapping[str, tuple[str, ...]]
    places: Places


def shelf(reference: Path) -> Shelf:
    """Sources, the series that measures use, and places, from `reference`."""
    sources = content.sources(reference / "sources")
    measures = content.measures(reference / "measures")
    return Shelf(sources, recognise.known_series(measures, sources), read_places(reference))


Read = tuple[FileReport, pl.DataFrame | None]


def read_apart(job: Job, out: Path) -> list[Read]:
    """Reads `job` in capped processes, leaving their results in the empty folder `out`.

    One report a file, in the order of the paths and of what a zip holds; figures where it was
    taken. A path on which a process dies is refused from there on; the next process goes on with
    the paths after it.
    """
    found, paths = list[Read](), job.paths
    for turn in range(len(job.paths)):
        if not paths:
            break
        here = out / str(turn)
        here.mkdir()
        why = _run(job.model_copy(update={"paths": paths}), here)
        found += _results(here)
        if not why:
            break
        number, name = _under_way(here)
        said = f"{name or paths[number].name} {why}, so it was refused: check what it is."
        report = FileReport(name=name or paths[number].name, outcome="refused", why=said)
        found.append((report, None))
        paths = paths[number + 1 :]
    return found


def _run(job: Job, here: Path) -> str:
    """Runs one process on `job` and returns what was wrong with it, or nothing."""
    (here / "job.json").write_text(job.model_dump_json(), encoding="utf-8")
    # -P: a file called csv.py where the person stands must not be imported.
    command = [sys.executable, "-P", "-m", "goldthread.readers.intake", str(here)]
    environment = {**os.environ, "POLARS_MAX_THREADS": "2"}
    most = SECONDS * len(job.paths)
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            command, env=environment, capture_output=True, timeout=most, check=False
        )
    except subprocess.TimeoutExpired:
        return f"takes longer than {SECONDS} seconds to read"
    return "" if (here / "done").exists() else _why(done)


def _why(done: subprocess.CompletedProcess[bytes]) -> str:
    errors = done.stderr.decode("utf-8", "replace").strip()
    if done.returncode == -SIGXCPU:
        return f"takes longer than {SECONDS} seconds to read"
    if "MemoryError" in errors or "memory allocation" in errors or not errors:
        return f"needs more than {MEMORY / 2**30:.1f} GB of memory to read"
    return f"could not be read ({errors.splitlines()[-1][:160]})"


def _results(out: Path) -> list[Read]:
    found = []
    for path in sorted(out.glob("[0-9]*.json")):
        report = FileReport.model_validate_json(path.read_text(encoding="utf-8"))
        table = path.with_suffix(".parquet")
        found.append((report, pl.read_parquet(table) if table.exists() else None))
    return found


def _under_way(here: Path) -> tuple[int, str]:
    """Which path, and which file of it, the process was reading."""
    with contextlib.suppress(OSError, ValueError):
        number, _, name = (here / "now").read_text(encoding="utf-8").partition(" ")
        return int(number), name
    return 0, ""


def main(here: Path) -> None:
    """The capped process: reads `here`/job.json and writes its results beside it."""
    _cap_memory()
    job = Job.model_validate_json((here / "job.json").read_text(encoding="utf-8"))
    held = shelf(job.reference)
    numbers = count(1)
    for index, path in enumerate(job.paths):
        (here / "now").write_text(f"{index} {path.name}", encoding="utf-8")
        _cap_time()
        for report, figures in read_path(path, held, job):
            number = next(numbers)
            if figures is not None:
                figures.write_parquet(here / f"{number:04}.parquet")
            part = here / f"{number:04}.part"
            part.write_text(report.model_dump_json(), encoding="utf-8")
            part.rename(here / f"{number:04}.json")
    (here / "done").touch()


def _cap_memory() -> None:
    if sys.platform != "win32":
        import resource

        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _cap_time() -> None:
    if sys.platform != "win32":
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        most = int(used.ru_utime + used.ru_stime) + SECONDS
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CPU, (most, hard))


def read_path(path: Path, held: Shelf, job: Job) -> Iterator[Read]:
    """A report on each file of `path`, one CSV or a zip."""
    in_zip = path.name.lower().endswith(".zip")
    edition = job.edition or f"Imported on {job.today.day} {job.today:%B %Y} from {path.name}"
    job = job.model_copy(update={"edition": edition})
    try:
        for part in parts(path):
            yield read_part(part, held, job, in_zip)
    except ees.EesError as error:
        yield FileReport(name=path.name, outcome="refused", why=str(error)), None
    except OSError as error:
        said = f"{path.name} cannot be read: {error.strerror or error}."
        yield FileReport(name=path.name, outcome="refused", why=said), None


def read_part(part: Part, held: Shelf, job: Job, in_zip: bool = False) -> Read:
    """The report on one file and, where it is taken, its figures (schema FIGURES)."""
    if part.skip:
        return FileReport(name=part.name, outcome="skipped", why=part.skip), None
    if part.refuse:
        return FileReport(name=part.name, outcome="refused", why=part.refuse), None
    digest = hashlib.sha256(part.data).hexdigest()
    if digest in job.known:
        why = "these very bytes are already imported"
        told = FileReport(name=part.name, outcome="already imported", why=why, sha256=digest)
        return told, None
    try:
        report, figures = _read(part, held, job)
    except recognise.NoSource as error:
        # A release holds files that no measure needs; one named by a person is another matter.
        told = FileReport(name=part.name, outcome="refused", why=str(error), sha256=digest)
        return (told.model_copy(update={"outcome": "skipped"}) if in_zip else told), None
    except (ees.EesError, TableError, FiguresError) as error:
        return FileReport(name=part.name, outcome="refused", why=str(error), sha256=digest), None
    return report.model_copy(update={"sha256": digest}), figures


def _read(part: Part, held: Shelf, job: Job) -> tuple[FileReport, pl.DataFrame]:
    name = part.name
    table = ees.check_file(table_of(part.data, name), name)
    found = recognise.recognise(table, name, held.sources, held.series)
    # Messages of the reader name the file in hand, not the one that came with Goldthread.
    source = found.source.model_copy(update={"file": name, "release": job.edition})
    ees.check_twins(table, source, name)
    kept, refused = ees.check_rows(table, source, held.places, tuple(found.columns), job.today)
    _check_authorities(kept, refused, name)
    figures = figures_of(kept.drop(ees.LINE), source, held.places, tuple(found.columns))
    checked, off = check_sums(figures, source, held.places)
    newest = figures.filter(pl.col("year") == pl.col("year").max())
    there = set(newest["area"])
    report = FileReport(
        name=name,
        outcome="taken",
        source=source.id,
        title=source.title,
        edition=job.edition,
        rows=table.height,
        rows_taken=kept.height,
        rows_unread=table.height - kept.height - len({r.line for r in refused}),
        refused=tuple(RefusedRow(**asdict(r)) for r in refused),
        years=tuple(sorted(set(figures["year"]), reverse=True)),
        columns=found.columns,
        missing=found.missing,
        unread=found.unread,
        authorities=sum(a.code in there for a in held.places.authorities),
        absent=tuple(a.name for a in held.places.current if a.code not in there),
        symbols=figures.filter(~pl.col("status").is_in(WITH_A_VALUE)).height,
        sums_checked=checked,
        sums=tuple(off),
        notes=_notes(part.data, name),
    )
    return report, figures


WITH_A_VALUE = (Status.OK.value, Status.PROVISIONAL.value)


def _check_authorities(kept: pl.DataFrame, refused: tuple[ees.Refusal, ...], name: str) -> None:
    levels = kept["geographic_level"].str.strip_chars().str.to_lowercase()
    if levels.eq("local authority").any():
        return
    first = refused[0] if refused else None
    why = f" The first, line {first.line}, column {first.column}: {first.why}" if first else ""
    raise ees.EesError(f"{name} has no row of an authority that can be taken.{why}")


def _notes(data: bytes, name: str) -> tuple[str, ...]:
    if data.endswith((b"\n", b"\r")):
        return ()
    return (f"{name} does not end with a new line: check that its last value is whole.",)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
