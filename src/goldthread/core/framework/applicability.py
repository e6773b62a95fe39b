"""Which questions apply to a document, and for which reason the others do not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from goldthread.core.framework.criterion import Criterion, DocumentStatus, NotApplicable
from goldthread.core.framework.framework import Framework, Profile

Setting = Literal["", "mainstream", "special"]


@dataclass(frozen=True)
class Applicability:
    """`criteria` apply; `set_aside` do not: id -> reason code."""

    criteria: tuple[Criterion, ...]
    set_aside: Mapping[str, NotApplicable]


def applicable(
    framework: Framework,
    status: DocumentStatus | Literal["unknown"] = "unknown",
    year: int | None = None,
    age: int | None = None,
    setting: Setting = "",
    profiles: Iterable[str] = (),
) -> Applicability:
    """The questions for one document. What is not known sets nothing aside: a person may.

    `year`: National Curriculum year; where it is not known it is worked out from `age`, in whole
    years, as far as that is certain. `profiles`: ids that only a person can tell, such as “s61”.
    Errors: LookupError for an unknown profile.
    """
    aside = _by_profile(framework, profiles)
    for criterion in framework.criteria:
        reason = reason_against(criterion, status, year, age, setting)
        if reason and criterion.id not in aside:
            aside[criterion.id] = reason
    left = tuple(c for c in framework.criteria if c.id not in aside)
    return Applicability(left, aside)


def reason_against(
    criterion: Criterion,
    status: DocumentStatus | Literal["unknown"],
    year: int | None,
    age: int | None,
    setting: Setting = "",
) -> NotApplicable | None:
    """The reason code why a question does not arise, or None when it does or nobody knows."""
    asked = criterion.applies
    if asked.status and status != "unknown" and status not in asked.status:
        return asked.otherwise or "draft-stage"
    if asked.from_year is not None and _latest_year(year, age) < asked.from_year:
        return asked.otherwise or "age"
    if age is not None and not (asked.from_age or 0) <= age <= (asked.to_age or 999):
        return asked.otherwise or "age"
    if asked.setting and setting and setting != asked.setting:
        return asked.otherwise or "no-such-need"
    return None


def _latest_year(year: int | None, age: int | None) -> int:
    """The highest year that the child may be in: at 13 it is Year 9, from that birthday on."""
    if year is not None:
        return year
    return 99 if age is None else age - 4


def profiles_of(
    framework: Framework, status: DocumentStatus | Literal["unknown"], age: int | None
) -> tuple[Profile, ...]:
    """The profiles that a document's status and the child's age choose by themselves."""
    return tuple(p for p in framework.profiles if _chosen(p, status, age))


def _chosen(profile: Profile, status: str, age: int | None) -> bool:
    if profile.status:
        return status in profile.status
    if profile.from_age is None and profile.to_age is None:
        return False
    return age is not None and (profile.from_age or 0) <= age <= (profile.to_age or 999)


def _by_profile(framework: Framework, named: Iterable[str]) -> dict[str, NotApplicable]:
    known = {p.id: p for p in framework.profiles}
    aside: dict[str, NotApplicable] = {}
    for name in named:
        if name not in known:
            raise LookupError(f"There is no profile “{name}”; known: {', '.join(known)}.")
        aside |= known[name].sets_aside
    return aside
