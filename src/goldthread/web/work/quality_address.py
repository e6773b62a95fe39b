"""Addresses of quality pages and of the audits behind their figures."""

from __future__ import annotations

from urllib.parse import urlencode

from goldthread.core.report.quality.asked import Asked


def query(asked: Asked, **more: str) -> str:
    """“?need=ASD”, or empty; `more`: further fields, such as an order."""
    pairs = [*asked.pairs, *more.items()]
    return f"?{urlencode(pairs)}" if pairs else ""


def audits_query(asked: Asked, **more: str) -> str:
    """“?since=2026-01&until=2026-06&draw=random”."""
    return f"?{urlencode(asked.behind(**more))}"
