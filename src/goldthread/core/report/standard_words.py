"""The words of the readable standard that no content file holds."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from goldthread.core.framework.criterion import Criterion, Law
from goldthread.core.framework.framework import Framework

KINDS = {
    "statutory": "Law",
    "guidance": "Statutory guidance",
    "quality": "Quality",
}
STATUS = {"draft": "draft", "final": "final", "amended": "amended"}


def gate_words(gate: str, framework: Framework) -> str:
    """What a gate does: “Critical gate: at 0, Inadequate at most.” Empty when it is none."""
    if not gate:
        return ""
    caps = framework.grading.caps if framework.grading else ()
    parts = [
        f"at {cap.answer}, {framework.band_label(cap.band)} at most"
        for cap in caps
        if cap.gate == gate and cap.count == 1
    ]
    return f"{gate.capitalize()} gate: {'; '.join(parts) or 'it caps the band'}."


def law_words(law: Law) -> str:
    """The source, and whether it is still to be read."""
    return law.source if law.confirmed else f"{law.source} (not yet confirmed at the source)"


def applies_words(criterion: Criterion, reasons: Mapping[str, str]) -> str:
    """To which documents a question applies: “Asked from Year 9.” Empty when to all."""
    asked = criterion.applies
    parts = []
    if asked.status:
        parts.append(f"of {' and '.join(STATUS[s] for s in asked.status)} plans")
    if asked.from_year is not None:
        parts.append(f"from Year {asked.from_year}")
    if asked.from_age is not None:
        parts.append(f"from age {asked.from_age}")
    if asked.to_age is not None:
        parts.append(f"up to age {asked.to_age}")
    if asked.setting:
        parts.append(f"in {asked.setting} settings")
    sentences = [f"Asked {', '.join(parts)}."] if parts else []
    if asked.reasons:
        given = "; ".join(reasons.get(r, r).rstrip(".") for r in asked.reasons)
        sentences.append(f"May be set aside because: {given}.")
    return " ".join(sentences)


def day(date: dt.date) -> str:
    """“1 November 2027”."""
    return f"{date.day} {date:%B %Y}"


def numbered(criterion: str) -> tuple[str, int]:
    """“F10-setting” -> (“F”, 10), to put F10 after F9."""
    found = re.match(r"([A-Z]+)([0-9]+)", criterion)
    return (found[1], int(found[2])) if found else (criterion, 0)
