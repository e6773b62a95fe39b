"""Sessions kept by the digest of what the browser holds.

Django's own store keeps the key itself, so whoever reads its table can take over a session. Here
the table's policy shows only the one row whose digest the transaction names.
"""

import contextlib
import datetime as dt
import hashlib
from collections.abc import Iterator
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import connection, transaction
from django.utils import timezone

from goldthread.records.models import SignedIn


def digest(key: str) -> str:
    """64 hex digits."""
    return hashlib.sha256(key.encode()).hexdigest()


@contextlib.contextmanager
def _naming(key: str | None) -> Iterator[str]:
    """A transaction in which this session's row, and no other, is there."""
    named = digest(key or "")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('goldthread.session', %s, true)", [named])
        yield named


class SessionStore(DatabaseStore):
    """Looks up, saves and deletes by digest; the browser alone has the key."""

    @classmethod
    def get_model_class(cls) -> type[SignedIn]:
        return SignedIn

    def _get_session_from_db(self) -> SignedIn | None:
        with _naming(self.session_key) as named:
            kept = self.model.objects.filter(session_key=named, expire_date__gt=timezone.now())
            row: SignedIn | None = kept.first()
        if row is None:
            self._session_key = None
        return row

    def exists(self, session_key: str) -> bool:
        with _naming(session_key) as named:
            return bool(self.model.objects.filter(session_key=named).exists())

    def create_model_instance(self, data: dict[str, Any]) -> SignedIn:
        row: SignedIn = super().create_model_instance(data)
        row.session_key = digest(self._get_or_create_session_key())
        row.person_id = int(data["_auth_user_id"]) if "_auth_user_id" in data else None
        if "began" in data:  # else every save would make the session a new one
            row.began_at = dt.datetime.fromtimestamp(int(data["began"]), dt.UTC)
        return row

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            self.create()
            return
        with _naming(self.session_key):
            super().save(must_create)

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            with _naming(key) as named:
                self.model.objects.filter(session_key=named).delete()
