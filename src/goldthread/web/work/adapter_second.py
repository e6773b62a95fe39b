"""Second factors: their secrets are sealed, so that a copy of the database alone opens nothing."""

from __future__ import annotations

import base64
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter

from goldthread.records.sealing import open_sealed, seal


class Second(DefaultMFAAdapter):
    """allauth's adapter for second factors."""

    error_messages = {  # noqa: RUF012
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "The code is not right, or was used already. Wait for the next one.",
    }

    def encrypt(self, text: str) -> str:
        return base64.b64encode(seal(text.encode())).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return open_sealed(base64.b64decode(encrypted_text)).decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return "Passkey"
