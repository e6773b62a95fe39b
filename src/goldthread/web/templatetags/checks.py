"""Filters for the pages of a check."""

from __future__ import annotations

from django import template

from goldthread.core.report.check_record import LocationRecord
from goldthread.writers.checked_html import place

register = template.Library()
COMPLIANCE = {
    "compliant": "none falls short, of those answered",
    "defects": "some are answered in part only",
    "breach": "at least one is not met at all",
    "unknown": "too few are answered to say",
}
STATUS = {
    "draft": "a draft", "final": "a final plan", "amended": "an amended plan",
    "unknown": "a plan of unknown status",
}  # fmt: skip
HOW = {
    "row": "one row or block", "number": "named by number",
    "area": "the only one under that area", "words": "likely, by its words",
}  # fmt: skip
WANTS = {
    "aspiration": "an aspiration", "need": "a need", "outcome": "an outcome",
    "provision": "provision",
}  # fmt: skip


@register.filter
def percent(share: float) -> str:
    return f"{share:.0%}"


@register.filter
def as_status(status: str) -> str:
    return STATUS[status]


@register.filter
def compliance(word: str) -> str:
    return COMPLIANCE.get(word, word)


@register.filter
def how_known(how: str) -> str:
    return HOW[how]


@register.filter
def wanted(kind: str) -> str:
    return WANTS[kind]


@register.filter
def spaced(word: str) -> str:
    return word.replace("-", " ")


@register.filter
def where(location: LocationRecord) -> str:
    return place(location)
