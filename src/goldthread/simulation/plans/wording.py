"""Fills templates of the word stock: names, dates, and pronouns with verbs that agree."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

FORMS = {
    "he": ("he", "him", "his", "himself"),
    "she": ("she", "her", "her", "herself"),
    "they": ("they", "them", "their", "themselves"),
    "I": ("I", "me", "my", "myself"),
}
"""By pronoun: what stands for “he”, “him”, “his” and “himself”."""
_PLACES = {"he": 0, "him": 1, "his": 2, "himself": 3}
_IRREGULAR = {"is": "are", "has": "have", "does": "do", "was": "were", "goes": "go"}
_TOKEN = re.compile(r"\{(he|him|his|himself|He|Him|His|Himself)(?: (\w+))?\}")
_UNCHANGED = {"can", "will", "would", "may", "does not", "cannot"}


def fill(template: str, pronoun: str, words: Mapping[str, str]) -> str:
    """`template` with {keys} of `words` and pronouns put in; unknown keys stay as they are.

    “{He uses}” becomes “She uses” or “They use”: the verb after the pronoun is made to agree.
    """
    said = _TOKEN.sub(lambda match: _agreed(match, pronoun), template)
    for key, value in words.items():
        said = said.replace("{" + key + "}", value)
    return said


def _agreed(match: re.Match[str], pronoun: str) -> str:
    word, verb = match[1], match[2]
    said = FORMS[pronoun][_PLACES[word.lower()]]
    if word[0].isupper():
        said = said[0].upper() + said[1:]
    if verb is None:
        return said
    return f"{said} {plural(verb, pronoun) if pronoun in ('they', 'I') else verb}"


def plural(verb: str, pronoun: str = "they") -> str:
    """The form of a third-person verb that follows “they”, or “I”."""
    if pronoun == "I" and verb in ("is", "was"):
        return {"is": "am", "was": "was"}[verb]
    if verb in _UNCHANGED or not verb.endswith("s"):
        return verb
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith("ies"):
        return verb[:-3] + "y"
    if verb.endswith(("sses", "shes", "ches", "xes")):
        return verb[:-2]
    return verb[:-1]


def long_date(day: dt.date) -> str:
    """“3 March 2026”."""
    return f"{day.day} {day:%B %Y}"


def short_date(day: dt.date, style: int) -> str:
    """One of the ways in which plans write dates: long, dotted, slashed."""
    return (long_date(day), f"{day:%d.%m.%Y}", f"{day:%d/%m/%Y}")[style % 3]


def first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def first_lower(text: str) -> str:
    return text[:1].lower() + text[1:]
