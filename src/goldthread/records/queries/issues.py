"""The words behind common issues: what auditors wrote and pinned where a plan falls short."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from goldthread.records.models import Answer, Audit
from goldthread.records.queries.counts import Filters
from goldthread.records.queries.quality import in_cells
from goldthread.records.scope import Here

SHORT = ("0", "1")


@dataclass(frozen=True)
class Words:
    """What one audit says of one question. `plan`: its reference, empty once it was erased."""

    criterion: str
    audit: str
    plan: str
    value: str
    comment: str
    quotes: tuple[str, ...]


def words_on(
    here: Here, filters: Filters, criteria: Iterable[str], most: int = 2,
    values: Iterable[str] = SHORT,
) -> dict[str, tuple[Words, ...]]:  # fmt: skip
    """Criterion -> the newest answers of these values that have words, at most so many each.

    An answer that moderation changed is left out. Errors: NotAllowed without “read-documents”.
    """
    here.check("read-documents")
    wanted = tuple(criteria)
    place = Window(RowNumber(), partition_by=F("criterion"), order_by=F("audit__signed_at").desc())
    audits = Audit.objects.filter(in_cells(filters), authority_id=here.authority)
    rows = (
        Answer.objects.filter(criterion__in=wanted, value__in=tuple(values), audit__in=audits)
        .exclude(comment="", evidence=[])
        .annotate(place=place)
        .filter(place__lte=4 * most)
        .order_by("criterion", "place")
        .values_list("criterion", "audit__reference", "audit__plan__reference", "value",
                     "comment", "evidence")
    )  # fmt: skip
    every = [
        Words(criterion, audit, plan or "", value, comment, _quotes(evidence))
        for criterion, audit, plan, value, comment, evidence in rows
    ]
    counts = _moderated(here, {said.audit for said in every})
    found: dict[str, list[Words]] = {criterion: [] for criterion in wanted}
    for said in every:
        stands = counts.get(said.audit, {}).get(said.criterion, said.value) == said.value
        if (said.comment or said.quotes) and stands:
            found[said.criterion].append(said)
    return {criterion: tuple(words[:most]) for criterion, words in found.items()}


def _quotes(evidence: list[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(place["quote"] for place in evidence if place.get("quote"))


def _moderated(here: Here, audits: Iterable[str]) -> dict[str, dict[str, str]]:
    """Audit -> criterion -> what counts since moderation, of those that were moderated; each
    audit's text is read once."""
    rows = Audit.objects.filter(
        authority_id=here.authority, reference__in=tuple(audits), standing__isnull=False
    )
    return {
        reference: {j["criterion"]: str(j["value"]) for j in standing["judgements"]}
        for reference, standing in rows.values_list("reference", "standing")
    }
