"""How often each rule is right on invented plans: sections found, precision and recall by rule.

    python3 run.py dev bench rules [--count N] [--seed N] [--write]

Both sides, the plans and the rules, were written in one house; docs/explanation/samples.md says
what that means for these figures. `--write` puts them into docs/reference/rule-accuracy.md.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from goldthread.checking.pipeline import tools
from goldthread.core.checks.engine import Checked
from goldthread.core.parsing.parse import parse
from goldthread.readers.documents import read_document
from goldthread.readers.frameworks import REFERENCE
from goldthread.simulation.plans.corpus import samples

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "rule-accuracy.md"
LOW = 1
"""A rule flags a document when it suggests this answer or a lower one."""


@dataclass
class Tally:
    """Counts over all documents."""

    hit: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    quiet: Counter[str] = field(default_factory=Counter)
    found: Counter[tuple[str, str]] = field(default_factory=Counter)
    sections: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--count", type=int, default=180)
    asked.add_argument("--seed", type=int, default=2026)
    asked.add_argument("--kinds", default="docx,pdf,untagged,text")
    asked.add_argument("--show", default="", help="A rule whose mistakes are shown.")
    asked.add_argument("--write", action="store_true")
    given = asked.parse_args()
    tally = Tally()
    for kind in given.kinds.split(","):
        for sample in samples(given.seed, given.count // 4 or 1, kinds=(kind,)):
            count(sample, kind, tally)
    lines = list(table(tally, given))
    print("\n".join(lines))
    for line in tally.wrong.get(given.show, ()):
        print(line)
    if given.write:
        PAGE.write_text(page(lines), encoding="utf-8")


def check(sample: Any) -> Checked:
    """The sample checked in this process, on the day it was made for."""
    ready = tools(REFERENCE)
    plan = parse(read_document(sample.data, sample.name), ready.layouts)
    today = dt.date.fromisoformat(sample.truth["today"])
    return ready.checker.check(ready.checker.subject(plan, today))


def count(sample: Any, kind: str, tally: Tally) -> None:
    found = check(sample)
    truth = sample.truth
    plan = found.subject.plan
    for letter in truth["sections"]:
        tally.sections[kind, truth["family"]] += 1
        tally.found[kind, truth["family"]] += rightly(plan.section(letter), truth, letter)
    flags = flagged(found)
    planted = {f["rule"] for f in truth["faults"]}
    for rule in planted:
        (tally.hit if rule in flags else tally.missed)[rule] += 1
        if rule not in flags:
            note = next(f["note"] for f in truth["faults"] if f["rule"] == rule)
            tally.wrong[rule].append(f"missed {sample.name} ({truth['family']}): {note}")
    for rule in truth["clean"]:
        (tally.false if rule in flags else tally.quiet)[rule] += 1
        if rule in flags:
            said = [f for f in found.findings if f.rule == rule][:1]
            why = said[0].reason + str([q.text[:80] for q in said[0].quotes[:1]]) if said else ""
            tally.wrong[rule].append(f"false {sample.name} ({truth['family']}): {why}")


def flagged(found: Checked) -> set[str]:
    """Rules with a finding, or a whole answer, of 0 or 1: what a writer would see as a fault."""
    low = {s.rule for s in found.suggestions if s.answer is not None and s.answer <= LOW}
    seen = (f for f in found.findings if f.state in ("mend", "look") and f.answer is not None)
    return low | {f.rule for f in seen if f.answer is not None and f.answer <= LOW}


def rightly(section: Any, truth: dict[str, Any], letter: str) -> bool:
    """Found, and with words from its beginning (a table may tell them in columns)."""
    if section is None:
        return False
    words = truth["sections"][letter]["first_words"].lower().split()
    said = set(section.text.lower().split())
    return sum(word in said for word in words) >= 0.6 * len(words)


def table(tally: Tally, given: argparse.Namespace) -> Iterable[str]:
    documents = given.count // 4 * len(given.kinds.split(","))
    yield f"{documents} invented plans, seed {given.seed}, file kinds {given.kinds}."
    yield ""
    yield "| Layout family | " + " | ".join(given.kinds.split(",")) + " |"
    yield "|---" * (1 + len(given.kinds.split(","))) + "|"
    for family in sorted({f for _, f in tally.sections}):
        cells = [
            f"{tally.found[kind, family]} of {tally.sections[kind, family]}"
            for kind in given.kinds.split(",")
        ]
        yield f"| {family} | " + " | ".join(cells) + " |"
    yield ""
    yield "| Rule | Planted | Found | Recall | False on clean plans | Precision |"
    yield "|---|---|---|---|---|---|"
    for rule in sorted(tally.hit | tally.missed | tally.false | tally.quiet):
        yield row(tally, rule)


def row(tally: Tally, rule: str) -> str:
    hit, missed, false = tally.hit[rule], tally.missed[rule], tally.false[rule]
    clean = false + tally.quiet[rule]
    recall = f"{hit / (hit + missed):.2f}" if hit + missed else "none planted"
    precision = f"{hit / (hit + false):.2f}" if hit + false else "no flags"
    return f"| {rule} | {hit + missed} | {hit} | {recall} | {false} of {clean} | {precision} |"


def page(lines: list[str]) -> str:
    head = (
        "# How often each rule is right\n\n"
        "Measured by `python3 run.py dev bench rules --write`. The plans are invented and so are "
        "their faults, and the same people wrote both sides: real plans are harder and these "
        "figures are upper bounds. See [samples](../explanation/samples.md).\n\n"
        "A section counts as found when it is there under its letter with words from its start. "
        "A rule counts as flagging a plan when a finding or its whole answer is 0 or 1; “clean” "
        "plans are those in which the rule has nothing to flag. Precision mixes both, so it "
        "depends on how many faults were planted.\n\n"
    )
    return head + "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
