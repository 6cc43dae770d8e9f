"""The URL root: wires the doors together. Never: holds a view."""

from __future__ import annotations

from django.urls import include, path

from haidang.api.calls import call
from haidang.api.desk_hooks import desk_hook
from haidang.api.health import healthz, metrics
from haidang.api.hooks import hook
from haidang.api.root import api

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    path("api/v1/", api.urls),
    path("open311/", include("haidang.api.open311.addresses")),
    path("hooks/desk/call", call, name="hook-call"),
    path("hooks/desk/<slug:kind>", desk_hook, name="desk-hook"),
    path("hooks/<str:source>", hook, name="hook"),
    path("", include("haidang.web.urls")),
]
