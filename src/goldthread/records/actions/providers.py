"""An authority's own sign-in service (OpenID Connect): adding, changing, switching off."""

import base64
import re
from urllib.parse import urlsplit

from django.db import connection

from goldthread.records.actions.refusing import WrongField
from goldthread.records.log import record
from goldthread.records.models import Provider
from goldthread.records.scope import Here, Refused, scope
from goldthread.records.sealing import open_sealed, seal

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def add_provider(
    here: Here, *, slug: str, name: str, issuer: str, client_id: str, secret: str
) -> None:
    """A sign-in service for the authority's people. Errors: NotAllowed; WrongField."""
    here.check("manage-settings")
    wanted = slug.strip().lower()
    if not re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?", wanted):
        raise WrongField("slug", "The short name may have small letters, digits and hyphens only.")
    with scope(authority=here.authority, person=here.person, door="sign-in"):
        if Provider.objects.filter(slug=wanted).exists():
            raise WrongField("slug", f"The short name {wanted} is taken; choose another.")
    _check(name, issuer, client_id)
    Provider.objects.create(
        authority_id=here.authority, slug=wanted, name=name.strip(), issuer=_issuer(issuer),
        client_id=client_id.strip(), secret=_sealed(secret),
    )  # fmt: skip
    record(here, "provider.add", subject=wanted)


def change_provider(
    here: Here, slug: str, *, name: str, issuer: str, client_id: str, secret: str = ""
) -> None:
    """An empty secret keeps the one there is. Another issuer ends every link made through the old
    one: its subjects are other people. Errors: NotAllowed; WrongField; ObjectDoesNotExist."""
    here.check("manage-settings")
    _check(name, issuer, client_id)
    row = Provider.objects.select_for_update().get(authority_id=here.authority, slug=slug)
    if row.issuer != _issuer(issuer):
        with scope(authority=here.authority, person=here.person, door="sign-in"):
            _cut_links(slug)
    row.name, row.issuer, row.client_id = name.strip(), _issuer(issuer), client_id.strip()
    if secret:
        row.secret = _sealed(secret)
    row.save()
    record(here, "provider.change", subject=slug)


def switch_provider(here: Here, slug: str, active: bool) -> None:
    """Nobody can sign in through a service that is off. Errors: as `change_provider`."""
    here.check("manage-settings")
    row = Provider.objects.select_for_update().get(authority_id=here.authority, slug=slug)
    if row.active == active:
        raise Refused(f"This sign-in service is {'on' if active else 'off'} already.")
    row.active = active
    row.save()
    record(here, "provider.switch", subject=slug, active=active)


def open_secret(sealed: str) -> str:
    """The client secret. Errors: CannotOpen when the site's own secret has changed."""
    return open_sealed(base64.b64decode(sealed)).decode() if sealed else ""


def _cut_links(slug: str) -> None:
    """By hand, because Django would look for tokens in a table that the site may not read."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM socialaccount_socialaccount WHERE provider = %s", [slug])


def _sealed(secret: str) -> str:
    return base64.b64encode(seal(secret.strip().encode())).decode() if secret.strip() else ""


def _issuer(issuer: str) -> str:
    return issuer.strip().rstrip("/")


def _check(name: str, issuer: str, client_id: str) -> None:
    if not 0 < len(name.strip()) <= 80:
        raise WrongField("name", "Give the service a name of at most 80 characters.")
    parts = urlsplit(_issuer(issuer))
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    if not is_safe or not parts.hostname or parts.query or len(issuer) > 300:
        raise WrongField(
            "issuer",
            "The issuer must be an address that begins with https://, as the service names itself.",
        )
    if not 0 < len(client_id.strip()) <= 200:
        raise WrongField("client_id", "Give the client ID that the service gave to Goldthread.")
