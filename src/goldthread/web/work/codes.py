"""Forms that take a one-time code: too many wrong ones mean a wait, and none works twice."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.adapter import get_adapter as get_second
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.forms import ValidationError

from goldthread.records.actions.attempts import forgive, is_first_use, must_wait, note_wrong


class _Counted:
    """Stands before a form of allauth's whose `clean_code` says whether a code is right."""

    user: Any

    def clean_code(self) -> str:
        adapter = get_adapter()
        account, address = f"code {self.user.pk}", adapter.get_client_ip(context.request)
        if must_wait(account, address):
            raise adapter.validation_error("too_many_login_attempts")
        try:
            code: str = super().clean_code()  # type: ignore[misc]
            self._refuse_replay(code)
        except ValidationError:
            note_wrong(account, address)
            raise
        forgive(account)
        return code

    def _refuse_replay(self, code: str) -> None:
        """Recovery codes are crossed out by themselves; the others work for a minute or so."""
        used = getattr(self, "authenticator", None)
        if used is not None and used.type != Authenticator.Type.TOTP:
            return
        if not is_first_use(f"code {self.user.pk}", code):
            raise get_second().validation_error("incorrect_code")


class SignInCode(_Counted, AuthenticateForm):
    """The second step of signing in."""


class AgainCode(_Counted, ReauthenticateForm):
    """Showing again who one is, before something that matters."""


class FirstCode(_Counted, ActivateTOTPForm):
    """Setting up an app that shows codes."""
