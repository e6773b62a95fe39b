"""What is audited: plans, reviews and advice as documents; the draft gate; what families say."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from goldthread.records.models.history import with_history
from goldthread.records.models.owned import Owned, PersonalClass
from goldthread.records.models.people import Membership
from goldthread.records.models.plans import Plan


@with_history
class Document(Owned):
    """A version of a plan, the paperwork of a review, or one piece of professional advice."""

    reference = models.CharField(max_length=12)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=10)
    status = models.CharField(max_length=10, default="unknown")
    version = models.PositiveSmallIntegerField(default=1)
    profession = models.CharField(max_length=40, default="")
    author = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL)
    requested_on = models.DateField(null=True)
    dated_on = models.DateField(null=True)
    added_at = models.DateTimeField(db_default=Now())
    digest = models.CharField(max_length=64, default="")
    state = models.CharField(max_length=10, default="listed")
    problem = models.CharField(max_length=300, default="")

    personal: ClassVar[dict[str, PersonalClass]] = {
        "author": "staff", "requested_on": "special", "dated_on": "special",
    }  # fmt: skip
    plain = (
        "id", "authority", "reference", "plan", "kind", "status", "version", "profession",
        "added_at", "digest", "state", "problem",
    )  # fmt: skip

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("authority", "reference"), name="document_once"),
        )


class Stored(Owned):
    """What was read from a document. The file and the text are encrypted at rest."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="stored")
    name = models.BinaryField(help_text="The file's name, encrypted.")
    file = models.BinaryField(null=True)
    paragraphs = models.BinaryField(help_text="JSON of the paragraphs, encrypted.")
    record = models.BinaryField(help_text="JSON of the machine's CheckRecord, encrypted.")
    machine = models.JSONField(default=dict, help_text="Criterion: suggested answer and state.")
    framework = models.CharField(max_length=60, default="")
    engine = models.CharField(max_length=20, default="")

    personal: ClassVar[dict[str, PersonalClass]] = {
        "name": "document", "file": "document", "paragraphs": "document", "record": "document",
    }  # fmt: skip
    plain = ("id", "authority", "document", "machine", "framework", "engine")


@with_history
class GateDecision(Owned):
    """The answer to “is this draft ready to issue?”, and who overrode what and why."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="decisions")
    state = models.CharField(max_length=12)
    blocks = models.JSONField(default=list, help_text="Criterion, source and reason code.")
    overrides = models.JSONField(default=list, help_text="Criteria that were overridden.")
    reason = models.TextField(default="")
    by = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(db_default=Now())

    personal: ClassVar[dict[str, PersonalClass]] = {
        "reason": "words", "by": "trace", "at": "trace",
    }  # fmt: skip
    plain = ("id", "authority", "document", "state", "blocks", "overrides")


@with_history
class Experience(Owned):
    """One family's answers about one plan: a dial of its own, never part of a grade."""

    plan = models.ForeignKey(Plan, null=True, on_delete=models.SET_NULL, related_name="+")
    form = models.CharField(max_length=40)
    who = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, default="", help_text="Of the link, while it is open.")
    answers = models.JSONField(default=dict)
    comment = models.TextField(default="")
    made_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    personal: ClassVar[dict[str, PersonalClass]] = {
        "plan": "identity", "answers": "special", "comment": "words", "digest": "credential",
        "answered_at": "trace",
    }  # fmt: skip
    plain = ("id", "authority", "form", "who", "made_at", "expires_at")
