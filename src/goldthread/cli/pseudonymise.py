"""`goldthread pseudonymise`: copies of documents with pseudonyms in place of names and numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from goldthread.checking.pseudonymise import Made, Source
from goldthread.checking.pseudonymise import pseudonymise as rewrite
from goldthread.cli.say import progress, stop
from goldthread.core.privacy.review import COLUMNS, WORDS, counts
from goldthread.readers.names_extra import recogniser
from goldthread.writers.csv import csv_text
from goldthread.writers.files import CannotWrite, write_whole

LIST = "review.csv"
UNSEEN = (
    "No name recogniser is installed, so these may be left: names that are also words, first "
    "names that no list has (names of minorities above all), and nicknames."
)
LAST = (
    "This reduces the risk that somebody is recognised; it does not make anybody anonymous: the "
    "story itself may point at one child. Read each file before you pass it on."
)
KEEP_SAFE = (
    "{0} holds the original words, so it is personal data itself: keep it with the originals."
)


def pseudonymise(
    files: Annotated[list[Path], typer.Argument(help="Word, PDF or text files.")],
    out: Annotated[Path, typer.Option(help="Folder for the new files; made when missing.")],
    seed: Annotated[
        str,
        typer.Option(
            help="Makes numbers that are the same in every run with this text. Keep it secret."
        ),
    ] = "",
    review: Annotated[
        Path | None,
        typer.Option(help="Also write a list with the original words: personal data itself."),
    ] = None,
    format: Annotated[
        str, typer.Option(help="docx keeps a Word file a Word file; text makes all plain text.")
    ] = "docx",
) -> None:
    """Write copies in which names, numbers and addresses are replaced by roles like “[Child]”.

    The risk that somebody is recognised gets smaller; nobody becomes anonymous. Originals are
    never changed. Exit codes: 0 all were written, 1 a file could not be read, 2 wrong use.
    """
    if format not in ("docx", "text"):
        stop(f"There is no format “{format}”; use docx or text.", code=2)
    sources = [_source(path) for path in files]
    made, refused = rewrite(sources, dt.date.today(), seed=seed, as_text=format == "text")
    _write(made, files, out, review)
    for unread in refused:
        progress(unread.sentence)
    _say(made, out, review)
    if refused:
        raise typer.Exit(1)


def _source(path: Path) -> Source:
    if not path.is_file():
        stop(f"There is no file {path}; check its name.", code=2)
    try:
        return Source(path.name, path.read_bytes())
    except OSError as error:
        stop(f"{path} cannot be opened: {(error.strerror or str(error)).lower()}.")


def _write(made: Sequence[Made], files: Sequence[Path], out: Path, review: Path | None) -> None:
    """All files or, when one name is taken or the folder cannot be written, none."""
    if not made:
        return
    planned = {out / one.name: one.data for one in made}
    planned[out / LIST] = _list(made, original=False)
    if review is not None:
        planned[review] = _list(made, original=True)
    _refuse_taken(planned, files, out, review)
    written: list[Path] = []
    try:
        out.mkdir(parents=True, exist_ok=True)
        for path, data in planned.items():
            write_whole(path, data)
            written.append(path)
    except OSError as error:
        for path in written:
            path.unlink(missing_ok=True)
        said = str(error) if isinstance(error, CannotWrite) else f"Cannot write {out}: {error}"
        stop(said)


def _refuse_taken(
    planned: dict[Path, bytes], files: Sequence[Path], out: Path, review: Path | None
) -> None:
    originals = {path.resolve() for path in files}
    if out.exists() and not out.is_dir():
        stop(f"{out} is a file; name a folder for the new files.", code=2)
    if review is not None and review.resolve() in {(out / LIST).resolve(), *originals}:
        stop(f"--review would overwrite {review}; choose another name.", code=2)
    for path in planned:
        if path.resolve() in originals:
            stop(f"{path} is one of the originals; choose another folder.", code=2)
        if path.exists():
            stop(f"{path} exists already; choose an empty folder or another name.", code=2)


def _list(made: Sequence[Made], *, original: bool) -> bytes:
    rows = [e.row(one.source if original else "") for one in made for e in one.entries]
    columns = (*COLUMNS, *WORDS) if original else COLUMNS
    return ("\ufeff" + csv_text(rows, columns)).encode()


def _say(made: Sequence[Made], out: Path, review: Path | None) -> None:
    for one in made:
        count = counts(one.entries)
        print(f"{out / one.name}: {count['replaced']:,} replaced, {count['look']:,} to look at.")
        for note in one.notes:
            print(f"  {note}")
        if one.left:
            print(
                f"  {one.left:,} of the replaced words still stand somewhere in it: look for them."
            )
    if not made:
        return
    print(f"{out / LIST}: where each stands, without the words that stood there.")
    if review is not None:
        print(KEEP_SAFE.format(review))
    if recogniser() is None:
        print(UNSEEN)
    print(LAST)
