"""What the actions of the event log are called in plain words: reference/events.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from goldthread.readers.content import ContentError, read_yaml


def read_events(path: Path) -> Mapping[str, str]:
    """Action (“audit.sign”) -> what was done. Errors: ContentError, one sentence."""
    found = read_yaml(path)
    events = found.get("events") if isinstance(found, dict) else None
    if not isinstance(events, dict):
        raise ContentError(f"{path.name} has no list “events”; put action: words below it.")
    for action, words in events.items():
        if not (isinstance(action, str) and isinstance(words, str) and words.strip()):
            raise ContentError(f"{path.name}, {action}: say in words what was done.")
    return events
