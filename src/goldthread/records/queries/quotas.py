"""The year's target, month by month: what was asked, what was signed, what is carried."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Min
from django.utils import timezone

from goldthread.core.audit.quota import Month, monthly, schedule
from goldthread.records.models import Audit, Sample, Settings
from goldthread.records.scope import Here

FIRST_MONTH = 9
"""September: the year is the school year."""


@dataclass(frozen=True)
class Quota:
    """`months`: from the first one in which this authority sampled, to August.

    `this`: the current month; `signed`: audits of random samples signed in it so far.
    """

    target: int
    months: tuple[Month, ...]
    this: Month
    signed: int

    @property
    def left(self) -> int:
        """Plans still to sign this month."""
        return max(0, self.this.due - self.signed)


def quota(here: Here, today: dt.date) -> Quota:
    """The target (Settings.yearly_target) as it stands on `today`.

    Only random samples count: thematic and risk-led audits say nothing of all plans.
    """
    target = Settings.objects.values_list("yearly_target", flat=True).get(
        authority_id=here.authority
    )
    begins = dt.date(today.year if today.month >= FIRST_MONTH else today.year - 1, FIRST_MONTH, 1)
    year = [_month_after(begins, number) for number in range(12)]
    start = max(begins, _first_sample(today).replace(day=1))
    shares = dict(zip(year, monthly(target), strict=True))
    months = [month for month in year if month >= start]
    signed = _signed_by_month(months[0])
    done = [signed[month] for month in months if month < today.replace(day=1)]
    found = schedule([f"{m:%B}" for m in months], [shares[m] for m in months], done)
    return Quota(target, found, found[len(done)], signed[today.replace(day=1)])


def _month_after(first: dt.date, number: int) -> dt.date:
    year, month = divmod(first.month - 1 + number, 12)
    return dt.date(first.year + year, month + 1, 1)


def _first_sample(today: dt.date) -> dt.date:
    """Before anything was drawn nothing was due."""
    first = Sample.objects.aggregate(first=Min("drawn_at"))["first"]
    return min(_day(first), today) if first else today


def _day(moment: dt.datetime) -> dt.date:
    return timezone.localtime(moment).date()


def _signed_by_month(since: dt.date) -> Counter[dt.date]:
    rows = Audit.objects.filter(
        state="signed", purpose="sample", line__sample__mode="random", signed_at__date__gte=since
    ).values_list("signed_at", flat=True)
    return Counter(_day(moment).replace(day=1) for moment in rows)
