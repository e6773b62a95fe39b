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

__all__ = [
    "Adviser", "Answer", "Attempt", "Audit", "Authority", "Chain", "Conflict", "Document", "Event",
    "Experience", "GateDecision", "Identity", "Import", "Invitation", "Mapping", "Membership",
    "Part", "Person", "Plan", "Provider", "Sample", "SampleLine", "Settings", "SignedIn", "Stored",
    "SupportVisit",
]  # fmt: skip
