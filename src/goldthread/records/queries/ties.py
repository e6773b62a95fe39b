"""Who must not audit what: people tied to a plan, whoever asks and however they ask."""

from __future__ import annotations

from collections.abc import Iterable

from goldthread.records.models import Adviser, Conflict, Document, Plan


def ties(plans: Iterable[int]) -> dict[int, frozenset[int]]:
    """Plan -> members who may not audit it.

    They write it, advised on it, wrote a document of it, or declared a conflict of interest about
    it, its school or its team.
    """
    wanted = list(plans)
    found: dict[int, set[int]] = {plan: set() for plan in wanted}
    rows = list(Plan.objects.filter(pk__in=wanted).values_list("pk", "writer", "urn", "team"))
    for plan, writer, _, _ in rows:
        found[plan].update({writer} - {None})
    of_plan = Adviser.objects.filter(plan__in=wanted).values_list("plan_id", "member_id")
    by_author = Document.objects.filter(plan__in=wanted).exclude(author=None)
    for plan, member in [*of_plan, *by_author.values_list("plan_id", "author_id")]:
        found[plan].add(member)
    for member, plan, urn, team in Conflict.objects.values_list("member", "plan", "urn", "team"):
        for other, _, school, other_team in rows:
            if plan == other or (urn and urn == school) or (team and _same(team, other_team)):
                found[other].add(member)
    return {plan: frozenset(members) for plan, members in found.items()}


def _same(team: str, other: str) -> bool:
    """Teams are typed by hand: capitals and spaces do not tell them apart."""
    return " ".join(team.split()).casefold() == " ".join(other.split()).casefold()
