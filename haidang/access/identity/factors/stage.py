"""The second step among allauth's login stages. Never: proves a code or a passkey."""

from __future__ import annotations

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

from haidang.access.identity.factors import reads

DONE = "haidang_factor"
"""In a login's state: what already proved a second factor (a passkey alone, a provider that says so)."""


class Second(AuthenticateStage):  # type: ignore[misc]  # allauth ships no types
    """Asked of whoever has a factor, unless the first step was one itself; there is no trusted browser."""

    def _should_handle(self, request: HttpRequest) -> bool:
        account = self.login.user
        return account is not None and reads.has_factor(account) and not self.login.state.get(DONE)
