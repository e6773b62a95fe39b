"""The same Word file back, with a margin comment at each finding.

Only the text part, the comments part and the two lists that name parts are written anew; every
other part goes over byte for byte.
"""

from __future__ import annotations

import copy
import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import etree

from goldthread.core.report.check_record import CheckRecord, FindingRecord
from goldthread.readers.docx import names as n
from goldthread.readers.docx.package import BODY, Package
from goldthread.readers.docx.runs import Inline, text_of_child

COMMENTS, TYPES, RELS = "word/comments.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"
AUTHOR, INITIALS = "Goldthread", "GT"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
CT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
SHOWN = ("mend", "look")
LABELS = {"mend": "To mend", "look": "To look at"}
FOOT = "A machine suggests this; a person decides."


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
    root = package.xml(BODY)
    body = None if root is None else root.find(n.W + "body")
    if root is None or body is None:
        raise package.refuse("no-body", "has no text part (word/document.xml)")
    comments = package.xml(COMMENTS)
    if comments is None:
        comments = etree.Element(n.W + "comments", nsmap={"w": n.W[1:-1]})
    _write(list(body.iter(n.P)), comments, remarks(record), record)
    changed = {BODY: root, COMMENTS: comments}
    changed |= _named(package)
    return _packed(data, changed)


def remarks(record: CheckRecord) -> list[Remark]:
    """One for each stretch of words that findings quote, in the order of the document."""
    sections = {s.letter: s.location.anchor for s in record.sections if s.found}
    grouped: dict[tuple[int, str], list[FindingRecord]] = defaultdict(list)
    for finding in record.findings:
        if finding.state in SHOWN:
            quote = next((q for q in finding.quotes if not q.document), None)
            if quote is not None and quote.location.anchor is not None:
                grouped[quote.location.anchor, quote.text].append(finding)
            else:
                grouped[sections.get(finding.section) or 0, ""].append(finding)
    return [Remark(a, words, tuple(f)) for (a, words), f in sorted(grouped.items())]


# --- Into the text -------------------------------------------------------------------------------


def _write(
    paragraphs: Sequence[etree._Element],
    comments: etree._Element,
    found: Iterable[Remark],
    record: CheckRecord,
) -> None:
    used = [int(c.get(n.W + "id", "0")) for c in comments]
    number = max(used, default=-1) + 1
    for remark in found:
        if remark.anchor < len(paragraphs):
            _mark(_visible(paragraphs[remark.anchor]), remark.words, number)
            comments.append(_comment(number, remark, record))
            number += 1


def _visible(paragraph: etree._Element) -> etree._Element:
    """Word cannot hold comments in text boxes: there the paragraph around the box is marked."""
    boxes = [a for a in paragraph.iterancestors() if a.tag == n.TEXTBOX]
    if not boxes:
        return paragraph
    outer = next((a for a in boxes[-1].iterancestors() if a.tag == n.P), None)
    return paragraph if outer is None else outer


def _mark(paragraph: etree._Element, words: str, number: int) -> None:
    first, last = _stretch(paragraph, words)
    start = etree.Element(n.W + "commentRangeStart", {n.W + "id": str(number)})
    end = etree.Element(n.W + "commentRangeEnd", {n.W + "id": str(number)})
    reference = etree.Element(n.R)
    etree.SubElement(reference, n.W + "commentReference", {n.W + "id": str(number)})
    if first is None or last is None:
        at = 1 if len(paragraph) and paragraph[0].tag == n.PPR else 0
        paragraph.insert(at, start)
        paragraph.extend([end, reference])
        return
    first.addprevious(start)
    last.addnext(end)
    end.addnext(reference)


def _stretch(
    paragraph: etree._Element, words: str
) -> tuple[etree._Element | None, etree._Element | None]:
    """First and last run of `words`, which are cut out of the runs they stand in."""
    runs = list(_runs(paragraph))
    if not runs:
        return None, None
    whole = "".join(_text(run) for run in runs).replace("\u00a0", " ")
    at = whole.find(words) if words else -1
    if at < 0 or "\u00ad" in whole:
        return runs[0], runs[-1]
    end = at + len(words)
    chosen = []
    position = 0
    for run in runs:
        length = len(_text(run))
        low, high = max(at - position, 0), min(end - position, length)
        if low < high:
            chosen.append(_cut(run, low, high, length))
        position += length
    return chosen[0], chosen[-1]


def _runs(node: etree._Element) -> Iterable[etree._Element]:
    """Runs that stand in the text as amended, in order."""
    for child in node:
        if child.tag == n.R:
            if not _struck(child):
                yield child
        elif child.tag in n.WRAPPERS or child.tag in (n.INS, n.MOVE_TO):
            yield from _runs(child)
        elif child.tag == n.SDT:
            content = child.find(n.SDT_CONTENT)
            if content is not None:
                yield from _runs(content)


