"""The same PDF back, with a highlight at each finding that says what was found and what to do.

PDFium may be called from one thread at a time only; everything here runs under a lock.
"""

from __future__ import annotations

import ctypes
import io
import re
import threading
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

from goldthread.core.report.check_record import CheckRecord, FindingRecord, QuoteRecord

AUTHOR = "Goldthread"
SHOWN = ("mend", "look")
LABELS = {"mend": "To mend", "look": "To look at"}
COLOURS = {"mend": (255, 170, 60), "look": (255, 225, 90)}
"""Red, green, blue: orange and yellow, that also differ in grey."""
OPACITY = 110
FOOT = "A machine suggests this; a person decides."
SHORTEST = 12
"""Letters of a quote's beginning that may stand for it, when its end is on the next page."""
PRINT = 1 << 2
"""Flag of an annotation that is printed (PDF 32000-1, table 165)."""
_LOCK = threading.Lock()


@dataclass(frozen=True)
class Remark:
    """What one highlight or note says."""

    page: int
    """From 1."""
    words: str
    """Of the document; empty for a note that belongs to the page."""
    findings: tuple[FindingRecord, ...]


def annotate(data: bytes, record: CheckRecord) -> bytes:
    """`data`, a PDF, with the findings of `record` highlighted; a scan gets notes on its pages.

    Errors: ValueError when `data` is no readable PDF.
    """
    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise ValueError(
                f"{record.document.name} cannot be opened as a PDF: choose the file anew."
            ) from error
        try:
            _write(document, remarks(record), record)
            out = io.BytesIO()
            document.save(out)
        finally:
            document.close()
    return out.getvalue()


def remarks(record: CheckRecord) -> list[Remark]:
    """One for each stretch of words that findings quote, in the order of the pages.

    What quotes nothing goes to its section's page, or to the first.
    """
    sections = {s.letter: s.location.page or 1 for s in record.sections if s.found}
    grouped: dict[tuple[int, str], list[FindingRecord]] = defaultdict(list)
    for finding in record.findings:
        if finding.state in SHOWN:
            quote = _quote(finding)
            if quote is not None:
                grouped[quote.location.page or 1, quote.text].append(finding)
            else:
                grouped[sections.get(finding.section, 1), ""].append(finding)
    return [Remark(page, words, tuple(f)) for (page, words), f in sorted(grouped.items())]


def _quote(finding: FindingRecord) -> QuoteRecord | None:
    return next((q for q in finding.quotes if not q.document and q.text.strip()), None)


def _write(document: Any, found: Iterable[Remark], record: CheckRecord) -> None:
    pages: dict[int, list[Remark]] = defaultdict(list)
    for remark in found:
        pages[min(max(remark.page, 1), len(document))].append(remark)
    for number, on_page in sorted(pages.items()):
        page = document[number - 1]
        try:
            _write_page(page, on_page, record)
        finally:
            page.close()


def _write_page(page: Any, found: list[Remark], record: CheckRecord) -> None:
    text = page.get_textpage()
    try:
        squeezed = _Squeezed(text)
        homeless: list[FindingRecord] = []
        for remark in found:
            boxes = squeezed.boxes(remark.words) if remark.words else []
            if boxes:
                _highlight(page, boxes, remark, record)
            else:
                homeless += remark.findings
        if homeless:
            _note(page, homeless, record)
    finally:
        text.close()


# --- Finding words on a page ---------------------------------------------------------------------

Box = tuple[float, float, float, float]
"""left, bottom, right, top in points."""


class _Squeezed:
    """A page's letters and digits alone, and where each stands, so that line ends do not matter."""

    def __init__(self, text: Any) -> None:
        self._text = text
        letters, places = [], []
        for place in range(text.count_chars()):
            for sign in _plain(chr(raw.FPDFText_GetUnicode(text, place))):
                letters.append(sign)
                places.append(place)
        self._letters, self._places = "".join(letters), places

    def boxes(self, words: str) -> list[Box]:
        """One box a line of `words`; of their beginning alone, when the rest is not on the page."""
        wanted = "".join(_plain(words))
        found = self._beginning(wanted)
        if not found or len(found) < min(len(wanted), SHORTEST):
            return []
        at = self._letters.find(found)
        first, last = self._places[at], self._places[at + len(found) - 1]
        return list(_lines(self._rects(first, last - first + 1)))

    def _beginning(self, wanted: str) -> str:
        """The longest beginning of `wanted` that is on the page."""
        if wanted in self._letters:
            return wanted
        low, high = 0, len(wanted)
        while low < high - 1:
            middle = (low + high) // 2
            if wanted[:middle] in self._letters:
                low = middle
            else:
                high = middle
        return wanted[:low]

    def _rects(self, first: int, count: int) -> Iterator[Box]:
        left, top, right, bottom = (ctypes.c_double() for _ in range(4))
        for index in range(raw.FPDFText_CountRects(self._text, first, count)):
            raw.FPDFText_GetRect(self._text, index, left, top, right, bottom)
            yield left.value, bottom.value, right.value, top.value


