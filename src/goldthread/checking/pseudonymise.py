"""Files with pseudonyms in place of names: reads all of a run, then writes each anew in memory."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from goldthread.checking import pseudonymise_docx as word
from goldthread.core.checks.names import strangers
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.words import Words
from goldthread.core.parsing.parse import parse
from goldthread.core.plan.document import Location, Paragraph, ReadingError
from goldthread.core.plan.plan import Plan
from goldthread.core.privacy.cast import Member, Pseudonyms, cast_of, with_found
from goldthread.core.privacy.folding import fold
from goldthread.core.privacy.identifiers import Span
from goldthread.core.privacy.people import Found, find_people
from goldthread.core.privacy.replacing import Finder, make_finder
from goldthread.core.privacy.review import Entry
from goldthread.core.privacy.wording import Lists
from goldthread.readers.documents import read_document
from goldthread.readers.docx.package import Package
from goldthread.readers.frameworks import shared_framework
from goldthread.readers.layouts import shared_layouts
from goldthread.readers.names_extra import more_names
from goldthread.readers.privacy import shared_lists

Recogniser = Callable[[str], Iterable[Span]]
STEMS = {"plan": "plan", "advice": "advice", "review": "review", "other": "document"}
NOTE = (
    "Taken from {0} as plain text: layout, headers, footers and pictures are left out. Names were "
    "replaced to reduce the risk that somebody is recognised; read it before you pass it on."
)
NAMELESS = (
    "No child's name was found on its front page, so the child's name may still stand in it: look "
    "for it before you pass it on."
)
SCANNED = "Its letters were recognised from pictures: a name that was misread was not replaced."


@dataclass(frozen=True)
class Source:
    """A file as it was given."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Made:
    """A file to write: `source` is the name it had; `left` counts replaced words found again."""

    source: str
    name: str
    data: bytes
    entries: tuple[Entry, ...]
    notes: tuple[str, ...]
    left: int


@dataclass(frozen=True)
class Refused:
    """A file that could not be read, and why, in one sentence."""

    source: str
    sentence: str


@dataclass
class _Read:
    source: Source
    plan: Plan
    text: str
    """All text of the file, folded."""
    stories: list[word.Story] = field(default_factory=list)
    package: Package | None = None
    members: list[Member] = field(default_factory=list)
    doubtful: tuple[str, ...] = ()


def pseudonymise(
    sources: Sequence[Source],
    today: dt.date,
    *,
    seed: str = "",
    as_text: bool = False,
    recogniser: Recogniser = more_names,
) -> tuple[list[Made], list[Refused]]:
    """All of `sources` as one run, in which a person has one pseudonym; nothing is written.

    `recogniser` gives further names in a text. A file that cannot be read gives Refused.
    """
    lists = shared_lists()
    reads: list[_Read] = []
    refused: list[Refused] = []
    for source in sources:
        try:
            reads.append(_read(source, lists, today, recogniser))
        except ReadingError as error:
            refused.append(Refused(source.name, str(error)))
    pseudonyms = Pseudonyms(lists.labels, seed)
    for read in reads:
        pseudonyms.meet_all(read.members)
    numbers: Counter[str] = Counter()
    return [_made(r, reads, pseudonyms, lists, numbers, as_text) for r in reads], refused


def _read(source: Source, lists: Lists, today: dt.date, recogniser: Recogniser) -> _Read:
    document = read_document(source.data, source.name)
    plan = parse(document, shared_layouts())
    read = _Read(source, plan, "")
    if document.kind == "docx":
        read.package = Package(source.data, source.name)
        read.stories = word.stories(read.package)
        raw = "\n".join(text for story in read.stories for text, _ in story.views())
    else:
        raw = "\n".join(p.text for p in _lines(plan))
    read.text = fold(raw).text
    sure, read.doubtful = _strangers(plan, today)
    found = [*find_people(read.text, lists), *sure]
    read.members = with_found(cast_of(plan, lists), found, read.text, recogniser(read.text))
    return read


