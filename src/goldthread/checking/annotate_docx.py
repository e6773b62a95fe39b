"""The same Word file back, with a margin comment at each finding.

Only the text part, the comments part and the two lists that name parts are written anew; every
other part goes over byte for byte. It stands here because it needs both what a check says and how
Word files are read: a comment must begin where the reader saw the words.
"""

from __future__ import annotations

import copy
import io
import posixpath
import zipfile
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from lxml import etree

from goldthread.checking.docx_stretch import stretch
from goldthread.core.report.check_record import CheckRecord, FindingRecord, QuoteRecord
from goldthread.readers.docx import body_of, styles_of
from goldthread.readers.docx import names as n
from goldthread.readers.docx.package import KINDS, REL, STRICT, TYPES, Package
from goldthread.readers.docx.runs import Line, now_and_before
from goldthread.readers.docx.styles import Styles

AUTHOR, INITIALS = "Goldthread", "GT"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
CT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
SHOWN = ("mend", "look")
LABELS = {"mend": "To mend", "look": "To look at"}
FOOT = "A machine suggests this; a person decides."
NOTES = (("footnotes", "footnoteReference"), ("endnotes", "endnoteReference"))


@dataclass(frozen=True)
class Remark:
    """What one comment says, and where: paragraph (number of its w:p) and words in it."""

    anchor: int
    words: str
    findings: tuple[FindingRecord, ...]


def annotate(data: bytes, record: CheckRecord) -> bytes:
    """`data`, a Word file, with the findings of `record` as comments.

    Errors: ReadingError when `data` is no readable Word file.
    """
    package = Package(data, record.document.name)
    body, styles = body_of(package), styles_of(package)
    paragraphs = list(body.iter(n.P))
    part = package.part("comments") or "word/comments.xml"
    comments = package.xml(part)
    if comments is None:
        comments = etree.Element(n.W + "comments", nsmap={"w": n.W[1:-1]})
    page = _Page(paragraphs, styles, package)
    free = 1 + max(_taken(comments, body), default=-1)
    for number, remark in enumerate(remarks(record, page), free):
        exact = _mark(page.visible(remark.anchor), remark.words, number, styles)
        comments.append(_comment(number, remark, record, exact))
    changed = {package.body: body.getroottree().getroot(), part: comments}
    changed |= _named(package, part)
    return _packed(data, package, changed)


def remarks(record: CheckRecord, page: _Page | None = None) -> list[Remark]:
    """One for each stretch of words that findings quote, in the order of the document.

    Without the `page`, words in notes are put to their section, as what is missing is.
    """
    sections = {s.letter: s.location.anchor for s in record.sections if s.found}
    first = page.first if page else 0
    grouped: dict[tuple[int, str], list[FindingRecord]] = defaultdict(list)
    for finding in record.findings:
        if finding.state in SHOWN:
            quote = next((q for q in finding.quotes if not q.document), None)
            anchors = (
                quote.location.anchor if quote else None,
                page.noted(quote) if page and quote else None,
                sections.get(finding.section),
            )
            anchor = next((a for a in anchors if a is not None), first)
            grouped[anchor, quote.text if quote else ""].append(finding)
    return [Remark(a, words, tuple(f)) for (a, words), f in sorted(grouped.items(), key=_place)]


def _place(item: tuple[tuple[int, str], list[FindingRecord]]) -> int:
    return item[0][0]


class _Page:
    """The paragraphs of the text part, and which of them a comment can stand at."""

    def __init__(
        self, paragraphs: Sequence[etree._Element], styles: Styles, package: Package
    ) -> None:
        self._paragraphs, self._styles, self._package = paragraphs, styles, package
        self._notes: list[tuple[str, int]] | None = None
        told = (i for i, p in enumerate(paragraphs) if _plain(p) and self._text(p))
        self.first = next(told, 0)

    def visible(self, anchor: int) -> etree._Element:
        """Word cannot hold comments in text boxes: there the paragraph around the box is marked."""
        paragraph = self._paragraphs[anchor if anchor < len(self._paragraphs) else self.first]
        boxes = [a for a in paragraph.iterancestors() if a.tag == n.TEXTBOX]
        if not boxes:
            return paragraph
        outer = next((a for a in boxes[-1].iterancestors() if a.tag == n.P), None)
        return paragraph if outer is None else outer

    def noted(self, quote: QuoteRecord) -> int | None:
        """The paragraph with the number of the foot- or endnote that is quoted."""
        if quote.location.anchor is not None:
            return None
        if self._notes is None:
            self._notes = list(self._noted())
        return next((at for text, at in self._notes if quote.text in text), None)

    def _noted(self) -> Iterable[tuple[str, int]]:
        for kind, mark in NOTES:
            references = {
                reference.get(n.W + "id"): at
                for at, paragraph in enumerate(self._paragraphs)
                for reference in paragraph.iter(n.W + mark)
            }
            root = self._package.xml(self._package.part(kind))
            for note in () if root is None else root:
                at = references.get(note.get(n.W + "id"))
                if at is not None:
                    yield "\n".join(self._text(p) for p in note.iter(n.P)), at

    def _text(self, paragraph: etree._Element) -> str:
        line = Line(self._styles)
        line.walk(paragraph, 0, 0)
        return now_and_before(line.pieces)[0]


