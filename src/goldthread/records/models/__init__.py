"""The rows Goldthread keeps. Written by `actions`, read by `queries`, kept apart by `tenancy`."""

from goldthread.records.models.attempts import Attempt
from goldthread.records.models.audits import Answer, Audit, Part
from goldthread.records.models.authority import Authority, Settings
from goldthread.records.models.documents import Document, Experience, GateDecision, Stored
from goldthread.records.models.log import Chain, Event
from goldthread.records.models.people import (
    Conflict,
    Invitation,
    Membership,
    Person,
    Provider,
    SignedIn,
    SupportVisit,
)
from goldthread.records.models.plans import Adviser, Identity, Import, Mapping, Plan
from goldthread.records.models.samples import Sample, SampleLine
from goldthread.records.models.tallies import Cell, Pulse, Tally
from goldthread.records.models.trust import AuditMapping, Decision, Moderation, Reply

__all__ = [
    "Adviser", "Answer", "Attempt", "Audit", "AuditMapping", "Authority", "Cell", "Chain",
    "Conflict", "Decision", "Document", "Event", "Experience", "GateDecision", "Identity",
    "Import", "Invitation", "Mapping", "Membership", "Moderation", "Part", "Person", "Plan",
    "Provider", "Pulse", "Reply", "Sample", "SampleLine", "Settings", "SignedIn", "Stored",
    "SupportVisit", "Tally",
]  # fmt: skip
