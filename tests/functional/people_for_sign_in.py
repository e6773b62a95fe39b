"""Invents people in the database of a running site, and prints links and addresses as JSON.

A program of its own, because the site under test runs in processes of its own: it is given the
address of a sign-in service, or nothing.
"""

import json
import os
import sys
from typing import Any


def made(issuer: str) -> dict[str, Any]:
    """Northmere with an administrator, an invitation, and a sign-in service; Southfold beside."""
    from goldthread.records.actions.entrance import reset_link
    from goldthread.records.actions.invitations import invite
    from goldthread.records.actions.opening import open_authority
    from goldthread.records.actions.providers import add_provider
    from goldthread.records.queries.here import find_here
    from goldthread.records.scope import scope

    for code, name in (("001", "Northmere (invented)"), ("002", "Southfold (invented)")):
        open_authority(code, email=f"admin.{code}@example.org", name="Ada Admin", invented=name)
    with scope(door="command"):
        from goldthread.records.models import Person

        number = Person.objects.get(email="admin.001@example.org").pk
    with scope(authority="001", person=number):
        here = find_here("001", number, "command")
        assert here is not None
        assert here.member is not None
        tokens = [
            invite(here, email=f"{name}@example.org", name=name.title(), roles=["quality-lead"],
                   agency="education")
            for name in ("ines", "kai", "pat", "olu")
        ]  # fmt: skip
        if issuer:
            add_provider(here, slug="north", name="Northmere sign-in", issuer=issuer,
                         client_id="goldthread", secret="kept well")  # fmt: skip
        return {
            "join": [f"/join/001/{token}/" for token in tokens],
            "reset": reset_link(here, here.member),
        }


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "goldthread.config.settings"
    import django

    django.setup()
    print(json.dumps(made(sys.argv[1])))
