"""The data files inside what a person hands over: one CSV, or a release zip."""

from __future__ import annotations

import gzip
import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from goldthread.readers.ees import EesError
from goldthread.readers.tables import LARGEST

MEMBERS = 500
"""Files in one zip; a release of SEN2 statistics has about 30."""
UNPACKED = 1024 * 1024 * 1024
"""Bytes of a whole zip once unpacked."""
BLOCK = 1024 * 1024
GZIP = b"\x1f\x8b"
DATA_FOLDER = "data"


@dataclass(frozen=True)
class Part:
    """One file: its bytes, or why it is not read."""

    name: str
    data: bytes = b""
    skip: str = ""
    refuse: str = ""


def parts(path: Path) -> Iterator[Part]:
    """The data files of `path`, with a row for each file that is passed over.

    Errors: EesError, one sentence, when the whole cannot be used.
    """
    name = path.name
    size = path.stat().st_size
    if size > LARGEST:
        raise EesError(
            f"{name} is {size // 2**20:,} MB; the most that is read is {LARGEST // 2**20} MB. "
            "Choose one data file of the release, not all of it."
        )
    if name.lower().endswith(".zip"):
        yield from _zipped(path)
        return
    if name.lower().endswith((".meta.csv", ".meta.csv.gz")):
        raise EesError(f"{name} describes a data file and holds no figures: import {_data(name)}.")
    yield _unpacked(Part(name, path.read_bytes()))


def _zipped(path: Path) -> Iterator[Part]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [m for m in archive.infolist() if not m.is_dir()]
            _check(members, path.name)
            for member in members:
                yield _part(archive, member)
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError) as error:
        raise EesError(
            f"{path.name} is not a zip file, or is cut short; download it again."
        ) from error


def _check(members: list[zipfile.ZipInfo], name: str) -> None:
    if not members:
        raise EesError(f"{name} is empty; download it again.")
    if len(members) > MEMBERS:
        raise EesError(
            f"{name} holds {len(members):,} files; a release has fewer than {MEMBERS}. "
            "Unpack it and import the data files you need."
        )
    if sum(m.file_size for m in members) > UNPACKED:
        raise EesError(
            f"{name} unpacks to more than {UNPACKED // 2**20:,} MB, too much to be a release. "
            "Unpack it and import the data files you need."
        )
    for member in members:
        if _leads_out(member.filename) or stat.S_ISLNK(member.external_attr >> 16):
            raise EesError(
                f"{name} holds a file that leads out of its own folder "
                f"(“{_shown(member.filename)}”), so nothing in it is trusted. "
                "Download the release again."
            )


def _leads_out(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name or "\0" in name


def _part(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Part:
    name = _shown(member.filename)
    if why := _passed_over(member.filename):
        return Part(name, skip=why)
    if member.flag_bits & 1:
        return Part(name, refuse=f"{name} is locked with a password; unpack it and import it.")
    try:
        with archive.open(member) as stream:
            data = b"".join(iter(lambda: stream.read(BLOCK), b""))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
        return Part(name, refuse=f"{name} is damaged inside the zip; download the zip again.")
    return _unpacked(Part(name, data))


def _unpacked(part: Part) -> Part:
    """The part without its gzip coat, block by block: a bomb stops at LARGEST."""
    if part.data[:2] != GZIP:
        return part
    blocks, size = list[bytes](), 0
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(part.data)) as packed:
            while block := packed.read(BLOCK):
                blocks.append(block)
                size += len(block)
                if size > LARGEST:
                    most = LARGEST // 2**20
                    return Part(part.name, refuse=f"{part.name} unpacks to over {most} MB.")
    except (OSError, EOFError, zlib.error):
        said = f"{part.name} is a gzip file that is cut short or damaged; download it again."
        return Part(part.name, refuse=said)
    return Part(part.name, b"".join(blocks))


def _passed_over(name: str) -> str:
    path = PurePosixPath(name.lower().replace("\\", "/"))
    if path.name.endswith((".meta.csv", ".meta.csv.gz")):
        return f"describes {_data(path.name)}"
    if not path.name.endswith((".csv", ".csv.gz")) or path.parts[0] == "__macosx":
        return "not a data file"
    if len(path.parts) > 1 and path.parts[-2] != DATA_FOLDER:
        return "not in the folder “data” of the release"
    return ""


def _data(meta: str) -> str:
    return meta.lower().replace(".meta.csv", ".csv")


def _shown(name: str) -> str:
    """A name from a stranger's zip, fit for a terminal."""
    return "".join(c if c.isprintable() else "?" for c in name)[:120]
