"""Whether an outcome is specific, measurable and time-bound, and a change for the child.

Source: SEND Code 2015 9.65-66 and 9.69E; standard.md part d, rules 21 to 24. Whether an outcome is
achievable and relevant cannot be told from one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from goldthread.core.checks.wording.tokens import tokens
from goldthread.core.checks.wording.verdict import LONGEST, Mark, Wording, scan, topics
from goldthread.core.checks.words import Hits, Words

ASKED = ("specific", "measurable", "time-bound")
UNSURE = ("achievable", "relevant")
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
    r"(?: half[- ]term)?(?:,? (?:of )?(?:20)?\d\d\b)?"
)
_SEASON = (
    r"(?:spring|summer|autumn|easter|christmas)(?: (?:half )?(?:term|holidays?|break))?"
    r"(?:,? (?:of |in )?20\d\d)?"
)
_STAGE = (
    r"(?:school |academic )?(?:year|yr) ?(?:group )?\d{1,2}\b|y\d{1,2}\b|key stage(?: \w+)?"
    r"|ks ?\d|eyfs"
    r"|reception|nursery|early years|foundation stage|primary school|secondary school|college"
    r"|sixth form|pre-?school|phase|stage"
)
_AGE = (
    r"age(?:d)? (?:of )?\w+|\d{1,2}(?:th|st|nd|rd)? birthday|\w+ birthday|\d{1,2} years old"
    r"|(?:1\d|2[0-5])\b(?! (?:of|out|times|min))"
)
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? )?{_MONTH}\b|{_SEASON}|{_STAGE}|{_AGE}|20\d\d(?:[-/]\d\d)?"
    r"|\d{1,2}[./]\d{1,2}[./]\d{2,4}"
    r"|(?:academic |school |this |next |the )*(?:year|term|half[- ]term|placement|course|plan)\b"
    r"(?: \(?20\d\d[^ ,.;]*)?"
    r"|(?:annual |next |interim )*review|phase transfer|transfer|time (?:s?he|they|i|\w+) "
    r"(?:is|are|am|leaves?|starts?|moves?|turns?|transfers?)[^,.;]{0,24}"
)
_FILL = r"(?:(?:the|his|her|their|my|next|end|of|start|beginning|time|a|summer|this|at)\b ?)*"
WHEN = re.compile(
    rf"\b(?:by|at the end of|end of|before|until|at the start of) {_FILL}(?:{_DATE})"
    r"|\b(?:at|from|on reaching) (?:the )?age (?:of )?\w+|\bon leaving \w+"
    r"|\b(?:within|in|over) (?:the )?(?:next )?(?:\w+ )(?:months?|weeks|terms?|years?)\b"
)
_DATEISH = re.compile(
    rf"{WHEN.pattern}|\b(?:year|age|aged|key stage|stages?|level|step) \d+\b|ks ?\d"
    r"|\b(?:outcome|need|aim|goal|objective|target)s?:? \(?[a-z]?\d+(?:\.\d+)*\b|^\W*\d[\d.]*[.):] "
    r"|\b(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{2,4}\b|\bmay \d{4}\b|\b20\d\d\b"
    r"|\bone (?:day|another)\b(?! a| per| out)|\bone[- ]to[- ]one\b"
)
_NUMBER = re.compile(
    r"\d|%|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty"
    r"|fifty|half an hour|one (?:minute|week|prompt|adult|physical|step|new|occasion|friend))\b"
)
_FROM = re.compile(
    r"\bfrom (?:about |around |only )?(?:an? (?:score|level|base|stand|sing|rate)"
    rf"|{_NUMBER.pattern})|\bfrom [^,.;·]{{1,40}}? to "
)
_EACH = re.compile(r"\b(?:each|every) (?:\w+ )?(?:day|morning|evening|night|week|lesson|time|meal)")
_STRONG = re.compile(r"\d|%| out of | (?:times|minutes|seconds|occasions|days) ")
_MODAL = re.compile(r"\b(?:will|should|shall|can|is to|are to|to)\b")
_VERB = re.compile(r"\b(?:will|should|to)\b")
_ALONGSIDE = re.compile(r"\b(?:with|by|from|without) [^,;_]*$")
_SERVICE = re.compile(
    r"\b(?:will|to) (?:get|attend|have|take part in|undertake|do|start)"
    r"(?: (?:an?|the|his|her|their|regular|weekly|daily|fortnightly|some|more|\d+|two|three))*"
    r"(?: (?!\w+ed\b)[\w-]+){0,4}? ?\b(?:therapy|sessions?|group|club|clubs|support|training"
    r"|programme|intervention|care plan|plan|tuition|mentoring|counselling|assessment|access)\b"
    r"|\b(?:will|to) (?:get|receive) [\w.]+ (?:hours?|minutes|sessions) "
    r"|\b(?:will|to) have [\w.]+ (?:hours?|minutes|sessions)(?: (?:a|per|each|every) \w+)?"
    r" (?:of|with|from) "
    r"|\bwill (?:work|meet|be seen|be worked) with (?:an?|the|his|her|their|my) (?:\w+ ){0,3}"
    r"(?:ta|assistant|therapist|teacher|mentor|psychologist|counsellor|worker|coach)\b"
)
_BRACKETS = re.compile(r"\(([^)]*\d[^)]*)\)")
_PURPOSE = re.compile(r"(?:^|[.·;] )this (?:will|would|should) (?:help|allow|enable|let)\b[^.·;]*")


@dataclass(frozen=True, slots=True)
class _Outcome:
    text: str
    low: str
    hits: Hits
    when: str
    measure: str
    """“number”, “words” or empty."""
    parts: Mapping[str, str]


def judge_outcome(text: str, words: Words, *, parts: Mapping[str, str] | None = None) -> Wording:
    """The judgement of one outcome; `parts` as `Item.parts` (by_when, baseline, …)."""
    text = text[:LONGEST]
    if not text[:1].isalpha() and not any(c.isalnum() for c in text):
        return Wording(text, "not_smart", "empty", (), ASKED, unsure=UNSURE)
    read = _read(text, words, parts or {})
    wish = _wish(read)
    others = _others_work(read)
    marks = tuple(sorted({*(wish or ()), *(others or ())}))
    slots = {
        "specific": not marks and _observable(read, words),
        "measurable": bool(read.measure) and not marks,
        "time-bound": bool(read.when),
    }
    missing = tuple(slot for slot in ASKED if not slots[slot])
    if wish:
        missing += ("relevant",)
    baseline = _baseline(read)
    return Wording(
        text=text,
        verdict="not_smart" if missing else "smart",
        form="outcome",
        present=tuple(slot for slot in ASKED if slots[slot]),
        missing=missing,
        marks=marks,
        rules=_rules(missing, marks, baseline=baseline, when=read.when),
        baseline=baseline,
        unsure=UNSURE if not wish else ("achievable",),
        when=read.when,
        topics=topics(read.hits),
    )


def _read(text: str, words: Words, parts: Mapping[str, str]) -> _Outcome:
    hits = scan(text, words)
    low = hits.text
    when = WHEN.search(low)
    said = text[when.start() : when.end()] if when else parts.get("by_when", "").strip()
    return _Outcome(text, low, hits, said, _measure(hits), parts)


def _measure(hits: Hits) -> str:
    """What shows that it has been reached: a number that is no date, or words that measure."""
    rest = _DATEISH.sub(lambda m: "_" * len(m[0]), hits.text)
    if _NUMBER.search(rest):
        return "number"
    return "words" if hits.of("measure-words") or _EACH.search(rest) else ""


def _observable(read: _Outcome, words: Words) -> bool:
    """A verb that can be seen; a weak verb passes when a number makes it plain."""
    verbs = words.lists.get("measurable-verbs", {})
    if any(word in verbs for word in tokens(read.low)[1]):
        return True
    if read.hits.of("weak-outcome-verbs"):
        return read.measure == "number" and _STRONG.search(read.low) is not None
    return _MODAL.search(read.low) is not None or bool(read.measure)


def _wish(read: _Outcome) -> list[Mark]:
    """A wish, unless the sentence says what the child will do."""
    found = [Mark(h.start, h.end, "wish", h.term) for h in read.hits.of("lifelong-wishes")]
    step = read.when and read.measure and " will " in read.low
    return [] if step else found


def _others_work(read: _Outcome) -> list[Mark]:
    """Words by which it is somebody else's work: a service, or staff as the subject."""
    low, hits = read.low, read.hits
    found = []
    for hit in hits.of("service-words"):
        if hit.group == "verb" or not low[: hit.start].strip(" -·•"):
            found.append(Mark(hit.start, hit.end, "service", hit.term))
    match = _SERVICE.search(_PURPOSE.sub(lambda m: "_" * len(m[0]), low))
    if match:
        found.append(Mark(match.start(), match.end(), "service", match[0]))
    return found + _staff_subject(read)


