"""Keeps the table of authorities equal to the reference list. Runs at `goldthread migrate` only."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from goldthread.records.models import Authority


@dataclass(frozen=True)
class AuthorityRow:
    """One line of the reference list."""

    code: str
    name: str
    current: bool = True


def load_authorities(rows: Iterable[AuthorityRow], *, using: str = "owner") -> int:
    """Add and update authorities; returns how many rows the list has.

    A row that the list no longer names is kept, as not current: other rows may belong to it.
    Errors: ValueError when a code comes twice.
    """
    listed = [Authority(code=row.code, name=row.name, current=row.current) for row in rows]
    codes = [authority.code for authority in listed]
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise ValueError(f"The list of authorities names these codes twice: {', '.join(twice)}.")
    with transaction.atomic(using=using):
        table = Authority.objects.using(using)
        table.exclude(code__in=codes).update(current=False)
        table.bulk_create(
            listed,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["name", "current"],
        )
    return len(listed)
