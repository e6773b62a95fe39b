"""The audits behind a figure of the quality page, by the same address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from goldthread.core.report.quality import sentences
from goldthread.core.report.quality.asked import DRAWS, WrongAddress, read
from goldthread.records.queries.counts import Filters
from goldthread.records.queries.quality import behind_figure
from goldthread.records.scope import Here
from goldthread.web.work.quality_address import audits_query
from goldthread.web.work.quality_figures import choices

OWN = ("criterion", "answer")
MARK = "draw"
"""Every address of audits behind a figure says how they were drawn; others do not."""


@dataclass(frozen=True)
class Behind:
    """`only`: which audits; `said`: these in words; `query`: what the next page must keep."""

    only: Q
    said: str
    query: str


def behind(here: Here, given: Mapping[str, str]) -> Behind | None:
    """None where the address asks for no figure. Errors: WrongAddress."""
    if MARK not in given:
        return None
    offered = choices(here)
    asked = read(given, offered.known, timezone.localdate())
    criterion, answer = given.get("criterion", "")[:60], given.get("answer", "")
    if answer not in ("", "short"):
        raise WrongAddress("answer", f"There is no kind of answer “{answer[:20]}”: leave it out.")
    filters = Filters(
        framework=(asked.framework,) if asked.framework else (), subject=(asked.subject,),
        drawn=(asked.draw,), since=asked.since, until=asked.until,
        **{name: (value,) for name, value in asked.chosen.items()},
    )  # fmt: skip
    said = [offered.known[name][value] for name, value in asked.groups]
    if criterion:
        said.append(f"{criterion} at 0 or 1" if answer else f"{criterion} answered 0 to 3")
    words = ", ".join([f"Signed {sentences.period(asked)}", DRAWS[asked.draw].lower(), *said])
    more = {name: given[name] for name in OWN if given.get(name)}
    only = behind_figure(filters, criterion, answer == "short")
    return Behind(only, f"{words}.", audits_query(asked, **more)[1:])
