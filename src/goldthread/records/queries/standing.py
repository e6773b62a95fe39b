"""Signed audits as they count now: as they were signed, or as moderation left them."""

import json

from django.db.models import Q, QuerySet

from goldthread.core.audit.signed import SignedAudit
from goldthread.records.models import Audit
from goldthread.records.scope import Here

COUNTED = ("sample", "thematic", "risk-led", "draft", "imported")
"""Purposes that count for figures; second marks and anchor plans are there to compare auditors."""
COUNTS = Q(state="signed", purpose__in=COUNTED)


def standing(row: Audit) -> SignedAudit:
    """What counts of a signed audit. What was signed stays beside it, in `Audit.signed`.

    Errors: ValueError, one sentence, for an audit that nobody signed or that was tampered with.
    """
    if row.signed is None:
        raise ValueError(f"{row.reference} is not signed yet, so nothing of it counts.")
    return SignedAudit.from_json(json.dumps(row.standing or row.signed))


def counts(row: Audit) -> bool:
    """Whether this audit is one of those that figures are made of."""
    return row.state == "signed" and row.purpose in COUNTED


def counted(here: Here) -> QuerySet[Audit]:
    """The signed audits that figures are made of, of this authority."""
    return Audit.objects.filter(COUNTS, authority_id=here.authority)
