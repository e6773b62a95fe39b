"""PDFs for tests: set by typst, or written by hand; every unit carries a word of its own."""

from __future__ import annotations

import hashlib
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


PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def locked(content: bytes, *, user: str, owner: str = "owner") -> bytes:
    """One page under the oldest standard lock (PDF 32000-1, 7.6.3, revision 2, RC4 of 40 bits)."""
    mine, theirs = ((word.encode() + PAD)[:32] for word in (user, owner))
    owned = rc4(hashlib.md5(theirs).digest()[:5], mine)
    rights, name = (-4).to_bytes(4, "little", signed=True), b"0123456789abcdef"
    key = hashlib.md5(mine + owned + rights + name).digest()[:5]
    stream = rc4(hashlib.md5(key + b"\x05\0\0\0\0").digest()[:10], content)
    data = _assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>",
            b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream",
            b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>"
            % (owned.hex().encode(), rc4(key, PAD).hex().encode()),
        ]
    )
    ids = b"<%s>" % name.hex().encode()
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 6 0 R /ID [" + ids + ids + b"]")


def rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
