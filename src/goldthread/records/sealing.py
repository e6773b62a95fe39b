"""Encryption at rest of documents, and keyed digests of identifiers.

The key comes from the site's secret, so a copy of the database alone opens nothing.
"""

import base64
import hashlib
import hmac
import zlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class CannotOpen(Exception):
    """Sealed with another key: the site's secret has changed."""


def _key(purpose: str) -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), purpose.encode(), hashlib.sha256).digest()


def _fernet() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_key("goldthread documents")))


def seal(data: bytes) -> bytes:
    """Compressed, encrypted, and proof against change (Fernet: AES-128-CBC with HMAC-SHA-256)."""
    return _fernet().encrypt(zlib.compress(data, 6))


def open_sealed(data: bytes | memoryview) -> bytes:
    """What was sealed. Errors: CannotOpen."""
    try:
        return zlib.decompress(_fernet().decrypt(bytes(data)))
    except InvalidToken as error:
        raise CannotOpen(
            "A stored document cannot be opened: the site's secret key is not the one it was "
            "stored with."
        ) from error


def keyed_digest(authority: str, value: str) -> str:
    """64 hex digits by which a list's own id is known again; useless without the site's secret."""
    said = f"{authority}\0{value}".encode()
    return hmac.new(_key("goldthread identifiers"), said, hashlib.sha256).hexdigest()
