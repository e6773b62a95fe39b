"""Additive counts of an authority's audits: what its figures are made of, and nothing of a child.

Kept in the transaction that signs, moderates or imports an audit, and equal at any time to what
counting all audits anew gives (`actions/counting.py`). Shapes: `core/measures/counting.py`.
"""

from django.db import models
from django.db.models.functions import Now

from goldthread.records.models.owned import Owned


class Cell(Owned):
    """One month, draw, edition and case-mix group. Empty text: not known or not of this kind; “*”
    in every group: all together (`core/measures/counting.month_of`)."""

    month = models.DateField(help_text="The first day of the month of signing.")
    framework = models.CharField(max_length=60)
    subject = models.CharField(max_length=10, help_text="plan, review, advice")
    drawn = models.CharField(max_length=10, help_text="random, thematic, risk-led, draft, imported")
    plan_kind = models.CharField(max_length=20, default="")
    age_band = models.CharField(max_length=8, default="")
    need = models.CharField(max_length=8, default="")
    phase = models.CharField(max_length=20, default="")
    setting_kind = models.CharField(max_length=30, default="")
    team = models.CharField(max_length=80, default="")
    profession = models.CharField(max_length=40, default="")

    plain = (
        "id", "authority", "month", "framework", "subject", "drawn", "plan_kind", "age_band",
        "need", "phase", "setting_kind", "team", "profession",
    )  # fmt: skip

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=(
                    "authority", "month", "framework", "subject", "drawn", "plan_kind", "age_band",
                    "need", "phase", "setting_kind", "team", "profession",
                ),
                name="cell_once",
            ),
        )  # fmt: skip


class Tally(Owned):
    """One measure in one cell: `core/measures/counting.Count` says what each number is.

    Every signature writes some two hundred of these, so they have no key and no index that another
    one covers: that a tally's cell is there, in the same authority, is one key (`SameAuthority`).
    """

    authority = models.ForeignKey(
        "records.Authority", on_delete=models.PROTECT, related_name="+", db_index=False,
        db_constraint=False,
    )  # fmt: skip
    cell = models.ForeignKey(
        Cell, on_delete=models.CASCADE, related_name="tallies", db_index=False, db_constraint=False
    )
    measure = models.CharField(max_length=60)
    n = models.IntegerField(default=0)
    met = models.IntegerField(default=0)
    total = models.BigIntegerField(default=0)
    squares = models.BigIntegerField(default=0)
    at0 = models.IntegerField(default=0)
    at1 = models.IntegerField(default=0)
    at2 = models.IntegerField(default=0)
    at3 = models.IntegerField(default=0)
    not_applicable = models.IntegerField(default=0)
    undecided = models.IntegerField(default=0)

    plain = (
        "id", "authority", "cell", "measure", "n", "met", "total", "squares", "at0", "at1", "at2",
        "at3", "not_applicable", "undecided",
    )  # fmt: skip

    class Meta:
        verbose_name_plural = "tallies"
        constraints = (
            models.UniqueConstraint(fields=("cell", "measure"), name="tally_once"),
            models.CheckConstraint(condition=models.Q(n__gte=0), name="tally_not_negative"),
        )
        indexes = (
            # Holds the numbers too: a few measures of every cell are read without the cells' rest.
            models.Index(
                fields=("authority", "measure", "cell"),
                include=(
                    "n", "met", "total", "squares", "at0", "at1", "at2", "at3", "not_applicable",
                    "undecided",
                ),
                name="tally_by_measure",
            ),
        )  # fmt: skip


class Pulse(Owned):
    """When an authority's figures last changed; open pages follow its number."""

    number = models.BigIntegerField(default=0)
    at = models.DateTimeField(db_default=Now())

    plain = ("id", "authority", "number", "at")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("authority",), name="pulse_one_an_authority"),
        )
