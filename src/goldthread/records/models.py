"""The rows Goldthread keeps. Written by `actions`, read by `queries`, kept apart by `tenancy`."""

from django.core.validators import RegexValidator
from django.db import models


class Authority(models.Model):
    """One local authority of England: the tenant that every other row will belong to.

    `code` is the three-digit code of the Department for Education; codes are never used again.
    """

    code = models.CharField(
        primary_key=True,
        max_length=3,
        validators=[RegexValidator(r"\A[0-9]{3}\Z", "An authority's code has three digits.")],
    )
    name = models.CharField(max_length=100)
    current = models.BooleanField(help_text="False once merged or split into others.")

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
