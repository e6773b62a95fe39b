"""Whether an item of provision is specified and quantified: what, how much, how often, who.

Source: Children and Families Act 2014 s37(2)(c); SEND Code 2015 9.69F; standard.md part d.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from goldthread.core.checks.wording.people import deliverers, named_person, trained_people
from goldthread.core.checks.wording.quantities import Quantities, quantities
from goldthread.core.checks.wording.tokens import Tokens, tokens
from goldthread.core.checks.wording.verdict import LONGEST, Form, Mark, Wording, scan, topics
from goldthread.core.checks.words import Hit, Hits, Words, plain

ASKED = ("what", "how much", "how often", "who")
_SENTENCE_END = re.compile(r"\. |; | · |\.$")
_MODAL = re.compile(r"\W+(?:will|should|to|is|has|must|can|needs)\b|'s\b")
_MONTH = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:spring|summer|autumn) term|20\d\d)\b"
)
_CEILING = re.compile(
    r"\b(?:up to|no more than|not more than|max\w*\.?(?: of)?|at most) [^.;]{0,6}$"
)
_NO_MINUTES: tuple[Form, ...] = ("strategy", "equipment", "review", "whole-time")
_FIRM_LATER = frozenset(("later", "discretion", "funding"))
_RULE_OF = {
    "high": "M31", "modal": "M32", "listing": "M32", "group": "M32", "people": "M32",
    "loose": "M32", "ceiling": "M32", "delegating": "M33",
}  # fmt: skip
_CLEARED_BY_PEOPLE = frozenset(("people", "loose"))
_LEARNED = 40
"""Characters after a qualification within which its subject is named."""
_BREAK = re.compile(r"[.;,·]|\b(?:will|and|to)\b")


@dataclass(frozen=True, slots=True)
class Reading:
    """An item's text with all that was found in it."""

    text: str
    hits: Hits
    found: Quantities
    reviews: tuple[tuple[int, int], ...]
    """Stretches that only say how the item is reviewed: their amounts and people do not deliver."""
    parts: Mapping[str, str]
    tokens: Tokens


def judge_provision(
    text: str,
    words: Words,
    *,
    special_school: bool = False,
    parts: Mapping[str, str] | None = None,
) -> Wording:
    """The judgement of one item (a row, bullet or sentence).

    `parts` are what the row's columns say, by role, as `Item.parts`. In a special school the
    vague and the weak words weigh one tier less: the weak are let pass (standard.md part d).
    """
    text = text[:LONGEST]
    if not text[:1].isalpha() and not any(c.isalnum() for c in text):
        return Wording(text, "vague", "empty", (), ASKED)
    read = _read(text, words, parts or {})
    roles = deliverers(read.hits, read.reviews)
    form = _form(read, roles)
    slots = _slots(read, roles, form, words)
    present = tuple(slot for slot in ASKED if slots[slot])
    missing = tuple(slot for slot in ASKED if not slots[slot])
    marks = tuple(_marks(read, slots, complete=not missing, lenient=special_school))
    firm = not any(m.key == "delegating" for m in marks)
    return Wording(
        text=text,
        verdict="specific" if not missing and firm else "vague",
        form=form,
        present=present,
        missing=missing,
        marks=marks,
        rules=_rules(missing, marks),
        quantities=read.found,
        qualification=_qualified(read, roles),
        topics=topics(read.hits),
    )


def _read(text: str, words: Words, parts: Mapping[str, str]) -> Reading:
    hits = scan(text, words)
    reviews = tuple(_review_stretches(hits, parts.get("review", "")))
    toks = tokens(hits.text)
    found = quantities(hits.text, toks)
    if reviews:
        found = Quantities(
            tuple(_outside(found.durations, reviews)),
            tuple(_outside(found.frequencies, reviews)),
            found.groups,
            found.whole_time,
        )
    return Reading(text, hits, found, reviews, parts, toks)


def _outside(found: Sequence, spans: Sequence[tuple[int, int]]) -> list:  # type: ignore[type-arg]
    return [x for x in found if not any(a <= x.start < b for a, b in spans)]


def _review_stretches(hits: Hits, column: str) -> list[tuple[int, int]]:
    """From “reviewed” to the end of its sentence or cell; a column that is for reviews, whole; and
    a later sentence in which somebody “reviews the …”."""
    at = hits.text.find(plain(column)) if column.strip() else -1
    found = [(at, at + len(column))] if at > 0 else []
    for hit in hits.of("reviewing"):
        if hit.group == "reviewed":
            end = _SENTENCE_END.search(hits.text, hit.end)
            found.append((hit.start, end.start() if end else len(hits.text)))
        elif hit.group == "later":
            first = hits.text.rfind(". ", 0, hit.start)
            if first > 0:
                end = _SENTENCE_END.search(hits.text, hit.end)
                found.append((first + 2, end.start() if end else len(hits.text)))
    return found


def _form(read: Reading, roles: Sequence[Hit]) -> Form:
    hits, found = read.hits, read.found
    groups = {hit.group for hit in hits.of("strategies")}
    if "training" in groups and (roles or not found.durations):
        return "training"
    if hits.of("equipment") and not found.durations:
        return "equipment"
    if found.whole_time:
        return "whole-time"
    if found.durations:
        return "timed"
    if groups & {"strategy", "care"} or any(f.unit == "moment" for f in found.frequencies):
        return "strategy"
    if roles and any(h.group == "active" for h in hits.of("reviewing")):
        return "review"
    return "timed"


