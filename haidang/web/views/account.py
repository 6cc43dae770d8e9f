"""Signing in and out. Never: creates an account or changes a grant."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from haidang.web import page, switches
from haidang.web.choices import chosen
from haidang.web.doors import door


class Login(LoginView):
    """The gatehouse: /login/?next=…"""

    template_name = "web/login.html"
    next_page = "/"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        choice = chosen(self.request)
        return {
            **super().get_context_data(**more),
            "language": choice.language,
            "theme": choice.theme,
            "place": page.centre(),
            "languages": switches.languages(choice, self.request),
        }

    def dispatch(self, request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        answer = super().dispatch(request, *args, **named)
        return page.keep(request, answer, chosen(request))


login = door(Login.as_view())
logout = LogoutView.as_view(next_page="/login/")
