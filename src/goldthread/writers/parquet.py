"""Findings of many documents as a Parquet file."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from goldthread.core.report.finding_rows import COLUMNS

TYPES: dict[type, Any] = {str: pl.String, int: pl.Int64, float: pl.Float64}


def parquet(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """The file's bytes; columns as in COLUMNS, also when there are no rows."""
    schema = {name: TYPES[kind] for name, kind in COLUMNS.items()}
    out = io.BytesIO()
    pl.DataFrame(list(rows), schema=schema).write_parquet(out)
    return out.getvalue()
