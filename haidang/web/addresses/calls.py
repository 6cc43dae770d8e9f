"""The operator's screen and its pieces, calls. Never: an address without a view behind it."""

from __future__ import annotations

from django.urls import URLPattern, path

from haidang.web.views import calls, report

urlpatterns: list[URLPattern] = [
    path("cases/new", report.new, name="case-new"),
    path("cases/new/way", report.route, name="case-new-way"),
    path("cases/new/where", report.where, name="case-new-where"),
    path("cases/new/caller", report.card, name="case-new-caller"),
    path("cases/calls", calls.listing, name="calls"),
    path("cases/calls/shift", calls.begin, name="calls-shift"),
    path("cases/calls/said", calls.said, name="calls-said"),
    path("cases/calls/<int:number>/record", calls.record, name="call-record"),
    path("cases/calls/<int:number>/<slug:act>", calls.act, name="call-act"),
]