def _plain(paragraph: etree._Element) -> bool:
    return not any(a.tag in (n.TEXTBOX, n.FALLBACK) for a in paragraph.iterancestors())


# --- Into the text -------------------------------------------------------------------------------


def _taken(comments: etree._Element, body: etree._Element) -> list[int]:
    """Numbers of comments that are in use, also of comments that the text only points to."""
    kinds = (n.W + name for name in ("commentRangeStart", "commentRangeEnd", "commentReference"))
    marks = [*comments.iter(n.W + "comment"), *body.iter(*kinds)]
    return [n.whole(mark.get(n.W + "id"), 0, 10**9) for mark in marks]


def _mark(paragraph: etree._Element, words: str, number: int, styles: Styles) -> bool:
    """Hangs comment `number` on the words; False when it has to stand at the paragraph instead."""
    first, last, exact = stretch(paragraph, words, styles)
    start = etree.Element(n.W + "commentRangeStart", {n.W + "id": str(number)})
    end = etree.Element(n.W + "commentRangeEnd", {n.W + "id": str(number)})
    reference = etree.Element(n.R)
    etree.SubElement(reference, n.W + "commentReference", {n.W + "id": str(number)})
    if first is None or last is None:
        at = 1 if len(paragraph) and paragraph[0].tag == n.PPR else 0
        paragraph.insert(at, start)
        paragraph.extend([end, reference])
    else:
        first.addprevious(start)
        last.addnext(end)
        end.addnext(reference)
    return exact


# --- The comments --------------------------------------------------------------------------------


def _comment(number: int, remark: Remark, record: CheckRecord, exact: bool) -> etree._Element:
    comment = etree.Element(
        n.W + "comment",
        {
            n.W + "id": str(number),
            n.W + "author": AUTHOR,
            n.W + "initials": INITIALS,
            n.W + "date": f"{record.document.checked_on.isoformat()}T00:00:00Z",
        },
    )
    if remark.words and not exact:
        _line(comment, f"About: “{remark.words}”")
    there = {s.letter for s in record.sections if s.found and not s.blank}
    for finding in remark.findings:
        label = _label(finding, there)
        _line(comment, f"{label}: {finding.reason}", bold=len(label))
        for quote in finding.quotes:
            if quote.document:
                _line(comment, f"{quote.document}: “{quote.text}”")
        if finding.next_step:
            _line(comment, f"→ {finding.next_step}")
        _line(comment, f"{finding.rule}, {finding.criterion}. {FOOT}")
    return comment


def _label(finding: FindingRecord, there: Collection[str]) -> str:
    """What is said of a place has no words to hang on, and may not be there at all."""
    if finding.quotes:
        return LABELS[finding.state]
    if not finding.section:
        return f"{LABELS[finding.state]} (whole document)"
    what = LABELS[finding.state] if finding.section in there else "Not found"
    return f"{what} (Section {finding.section})"


def _line(comment: etree._Element, text: str, bold: int = 0) -> None:
    paragraph = etree.SubElement(comment, n.P)
    if len(comment) == 1:
        etree.SubElement(etree.SubElement(paragraph, n.R), n.W + "annotationRef")
    for part, heavy in ((text[:bold], True), (text[bold:], False)):
        if part:
            run = etree.SubElement(paragraph, n.R)
            if heavy:
                etree.SubElement(etree.SubElement(run, n.RPR), n.W + "b")
            node = etree.SubElement(run, n.T, {SPACE: "preserve"})
            node.text = "".join(c if c.isprintable() else " " for c in part)


# --- The package ---------------------------------------------------------------------------------


def _named(package: Package, part: str) -> dict[str, etree._Element]:
    """The two lists of parts, where they do not name the comments yet."""
    changed = {}
    types = package.xml(TYPES)
    if types is not None and not any(
        e.get("PartName") == f"/{part}" for e in types.iter(CT + "Override")
    ):
        etree.SubElement(types, CT + "Override", {"PartName": f"/{part}", "ContentType": TYPE})
        changed[TYPES] = types
    if part not in package.related(package.body, "comments"):
        folder, file = posixpath.split(package.body)
        name = posixpath.join(folder, "_rels", f"{file}.rels")
        relations = package.xml(name)
        if relations is None:
            relations = etree.fromstring(f'<Relationships xmlns="{REL[1:-1]}"/>')
        taken = {r.get("Id") for r in relations}
        free = next(i for k in range(1, len(taken) + 2) if (i := f"rIdGt{k}") not in taken)
        about = {"Id": free, "Type": KINDS + "comments", "Target": posixpath.relpath(part, folder)}
        etree.SubElement(relations, REL + "Relationship", about)
        changed[name] = relations
    return changed


def _packed(data: bytes, package: Package, changed: dict[str, etree._Element]) -> bytes:
    out = io.BytesIO()
    made = {name: _xml(root, package.strict) for name, root in changed.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            if package.names.get(entry.filename) is not None:
                body = made.pop(entry.filename, None)
                whole = package.bytes(entry.filename) if body is None else body
                new.writestr(copy.copy(entry), whole, compress_type=zipfile.ZIP_DEFLATED)
        for name, body in made.items():
            new.writestr(name, body, compress_type=zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _xml(root: etree._Element, strict: bool) -> bytes:
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    for old, new in STRICT if strict else ():
        data = data.replace(new, old)
    return data
