"""Where the boxes and lines of the golden thread stand in its picture."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from goldthread.core.report.check_record import LinkRecord, NodeRecord, ThreadRecord

COLUMNS = {"aspiration": "Aspirations", "need": "Needs", "outcome": "Outcomes",
           "provision": "Provision"}  # fmt: skip
WIDTH, GAP = 230, 70
"""Of a column and of the space between two columns, in pixels at full size."""
LINE, CHARACTERS, LINES = 17, 31, 3
"""Height of a line of text; characters in a line; lines in a box."""
PAD, SPACE, TOP = 9, 14, 40


@dataclass(frozen=True, slots=True)
class Box:
    node: NodeRecord
    x: int
    y: int
    width: int
    height: int
    lines: tuple[str, ...]
    loose: bool
    """No link was found to the column before or after."""


@dataclass(frozen=True, slots=True)
class Curve:
    """From the right edge of one box to the left edge of another."""

    link: LinkRecord
    x1: int
    y1: int
    x2: int
    y2: int

    @property
    def path(self) -> str:
        bend = (self.x2 - self.x1) // 2
        return (
            f"M{self.x1} {self.y1} C{self.x1 + bend} {self.y1} {self.x2 - bend} {self.y2} "
            f"{self.x2} {self.y2}"
        )


@dataclass(frozen=True, slots=True)
class ThreadPicture:
    width: int
    height: int
    titles: tuple[tuple[str, int], ...]
    """Column title and the left edge of its column."""
    boxes: tuple[Box, ...]
    curves: tuple[Curve, ...]
    sentence: str
    """What the picture shows, for those who do not see it."""


def thread_picture(thread: ThreadRecord) -> ThreadPicture:
    """Four columns; every node a box near what it is linked to; links as curves."""
    loose = {end.node for end in thread.loose}
    columns = {kind: [n for n in thread.nodes if n.kind == kind] for kind in COLUMNS}
    boxes: dict[str, Box] = {}
    for index, kind in enumerate(COLUMNS):
        nodes = _near(columns[kind], thread.links, boxes)
        for box in _stack(nodes, index * (WIDTH + GAP), loose):
            boxes[box.node.id] = box
    curves = [_curve(link, boxes) for link in thread.links]
    height = max((b.y + b.height for b in boxes.values()), default=TOP) + SPACE
    return ThreadPicture(
        width=4 * WIDTH + 3 * GAP,
        height=height,
        titles=tuple((t, i * (WIDTH + GAP)) for i, t in enumerate(COLUMNS.values())),
        boxes=tuple(boxes.values()),
        curves=tuple(c for c in curves if c),
        sentence=_sentence(thread),
    )


def _near(
    nodes: Sequence[NodeRecord], links: Sequence[LinkRecord], placed: dict[str, Box]
) -> list[NodeRecord]:
    """Nodes in the order of what they are linked to, so that lines cross little."""
    heights: dict[str, list[int]] = defaultdict(list)
    for link in links:
        if link.source in placed:
            heights[link.target].append(placed[link.source].y)
    last = 10**6

    def where(pair: tuple[int, NodeRecord]) -> tuple[float, int]:
        index, node = pair
        ys = heights.get(node.id)
        return (sum(ys) / len(ys) if ys else last, index)

    return [node for _, node in sorted(enumerate(nodes), key=where)]


def _stack(nodes: Sequence[NodeRecord], x: int, loose: set[str]) -> list[Box]:
    boxes, y = [], TOP
    for node in nodes:
        lines = tuple(_lines(f"{node.id}. {node.text}"))
        height = len(lines) * LINE + 2 * PAD
        boxes.append(Box(node, x, y, WIDTH, height, lines, node.id in loose))
        y += height + SPACE
    return boxes


def _lines(text: str) -> list[str]:
    lines = textwrap.wrap(" ".join(text.split()), CHARACTERS)
    if len(lines) <= LINES:
        return lines
    return [*lines[: LINES - 1], lines[LINES - 1][: CHARACTERS - 2].rstrip() + " …"]


def _curve(link: LinkRecord, boxes: dict[str, Box]) -> Curve | None:
    """None when an end is not in the picture; a link that leaps a column is drawn all the same."""
    source, target = boxes.get(link.source), boxes.get(link.target)
    if source is None or target is None:
        return None
    return Curve(
        link,
        source.x + source.width,
        source.y + source.height // 2,
        target.x,
        target.y + target.height // 2,
    )


def _sentence(thread: ThreadRecord) -> str:
    counts = {kind: sum(n.kind == kind for n in thread.nodes) for kind in COLUMNS}
    sure = sum(link.how != "words" for link in thread.links)
    nodes = len({end.node for end in thread.loose})
    return (
        f"The golden thread: {counts['aspiration']} aspirations, {counts['need']} needs, "
        f"{counts['outcome']} outcomes, {counts['provision']} pieces of provision; {sure} links "
        f"that the plan itself makes, {len(thread.links) - sure} likely by their words; for "
        f"{nodes} no link was found one way. The table below says the same."
    )
