"""Invented plans and files for these tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from goldthread.records.models import Adviser, Event, Plan
from goldthread.records.references import new_reference
from goldthread.records.scope import Here, scope
from tests.people import NORTH

SAMPLES = Path(__file__).parents[3] / "samples" / "plans"
WORD = SAMPLES / "plan-007-0000-docx.docx"


def a_plan(code: str = NORTH, advisers: tuple[Here, ...] = (), **fields: Any) -> str:
    """The reference of a new plan."""
    with scope(authority=code):
        plan = Plan.objects.create(authority_id=code, reference=new_reference("P"), **fields)
        for adviser in advisers:
            Adviser.objects.create(authority_id=code, plan=plan, member_id=adviser.member)
    return plan.reference


def an_upload(name: str, data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, WORD.read_bytes() if data is None else data)


def events(code: str = NORTH) -> list[str]:
    """What was done, in order."""
    with scope(authority=code):
        return list(Event.objects.order_by("number").values_list("action", flat=True))