# --- What, how much, how often, who -------------------------------------------------------------


def _slots(read: Reading, roles: Sequence[Hit], form: Form, words: Words) -> dict[str, bool]:
    much, often = _much(read, form), _often(read, form)
    who = _who(read, roles, amounts=much and often)
    return {
        "what": _what(read, roles, form, words),
        "how much": much,
        "how often": often,
        "who": who,
    }


def _much(read: Reading, form: Form) -> bool:
    found = read.found
    if form in _NO_MINUTES:
        return True
    if found.ceilings:
        return False
    if form == "training" and (_often(read, form)):
        return True
    return bool(found.durations) or _says_number(read.parts.get("how_much", ""))


def _often(read: Reading, form: Form) -> bool:
    if read.found.frequencies or form == "whole-time":
        return True
    if form == "training" and _MONTH.search(read.hits.text):
        return True
    return _says_number(read.parts.get("how_often", ""))


def _says_number(part: str) -> bool:
    return any(c.isdecimal() for c in part)


def _who(read: Reading, roles: Sequence[Hit], *, amounts: bool) -> bool:
    if roles or trained_people(read.hits, read.reviews):
        return True
    if named_person(read.text, read.reviews) or _who_part(read):
        return True
    return amounts and bool(read.hits.of("therapies"))


def _who_part(read: Reading) -> bool:
    """A “who” column that names a team, a post or a person rather than “staff”."""
    part = read.parts.get("who", "").strip()
    if len(part) < 2:
        return False
    low = plain(part)
    unnamed = any(hit.term in low for hit in read.hits.of("people-unnamed"))
    vague = any(hit.term in low for name in ("vague-high", "vague-medium")
                for hit in read.hits.of(name))  # fmt: skip
    return not unnamed and not vague


def _what(read: Reading, roles: Sequence[Hit], form: Form, words: Words) -> bool:
    """Some word says what is done: not only an amount of somebody's time."""
    if form in ("whole-time", "training", "equipment"):
        return True
    if any(r.group == "specialist" for r in roles) or read.hits.of("therapies"):
        return True
    return _has_content(read, words.lists.get("empty-words", {}))


def _has_content(read: Reading, empty: Mapping[str, str]) -> bool:
    spans = [(h.start, h.end) for h in read.hits.of("roles")]
    found = read.found
    spans += [(d.start, d.end) for d in found.durations]
    spans += [(f.start, f.end) for f in found.frequencies]
    spans += [(g.start, g.end) for g in found.groups]
    for match in read.tokens[0]:
        word = match[0]
        if len(word) < 2 or word in empty or word[0].isdecimal():
            continue
        start, end = match.span()
        if read.text[start].isupper() and _is_name(read.text, start, end):
            continue
        if not any(a <= start < b for a, b in spans):
            return True
    return False


def _is_name(text: str, start: int, end: int) -> bool:
    """A capital inside a sentence, or the subject of its verb; not an acronym."""
    if text[start:end].isupper() and end - start > 1:
        return False
    opens = start == 0 or text[:start].rstrip().endswith((".", "·", ":"))
    return not opens or _MODAL.match(text, end) is not None


def _qualified(read: Reading, roles: Sequence[Hit]) -> bool:
    if read.hits.of("qualifications") or read.parts.get("qualification", "").strip():
        return True
    return any(r.group == "specialist" for r in roles)


# --- Words that weaken it -----------------------------------------------------------------------


def _marks(
    read: Reading, slots: Mapping[str, bool], *, complete: bool, lenient: bool
) -> list[Mark]:
    hits = read.hits
    found: list[Mark] = []
    if not complete:
        found += [Mark(h.start, h.end, "high", h.term) for h in hits.of("vague-high")]
    if not lenient:
        found += [
            Mark(h.start, h.end, h.group, h.term)
            for h in hits.of("vague-medium")
            if _weakens(h, read, slots, complete=complete)
        ]
    found += [
        Mark(_bound_start(hits.text, c.start), c.end, "ceiling", "up to")
        for c in read.found.ceilings
    ]
    found += [
        Mark(h.start, h.end, "delegating", h.term)
        for h in hits.of("delegating")
        if (not complete or h.group in _FIRM_LATER)
        and not any(a <= h.start < b for a, b in read.reviews)
    ]
    return sorted(set(found))


def _bound_start(low: str, start: int) -> int:
    """Where the words before an amount begin that make it a ceiling."""
    found = _CEILING.search(low, max(0, start - 24), start)
    return found.start() if found else start


def _weakens(hit: Hit, read: Reading, slots: Mapping[str, bool], *, complete: bool) -> bool:
    if hit.group == "group":
        return not read.found.groups
    if hit.group == "loose" and _in_training(hit, read):
        return False
    if hit.group in _CLEARED_BY_PEOPLE:
        return not (slots["who"] if hit.group == "people" else complete)
    return True


def _in_training(hit: Hit, read: Reading) -> bool:
    """“a diploma in careers guidance”: what the adult has learned, not what is done."""
    skills = read.hits.of("qualifications")
    return any(
        s.end <= hit.start and not _BREAK.search(read.hits.text, s.end, hit.start)
        for s in skills
        if hit.start - s.end < _LEARNED
    )


def _rules(missing: Sequence[str], marks: Sequence[Mark]) -> tuple[str, ...]:
    found = {_RULE_OF[mark.key] for mark in marks}
    if missing:
        if missing != ("who",):
            found.add("M29")
        if "who" in missing:
            found.add("M30")
    return tuple(sorted(found))
