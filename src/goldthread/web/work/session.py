"""What the session says of who is asking, and how long it lasts."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.http import HttpRequest

IDLE = 60 * 60
"""Seconds without a request after which a session ends."""
LONGEST = 12 * 60 * 60
"""Seconds after which a session ends whatever was done in it."""
BETWEEN = 60
"""Seconds between two notes of when somebody was last here."""


@dataclass(frozen=True)
class Standing:
    """`only`: the one authority this session may enter, when that authority's own sign-in service
    vouched for the person. `first`: where the person must go first (a second factor)."""

    person: int | None = None
    via: str = ""
    only: str = ""
    first: str = ""


def begin(request: HttpRequest, via: str, only: str = "") -> None:
    """Called once somebody has signed in."""
    now = int(time.time())
    request.session.update({"via": via, "only": only, "began": now, "seen": now})


def standing(request: HttpRequest) -> Standing:
    """Who is asking. A session that is too old, or was idle too long, is nobody's."""
    said = request.session
    if "_auth_user_id" not in said or not request.user.is_authenticated:
        return Standing()
    now = int(time.time())
    seen, began = int(said.get("seen", 0)), int(said.get("began", 0))
    if now - seen > IDLE or now - began > LONGEST or now < began - BETWEEN:
        request.session.flush()
        return Standing()
    if now - seen > BETWEEN:
        said["seen"] = now
    via = str(said.get("via", ""))
    first = "" if via in ("provider", "demo", "passkey") or said.get("second") else "/account/2fa/"
    return Standing(int(request.user.pk), via, str(said.get("only", "")), first)
