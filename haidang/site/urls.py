"""The URL root: wires the doors together. Never: holds a view."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("haidang.web.urls")),
]
