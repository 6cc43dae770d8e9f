"""Second factors, passkeys, sign-in by the province's identity provider. Never: an address without a view behind it."""

from __future__ import annotations

from django.urls import URLPattern, path

from haidang.web.views import factors, providers, second, sso

urlpatterns: list[URLPattern] = [
    path("login/second/", second.second, name="mfa_authenticate"),
    path("login/passkey/", second.passkey, name="login-passkey"),
    path("login/sso/<slug:key>/", sso.start, name="sso"),
    path("login/sso/<slug:key>/callback", sso.callback, name="sso-callback"),
    path("login/sso/<slug:key>/logout-token", sso.logout_token, name="sso-logout-token"),
    path("login/sso/<slug:key>/left", sso.left, name="sso-left"),
    path("me/factors/", factors.factors, name="factors"),
    path("me/factors/again", factors.once_more, name="factors-again"),
    path("me/factors/totp", factors.totp, name="factors-totp"),
    path("me/factors/codes", factors.codes, name="factors-codes"),
    path("me/factors/passkey", factors.passkey, name="factors-passkey"),
    path("me/factors/<int:number>/name", factors.rename, name="factor-name"),
    path("me/factors/<int:number>/remove", factors.remove, name="factor-remove"),
    path("me/factors/sso/<slug:key>", sso.link, name="factors-link"),
    path("me/factors/sso/<slug:key>/unlink", factors.unlink, name="factors-unlink"),
    path("providers/", providers.listing, name="providers"),
    path("providers/<slug:key>", providers.provider, name="provider"),
    path("providers/<slug:key>/test", providers.trial, name="provider-test"),
    path("providers/<slug:key>/remove", providers.remove, name="provider-remove"),
]
