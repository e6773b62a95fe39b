"""Runs every rule of a framework over one plan."""

from __future__ import annotations

import datetime as dt
import importlib
import pkgutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from goldthread.core.checks import kinds
from goldthread.core.checks.finding import Finding, State, Suggestion
from goldthread.core.checks.subject import Corpus, Subject
from goldthread.core.checks.words import Words
from goldthread.core.framework.framework import Framework
from goldthread.core.framework.rule import Rule
from goldthread.core.plan.document import Problem
from goldthread.core.plan.plan import Plan, Status

Check = Callable[[Subject, Rule], Iterable[Suggestion]]
ORDER: dict[State, int] = {
    "mend": 0, "look": 1, "cannot-tell": 2, "met": 3, "not-applicable": 4,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """The machine's answer for one criterion, from all its rules."""

    criterion: str
    state: State
    answer: int | None
    confidence: float
    reason: str
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Checked:
    """A plan with everything that the machine says of it."""

    subject: Subject
    edition: str
    suggestions: tuple[Suggestion, ...]
    answers: tuple[Answer, ...]
    """One a criterion that any rule serves, in the framework's order."""
    problems: tuple[Problem, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, those to mend first, then in the order of the rules."""
        every = [f for s in self.suggestions for f in s.findings]
        return tuple(sorted(every, key=lambda f: ORDER[f.state]))


def known_kinds() -> dict[str, Check]:
    """Every kind of check: its name (module, with hyphens) -> its function `check`."""
    found: dict[str, Check] = {}
    for module in pkgutil.iter_modules(kinds.__path__):
        loaded = importlib.import_module(f"{kinds.__name__}.{module.name}")
        found[module.name.replace("_", "-")] = loaded.check
    return found


class Checker:
    """A framework made ready: lexicons compiled, rules bound to their checks.

    Errors: LookupError when a rule names a kind that does not exist.
    """

    def __init__(self, framework: Framework) -> None:
        self.framework = framework
        self.words = Words(framework.lexicons)
        kinds = known_kinds()
        unknown = [r.kind for r in framework.rules if r.kind not in kinds]
        if unknown:
            raise LookupError(f"There is no kind of check {unknown[0]!r} in core/checks/kinds.")
        self._bound = [(rule, kinds[rule.kind]) for rule in framework.rules]

    def subject(
        self,
        plan: Plan,
        today: dt.date,
        *,
        status: Status = "unknown",
        advice: Sequence[Plan] = (),
        previous: Plan | None = None,
        corpus: Corpus | None = None,
    ) -> Subject:
        """The plan with all it is held against; its own status counts when none is given."""
        said = status if status != "unknown" else plan.facts.status
        return Subject(plan, self.words, today, said, tuple(advice), previous, corpus)

    def check(self, subject: Subject) -> Checked:
        """What every rule for this kind of document says. A rule that fails becomes a problem."""
        suggestions: list[Suggestion] = []
        problems: list[Problem] = []
        for rule, check in self._bound:
            if subject.plan.kind not in rule.documents:
                continue
            try:
                suggestions += check(subject, rule)
            except Exception as error:  # one broken rule must not hide what the others found
                problems.append(_broken(rule, error))
        answers = tuple(self._answers(suggestions))
        return Checked(subject, self.framework.key, tuple(suggestions), answers, tuple(problems))

    def _answers(self, suggestions: Sequence[Suggestion]) -> Iterable[Answer]:
        by_criterion: dict[str, list[Suggestion]] = {}
        for suggestion in suggestions:
            by_criterion.setdefault(suggestion.criterion, []).append(suggestion)
        order = [c.id for c in self.framework.criteria] or list(by_criterion)
        known = set(order)
        order += [c for c in by_criterion if c not in known]
        return (combine(by_criterion[c]) for c in order if c in by_criterion)


def combine(suggestions: Sequence[Suggestion]) -> Answer:
    """One answer from the rules of one criterion: the lowest, because each may find a fault that
    the others cannot see; not applicable only when all say so."""
    answered = [s for s in suggestions if s.answer is not None]
    pool = answered or [s for s in suggestions if s.state == "cannot-tell"] or list(suggestions)
    first = min(pool, key=lambda s: (s.answer if s.answer is not None else 9, -s.confidence))
    return Answer(
        criterion=first.criterion,
        state=first.state,
        answer=first.answer,
        confidence=first.confidence,
        reason=first.reason,
        rules=tuple(dict.fromkeys(s.rule for s in suggestions)),
    )


def _broken(rule: Rule, error: Exception) -> Problem:
    said = f"{type(error).__name__}"
    return Problem(
        "rule-failed",
        f"Rule {rule.id} ({rule.title.lower()}) could not be run on this document ({said}); "
        "its criteria were left unanswered. Report it, without the document.",
    )
