"""Addresses of the entrance. Of allauth's pages only these exist; its others answer 404."""

from allauth.account import views as allauth_account
from allauth.mfa.base import views as allauth_second
from allauth.mfa.recovery_codes import views as allauth_codes
from allauth.mfa.totp import views as allauth_totp
from allauth.mfa.webauthn import views as allauth_passkeys
from django.conf import settings
from django.urls import path

from goldthread.web.work.views import entrance, entrance_demo, entrance_join, entrance_support
from goldthread.web.work.views.entrance import managed, public, with_password
from goldthread.web.work.views.entrance_services import callback, to_service

SECOND = "account/2fa/"
CODES = f"{SECOND}recovery-codes/"
PASSKEYS = f"{SECOND}webauthn/"

allauth_patterns = [
    path("account/login/", public(allauth_account.LoginView.as_view(
         extra_context={"demo": settings.DEMO})), name="account_login"),
    path("account/logout/", allauth_account.logout, name="account_logout"),
    path("account/inactive/", allauth_account.account_inactive, name="account_inactive"),
    path("account/reauthenticate/", managed(allauth_account.reauthenticate),
         name="account_reauthenticate"),
    path("account/password/change/", managed(with_password(allauth_account.password_change)),
         name="account_change_password"),
    path(SECOND, managed(allauth_second.index), name="mfa_index"),
    path(f"{SECOND}authenticate/", public(allauth_second.authenticate), name="mfa_authenticate"),
    path(f"{SECOND}reauthenticate/", managed(allauth_second.reauthenticate),
         name="mfa_reauthenticate"),
    path(f"{SECOND}totp/activate/", managed(allauth_totp.activate_totp), name="mfa_activate_totp"),
    path(f"{SECOND}totp/deactivate/", managed(allauth_totp.deactivate_totp),
         name="mfa_deactivate_totp"),
    path(CODES, managed(allauth_codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(f"{CODES}generate/", managed(allauth_codes.generate_recovery_codes),
         name="mfa_generate_recovery_codes"),
    path(f"{CODES}download/", managed(allauth_codes.download_recovery_codes),
         name="mfa_download_recovery_codes"),
    path(PASSKEYS, managed(allauth_passkeys.list_webauthn), name="mfa_list_webauthn"),
    path(f"{PASSKEYS}add/", managed(allauth_passkeys.add_webauthn), name="mfa_add_webauthn"),
    path(f"{PASSKEYS}login/", public(allauth_passkeys.login_webauthn), name="mfa_login_webauthn"),
    path(f"{PASSKEYS}reauthenticate/", managed(allauth_passkeys.reauthenticate_webauthn),
         name="mfa_reauthenticate_webauthn"),
    path(f"{PASSKEYS}keys/<int:pk>/remove/", managed(allauth_passkeys.remove_webauthn),
         name="mfa_remove_webauthn"),
    path(f"{PASSKEYS}keys/<int:pk>/edit/", managed(allauth_passkeys.edit_webauthn),
         name="mfa_edit_webauthn"),
    path("account/oidc/<slug:provider_id>/login/", to_service, name="openid_connect_login"),
    path("account/oidc/<slug:provider_id>/login/callback/", callback,
         name="openid_connect_callback"),
]  # fmt: skip

own_patterns = [
    path("account/", entrance.account, name="account"),
    path("account/services/", entrance.services, name="services"),
    path("account/elsewhere/", entrance.elsewhere, name="elsewhere"),
    path("account/reset/<slug:uid>/<str:token>/", entrance.reset, name="reset"),
    path("join/<str:code>/<str:token>/", entrance_join.join, name="join"),
    path("support/", entrance_support.support, name="support"),
    path("support/<str:code>/leave/", entrance_support.end_visit, name="end-visit"),
    path("steward/", entrance_support.steward, name="steward"),
]

demo_patterns = [path("demo/", entrance_demo.demo, name="demo")]

urlpatterns = [*allauth_patterns, *own_patterns, *(demo_patterns if settings.DEMO else [])]
