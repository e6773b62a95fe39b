"""Whether each item of provision says who delivers it, with what training, in what group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from goldthread.core.checks.finding import Finding, Suggestion
from goldthread.core.checks.saying import finding, share_answer
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.verdict import not_found, verdict
from goldthread.core.checks.wording.items import provision_of, quote_item, quote_part
from goldthread.core.checks.wording.served import SETTING, nothing, served
from goldthread.core.framework.rule import Rule
from goldthread.core.plan.plan import Item


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    for criterion, letters, items in served(subject, rule):
        if items is None:
            yield not_found(rule, criterion, letters=letters)
        elif not items:
            yield nothing(subject, rule, criterion, letters)
        else:
            make = _setting if criterion == SETTING else _people
            findings = list(make(subject, rule, criterion, items))
            good = len(items) - len({f.item for f in findings if f.state == "mend"})
            yield verdict(
                rule,
                findings,
                criterion=criterion,
                some="some-setting" if criterion == SETTING else "some",
                answer=share_answer(good, len(items), family="slots"),
                good=good,
                total=len(items),
            )


def _people(
    subject: Subject, rule: Rule, criterion: str, items: Sequence[Item]
) -> Iterator[Finding]:
    """Nobody named: mend. Somebody whose job says nothing of training, and none is said: look."""
    for item in items:
        wording = provision_of(subject, item)
        if "who" in wording.missing:
            key = "equipment" if wording.form == "equipment" else "nobody"
            yield finding(
                rule, key, criterion=criterion, quotes=[quote_item(subject, item)],
                item=item.id, missing=("who",),
            )  # fmt: skip
        elif not wording.qualification and wording.form in ("timed", "whole-time"):
            yield finding(
                rule, "untrained", state="look", answer=2, criterion=criterion,
                quotes=[quote_item(subject, item)], item=item.id, confidence=0.5,
                missing=("qualification",),
            )  # fmt: skip


def _setting(
    subject: Subject, rule: Rule, criterion: str, items: Sequence[Item]
) -> Iterator[Finding]:
    for item in items:
        wording = provision_of(subject, item)
        mark = next((m for m in wording.marks if m.key == "group"), None)
        if mark:
            quote = quote_part(subject, item, mark.start, mark.end)
            yield finding(
                rule, "group", criterion=criterion, item=item.id, quotes=[quote], words=quote.text
            )
        elif wording.form == "equipment" and wording.missing:
            yield finding(
                rule, "equipment", criterion=criterion, item=item.id,
                quotes=[quote_item(subject, item)], missing=wording.missing,
            )  # fmt: skip
