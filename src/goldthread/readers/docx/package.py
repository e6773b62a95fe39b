"""The zip that a Word file is: which parts it has, and refusals before any of it is unpacked."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import TypeVar

from lxml import etree

from goldthread.core.plan.document import ReadingError

PART = 64 * 1024 * 1024
WHOLE = 200 * 1024 * 1024
ENTRIES = 5000
PLAIN_ZIP = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
TYPES, START = "[Content_Types].xml", "_rels/.rels"
BODY = "word/document.xml"
REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main",
     b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", KINDS[:-1].encode()),
)  # fmt: skip
"""“Strict Open XML”, which Word offers when saving, writes other names for the same things."""
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError,
          RuntimeError, NotImplementedError, OverflowError)  # fmt: skip
TYPED = ("doctype", "holds a document type, which no Word file does")
DEEP = ("too-deep", "is nested too deeply to read")
STRICTLY = b"/purl.oclc.org/ooxml/"
Made = TypeVar("Made")


class Unsound(Exception):
    """Code and what is wrong with a part, for `Package.refuse`."""


class Package:
    """Parts by name. Pictures are never unpacked; what is, is unpacked once and capped.

    Errors: ReadingError for what is no readable Word file.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self.strict = False
        """Whether a part was written in the names of “Strict Open XML”."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except BROKEN as error:
            raise self.refuse("damaged", "is damaged or cut short") from error
        entries = self._zip.infolist()
        if len(entries) > ENTRIES:
            raise self.refuse("zip-bomb", f"has more than {ENTRIES:,} parts inside")
        total = sum(e.file_size for e in entries)
        if total > WHOLE or any(e.file_size > PART for e in entries):
            raise self.refuse("zip-bomb", "unpacks to far more than a document holds")
        if any(e.flag_bits & 1 for e in entries):
            raise self.refuse("password", "is locked with a password")
        self.names = {e.filename: e for e in entries}
        self.body = BODY if BODY in self.names else self._elsewhere()

    def _elsewhere(self) -> str:
        """The text part where the file calls it something else (“word/document2.xml”)."""
        part = next(iter(self.related("", "officeDocument")), "")
        if part not in self.names or not part.startswith("word/"):
            raise self.refuse("no-body", "has no text part (word/document.xml)")
        return part

    def refuse(self, code: str, what: str) -> ReadingError:
        return ReadingError(
            code, f"{self.name} {what}: open it in Word, save it as a new .docx and try again."
        )

    def matching(self, start: str) -> list[str]:
        """Names of XML parts that begin so: “word/header”."""
        return sorted(n for n in self.names if n.startswith(start) and n.endswith(".xml"))

    def holds(self, start: str) -> bool:
        """Whether any part's name begins so: “word/media/”."""
        return any(name.startswith(start) for name in self.names)

    def size(self, part: str) -> int:
        """Bytes of a part unpacked, as the zip says."""
        return self.names[part].file_size if part in self.names else 0

    def related(self, part: str, kind: str) -> list[str]:
        """Names of the parts of a kind (“comments”) that `part` points to; "" for the file."""
        folder, file = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
        found = []
        for relation in () if root is None else root.iter(REL + "Relationship"):
            if relation.get("Type") == KINDS + kind and relation.get("TargetMode") != "External":
                target = posixpath.join("/" + folder, relation.get("Target", ""))
                found.append(posixpath.normpath(target).lstrip("/"))
        return found

    def part(self, kind: str) -> str:
        """The name of the one part of a kind (“styles”) beside the text; "" when there is none."""
        usual = f"word/{kind}.xml"
        if self.body == BODY and usual in self.names:
            return usual
        return next((p for p in self.related(self.body, kind) if p in self.names), "")

    def xml(self, part: str) -> etree._Element | None:
        """The root of a part; None when there is no such part."""
        return self.made(part, parsed) if part in self.names else None

    def made(self, part: str, make: Callable[[bytes], Made]) -> Made:
        """What `make` makes of a part's bytes; of b"" when there is no such part."""
        data = self.bytes(part)
        self.strict = self.strict or STRICTLY in data[:4096]
        try:
            return make(data)
        except Unsound as error:
            raise self.refuse(*error.args) from error

    def bytes(self, part: str) -> bytes:
        """At most PART bytes, whatever the zip's own index claims; b"" for no such part."""
        entry = self.names.get(part)
        if entry is None:
            return b""
        if entry.compress_type not in PLAIN_ZIP:
            raise self.refuse("damaged", "is packed in a way that Word does not use")
        try:
            with self._zip.open(entry) as stream:
                data = stream.read(PART + 1)
        except BROKEN as error:
            raise self.refuse("damaged", "is damaged or cut short") from error
        if len(data) > PART:
            raise self.refuse("zip-bomb", "unpacks to far more than a document holds")
        return data


def parsed(data: bytes) -> etree._Element:
    """The root of an XML part. Errors: Unsound for what is no sound XML or has a document type."""
    if b"<!DOCTYPE" in data[:4096]:
        raise Unsound(*TYPED)
    if STRICTLY in data[:4096]:
        for old, new in STRICT:
            data = data.replace(old, new)
    try:
        root = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        deep = "depth" in str(error).lower()
        raise Unsound(*(DEEP if deep else ("damaged", "is damaged inside"))) from error
    if root.getroottree().docinfo.internalDTD is not None:  # in UTF-16, or after a comment
        raise Unsound(*TYPED)
    return root


def _parser() -> etree.XMLParser:
    """No entities, no network, no document types, libxml2's own limits on."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
