"""Content in YAML, validated: measures, sources, themes and wording.

Every error is one sentence that names the file, the key and what to do about it.
"""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from goldthread.core.frozen import Content
from goldthread.core.measures.definition import Measure, Theme
from goldthread.core.measures.source import Source

Item = TypeVar("Item", bound=Content)


class ContentError(ValueError):
    """A content file is wrong; the message has a line for each fault."""


# The C loader is ten times faster; PyYAML may have been built without it.
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_SafeLoader):  # type: ignore[misc]
    """Safe, and refuses a key that is written twice: YAML itself would keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise ContentError(
                    f"line {key.start_mark.line + 1}: “{key.value}” is written twice; remove one"
                )
            seen.add(key.value)
        found: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return found


def read_yaml(path: Path) -> Any:
    """What the file holds. Errors: ContentError, one sentence."""
    try:
        text = path.read_text(encoding="utf-8")
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader
    except OSError as error:
        raise ContentError(f"{path.name} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise ContentError(f"{path.name} is not UTF-8; save it as UTF-8.") from error
    except ContentError as error:
        raise ContentError(f"{path.name}, {error}.") from error
    except yaml.YAMLError as error:
        raise ContentError(f"{path.name}{_where(error)}; correct the YAML.") from error


def _where(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "is not YAML"
    return f", line {mark.line + 1}: {problem}" if mark else f": {problem}"


def measures(folder: Path) -> dict[str, Measure]:
    """Measures of `folder` (reference/measures) by id. Errors: ContentError."""
    return by_id(folder, Measure)


def sources(folder: Path) -> dict[str, Source]:
    """Sources of `folder` (reference/sources) by id. Errors: ContentError."""
    return by_id(folder, Source)


def themes(folder: Path) -> tuple[Theme, ...]:
    """Themes of `folder`/themes.yaml, in the order shown. Errors: ContentError."""
    path = folder / "themes.yaml"
    return tuple(valid(path, list[Theme], read_yaml(path)))


def wording(folder: Path) -> dict[str, str]:
    """Rule id -> sentence template, from every file of `folder` (reference/wording).

    Empty when there is no such folder. Errors: ContentError, also when two files have one id.
    """
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        read: dict[str, str] = valid(path, dict[str, str], read_yaml(path))
        twice = sorted(found.keys() & read.keys())
        if twice:
            raise ContentError(f"{path.name}: “{twice[0]}” is worded in another file; remove one.")
        found |= read
    return found


def by_id(folder: Path, kind: type[Item]) -> dict[str, Item]:
    """Every YAML file of `folder`, by the id that it is named after. Errors: ContentError."""
    found: dict[str, Item] = {}
    faults = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            item: Item = valid(path, kind, read_yaml(path))
            if item.id != path.stem:  # type: ignore[attr-defined]
                raise ContentError(
                    f"{path.name}: id is “{item.id}”;"  # type: ignore[attr-defined]
                    " give the file and the id one name."
                )
            found[path.stem] = item
        except ContentError as error:
            faults.append(str(error))
    if faults:
        raise ContentError("\n".join(faults))
    return found


def valid(path: Path, kind: Any, value: Any) -> Any:
    """`value`, read from `path`, as a `kind`. Errors: ContentError, a line for each fault."""
    try:
        return TypeAdapter(kind).validate_python(value)
    except ValidationError as error:
        raise ContentError("\n".join(_fault(path, e) for e in error.errors())) from error


def _fault(path: Path, fault: Any) -> str:
    key = ".".join(str(part) for part in fault["loc"]) or "the whole file"
    if fault["type"] == "extra_forbidden":
        return f"{path.name}: “{key}” is no known key; correct its spelling or remove it."
    if fault["type"] == "missing":
        return f"{path.name}: “{key}” is missing; add it."
    message = str(fault["msg"]).removeprefix("Value error, ")
    return f"{path.name}: “{key}” is wrong: {message[:1].lower()}{message[1:]}."
