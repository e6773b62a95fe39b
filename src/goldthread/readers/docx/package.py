"""The zip that a Word file is: which parts it has, and refusals before any of it is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from goldthread.core.plan.document import ReadingError

PART = 64 * 1024 * 1024
WHOLE = 200 * 1024 * 1024
ENTRIES = 5000
BODY = "word/document.xml"


class Package:
    """Parts by name. Pictures are never unpacked; what is, is unpacked once and capped.

    Errors: ReadingError for what is no readable Word file.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise self.refuse("damaged", "is damaged or cut short") from error
        entries = self._zip.infolist()
        if len(entries) > ENTRIES:
            raise self.refuse("zip-bomb", f"has more than {ENTRIES:,} parts inside")
        parts = [e for e in entries if e.filename.endswith((".xml", ".rels"))]
        if any(e.file_size > PART for e in parts) or sum(e.file_size for e in entries) > WHOLE:
            raise self.refuse("zip-bomb", "unpacks to far more than a document holds")
        self.names = {e.filename: e for e in entries}
        if any(e.flag_bits & 1 for e in entries):
            raise self.refuse("password", "is locked with a password")
        if BODY not in self.names:
            raise self.refuse("no-body", "has no text part (word/document.xml)")

    def refuse(self, code: str, what: str) -> ReadingError:
        return ReadingError(
            code, f"{self.name} {what}: open it in Word, save it as a new .docx and try again."
        )

    def matching(self, start: str) -> list[str]:
        """Names of XML parts that begin so: “word/header”."""
        return sorted(n for n in self.names if n.startswith(start) and n.endswith(".xml"))

    def xml(self, part: str) -> etree._Element | None:
        """The root of a part; None when there is no such part."""
        if part not in self.names:
            return None
        data = self._bytes(part)
        if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
            raise self.refuse("doctype", "holds a document type, which no Word file does")
        try:
            return etree.fromstring(data, parser())
        except etree.XMLSyntaxError as error:
            deep = "depth" in str(error).lower()
            code = "too-deep" if deep else "damaged"
            what = "is nested too deeply to read" if deep else "is damaged inside"
            raise self.refuse(code, what) from error

    def _bytes(self, part: str) -> bytes:
        """At most PART bytes, whatever the zip's own index claims."""
        try:
            with self._zip.open(part) as stream:
                data = stream.read(PART + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError,
                NotImplementedError) as error:  # fmt: skip
            raise self.refuse("damaged", "is damaged or cut short") from error
        if len(data) > PART:
            raise self.refuse("zip-bomb", "unpacks to far more than a document holds")
        return data


def parser() -> etree.XMLParser:
    """No entities, no network, no document types, libxml2's own limits on."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
