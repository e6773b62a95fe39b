"""Checks files and folders of thousands: in order, resumable, one bad file harming no other."""

from __future__ import annotations

import hashlib
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from goldthread.checking.job import LARGEST, Answered, File, Files, Job, Outcome, Refused
from goldthread.checking.kept import Kept
from goldthread.checking.pool import Pool, too_large

ENDINGS = (".docx", ".docm", ".dotx", ".pdf", ".txt")
"""What a folder is searched for; a file named by itself is read whatever its ending."""
SHARED = 5
"""A sentence in this many other plans is shared (standard.md, rule 36)."""


@dataclass(frozen=True)
class Done:
    """One document of a batch."""

    path: Path
    outcome: Outcome
    kept: Path | None = None
    """Where the outcome is kept, when it is."""
    reused: bool = False
    """Taken from an earlier, interrupted run."""


@dataclass
class Progress:
    """How far a batch is; `left` is None until it can be judged."""

    total: int
    done: int = 0
    refused: int = 0
    begun: float = field(default_factory=time.monotonic)
    fresh: int = 0

    def took(self, done: Done) -> None:
        self.done += 1
        self.fresh += not done.reused
        self.refused += isinstance(done.outcome, Refused)

    @property
    def left(self) -> float | None:
        """Seconds, at the pace so far of the documents that were really checked."""
        if self.fresh < 3:
            return None
        return (time.monotonic() - self.begun) / self.fresh * (self.total - self.done)


def find_documents(paths: Sequence[Path]) -> list[Path]:
    """The files of `paths`, each once, in order; folders searched with all below them.

    Hidden files and Word's lock files (“~$…”) are passed over. Errors: FileNotFoundError.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = (p for p in path.rglob("*") if p.suffix.lower() in ENDINGS and p.is_file())
            found |= dict.fromkeys(sorted(p for p in inside if not _hidden(p, path)))
        elif path.exists():
            found[path] = None
        else:
            raise FileNotFoundError(f"There is no file or folder {path}.")
    return list(found)


def _hidden(path: Path, root: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.relative_to(root).parts)


def run(
    paths: Sequence[Path],
    job: Job,
    pool: Pool,
    *,
    kept: Kept | None = None,
    across: bool = True,
    tell: Callable[[Progress], None] | None = None,
) -> Iterator[Done]:
    """Checks `paths` in order. `kept`: where records of an interrupted run are, and go.

    `across`: then look again at plans that share a sentence with `SHARED` others; they come a
    second time, with what that shows. Memory stays flat: few documents are in hand at once.
    """
    across = across and len(paths) > SHARED
    job = job.model_copy(update={"sentences": across})
    shared = _Shared()
    progress = Progress(len(paths))
    for done in _each(paths, job, pool, kept):
        progress.took(done)
        shared.note(done)
        if tell:
            tell(progress)
        yield done
    if across:
        yield from _again(shared, job, pool, kept)


def _each(paths: Sequence[Path], job: Job, pool: Pool, kept: Kept | None) -> Iterator[Done]:
    """In order, with no more than twice as many in hand as there are processes."""
    waiting: deque[Future[Done]] = deque()
    with ThreadPoolExecutor(pool.size) as threads:
        try:
            for path in paths:
                waiting.append(threads.submit(_one, path, job, pool, kept))
                if len(waiting) >= 2 * pool.size:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _one(path: Path, job: Job, pool: Pool, kept: Kept | None) -> Done:
    try:
        if path.stat().st_size > LARGEST:
            return Done(path, too_large(path.name, path.stat().st_size))
        data = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        sentence = f"{path.name} cannot be opened: {reason}. Check that you may read it."
        return Done(path, Refused(name=path.name, code="cannot-open", sentence=sentence))
    digest = hashlib.sha256(data).hexdigest()
    if kept and (found := kept.find(digest, job)):
        return Done(path, found, kept.path(digest, job), reused=True)
    outcome = pool.check(Files(File(path.name, data)), job)
    return Done(path, outcome, kept.keep(digest, job, outcome) if kept else None)


class _Shared:
    """Which sentences stand in how many plans, by digest; and which plan has which."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.of: dict[Path, tuple[str, ...]] = {}

    def note(self, done: Done) -> None:
        if isinstance(done.outcome, Answered) and done.outcome.record.document.recognised == "plan":
            sentences = tuple(dict.fromkeys(done.outcome.sentences))
            self.of[done.path] = sentences
            self.counts.update(sentences)

    def common(self) -> dict[str, int]:
        """Digest -> number of *other* plans, of sentences that are shared."""
        return {s: n - 1 for s, n in self.counts.items() if n > SHARED}


def _again(shared: _Shared, job: Job, pool: Pool, kept: Kept | None) -> Iterator[Done]:
    common = shared.common()
    for path, sentences in shared.of.items():
        corpus = {s: common[s] for s in sentences if s in common}
        if corpus:
            seen = job.model_copy(update={"corpus": corpus, "corpus_plans": len(shared.of)})
            yield _one(path, seen, pool, kept)


def minutes(seconds: float) -> str:
    """“40 seconds”, “3 minutes”, “2 hours”: how long is left, as people say it."""
    if seconds < 90:
        whole = max(1, round(seconds))
        return f"{whole} second{'s' if whole > 1 else ''}"
    if seconds < 90 * 60:
        return f"{round(seconds / 60)} minutes"
    return f"{seconds / 3600:.1f} hours"
