"""Finds every word of every lexicon in one pass over a text (Aho-Corasick).

One pass costs the same for one list as for fifty, which is what makes 46 checks cheap.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import ahocorasick

from goldthread.core.framework.lexicon import Lexicon

PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "–": "-",
                       "—": "-", "\u00a0": " ", "\n": " ", "\t": " "})  # fmt: skip
"""One character for one, so that offsets stay true."""


def plain(text: str) -> str:
    """Lower case, with straight quotes and hyphens; as long as `text`."""
    lowered = text.lower()
    if len(lowered) != len(text):  # “İ” becomes two characters
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lowered.translate(PLAIN)


class Hit(NamedTuple):
    """A term found: offsets in the text, the term as the lexicon has it, its group."""

    start: int
    end: int
    term: str
    group: str = ""


class Hits:
    """What was found in one text, by lexicon, in order; of two that overlap the longer stays."""

    __slots__ = ("_found", "_starts", "text")

    def __init__(self, text: str, found: Mapping[str, list[Hit]]) -> None:
        self.text = text
        """The plain text that was searched."""
        self._found = found
        self._starts = {name: [h.start for h in hits] for name, hits in found.items()}

    def of(self, lexicon: str) -> list[Hit]:
        return self._found.get(lexicon, [])

    def within(self, lexicon: str, start: int, end: int) -> list[Hit]:
        """Those that begin in [start, end)."""
        starts = self._starts.get(lexicon)
        if not starts:
            return []
        return self._found[lexicon][bisect_left(starts, start) : bisect_left(starts, end)]

    def any(self, lexicon: str, start: int, end: int) -> bool:
        starts = self._starts.get(lexicon)
        if not starts:
            return False
        at = bisect_left(starts, start)
        return at < len(starts) and starts[at] < end


class Words:
    """All lexicons, compiled."""

    def __init__(self, lexicons: Iterable[Lexicon]) -> None:
        self._automaton = ahocorasick.Automaton()
        lexicons = tuple(lexicons)
        self.lists = {x.id: dict(_terms(x)) for x in lexicons if not x.scanned}
        """Lexicons that are looked up and not searched for: id -> term -> group."""
        for key, uses in _entries(x for x in lexicons if x.scanned).items():
            self._automaton.add_word(key, (len(key), uses))
        self._automaton.make_automaton()

    def scan(self, text: str) -> Hits:
        """Every term of every lexicon in `text`."""
        low = plain(text)
        found: dict[str, list[Hit]] = {}
        if not len(self._automaton):
            return Hits(low, found)
        size = len(low)
        for last, (length, uses) in self._automaton.iter(low):
            start = last - length + 1
            if start and low[start - 1].isalnum():
                continue
            end = last + 1
            whole = end == size or not low[end].isalnum()
            for lexicon, term, group, open_ended in uses:
                if whole:
                    _keep(found.setdefault(lexicon, []), Hit(start, end, term, group))
                elif open_ended:
                    _keep(
                        found.setdefault(lexicon, []), Hit(start, _word_end(low, end), term, group)
                    )
        return Hits(low, found)


def _entries(
    lexicons: Iterable[Lexicon],
) -> dict[str, list[tuple[str, str, str, bool]]]:
    entries: dict[str, list[tuple[str, str, str, bool]]] = {}
    for lexicon in lexicons:
        for term, group in _terms(lexicon):
            open_ended = term.endswith("*")
            key = plain(term.removesuffix("*"))
            for form in {key, key.replace(" ", "-")}:
                entries.setdefault(form, []).append((lexicon.id, term, group, open_ended))
    return entries


def _terms(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    yield from ((term, "") for term in lexicon.terms)
    for group, terms in lexicon.groups.items():
        yield from ((term, group) for term in terms)


def _keep(hits: list[Hit], hit: Hit) -> None:
    """Adds `hit`, unless a longer one covers it; drops shorter ones that it covers."""
    if not hits or hits[-1].end <= hit.start:
        hits.append(hit)
        return
    while hits and hits[-1].start >= hit.start and hits[-1].end <= hit.end:
        if (hits[-1].start, hits[-1].end) == (hit.start, hit.end) and hits[-1].group != hit.group:
            break
        hits.pop()
    if hits and hits[-1].end >= hit.end and hits[-1].start < hit.start:
        return
    if hits and hits[-1].start > hit.start:  # overlaps from the left: keep order by start
        hits.insert(len(hits) - 1, hit)
        return
    hits.append(hit)


def _word_end(text: str, at: int) -> int:
    while at < len(text) and text[at].isalnum():
        at += 1
    return at
