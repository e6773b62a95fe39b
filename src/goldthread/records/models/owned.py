"""What every row of an authority has, and how its fields are classed."""

from typing import ClassVar, Literal

from django.db import models

PersonalClass = Literal[
    "identity", "special", "named", "staff", "words", "document", "credential", "trace"
]
"""identity: names or points to a child or family · special: health, need or care of one child ·
named: the name or address of a person at work · staff: their place and work, under a number ·
words: free text that may name anybody · document: a file and its text · credential: lets somebody
in · trace: who did what when.

`docs/reference/personal-data.md` is generated from these, and retention goes by them.
"""


class Classed(models.Model):
    """A model that says of each field whether it is personal; a test insists on every field."""

    personal: ClassVar[dict[str, PersonalClass]] = {}
    plain: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True


class Owned(Classed):
    """A row that belongs to one authority: row-level security goes by its `authority`."""

    authority = models.ForeignKey("records.Authority", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
