"""Lock-out: after too many wrong passwords or codes, a wait.

Kept in the database, so that every process of the site counts the same and a restart forgets
nothing. Call everything here at the sign-in door.
"""

import datetime as dt

from django.db import connection
from django.utils import timezone

from goldthread.records.models import Attempt
from goldthread.records.sealing import keyed_digest

MOST = {"account": 5, "address": 20}
WAIT = dt.timedelta(minutes=15)
KEPT = dt.timedelta(days=1)


def must_wait(account: str, address: str) -> bool:
    """Whether this account, or this network address, had too many wrong attempts just now.

    Holds both until the transaction ends: guesses sent at the same moment queue here.
    """
    keys = (("account", account), ("address", address))
    for kind, value in keys:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [_digest(kind, value)]
            )
    return any(_is_full(kind, value) for kind, value in keys)


def note_wrong(account: str, address: str) -> None:
    """One wrong password or code."""
    now = timezone.now()
    Attempt.objects.filter(at__lt=now - KEPT).delete()
    Attempt.objects.bulk_create(
        Attempt(kind="wrong", digest=_digest(kind, value), at=now)
        for kind, value in (("account", account), ("address", address))
    )


def forgive(account: str) -> None:
    """The account's owner got it right; what came from the address stays counted."""
    Attempt.objects.filter(kind="wrong", digest=_digest("account", account)).delete()


def is_first_use(account: str, code: str) -> bool:
    """Whether this one-time code is used for the first time; a second use is a replay."""
    said = "".join(code.split())
    _, made = Attempt.objects.get_or_create(
        kind="used", digest=_digest("code", f"{account}\0{said}"), defaults={"at": timezone.now()}
    )
    return bool(made)


def _is_full(kind: str, value: str) -> bool:
    """Attempts from the future, after a clock was set back, count for nothing."""
    now, most = timezone.now(), MOST[kind]
    rows = Attempt.objects.filter(kind="wrong", digest=_digest(kind, value), at__lte=now)
    latest = list(rows.order_by("-at").values_list("at", flat=True)[:most])
    if len(latest) < most:
        return False
    return latest[0] - latest[-1] <= WAIT and now - latest[0] < WAIT


def _digest(kind: str, value: str) -> str:
    return keyed_digest(f"attempt {kind}", value.strip().lower())
