"""Addresses the whole world asks for (security.txt). Never: an address without a view behind it."""

from __future__ import annotations

from django.urls import URLPattern, path

from haidang.web.views import open as views

urlpatterns: list[URLPattern] = [
    path(".well-known/security.txt", views.security, name="security-txt"),
    path("security.txt", views.security, name="security-txt-old"),
    path("robots.txt", views.robots, name="robots"),
    path("csp-report", views.report, name="csp-report"),
]
