"""The headers and codes by which lists are read: `reference/lists/columns.yaml`."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from goldthread.content import folder
from goldthread.core.audit.mapping import Columns
from goldthread.readers.content import read_yaml, valid


@lru_cache(maxsize=2)
def load_columns(reference: Path | None = None) -> Columns:
    """From Goldthread's own `reference` unless another is given. Errors: ContentError."""
    home = reference or folder("reference")
    path = home / "lists" / "columns.yaml"
    columns: Columns = valid(path, Columns, read_yaml(path))
    return columns


@lru_cache(maxsize=2)
def authority_codes(reference: Path | None = None) -> dict[str, str]:
    """Names and GSS codes of authorities, in lower case -> three-digit code.

    For lists that name an authority otherwise than by its DfE code. Read without Polars, which
    would take a quarter of the memory that a list may use.
    """
    path = (reference or folder("reference")) / "la" / "la_code_history_2017_2025.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["last_year"])  # the newest wins
    found = {row["new_la_code"].lower(): row["old_la_code"] for row in rows}
    return found | {row["la_name"].lower(): row["old_la_code"] for row in rows}
