"""The form for what a person may do here: roles, agency, team, how much, until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from goldthread.records.actions.people import LONGEST_VISIT, Given
from goldthread.records.actions.refusing import WrongField
from goldthread.records.queries.people import Member
from goldthread.records.roles import AGENCIES, PERMISSIONS, ROLES, Role
from goldthread.web.work import words
from goldthread.web.work.fields import day, number, text, written

CAPACITY = "Audits a month must be a whole number from 0 to 60."


@dataclass(frozen=True)
class PlaceForm:
    """What stands in the fields, right or wrong."""

    roles: tuple[str, ...] = ()
    agency: str = ""
    profession: str = ""
    team: str = ""
    capacity: str = "4"
    ends_on: str = ""

    @classmethod
    def of(cls, member: Member) -> PlaceForm:
        """As the member's place stands now."""
        return cls(
            member.roles, member.agency, member.profession, member.team, str(member.capacity),
            written(member.ends_on),
        )  # fmt: skip

    @classmethod
    def posted(cls, posted: Any) -> PlaceForm:
        return cls(
            tuple(posted.getlist("roles")), *(text(posted, name) for name in (
                "agency", "profession", "team", "capacity", "ends_on",
            )),
        )  # fmt: skip

    def given(self) -> Given:
        """The fields as values. Errors: WrongField for a number or date that is none."""
        capacity = number({"capacity": self.capacity}, "capacity", CAPACITY)
        ends_on: dt.date | None = day({"ends_on": self.ends_on}, "ends_on", "The last day")
        if capacity is None:
            raise WrongField("capacity", CAPACITY)
        return Given(
            self.roles, self.agency, self.profession, self.team, capacity, ends_on
        )  # fmt: skip

    def context(self) -> Mapping[str, Any]:
        """For `work/people_fields.html`."""
        roles = [(name, role, name in self.roles) for name, role in ROLES.items()]
        professions = {"": "None", **words.professions()}
        if self.profession:
            professions.setdefault(self.profession, self.profession)
        return {
            "form": self, "roles": roles, "agencies": {"": "None", **AGENCIES}.items(),
            "professions": professions.items(), "longest": LONGEST_VISIT,
        }  # fmt: skip


def roles_explained() -> list[tuple[Role, list[str]]]:
    """Each role with what it may do, in the order of PERMISSIONS."""
    return [
        (role, [says for name, says in PERMISSIONS.items() if name in role.permissions])
        for role in ROLES.values()
    ]
