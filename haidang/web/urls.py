"""Addresses of the door for people. Never: an address without a view behind it."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from django.urls import path

from haidang.web import addresses
from haidang.web.views import (
    account,
    aside,
    boards,
    connections,
    downloads,
    events,
    indicators,
    maps,
    mending,
    notices,
    overview,
    places,
    records,
    runs,
    sources,
    sso,
    uploads,
)

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("login/", account.login, name="account_login"),
    path("logout/", sso.logout, name="logout"),
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
    path("sources.<slug:kind>", sources.export, name="sources-file"),
    path("sources/<str:key>", sources.source, name="source"),
    path("sources/<str:key>/run-now", sources.run_now, name="run-now"),
    path("sources/<str:key>/pause", sources.pause, name="pause"),
    path("sources/<str:key>/upload", uploads.upload, name="upload"),
    path("sources/<str:key>/connection", connections.connection, name="connection"),
    path("sources/<str:key>/connection/trial", connections.trial, name="trial"),
    path("sources/<str:key>/connection/cut", connections.cut, name="cut"),
    path("sources/<str:key>/aside", aside.listing, name="aside"),
    path("sources/<str:key>/aside.<slug:kind>", aside.export, name="aside-file"),
    path("sources/<str:key>/aside/rule", aside.rule, name="aside-rule"),
    path("sources/<str:key>/aside/rules/<int:rule_id>/end", aside.end, name="aside-rule-end"),
    path("sources/<str:key>/aside/replay", aside.replay, name="aside-replay"),
    path("sources/<str:key>/aside/accept", aside.accept, name="aside-accept"),
    path("sources/<str:key>/aside/discard", aside.discard, name="aside-discard"),
    path("notices/", notices.listing, name="notices"),
    path("notices/read", notices.read, name="notices-read"),
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
for part in pkgutil.iter_modules(addresses.__path__, f"{addresses.__name__}."):
    urlpatterns += import_module(part.name).urlpatterns
