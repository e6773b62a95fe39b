"""Lists: what label the next item of each has."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from goldthread.readers.docx.names import VAL, W, whole

LEVELS = 9
PLACE = re.compile("%([1-9])")
SPELLED = 3000
"""Numbers above it are never written in letters or Roman numerals: a hostile file might ask."""
ROMAN = (("m", 1000), ("cm", 900), ("d", 500), ("cd", 400), ("c", 100), ("xc", 90),
         ("l", 50), ("xl", 40), ("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1))  # fmt: skip

Number = tuple[str, int]
"""numId and level of a list item."""


@dataclass(frozen=True, slots=True)
class Level:
    form: str = "bullet"
    text: str = "•"
    start: int = 1


UNKNOWN = Level()


@dataclass(frozen=True, slots=True)
class Kinds:
    """The lists that a file describes; shared by all documents with the same description."""

    levels: dict[Number, Level] = field(default_factory=dict)
    counted: dict[str, str] = field(default_factory=dict)
    """numId -> the list whose count it goes on with."""
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    """numId -> the numbers it begins with anew, by level."""


class Lists:
    """Counts on as a document is walked."""

    def __init__(self, kinds: Kinds) -> None:
        self._kinds = kinds
        self._counts: dict[str, list[int]] = {}
        self._begun: set[str] = set()

    def label(self, number: Number) -> str:
        """The next label of that list: “1.”, “(a)”, “•”."""
        level = self._kinds.levels.get(number, UNKNOWN)
        if level.form == "bullet":
            return "•"
        name, depth = number
        counts = self._counts.setdefault(self._kinds.counted.get(name, name), [])
        again = self._kinds.restarts.get(name, {}) if name not in self._begun else {}
        self._begun.add(name)
        del counts[depth + 1 :]
        while len(counts) < depth:
            counts.append(self._level(name, len(counts)).start)
        if depth in again:
            counts[depth:] = [again[depth]]
        else:
            counts[depth:] = [counts[depth] + 1 if len(counts) > depth else level.start]
        return PLACE.sub(lambda m: self._part(name, int(m[1]) - 1, counts), level.text)

    def _level(self, name: str, depth: int) -> Level:
        return self._kinds.levels.get((name, depth), Level("decimal", ""))

    def _part(self, name: str, depth: int, counts: list[int]) -> str:
        level = self._level(name, depth)
        return written(counts[depth] if depth < len(counts) else level.start, level.form)


def written(count: int, form: str) -> str:
    """A number as a list writes it: 2 as “2”, “b”, “B”, “ii”, “02”."""
    if form == "none":
        return ""
    if form == "decimalZero":
        return f"{count:02}"
    if 0 < count <= SPELLED and form.endswith("Letter"):
        letter = chr(97 + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if 0 < count <= SPELLED and form.endswith("Roman"):
        return _roman(count).upper() if form == "upperRoman" else _roman(count)
    return str(count)


def _roman(count: int) -> str:
    letters = ""
    for letter, value in ROMAN:
        letters += letter * (count // value)
        count %= value
    return letters


def read_kinds(root: etree._Element | None) -> Kinds:
    """The lists of word/numbering.xml."""
    kinds = Kinds()
    if root is None:
        return kinds
    abstracts = {a.get(W + "abstractNumId"): a for a in root.iter(W + "abstractNum")}
    shared = {k: {i: _level(e) for i, e in _numbered(a, "lvl")} for k, a in abstracts.items()}
    for number in root.iter(W + "num"):
        kind = number.find(W + "abstractNumId")
        key = None if kind is None else kind.get(VAL)
        name = number.get(W + "numId", "")
        levels = dict(shared.get(key, {}))
        for index, override in _numbered(number, "lvlOverride"):
            again, own = override.find(W + "startOverride"), override.find(W + "lvl")
            if own is not None:
                levels[index] = _level(own)
            if again is not None:
                start = whole(again.get(VAL), 1, 10**6)
                kinds.restarts.setdefault(name, {})[index] = start
        kinds.levels.update({(name, index): level for index, level in levels.items()})
        kinds.counted[name] = f"kind {key}"
    return kinds


def _numbered(node: etree._Element, name: str) -> list[tuple[int, etree._Element]]:
    return [(whole(e.get(W + "ilvl"), 0, LEVELS - 1), e) for e in node.findall(W + name)]


def _level(level: etree._Element) -> Level:
    def value(name: str, default: str) -> str:
        found = level.find(W + name)
        return default if found is None else found.get(VAL, default)

    start = whole(value("start", "1"), 1, 10**6)
    return Level(value("numFmt", "decimal"), value("lvlText", "%1.")[:40], start)
