"""Reads any document: tells what it is by what is in it, not by what it is called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from goldthread.core.plan.document import Problem, RawDocument, ReadingError
from goldthread.readers.docx import read_docx
from goldthread.readers.plain import read_text

Progress = Callable[[str], None]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENDINGS = {
    "docx": (".docx", ".docm", ".dotx", ".dotm"),
    "pdf": (".pdf",),
    "text": (".txt", ".text", ".md"),
}
OTHERS = (
    (b"{\\rtf", "rich-text", "is a Rich Text file"),
    (b"\x89PNG", "picture", "is a picture"),
    (b"\xff\xd8\xff", "picture", "is a picture"),
    (b"II*\0", "picture", "is a picture"),
    (b"MM\0*", "picture", "is a picture"),
    (b"GIF8", "picture", "is a picture"),
    (b"\x1f\x8b", "archive", "is a packed archive"),
    (b"Rar!", "archive", "is a packed archive"),
    (b"7z\xbc\xaf", "archive", "is a packed archive"),
    (b"<!doctype html", "web-page", "is a web page"),
    (b"<html", "web-page", "is a web page"),
    (b"<?xml", "xml", "is an XML file"),
    (b"mime-version:", "web-page", "is a saved web page or an e-mail"),
)
PHOTOS = (b"WEBP", b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif")
"""What stands near the start of pictures that telephones take."""
SAVE = "save it as .docx or .pdf and try again."


def read_document(data: bytes, name: str, progress: Progress | None = None) -> RawDocument:
    """The document in `data`, called `name`; `progress` is told of each page of a scan.

    Errors: ReadingError, one sentence: what it is, where, what to do.
    """
    if not data.strip():
        raise ReadingError("empty", f"{name} is empty: check that it is the right file.")
    if data.startswith(b"PK"):
        return _named(_zipped(data, name), "docx")
    if b"%PDF-" in data[:1024]:
        from goldthread.readers.pdf import read_pdf

        return _named(read_pdf(data, name, progress=progress), "pdf")
    if data.startswith(OLE):
        raise _old_office(data, name)
    _refuse_others(data, name)
    return _named(read_text(data, name), "text")


def _refuse_others(data: bytes, name: str) -> None:
    if any(sign in data[:16] for sign in PHOTOS):
        raise ReadingError("picture", f"{name} is a picture, which is not read here: {SAVE}")
    start = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for sign, code, what in OTHERS:
        if start.startswith(sign.lower()) or data.startswith(sign):
            raise ReadingError(code, f"{name} {what}, which is not read here: {SAVE}")


def _zipped(data: bytes, name: str) -> RawDocument:
    if b"application/vnd.oasis.opendocument" in data[:200]:
        raise ReadingError("opendocument", f"{name} is an OpenDocument file: {SAVE}")
    if b"word/" not in data and b"PK\x05\x06" in data:
        raise ReadingError("archive", f"{name} is a zip or another Office file: {SAVE}")
    return read_docx(data, name)


def _old_office(data: bytes, name: str) -> ReadingError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return ReadingError(
            "password", f"{name} is locked with a password: save a copy without it and try again."
        )
    return ReadingError("old-word", f"{name} is an old Word file (.doc) or the like: {SAVE}")


def _named(document: RawDocument, kind: str) -> RawDocument:
    """Says so when the name ends like another kind of file."""
    dot = document.name.rfind(".")
    ending = document.name[dot:].lower() if dot > 0 else ""
    if not ending or ending in ENDINGS[kind]:
        return document
    known = {"docx": "a Word file", "pdf": "a PDF", "text": "plain text"}[kind]
    said = Problem(
        "wrong-ending",
        f"{document.name} is {known} although its name ends in {ending}; it was read as {known}.",
    )
    return replace(document, problems=(*document.problems, said))
