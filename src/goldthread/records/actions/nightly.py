"""Retention in one authority or in all of them, as the command runs it."""

import datetime as dt
from dataclasses import dataclass

from goldthread.records.actions.retention import REMOVES, Due, apply, due
from goldthread.records.models import Authority, Settings
from goldthread.records.scope import Here, Refused, scope


@dataclass(frozen=True)
class Removed:
    """What went from one authority, or would go."""

    code: str
    name: str
    due: Due


def remove_due(code: str, today: dt.date, *, dry_run: bool = False) -> list[Removed]:
    """Removes what is due, in a transaction for each authority; `code` empty means all.

    `dry_run`: says what would go, and removes nothing. Errors: Refused for an authority that is
    not there or not open.
    """
    known = dict(Authority.objects.order_by("code").values_list("code", "name"))
    if code and code not in known:
        raise Refused(f"There is no authority with the code {code}.")
    found = []
    for each in [code] if code else known:
        with scope(authority=each):
            if Settings.objects.filter(authority_id=each).exists():
                found.append(Removed(each, known[each], _run(each, today, dry_run)))
    if code and not found:
        raise Refused(f"Authority {code} is not open, so nothing is kept for it.")
    return found


def _run(code: str, today: dt.date, dry_run: bool) -> Due:
    here = Here(authority=code, person=None, via="command", permissions=frozenset({REMOVES}))
    return (due if dry_run else apply)(here, today)
