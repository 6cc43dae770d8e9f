"""The desk: its list, one Case and its acts, the map, a unit's own work. Never: an address without a view behind it."""

from __future__ import annotations

from django.urls import URLPattern, path

from haidang.web.views.cases import listing, mapped, mine, one

urlpatterns: list[URLPattern] = [
    path("cases/", listing.listing, name="cases"),
    path("cases/export.<slug:kind>", listing.export, name="cases-file"),
    path("cases/mine", mine.mine, name="cases-mine"),
    path("cases/map", mapped.map_, name="cases-map"),
    path("cases/points.json", mapped.points, name="cases-points"),
    path("cases/<int:number>", one.case, name="case"),
    path("cases/<int:number>/sender", one.sender, name="case-sender"),
    path("cases/<int:number>/<slug:act>", one.act, name="case-act"),
]
