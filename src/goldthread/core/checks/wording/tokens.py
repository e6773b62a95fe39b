"""Words, numbers and signs of an item, and the numbers and units written with them."""

from __future__ import annotations

import re

TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)?|[½¼¾×:%£/·;.,()]")
YEAR_WEEKS = 38
"""Weeks a school is open to pupils: 190 days (Education (School Day and School Year) Regulations
1999, reg 3)."""
SCHOOL_DAYS = 190


def word_set(words: str) -> frozenset[str]:
    """The words of a line, as a set."""
    return frozenset(words.split())


_ONES = (
    "nought one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBERS = {word: float(n) for n, word in enumerate(_ONES.split())}
NUMBERS |= {word: float(10 * n) for n, word in enumerate(_TENS.split(), 2)}
PARTS = {"½": 0.5, "¼": 0.25, "¾": 0.75}

MINUTES = {
    "minute": 1, "minutes": 1, "min": 1, "mins": 1,
    "hour": 60, "hours": 60, "hr": 60, "hrs": 60, "hourly": 60,
}  # fmt: skip
LONG = word_set("day days night nights morning mornings afternoon afternoons")
TURNS = word_set(
    "session sessions lesson lessons visit visits appointment appointments meeting meetings "
    "time times occasion occasions slot slots break breaks"
)
PUPILS = word_set("pupil pupils child children student students peers others learners classmates")
UNITS: dict[str, tuple[str, float | None]] = {
    "day": ("day", 190), "days": ("day", 190), "week": ("week", 38), "weeks": ("week", 38),
    "fortnight": ("fortnight", 19), "month": ("month", 12), "months": ("month", 12),
    "term": ("term", 3), "terms": ("term", 3), "year": ("year", 1), "years": ("year", 1),
    "morning": ("day", 190), "afternoon": ("day", 190), "night": ("day", 365),
    "evening": ("day", 365), "weekend": ("week", 52), "wk": ("week", 38), "w": ("week", 38),
    "weekday": ("day", 190), "playtimes": ("moment", None), "breaktime": ("moment", None),
    "breaktimes": ("moment", None), "lunchtimes": ("moment", None), "assembly": ("moment", None),
    "annum": ("year", 1),
    "hour": ("moment", None), "hours": ("moment", None), "minutes": ("moment", None),
    "lesson": ("moment", None), "lessons": ("moment", None), "session": ("moment", None),
    "sessions": ("moment", None), "break": ("moment", None), "breaks": ("moment", None),
    "mealtime": ("moment", None), "mealtimes": ("moment", None), "lunchtime": ("moment", None),
    "playtime": ("moment", None), "lunch": ("moment", None), "meal": ("moment", None),
    "transition": ("moment", None), "transitions": ("moment", None), "topic": ("moment", None),
    "topics": ("moment", None), "task": ("moment", None), "tasks": ("moment", None),
    "activity": ("moment", None), "activities": ("moment", None), "transfers": ("moment", None),
    "transfer": ("moment", None), "class": ("moment", None), "classes": ("moment", None),
    "subject": ("moment", None), "subjects": ("moment", None), "test": ("moment", None),
    "exam": ("moment", None), "exams": ("moment", None), "assessment": ("moment", None),
    "assessments": ("moment", None), "occasion": ("moment", None), "time": ("moment", None),
    "times": ("moment", None), "journey": ("moment", None), "journeys": ("moment", None),
    "change": ("moment", None), "changes": ("moment", None), "question": ("moment", None),
    "visit": ("moment", None), "arrival": ("moment", None), "assignment": ("moment", None),
    "instruction": ("moment", None), "trip": ("moment", None), "trips": ("moment", None),
}  # fmt: skip
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday"
UNITS |= {day: ("week", 38) for day in _WEEKDAYS.split()}
WEEKDAYS = word_set(_WEEKDAYS)
WEEKLY_DAYS = frozenset(f"{day}s" for day in _WEEKDAYS.split())
ADVERBS: dict[str, tuple[str, float | None]] = {
    "pw": ("week", 38), "daily": ("day", 190), "weekly": ("week", 38),
    "fortnightly": ("fortnight", 19),
    "monthly": ("month", 12), "termly": ("term", 3), "yearly": ("year", 1),
    "annually": ("year", 1), "nightly": ("day", 365),
}  # fmt: skip


Tokens = tuple[list[re.Match[str]], list[str]]
"""The matches of a text, and their words with eight empty ones behind them, so that rules may look
ahead."""


def tokens(low: str) -> Tokens:
    """The tokens of a plain text (`words.plain`)."""
    matches = list(TOKEN.finditer(low))
    words = [m[0] for m in matches]
    words += [""] * 8
    return matches, words


def number_at(toks: list[str], i: int) -> tuple[float, int] | None:
    """A number at token `i`, in figures or words (“forty-five”, “1½”, “one and a half”), and the
    token after it; None when there is none."""
    word = toks[i]
    if word[:1].isdecimal():
        value = float(word.replace(",", "."))
        i += 1
    elif word in NUMBERS:
        value = NUMBERS[word]
        i += 1
        if value >= 20 and NUMBERS.get(toks[i], 20) < 10:
            value += NUMBERS[toks[i]]
            i += 1
    elif word in PARTS:
        return PARTS[word], i + 1
    else:
        return None
    return _and_a_half(toks, i, value)


def _and_a_half(toks: list[str], i: int, value: float) -> tuple[float, int]:
    if toks[i] in PARTS:
        return value + PARTS[toks[i]], i + 1
    if toks[i] == "and" and toks[i + 1] == "a" and toks[i + 2] == "half":
        return value + 0.5, i + 3
    return value, i


def unit_at(toks: list[str], i: int) -> tuple[str, float | None, int] | None:
    """A unit of recurrence at token `i` (“half term”, “school week”), its times a school year
    (None where that depends on the timetable) and the token after it."""
    if toks[i] in ("school", "working", "academic", "calendar", "timetabled", "taught"):
        i += 1
    if toks[i] == "half" and toks[i + 1] in ("term", "terms", "termly"):
        return "half term", 6, i + 2
    found = UNITS.get(toks[i])
    return (found[0], found[1], i + 1) if found else None