def _strangers(plan: Plan, today: dt.date) -> tuple[list[Found], tuple[str, ...]]:
    """Names that the checks find in the wrong place: sure ones, and those that may be words."""
    found = strangers(Subject(plan, _words(), today, "unknown"))
    sure = [Found(s.name, "person") for s in found if s.strength != "perhaps"]
    return sure, tuple(fold(s.name).text for s in found if s.strength == "perhaps")


_WORDS: list[Words] = []


def _words() -> Words:
    """The lexicons, compiled once a process."""
    if not _WORDS:
        _WORDS.append(Words(shared_framework().lexicons))
    return _WORDS[0]


def _made(
    read: _Read,
    reads: Sequence[_Read],
    pseudonyms: Pseudonyms,
    lists: Lists,
    numbers: Counter[str],
    as_text: bool,
) -> Made:
    others = [m for other in reads if other is not read for m in other.members]
    born = [o.plan.facts.child.born for o in reads]
    days = [b.day for b in born if b is not None and b.exact]
    finder = make_finder(read.members, others, pseudonyms, lists, read.text, days, read.doubtful)
    stem = STEMS[read.plan.kind]
    numbers[stem] += 1
    ending = "docx" if read.package and not as_text else "txt"
    name = f"{stem}-{numbers[stem]}.{ending}"
    said = [] if any(m.role == "child" for m in read.members) else [NAMELESS]
    said += [SCANNED] if read.plan.document.kind == "scan" else []
    if read.package is not None and not as_text:
        data, entries = _word_file(read, read.package, finder, pseudonyms, name, said)
    else:
        data, entries = _text_file(read, finder, name, said)
    words = {e.words for e in entries if e.by and e.sure == "sure" and len(e.words) > 3}
    return Made(
        read.source.name, name, data, tuple(entries), tuple(said), word.left_in(data, words)
    )


def _word_file(
    read: _Read,
    package: Package,
    finder: Finder,
    pseudonyms: Pseudonyms,
    name: str,
    said: list[str],
) -> tuple[bytes, list[Entry]]:
    places = {p.ordinal: p.location for p in read.plan.document.paragraphs if p.ordinal is not None}
    entries: list[Entry] = []
    changed = {}

    def author(written: str) -> str:
        pseudonyms.meet(Member(written, "author"))
        return pseudonyms.of(written, "author")

    for story in read.stories:
        entries += word.rewrite_story(story, finder.spans, name, places)
        changed[story.part] = story.root
    for part in word.xml_parts(package):
        root = package.xml(part)
        if root is not None:
            changed[part] = root
    for part, root in changed.items():
        word.clean_part(part, root, finder.names, author)
    return word.packed(read.source.data, package, changed, said), entries


def _lines(plan: Plan) -> tuple[Paragraph, ...]:
    return (*plan.document.paragraphs, *plan.document.margins)


def _text_file(
    read: _Read, finder: Finder, name: str, said: list[str]
) -> tuple[bytes, list[Entry]]:
    document = read.plan.document
    kinds = {"docx": "a Word file", "pdf": "a PDF", "scan": "a scan", "text": "a text"}
    entries, text = [], document.text
    for span in reversed(finder.spans(text)):
        place = _place(document.paragraphs, span.start)
        around = " ".join(text[max(0, span.start - 30) : span.end + 30].split())
        words = document.text[span.start : span.end]
        entries.append(Entry(name, span.kind, span.sure, span.by, "body", place, words, around))
        if span.by:
            text = text[: span.start] + span.by + text[span.end :]
    note = NOTE.format(kinds[document.kind])
    said.append(note)
    return f"{note}\n\n{text}\n".encode(), entries[::-1]


def _place(paragraphs: Sequence[Paragraph], offset: int) -> Location:
    held = [p for p in paragraphs if p.start <= offset]
    return held[-1].location if held else Location()
