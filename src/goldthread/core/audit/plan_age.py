"""How old a plan is, and whether its review is due.

A plan must be reviewed within twelve months of being made, and then within twelve months of the
last review (Children and Families Act 2014, s44(1)).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from goldthread.core.audit.casemix import year_before

SOON = dt.timedelta(weeks=8)
"""“Due soon” begins so long before the twelve months are over."""


@dataclass(frozen=True, slots=True)
class PlanAge:
    """`months`: whole months since the plan was last made, amended or reviewed; None when no date
    is known. `review`: “”, “soon” or “overdue”."""

    months: int | None
    review: str = ""

    @property
    def sentence(self) -> str:
        if self.months is None:
            return "not known"
        said = "1 month" if self.months == 1 else f"{self.months} months"
        return said + {"overdue": ", review overdue", "soon": ", review due soon"}.get(
            self.review, ""
        )


def plan_age(
    issued: dt.date | None, amended: dt.date | None, reviewed: dt.date | None, today: dt.date
) -> PlanAge:
    """Of a plan that is in force on `today`; dates after it are not counted."""
    known = [day for day in (issued, amended, reviewed) if day is not None and day <= today]
    if not known:
        return PlanAge(None)
    counted = [day for day in (issued, reviewed) if day is not None and day <= today]
    return PlanAge(_months(max(known), today), _review(max(counted), today) if counted else "")


def _review(since: dt.date, today: dt.date) -> str:
    if since < year_before(today):
        return "overdue"
    return "soon" if since < year_before(today) + SOON else ""


def _months(since: dt.date, today: dt.date) -> int:
    return (today.year - since.year) * 12 + today.month - since.month - (today.day < since.day)
