"""Finds the golden thread: what the plan links itself first, likeness last.

Order of trust: one table row or numbered block; one item naming another; numbers that agree
throughout; the only one of its kind under an area of need; words of one subject. The last is a
suggestion and is marked so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from goldthread.core.checks.likeness import Features, Likeness, Subjects, bare
from goldthread.core.checks.references import named, same_series
from goldthread.core.checks.stretches import hits_of, sentence_at
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.thread import How, Link, Loose, Node, NodeKind, Thread
from goldthread.core.checks.wording.items import is_nil, quote_item
from goldthread.core.checks.words import Words
from goldthread.core.plan.plan import Item

PAIRS: tuple[tuple[NodeKind, NodeKind], ...] = (
    ("need", "outcome"), ("outcome", "provision"), ("need", "provision"),
)  # fmt: skip
SURE: Mapping[str, float] = {"row": 0.95, "number": 0.95, "series": 0.75, "area": 0.8}
LIKELY = 0.2
"""Likeness from which two items are linked by their words."""
MUTUAL = 0.08
"""Likeness that does when each is the other's nearest."""
SAME_AREA = 0.12
"""Added to the likeness of two items that stand under the same area of need."""
_OPENING = 40
"""Characters of an item in which it says what it is: a strength, a note about the plan."""


def thread_of(subject: Subject) -> Thread:
    """The thread of the plan, found once."""
    return subject.kept("thread", lambda: _Finder(subject).thread())


@lru_cache(maxsize=4)
def subjects_of(words: Words) -> Subjects:
    """The lexicon of subjects, made ready once for all plans."""
    return Subjects(words.lists["domains"], words.lists["linking-words"])


def features_of(subject: Subject, spans: Sequence[tuple[int, int]]) -> Features:
    """Subjects and rare words of stretches of the document's text, read once for all checks."""
    known: dict[Sequence[tuple[int, int]], Features] = subject.kept("features", dict)
    found = known.get(spans)
    if found is None:
        text: str = subject.kept("bare", lambda: bare(subject.hits.text))
        low = " ".join([text[start:end] for start, end in spans])
        found = known[spans] = subjects_of(subject.words).read(low)
    return found


def spans_of(item: Item) -> tuple[tuple[int, int], ...]:
    """Where an item's paragraphs stand in the document's text."""
    return tuple([(p.start, p.start + len(p.text)) for p in item.paragraphs])