def _struck(run: etree._Element) -> bool:
    properties = run.find(n.RPR)
    if properties is None:
        return False
    found = [properties.find(n.W + name) for name in ("strike", "dstrike", "vanish")]
    return any(f is not None and f.get(n.VAL, "1") not in n.OFF for f in found)


def _text(run: etree._Element) -> str:
    ignored = Inline()
    return "".join(text_of_child(child, ignored) for child in run)


def _cut(run: etree._Element, low: int, high: int, length: int) -> etree._Element:
    """The part [low, high) of a run as a run of its own, set like it."""
    if high < length:
        _split(run, high)
    return run if low == 0 else _split(run, low)


def _split(run: etree._Element, at: int) -> etree._Element:
    """Parts a run after `at` characters; returns the second half, which follows it."""
    rest = etree.Element(n.R)
    for name, value in run.attrib.items():
        rest.set(name, value)
    properties = run.find(n.RPR)
    if properties is not None:
        rest.append(copy.deepcopy(properties))
    position = 0
    ignored = Inline()
    for child in list(run):
        if child.tag == n.RPR:
            continue
        length = len(text_of_child(child, ignored))
        if position >= at:
            rest.append(child)
        elif position + length > at:
            rest.append(_text_after(child, at - position))
        position += length
    run.addnext(rest)
    return rest


def _text_after(child: etree._Element, at: int) -> etree._Element:
    text = child.text or ""
    other = etree.Element(child.tag)
    child.text, other.text = text[:at], text[at:]
    for part in (child, other):
        part.set(SPACE, "preserve")
    return other


# --- The comments --------------------------------------------------------------------------------


def _comment(number: int, remark: Remark, record: CheckRecord) -> etree._Element:
    comment = etree.Element(
        n.W + "comment",
        {
            n.W + "id": str(number),
            n.W + "author": AUTHOR,
            n.W + "initials": INITIALS,
            n.W + "date": f"{record.document.checked_on.isoformat()}T00:00:00Z",
        },
    )
    for finding in remark.findings:
        label = LABELS[finding.state]
        where = "" if finding.quotes else _where(finding)
        _line(comment, f"{label}{where}: {finding.reason}", bold=len(label))
        for quote in finding.quotes:
            if quote.document:
                _line(comment, f"{quote.document}: “{quote.text}”")
        if finding.next_step:
            _line(comment, f"→ {finding.next_step}")
        _line(comment, f"{finding.rule}, {finding.criterion}. {FOOT}")
    return comment


def _where(finding: FindingRecord) -> str:
    """Said of what is missing: there are no words to hang the comment on."""
    return f" (Section {finding.section})" if finding.section else " (whole document)"


def _line(comment: etree._Element, text: str, bold: int = 0) -> None:
    paragraph = etree.SubElement(comment, n.P)
    for part, heavy in ((text[:bold], True), (text[bold:], False)):
        if part:
            run = etree.SubElement(paragraph, n.R)
            if heavy:
                etree.SubElement(etree.SubElement(run, n.RPR), n.W + "b")
            node = etree.SubElement(run, n.T, {SPACE: "preserve"})
            node.text = "".join(c for c in part if c.isprintable())


# --- The package ---------------------------------------------------------------------------------


def _named(package: Package) -> dict[str, etree._Element]:
    """The two lists of parts, where they do not name the comments yet."""
    changed = {}
    types, relations = package.xml(TYPES), package.xml(RELS)
    if types is not None and not any(
        e.get("PartName") == f"/{COMMENTS}" for e in types.iter(CT + "Override")
    ):
        etree.SubElement(types, CT + "Override", {"PartName": f"/{COMMENTS}", "ContentType": TYPE})
        changed[TYPES] = types
    if relations is None:
        relations = etree.Element(REL + "Relationships")
    if not any(r.get("Type") == RELATION for r in relations):
        taken = {r.get("Id") for r in relations}
        name = next(i for k in range(1, len(taken) + 2) if (i := f"rIdGt{k}") not in taken)
        etree.SubElement(
            relations,
            REL + "Relationship",
            {"Id": name, "Type": RELATION, "Target": "comments.xml"},
        )
        changed[RELS] = relations
    return changed


def _packed(data: bytes, changed: dict[str, etree._Element]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            root = changed.pop(entry.filename, None)
            body = old.read(entry) if root is None else _xml(root)
            new.writestr(entry, body, compress_type=zipfile.ZIP_DEFLATED)
        for name, root in changed.items():
            new.writestr(name, _xml(root), compress_type=zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _xml(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
