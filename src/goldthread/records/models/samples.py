"""Drawn samples, kept so that anyone with the frame can draw them again."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from goldthread.records.models.history import with_history
from goldthread.records.models.owned import Owned, PersonalClass
from goldthread.records.models.people import Membership
from goldthread.records.models.plans import Plan


@with_history
class Sample(Owned):
    """One draw: its frame as text, the seed it gives, and why it has this size."""

    reference = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    mode = models.CharField(max_length=10, help_text="random, thematic, risk-led")
    subject = models.CharField(max_length=10, help_text="plan, review, advice")
    framework = models.CharField(max_length=60)
    themes = ArrayField(models.CharField(max_length=4), default=list)
    blind = models.BooleanField(default=True)
    period = models.CharField(max_length=20, help_text="2026-11")
    keys = ArrayField(models.CharField(max_length=20), default=list, help_text="Of the strata.")
    frame = models.TextField(help_text="Reference, tab, stratum: one line a plan, sorted.")
    frame_digest = models.CharField(max_length=64)
    salt = models.CharField(max_length=64)
    seed = models.CharField(max_length=64)
    sizes = models.JSONField(default=dict, help_text="Stratum: plans in the frame, plans drawn.")
    why = models.TextField(default="", help_text="Theme or risk: how the frame was chosen.")
    asked = models.TextField(default="", help_text="The address of the steps that it came from.")
    state = models.CharField(max_length=10, default="drawn")
    drawn_by = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL)
    drawn_at = models.DateTimeField(db_default=Now())
    due_on = models.DateField(null=True)

    personal: ClassVar[dict[str, PersonalClass]] = {"drawn_by": "trace", "drawn_at": "trace"}
    plain = (
        "id", "authority", "reference", "title", "mode", "subject", "framework", "themes", "blind",
        "period", "keys", "frame", "frame_digest", "salt", "seed", "sizes", "why", "asked",
        "state", "due_on",
    )  # fmt: skip

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("authority", "reference"), name="sample_once"),
        )


@with_history
class SampleLine(Owned):
    """One plan of a draw, in the drawn order."""

    sample = models.ForeignKey(Sample, on_delete=models.CASCADE, related_name="lines")
    plan = models.ForeignKey(Plan, null=True, on_delete=models.SET_NULL, related_name="+")
    reference = models.CharField(max_length=12)
    stratum = models.CharField(max_length=120)
    order = models.PositiveIntegerField()
    role = models.CharField(max_length=8, help_text="main, reserve")
    state = models.CharField(max_length=10, default="in", help_text="in, replaced, waiting")
    reason = models.CharField(max_length=300, default="")
    takes_from = models.ForeignKey("self", null=True, on_delete=models.SET_NULL)

    personal: ClassVar[dict[str, PersonalClass]] = {"plan": "identity", "reason": "words"}
    plain = (
        "id", "authority", "sample", "reference", "stratum", "order", "role", "state", "takes_from",
    )  # fmt: skip

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("sample", "reference"), name="sample_line_once"),
        )
