"""Finds the person of a session, and checks a password, where policies hide everybody else."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from goldthread.records.queries.here import find_person
from goldthread.records.scope import scope


class People(AuthenticationBackend):
    """allauth's own check, in a transaction that may see this person."""

    def get_user(self, user_id: Any) -> Any:
        with scope(person=int(user_id)):
            return find_person(int(user_id))

    def authenticate(self, request: Any, **credentials: Any) -> Any:
        with scope(door="sign-in"):
            return super().authenticate(request, **credentials)
