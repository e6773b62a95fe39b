"""Invented plans, documents and people to draw from and to allot to."""

from __future__ import annotations

import datetime as dt
from typing import Any

from goldthread.records.models import Document, Plan, Sample
from goldthread.records.queries.frames import FrameAsked, choose, frame_of
from goldthread.records.scope import Here, scope
from tests.people import NORTH, a_person

TODAY = dt.date(2026, 11, 24)
NEEDS, BANDS = ("ASD", "SEMH", "SLCN"), ("5-10", "11-15")


def plans(number: int, code: str = NORTH, first: int = 0, **fields: Any) -> list[int]:
    """Issued plans P-00000 on, of several needs and age bands; their rows' numbers."""
    with scope(authority=code):
        rows = Plan.objects.bulk_create(
            Plan(
                **{
                    "authority_id": code, "reference": f"P-{at:05}", "need": NEEDS[at % 3],
                    "age_band": BANDS[at % 2], "phase": ("primary", "secondary")[at % 2],
                    "plan_kind": "reviewed", "setting_kind": "school", "year": 5,
                    "issued_on": dt.date(2024, 1 + at % 12, 1), "team": ("North", "South")[at % 2],
                    "last_review_on": dt.date(2026, 3, 1), **fields,
                }
            )
            for at in range(first, first + number)
        )  # fmt: skip
        return [row.pk for row in rows]


def documents(plans: list[int], kind: str = "plan", code: str = NORTH, **fields: Any) -> list[int]:
    """One document of each plan: D-…"""
    with scope(authority=code):
        rows = Document.objects.bulk_create(
            Document(
                **{
                    "authority_id": code, "plan_id": plan, "kind": kind, "state": "read",
                    "reference": f"D-{kind[0]}{plan:06}{fields.get('profession', '')[:3]}",
                    "status": "final", **fields,
                }
            )
            for plan in plans
        )  # fmt: skip
        return [row.pk for row in rows]


def auditors(*agencies: str, each: int = 3, capacity: int = 40) -> dict[str, list[Here]]:
    """So many auditors of each agency."""
    return {
        agency: [
            a_person(
                "parent-carer-auditor" if agency == "parent-carer" else "auditor",
                agency=agency, name=f"{agency} {number}", capacity=capacity,
            )
            for number in range(each)
        ]
        for agency in agencies
    }  # fmt: skip


def lead(**fields: Any) -> Here:
    return a_person("quality-lead", name="Quality Lead", **{"capacity": 0, **fields})


def digest(here: Here, asked: FrameAsked, today: dt.date = TODAY) -> str:
    """Of the list as it stands, as the last step shows it."""
    return frame_of(choose(here, asked, today), asked).digest


def drawn(here: Here, size: int = 12, today: dt.date = TODAY, **fields: Any) -> str:
    """A drawn sample; its reference. `fields`: of DrawAsked; `keys` and others of its frame."""
    from goldthread.records.actions.samples import DrawAsked, draw_sample

    own = {k: fields.pop(k) for k in ("mode", "why", "themes", "blind", "address") if k in fields}
    asked = FrameAsked(**fields)
    with scope(authority=here.authority, person=here.person):
        seen = digest(here, asked, today)
        return draw_sample(here, DrawAsked(asked, size=size, seen=seen, **own), today)


def sample(reference: str, code: str = NORTH) -> Sample:
    with scope(authority=code):
        return Sample.objects.get(reference=reference)
