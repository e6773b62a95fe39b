"""The golden thread of a plan as a value: what leads to what, and how we know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from goldthread.core.checks.finding import Quote

NodeKind = Literal["aspiration", "need", "outcome", "provision"]
How = Literal["row", "number", "area", "words"]
"""row: they stand in one table row or block · number: one names the other, or both bear one number
of a series that agrees throughout (less sure) · area: one of them is the only one of its kind under
that area of need · words: they share words of one subject (a suggestion)."""


@dataclass(frozen=True, slots=True)
class Node:
    id: str
    """The item's id; aspirations are “A1”, “A2”, …"""
    kind: NodeKind
    text: str
    quote: Quote
    area: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """From one node to the next along the thread: aspiration, need, outcome, provision."""

    source: str
    target: str
    how: How
    confidence: float


@dataclass(frozen=True, slots=True)
class Loose:
    """A node with no link one way, and the nearest candidate, never called “none”."""

    node: str
    wants: NodeKind
    """What kind of node was looked for."""
    nearest: str = ""
    likeness: float = 0.0


@dataclass(frozen=True, slots=True)
class Thread:
    nodes: tuple[Node, ...] = ()
    links: tuple[Link, ...] = ()
    loose: tuple[Loose, ...] = ()
