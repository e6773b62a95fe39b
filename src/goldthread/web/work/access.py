"""Who may open which address, and which rows: writes docs/reference/access.md.

Run as `python -m goldthread.web.work.access`; a test holds the committed page to what this writes,
and other tests hold the site and the database to the page.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

GENERATED = "<!-- Written by `python -m goldthread.web.work.access`. Change the code, not this. -->"
IN_AN_AUTHORITY = "work/<str:code>/"
ELSEWHERE = (
    ("work/", "signed in"),
    ("say/thanks/", "anybody"),
    ("say/", "whoever has the link"),
    ("join/", "whoever has the link"),
    ("account/reset/", "whoever has the link"),
    ("account/login/", "anybody"),
    ("account/logout/", "anybody"),
    ("account/inactive/", "anybody"),
    ("account/services/", "anybody"),
    ("account/oidc/", "anybody"),
    ("account/2fa/authenticate/", "whoever has just given a password"),
    ("account/2fa/webauthn/login/", "anybody"),
    ("account/", "signed in"),
    ("support/", "support staff"),
    ("steward/", "the national steward"),
    ("demo/", "anybody on this machine, in a demonstration"),
    ("", "anybody"),
)
"""How an address outside an authority begins -> who may open it; the first that fits counts."""


@dataclass(frozen=True)
class Route:
    """One address. `permission`: what opens it, of addresses in an authority."""

    pattern: str
    name: str
    permission: str
    view: Callable[..., Any]

    @property
    def inside(self) -> bool:
        """Whether the address lies in an authority."""
        return self.pattern.startswith(IN_AN_AUTHORITY)

    @property
    def who(self) -> str:
        return next(who for begin, who in ELSEWHERE if self.pattern.startswith(begin))


def routes() -> tuple[Route, ...]:
    """Every address of the site, in the order in which they are tried; Django must be set up."""
    from django.urls import get_resolver

    return tuple(_walk(get_resolver(), ""))


def _walk(resolver: Any, before: str) -> Iterator[Route]:
    for found in resolver.url_patterns:
        pattern = before + str(found.pattern).removeprefix("^")
        if hasattr(found, "url_patterns"):
            yield from _walk(found, pattern)
        else:
            permission = getattr(found.callback, "permission", "")
            yield Route(pattern, found.name or "", permission, found.callback)


def page() -> str:
    """`docs/reference/access.md`, whole."""
    found = routes()
    outside = dict.fromkeys(
        (_shown(r.pattern), r.who) for r in found if not r.inside and r.pattern != "demo/"
    )
    parts = [
        "# Access",
        GENERATED,
        "Who may open which address, and which rows the site may touch. Tests ask for every "
        "address as every role, and try every table as the site’s own role.",
        *_about_roles(),
        _in_authorities(found),
        "## Addresses outside an authority",
        "In a demonstration, and only there, `demo/` signs anybody on this machine in as "
        "somebody invented.",
        _table(("Address", "Who"), [(f"`/{p}`", who) for p, who in outside]),
        *_about_tables(),
    ]
    return "\n\n".join(parts) + "\n"


def _about_roles() -> list[str]:
    return [
        "## Addresses in an authority",
        "All lie below `/work/<code>/`. Whoever has no place in that authority gets 404, as if "
        "there were nothing: people of other authorities, the national steward, somebody whose "
        "place has ended or not begun, an inspector after the last day. Whoever has a place but "
        "not the permission gets 403. Whoever is not signed in is sent to the sign-in page.",
        "A yes means that the address opens. What it shows is narrower still: an auditor opens "
        "their own audits and the documents they audit, a plan writer and an adviser their own "
        "plans, and anything else under these addresses is 404 to them. Inspectors and support "
        "staff read and change nothing, and each page they read is an event in the log.",
    ]


def _in_authorities(found: Sequence[Route]) -> str:
    from goldthread.records.roles import ROLES, SUPPORT

    titles = [role.title for role in ROLES.values()]
    given = [*(role.permissions for role in ROLES.values()), SUPPORT]
    lines = [
        (f"`{_shown(r.pattern.removeprefix(IN_AN_AUTHORITY)) or '(first page)'}`", r.permission,
         *("yes" if r.permission in permissions else "no" for permissions in given))
        for r in found if r.inside
    ]  # fmt: skip
    return _table(("Address", "Permission", *titles, "Support visit"), lines)


def _about_tables() -> list[str]:
    from goldthread.records.policies import in_words, policies

    rows = [
        (f"`{p.table}`", *map(in_words, (p.select, p.insert, p.update, p.delete)))
        for p in policies()
    ]
    return [
        "## Tables",
        "The database itself keeps authorities apart (row-level security, forced for the owner "
        "too). Each transaction of the site says in whose scope it runs; a command touches a row "
        "only when the condition holds. Tables that are not listed the site’s role may not touch "
        "at all; it can empty no table and change no table, trigger or policy.",
        "Doors: `sign-in` is open while somebody signs in, `erase` while a person’s details are "
        "removed, `command` on the administrator’s command line.",
        _table(("Table", "Select", "Insert", "Update", "Delete"), rows),
    ]


def _shown(pattern: str) -> str:
    """A pattern without what only the program needs."""
    shown = pattern.removesuffix("$").replace("\\.", ".").replace("(?:", "(")
    shown = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", shown)
    return re.sub(r"<\w+:", "<", shown).replace("|", "\\|")


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    """Write the page into the checkout's docs folder."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.config.settings")
    import django

    django.setup()
    from goldthread.home import PROJECT

    path = PROJECT / "docs" / "reference" / "access.md"
    path.write_text(page(), encoding="utf-8", newline="\n")
    print("wrote docs/reference/access.md")


if __name__ == "__main__":
    main()