def _staff_subject(read: _Outcome) -> list[Mark]:
    """People who work for the child, before the verb; not “with”, “by” or “from” them."""
    modal = _VERB.search(read.low)
    if not modal:
        return []
    rest = WHEN.sub(lambda m: "_" * len(m[0]), read.low[: modal.start()])
    return [
        Mark(h.start, h.end, "service", h.term)
        for h in (*read.hits.of("roles"), *read.hits.of("people-unnamed"))
        if h.end <= modal.start()
        and "_" not in rest[h.start : h.end]
        and not _ALONGSIDE.search(rest[: h.start])
    ]


def _baseline(read: _Outcome) -> bool:
    if read.parts.get("baseline", "").strip():
        return True
    if read.hits.of("baseline-words") or _FROM.search(read.low):
        return True
    return any(
        _NUMBER.search(_DATEISH.sub("", m[1])) for m in _BRACKETS.finditer(read.low)
    )  # in brackets an amount says where the child starts; a date alone does not


def _rules(
    missing: tuple[str, ...], marks: tuple[Mark, ...], *, baseline: bool, when: str
) -> tuple[str, ...]:
    flagged = {"M21": bool(missing), "M22": bool(marks), "M23": not when, "M24": not baseline}
    return tuple(rule for rule, flag in flagged.items() if flag)
