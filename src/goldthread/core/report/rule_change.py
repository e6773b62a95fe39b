"""What a change of rules, words or criteria does to documents: findings new and dropped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from goldthread.core.frozen import Content
from goldthread.core.report.check_record import CheckRecord, FindingRecord


class Turned(Content):
    """A finding that is there only before or only after."""

    document: str
    rule: str
    criterion: str
    state: str
    section: str
    item: str
    quote: str
    reason: str


class Answered(Content):
    """A suggested answer that changed; null stands for “cannot tell” or “not applicable”."""

    document: str
    criterion: str
    before: int | None
    after: int | None


class RuleChange(Content):
    """The whole difference, in the order of the documents."""

    before: str
    after: str
    documents: int
    new: tuple[Turned, ...]
    dropped: tuple[Turned, ...]
    answers: tuple[Answered, ...]

    @property
    def by_rule(self) -> dict[str, tuple[int, int]]:
        """Rule -> (new, dropped)."""
        new, dropped = Counter(t.rule for t in self.new), Counter(t.rule for t in self.dropped)
        return {rule: (new[rule], dropped[rule]) for rule in sorted(new | dropped)}


Key = tuple[str, str, str, str, str]


def rule_change(before: Mapping[str, CheckRecord], after: Mapping[str, CheckRecord]) -> RuleChange:
    """Records of the same documents, by name, checked the old way and the new.

    A finding is the same one when rule, state, section, item and quoted words are.
    """
    names = [name for name in before if name in after]
    new: list[Turned] = []
    dropped: list[Turned] = []
    answers: list[Answered] = []
    for name in names:
        old, now = _keyed(before[name].findings), _keyed(after[name].findings)
        new += _turned(name, now, old)
        dropped += _turned(name, old, now)
        answers += _answers(name, before[name], after[name])
    return RuleChange(
        before=_edition(before.values()),
        after=_edition(after.values()),
        documents=len(names),
        new=tuple(new),
        dropped=tuple(dropped),
        answers=tuple(answers),
    )


def _edition(records: Iterable[CheckRecord]) -> str:
    return next((r.document.framework for r in records), "")


def _keyed(findings: Sequence[FindingRecord]) -> dict[Key, FindingRecord]:
    return {(f.rule, f.state, f.section, f.item, _quote(f)): f for f in findings}


def _quote(finding: FindingRecord) -> str:
    return finding.quotes[0].text if finding.quotes else ""


def _turned(
    name: str, here: Mapping[Key, FindingRecord], there: Mapping[Key, FindingRecord]
) -> list[Turned]:
    return [
        Turned(
            document=name,
            rule=f.rule,
            criterion=f.criterion,
            state=f.state,
            section=f.section,
            item=f.item,
            quote=_quote(f),
            reason=f.reason,
        )
        for key, f in here.items()
        if key not in there
    ]


def _answers(name: str, before: CheckRecord, after: CheckRecord) -> list[Answered]:
    old = {a.criterion: a.answer for a in before.answers}
    now = {a.criterion: a.answer for a in after.answers}
    return [
        Answered(document=name, criterion=c, before=old.get(c), after=now.get(c))
        for c in dict.fromkeys([*old, *now])
        if old.get(c) != now.get(c)
    ]
