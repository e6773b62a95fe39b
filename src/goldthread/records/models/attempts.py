"""Wrong passwords and codes, counted so that nobody can go on guessing."""

from typing import ClassVar

from django.db import models

from goldthread.records.models.owned import Classed, PersonalClass


class Attempt(Classed):
    """One wrong password or code, or one code that was used. `digest` is keyed with the site's
    secret: it says neither who tried nor from where."""

    kind = models.CharField(max_length=8, help_text="wrong, used")
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    personal: ClassVar[dict[str, PersonalClass]] = {"digest": "trace", "at": "trace"}
    plain = ("id", "kind")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("digest",), condition=models.Q(kind="used"), name="attempt_used_once"
            ),
        )
        indexes = (models.Index(fields=("digest", "at"), name="attempt_by_digest"),)
