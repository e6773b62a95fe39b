"""Numbers and labels of items, what they name, and what is no item at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from goldthread.core.parsing.layouts import Layouts
from goldthread.core.parsing.plain import plain

_LABEL = re.compile(
    r"^\W{0,3}(?:(?P<word>outcome|need|provision|target|aim|objective|area)\s*(?:number|no\.?)?\s*"
    r"(?P<of>\d{1,2}(?:\.\d{1,2})?[a-z]?)|(?P<code>[A-H][12]?[.\-]?\d{1,2}(?:\.\d{1,2})?)"
    r"|(?P<bare>\d{1,2}(?:\.\d{1,2})*)(?=[.):]|\s+(?-i:[A-Z])))\s*[.):\-–—]*(?=\s|$)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?P<word>outcome|need|provision|target|aspiration|aim)s?\s*(?:numbers?|nos?\.?)?\s*"
    r"(?P<list>\d{1,2}(?:\.\d{1,2})?[a-z]?\b(?:\s*(?:,|and|&)\s*\d{1,2}(?:\.\d{1,2})?\b)*)"
    r"(?!\s*(?:%|per|minutes?|hours?|weeks?|days?|months?|years?|times|out|in\b|of\b))",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?<![\w/])([B-H](?:[12]?[.\-]\d{1,2}|\d{1,2}))(?![\w/])")
_NUMBERS = re.compile(
    r"^\W*(?:(?:no\.?|numbers?)\s*)?(\d{1,2}(?:\.\d{1,2})?[a-z]?"
    r"(?:(?:[\s,;&]|and)+\d{1,2}(?:\.\d{1,2})?[a-z]?)*)\W*$"
)
_NAMES = ("outcome", "need", "provision", "target", "aspiration", "aim")
_CODED = re.compile(r"[B-H][\d.\-]")
_ONE = re.compile(r"\d{1,2}(?:\.\d{1,2})?[a-z]?")
_BRACKETED = re.compile(r"^\s*[\[<{«(].*[\])>}»]\s*\.?$", re.DOTALL)
_DELETE = re.compile(r"\bdelete (?:if|as|where) (?:not )?\w+", re.IGNORECASE)
_OPENS = frozenset("[<{«(")
_TEMPLATE = ("click", "enter", "choose", "insert")
_INSTRUCTIONS = ("click or tap", "click here", "enter text", "choose an item", "insert ")
_DIGIT = re.compile(r"\d")
_FILLERS = re.compile(r"^[\s._…\-–—xX/☐□]*$")
_SECTIONS = frozenset(("H1", "H2"))


def label_of(text: str, bullet: str = "") -> tuple[str, int]:
    """(the number or label at the beginning, where the text after it begins)."""
    found = _LABEL.match(text)
    if found is None:
        number = bullet.strip(" .():\t")
        return (number if number[:1].isalnum() and len(number) <= 5 else ""), 0
    if found["word"]:
        return f"{found['word'].capitalize()} {found['of']}", found.end()
    code = found["code"]
    if code is not None:
        return (code, found.end()) if code[0].isupper() and code not in _SECTIONS else ("", 0)
    return found["bare"], found.end()


def links_of(text: str, skip: int, parts: dict[str, str]) -> tuple[str, ...]:
    """Items that `text` names after its own label, as written: “Outcome 2”, “E1”."""
    found = dict.fromkeys(_named(text, skip))
    for role in ("need", "outcome"):
        said = parts.get(role, "")
        numbers = _NUMBERS.match(said) if said else None
        if numbers is not None:
            word = role.capitalize()
            found |= dict.fromkeys(f"{word} {n}" for n in _ONE.findall(numbers[1]))
    return tuple(found)


def _named(text: str, skip: int) -> Iterator[str]:
    if _DIGIT.search(text, skip) is None:
        return
    low = text.lower()
    for match in _NAMED.finditer(text, skip) if any(w in low for w in _NAMES) else ():
        word = match["word"].capitalize()
        yield from (f"{word} {n}" for n in _ONE.findall(match["list"]))
    for match in _CODE.finditer(text, skip) if _CODED.search(text, skip) else ():
        if match[1] not in _SECTIONS:
            yield match[1]


def is_nothing(text: str, layouts: Layouts) -> bool:
    """“N/A”, “None identified”, dashes, or a sentence that says there is nothing."""
    if _FILLERS.match(text):
        return True
    if len(text) > 60:
        begins = plain(text[:40]).startswith(layouts.nil_begins)
        return begins and len(text) <= 400 and _says_nothing(plain(text))
    key = plain(text)
    if key in layouts.nils:
        return True
    return (key + " ").startswith(layouts.nil_begins) and _says_nothing(key)


_NEGATED = re.compile(
    r"^(?:there (?:are|is) )?(?:no|none|not)\b.*\b(?:needs?|provision|identified|needed|required|"
    r"known|involvement|budget|concerns?|requested|applicable|time|service|services|support|"
    r"diagnos\w+|asked)\b"
)


def _says_nothing(key: str) -> bool:
    return len(key.split()) <= 45 and bool(_NEGATED.match(key))


def is_placeholder(text: str, layouts: Layouts) -> bool:
    """An instruction or gap of the template: “[insert needs]”, “<name>”, “Click here to enter”."""
    if "elete " in text and _DELETE.search(text):
        return True
    first = text.lstrip()[:7].lower()
    if first[:1] in _OPENS and _BRACKETED.match(text):
        return first[0] != "(" or plain(text).startswith(layouts.placeholder_begins)
    return first.startswith(_TEMPLATE) and plain(text).startswith(_INSTRUCTIONS)
