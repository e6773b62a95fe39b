"""The plans an authority holds: case-mix facts under a pseudonym, identity apart from them."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from goldthread.records.models.history import with_history
from goldthread.records.models.owned import Owned, PersonalClass
from goldthread.records.models.people import Membership


@with_history
class Plan(Owned):
    """One EHC plan, or a request that has not become one, under a pseudonymous reference.

    The vocabularies of need, phase, setting kind, plan kind and age band are those of
    `core/audit/listing.py`.
    """

    reference = models.CharField(max_length=12)
    local_digest = models.CharField(
        max_length=64, default="", help_text="Keyed digest of the list's own id, to match again."
    )
    need = models.CharField(max_length=8, default="")
    second_need = models.CharField(max_length=8, default="")
    age_band = models.CharField(max_length=8, default="")
    year = models.SmallIntegerField(null=True, help_text="School year; reception 0.")
    phase = models.CharField(max_length=20, default="")
    plan_kind = models.CharField(max_length=20, default="unknown")
    setting_kind = models.CharField(max_length=30, default="")
    urn = models.CharField(max_length=8, default="")
    team = models.CharField(max_length=80, default="")
    writer = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, related_name="+")
    advisers = models.ManyToManyField(Membership, through="records.Adviser", related_name="+")
    requested_on = models.DateField(null=True)
    issued_on = models.DateField(null=True)
    amended_on = models.DateField(null=True)
    last_review_on = models.DateField(null=True)
    ceased_on = models.DateField(null=True)
    source = models.ForeignKey("records.Import", null=True, on_delete=models.SET_NULL)
    made_at = models.DateTimeField(db_default=Now())

    personal: ClassVar[dict[str, PersonalClass]] = {
        "local_digest": "identity", "need": "special", "second_need": "special",
        "age_band": "special", "year": "special", "phase": "special", "setting_kind": "special",
        "urn": "identity", "writer": "staff", "requested_on": "special", "issued_on": "special",
        "amended_on": "special", "last_review_on": "special", "ceased_on": "special",
    }  # fmt: skip
    plain = (
        "id", "authority", "reference", "plan_kind", "team", "advisers", "source", "made_at",
    )  # fmt: skip

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("authority", "reference"), name="plan_reference_once"),
            models.UniqueConstraint(
                fields=("authority", "local_digest"),
                condition=~models.Q(local_digest=""),
                name="plan_local_once",
            ),
        )


class Adviser(Owned):
    """Somebody whose professional advice a plan rests on."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")

    personal: ClassVar[dict[str, PersonalClass]] = {"member": "staff"}
    plain = ("id", "authority", "plan")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("plan", "member"), name="adviser_once"),)


class Identity(Owned):
    """Who a plan is about. Its own table, so that an authority may keep none of it."""

    plan = models.OneToOneField(Plan, on_delete=models.CASCADE, related_name="identity")
    forename = models.CharField(max_length=80, default="")
    surname = models.CharField(max_length=80, default="")
    born = models.DateField(null=True)
    upn = models.CharField(max_length=13, default="")
    local_id = models.CharField(max_length=60, default="")

    personal: ClassVar[dict[str, PersonalClass]] = {
        "forename": "identity", "surname": "identity", "born": "identity", "upn": "identity",
        "local_id": "identity",
    }  # fmt: skip
    plain = ("id", "authority", "plan")


@with_history
class Mapping(Owned):
    """A saved column mapping for a list."""

    name = models.CharField(max_length=80)
    columns = models.JSONField()
    used_at = models.DateTimeField(null=True)

    plain = ("id", "authority", "name", "columns", "used_at")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("authority", "name"), name="mapping_once"),)


class Import(Owned):
    """One list that was taken in: how many rows, and what was refused and why, by row number."""

    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL)
    format = models.CharField(max_length=30)
    file = models.CharField(max_length=200, help_text="The name of the file.")
    digest = models.CharField(max_length=64)
    read = models.PositiveIntegerField()
    added = models.PositiveIntegerField()
    updated = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()
    refusals = models.JSONField(default=list, help_text="Row, field and sentence; no values.")
    columns = ArrayField(models.CharField(max_length=120), default=list)

    personal: ClassVar[dict[str, PersonalClass]] = {
        "by": "trace", "at": "trace", "file": "words",
    }  # fmt: skip
    plain = (
        "id", "authority", "format", "digest", "read", "added", "updated", "refused", "refusals",
        "columns",
    )  # fmt: skip
