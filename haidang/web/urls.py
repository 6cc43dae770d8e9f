"""Addresses of the door for people. Never: an address without a view behind it."""

from __future__ import annotations

from django.urls import path

from haidang.web.views import (
    account,
    boards,
    downloads,
    events,
    indicators,
    maps,
    mending,
    overview,
    places,
    records,
    runs,
    sources,
    uploads,
)

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("login/", account.login, name="login"),
    path("logout/", account.logout, name="logout"),
    path("boards/", boards.listing, name="boards"),
    path("boards/<str:key>", boards.board, name="board"),
    path("indicators/", indicators.listing, name="indicators"),
    path("indicators/<str:key>", indicators.indicator, name="indicator"),
    path("indicators/<str:key>/data.<slug:kind>", downloads.data, name="data"),
    path("indicators/<str:key>/records", records.records, name="records"),
    path("indicators/<str:key>/records.<slug:kind>", records.download, name="records-file"),
    path("places/", places.listing, name="places"),
    path("places/search", places.search, name="places-search"),
    path("places/<str:code>", places.place, name="place"),
    path("sources/", sources.listing, name="sources"),
    path("sources/<str:key>/upload", uploads.upload, name="upload"),
    path("runs/", runs.listing, name="runs"),
    path("runs/<str:run_id>", runs.run, name="run"),
    path("runs/<str:run_id>/rejects.csv", runs.rejects, name="rejects"),
    path("runs/<str:run_id>/accept", mending.accept, name="accept"),
    path("rejects/<str:reject_id>", mending.reject, name="reject"),
    path("rejects/<str:reject_id>/discard", mending.discard, name="discard"),
    path("rejects/<str:reject_id>/reopen", mending.reopen, name="reopen"),
    path("events", events.events, name="events"),
    path("map/", maps.page_, name="map"),
    path("map/shapes/<slug:level>/<str:code>.json", maps.shapes, name="shapes"),
]
