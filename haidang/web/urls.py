"""Addresses of the door for people. Never: an address without a view behind it."""

from __future__ import annotations

from django.urls import path

from haidang.web.views import account, boards, indicators, maps, overview, places

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("login/", account.login, name="login"),
    path("logout/", account.logout, name="logout"),
    path("boards/", boards.listing, name="boards"),
    path("boards/<str:key>", boards.board, name="board"),
    path("indicators/<str:key>", indicators.indicator, name="indicator"),
    path("places/", places.listing, name="places"),
    path("places/search", places.search, name="places-search"),
    path("places/<str:code>", places.place, name="place"),
    path("map/", maps.page_, name="map"),
    path("map/shapes/<slug:level>/<str:code>.json", maps.shapes, name="shapes"),
]
