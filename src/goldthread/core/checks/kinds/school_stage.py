"""Whether year group, key stage and setting fit the date of birth."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from goldthread.core.checks.finding import Finding, Quote, Suggestion
from goldthread.core.checks.saying import finding, suggestion
from goldthread.core.checks.stretches import hits_of
from goldthread.core.checks.subject import Subject, school_year
from goldthread.core.checks.verdict import verdict
from goldthread.core.framework.rule import Rule
from goldthread.core.plan.plan import Stated

FIRST_YEAR = {"eyfs": -5, "ks1": 1, "ks2": 3, "ks3": 7, "ks4": 10, "ks5": 12}
STAGES = ("eyfs", "ks1", "ks2", "ks3", "ks4", "ks5")
_YEAR = re.compile(r"\b(?:year|yr|y)\s*(\d{1,2})\b", re.IGNORECASE)
_NOW = re.compile(r"\b(?:is|currently|now|presently)(?: (?:currently|now|presently))? (?:in|a|an)$")
_PUPIL = re.compile(r"^ (?:pupil|student|child|boy|girl)\b")


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    if subject.year is None:
        yield suggestion(rule, "no-birth", state="cannot-tell")
        return
    moved = subject.hits.of(rule.lexicons["other_cohort"])
    findings = [*_front(subject, rule), *_text(subject, rule), *_setting(subject, rule)]
    if moved and findings:
        quote = subject.quote_hit(moved[0])
        findings = [
            finding(
                rule,
                "other-cohort",
                state="look",
                answer=2,
                confidence=0.4,
                quotes=[quote, *findings[0].quotes[:1]],
            )
        ]
    if not findings and not _said_anything(subject):
        yield suggestion(rule, "nothing-said", state="cannot-tell", year=name(subject.year))
        return
    yield verdict(rule, findings, year=name(subject.year))


def _said_anything(subject: Subject) -> bool:
    child = subject.plan.facts.child
    return child.year_group is not None or child.school is not None


def years_fitting(subject: Subject) -> dict[int, bool]:
    """Year by date of birth -> whether it is today's (else it was so when the plan was issued)."""
    born = subject.plan.facts.child.born
    issued = subject.plan.facts.find_date("amended", "issued", "draft", "signed")
    fitting: dict[int, bool] = {}
    if born is not None and subject.year is not None:
        if issued is not None:
            fitting[school_year(born.day, issued.day)] = False
        fitting[subject.year] = True
    return fitting


def _front(subject: Subject, rule: Rule) -> Iterator[Finding]:
    stated = subject.plan.facts.child.year_group
    year = None if stated is None else read_year(stated.value)
    if stated is not None and year is not None:
        yield from _judge(subject, rule, year, Quote(stated.quote, stated.location))


def _text(subject: Subject, rule: Rule) -> Iterator[Finding]:
    """“is in Year 5”, “a Year 5 pupil”: only what is said of the present."""
    text = subject.hits.text
    for hit in hits_of(subject, rule.lexicons["years"], "A", "B", "C", "D", "F"):
        before, after = text[max(0, hit.start - 24) : hit.start].rstrip(), text[hit.end :][:9]
        if _NOW.search(before) or (_PUPIL.search(after) and before.endswith(" a")):
            year = read_year(hit.term)
            if year is not None:
                yield from _judge(subject, rule, year, subject.quote_hit(hit))


def _judge(subject: Subject, rule: Rule, year: int, quote: Quote) -> Iterator[Finding]:
    fitting = years_fitting(subject)
    if fitting.get(year):
        return
    now = subject.year or 0
    if year < 0 and now < 0:  # a nursery, whether at two or at four
        return
    if year in fitting:
        if stage(year) != stage(now):
            yield finding(
                rule, "stage-passed", state="look", quotes=[quote], said=name(year), year=name(now)
            )
        return
    near = abs(year - now) == 1
    yield finding(
        rule,
        "wrong-year",
        state="look" if near else "mend",
        answer=1 if near else 0,
        confidence=0.6 if near else None,
        quotes=[quote],
        said=name(year),
        year=name(now),
    )


def _setting(subject: Subject, rule: Rule) -> Iterator[Finding]:
    """A primary school for a pupil of secondary age, and the like."""
    school = subject.plan.facts.child.school
    if school is None or subject.year is None:
        return
    low = school.value.lower()
    lists = subject.words.lists[rule.lexicons["phases"]]
    groups = {group for term, group in lists.items() if term in low}
    if len(groups) != 1:
        return
    low_year, high_year = PHASES[groups.pop()]
    if not low_year <= max(subject.year, -1) <= high_year:
        yield _wrong_setting(rule, school, subject.year)


PHASES = {"nursery": (-5, 0), "infant": (-2, 3), "primary": (-2, 7), "junior": (2, 7),
          "secondary": (6, 15), "college": (9, 25), "any": (-9, 99)}  # fmt: skip
"""School years that each kind of setting may teach, a year of grace at either end."""


def _wrong_setting(rule: Rule, school: Stated, year: int) -> Finding:
    return finding(
        rule,
        "wrong-setting",
        state="look",
        confidence=0.6,
        year=name(year),
        quotes=[Quote(school.quote, school.location)],
    )


def read_year(text: str) -> int | None:
    """“Year 6” 6, “Reception” 0, “Nursery” −1; None when it says no year."""
    low = text.lower()
    match = _YEAR.search(low)
    if match:
        return int(match[1])
    if "reception" in low:
        return 0
    return -1 if "nursery" in low else None


def stage(year: int) -> str:
    """Key stage of a school year, Early Years as “eyfs”, all after Year 11 as “ks5”."""
    return max(
        (s for s in STAGES if FIRST_YEAR[s] <= year), key=lambda s: FIRST_YEAR[s], default="eyfs"
    )


def name(year: int) -> str:
    """“Year 6”, “Reception”, “before Reception”."""
    if year < 0:
        return "before Reception"
    return "Reception" if year == 0 else f"Year {year}"
