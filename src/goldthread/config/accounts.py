"""How people sign in: every name in capitals here is a Django setting; `for_site` adds the rest."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

AUTH_USER_MODEL = "records.Person"
AUTHENTICATION_BACKENDS = ["goldthread.web.work.backend.People"]
LOGIN_URL = "/account/login/"
LOGIN_REDIRECT_URL = "/work/"

SESSION_ENGINE = "goldthread.records.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

_validation = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_validation}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_validation}.CommonPasswordValidator"},
    {"NAME": f"{_validation}.NumericPasswordValidator"},
    {
        "NAME": f"{_validation}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
# A link to a new password opens for a day.
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60

ACCOUNT_ADAPTER = "goldthread.web.work.adapter.Entrance"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/account/login/"
# Our own lock-out is kept in the database (records/actions/attempts.py).
ACCOUNT_RATE_LIMITS = False

MFA_ADAPTER = "goldthread.web.work.adapter_second.Second"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Goldthread"
# A telephone's clock may be half a minute wrong either way.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "goldthread.web.work.codes.SignInCode",
    "reauthenticate": "goldthread.web.work.codes.AgainCode",
    "activate_totp": "goldthread.web.work.codes.FirstCode",
}
MFA_RATE_LIMITS: dict[str, str] = {}

SOCIALACCOUNT_ADAPTER = "goldthread.web.work.adapter_services.Services"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
# A link, because browsers forbid a form that is sent on to another site (form-action).
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"


def for_site(*, https: bool, mail: str) -> dict[str, Any]:
    """Settings that depend on where the site runs. Errors: ValueError, as `mail_settings`."""
    prefix = "__Host-" if https else ""
    return {
        "SESSION_COOKIE_NAME": f"{prefix}gt-session",
        "CSRF_COOKIE_NAME": f"{prefix}gt-form",
        # The proxy that ends TLS adds the address it was asked from at the end.
        "ALLAUTH_TRUSTED_PROXY_COUNT": 1 if https else 0,
        "ACCOUNT_EMAIL_NOTIFICATIONS": bool(mail),
        **mail_settings(mail),
    }


def mail_settings(mail: str) -> dict[str, Any]:
    """Django's settings for `smtp://user:password@host:587`, `smtps://…`, `file:///folder` or
    `console:`; without any, no message is sent. Errors: ValueError, in one sentence."""
    backend = "django.core.mail.backends"
    parts = urlsplit(mail)
    if not mail:
        return {"EMAIL_BACKEND": f"{backend}.dummy.EmailBackend"}
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": f"{backend}.console.EmailBackend"}
    if parts.scheme == "file" and parts.path:
        return {"EMAIL_BACKEND": f"{backend}.filebased.EmailBackend", "EMAIL_FILE_PATH": parts.path}
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError(
            "GOLDTHREAD_EMAIL_URL must look like smtp://user:password@host:587, file:///folder or "
            "console:; what is set does not (it is not shown here because it may hold a password)."
        )
    return {
        "EMAIL_BACKEND": f"{backend}.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_TIMEOUT": 10,
        "DEFAULT_FROM_EMAIL": unquote(parts.username or "") or f"goldthread@{parts.hostname}",
    }
