"""Who delivers an item: a role, a named person, or an adult whose training is said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from goldthread.core.checks.wording.verdict import outside
from goldthread.core.checks.words import Hit, Hits

_ADVISES = re.compile(
    r"\b(?:written|recommended|advised|advises|directed|devised|designed|set|agreed|overseen"
    r"|supervised|trained|prepared|suggested|drawn up|provided|reports?|as per|in line with"
    r"|following|(?:on|under) the (?:advice|direction|guidance)|consultation|liaison|discussion"
    r"|discretion)\b(?: (?:by|from|of|with|in))?[^.;·,]{0,22}$"
)
_ADVICE_OF = re.compile(r"^'s? ?(?:s )?(?:\w+ )?(?:plan|programme|report|advice|discretion|recomm)")
_NAMED = re.compile(r"(?<!and )\b(?:Mrs|Mr|Ms|Miss|Dr|Mx) (?!and\b)[A-Z][\w'’-]+")
_NEAR = 70
"""Characters after “two staff” within which their training may be said."""


def deliverers(hits: Hits, masked: Sequence[tuple[int, int]]) -> list[Hit]:
    """Roles that deliver: not those who only advise, write, train or review."""
    return [hit for hit in outside(hits.of("roles"), masked) if _delivers(hits.text, hit)]


def _delivers(low: str, hit: Hit) -> bool:
    if _ADVISES.search(low, max(0, hit.start - 60), hit.start):
        return False
    return not (low[hit.end : hit.end + 1] == "'" and _ADVICE_OF.match(low[hit.end : hit.end + 40]))


def trained_people(hits: Hits, masked: Sequence[tuple[int, int]]) -> bool:
    """Adults without a role whose training or qualification is said (“two staff trained in …”)."""
    skills = hits.of("qualifications")
    if not skills:
        return False
    return any(
        p.start - _NEAR < s.start < p.end + _NEAR
        for p in outside(hits.of("people-unnamed"), masked)
        for s in skills
    )


def named_person(text: str, masked: Sequence[tuple[int, int]]) -> bool:
    """“Mrs Lyle”; not “Mr and Mrs Lyle”, who are parents."""
    return any(
        not any(a <= m.start() < b for a, b in masked)
        and not text[: m.start()].endswith((" and ", "with "))
        for m in _NAMED.finditer(text)
    )