def _plain(text: str) -> str:
    """Letters and digits in lower case, ligatures parted."""
    if text.isascii():
        return re.sub(r"[^a-z0-9]", "", text.lower())
    return "".join(s for s in unicodedata.normalize("NFKC", text).lower() if s.isalnum())


def _lines(rects: Iterable[Box]) -> Iterator[Box]:
    """Boxes of one line of text as one."""
    line: Box | None = None
    for box in rects:
        if line is not None and _beside(line, box):
            line = (
                min(line[0], box[0]), min(line[1], box[1]), max(line[2], box[2]),
                max(line[3], box[3]),
            )  # fmt: skip
            continue
        if line is not None:
            yield line
        line = box
    if line is not None:
        yield line


def _beside(a: Box, b: Box) -> bool:
    overlap = min(a[3], b[3]) - max(a[1], b[1])
    return overlap > 0.4 * min(a[3] - a[1], b[3] - b[1]) and b[0] - a[2] < 30


# --- Writing annotations -------------------------------------------------------------------------


def _highlight(page: Any, boxes: list[Box], remark: Remark, record: CheckRecord) -> None:
    mark = raw.FPDFPage_CreateAnnot(page, raw.FPDF_ANNOT_HIGHLIGHT)
    try:
        worst = "mend" if any(f.state == "mend" for f in remark.findings) else "look"
        red, green, blue = COLOURS[worst]
        raw.FPDFAnnot_SetColor(mark, raw.FPDFANNOT_COLORTYPE_Color, red, green, blue, OPACITY)
        for left, bottom, right, top in boxes:
            points = raw.FS_QUADPOINTSF(left, top, right, top, left, bottom, right, bottom)
            raw.FPDFAnnot_AppendAttachmentPoints(mark, points)
        around = raw.FS_RECTF(
            left=min(b[0] for b in boxes), top=max(b[3] for b in boxes),
            right=max(b[2] for b in boxes), bottom=min(b[1] for b in boxes),
        )  # fmt: skip
        _finish(mark, around, remark.findings, record)
    finally:
        raw.FPDFPage_CloseAnnot(mark)


def _note(page: Any, findings: list[FindingRecord], record: CheckRecord) -> None:
    left, _, _, top = page.get_bbox()
    note = raw.FPDFPage_CreateAnnot(page, raw.FPDF_ANNOT_TEXT)
    try:
        red, green, blue = COLOURS["mend"]
        raw.FPDFAnnot_SetColor(note, raw.FPDFANNOT_COLORTYPE_Color, red, green, blue, 255)
        around = raw.FS_RECTF(left=left + 12, top=top - 12, right=left + 32, bottom=top - 32)
        _set(note, b"Name", "Comment")
        _finish(note, around, findings, record)
    finally:
        raw.FPDFPage_CloseAnnot(note)


def _finish(mark: Any, around: Any, findings: Iterable[FindingRecord], record: CheckRecord) -> None:
    raw.FPDFAnnot_SetRect(mark, around)
    raw.FPDFAnnot_SetFlags(mark, PRINT)
    _set(mark, b"T", AUTHOR)
    _set(mark, b"Contents", said(findings, record))


def said(findings: Iterable[FindingRecord], record: CheckRecord) -> str:
    """What a highlight says: each finding with its next step, its rule and its criterion."""
    parts = []
    for finding in findings:
        step = f"\n→ {finding.next_step}" if finding.next_step else ""
        edition = f"{record.document.framework}, {finding.rule}, {finding.criterion}"
        parts.append(f"{LABELS[finding.state]}: {finding.reason}{step}\n[{edition}]")
    return "\n\n".join([*parts, FOOT])


def _set(mark: Any, key: bytes, value: str) -> None:
    units = (value + "\0").encode("utf-16-le", "replace")
    room = ctypes.create_string_buffer(units, len(units))
    raw.FPDFAnnot_SetStringValue(mark, key, ctypes.cast(room, ctypes.POINTER(ctypes.c_ushort)))
