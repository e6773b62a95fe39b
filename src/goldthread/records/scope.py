"""Who is asking, for which authority: set for one transaction, and read by every policy.

Nothing is set outside a scope, and then the policies show no row of any authority.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from django.db import connection, transaction

from goldthread.records.roles import PERMISSIONS

Door = Literal["", "sign-in", "erase", "command"]
"""sign-in: who somebody is must be found before there is a person · erase: removing a person's
details · command: the administrator's command line, which sees every account but no other door."""


class NotAllowed(Exception):
    """This person may not do this here; the message is one clear sentence."""


class Stale(Exception):
    """Somebody changed this meanwhile; the message says what to do."""


class Refused(ValueError):
    """What was asked cannot be done; one clear sentence: what, where, what to do."""


@dataclass(frozen=True)
class Here:
    """One person at work in one authority, as their roles stand in this transaction."""

    authority: str
    person: int | None
    member: int | None = None
    roles: frozenset[str] = frozenset()
    agency: str = ""
    profession: str = ""
    team: str = ""
    name: str = ""
    authority_name: str = ""
    via: str = "password"
    """password, passkey, provider, demo, support, command."""
    permissions: frozenset[str] = field(default=frozenset())

    def can(self, permission: str) -> bool:
        return permission in self.permissions

    def check(self, permission: str) -> None:
        """Errors: NotAllowed, in words."""
        if permission not in self.permissions:
            raise NotAllowed(f"Your role here may not {PERMISSIONS[permission]}.")

    @property
    def invented(self) -> bool:
        """Whether the authority is invented, which its pages say."""
        return self.authority < "100"

    @property
    def watched(self) -> bool:
        """Whether every page this person reads is an event: inspectors and support."""
        return self.via == "support" or "inspector" in self.roles


@contextlib.contextmanager
def scope(*, authority: str = "", person: int | None = None, door: Door = "") -> Iterator[None]:
    """One transaction in which policies know who asks; what stood before comes back after it."""
    with transaction.atomic():
        before = _current()
        _set((authority, "" if person is None else str(person), door))
        try:
            yield
        finally:
            # After a fault nothing more may be said on this connection, and a rollback takes the
            # settings back by itself.
            if not connection.needs_rollback:
                _set(before)


def _current() -> tuple[str, str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('goldthread.authority', true), ''),"
            " coalesce(current_setting('goldthread.person', true), ''),"
            " coalesce(current_setting('goldthread.door', true), '')"
        )
        row = cursor.fetchone()
    return row[0], row[1], row[2]


def _set(values: tuple[str, str, str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('goldthread.authority', %s, true),"
            " set_config('goldthread.person', %s, true), set_config('goldthread.door', %s, true)",
            values,
        )
