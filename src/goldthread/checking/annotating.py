"""A document back with its findings on it: comments in Word, highlights and notes in a PDF."""

from __future__ import annotations

from goldthread.core.report.check_record import CheckRecord

ENDINGS = {"docx": "docx", "pdf": "pdf", "scan": "pdf"}
"""Kind of document -> ending of its copy; plain text can hold no comments."""


def annotate(data: bytes, record: CheckRecord) -> bytes:
    """`data` with the findings of `record`, in a checking process like all reading.

    Errors: LookupError for a kind that can hold none; ReadingError, ValueError.
    """
    kind = record.document.kind
    if kind == "docx":
        from goldthread.checking.annotate_docx import annotate as write
    elif kind in ENDINGS:
        from goldthread.writers.annotate_pdf import annotate as write
    else:
        raise LookupError(f"{record.document.name} is plain text, which can hold no comments.")
    return write(data, record)
