"""Finds the golden thread: what the plan links itself first, likeness last.

Order of trust: one table row or numbered block; one item naming another; the only one of its kind
under an area of need; words of one subject. The last is a suggestion and is marked so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from goldthread.core.checks.likeness import Features, Likeness, Subjects
from goldthread.core.checks.stretches import hits_of, sentence_at
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.thread import How, Link, Loose, Node, NodeKind, Thread
from goldthread.core.checks.wording.items import is_nil, quote_item
from goldthread.core.checks.words import Words
from goldthread.core.plan.plan import Item

KINDS: dict[str, NodeKind] = {"need": "need", "outcome": "outcome", "provision": "provision"}
PAIRS: tuple[tuple[NodeKind, NodeKind], ...] = (
    ("need", "outcome"), ("outcome", "provision"), ("need", "provision"), ("aspiration", "outcome"),
)  # fmt: skip
SURE: dict[How, float] = {"row": 0.95, "number": 0.95, "area": 0.8, "words": 0.5}
LIKELY = 0.2
"""Likeness from which two items are linked by their words."""
REFERENCE = re.compile(r"(?i)\b(need|outcome|provision|aim|target|[b-h][12]?)?[ .:#-]*(\d{1,2})\b")
WORDS_FOR: dict[str, NodeKind] = {
    "need": "need", "b": "need", "c": "need", "d": "need", "outcome": "outcome", "aim": "outcome",
    "target": "outcome", "e": "outcome", "provision": "provision", "f": "provision",
    "g": "provision",
}  # fmt: skip


def thread_of(subject: Subject) -> Thread:
    """The thread of the plan, found once."""
    return subject.kept("thread", lambda: _Finder(subject).thread())


@lru_cache(maxsize=4)
def subjects_of(words: Words) -> Subjects:
    """The lexicon of subjects, made ready once for all plans."""
    return Subjects(words.lists["domains"], words.lists["linking-words"])


class _Finder:
    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._items = {i.id: i for i in subject.plan.items if not is_nil(subject, i)}
        self._nodes = (*_aspirations(subject), *(_node(subject, i) for i in self._items.values()))
        self._by_kind: dict[str, list[Node]] = defaultdict(list)
        for node in self._nodes:
            self._by_kind[node.kind].append(node)
        ready = subjects_of(subject.words)
        self._features = {n.id: ready.features(n.text) for n in self._nodes}
        self._like = Likeness(self._features.values())
        self._links: dict[tuple[str, str], Link] = {}
        self._linked: set[tuple[str, NodeKind]] = set()

    def thread(self) -> Thread:
        for source, target in PAIRS:
            self._explicit(source, target)
        loose = [end for pair in PAIRS for end in self._by_words(*pair)]
        return Thread(self._nodes, tuple(self._links.values()), tuple(self._truly(loose)))

    # --- What the plan says itself --------------------------------------------------------------

    def _explicit(self, source: NodeKind, target: NodeKind) -> None:
        if source == "aspiration":
            return
        for one, other in self._rows(source, target):
            self._add(one, other, "row")
        for one, other in self._named(source, target):
            self._add(one, other, "number")
        for one, other in self._only(source, target):
            self._add(one, other, "area")

    def _rows(self, source: NodeKind, target: NodeKind) -> Iterator[tuple[Node, Node]]:
        rows: dict[str, list[Node]] = defaultdict(list)
        for node in self._by_kind[source]:
            row = self._items[node.id].row
            if row:
                rows[row].append(node)
        for node in self._by_kind[target]:
            for other in rows.get(self._items[node.id].row, ()):
                yield other, node

    def _named(self, source: NodeKind, target: NodeKind) -> Iterator[tuple[Node, Node]]:
        for here, there in ((target, source), (source, target)):
            numbers = self._numbers(there)
            for node in self._by_kind[here]:
                for number in _references(self._items[node.id], there):
                    for other in numbers.get(number, ()):
                        yield (other, node) if there == source else (node, other)

    def _numbers(self, kind: NodeKind) -> dict[str, list[Node]]:
        """Number -> nodes: as the document numbers them, else by their order."""
        found: dict[str, list[Node]] = defaultdict(list)
        for node in self._by_kind[kind]:
            digits = re.findall(r"\d+", self._items[node.id].number)
            found[digits[-1] if digits else re.split(r"[A-Z.]", node.id)[-1]].append(node)
        return found

    def _only(self, source: NodeKind, target: NodeKind) -> Iterator[tuple[Node, Node]]:
        areas = {n.area for n in self._by_kind[source] if n.area}
        for area in areas:
            ones = [n for n in self._by_kind[source] if n.area == area]
            others = [n for n in self._by_kind[target] if n.area == area]
            if len(ones) == 1 or len(others) == 1:
                yield from ((a, b) for a in ones for b in others)

    def _add(self, source: Node, target: Node, how: How, confidence: float = 0.0) -> None:
        key = (source.id, target.id)
        if key not in self._links:
            self._links[key] = Link(source.id, target.id, how, confidence or SURE[how])
            self._linked.add((source.id, target.kind))
            self._linked.add((target.id, source.kind))

    # --- What their words suggest ---------------------------------------------------------------

    def _by_words(self, source: NodeKind, target: NodeKind) -> list[Loose]:
        """Links each node that has none yet to the likeliest; returns those still without."""
        loose = []
        for here, there in ((source, target), (target, source)):
            for node in self._by_kind[here]:
                if (node.id, there) in self._linked:
                    continue
                near, likeness = self._nearest(node, self._by_kind[there])
                if near is not None and likeness >= LIKELY:
                    pair = (node, near) if here == source else (near, node)
                    self._add(*pair, "words", min(0.75, round(likeness + 0.25, 2)))
                else:
                    loose.append(Loose(node.id, there, near.id if near else "", likeness))
        return loose

    def _nearest(self, node: Node, others: Sequence[Node]) -> tuple[Node | None, float]:
        mine: Features = self._features[node.id]
        best, most = None, -1.0
        for other in others:
            likeness = self._like(mine, self._features[other.id])
            if likeness > most:
                best, most = other, likeness
        return best, round(max(most, 0.0), 3)

    def _truly(self, loose: Iterable[Loose]) -> Iterator[Loose]:
        """Aspirations stand apart; a need with an outcome that has provision lacks nothing."""
        for end in loose:
            if (end.node, end.wants) in self._linked or self._through(end):
                continue
            yield end

    def _through(self, end: Loose) -> bool:
        if end.wants not in ("need", "provision"):
            return False
        kind = "source" if end.wants == "need" else "target"
        outcomes = [
            getattr(k, "target" if kind == "target" else "source")
            for k in self._links.values()
            if end.node in (k.source, k.target)
        ]
        return any((o, end.wants) in self._linked for o in outcomes if o != end.node)


def _node(subject: Subject, item: Item) -> Node:
    return Node(item.id, KINDS[item.kind], item.text, quote_item(subject, item), item.area)


def _aspirations(subject: Subject) -> Iterator[Node]:
    """The sentences of Section A that tell a wish, each once."""
    seen: set[int] = set()
    for hit in hits_of(subject, "wish-words", "A"):
        start, end = sentence_at(subject, hit.start, hit.end)
        if start not in seen:
            seen.add(start)
            quote = subject.quote(subject.paragraph_at(start), start, end)
            yield Node(f"A{len(seen)}", "aspiration", quote.text.strip(), quote)


def _references(item: Item, kind: NodeKind) -> Iterator[str]:
    """Numbers of items of `kind` that the item names."""
    for said in item.links:
        for word, number in REFERENCE.findall(said):
            if WORDS_FOR.get(word.lower().rstrip("12"), kind if not word else None) == kind:
                yield number
