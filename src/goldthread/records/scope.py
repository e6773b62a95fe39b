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
    def own(self) -> int:
        """The member whose rows are one's own. Of a visitor none is: 0, where None would match
        what nobody holds."""
        return self.member or 0

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
    inside = connection.in_atomic_block
    before: Scope = getattr(connection, _NOTED, NOBODY) if inside else NOBODY
    try:
        with transaction.atomic():
            _set((authority, "" if person is None else str(person), door))
            yield
            # The end of a transaction takes the settings away by itself, and so does going back
            # to where a part of it began; only a part that ended well must put them back.
            if inside and not connection.needs_rollback:
                _set(before)
    finally:
        setattr(connection, _NOTED, before)


Scope = tuple[str, str, str]
NOBODY: Scope = ("", "", "")
_NOTED = "goldthread_scope"


def _set(values: Scope) -> None:
    setattr(connection, _NOTED, values)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('goldthread.authority', %s, true),"
            " set_config('goldthread.person', %s, true), set_config('goldthread.door', %s, true)",
            values,
        )
