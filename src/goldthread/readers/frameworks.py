"""The standards of `frameworks/`: one folder a framework, one folder in it an edition."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from goldthread.content import folder
from goldthread.core.framework.criterion import Criterion
from goldthread.core.framework.framework import Framework
from goldthread.core.framework.lexicon import Lexicon
from goldthread.core.framework.rule import Rule
from goldthread.readers import content

REFERENCE = "ehc-ref@2026.1"
"""The framework that everything is checked against unless another is named."""


class UnknownFramework(LookupError):
    """There is no such framework or edition; the message says which there are."""


def load_framework(key: str = REFERENCE, frameworks: Path | None = None) -> Framework:
    """One edition, by “id@edition”, with its criteria, rules and lexicons, validated.

    Errors: UnknownFramework; ContentError, a line for each fault.
    """
    root = frameworks or folder("frameworks")
    name, _, edition = key.partition("@")
    home = root / name / edition
    if not (home / "framework.yaml").is_file():
        raise UnknownFramework(f"There is no framework “{key}”; see `goldthread frameworks`.")
    return read_edition(home)


@lru_cache(maxsize=8)
def shared_framework(key: str = REFERENCE) -> Framework:
    """`load_framework`, kept: frameworks do not change while a process runs."""
    return load_framework(key)


def read_edition(home: Path) -> Framework:
    """The edition in the folder `home`. Errors: ContentError, a line for each fault."""
    told = content.read_yaml(home / "framework.yaml")
    parts = {
        "criteria": tuple(content.by_id(home / "criteria", Criterion).values()),
        "rules": tuple(content.by_id(home / "rules", Rule).values()),
        "lexicons": tuple(content.by_id(home / "lexicons", Lexicon).values()),
    }
    found: Framework = content.valid(home / "framework.yaml", Framework, {**told, **parts})
    return found
