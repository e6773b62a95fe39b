"""A second look at what was signed: moderation, and the replies of those whose work it was."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from goldthread.records.models.audits import Audit
from goldthread.records.models.history import with_history
from goldthread.records.models.owned import Owned, PersonalClass
from goldthread.records.models.people import Membership


@with_history
class Moderation(Owned):
    """One panel's look at a signed audit, or at two blind ones of one document.

    `before` and `after`: digest, index, band and compliance of what counted then and since. What
    was signed never changes; `Audit.standing` has what counts.
    """

    reference = models.CharField(max_length=12)
    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="moderations")
    second = models.ForeignKey(
        Audit, null=True, on_delete=models.SET_NULL, related_name="+",
        help_text="The blind second audit of the same document.",
    )  # fmt: skip
    why = models.CharField(max_length=12, help_text="double, gate, outstanding, reply, asked")
    state = models.CharField(max_length=12, default="waiting", help_text="waiting, decided")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    opened_at = models.DateTimeField(db_default=Now())
    opened_by = models.ForeignKey(
        Membership, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        Membership, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    personal: ClassVar[dict[str, PersonalClass]] = {
        "opened_at": "trace", "opened_by": "trace", "decided_at": "trace", "decided_by": "trace",
    }  # fmt: skip
    plain = (
        "id", "authority", "reference", "audit", "second", "why", "state", "before", "after",
    )  # fmt: skip

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("authority", "reference"), name="moderation_once"),
            models.UniqueConstraint(
                fields=("audit",), condition=models.Q(state="waiting"), name="moderation_one_waits"
            ),
        )


@with_history
class Decision(Owned):
    """What the panel decided on one question. `first`, `second`: the two auditors' answers."""

    moderation = models.ForeignKey(Moderation, on_delete=models.CASCADE, related_name="decisions")
    criterion = models.CharField(max_length=60)
    first = models.CharField(max_length=16, default="")
    second = models.CharField(max_length=16, default="")
    value = models.CharField(max_length=16, default="", help_text="What counts from now on.")
    reason = models.TextField(default="")

    personal: ClassVar[dict[str, PersonalClass]] = {"reason": "words"}
    plain = ("id", "authority", "moderation", "criterion", "first", "second", "value")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("moderation", "criterion"), name="decision_once"),
        )


@with_history
class Reply(Owned):
    """What the writer of a plan, or of advice, says to a signed audit of it, and the answer."""

    reference = models.CharField(max_length=12)
    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="replies")
    member = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, related_name="+")
    who = models.CharField(max_length=8, help_text="writer, adviser")
    criteria = ArrayField(models.CharField(max_length=60), default=list)
    words = models.TextField(default="")
    state = models.CharField(max_length=10, default="waiting", help_text="waiting, answered")
    outcome = models.CharField(max_length=10, default="", help_text="kept, moderated, noted")
    answer = models.TextField(default="")
    moderation = models.ForeignKey(
        Moderation, null=True, on_delete=models.SET_NULL, related_name="replies"
    )
    said_at = models.DateTimeField(db_default=Now())
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        Membership, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    personal: ClassVar[dict[str, PersonalClass]] = {
        "member": "trace", "words": "words", "answer": "words", "said_at": "trace",
        "answered_at": "trace", "answered_by": "trace",
    }  # fmt: skip
    plain = (
        "id", "authority", "reference", "audit", "who", "criteria", "state", "outcome",
        "moderation",
    )  # fmt: skip

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("authority", "reference"), name="reply_once"),
        )


@with_history
class AuditMapping(Owned):
    """How an authority's own spreadsheet of audits is read: columns, items and their answers."""

    name = models.CharField(max_length=80)
    record = models.JSONField(help_text="The `PastMapping` of `core/audit/past.py`.")
    used_at = models.DateTimeField(null=True)

    plain = ("id", "authority", "name", "record", "used_at")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("authority", "name"), name="audit_mapping_once"),
        )
