"""How allauth signs people in here: nobody signs up, wrong passwords count, sessions are few."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest, HttpResponse

from goldthread.records.actions.attempts import forgive, must_wait, note_wrong
from goldthread.records.actions.entrance import end_oldest_sessions, end_sessions
from goldthread.web.work.session import begin, is_fresh, this_session

WAIT = "Too many wrong attempts. Wait 15 minutes, then try again."


class Entrance(DefaultAccountAdapter):
    """allauth's account adapter."""

    error_messages = {  # noqa: RUF012
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The e-mail address or the password is not right.",
        "incorrect_password": "The password is not right.",
        "incorrect_code": "The code is not right, or was used already. Wait for the next one.",
        "too_many_login_attempts": WAIT,
        "rate_limited": WAIT,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        if must_wait(_account(credentials), self.get_client_ip(request)):
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        found = super().authenticate(request, **credentials)
        if found:
            forgive(_account(credentials))
        return found

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        note_wrong(_account(credentials), self.get_client_ip(request))

    def reauthenticate(self, user: Any, password: str) -> bool:
        """allauth looks for an e-mail table that stays empty here."""
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, app: str) -> bool:
        """Whoever signed in a moment ago has just shown who they are."""
        return not is_fresh(self.request) and bool(super().is_reauthentication_required(app=app))

    def set_password(self, user: Any, password: str) -> None:
        """Every other session ends."""
        super().set_password(user, password)
        end_sessions(user.pk, keep=this_session(self.request))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/account/"

    def post_login(self, request: HttpRequest, user: Any, **said: Any) -> HttpResponse:
        response = super().post_login(request, user, **said)
        start(request, user, service=(said.get("signal_kwargs") or {}).get("sociallogin"))
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that does not answer keeps nobody from changing their password."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            logging.getLogger(__name__).warning("A notice could not be sent by e-mail.")


def start(request: HttpRequest, user: Any, service: Any = None) -> None:
    """The session of somebody who has just signed in."""
    if service is not None:
        begin(request, "provider", only=service.provider.app.settings["authority"])
    else:
        records = [r for r in get_authentication_records(request, user) if r["method"] == "mfa"]
        passkey = any(r.get("passwordless") for r in records)
        begin(request, "passkey" if passkey else "password", second=bool(records))
    end_oldest_sessions(user.pk, keep=this_session(request))


def _account(credentials: dict[str, Any]) -> str:
    return f"password {credentials.get('email', '')}"
