"""The event log for people: append-only, each event sealed by the one before it."""

from typing import ClassVar

from django.db import models

from goldthread.records.models.owned import Owned, PersonalClass


class Chain(Owned):
    """The head of one authority's log; locked while an event is added."""

    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)

    plain = ("id", "authority", "number", "digest")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("authority",), name="chain_once"),)


class Event(Owned):
    """One thing that was done. Holds references and digests, never a name or a text."""

    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    person = models.BigIntegerField(null=True)
    via = models.CharField(max_length=20)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=80, default="")
    detail = models.JSONField(default=dict)
    before = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    personal: ClassVar[dict[str, PersonalClass]] = {"person": "trace", "at": "trace"}
    plain = (
        "id", "authority", "number", "via", "action", "subject", "detail", "before", "digest",
    )  # fmt: skip

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("authority", "number"), name="event_number_once"),
        )
        indexes = (models.Index(fields=("authority", "subject"), name="event_by_subject"),)
