"""Rule 25: does each outcome move toward something in Section A?"""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.core.checks.finding import Finding, Suggestion
from goldthread.core.checks.linking import thread_of
from goldthread.core.checks.saying import finding, suggestion
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.thread import Node
from goldthread.core.framework.rule import Rule


def check(subject: Subject, rule: Rule) -> Iterator[Suggestion]:
    """By words alone, so it asks a person to look and never answers 0."""
    thread = thread_of(subject)
    outcomes = [n for n in thread.nodes if n.kind == "outcome"]
    wishes = {n.id: n for n in thread.nodes if n.kind == "aspiration"}
    if not outcomes or not wishes:
        key = "no-outcomes" if not outcomes else "no-wishes"
        yield suggestion(rule, key, state="cannot-tell")
        return
    linked = {k.target for k in thread.links if k.source in wishes}
    near = {e.node: wishes.get(e.nearest) for e in thread.loose if e.wants == "aspiration"}
    apart = [n for n in outcomes if n.id not in linked]
    findings = [_apart(rule, node, near.get(node.id)) for node in apart]
    good = len(outcomes) - len(findings)
    yield suggestion(
        rule,
        "whole",
        state="met" if not findings else "look",
        answer=2 if good >= rule.numbers["enough"] * len(outcomes) else 1,
        findings=findings,
        good=good,
        total=len(outcomes),
    )


def _apart(rule: Rule, node: Node, wish: Node | None) -> Finding:
    quotes = (node.quote, wish.quote) if wish else (node.quote,)
    key = "apart-near" if wish else "apart"
    return finding(rule, key, state="look", answer=1, quotes=quotes, item=node.id, id=node.id)
