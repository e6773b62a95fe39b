"""Everything that can be said against an edition: its files, its names, its digest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from goldthread.core.checks.engine import known_kinds
from goldthread.core.framework.framework import Framework
from goldthread.core.framework.validity import Remark, remarks
from goldthread.readers.content import ContentError
from goldthread.readers.editions import LOCK, Published, digest, editions, read_lock, write_lock
from goldthread.readers.frameworks import UnknownFramework, base_home, complete, read_edition


def validate(home: Path, today: dt.date) -> tuple[Remark, ...]:
    """Remarks on the edition in `home`, faults first; never raises for what it finds there."""
    root = home.parent.parent
    try:
        own = complete(read_edition(home), root)
        base = read_edition(base_home(own.extends, root)) if own.extends else None
        frozen = list(_frozen(home, own.key, read_lock(root)))
        others = list(_others(own, root))
    except (ContentError, UnknownFramework) as error:
        return tuple(_as_remarks(error))
    said = remarks(own, kinds=known_kinds(), today=today, base=base, others=others)
    return (*frozen, *said)


def _as_remarks(error: Exception) -> Iterable[Remark]:
    for line in str(error).splitlines():
        where, found, said = line.partition(": ")
        yield Remark(True, where, said) if found else Remark(True, "framework.yaml", line)


def _frozen(home: Path, key: str, lock: dict[str, Published]) -> Iterable[Remark]:
    entry = lock.get(key)
    if entry and entry.digest != digest(home):
        day = f"{entry.date.day} {entry.date:%B %Y}"
        said = (
            f"{key} was published on {day} and its files have changed since; "
            "bring them back, or put the change into a new edition."
        )
        yield Remark(True, LOCK, said)


def _others(own: Framework, root: Path) -> Iterable[Framework]:
    """Other editions of the same framework; one that cannot be read says so when it is validated
    itself."""
    for key, home in editions(root).items():
        if key.partition("@")[0] == own.id and key != own.key:
            try:
                yield read_edition(home)
            except ContentError:
                continue


def validate_lock(root: Path) -> tuple[Remark, ...]:
    """Remarks on published.lock itself: lines that are none, editions that are gone."""
    try:
        lock = read_lock(root)
    except ContentError as error:
        return tuple(_as_remarks(error))
    gone = sorted(lock.keys() - editions(root).keys())
    return tuple(Remark(True, LOCK, f"{k} was published and its folder is gone.") for k in gone)


class CannotPublish(ValueError):
    """The edition may not be published; the message has a line for each reason."""


def publish(home: Path, today: dt.date) -> Published:
    """Freezes the edition in `home` by a line in published.lock.

    Errors: CannotPublish when it has faults, is published already, or extends a draft.
    """
    root, key = home.parent.parent, f"{home.parent.name}@{home.name}"
    faults = [str(r) for r in validate(home, today) if r.fault]
    if faults:
        raise CannotPublish("\n".join(faults))
    lock, own = read_lock(root), read_edition(home)
    if key in lock:
        raise CannotPublish(f"{key} is published already; a change is a new edition.")
    if own.extends and own.extends not in read_lock(base_home(own.extends, root).parent.parent):
        raise CannotPublish(f"{key} extends {own.extends}, which is a draft; publish that first.")
    if not own.criteria and own.crosswalk is None:
        raise CannotPublish(f"{key} has no criteria yet, so there is nothing to publish.")
    entry = Published(key, digest(home), today)
    write_lock(root, {**lock, key: entry})
    return entry
