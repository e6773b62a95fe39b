"""Rule 36: text that stands in many plans, several times in this one, or unchanged for years."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from goldthread.core.checks.finding import Finding, State, Suggestion
from goldthread.core.checks.saying import finding, suggestion
from goldthread.core.checks.sentences import Sentence, digest, rough_sentences, sentences
from goldthread.core.checks.stretches import item_at
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.versions import alike, changes
from goldthread.core.framework.rule import Rule

PERSONAL, AMBITION, CONCISE = "F11-personal", "GT4-ambition", "L3-concise"


def check(subject: Subject, rule: Rule) -> Iterator[Suggestion]:
    rough = rough_sentences(subject.plan)
    often = max(rough.values(), default=0) >= rule.numbers["times_here"]
    own = list(sentences(subject.plan)) if often or subject.corpus else []
    if not rough:
        yield suggestion(rule, "nothing", state="cannot-tell", criterion=PERSONAL)
        yield suggestion(rule, "nothing", state="cannot-tell", criterion=CONCISE)
    else:
        repeated = list(_repeated(subject, rule, own))
        shared = list(_shared(subject, rule, own))
        yield _judged(rule, PERSONAL, [*repeated, *shared], repeated or shared)
        yield _judged(rule, CONCISE, [], repeated)
    yield _ambition(subject, rule)


def _judged(
    rule: Rule, criterion: str, findings: Sequence[Finding], counted: Sequence[Finding]
) -> Suggestion:
    """Text that is copied asks for mending; text that serves several areas, for a look."""
    if not counted:
        return suggestion(rule, "met", state="met", criterion=criterion)
    every = findings or counted
    state: State = "mend" if any(f.state == "mend" for f in every) else "look"
    answer = min(f.answer if f.answer is not None else 2 for f in every)
    key = "some-one" if len(every) == 1 else "some"
    return suggestion(
        rule, key, state=state, answer=answer, criterion=criterion, findings=findings,
        total=len(every),
    )  # fmt: skip


def _exempt(subject: Subject, rule: Rule, sentence: Sentence) -> bool:
    """Lines of a template and statements that there is nothing are alike by design."""
    start, end = sentence.start, sentence.end
    return any(subject.hits.any(rule.lexicons[key], start, end) for key in ("template", "nil"))


def _repeated(subject: Subject, rule: Rule, own: Sequence[Sentence]) -> Iterator[Finding]:
    counts = Counter(s.text.strip() for s in own)
    often = {text for text, n in counts.items() if n >= rule.numbers["times_here"]}
    places: dict[str, list[Sentence]] = defaultdict(list)
    for sentence in own if often else ():
        if sentence.text.strip() in often:
            places[sentence.text.strip()].append(sentence)
    for same in places.values():
        if _exempt(subject, rule, same[0]):
            continue
        spread = _by_design(subject, same)
        yield finding(
            rule,
            "several" if spread else "repeated",
            state="look" if spread else "mend",
            answer=2 if spread else 1,
            criterion=PERSONAL,
            quotes=[subject.quote(s.paragraph, s.start, s.end) for s in same[:3]],
            confidence=0.5 if spread else None,
            times=len(same),
        )


def _by_design(subject: Subject, same: Sequence[Sentence]) -> bool:
    """The whole of an item, once under each of several areas: one provision for several needs."""
    items = [item_at(subject, s.paragraph) for s in same]
    areas = {i.area for i in items if i is not None and i.area}
    whole = all(i is not None and i.text.strip() == s.text.strip()
                for i, s in zip(items, same, strict=True))  # fmt: skip
    return whole and len(areas) == len(same)


def _shared(subject: Subject, rule: Rule, own: Sequence[Sentence]) -> Iterator[Finding]:
    if subject.corpus is None:
        return
    seen: set[str] = set()
    for sentence in own:
        key = digest(subject.plan, sentence.text)
        count = subject.corpus.sentences.get(key, 0)
        if count < rule.numbers["other_plans"] or key in seen:
            continue
        seen.add(key)
        if not _exempt(subject, rule, sentence):
            quote = subject.quote(sentence.paragraph, sentence.start, sentence.end)
            yield finding(
                rule, "shared", answer=1, criterion=PERSONAL, quotes=(quote,), plans=count
            )


def _ambition(subject: Subject, rule: Rule) -> Suggestion:
    if subject.previous is None:
        return suggestion(rule, "no-previous", state="cannot-tell", criterion=AMBITION)
    if not subject.plan.items or not subject.previous.items:
        return suggestion(rule, "nothing", state="cannot-tell", criterion=AMBITION)
    share = f"{alike(subject.previous, subject.plan):.0%}"
    untouched = list(_untouched(subject, rule))
    if alike(subject.previous, subject.plan) > rule.numbers["near_identical"]:
        found = finding(rule, "stale", criterion=AMBITION, section="E", share=share)
        every = (found, *untouched)
        return suggestion(
            rule, "stale", state="mend", criterion=AMBITION, findings=every, share=share
        )
    if untouched:
        return suggestion(
            rule, "untouched-whole", state="look", answer=1, criterion=AMBITION,
            findings=untouched, total=len(untouched),
        )  # fmt: skip
    return suggestion(rule, "moved-on", state="met", criterion=AMBITION, share=share)


def _untouched(subject: Subject, rule: Rule) -> Iterator[Finding]:
    """Items that name a date, school year or age which has passed since, word for word."""
    before = subject.previous
    if before is None:
        return
    every = subject.kept("changes", lambda: changes(before, subject.plan))
    for change in every:
        if change.turn == "never-updated" and change.after is not None:
            yield finding(
                rule, "untouched", state="look", answer=1, criterion=AMBITION,
                quotes=(change.after,), detail=change.reason,
            )  # fmt: skip
