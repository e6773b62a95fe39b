"""What `goldthread check` writes: one document or many, on the screen or as files."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from goldthread.checking.annotating import ENDINGS
from goldthread.checking.job import Answered, File, Refused
from goldthread.checking.pool import Pool
from goldthread.cli.say import progress, stop
from goldthread.core.report.check_record import CheckRecord
from goldthread.core.report.finding_rows import finding_rows
from goldthread.writers.checked_text import checked_text, one_line
from goldthread.writers.files import CannotWrite, write_whole

FORMATS = ("text", "json", "html", "xlsx", "parquet")
SUFFIXES = {".txt": "text", ".json": "json", ".jsonl": "json", ".html": "html", ".htm": "html",
            ".xlsx": "xlsx", ".parquet": "parquet"}  # fmt: skip
BINARY = ("xlsx", "parquet")
"""One file for all documents."""
ROWS_IN_PART = 1000
"""Documents in one Parquet file of many."""


def form(named: str | None, out: Path | None, *, several: bool) -> str:
    """The format asked for, or the one that the file's name says."""
    found = named or (SUFFIXES.get(out.suffix.lower(), "") if out else "text")
    if not found:
        found = "json" if several else "text"
    if found not in FORMATS:
        stop(f"There is no format “{found}”; use one of {', '.join(FORMATS)}.", code=2)
    if out is None and (found in BINARY or (several and found == "html")):
        stop(f"{found} cannot be shown on a screen: name where to write it with --out.", code=2)
    return found


def is_folder(out: Path) -> bool:
    return out.is_dir() or not out.suffix


def of_one(record: CheckRecord, form: str) -> bytes:
    """The whole file for one document."""
    if form == "json":
        return (record.model_dump_json(indent=2, exclude={"paragraphs"}) + "\n").encode()
    if form == "html":
        from goldthread.writers.checked_html import checked_html

        return checked_html(record).encode()
    if form in BINARY:
        return _table([record], form)
    return checked_text(record).encode()


def _table(records: list[CheckRecord], form: str) -> bytes:
    if form == "parquet":
        from goldthread.writers.parquet import parquet

        return parquet(row for record in records for row in finding_rows(record))
    from goldthread.writers.checked_xlsx import checked_xlsx

    return checked_xlsx(records)


def deliver(data: bytes, out: Path | None) -> None:
    """To the screen, or whole into a file."""
    if out is None:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return
    _write(out, data)
    progress(f"Wrote {out}.")


def _write(path: Path, data: bytes) -> None:
    try:
        write_whole(path, data)
    except CannotWrite as error:
        stop(str(error))


def annotate(path: Path, record: CheckRecord, out: Path, pool: Pool) -> None:
    """The document with its findings as comments, into a file or a folder."""
    target = out / f"{path.stem} checked{path.suffix}" if is_folder(out) else out
    if target.resolve() == path.resolve():
        stop(f"{out} is the document itself; give the copy another name.", code=2)
    if record.document.kind not in ENDINGS:
        progress(f"{path.name} is plain text, which can hold no comments: use --format html.")
        return
    written = pool.annotate(File(path.name, path.read_bytes()), record)
    if isinstance(written, Refused):
        progress(written.sentence)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    _write(target, written)
    progress(f"Wrote {target}.")


def write_all(
    final: Mapping[Path, Path | Refused], form: str, out: Path | None, annotated: Path | None
) -> None:
    """What a batch comes to, in the order of the documents."""
    if form in BINARY and out:
        _tables(final, form, out)
    elif out and is_folder(out):
        _files(final, form, out)
    else:
        _stream(final, form, out)
    if annotated:
        annotated.mkdir(parents=True, exist_ok=True)
        with Pool(1) as pool:
            for path, answered in _answered(final):
                annotate(path, answered.record, annotated, pool)


def _stream(final: Mapping[Path, Path | Refused], form: str, out: Path | None) -> None:
    """One line a document: JSON Lines, or a sentence."""
    lines = []
    for path, found in final.items():
        if isinstance(found, Refused):
            refused = found.model_dump_json()
            lines.append(refused if form == "json" else f"{path.name}: not read. {found.sentence}")
        else:
            record = _load(found).record
            whole = record.model_dump_json(exclude={"paragraphs"})
            lines.append(whole if form == "json" else one_line(record))
    deliver(("\n".join(lines) + "\n").encode(), out)


def _files(final: Mapping[Path, Path | Refused], form: str, out: Path) -> None:
    ending = {"text": ".txt"}.get(form, f".{form}")
    names = _names(list(final), ending)
    for path, answered in _answered(final):
        _write(out / names[path], of_one(answered.record, form))
    progress(f"Wrote {len(final)} files into {out}.")


def _tables(final: Mapping[Path, Path | Refused], form: str, out: Path) -> None:
    if not is_folder(out):
        _write(out, _table([a.record for _, a in _answered(final)], form))
        progress(f"Wrote {out}.")
        return
    for number, part in enumerate(_parts(_answered(final), ROWS_IN_PART), 1):
        _write(out / f"findings-{number:04}.{form}", _table([a.record for _, a in part], form))
    progress(f"Wrote the findings into {out}.")


def _parts(
    found: Iterator[tuple[Path, Answered]], size: int
) -> Iterator[list[tuple[Path, Answered]]]:
    part: list[tuple[Path, Answered]] = []
    for each in found:
        part.append(each)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part


def _answered(final: Mapping[Path, Path | Refused]) -> Iterator[tuple[Path, Answered]]:
    for path, found in final.items():
        if not isinstance(found, Refused):
            yield path, _load(found)


def _load(path: Path) -> Answered:
    return Answered.model_validate_json(path.read_bytes())


def _names(paths: list[Path], ending: str) -> dict[Path, str]:
    """A name for each document's file; documents of one name in two folders get numbers."""
    names: dict[Path, str] = {}
    taken: set[str] = set()
    for path in paths:
        name, number = f"{path.name}{ending}", 2
        while name.casefold() in taken:
            name, number = f"{path.name} ({number}){ending}", number + 1
        taken.add(name.casefold())
        names[path] = name
    return names
