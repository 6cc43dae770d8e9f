"""Purposes, data subjects. Never: an address without a view behind it."""

from __future__ import annotations

from django.urls import URLPattern, path

from haidang.web.views import purposes

urlpatterns: list[URLPattern] = [
    path("purpose/", purposes.purpose, name="purpose"),
    path("purpose/end", purposes.end, name="purpose-end"),
]
