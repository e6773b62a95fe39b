"""Sign-in services of authorities (OpenID Connect), each good for its own authority alone.

allauth reads who somebody is from wherever the service says it; here only an ID token counts whose
signature, issuer, audience, time and nonce were checked.
"""

from __future__ import annotations

import hashlib
from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest
from django.shortcuts import render

from goldthread.records.actions.entrance import admit
from goldthread.records.queries.entrance import Service, open_services
from goldthread.records.queries.here import find_person
from goldthread.records.scope import Refused
from goldthread.web.work.id_token import Unproven, check_id_token

NEEDED = {"issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"}
FAILED = (
    "Your sign-in service and Goldthread did not understand each other, so nobody was signed in. "
    "Start again from the sign-in page; if it happens again, tell your administrator."
)
CANCELLED = "You stopped at your sign-in service, so nobody was signed in."


class Protocol(OpenIDConnectOAuth2Adapter):
    """The steps of OpenID Connect, with every check of the ID token."""

    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        config: dict[str, Any] = super().openid_config
        if not isinstance(config, dict) or not config.keys() >= NEEDED:
            raise OAuth2Error("the service does not describe itself as OpenID Connect asks")
        expected = self.get_provider().app.settings["issuer"]
        if str(config.get("issuer", "")).rstrip("/") != expected:
            raise OAuth2Error("the service calls itself by another name than the one set up")
        return config

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: Any = None
    ) -> Any:
        self.nonce = nonce_of(pkce_code_verifier or "")
        return super().get_access_token_data(request, app, client, pkce_code_verifier)

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **said: Any) -> Any:
        claims = self._claims(app, str(said["response"].get("id_token") or ""))
        if "email" not in claims and self.openid_config.get("userinfo_endpoint"):
            more = self._fetch_user_info(token.token)
            if more.get("sub") != claims["sub"]:
                raise OAuth2Error("the service spoke of two people")
            claims = {**more, **claims}
        return self.get_provider().sociallogin_from_response(request, claims)

    def _claims(self, app: Any, token: str) -> dict[str, Any]:
        with get_adapter().get_requests_session() as web:
            answer = web.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        try:
            return check_id_token(
                token, answer.json(), issuer=self.openid_config["issuer"],
                audience=app.client_id, nonce=self.nonce,
            )  # fmt: skip
        except Unproven as unproven:
            raise OAuth2Error(str(unproven)) from unproven


class Vouching(OpenIDConnectProvider):
    """One authority's service."""

    oauth2_adapter_class = Protocol

    def get_pkce_params(self) -> dict[str, Any]:
        """The nonce goes the same way, made from the secret that never leaves this session."""
        said: dict[str, Any] = super().get_pkce_params()
        return {**said, "nonce": nonce_of(said["code_verifier"])}

    def get_auth_params_from_request(self, request: HttpRequest, action: Any) -> dict[str, Any]:
        """Nothing that stands in a link is passed on."""
        return self.get_auth_params()

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        return self.get_scope()

    def extract_uid(self, data: dict[str, Any]) -> str:
        return str(data["sub"])

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Of all that a service tells, nothing is kept but how it names the person."""
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        return []

    def sociallogin_from_response(self, request: HttpRequest, response: dict[str, Any]) -> Any:
        login = super().sociallogin_from_response(request, response)
        login.vouched_email = verified_email(response)
        return login


class Services(DefaultSocialAccountAdapter):
    """allauth's adapter for sign-in services: they are rows of authorities."""

    def list_apps(
        self, request: HttpRequest, provider: Any = None, client_id: Any = None
    ) -> list[SocialApp]:
        return [_app(service) for service in open_services(str(provider or ""))]

    def get_provider(self, request: HttpRequest, provider: Any, client_id: Any = None) -> Vouching:
        return Vouching(request, app=self.get_app(request, provider=str(provider)))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Finds the person, or says why nobody was signed in."""
        if sociallogin.state.get("process") != "login":
            self.refuse(request, FAILED)
        app = sociallogin.provider.app
        try:
            number = admit(
                app.settings["authority"], service=app.provider_id,
                subject=sociallogin.account.uid, email=sociallogin.vouched_email,
            )  # fmt: skip
        except Refused as refused:
            self.refuse(request, str(refused))
        sociallogin.user = find_person(number)

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None,
        extra_context: Any = None,
    ) -> NoReturn:  # fmt: skip
        said = CANCELLED if str(getattr(error, "value", error)) == "cancelled" else FAILED
        self.refuse(request, said)

    def refuse(self, request: HttpRequest, said: str) -> NoReturn:
        page = render(request, "work/entrance_refused.html", {"said": said}, status=403)
        raise ImmediateHttpResponse(page)


def nonce_of(verifier: str) -> str:
    """64 hex digits that only this session can know beforehand."""
    return hashlib.sha256(f"nonce {verifier}".encode()).hexdigest()


def verified_email(claims: dict[str, Any]) -> str:
    """The address a service has verified; empty when it does not say so.

    `xms_edov` is how Microsoft Entra ID says it.
    """
    verified = any(
        claims.get(name) in (True, 1, "1", "true") for name in ("email_verified", "xms_edov")
    )
    return str(claims.get("email") or "").strip().lower() if verified else ""


def _app(service: Service) -> SocialApp:
    settings = {
        "server_url": service.issuer, "issuer": service.issuer, "authority": service.authority,
        "oauth_pkce_enabled": True,
    }  # fmt: skip
    return SocialApp(
        provider="openid_connect", provider_id=service.slug, name=service.name,
        client_id=service.client_id, secret=service.secret, settings=settings,
    )  # fmt: skip
