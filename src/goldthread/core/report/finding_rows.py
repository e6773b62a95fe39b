"""Findings as rows of one table, for workbooks and Parquet files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from goldthread.core.report.check_record import CheckRecord, FindingRecord

COLUMNS: dict[str, type] = {
    "document": str, "digest": str, "framework": str, "checked_on": str, "status": str,
    "rule": str, "criterion": str, "state": str, "answer": int, "confidence": float,
    "section": str, "item": str, "reason": str, "next_step": str, "missing": str, "quote": str,
    "page": int, "table": int, "row": int, "paragraph": int, "quoted_from": str,
}  # fmt: skip
"""Column -> type; every one may be empty (None) but the first seven."""


def finding_rows(record: CheckRecord) -> Iterator[dict[str, Any]]:
    """One row a finding, in the record's order, with the keys of COLUMNS."""
    about = record.document
    shared = {
        "document": about.name,
        "digest": about.digest,
        "framework": about.framework,
        "checked_on": about.checked_on.isoformat(),
        "status": about.status,
    }
    for finding in record.findings:
        yield {**shared, **_row(finding)}


def _row(finding: FindingRecord) -> dict[str, Any]:
    quote = finding.quotes[0] if finding.quotes else None
    place = quote.location if quote else None
    return {
        "rule": finding.rule,
        "criterion": finding.criterion,
        "state": finding.state,
        "answer": finding.answer,
        "confidence": finding.confidence,
        "section": finding.section or None,
        "item": finding.item or None,
        "reason": finding.reason,
        "next_step": finding.next_step or None,
        "missing": "; ".join(finding.missing) or None,
        "quote": quote.text if quote else None,
        "page": place.page if place else None,
        "table": place.table if place else None,
        "row": place.row if place else None,
        "paragraph": place.paragraph if place else None,
        "quoted_from": quote.document or None if quote else None,
    }
