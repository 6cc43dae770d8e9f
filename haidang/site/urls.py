"""The URL root: wires the doors together. Never: holds a view."""

from __future__ import annotations

from django.urls import include, path

from haidang.api.calls import call
from haidang.api.health import healthz, metrics
from haidang.api.hooks import hook
from haidang.api.root import api

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    path("api/v1/", api.urls),
    path("hooks/desk/call", call, name="hook-call"),
    path("hooks/<str:source>", hook, name="hook"),
    path("", include("haidang.web.urls")),
]
