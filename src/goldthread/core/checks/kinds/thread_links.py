"""Rule 28: can needs, outcomes and provision be traced to each other?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from goldthread.core.checks.finding import Finding, State, Suggestion
from goldthread.core.checks.linking import thread_of
from goldthread.core.checks.saying import finding, share_answer, suggestion
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.thread import Link, Loose, Node, NodeKind, Thread
from goldthread.core.framework.rule import Rule


def check(subject: Subject, rule: Rule) -> Iterator[Suggestion]:
    """Coverage both ways. Likeness of words alone never takes an answer below 1."""
    web = _Web(thread_of(subject))
    needs, outcomes = web.of("need"), web.of("outcome")
    provision = web.of("provision")
    taught = [n for n in needs if n.id.startswith("B")]
    yield _coverage(rule, web, "F1-each-need", "need", taught, "provision")
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

    @property
    def structured(self) -> bool:
        """Whether the plan itself links most of what is linked."""
        said = sum(link.how != "words" for link in self.thread.links)
        return said * 2 >= len(self.thread.links) > 0


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
    if not nodes:
        if none:
            return suggestion(rule, none, state="not-applicable", criterion=criterion)
        return suggestion(rule, "nothing", state="cannot-tell", criterion=criterion)
    how = {n.id: web.reached(n, wanted) for n in nodes}
    good = sum(bool(h) for h in how.values())
    findings = [_loose(rule, web, n, criterion, key, wanted) for n in nodes if not how[n.id]]
    answer = share_answer(good, len(nodes), family="coverage")
    by_words = any(h == "words" for h in how.values())
    if not web.structured:
        answer = max(answer, 1)
    if by_words:
        answer = min(answer, 2)
    return suggestion(
        rule,
        f"{key}-whole",
        state=_state(answer, findings),
        answer=answer,
        criterion=criterion,
        confidence=0.45 if by_words or not web.structured else rule.confidence,
        findings=findings,
        good=good,
        total=len(nodes),
    )


def _state(answer: int, findings: Sequence[Finding]) -> State:
    if answer >= 2:
        return "look" if findings else "met"
    return "mend" if any(f.state == "mend" for f in findings) else "look"


def _loose(
    rule: Rule, web: _Web, node: Node, criterion: str, key: str, wanted: NodeKind
) -> Finding:
    end = web.loose.get((node.id, wanted))
    near = web.nodes.get(end.nearest) if end else None
    quotes = (node.quote, near.quote) if near else (node.quote,)
    return finding(
        rule,
        f"{key}-near" if near else key,
        state="mend" if web.structured else "look",
        answer=0 if web.structured else 1,
        criterion=criterion,
        quotes=quotes,
        item="" if node.kind == "aspiration" else node.id,
        confidence=rule.confidence if web.structured else 0.45,
        id=node.id,
        nearest=near.id if near else "",
    )


def _traced(rule: Rule, web: _Web) -> Suggestion:
    """Outcomes that have a need and provision: the middle of the thread."""
    outcomes = web.of("outcome")
    if not outcomes:
        return suggestion(rule, "nothing", state="cannot-tell", criterion="GT1-thread")
    whole = [o for o in outcomes if web.reached(o, "need") and web.reached(o, "provision")]
    answer = share_answer(len(whole), len(outcomes), family="coverage")
    if not web.structured:
        answer = min(max(answer, 1), 2)
    return suggestion(
        rule,
        "traced-whole",
        state="met" if answer >= 2 else "look",
        answer=answer,
        criterion="GT1-thread",
        confidence=rule.confidence if web.structured else 0.45,
        good=len(whole),
        total=len(outcomes),
    )
