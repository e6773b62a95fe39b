"""How a text of the plan falls short of the advice it carries: in amount, or in firmness."""

from __future__ import annotations

import re
from functools import lru_cache

from goldthread.core.checks.wording.amounts import Duration, Frequency, Quantities, amount
from goldthread.core.checks.wording.quantities import quantities
from goldthread.core.checks.words import Words, plain

LESS = 0.95
"""An amount below this share of the advised one is smaller, not rounded."""
FAR = 30
"""Characters between a length and a frequency that do not belong together."""
LEVELS = {"should": 2, "may": 1}
FIRM = 3


def thinner(advised: str, planned: str) -> str:
    """One sentence: what of the advised amount the plan lacks; empty when it has it all.

    An item of the plan may carry several recommendations, so each advised amount is looked for
    among all of the item's.
    """
    before, now = quantities(plain(advised)), quantities(plain(planned))
    if not (before.durations or before.frequencies) or now.whole_time:
        return ""
    told = f"The advice says “{_said(advised, before)}”; the plan "
    if not (now.durations or now.frequencies):
        return f"{told}gives no amount."
    if _ceiling(before, now):
        return f"{told}says “{_said(planned, now)}”, which sets a limit and no minimum."
    if _met(before, now):
        return ""
    if _less(before, now):
        return f"{told}says “{_said(planned, now)}”, which is less."
    if before.durations and not now.durations:
        return f"{told}does not say how long."
    if before.frequencies and not (now.frequencies or now.totals):
        return f"{told}does not say how often."
    return ""


def softer(advised: str, planned: str, words: Words) -> str:
    """One sentence when the plan is less firm than the advice; empty when it is not."""
    before, _ = _firmness(plain(advised), words)
    now, term = _firmness(plain(planned), words)
    if now >= before:
        return ""
    return f"The advice is firm; the plan says “{term}”."


def _met(before: Quantities, now: Quantities) -> bool:
    """Each length and each frequency advised is there, or the year's minutes are."""
    year, given = amount(before).minutes_per_year, amount(now).minutes_per_year
    if year and given and given >= LESS * year:
        return True
    return all(_long(d, now) for d in before.durations) and all(
        _often(f, now) for f in before.frequencies
    )


def _long(wanted: Duration, now: Quantities) -> bool:
    if not wanted.minutes:
        return bool(now.durations)
    return any(
        (d.minutes or 0) * (d.per_year or 1) >= LESS * wanted.minutes * (wanted.per_year or 1)
        for d in now.durations
        if (d.per_year is None) == (wanted.per_year is None)
    )


def _often(wanted: Frequency, now: Quantities) -> bool:
    if not wanted.per_year:
        return bool(now.frequencies or now.totals)
    return any((f.per_year or 0) >= LESS * wanted.per_year for f in now.frequencies)


def _less(before: Quantities, now: Quantities) -> bool:
    a, b = amount(before), amount(now)
    if a.minutes_per_year and b.minutes_per_year:
        return b.minutes_per_year < LESS * a.minutes_per_year
    for old, new in ((a.times_per_year, b.times_per_year), (a.minutes_each, b.minutes_each)):
        if old and new and new < LESS * old:
            return True
    return False


def _ceiling(before: Quantities, now: Quantities) -> bool:
    """“Up to 45 minutes” for “45 minutes”."""
    return any(x.bound == "ceiling" for x in now.ceilings) and not before.ceilings


def _said(text: str, found: Quantities) -> str:
    """The words that hold the first amount, as they stand."""
    spans = [(d.start, d.end) for d in found.durations[:1]]
    spans += [(f.start, f.end) for f in found.frequencies[:1]]
    spans.sort()
    if spans[-1][0] - spans[0][1] > FAR:
        spans = spans[:1]
    return text[spans[0][0] : max(end for _, end in spans)].strip()


@lru_cache(maxsize=4)
def _soft_words(words: Words) -> tuple[re.Pattern[str], dict[str, str]]:
    terms = words.lists["soft-words"]
    ordered = sorted(terms, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, ordered))})\b"), terms


def _firmness(low: str, words: Words) -> tuple[int, str]:
    """The weakest level of a text, 1 to 3, and the word that makes it so."""
    pattern, terms = _soft_words(words)
    found = [(LEVELS[terms[m[0]]], m[0]) for m in pattern.finditer(low)]
    return min(found, default=(FIRM, ""))
