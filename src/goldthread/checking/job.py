"""What is asked of a checking process, and what it answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from goldthread.core.frozen import Content
from goldthread.core.plan.plan import Status
from goldthread.core.report.check_record import CheckRecord
from goldthread.readers.frameworks import REFERENCE

LARGEST = 50 * 1024 * 1024
"""Bytes of one file; plans are far smaller, pictures included."""


class Job(Content):
    """How one document is to be checked; the files themselves travel beside it."""

    today: dt.date
    framework: str = REFERENCE
    frameworks: str = ""
    """Folder of frameworks to take it from; Goldthread's own when empty."""
    status: Status = "unknown"
    paragraphs: bool = False
    """Whether the record shall hold the text, for pages that show the plan."""
    sentences: bool = False
    """Whether digests of its sentences are wanted, to find text that many plans share."""
    corpus: Mapping[str, int] = Field(default_factory=dict)
    """Digest of a sentence -> how many other plans have it."""
    corpus_plans: int = 0


@dataclass(frozen=True)
class File:
    """A file as it came: its name, without folders, and its bytes."""

    name: str
    data: bytes


def file_named(name: str | None, data: bytes) -> File:
    """A file that somebody sent: its name without folders, of printable characters, at most 200."""
    last = (name or "").replace("\\", "/").rsplit("/", 1)[-1]
    return File("".join(c for c in last if c.isprintable())[:200] or "document", data)


@dataclass(frozen=True)
class Files:
    """The document to check, and what it is held against."""

    document: File
    advice: tuple[File, ...] = ()
    previous: File | None = None

    @property
    def all(self) -> tuple[File, ...]:
        return (self.document, *self.advice, *((self.previous,) if self.previous else ()))


class Answered(Content):
    """A document that was read and checked."""

    record: CheckRecord
    sentences: tuple[str, ...] = ()
    seconds: float
    """Of the process, for reading and checking."""


class Refused(Content):
    """A document that was not: one sentence, and a code for machines."""

    name: str
    code: str
    sentence: str
    blame: Literal["document", "advice", "previous"] = "document"


Outcome = Answered | Refused
