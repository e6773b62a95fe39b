"""Records of a batch, kept in the folder that the person named, so that it can be resumed."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from goldthread import __version__
from goldthread.checking.job import Answered, Job, Outcome, Refused


class Kept:
    """One file a document, named by a digest of the document and of how it was checked.

    A run that was cut off and is started again with the same settings goes on from where it was,
    as of the day on which it began; a finished run is begun anew.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "unfinished"
        self._state = self._folder / "run.json"

    def begin(self, job: Job) -> Job:
        """The job with the day of the run that is resumed, or as it is for a new run.

        Errors: OSError when the folder cannot be written.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        with suppress(OSError, ValueError, KeyError):
            state = json.loads(self._state.read_text(encoding="utf-8"))
            if state["for"] == _settings(job):
                return job.model_copy(update={"today": dt.date.fromisoformat(state["today"])})
        self._clear()
        state = {"for": _settings(job), "today": job.today.isoformat()}
        self._state.write_text(json.dumps(state), encoding="utf-8")
        return job

    def find(self, digest: str, job: Job) -> Outcome | None:
        path = self.path(digest, job)
        with suppress(OSError, ValidationError):
            return Answered.model_validate_json(path.read_bytes())
        return None

    def keep(self, digest: str, job: Job, outcome: Outcome) -> Path | None:
        """Where it was put. Refusals are not kept: the next run tries them again."""
        if isinstance(outcome, Refused):
            return None
        path = self.path(digest, job)
        part = path.with_suffix(".part")
        part.write_text(outcome.model_dump_json(), encoding="utf-8")
        part.replace(path)
        return path

    def finish(self) -> None:
        """The results are written: nothing needs to be resumed."""
        self._clear()
        with suppress(OSError):
            self._folder.rmdir()

    def _clear(self) -> None:
        for path in self._folder.glob("*"):
            if path.suffix in (".json", ".part"):
                path.unlink()

    def path(self, digest: str, job: Job) -> Path:
        """Where the outcome of that document, checked that way, is or will be."""
        how = hashlib.sha256((digest + job.model_dump_json()).encode()).hexdigest()
        return self._folder / f"{how[:32]}.json"


def _settings(job: Job) -> str:
    return f"{__version__} {job.framework} {job.status} {job.paragraphs}"