class _Finder:
    def __init__(self, subject: Subject) -> None:
        self._items = {i.id: i for i in subject.plan.items if _belongs(subject, i)}
        own = (Node(i.id, i.kind, i.text, quote_item(subject, i), i.area)
               for i in self._items.values())  # fmt: skip
        wishes = dict(_aspirations(subject))
        self._nodes = (*wishes, *own)
        self._spans = {i.id: spans_of(i) for i in self._items.values()}
        self._spans |= {node.id: (span,) for node, span in wishes.items()}
        self._by_kind: dict[str, list[Node]] = defaultdict(list)
        for node in self._nodes:
            self._by_kind[node.kind].append(node)
        self._subject = subject
        self._order = {node.id: n for n, node in enumerate(self._nodes)}
        self._same_area: dict[tuple[str, str], list[str]] = defaultdict(list)
        for node in self._nodes:
            self._same_area[node.kind, node.area].append(node.id)
        self._nearests: dict[tuple[str, NodeKind], tuple[Node | None, float]] = {}
        self._links: dict[tuple[str, str], Link] = {}
        self._linked: set[tuple[str, NodeKind]] = set()

    def thread(self) -> Thread:
        for source, target in PAIRS:
            self._explicit(source, target)
        loose = [end for pair in PAIRS for end in self._by_words(*pair, self._like)]
        wishes = self._likeness("aspiration", "outcome")
        loose += self._by_words("aspiration", "outcome", wishes)
        return Thread(self._nodes, tuple(self._links.values()), tuple(self._truly(loose)))

    # --- What the plan says itself --------------------------------------------------------------

    def _explicit(self, source: NodeKind, target: NodeKind) -> None:
        for one, other in self._rows(source, target):
            self._add(one, other, "row", SURE["row"])
        for one, other in self._named(source, target):
            self._add(one, other, "number", SURE["number"])
        for one, other in self._numbered(source, target):
            self._add(one, other, "number", SURE["series"])
        for one, other in self._only(source, target):
            self._add(one, other, "area", SURE["area"])

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
            others = self._by_kind[there]
            found = named(
                [self._items[n.id] for n in self._by_kind[here]],
                [self._items[n.id] for n in others],
            )
            nodes = {n.id: n for n in (*others, *self._by_kind[here])}
            for naming, told in found:
                pair = (nodes[told], nodes[naming])
                yield pair if there == source else (pair[1], pair[0])

    def _numbered(self, source: NodeKind, target: NodeKind) -> Iterator[tuple[Node, Node]]:
        """Need 3, Outcome 3, Provision 3: when the numbers agree throughout and the words do not
        speak against it."""
        ones = [n for n in self._by_kind[source] if (n.id, target) not in self._linked]
        others = [n for n in self._by_kind[target] if (n.id, source) not in self._linked]
        pairs = same_series([self._items[n.id] for n in ones], [self._items[n.id] for n in others])
        if pairs and self._closer(pairs):
            nodes = {n.id: n for n in (*ones, *others)}
            yield from ((nodes[a], nodes[b]) for a, b in pairs)

    def _closer(self, pairs: Sequence[tuple[str, str]]) -> bool:
        """Whether items of one number are more alike than items of neighbouring numbers."""
        others = [b for _, b in pairs[1:]] + [pairs[0][1]]
        paired = sum(self._like(a, b) for a, b in pairs)
        return paired > sum(self._like(a, b) for (a, _), b in zip(pairs, others, strict=True))

    def _only(self, source: NodeKind, target: NodeKind) -> Iterator[tuple[Node, Node]]:
        """The only need or the only outcome (say) under an area goes with all there are of the
        other; nothing is said of an item that has a link of its own."""
        for area in dict.fromkeys(n.area for n in self._by_kind[source] if n.area):
            ones = [n for n in self._by_kind[source] if n.area == area]
            others = [n for n in self._by_kind[target] if n.area == area]
            if len(ones) == 1 or len(others) == 1:
                yield from (
                    (a, b) for a in ones for b in others
                    if (a.id, target) not in self._linked or (b.id, source) not in self._linked
                )  # fmt: skip

    def _add(self, source: Node, target: Node, how: How, confidence: float) -> None:
        key = (source.id, target.id)
        if key not in self._links:
            self._links[key] = Link(source.id, target.id, how, confidence)
            self._linked.add((source.id, target.kind))
            self._linked.add((target.id, source.kind))

    # --- What their words suggest ---------------------------------------------------------------

    @cached_property
    def _like(self) -> Likeness[str]:
        return self._likeness("need", "outcome", "provision")

    def _likeness(self, *kinds: NodeKind) -> Likeness[str]:
        nodes = [n for kind in kinds for n in self._by_kind[kind]]
        features = {n.id: features_of(self._subject, self._spans[n.id]) for n in nodes}
        return Likeness(features, {n.id: n.kind for n in nodes})

    def _by_words(self, source: NodeKind, target: NodeKind, like: Likeness[str]) -> list[Loose]:
        """Links each node that has none yet to the likeliest; returns those still without."""
        loose = []
        for here, there in ((source, target), (target, source)):
            for node in self._by_kind[here]:
                if (node.id, there) in self._linked:
                    continue
                near, likeness = self._nearest(node, there, like)
                if near is not None and (
                    likeness >= LIKELY
                    or (likeness >= MUTUAL and self._nearest(near, here, like)[0] is node)
                ):
                    pair = (node, near) if here == source else (near, node)
                    self._add(*pair, "words", min(0.75, round(likeness + 0.25, 2)))
                else:
                    loose.append(Loose(node.id, there, near.id if near else "", likeness))
        return loose

    def _nearest(
        self, node: Node, kind: NodeKind, like: Likeness[str]
    ) -> tuple[Node | None, float]:
        known = self._nearests.get((node.id, kind))
        if known is not None:
            return known
        found = like.near(node.id, kind)
        for other in self._same_area.get((kind, node.area), ()) if node.area else ():
            found[other] = found.get(other, 0.0) + SAME_AREA
        best: tuple[Node | None, float] = (None, 0.0)
        if found:
            # Rounded, and the earlier of two, so that the same plan always gives the same thread.
            likeness, at = max((round(x, 6), -self._order[id_]) for id_, x in found.items())
            best = self._nodes[-at], round(likeness, 3)
        self._nearests[node.id, kind] = best
        return best

    def _truly(self, loose: Iterable[Loose]) -> Iterator[Loose]:
        """Those that were not linked after all; a need whose outcome has provision lacks none."""
        for end in loose:
            if (end.node, end.wants) not in self._linked and not self._through(end):
                yield end

    def _through(self, end: Loose) -> bool:
        if end.wants not in ("need", "provision"):
            return False
        near = {k.target if k.source == end.node else k.source
                for k in self._links.values() if end.node in (k.source, k.target)}  # fmt: skip
        return any((node, end.wants) in self._linked for node in near)


def _belongs(subject: Subject, item: Item) -> bool:
    """Nil statements, strengths and notes about the plan itself are no part of the thread."""
    first = item.paragraphs[0].start
    if subject.hits.any("plan-notes", first, first + _OPENING):
        return False
    if len(item.text) < _OPENING and "years old" in item.text:
        return False
    if item.kind == "need" and _strength(subject, item):
        return False
    return not is_nil(subject, item)


def _strength(subject: Subject, item: Item) -> bool:
    """It opens with what the child can do and names nothing hard."""
    groups = [h.group for h in subject.hits_in("strengths-difficulties", item)]
    if not groups or "difficulty" in groups:
        return False
    first = item.paragraphs[0].start
    return subject.hits.any("strengths-difficulties", first, first + _OPENING)


def _aspirations(subject: Subject) -> Iterator[tuple[Node, tuple[int, int]]]:
    """The sentences of Section A that tell a wish, each once, and where they stand."""
    seen: set[int] = set()
    for hit in hits_of(subject, "wish-words", "A"):
        start, end = sentence_at(subject, hit.start, hit.end)
        if start not in seen:
            seen.add(start)
            quote = subject.quote(subject.paragraph_at(start), start, end)
            yield Node(f"A{len(seen)}", "aspiration", quote.text.strip(), quote), (start, end)
