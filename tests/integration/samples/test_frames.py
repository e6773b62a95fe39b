"""What is in a list to draw from, and that everything left out is counted with its reason."""

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.records.models import Document, Plan
from goldthread.records.queries.frames import (
    REASONS,
    FrameAsked,
    choose,
    frame_of,
    months_before,
)
from goldthread.records.scope import scope
from tests.integration.samples.made import TODAY, documents, lead, plans
from tests.people import NORTH


def _choose(**asked):
    here = lead()
    with scope(authority=NORTH, person=here.person):
        return choose(here, FrameAsked(**asked), TODAY)


@pytest.mark.parametrize(
    ("plan", "asked", "reason"),
    [
        ({}, {}, ""),
        ({"ceased_on": TODAY}, {}, "ceased"),
        ({"issued_on": None}, {}, "not-issued"),
        ({"amended_on": dt.date(2025, 1, 1)}, {"status": "final"}, "other-status"),
        ({}, {"status": "draft"}, "other-status"),
        ({"last_review_on": None}, {"subject": "review"}, "no-review"),
        ({}, {"since": dt.date(2025, 1, 1)}, "other-day"),
        ({}, {"until": dt.date(2023, 1, 1)}, "other-day"),
        ({"need": "PD"}, {"needs": ("ASD",)}, "other-facts"),
        ({"team": ""}, {"teams": ("North",)}, "other-facts"),
        ({}, {"older": 5}, "too-new"),
        ({}, {"older": 1}, ""),
        ({}, {"unreviewed": 12}, "reviewed"),
        ({"last_review_on": dt.date(2025, 11, 23)}, {"unreviewed": 12}, ""),
        ({"last_review_on": None}, {"unreviewed": 12}, ""),
        ({}, {"with_document": True}, "no-document"),
    ],
)
def test_each_reason(plan, asked, reason):
    plans(1, **plan)
    found = _choose(**asked)
    assert dict(found.left_out) == ({reason: 1} if reason else {})
    assert len(found.chosen) == (0 if reason else 1)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2040, 12, 31)), st.integers(0, 400))
def test_months_before_goes_back_month_by_month(day, months):
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
    found = months_before(day, months)
    assert (found.year, found.month) == (year, month)
    assert found.day == day.day or (found + dt.timedelta(days=1)).month != month


def test_every_plan_is_in_or_counted():
    plans(30)
    plans(10, first=30, ceased_on=TODAY)
    plans(5, first=40, issued_on=None)
    found = _choose(needs=("ASD",), keys=("need",))
    assert found.listed == 45
    assert len(found.chosen) + sum(found.left_out.values()) == 45
    assert list(found.left_out) == [code for code in REASONS if code in found.left_out]


def test_the_newest_document_of_the_status_is_the_one_to_audit():
    made = plans(1)
    documents(made, version=1, reference="D-1")
    documents(made, version=2, reference="D-2", status="amended")
    documents(made, version=3, reference="D-3", status="draft")
    documents(made, version=4, reference="D-4", status="amended", state="refused")
    with scope(authority=NORTH):
        names = dict(Document.objects.values_list("pk", "reference"))
    (issued,) = _choose().chosen
    (draft,) = _choose(status="draft").chosen
    assert names[issued.document] == "D-2"
    assert names[draft.document] == "D-3"


def test_advice_is_listed_by_document_and_profession():
    made = plans(6)
    documents(made[:4], "advice", profession="educational-psychologist")
    documents(made[2:], "advice", profession="therapist")
    here = lead()
    asked = FrameAsked(subject="advice", keys=("profession",))
    with scope(authority=NORTH, person=here.person):
        frame = frame_of(choose(here, asked, TODAY), asked)
    assert frame.sizes == {"educational-psychologist": 4, "therapist": 4}
    assert all(line.reference.startswith("D-") for line in frame.lines)
    only = _choose(subject="advice", professions=("therapist",))
    assert dict(only.left_out) == {"other-profession": 4}


def test_strata_are_those_of_a_plain_count():
    plans(31)
    here = lead()
    asked = FrameAsked(keys=("need", "age_band"))
    with scope(authority=NORTH, person=here.person):
        frame = frame_of(choose(here, asked, TODAY), asked)
        rows = Plan.objects.values_list("need", "age_band")
        counts = Counter(f"{need} / {band}" for need, band in rows)
    assert frame.sizes == counts
