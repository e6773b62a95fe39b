"""The standards of `frameworks/`: one folder a framework, one folder in it an edition."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from goldthread.content import folder
from goldthread.core.framework.criterion import Criterion
from goldthread.core.framework.crosswalk import Crosswalk
from goldthread.core.framework.framework import Framework, extended
from goldthread.core.framework.lexicon import Lexicon
from goldthread.core.framework.rule import Rule
from goldthread.core.frozen import Content
from goldthread.readers import content
from goldthread.readers.content import ContentError
from goldthread.readers.editions import editions, read_lock

REFERENCE = "ehc-ref@2026.1"
"""The framework that everything is checked against unless another is named."""
LONGEST = 3
"""How many editions may extend one another in a row."""


class UnknownFramework(LookupError):
    """There is no such framework or edition; the message says which there are."""


def load_framework(key: str = REFERENCE, frameworks: Path | None = None) -> Framework:
    """One edition, by “id@edition”, with its criteria, rules and lexicons, validated.

    What it leaves out is taken from the edition that it extends. Errors: UnknownFramework;
    ContentError, a line for each fault.
    """
    root = frameworks or folder("frameworks")
    own = read_edition(home_of(key, root))
    if key in read_lock(root):
        own = own.model_copy(update={"state": "published"})
    return complete(own, root)


def complete(own: Framework, root: Path, left: int = LONGEST) -> Framework:
    """`own` with the scale it extends; of that edition only framework.yaml is read."""
    if not own.extends:
        return own
    if not left:
        raise ContentError(f"{own.key}: editions that extend one another go round in a circle.")
    try:
        base = read_top(base_home(own.extends, root))
    except UnknownFramework as error:
        raise ContentError(
            f"{own.key}: framework.yaml extends “{own.extends}”, which is not there."
        ) from error
    return extended(own, complete(base, root, left - 1))


def home_of(key: str, root: Path) -> Path:
    """The folder of an edition. Errors: UnknownFramework, which names those there are."""
    known = editions(root)
    if key not in known:
        raise UnknownFramework(
            f"There is no framework “{key}”; there is {', '.join(known) or 'none'}."
        )
    return known[key]


def base_home(key: str, root: Path) -> Path:
    """The folder of an edition that is extended: below `root`, else among our own, so that a local
    framework may stand anywhere. Errors: UnknownFramework."""
    near = editions(root).get(key)
    return near or home_of(key, folder("frameworks"))


@lru_cache(maxsize=8)
def shared_framework(key: str = REFERENCE) -> Framework:
    """`load_framework`, kept: frameworks do not change while a process runs."""
    return load_framework(key)


def read_edition(home: Path) -> Framework:
    """The edition in the folder `home` as it stands there, without what it extends.

    Errors: ContentError, a line for each fault.
    """
    faults: list[str] = []
    parts = {
        "criteria": _all(home / "criteria", Criterion, faults),
        "rules": _all(home / "rules", Rule, faults),
        "lexicons": _all(home / "lexicons", Lexicon, faults),
    }
    walk = home / "crosswalk.yaml"
    try:
        top = read_top(home)
        if walk.is_file():
            parts["crosswalk"] = content.valid(walk, Crosswalk, content.read_yaml(walk))
    except ContentError as error:
        faults.append(str(error))
    if faults:
        raise ContentError("\n".join(faults))
    return top.model_copy(update=parts)


def read_top(home: Path) -> Framework:
    """`framework.yaml` alone: scale, grading, topics. Errors: ContentError, a line a fault."""
    path = home / "framework.yaml"
    told = content.read_yaml(path)
    if not isinstance(told, dict):
        raise ContentError("framework.yaml holds no keys; copy the one of another edition.")
    kept = sorted({"state", "criteria", "rules", "lexicons", "crosswalk"} & told.keys())
    if kept:
        raise ContentError(f"framework.yaml: remove “{kept[0]}”; it has a place of its own.")
    found: Framework = content.valid(path, Framework, told)
    here = f"{home.parent.name}@{home.name}"
    if found.key != here:
        raise ContentError(f"framework.yaml says that it is {found.key}, but stands at {here}.")
    return found


def _all(folder: Path, kind: type[Content], faults: list[str]) -> tuple[Content, ...]:
    try:
        return tuple(content.by_id(folder, kind).values())
    except ContentError as error:
        faults.append(str(error))
        return ()
