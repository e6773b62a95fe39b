"""Is this paragraph a heading, and of what?"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from string import digits

from goldthread.core.parsing.layouts import Layouts, Title
from goldthread.core.parsing.plain import plain
from goldthread.core.plan.document import Paragraph

DIGITS_AND_SPACE = f"{digits} "
NUMBERED = f"{digits}:. ab"
OPENING = f"“‘'\"([☐☒{digits}"
"""What a heading that is no sentence may begin with."""
LONGEST = 130
"""Letters of a heading that takes a paragraph for itself."""
_LETTERED = re.compile(
    r"^[^\w(\[]*(?:\d+(?:\.\d+)*[.):]?\s+)?(?:(?P<word>section|sect\.|part)\s*)?"
    r"(?P<open>[(\[])?\s*(?P<letter>[A-K])(?:\s?(?P<digit>[12])(?!\d|\.\d))?\s*[)\]]?"
    r"(?P<sep>\s*[:.\-–—|/]+\s*|\s+|$|(?<=[)\]]))",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"^\W*(?P<word>sections?\s*)?(?P<first>[A-K][12]?)"
    r"(?P<more>(?:\s*(?:,|/|\+|&|and)\s*(?:section\s*)?[A-K][12]?(?![a-z]))+)(?P<sep>\W*)",
    re.IGNORECASE,
)
_ONE_OF_MANY = re.compile(r"(?<![a-z])([A-K][12]?)(?![a-z])", re.IGNORECASE)
_RANGE = re.compile(r"^(?:to|and|or)\b|^[A-K][12]?\s*$|^\d", re.IGNORECASE)
_BEYOND = re.compile(r"^\W*(?i:section)\s*([L-Z])\b(?=\s*(?:[:.\-–—|]|$|\s[A-Z]))")
_NUMBER = re.compile(
    r"^\W*(?:part\s+)?(?:\d+(?:\.\d+)*|one|two|three|four|five|six|seven|eight|nine|ten)"
    r"\s*[.):\-–—]?\s+(?:[:\-–—]\s*)?",
    re.IGNORECASE,
)
_LEADER = re.compile(r"(?:\.{3,}|…|·{3,}|_{3,}|\t)\s*\d{1,3}$")
_BLOCK = re.compile(
    r"^\W*(?:(?:provision|support|needs?|steps?)\s+(?:for|to meet|towards)\s+)?"
    r"(outcome|need|aim|target|provision)\s*(?:number|no\.?)?\s*(\d{1,2}[a-z]?)\W*$",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"^\W*signed\s*(?:$|[:._…]|(?:for|by|on behalf|and dated)\b)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?][”’\"')]*\s+(?=[“‘\"'(]?[A-Z])")
_OWNER = re.compile(r"^(?:the\s+)?[\w\-]+(?:\s[\w\-]+)?(?:[’']s|s[’'])\s+", re.IGNORECASE)
_FIRST = frozenset("ABCDEFGHIJKSsPp")
_DIGITS = {"A": "12", "C": "12", "D": "12", "H": "12"}
"""Sub-letters that templates use for sections; “B1” or “E2” is the number of an item."""


@dataclass(frozen=True, slots=True)
class Heading:
    kind: str
    """section · subtitle (the title below a letter) · many (several sections under one) · area ·
    extra · explainer · banner · strengths · needs · sub · block (“Outcome 2”)."""
    title: str
    letter: str = ""
    found_by: str = ""
    confidence: float = 0.0
    area: str = ""
    """Area of need that it names besides the section."""
    end: int = 0
    """Where the heading ends when text runs on in the same paragraph, else 0."""
    letters: tuple[str, ...] = ()
    clash: str = ""
    """Letter that the title means, where that is another than the letter written."""
    sub: bool = False
    """A1, C2, D1: part of a section."""


def heading_of(p: Paragraph, layouts: Layouts) -> Heading | None:
    """What `p` is a heading of; None for text."""
    text = p.text
    if not text or _LEADER.search(text[-24:]):
        return None
    first = text[0]
    found = _LETTERED.match(text) if first in _FIRST or not first.isalpha() else None
    if found is not None and _is_sentence(found, text):
        found = None
    if found is not None or text[:9].lower().lstrip().startswith("sections"):
        listed = any(c in ",/&+" for c in text[:16]) or " and " in text[:24]
        many = _MANY.match(text) if listed else None
        heading = _many(many, p, layouts) if many else None
        if heading is None and found is not None:
            heading = _lettered(found, p, layouts)
        if heading is not None:
            return heading
    if len(text) > LONGEST:
        return None
    if (first in "Ss" or not first.isalpha()) and (_SIGNED.match(text) or _BEYOND.match(text)):
        return Heading("extra", text)
    return _titled(p, layouts)


def _is_sentence(m: re.Match[str], text: str) -> bool:
    """“A therapist will …”, “I like …”: a lone letter that begins a sentence."""
    if m["word"] or m["open"] or m["sep"].strip():
        return False
    return len(text) > m.end() and not text[m.end()].isupper() and not m["digit"]


def looks_like_heading(p: Paragraph) -> bool:
    """By form alone: style, bold, capitals, or a short label that ends with a colon."""
    text = p.text
    if len(text) > LONGEST or not text.strip():
        return False
    if p.heading:
        return True
    if text.endswith(":") and len(text) <= 60 and p.bullet == "":
        return True
    closed = text.endswith((".", "!", "?", ";", ","))
    return not closed and not p.bullet and (p.bold or (text.isupper() and len(text) > 3))


def area_of(key: str, layouts: Layouts) -> str:
    """The area of need that a heading (made plain) is the name of; “” for none."""
    names = layouts.area_names
    found = names.get(key)
    if found is not None:
        return found
    if key.startswith(layouts.area_prefixes):
        for prefix in (x for x in layouts.area_prefixes if key.startswith(x)):
            rest = key[len(prefix) :].lstrip(DIGITS_AND_SPACE)
            return names.get(rest, "")
    return names.get(key.lstrip(DIGITS_AND_SPACE), "")


def area_in(key: str, layouts: Layouts) -> str:
    """The area named anywhere in a heading (made plain), by a name of two words or more."""
    for name, area in layouts.long_area_names:
        if name in key:
            return area
    return ""


def title_of(text: str, layouts: Layouts, key: str = "") -> Title | None:
    """What the words of a heading mean, whoever's needs or views they speak of.

    `key`: the text made plain, where that was done already.
    """
    key = (key or plain(text)).removesuffix(" continued")
    found = _look_up(key, layouts)
    if found is None and key[-1:].isdigit():  # a contents page's number
        found = _look_up(key.rstrip(digits).rstrip(), layouts)
    if found is None and ("’" in text or "'" in text):
        owner = _OWNER.match(text)
        if owner is not None:
            rest = plain(text[owner.end() :])
            found = _look_up(f"my {rest}", layouts) or _look_up(rest, layouts)
    return found


def _look_up(key: str, layouts: Layouts) -> Title | None:
    found = layouts.exact_titles.get(key)
    if found is not None:
        return found
    first, _, rest = key.partition(" ")
    opened = _opening(key, first, layouts)
    if first in ("the", "any", "our", "my"):
        bare = _opening(rest, rest.partition(" ")[0], layouts)
        if bare is not None and (opened is None or bare.words + 1 > opened.words):
            return bare._replace(words=bare.words + 1)
        if opened is None and first != "my":
            return layouts.exact_titles.get(rest)
    return opened


def _opening(key: str, first: str, layouts: Layouts) -> Title | None:
    """The longest title that `key` begins with."""
    for name, title in layouts.openings.get(first, ()):
        if key.startswith(name) and key[len(name) : len(name) + 1] in ("", " "):
            return title
    return None


# --- With a letter --------------------------------------------------------------------------------


def _lettered(m: re.Match[str], p: Paragraph, layouts: Layouts) -> Heading | None:
    letter, digit, word = m["letter"], m["digit"] or "", bool(m["word"])
    if not word and letter.islower():
        return None
    letter = letter.upper()
    rest = p.text[m.end() :].strip()
    if _RANGE.match(rest):
        return None
    if digit and digit not in _DIGITS.get(letter, ""):
        return _area_number(letter, rest, word, p, layouts)
    hard = bool(m["open"]) or any(c in ":-–—|/." for c in m["sep"])
    told = title_of(rest[:200], layouts) if rest else None
    full = letter + digit if letter == "H" else letter
    confidence, clash = _confidence(full, rest, told, word, hard, p, layouts)
    if not confidence or (digit and letter != "H" and not (word or told or _formatted(p))):
        return None
    end = _run_in(p, m.end(), told if told and not clash else None)
    return Heading(
        "section",
        p.text[: end or None].strip(" :\t"),
        full,
        "letter",
        confidence,
        area=area_in(plain(rest), layouts) if letter in "BEF" and not end else "",
        end=end,
        clash=clash,
        sub=bool(digit) and letter != "H",
    )


def _confidence(
    letter: str, rest: str, told: Title | None, word: bool, hard: bool, p: Paragraph,
    layouts: Layouts,
) -> tuple[float, str]:  # fmt: skip
    """(how sure we are, letter that the title means instead or “”); 0 means no heading."""
    if not rest:
        return (0.95 if word else 0.75 if hard or _formatted(p) else 0.5), ""
    if told is not None and told.kind == "section":
        if _same(letter, told.letter) or _is_name(letter, rest, layouts):
            return (0.99 if word else 0.97), ""
        if word or hard:
            return (0.6 if word else 0.45), told.letter if told.sure >= 0.9 else ""
        return 0.0, ""
    return _untitled(rest, word, hard, p), ""


def _untitled(rest: str, word: bool, hard: bool, p: Paragraph) -> float:
    """The letter is there, but the words after it are none that we know."""
    formatted = _formatted(p)
    proper = rest[:1].isupper() or rest[:1] in OPENING
    short = len(p.text) <= 90 and not rest.endswith(".")
    if word and hard:
        return 0.85 if proper or formatted else 0.0
    if word:
        return 0.75 if formatted or (proper and short) else 0.0
    return 0.6 if hard and formatted and short and not p.bullet else 0.0


def _same(letter: str, other: str) -> bool:
    return letter == other or (letter[0] == other[0] == "H")


def _is_name(letter: str, rest: str, layouts: Layouts) -> bool:
    return plain(rest) in layouts.letter_names.get(letter, frozenset())


def _formatted(p: Paragraph) -> bool:
    return bool(p.heading or p.bold) or (p.text.isupper() and len(p.text) > 1)


def _area_number(
    letter: str, rest: str, word: bool, p: Paragraph, layouts: Layouts
) -> Heading | None:
    """“B1 Communication and interaction” opens an area of B; “B1 Amara has …” is an item."""
    area = area_of(plain(rest), layouts) if rest and len(rest) <= 80 else ""
    if not area:
        return None
    return Heading("section", p.text, letter, "letter", 0.9, area=area, sub=True)


def _run_in(p: Paragraph, begin: int, told: Title | None) -> int:
    """Where a heading ends inside its paragraph; 0 when it fills the paragraph."""
    text = p.text
    for mark in p.marks:
        if mark.kind == "bold" and mark.start <= begin and begin <= mark.end < len(text) - 1:
            return mark.end
    tail = text[begin:]
    sentences = bool(_SENTENCE_END.search(tail)) or (
        tail.endswith((".", "!", "?")) and len(tail.split()) > (12 if told else 1)
    )
    if not sentences and (len(text) <= 160 or (told is None and len(text) <= 90)):
        return 0
    if told is None:
        return begin if tail else 0
    last = begin
    for number, match in enumerate(re.finditer(r"\S+", tail), 1):
        last = begin + match.end()
        if number >= told.words:
            break
    colon = re.match(r"[^.:]{0,110}?(?::|\s[–—-]|\.(?=\s))\s*", text[last:])
    return last + (colon.end() if colon else 0)


def _many(m: re.Match[str], p: Paragraph, layouts: Layouts) -> Heading | None:
    """“Sections B, F and E: Communication”: one heading over several sections."""
    head = m["first"] + m["more"]
    if not m["word"] and not all(c.isupper() or not c.isalpha() for c in m["first"]):
        return None
    if not m["word"] and "and" not in m["more"].lower() and not any(c in "/,&+" for c in m["more"]):
        return None
    letters = tuple(dict.fromkeys(x.upper() for x in _ONE_OF_MANY.findall(head)))
    rest = p.text[m.end() :]
    if len(p.text) > LONGEST or len(letters) < 2 or (rest and not _introduces(m, rest, p)):
        return None
    if set(letters) == {"H1", "H2"}:
        return Heading("section", p.text, "H", "letter", 0.9)
    if len({x[0] for x in letters}) == 1:
        return Heading("section", p.text, letters[0][0], "letter", 0.9)
    area = area_in(plain(rest), layouts)
    return Heading("many", p.text, letters=letters, area=area, found_by="banner", confidence=0.7)


def _introduces(m: re.Match[str], rest: str, p: Paragraph) -> bool:
    """A title follows, not the rest of a sentence."""
    return bool(m["sep"].strip()) or _formatted(p) or (rest[:1].isupper() and "." not in rest)


# --- By title -------------------------------------------------------------------------------------


def _titled(p: Paragraph, layouts: Layouts) -> Heading | None:
    text = p.text
    if not p.heading and (text[-1] in ".;,!?" or p.bullet in ("•", "-", "–", "o", "▪", "*")):
        return None
    number = _NUMBER.match(text)
    bare = text[number.end() :] if number else text
    block = _BLOCK.match(text) if number or text[-3:] != text[-3:].strip(NUMBERED) else None
    if block is not None:
        return Heading("block", text, letters=(f"{block[1].capitalize()} {block[2].lower()}",))
    key = plain(bare)
    area = area_of(key, layouts)
    told = title_of(bare, layouts, key)
    if area and (told is None or told.kind in ("banner", "sub")):
        return Heading("area", text, area=area, confidence=0.9)
    if told is None:
        return _over_area(text, layouts) or _area_banner(p, key, layouts)
    return _as_heading(p, key, told, layouts)


def _as_heading(p: Paragraph, key: str, told: Title, layouts: Layouts) -> Heading | None:
    exact = told.words >= len(key.split())
    if not exact and not (looks_like_heading(p) or len(key.split()) <= 14):
        return None
    if told.kind != "section":
        return Heading(told.kind, p.text, confidence=told.sure)
    sure = told.sure - (0 if looks_like_heading(p) else 0.05) - (0 if exact else 0.03)
    area = area_in(key, layouts) if told.letter in "BEF" else ""
    return Heading("section", p.text, told.letter, "title", round(sure, 3), area=area)


def _over_area(text: str, layouts: Layouts) -> Heading | None:
    """“Outcomes and support plan: Cognition and learning”, or the other way round."""
    left, colon, right = text.partition(":")
    if not colon or not right.strip():
        return None
    for banner, named in ((left, right), (right, left)):
        told, area = title_of(banner, layouts), area_of(plain(named), layouts)
        if area and told is not None and told.kind == "banner":
            return Heading("banner", text, area=area)
    return None


def _area_banner(p: Paragraph, key: str, layouts: Layouts) -> Heading | None:
    """A longer heading that names an area: “Area 2 – Cognition and learning: plan of support”."""
    if not looks_like_heading(p) or len(key.split()) > 12:
        return None
    area = area_in(key, layouts)
    return Heading("area", p.text, area=area, confidence=0.7) if area else None


def demoted(heading: Heading) -> Heading:
    """The same words as a heading inside a section."""
    return replace(heading, kind="sub", letter="")
