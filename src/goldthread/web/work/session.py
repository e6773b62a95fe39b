"""What the session says of who is asking, and how long it lasts."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest

from goldthread.records.sessions import digest

IDLE = 60 * 60
"""Seconds without a request after which a session ends."""
LONGEST = 12 * 60 * 60
"""Seconds after which a session ends whatever was done in it."""
BETWEEN = 60
"""Seconds between two notes of when somebody was last here."""
FRESH = 10 * 60
"""Seconds after signing in during which nobody is asked for the password again."""
SET_UP = "/account/2fa/"
WITHOUT_SECOND = ("provider", "demo", "passkey")
"""Ways in that need no second factor of ours: the service asks for its own, a passkey is both."""
BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Mac OS", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """`only`: the one authority this session may enter, when that authority's own sign-in service
    vouched for the person. `first`: where the person must go first (a second factor)."""

    person: int | None = None
    via: str = ""
    only: str = ""
    first: str = ""
    seal: str = ""
    """By which the account itself is asked whether the session still holds: another password, and
    it does not."""

    @property
    def owns_account(self) -> bool:
        """Whether they showed that the account itself is theirs. A service vouches for one
        authority alone and must not change what opens others; in a demo, anybody is anybody."""
        return self.via in ("password", "passkey")


def begin(request: HttpRequest, via: str, only: str = "", second: bool = False) -> None:
    """Called once somebody has signed in. `second`: they gave a second factor."""
    now = int(time.time())
    request.session.update({
        "via": via, "only": only, "second": second, "began": now, "seen": now,
        "browser": browser_of(request.headers.get("User-Agent", "")),
    })  # fmt: skip


def standing(request: HttpRequest) -> Standing:
    """Who is asking. A session that is too old, or was idle too long, is nobody's.

    So is one that began in the future: the clock was set back, and signing in again mends it.
    """
    if SESSION_KEY not in request.session or not request.user.is_authenticated:
        return Standing()
    return claimed(request)


def claimed(request: HttpRequest, note: bool = True) -> Standing:
    """As `standing`, by the session alone: for `find_here`, which looks at the account itself in
    the transaction of the page, and saves one. `note`: whether somebody is there who asked; what
    an open page asks by itself must not keep its session from ending."""
    said = request.session
    if SESSION_KEY not in said:
        return Standing()
    now = int(time.time())
    seen, began = int(said.get("seen", 0)), int(said.get("began", 0))
    if now - seen > IDLE or now - began > LONGEST or now < began - BETWEEN:
        said.flush()
        return Standing()
    if note and (now - seen > BETWEEN or seen - now > BETWEEN):
        said["seen"] = now
    via = str(said.get("via", ""))
    first = "" if via in WITHOUT_SECOND or said.get("second") else SET_UP
    only, seal = str(said.get("only", "")), str(said.get(HASH_SESSION_KEY, ""))
    return Standing(int(said[SESSION_KEY]), via, only, first, seal)


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person signed in a moment ago."""
    return 0 <= int(time.time()) - int(request.session.get("began", 0)) <= FRESH


def this_session(request: HttpRequest) -> str:
    """The digest by which the table knows this session."""
    return digest(request.session.session_key or "")


def browser_of(agent: str) -> str:
    """“Firefox on Windows”: enough to know one's own again, and no more."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "A browser")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return f"{browser} on {system}" if system else browser
