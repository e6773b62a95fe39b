"""PDFs for tests: set by typst, or written by hand; every unit carries a word of its own."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable

import typst

from goldthread.core.plan.document import RawDocument, Table

SENTINEL = re.compile(r"\bzq\d+\b")


def set_by_typst(body: str, *, tags: bool, paper: str = "") -> bytes:
    head = f'#set page(paper: "a4", margin: 2cm{paper})\n#set text(size: 10pt)\n'
    made = typst.compile((head + body).encode(), pdf_tags=tags)
    assert isinstance(made, bytes)
    return made


def sentinels(text: str) -> list[str]:
    return SENTINEL.findall(text)


def rows_of(document: RawDocument) -> list[list[str]]:
    """The texts of all tables' cells, row by row, merged cells once."""
    return [
        [cell.text for cell in row.cells if not cell.inherited]
        for block in document.blocks
        if isinstance(block, Table)
        for row in block.rows
    ]


def written_by_hand(
    pages: Iterable[bytes], *, extra: str = "", more: Iterable[bytes] = (), box: str = "595 842"
) -> bytes:
    """A PDF of the given content streams, in Helvetica as /F1 and bold as /F2; no tags.

    `extra` goes into each page's dictionary; `more` are further objects, the first number 5.
    """
    more = list(more)
    contents = list(pages)
    first = 5 + len(more)
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        *more,
    ]
    for number, content in enumerate(contents):
        page = first + 2 * number
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {box}] /Contents {page + 1} 0 R "
            f"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> {extra} >>".encode()
        )
        packed = zlib.compress(content, 9)
        head = f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode()
        objects.append(head + packed + b"\nendstream")
    return _assembled(objects)


def _assembled(objects: list[bytes]) -> bytes:
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        out += b"%010d 00000 n \n" % offset
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n" % (len(objects) + 1)
    return bytes(out) + b"%d\n%%%%EOF\n" % start


def said(lines: Iterable[tuple[float, float, str]], size: float = 11, font: str = "F1") -> bytes:
    """A content stream with each text at (x, y)."""
    parts = []
    for x, y, text in lines:
        safe = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        parts.append(f"BT /{font} {size} Tf {x} {y} Td ({safe}) Tj ET")
    return "\n".join(parts).encode("cp1252")
