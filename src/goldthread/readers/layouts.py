"""The content of `frameworks/reading`: how plans, advice and reviews are laid out."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from goldthread.content import folder
from goldthread.core.parsing.layouts import Layouts
from goldthread.readers import content


def load_layouts(frameworks: Path | None = None) -> Layouts:
    """Every file of `reading`, validated. Errors: ContentError, a line for each fault."""
    home = (frameworks or folder("frameworks")) / "reading"
    parts = {}
    for name, field in Layouts.model_fields.items():
        path = home / f"{name}.yaml"
        parts[name] = content.valid(path, field.annotation, content.read_yaml(path))
    return Layouts(**parts)


@lru_cache(maxsize=1)
def shared_layouts() -> Layouts:
    """`load_layouts`, kept: layouts do not change while a process runs."""
    return load_layouts()
