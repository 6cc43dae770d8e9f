"""What allauth asks of us: no sign-up, no messages of its own, no page of its own, our way after signing in.

Never: checks a password (Django does) or a lock (`locks`).
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from haidang.network import remote


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are opened by administrators; signing in goes through allauth's stages."""

    def get_login_stages(self) -> list[str]:
        """After the first step only ours: the second factor, which says itself when it was proved already."""
        return ["haidang.access.identity.factors.stage.Second"]

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **more: Any) -> None:
        """Nothing: its words are not ours, and the page says what happened."""

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing: failures are counted by `locks`; its own count would let a stranger lock an officer out."""

    def get_client_ip(self, request: HttpRequest) -> str:
        return remote.of_request(request.META) or "::"

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        return HttpResponseRedirect("/login/?said=disabled")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing: notices go through `watch`."""
