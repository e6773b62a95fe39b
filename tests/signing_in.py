"""Passwords and codes of invented people, and a browser that signs in with them step by step."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time
from typing import Any

from django.test import Client

from goldthread.records.models import Person
from goldthread.records.scope import Here, scope

PASSWORD = "seven quiet harbours"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
LOGIN, CODE = "/account/login/", "/account/2fa/authenticate/"


def code_at(moment: float, secret: str = SECRET) -> str:
    """RFC 6238, written out: six digits for the half minute of this moment."""
    counter = struct.pack(">Q", int(moment) // 30)
    mac = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = mac[-1] & 15
    number = int.from_bytes(mac[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def with_password(here: Here, password: str = PASSWORD, *, code: bool = False) -> str:
    """Gives an invented person a password, and an app that shows codes; their e-mail address."""
    from allauth.mfa.models import Authenticator
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP

    with scope(door="sign-in", person=here.person):
        person = Person.objects.get(pk=here.person)
        if not person.check_password(password):
            person.set_password(password)
            person.save()
        if code and not Authenticator.objects.filter(user_id=person.pk).exists():
            TOTP.activate(person, SECRET)
            RecoveryCodes.activate(person)
        return str(person.email)


def give(client: Client, email: str, password: str = PASSWORD, **more: Any) -> Any:
    """The answer to an e-mail address and a password."""
    return client.post(LOGIN, {"login": email, "password": password}, **more)


def give_code(client: Client, code: str = "", **more: Any) -> Any:
    return client.post(CODE, {"code": code or code_at(time.time())}, **more)


def signed_in(here: Here) -> Client:
    """A browser that went through both steps."""
    client = Client()
    give(client, with_password(here, code=True))
    answer = give_code(client)
    assert answer.status_code == 302, answer.content.decode()
    return client


def is_in(client: Client, code: str) -> bool:
    """Whether the browser gets into this authority."""
    return bool(client.get(f"/work/{code}/").status_code == 200)
