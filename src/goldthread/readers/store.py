"""Where imported releases are kept: immutable folders, and one small list of those in use.

    figures/
      current                          the ids in use, one a line, in the order they were imported
      releases/<date>-<digest>/        figures.parquet, release.yaml, report.json
      lock                             held by the operating system while something is written

A release is written aside, flushed and renamed; then `current` is replaced in one step. Whatever
stops an import, either the old list stands or the new one does. A folder that no line of `current`
names counts for nothing and is swept by the next import.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import polars as pl
import yaml
from pydantic import ValidationError

from goldthread.core.frozen import Content
from goldthread.core.measures.figures import FIGURES
from goldthread.locks import try_lock

ID = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{12}")
PART = ".part-"


class StoreError(ValueError):
    """The store cannot be read or written; the message is one sentence that says what to do."""


class StoredFile(Content):
    """One published file of a release. `sha256` is of its bytes as they came, unpacked."""

    name: str
    source: str
    edition: str
    sha256: str
    rows: int


class Manifest(Content):
    """What `release.yaml` says."""

    id: str
    imported: dt.date
    figures_sha256: str
    files: tuple[StoredFile, ...]


class StoredRelease(Content):
    """A release in use: where it is and what it holds."""

    path: Path
    manifest: Manifest

    @property
    def id(self) -> str:
        return self.manifest.id

    @property
    def imported(self) -> dt.date:
        return self.manifest.imported

    @property
    def files(self) -> tuple[StoredFile, ...]:
        return self.manifest.files

    @property
    def editions(self) -> dict[str, str]:
        """Source id -> edition, as a reader would name it."""
        return {f.source: f.edition for f in self.files}

    def figures(self) -> pl.DataFrame:
        """Its figures (schema FIGURES).

        Errors: StoreError when the file is gone or is not what was written.
        """
        path = self.path / "figures.parquet"
        try:
            same = _sha256(path.read_bytes()) == self.manifest.figures_sha256
            if same:
                return pl.read_parquet(path).select(
                    pl.col(name).cast(kind) for name, kind in FIGURES.items()
                )
        except (OSError, pl.exceptions.PolarsError) as error:
            raise StoreError(_damaged(self.id)) from error
        raise StoreError(_damaged(self.id))


def releases(folder: Path) -> tuple[StoredRelease, ...]:
    """The releases in use below `folder` (figures/), oldest import first; none is no error.

    Errors: StoreError when the list names something that is not there.
    """
    return tuple(_read(folder, id_) for id_ in current(folder))


def current(folder: Path) -> tuple[str, ...]:
    """The ids in use, in the order they were imported."""
    try:
        text = (folder / "current").read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{folder / 'current'} cannot be read: {error}.") from error
    ids = text.split()
    for id_ in ids:
        if not ID.fullmatch(id_):
            raise StoreError(f"{folder / 'current'} holds “{id_[:40]}”, which names no release.")
    return tuple(ids)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Holds the store for one writer. The operating system lets go if the process dies, so no lock
    is ever left behind.

    Errors: StoreError when another process is writing, or the folder cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"Cannot make {folder}: {error.strerror or error}.") from error
    try:
        lock = try_lock(folder / "lock")
    except OSError as error:
        raise StoreError(f"Cannot write in {folder}: {error.strerror or error}.") from error
    if lock is None:
        raise StoreError(
            "Another import is running on this data folder; wait for it to end, then try again."
        )
    with lock:  # closing it unlocks it
        _sweep(folder)
        yield


def add(
    folder: Path,
    figures: pl.DataFrame,
    files: tuple[StoredFile, ...],
    report: str,
    today: dt.date,
) -> StoredRelease:
    """Puts a release at the end of the list. Call it inside `writing`.

    Shapes: `figures` as FIGURES; `report` is JSON text. Errors: StoreError; nothing has changed
    then.
    """
    ids = current(folder)
    id_ = release_id(files, today)
    if id_ in ids:
        raise StoreError(f"Release {id_} is already imported.")
    try:
        path = _write(folder, id_, figures, files, report, today)
        _replace_list(folder, (*ids, id_))
    except OSError as error:
        raise StoreError(
            f"The release could not be written in {folder} ({error.strerror or error}); "
            "nothing has changed."
        ) from error
    return _read(folder, path.name)


def remove(folder: Path, id_: str) -> None:
    """Takes a release off the list; figures are as if it had not come. Call it inside `writing`.

    Its folder stays until the next import sweeps it, for a reader may have it open.
    Errors: StoreError when no release in use has this id.
    """
    ids = current(folder)
    if id_ not in ids:
        known = f"in use: {', '.join(ids)}" if ids else "none has been imported"
        raise StoreError(f"There is no release “{id_}”; {known}.")
    try:
        _replace_list(folder, tuple(i for i in ids if i != id_))
    except OSError as error:
        raise StoreError(
            f"The list in {folder} could not be written ({error.strerror or error}); "
            "nothing has changed."
        ) from error


def release_id(files: tuple[StoredFile, ...], today: dt.date) -> str:
    """Date of import and the start of a digest over the files' own digests."""
    together = "\n".join(sorted(f"{f.source} {f.sha256}" for f in files))
    return f"{today.isoformat()}-{_sha256(together.encode())[:12]}"


