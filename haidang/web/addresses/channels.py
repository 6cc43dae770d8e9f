"""Channels by which reports come. Never: an address without a view behind it."""

from __future__ import annotations

from django.urls import URLPattern, path

from haidang.web.views import channels

urlpatterns: list[URLPattern] = [
    path("cases/channels", channels.listing, name="channels"),
    path("cases/channels/told/<int:number>", channels.told, name="channel-told"),
    path("cases/channels/<str:desk>/<slug:kind>", channels.channel, name="channel"),
    path("cases/channels/<str:desk>/<slug:kind>/test", channels.test, name="channel-test"),
]
