"""The wording of a plan's items, judged once for all checks."""

from __future__ import annotations

import re
from collections.abc import Mapping

from goldthread.core.checks.finding import Quote
from goldthread.core.checks.months import dates_in
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.wording.outcome import WHEN, judge_outcome
from goldthread.core.checks.wording.provision import judge_provision
from goldthread.core.checks.wording.quantities import Quantities
from goldthread.core.checks.wording.verdict import Wording
from goldthread.core.checks.words import plain
from goldthread.core.plan.document import Paragraph
from goldthread.core.plan.plan import Item

NIL = "nil-statements"
SPECIAL = "special school"
_NIL_WORDS = 40
"""A nil statement with its reason is short; a longer item that says “no health needs” says more."""
_DONE = re.compile(
    r"\b(?:(?:was|were|been|is|are) (?:looked at|considered|assessed|discussed|consulted|agreed"
    r"|approved|asked|confirmed)|(?:^|[.:;·] )Agreed by|(?:has|have) agreed)\b"
)
_YET = re.compile(
    r"\b(?:(?-i:will|may)|shall|should|must|to be|as agreed|supports?|provided?|delivered)\b",
    re.IGNORECASE,
)


def provision_of(subject: Subject, item: Item) -> Wording:
    """The judgement of an item of provision."""
    return subject.kept(
        ("provision", item.id),
        lambda: judge_provision(
            item.text,
            subject.words,
            parts=item.parts,
            special_school=special_school(subject),
        ),
    )


def outcome_of(subject: Subject, item: Item) -> Wording:
    """The judgement of an outcome; its date may stand in its row or in the heading above it."""
    return subject.kept(
        ("outcome", item.id),
        lambda: judge_outcome(item.text, subject.words, parts=_with_date(subject, item)),
    )


def quantities_of(subject: Subject, item: Item) -> Quantities:
    """The amounts in an item of provision, without those that only say when it is reviewed."""
    return provision_of(subject, item).quantities


def provision_items(subject: Subject, *letters: str) -> tuple[Item, ...]:
    """Items of provision in those sections that are not nil statements."""
    return subject.kept(
        ("provision-items", letters),
        lambda: tuple(
            item
            for item in subject.plan.items_of(*letters)
            if item.kind == "provision"
            and not is_nil(subject, item)
            and not is_record(subject, item)
        ),
    )


def outcome_items(subject: Subject) -> tuple[Item, ...]:
    """The outcomes of Section E that are not nil statements."""
    return subject.kept(
        "outcome-items",
        lambda: tuple(i for i in subject.plan.items_of("E") if not is_nil(subject, i)),
    )


def is_nil(subject: Subject, item: Item) -> bool:
    """“No health needs: advice from Dr Okoro” asks for no amount."""
    if not subject.has(NIL, item):
        return False
    return len(item.text.split()) <= _NIL_WORDS and not provision_of(subject, item).good


def is_record(subject: Subject, item: Item) -> bool:
    """“Adult care was looked at on 5 May 2026”, “Agreed by the ICB on 3 March 2026”: what was done
    on a day is no provision, and asks for no amount."""
    text = item.text
    if len(text.split()) > _NIL_WORDS or not _DONE.search(text) or _YET.search(text):
        return False
    found = quantities_of(subject, item)
    return not (found.durations or found.frequencies) and any(dates_in(text))


def special_school(subject: Subject) -> bool:
    """Whether the plan names a special school, in Section I or on its front page."""
    return subject.kept("special-school", lambda: _special(subject))


def _special(subject: Subject) -> bool:
    school = subject.plan.facts.child.school
    if school and SPECIAL in school.value.lower():
        return True
    section = subject.plan.section("I")
    return section is not None and any(SPECIAL in p.text.lower() for p in section.paragraphs)


def place(item: Item, start: int, end: int) -> tuple[Paragraph, int, int] | None:
    """Offsets in an item's text as offsets in its paragraph; None where it runs over two."""
    cursor = 0
    for p in item.paragraphs:
        at = item.text.find(p.text, cursor)
        if at < 0:
            continue
        cursor = at + len(p.text)
        if at <= start and end <= cursor:
            return p, start - at, end - at
    wanted = item.text[start:end]
    for p in item.paragraphs:
        at = p.text.find(wanted)
        if at >= 0:
            return p, at, at + len(wanted)
    return None


def quote_part(subject: Subject, item: Item, start: int, end: int) -> Quote:
    """Words of an item, quoted where they stand; its first paragraph when they cannot be placed."""
    found = place(item, start, end)
    if found is None:
        return quote_item(subject, item)
    p, first, last = found
    return subject.quote(p, p.start + first, p.start + last)


def quote_item(subject: Subject, item: Item) -> Quote:
    """The item's first paragraph, whole."""
    return subject.quote(item.paragraphs[0])


def _with_date(subject: Subject, item: Item) -> Mapping[str, str]:
    if item.parts.get("by_when") or WHEN.search(plain(item.text)):
        return item.parts
    said = _row_date(subject, item) or _heading_date(subject, item)
    return {**item.parts, "by_when": said} if said else item.parts


def _row_date(subject: Subject, item: Item) -> str:
    if not item.row:
        return ""
    same = (i for i in subject.plan.items if i.row == item.row)
    return next((i.parts["by_when"] for i in same if i.parts.get("by_when")), "")


def _heading_date(subject: Subject, item: Item) -> str:
    """The nearest heading above it that says by when: “Outcomes by the end of Key Stage 2”."""
    section = subject.plan.by_letter[item.letter]
    number = item.location.paragraph or 0
    title = ""
    for heading, where in ((section.title, section.location), *section.subsections):
        if (where.paragraph or 0) < number and _dated(heading):
            title = heading
    return title


def _dated(heading: str) -> bool:
    return WHEN.search(plain(heading)) is not None
