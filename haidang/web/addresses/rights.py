"""Grants, requests, why, privileged sessions, seeing as another. Never: an address without a view behind it."""

from __future__ import annotations

from django.urls import URLPattern, path

from haidang.web.views import grants, privilege, requests, why

urlpatterns: list[URLPattern] = [
    path("grants/", grants.listing, name="grants"),
    path("grants.<slug:kind>", grants.export, name="grants-file"),
    path("grants/table", grants.table, name="grants-table"),
    path("grants/new", grants.new, name="grant-new"),
    path("grants/<int:number>/withdraw", grants.withdraw, name="grant-withdraw"),
    path("requests/", requests.listing, name="requests"),
    path("requests/new", requests.new, name="request-new"),
    path("requests/<int:number>", requests.one, name="request"),
    path("requests/<int:number>/approve", requests.approve, name="request-approve"),
    path("requests/<int:number>/refuse", requests.refuse, name="request-refuse"),
    path("requests/<int:number>/take-back", requests.take_back, name="request-take-back"),
    path("why", why.why, name="why"),
    path("privilege/", privilege.listing, name="privilege"),
    path("privilege/open", privilege.open_, name="privilege-open"),
    path("privilege/end", privilege.end, name="privilege-end"),
    path("privilege/see-as", privilege.see_as, name="see-as"),
    path("privilege/see-as/end", privilege.see_as_end, name="see-as-end"),
    path("privilege/<int:number>", privilege.one, name="privilege-one"),
]
