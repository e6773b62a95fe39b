"""The headings and answers by which spreadsheets of audits are known."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from goldthread.content import folder
from goldthread.core.audit.past_mapping import PastWords
from goldthread.core.framework.crosswalk import Crosswalk
from goldthread.readers.content import read_yaml, valid
from goldthread.readers.editions import editions
from goldthread.readers.frameworks import load_framework


@lru_cache(maxsize=2)
def past_words(reference: Path | None = None) -> PastWords:
    """`reference/lists/past_audits.yaml`. Errors: ContentError."""
    path = (reference or folder("reference")) / "lists" / "past_audits.yaml"
    words: PastWords = valid(path, PastWords, read_yaml(path))
    return words


@lru_cache(maxsize=4)
def crosswalks_to(reference: str) -> tuple[Crosswalk, ...]:
    """Of the local frameworks here that answer this edition's questions."""
    root = folder("frameworks")
    found = (load_framework(key).crosswalk for key in editions(root))
    return tuple(walk for walk in found if walk is not None and walk.reference == reference)
