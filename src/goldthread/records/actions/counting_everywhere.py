"""Kept counts of one authority or of all of them, as the command checks and rebuilds them."""

from __future__ import annotations

from goldthread.records.actions.counting import (
    KEEPS_COUNTS,
    Checked,
    FrameworkOf,
    check,
    rebuild,
)
from goldthread.records.models import Authority, Settings
from goldthread.records.scope import Here, Refused, scope


def check_all(code: str, framework_of: FrameworkOf) -> list[Checked]:
    """One result for each open authority, by code, in a transaction each; `code` empty means all.

    Errors: Refused for an authority that is not there or not open.
    """
    found = []
    for each in _codes(code):
        with scope(authority=each):
            if Settings.objects.filter(authority_id=each).exists():
                found.append(check(_command(each), framework_of))
    _check_open(code, found)
    return found


def rebuild_all(code: str, framework_of: FrameworkOf) -> list[Checked]:
    """Counts every audit anew, and says what was not as it should be before. As `check_all`."""
    found = []
    for each in _codes(code):
        with scope(authority=each):
            if Settings.objects.filter(authority_id=each).exists():
                here = _command(each)
                found.append(check(here, framework_of))
                rebuild(here, framework_of)
    _check_open(code, found)
    return found


def _command(code: str) -> Here:
    return Here(authority=code, person=None, via="command", permissions=frozenset({KEEPS_COUNTS}))


def _codes(code: str) -> list[str]:
    known = list(Authority.objects.order_by("code").values_list("code", flat=True))
    if code and code not in known:
        raise Refused(f"There is no authority with the code {code}.")
    return [code] if code else known


def _check_open(code: str, found: list[Checked]) -> None:
    if code and not found:
        raise Refused(f"Authority {code} is not open, so nothing is counted for it.")
