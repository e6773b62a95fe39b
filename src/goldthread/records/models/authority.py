"""The authority: the tenant that every other row belongs to, and how it wants to work."""

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models

from goldthread.records.models.history import with_history
from goldthread.records.models.owned import Classed, Owned, PersonalClass


class Authority(Classed):
    """One local authority of England: the tenant that every other row belongs to.

    `code` is the three-digit code of the Department for Education; codes are never used again.
    Invented authorities (demonstration, training) have codes below 100, which the Department does
    not give out, and say so on every page.
    """

    code = models.CharField(
        primary_key=True,
        max_length=3,
        validators=[RegexValidator(r"\A[0-9]{3}\Z", "An authority's code has three digits.")],
    )
    name = models.CharField(max_length=100)
    current = models.BooleanField(help_text="False once merged or split into others.")

    plain = ("code", "name", "current")

    class Meta:
        ordering = ("code",)
        verbose_name_plural = "authorities"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[0-9]{3}$"), name="authority_code_three_digits"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="authority_has_a_name"),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


@with_history
class Settings(Owned):
    """How one authority works. One row, made with the authority's first administrator."""

    framework = models.CharField(max_length=60, default="ehc-ref@2026.1")
    salt = models.CharField(max_length=64, help_text="Published: with the frame it gives the draw.")
    blind = models.BooleanField(default=True)
    keeps_identity = models.BooleanField(default=True)
    keeps_documents = models.BooleanField(default=True)
    document_months = models.PositiveSmallIntegerField(default=24)
    words_months = models.PositiveSmallIntegerField(default=36)
    identity_months = models.PositiveSmallIntegerField(default=72)
    staff_months = models.PositiveSmallIntegerField(default=36)
    local_sign_in = models.BooleanField(default=True)
    yearly_target = models.PositiveIntegerField(default=120)
    reply_days = models.PositiveSmallIntegerField(
        default=15, help_text="For a writer or adviser to reply to an audit; 0: no end."
    )
    contact = models.CharField(max_length=200, default="", help_text="Data protection contact.")

    personal: ClassVar[dict[str, PersonalClass]] = {"contact": "named"}
    plain = (
        "id", "authority", "framework", "salt", "blind", "keeps_identity", "keeps_documents",
        "document_months", "words_months", "identity_months", "staff_months", "local_sign_in",
        "yearly_target", "reply_days",
    )  # fmt: skip

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("authority",), name="settings_one_an_authority"),
        )