def _write(
    folder: Path,
    id_: str,
    figures: pl.DataFrame,
    files: tuple[StoredFile, ...],
    report: str,
    today: dt.date,
) -> Path:
    home = folder / "releases"
    home.mkdir(exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=PART, dir=home))
    try:
        figures.select(*FIGURES).write_parquet(part / "figures.parquet")
        digest = _sha256((part / "figures.parquet").read_bytes())
        manifest = Manifest(id=id_, imported=today, figures_sha256=digest, files=files)
        said = yaml.safe_dump(manifest.model_dump(mode="json"), sort_keys=False, allow_unicode=True)
        (part / "release.yaml").write_text(said, encoding="utf-8")
        (part / "report.json").write_text(report, encoding="utf-8")
        for file in part.iterdir():
            _flush(file)
        part.chmod(0o755)
        part.rename(home / id_)
        _flush(home)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return home / id_


def _replace_list(folder: Path, ids: tuple[str, ...]) -> None:
    part = folder / f"{PART}current"
    try:
        part.write_text("".join(f"{id_}\n" for id_ in ids), encoding="utf-8")
        _flush(part)
        os.replace(part, folder / "current")  # noqa: PTH105 - the one step that makes it so
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    # The list is already replaced: a disk that cannot flush a folder must not say otherwise.
    with suppress(OSError):
        _flush(folder)


def _flush(path: Path) -> None:
    """Down to the disk, so that a power cut cannot leave a name without its bytes."""
    if path.is_dir():
        if os.name == "nt":  # Windows opens no folders
            return
        handle = os.open(path, os.O_RDONLY)
    else:
        handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(folder: Path) -> None:
    """Takes away what interrupted imports and removed releases left."""
    ids = set(current(folder))
    home = folder / "releases"
    if not home.is_dir():
        return
    for path in home.iterdir():
        if path.name not in ids and (path.name.startswith(PART) or ID.fullmatch(path.name)):
            shutil.rmtree(path, ignore_errors=True)


def _read(folder: Path, id_: str) -> StoredRelease:
    path = folder / "releases" / id_
    try:
        said = yaml.safe_load((path / "release.yaml").read_text(encoding="utf-8"))
        manifest = Manifest.model_validate(said)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise StoreError(_damaged(id_)) from error
    return StoredRelease(path=path, manifest=manifest)


def _damaged(id_: str) -> str:
    return (
        f"Release {id_} is listed but its files are missing or damaged: take it away with "
        f"`goldthread figures remove {id_}` and import it again."
    )


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
