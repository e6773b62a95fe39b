"""The reference page of the standards: an index of questions and rules, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from goldthread.core.framework.framework import Framework
from goldthread.core.framework.rule import Rule
from goldthread.core.report.standard import Entry, Standard, standard

INTRO = (
    "What plans, annual reviews and professional advice are held against. Everything of a question "
    "(why, answers, examples, limits of the machine): `goldthread frameworks show KEY ID`, or the "
    "whole as a document: `goldthread frameworks write KEY --out standard.pdf`. How to change it: "
    "[add a criterion](../how-to/add-a-criterion.md)."
)
MARKS = "**!** critical gate, **^** major gate, **\\*** core question."


def standards_page(frameworks: Sequence[Framework], generated: str) -> str:
    """One chapter an edition, in the order given. `generated`: the note that it is written."""
    by_key = {f.key: f for f in frameworks}
    parts = ["# Standards", generated, INTRO, MARKS]
    for framework in frameworks:
        value = standard(framework, by_key.get(framework.extends))
        parts += [f"## {value.title}", f"`{value.key}`. {value.summary}"]
        parts += _questions(value)
        if framework.rules:
            parts += ["### Machine rules", _rules(framework.rules)]
        if value.professions:
            rows = "\n".join(f"- **{p.title}**: {p.note}" for p in value.professions)
            parts += ["### By profession", rows]
        if value.mapping:
            rows = "\n".join(f"- {item} → {links}" for item, links in value.mapping)
            parts += ["### How it maps onto the reference", rows]
    return "\n\n".join(parts) + "\n"


def _questions(value: Standard) -> list[str]:
    head = "| Id | Question | Kind | Weight | Rules |\n|---|---|---|---|---|\n"
    parts = []
    for chapter in value.chapters:
        rows = "\n".join(map(_row, chapter.entries))
        parts += [f"### {chapter.letter}: {chapter.title}", head + rows]
    return parts


def _row(entry: Entry) -> str:
    mark = "!" if entry.gate.startswith("Critical") else "^" if entry.gate else ""
    core = "\\*" if entry.core else ""
    marks = f" **{mark}{core}**" if mark or core else ""
    rules = ", ".join(look.id for look in entry.looks) or "none"
    cells = (f"`{entry.id}`{marks}", entry.question, entry.kind, str(entry.weight), rules)
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _rules(rules: Iterable[Rule]) -> str:
    head = "| Rule | Title | Kind of check | Suggests answers for |\n|---|---|---|---|\n"
    rows = (f"| {r.id} | {r.title} | `{r.kind}` | {', '.join(r.criteria)} |" for r in rules)
    return head + "\n".join(rows)
