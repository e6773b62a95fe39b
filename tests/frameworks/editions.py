"""Copies of our editions in a folder that tests may change."""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml

from goldthread.content import folder

SHIPPED = folder("frameworks")
REFERENCE = "ehc-ref@2026.1"


def copied(root: Path, key: str = REFERENCE, to: str = "", source: Path = SHIPPED) -> Path:
    """The edition `key` below `root`, as the edition `to` of the same framework; its folder."""
    name, _, edition = key.partition("@")
    home = root / name / (to or edition)
    shutil.copytree(source / name / edition, home)
    if to:
        change(home / "framework.yaml", edition=to)
    return home


def change(path: Path, **changes: object) -> None:
    """Puts `changes` over the keys of a YAML file."""
    told = yaml.safe_load(path.read_text("utf-8"))
    path.write_text(yaml.safe_dump({**told, **changes}, allow_unicode=True), "utf-8")


def reword(path: Path, old: str, new: str) -> None:
    """Replaces `old`, which must be there, by `new`."""
    text = path.read_text("utf-8")
    assert old in text, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new), "utf-8")
