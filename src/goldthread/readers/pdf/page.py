"""Takes a page's text as lines with their boxes, in few calls."""

from __future__ import annotations

import ctypes
import re

from goldthread.readers.pdf import pdfium as p
from goldthread.readers.pdf.drafts import Boxed, Line

RUN = re.compile(r"[^\r\n\ufffe\x02]+")
ODD = re.compile(
    "[\u00a0\u00ad\u2000-\u200b\ufb00-\ufb06\x00-\x09\x0b\x0c\x0e-\x1f\ufeff\ud800-\udfff]"
)
EVEN = {
    0xA0: " ", 0x09: " ", 0xAD: "", 0x200B: "", 0xFEFF: "",
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st",
    0xFB06: "st",
    **{n: " " for n in range(0x2000, 0x200B)},
    **{n: "" for n in (*range(0, 9), *range(0x0B, 0x20))},
}  # fmt: skip
SURROGATE = re.compile("[\ud800-\udfff]")
GAP = 0.9
"""Of the type size: a wider gap inside a line parts two columns, a narrower one may be a space."""
BOLD = re.compile(rb"bold|black|heavy|demi", re.IGNORECASE)


class PageText:
    """The text of a page, while PDFium has it open."""

    def __init__(self, handle: int, number: int, fonts: dict[int, bool], rotation: int = 0) -> None:
        self.number = number
        self._fonts = fonts
        self._turned = rotation
        self.handle = p.load_text(handle)
        self.count = max(p.count_chars(self.handle), 0) if self.handle else 0
        self.text = self._text() if self.count else ""
        self._even = len(self.text) == self.count
        self._plain = not ODD.search(self.text)
        self._box = p.Box()
        self._at = ctypes.addressof(self._box)
        self._four = (ctypes.c_double * 4)()
        start = ctypes.addressof(self._four)
        self._rect = (start, start + 24, start + 16, start + 8)

    def close(self) -> None:
        if self.handle:
            p.close_text(self.handle)

    def _text(self) -> str:
        room = ctypes.create_string_buffer(2 * self.count + 2)
        units = p.get_text(self.handle, 0, self.count, room)
        raw = room.raw[: 2 * max(units - 1, 0)]
        text = raw.decode("utf-16-le", "replace")
        if len(text) * 2 != len(raw):  # a sign beyond the first plane: one place for one code unit
            return "".join(map(chr, memoryview(raw).cast("H")))
        return text

    def box(self, index: int) -> Boxed:
        """left, bottom, right, top of the character's full height and advance."""
        p.loose_box(self.handle, index, self._at)
        box = self._box
        if self._turned:
            return turned((box.left, box.bottom, box.right, box.top), self._turned)
        return box.left, box.bottom, box.right, box.top

    def bold(self, index: int) -> bool:
        item = p.text_object(self.handle, index)
        font = p.font_of(item) if item else None
        if not font:
            return False
        known = self._fonts.get(font)
        if known is None:
            name = ctypes.create_string_buffer(200)
            p.font_name(font, name, 200)
            known = self._fonts[font] = bool(BOLD.search(name.value)) or (
                p.font_weight(font) >= 600
            )
        return known

    def mark(self, index: int) -> int:
        item = p.text_object(self.handle, index)
        return p.marked_content(item) if item else -1

    def lines(self, tagged: bool) -> list[Line]:
        """All of them in the order of the file; tagged: parted where the marking changes."""
        found: list[Line] = []
        whole = self.text
        broken = "\ufffe" in whole or "\x02" in whole
        for match in RUN.finditer(whole):
            raw = match[0]
            text = raw.strip()
            if not text:
                continue
            start = match.start()
            if raw[0] != text[0]:
                start += raw.index(text[0])
            line = self._line(start, start + len(text) - 1)
            if broken and whole[match.end() : match.end() + 1] in ("\ufffe", "\x02"):
                line.hyphen = "-"
            if tagged:
                self._marked(line, found)
            else:
                found.append(line)
        return found

    def _line(self, start: int, end: int) -> Line:
        """Of the characters of `text` from `start` to `end`, both included."""
        first, last = (start, end) if self._even else (self._char(start), self._char(end))
        left, bottom, right, top = self.box(first)
        bold = self.bold(first)
        if last != first:
            far = self.box(last)[2]
            right = far if far > right else right
            bold = bold and self.bold(last)  # asked of few lines only
        text = self.text[start : end + 1]
        line = Line(text, self.number, (left, bottom, right, top), top - bottom, bold)
        if not self._plain:
            if text.endswith("\u00ad"):
                line.hyphen = "soft"
            line.text = evened(text)
        line.first, line.last = start, end
        return line

    def _char(self, index: int) -> int:
        """PDFium's number of a character of `text`; they differ where some have no sign."""
        if self._even:
            return index
        found = p.char_of_text(self.handle, index)
        return min(max(found, 0), self.count - 1) if found >= 0 else min(index, self.count - 1)

    def part(self, line: Line, found: list[Line]) -> None:
        """Adds the line, in parts where a wide gap stands in it."""
        first, last = self._char(line.first), self._char(line.last)
        number = p.count_rects(self.handle, first, last - first + 1)
        if number > 1 and not self._turned:
            cuts = self._gaps(number, GAP * line.size)
            if cuts:
                self.cut(line, cuts, found)
                return
        found.append(line)

    def _gaps(self, number: int, wide: float) -> list[float]:
        """The middles of wide gaps, from left to right."""
        four, rect = self._four, self._rect
        cuts, reached = [], None
        for index in range(number):
            p.get_rect(self.handle, index, *rect)
            if reached is not None and four[0] - reached > wide:
                cuts.append((four[0] + reached) / 2)
            reached = four[2] if reached is None else max(reached, four[2])
        return cuts

    def cut(self, line: Line, cuts: list[float], found: list[Line]) -> None:
        """Adds the parts of `line` that begin behind the `cuts`, which grow from left to right."""
        start, last, hyphen = line.first, line.last, line.hyphen
        for cut in cuts:
            at = self.index_at(start, last, cut)
            if at <= start or at > last:
                continue
            end = at - 1
            while end > start and self.text[end].isspace():
                end -= 1
            found.append(self._line(start, end))
            start = at
        rest = self._line(start, last) if start != line.first else line
        rest.hyphen = rest.hyphen or hyphen
        found.append(rest)

    def index_at(self, low: int, high: int, x: float) -> int:
        """The first index from `low` whose character begins right of `x`; high + 1 for none."""
        high += 1
        while low < high:
            middle = (low + high) // 2
            probe = middle
            while probe < high and self.text[probe].isspace():
                probe += 1
            if probe >= high or self.box(self._char(probe))[0] >= x:
                high = middle
            else:
                low = probe + 1
        while low < len(self.text) and self.text[low].isspace():
            low += 1
        return low

    def _marked(self, line: Line, found: list[Line]) -> None:
        item = p.text_object(self.handle, self._char(line.first))
        other = p.text_object(self.handle, self._char(line.last))
        first = p.marked_content(item) if item else -1
        if item == other or (other and p.marked_content(other) == first):
            line.mark = first
            found.append(line)
            return
        start, glued = line.first, False
        while start <= line.last:
            mark = self.mark(self._char(start))
            end = self._run_end(start, line.last, mark)
            if self.text[start : end + 1].strip():
                part = self._line(start, end)
                part.mark, part.glued = mark, glued
                glued = True
                found.append(part)
            elif glued:
                found[-1].text += " "
            start = end + 1
        found[-1].hyphen = line.hyphen

    def _run_end(self, start: int, last: int, mark: int) -> int:
        """The last index of the run with this marking. Spaces PDFium made up belong to it."""
        end = start
        while end < last:
            item = p.text_object(self.handle, self._char(end + 1))
            if item and p.marked_content(item) != mark:
                break
            end += 1
        return end


def evened(text: str) -> str:
    """Ligatures parted, odd spaces made plain, soft hyphens and control signs dropped."""
    if SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.translate(EVEN)


def turned(box: Boxed, rotation: int) -> Boxed:
    """As seen on the page when it is shown turned by `rotation` quarters clockwise."""
    left, bottom, right, top = box
    if rotation == 1:
        return bottom, -right, top, -left
    if rotation == 2:
        return -right, -top, -left, -bottom
    if rotation == 3:
        return -top, left, -bottom, right
    return box
