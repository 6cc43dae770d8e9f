"""Signing in, one's own account, rules of signing in. Never: an address without a view behind it."""

from __future__ import annotations

from django.urls import URLPattern, path

from haidang.web.views import me, rules

urlpatterns: list[URLPattern] = [
    path("me/", me.me, name="me"),
    path("me/password", me.password, name="me-password"),
    path("me/email", me.email, name="me-email"),
    path("me/sessions/end", me.end, name="me-sessions-end"),
    path("rules/", rules.rules, name="rules"),
]
