"""Rule 26: from Year 9, provision that prepares for adulthood, and outcomes on its four sides."""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.core.checks.finding import Suggestion
from goldthread.core.checks.saying import finding, suggestion
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.wording.items import outcome_items, provision_items
from goldthread.core.framework.rule import Rule

PROVISION = ("F", "G", "H1", "H2", "H")
SIDES = ("work", "living", "community", "health")


def check(subject: Subject, rule: Rule) -> Iterator[Suggestion]:
    year = subject.year
    if year is None:
        for criterion in rule.criteria:
            yield suggestion(rule, "no-birth", state="cannot-tell", criterion=criterion)
    elif year < rule.numbers["from_year"]:
        for criterion in rule.criteria:
            yield suggestion(rule, "young", state="not-applicable", criterion=criterion, year=year)
    else:
        yield _provision(subject, rule, year)
        yield _sides(subject, rule, year)


def _provision(subject: Subject, rule: Rule, year: int) -> Suggestion:
    if not any(subject.plan.section(letter) for letter in PROVISION):
        return suggestion(rule, "no-section", state="cannot-tell")
    lexicon = rule.lexicons["adulthood"]
    items = provision_items(subject, *PROVISION)
    ready = [i for i in items if subject.has(lexicon, i)]
    if ready:
        return suggestion(rule, "provided", state="met", good=len(ready), year=year)
    found = finding(rule, "none", section="F", year=year)
    return suggestion(rule, "none", state="mend", findings=(found,), year=year)


def _sides(subject: Subject, rule: Rule, year: int) -> Suggestion:
    if subject.plan.section("E") is None:
        return suggestion(rule, "no-section", state="cannot-tell", criterion=rule.criteria[1])
    outcomes = outcome_items(subject)
    hits = [h for i in outcomes for h in subject.hits_in(rule.lexicons["adulthood"], i)]
    seen = {h.group for h in hits}
    missing = tuple(side for side in SIDES if side not in seen)
    answer = (0, 0, 1, 1, 2)[len(seen)]
    if not missing:
        return suggestion(rule, "four", state="met", criterion=rule.criteria[1], good=4, total=4)
    found = finding(
        rule,
        "sides",
        state="look" if answer else "mend",
        answer=answer,
        criterion=rule.criteria[1],
        section="E",
        missing=missing,
        sides=" and ".join(missing),
    )
    return suggestion(
        rule,
        "sides-whole",
        state=found.state,
        answer=answer,
        criterion=rule.criteria[1],
        findings=(found,),
        good=len(seen),
        total=len(SIDES),
    )
