"""A list of the plans that an authority holds, as a reader hands it on: rows, and what was refused.

Nothing here knows a file format; `readers/lists` makes these values, `casemix` derives their facts.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from goldthread.core.plan.plan import Status

Format = Literal["sen2-xml", "sen2-csv", "sen2-excel", "annex-a", "csv", "excel"]
"""The SEN2 return as COLLECT XML, as its “Blade” CSV files or on DfE's template; Ofsted's Annex A
workbook; any other table, as CSV or on a worksheet, with a column mapping."""

PlanKind = Literal["new", "reviewed", "transferred", "unknown"]
AgeBand = Literal["0-4", "5-10", "11-15", "16-18", "19-25"]
Phase = Literal["early-years", "primary", "secondary", "post-16"]
Setting = Literal[
    "school",
    "sen-unit",
    "resourced-provision",
    "special-school",
    "alternative-provision",
    "college",
    "early-years",
    "home-educated",
    "arranged-by-authority",
    "arranged-by-parent",
    "not-in-education",
    "other",
    "unknown",
]
"""Where the child or young person is taught. “school” is any provider with a number (URN or UKPRN)
of which the list says no more."""


class ListError(ValueError):
    """A list that cannot be read at all; the message is one sentence: what, where, what to do."""


@dataclass(frozen=True, slots=True)
class ListedPlan:
    """One plan of a list. Every field but `row` and the derived ones may be absent.

    `upn`, `forename`, `surname`, `born`, `sex` and `local_id` are personal: they never leave the
    authority, and no refusal or count repeats them.
    """

    row: str
    """Where it stands in the file: “row 12”, “Person 3”."""
    local_id: str
    """What the list itself calls the person: its own identifier where it has one, else UPN, else
    ULN, else a digest of name and date of birth. Only to find the same person on the next import;
    the caller hashes it before it is stored."""
    authority: str | None = None
    """Three-digit DfE code, as the file gives it."""
    upn: str = ""
    forename: str = ""
    surname: str = ""
    born: dt.date | None = None
    sex: str = ""
    """M, F or empty."""
    need: str | None = None
    """Primary need, a SEN2 code (`SENtype`): SPLD, ASD and so on."""
    second_need: str | None = None
    requested_on: dt.date | None = None
    issued_on: dt.date | None = None
    """When the first final plan began."""
    amended_on: dt.date | None = None
    """When the plan was last issued anew."""
    last_review_on: dt.date | None = None
    """SEN2: the date of the letter after the annual review, not of the meeting."""
    ceased_on: dt.date | None = None
    """When the plan ended; a plan whose end lies after the reference date has none."""
    plan_kind: PlanKind = "unknown"
    """See `casemix.plan_kind`."""
    urn: str = ""
    """Six digits, of the main school or setting; empty when it has none."""
    setting_kind: Setting = "unknown"
    phase: Phase | None = None
    """As the list says it, else from age at the reference date."""
    age_band: AgeBand | None = None
    """At the reference date."""
    status: Status = "unknown"
    """final or amended; unknown when no date of issue is given."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a row, a field of it or a whole file was not taken, or deserves a look.

    Never holds what the cell says: only where it stands, which field, and a sentence. Sentences of
    one rule are alike, so that they can be counted.
    """

    row: str
    """As in `ListedPlan.row`; “file” when the whole file is meant."""
    field: str
    """Our name of the field (`born`, `need`); empty when the whole row is meant."""
    sentence: str
    kind: Literal["refused", "warning"] = "refused"
    """refused: the row (or file) is left out. warning: it is taken without that field, or whole."""
    code: str = ""
    """Annex A rule (“106a”) where one says so."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What was read."""

    format: Format
    authority: str | None
    """Three-digit code in the file, if all of it has one."""
    reference_date: dt.date | None
    """Of the file (a SEN2 return has one); None when it gives none, and today was taken."""
    plans: tuple[ListedPlan, ...]
    refusals: tuple[Refusal, ...]
    read: int
    """Rows or persons read: plans, those refused and those without a plan."""
    without_plan: int = 0
    """Persons on a SEN2 return who have a request or assessment but no plan of this authority."""

    @property
    def current(self) -> tuple[ListedPlan, ...]:
        """Plans that are not marked as ceased: those the authority holds."""
        return tuple(plan for plan in self.plans if plan.ceased_on is None)

    @property
    def refused(self) -> tuple[Refusal, ...]:
        return tuple(r for r in self.refusals if r.kind == "refused")

    @property
    def warnings(self) -> tuple[Refusal, ...]:
        return tuple(r for r in self.refusals if r.kind == "warning")
