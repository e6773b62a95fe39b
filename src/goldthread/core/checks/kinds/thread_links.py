"""Rule 28: can needs, outcomes and provision be traced to each other?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from goldthread.core.checks.finding import Finding, State, Suggestion
from goldthread.core.checks.linking import thread_of
from goldthread.core.checks.saying import finding, share_answer, suggestion
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.thread import Link, Loose, Node, NodeKind, Thread
from goldthread.core.framework.rule import Rule

EACH_NEED = "F1-each-need"
STRICT, FEWEST_SAID = 3, 3
"""So many times as many links of the plan's own as by words, and so many at least."""
UNSURE = 0.45
"""Confidence where only words link."""


def check(subject: Subject, rule: Rule) -> Iterator[Suggestion]:
    """Coverage both ways. Likeness of words alone never takes an answer below 1."""
    web = _Web(thread_of(subject))
    needs, outcomes = web.of("need"), web.of("outcome")
    provision = web.of("provision")
    taught = [n for n in needs if n.id.startswith("B")]
    yield _coverage(rule, web, EACH_NEED, "need", taught, "provision")
    cared = [n for n in needs if n.id[0] in "CD"]
    yield _coverage(rule, web, "E7-holistic", "health-care", cared, "outcome", "no-health-care")
    treated = [n for n in provision if n.id.startswith("G")]
    yield _coverage(rule, web, "G3-linked", "health-provision", treated, "outcome", "no-health")
    served = [*outcomes, *provision]
    yield _coverage(rule, web, "GT2-orphans", "orphan", served, "need")
    yield _traced(rule, web)


class _Web:
    """The thread, with what can be reached from each node."""

    def __init__(self, thread: Thread) -> None:
        self.thread = thread
        self.nodes = {n.id: n for n in thread.nodes}
        self.links: dict[str, list[tuple[str, Link]]] = {n: [] for n in self.nodes}
        for link in thread.links:
            self.links[link.source].append((link.target, link))
            self.links[link.target].append((link.source, link))
        self.loose: dict[tuple[str, str], Loose] = {(e.node, e.wants): e for e in thread.loose}

    def of(self, kind: NodeKind) -> list[Node]:
        return [n for n in self.thread.nodes if n.kind == kind]

    def reached(self, node: Node, wanted: NodeKind) -> str:
        """How a node of `wanted` is reached, directly or through one other: "said", "words", ""."""
        best = ""
        for near, link in self.links[node.id]:
            if self.nodes[near].kind == wanted:
                best = _better(best, link.how != "words")
            elif self.nodes[near].kind == "outcome" and node.kind != "aspiration":
                for far, second in self.links[near]:
                    if self.nodes[far].kind == wanted:
                        best = _better(best, "words" not in (link.how, second.how))
        return best


def _structured(how: Iterable[str]) -> bool:
    """Whether the plan itself makes most of the links that these nodes have."""
    counts = Counter(how)
    return counts["said"] > 0 and counts["said"] >= counts["words"]


def _strict(how: Iterable[str]) -> bool:
    """Whether nearly all of these nodes have links of the plan's own, so that one without is odd
    even where its words point somewhere."""
    counts = Counter(how)
    return counts["said"] >= max(FEWEST_SAID, STRICT * counts["words"])


def _better(best: str, said: bool) -> str:
    return "said" if said or best == "said" else "words"


def _coverage(
    rule: Rule,
    web: _Web,
    criterion: str,
    key: str,
    nodes: Sequence[Node],
    wanted: NodeKind,
    none: str = "",
) -> Suggestion:
    if not nodes or not web.of(wanted):
        if none and not nodes:
            return suggestion(rule, none, state="not-applicable", criterion=criterion)
        return suggestion(rule, "nothing", state="cannot-tell", criterion=criterion)
    how = {n.id: web.reached(n, wanted) for n in nodes}
    good = sum(bool(h) for h in how.values())
    structured = _structured(how.values())
    findings = [
        _loose(rule, web, n, criterion, key, wanted, structured) for n in nodes if not how[n.id]
    ]
    odd = [n for n in nodes if how[n.id] == "words"] if _strict(how.values()) else []
    findings += [_odd(rule, web, n, criterion, wanted) for n in odd]
    by_words = "words" in how.values() or not structured
    return suggestion(
        rule,
        f"{key}-whole",
        state=_state(findings),
        answer=_answer(rule, criterion, good - len(odd), len(nodes), structured, by_words),
        criterion=criterion,
        confidence=UNSURE if by_words else rule.confidence,
        findings=findings,
        good=good,
        total=len(nodes),
    )


def _answer(
    rule: Rule, criterion: str, good: int, total: int, structured: bool, by_words: bool
) -> int:
    """Coverage; likeness of words proves neither that all is there nor that anything lacks."""
    answer = share_answer(good, total, family="coverage")
    if not structured:
        key = "needs_by_words" if criterion == EACH_NEED else "enough_by_words"
        return 2 if good >= rule.numbers[key] * total else 1
    if criterion == EACH_NEED and good < total:
        return min(answer, 1)  # a need without provision is material, however many have it
    return min(answer, 2) if by_words else answer


def _state(findings: Sequence[Finding]) -> State:
    if not findings:
        return "met"
    return "mend" if any(f.state == "mend" for f in findings) else "look"


def _loose(
    rule: Rule,
    web: _Web,
    node: Node,
    criterion: str,
    key: str,
    wanted: NodeKind,
    structured: bool,
) -> Finding:
    end = web.loose.get((node.id, wanted))
    near = web.nodes.get(end.nearest) if end else None
    quotes = (node.quote, near.quote) if near else (node.quote,)
    return finding(
        rule,
        f"{key}-near" if near else key,
        state="mend" if structured else "look",
        answer=0 if structured else 1,
        criterion=criterion,
        quotes=quotes,
        item=node.id,
        confidence=rule.confidence if structured else UNSURE,
        id=node.id,
        nearest=near.id if near else "",
    )


def _odd(rule: Rule, web: _Web, node: Node, criterion: str, wanted: NodeKind) -> Finding:
    """A node that only words link, in a plan that links the others itself."""
    near = next(
        (web.nodes[other] for other, _ in web.links[node.id] if web.nodes[other].kind == wanted),
        None,
    )
    quotes = (node.quote, near.quote) if near else (node.quote,)
    return finding(
        rule,
        "odd-near" if near else "odd",
        state="look",
        answer=1,
        criterion=criterion,
        quotes=quotes,
        item=node.id,
        confidence=UNSURE,
        id=node.id,
        nearest=near.id if near else "",
    )


def _traced(rule: Rule, web: _Web) -> Suggestion:
    """Outcomes that have a need and provision: the middle of the thread."""
    outcomes = web.of("outcome")
    if not outcomes or not web.of("need") or not web.of("provision"):
        return suggestion(rule, "nothing", state="cannot-tell", criterion="GT1-thread")
    how = [(web.reached(o, "need"), web.reached(o, "provision")) for o in outcomes]
    good = sum(all(pair) for pair in how)
    structured = all(_structured(side) for side in zip(*how, strict=True))
    by_words = any("words" in pair for pair in how)
    answer = _answer(rule, "GT1-thread", good, len(outcomes), structured, by_words)
    return suggestion(
        rule,
        "traced-whole",
        state="met" if answer >= 2 else "look",
        answer=answer,
        criterion="GT1-thread",
        confidence=rule.confidence if structured else UNSURE,
        good=good,
        total=len(outcomes),
    )
