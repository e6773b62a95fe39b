"""What codes of plans and documents are called on pages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from goldthread.readers.frameworks import shared_framework
from goldthread.readers.lists.aliases import load_columns

ADVICE = "advice@2026.1"
"""The framework that names the professions which give advice."""
KINDS = {"plan": "Plan", "review": "Annual review", "advice": "Professional advice"}
STATUSES = {
    "unknown": "As the document says", "draft": "Draft", "final": "Final", "amended": "Amended",
}  # fmt: skip
PLAN_KINDS = {
    "new": "New", "reviewed": "Reviewed", "transferred": "Moved in from elsewhere",
    "unknown": "Not known",
}  # fmt: skip
PHASES = {
    "early-years": "Early years", "primary": "Primary", "secondary": "Secondary",
    "post-16": "After 16",
}  # fmt: skip
BANDS = {"0-4": "0 to 4", "5-10": "5 to 10", "11-15": "11 to 15", "16-18": "16 to 18",
         "19-25": "19 to 25"}  # fmt: skip
SETTINGS = {
    "school": "School", "sen-unit": "SEN unit", "resourced-provision": "Resourced provision",
    "special-school": "Special school", "alternative-provision": "Alternative provision",
    "college": "College", "early-years": "Early years setting", "home-educated": "Home educated",
    "arranged-by-authority": "Otherwise than at school, by the authority",
    "arranged-by-parent": "Otherwise than at school, by parents",
    "not-in-education": "Not in education", "other": "Other", "unknown": "Not known",
}  # fmt: skip
DOCUMENT_STATES = {
    "listed": "Dates only", "reading": "Being read", "read": "Read", "refused": "Could not be read",
}  # fmt: skip
AUDIT_STATES = {
    "allotted": "Allotted", "under-way": "Under way", "ready": "Ready to sign", "signed": "Signed",
    "withdrawn": "Withdrawn",
}  # fmt: skip
PURPOSES = {
    "sample": "Drawn in a sample", "double": "Second audit", "draft": "Draft",
    "thematic": "On a theme", "risk-led": "Chosen by risk",
}  # fmt: skip
GATES = {
    "ready": "Ready to issue", "blocked": "Not ready yet", "asked": "A manager was asked",
    "overridden": "Let pass by a manager",
}  # fmt: skip


@lru_cache(maxsize=1)
def needs() -> Mapping[str, str]:
    """SEN2 code -> “Specific learning difficulty”."""
    return {code: words[0] for code, words in load_columns().values["need"].items()}


@lru_cache(maxsize=1)
def professions() -> Mapping[str, str]:
    """Id -> title, of those who give advice."""
    known = {p.id: p.title for p in shared_framework(ADVICE).professions}
    return {**known, "other": "Another profession"}
