"""Audits: who answers which part, the answers as they are given, and what was signed."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from goldthread.records.models.documents import Document
from goldthread.records.models.history import with_history
from goldthread.records.models.owned import Owned, PersonalClass
from goldthread.records.models.people import Membership
from goldthread.records.models.plans import Plan
from goldthread.records.models.samples import SampleLine


@with_history
class Audit(Owned):
    """One audit of one document (or of a plan read elsewhere), assembled from its parts."""

    reference = models.CharField(max_length=12)
    plan = models.ForeignKey(Plan, null=True, on_delete=models.SET_NULL, related_name="audits")
    document = models.ForeignKey(Document, null=True, on_delete=models.SET_NULL, related_name="+")
    line = models.ForeignKey(SampleLine, null=True, on_delete=models.SET_NULL, related_name="+")
    purpose = models.CharField(
        max_length=10,
        default="sample",
        help_text="sample, double, draft, thematic, risk-led, anchor, imported",
    )
    subject = models.CharField(max_length=10, default="plan")
    framework = models.CharField(max_length=60)
    facts = models.JSONField(default=dict, help_text="Status, year, age, setting, profiles.")
    themes = ArrayField(models.CharField(max_length=4), default=list)
    mode = models.CharField(max_length=10, help_text="blind, assisted")
    state = models.CharField(max_length=10, default="allotted")
    made_at = models.DateTimeField(db_default=Now())
    due_on = models.DateField(null=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL)
    signed = models.JSONField(null=True, help_text="The signed answers and grade, without words.")
    digest = models.CharField(max_length=64, default="")
    standing = models.JSONField(
        null=True, help_text="What counts since it was moderated, in the form of `signed`."
    )
    cell = models.JSONField(
        default=dict, help_text="Month, draw and case-mix groups that its counts are kept under."
    )
    anchor = models.CharField(max_length=40, default="", help_text="Of an invented anchor plan.")
    source = models.ForeignKey(
        "records.Import", null=True, on_delete=models.SET_NULL, related_name="audits"
    )
    band = models.CharField(max_length=24, default="")
    index = models.FloatField(null=True)
    compliance = models.CharField(max_length=12, default="")
    seconds = models.PositiveIntegerField(default=0)
    experience = models.ForeignKey(
        "records.Experience", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    personal: ClassVar[dict[str, PersonalClass]] = {
        "plan": "identity", "document": "identity", "facts": "special", "signed_by": "trace",
        "signed_at": "trace",
    }  # fmt: skip
    plain = (
        "id", "authority", "reference", "line", "purpose", "subject", "framework", "themes", "mode",
        "state", "made_at", "due_on", "signed", "digest", "standing", "cell", "anchor", "source",
        "band", "index", "compliance", "seconds", "experience",
    )  # fmt: skip

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("authority", "reference"), name="audit_once"),
            models.CheckConstraint(
                condition=~models.Q(state="signed")
                | models.Q(signed__isnull=False, signed_at__isnull=False) & ~models.Q(digest=""),
                name="audit_signed_whole",
            ),
        )
        indexes = (models.Index(fields=("authority", "state"), name="audit_by_state"),)


@with_history
class Part(Owned):
    """One agency's share of an audit, with the person it is allotted to."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="parts")
    agency = models.CharField(max_length=20)
    auditor = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL)
    lead = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default="allotted")
    allotted_at = models.DateTimeField(db_default=Now())
    opened_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    seconds = models.PositiveIntegerField(default=0)

    personal: ClassVar[dict[str, PersonalClass]] = {
        "auditor": "staff", "opened_at": "trace", "done_at": "trace", "allotted_at": "trace",
    }  # fmt: skip
    plain = ("id", "authority", "audit", "agency", "lead", "state", "seconds")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("audit", "agency"), name="part_once"),)
        indexes = (models.Index(fields=("auditor", "state"), name="part_by_auditor"),)


@with_history
class Answer(Owned):
    """One criterion's answer in one audit. `version` guards against a stale form."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="answers")
    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="answers")
    criterion = models.CharField(max_length=60)
    value = models.CharField(max_length=16, default="")
    first = models.CharField(max_length=16, default="", help_text="Before the machine was seen.")
    machine = models.JSONField(default=dict, help_text="Its suggestion, and when shown.")
    comment = models.TextField(default="")
    evidence = models.JSONField(default=list, help_text="Places, with the words while kept.")
    version = models.PositiveIntegerField(default=1)
    answered_by = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL)
    answered_at = models.DateTimeField(db_default=Now())

    personal: ClassVar[dict[str, PersonalClass]] = {
        "comment": "words", "evidence": "words", "answered_by": "trace", "answered_at": "trace",
    }  # fmt: skip
    plain = (
        "id", "authority", "audit", "part", "criterion", "value", "first", "machine", "version",
    )  # fmt: skip

    class Meta:
        constraints = (models.UniqueConstraint(fields=("audit", "criterion"), name="answer_once"),)
