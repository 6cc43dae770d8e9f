"""The trace. Never: an address without a view behind it."""

from __future__ import annotations

from django.urls import URLPattern, path

from haidang.web.views import trace

urlpatterns: list[URLPattern] = [
    path("trace/", trace.listing, name="trace"),
    path("trace.<slug:kind>", trace.export, name="trace-file"),
    path("trace/lookers", trace.lookers, name="trace-lookers"),
    path("trace/lookers.<slug:kind>", trace.lookers_file, name="trace-lookers-file"),
    path("trace/<int:number>", trace.row, name="trace-row"),
]
