"""The table of addresses in routes.yaml, and addresses filled with what an authority has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from goldthread.records.scope import Here

FILE = Path(__file__).with_name("routes.yaml")
PLACEHOLDER = re.compile(r"<(?:\w+:)?(\w+)>")
KINDS = {"audits": "open", "documents": "document", "samples": "sample", "families": "link",
         "calibration": "asked"}  # fmt: skip
"""First word of an address -> what its `reference` or `number` names, when it is not a plan or a
list."""


@dataclass(frozen=True)
class Row:
    """One address in an authority; the fields are explained in routes.yaml."""

    path: str
    permission: str
    one_of: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    get: int = 200
    stranger: int = 404
    sent: int = 404
    senders: tuple[str, ...] = ()
    support: int = 0
    quiet: bool = False

    @property
    def names_something(self) -> bool:
        """Whether the address names a row of the authority; the steps of a draw are none."""
        return "<" in self.path and "<str:step>" not in self.path

    def may(self, here: Here) -> bool:
        """Whether this person is let in at all; without, 403."""
        return here.can(self.permission) and (not self.one_of or any(map(here.can, self.one_of)))

    def may_send(self, here: Here) -> bool:
        """Whether they may send its form; without, 403."""
        may = self.may(here) and not here.watched
        return may and (not self.senders or any(map(here.can, self.senders)))

    def to_stranger(self, here: Here, sending: bool) -> int:
        """The answer to somebody of one authority, at an address under their own code that names
        another authority's rows."""
        if sending:
            return self.sent if self.may_send(here) else 403
        if not self.may(here):
            return 403
        return self.support if here.via == "support" and self.support else self.stranger

    def answer(self, here: Here) -> int:
        """The answer to GET for somebody who has nothing to do with the rows it names."""
        if not self.may(here):
            return 403
        if self.rows and not any(map(here.can, self.rows)):
            return 404 if self.get != 405 else 405
        return self.support if here.via == "support" and self.support else self.get

    def filled(self, code: str, named: Mapping[str, str]) -> str:
        """The address below this authority, about these things."""

        def value(found: re.Match[str]) -> str:
            name = found[1]
            if name in ("reference", "number"):
                kind = KINDS.get(self.path.split("/")[0], "")
                wanted = "plan" if self.path.startswith("families/ask") else kind
                return named[wanted or ("plan" if name == "reference" else name)]
            return named[name]

        return f"/work/{code}/{PLACEHOLDER.sub(value, self.path)}"


@lru_cache(maxsize=1)
def _file() -> Mapping[str, Any]:
    said: Mapping[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return said


def outside() -> dict[str, str]:
    """Address -> who may open it, of those outside an authority."""
    return dict(_file()["outside"])


def in_demo() -> dict[str, str]:
    return dict(_file()["in_demo"])


def in_authority() -> tuple[Row, ...]:
    return tuple(
        Row(path, **{k: tuple(v) if isinstance(v, list) else v for k, v in said.items()})
        for path, said in _file()["in_authority"].items()
    )
