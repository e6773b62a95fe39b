"""Audits in spreadsheets, as people send them."""

from goldthread.readers.audits.books import read_book

__all__ = ["read_book"]
