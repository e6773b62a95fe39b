"""Single sentences judged, for the site and the API."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

from goldthread.checking.pipeline import tools
from goldthread.core.checks.wording.outcome import judge_outcome
from goldthread.core.checks.wording.provision import judge_provision
from goldthread.core.checks.wording.verdict import Wording
from goldthread.core.checks.words import Words
from goldthread.readers.frameworks import REFERENCE

Kind = Literal["provision", "outcome"]
KINDS: tuple[Kind, ...] = ("provision", "outcome")


def judge(kind: Kind, text: str) -> Wording:
    """The judgement of one item of provision or one outcome."""
    return (judge_provision if kind == "provision" else judge_outcome)(text, _words())


@cache
def _words() -> Words:
    return tools(REFERENCE).checker.words


def rules() -> dict[str, Any]:
    """Rule id -> rule of the reference framework, for their titles."""
    return {rule.id: rule for rule in tools(REFERENCE).checker.framework.rules}
