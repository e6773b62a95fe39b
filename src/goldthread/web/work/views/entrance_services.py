"""To an authority's own sign-in service, and back."""

from __future__ import annotations

from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.http import Http404, HttpRequest, HttpResponse
from requests import RequestException

from goldthread.web.work.adapter_services import FAILED, Protocol
from goldthread.web.work.own import not_here

UNREACHABLE = "Your authority’s sign-in service does not answer. Try again in a few minutes."
TO_SIGN_IN = ("/account/login/", "Back to the sign-in page")


@login_not_required
def to_service(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Sends the browser to the service."""
    return _answer(request, provider_id, OAuth2LoginView)


@login_not_required
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The browser comes back with a code."""
    return _answer(request, provider_id, OAuth2CallbackView)


def _answer(request: HttpRequest, provider_id: str, view: type) -> HttpResponse:
    """A service that is off, or none, is not there. Faults of the service are said in words."""
    try:
        return view.adapter_view(Protocol(request, provider_id))(request)  # type: ignore[attr-defined]
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except RequestException:
        return not_here(request, "Nobody was signed in", UNREACHABLE, 502, TO_SIGN_IN)
    except OAuth2Error:
        return not_here(request, "Nobody was signed in", FAILED, 502, TO_SIGN_IN)
