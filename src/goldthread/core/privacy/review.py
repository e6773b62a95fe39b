"""The list that a person reads before a document is passed on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from goldthread.core.plan.document import Location

COLUMNS = ("file", "what", "kind", "how sure", "replaced by", "part", "page", "table", "row",
           "paragraph")  # fmt: skip
WORDS = ("words", "around", "file as given")
"""Columns that only the list for the person who holds the original has."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One stretch that was replaced or is to be looked at; `words` are personal data."""

    file: str
    kind: str
    sure: str
    by: str
    part: str
    location: Location
    words: str
    around: str = ""

    def row(self, source: str = "") -> Mapping[str, object]:
        """A row of the list; with the name the file had also with the words that stood there."""
        place = self.location
        row: dict[str, object] = {
            "file": self.file, "what": "replaced" if self.by else "look at this",
            "kind": self.kind, "how sure": self.sure, "replaced by": self.by, "part": self.part,
            "page": place.page, "table": place.table, "row": place.row,
            "paragraph": place.paragraph,
        }  # fmt: skip
        more = {"words": self.words, "around": self.around, "file as given": source}
        return row | (more if source else {})


def counts(entries: Iterable[Entry]) -> Counter[str]:
    """How many were replaced, and how many are to be looked at."""
    return Counter("replaced" if entry.by else "look" for entry in entries)
