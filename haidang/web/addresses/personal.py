"""Purposes, data subjects. Never: an address without a view behind it."""

from __future__ import annotations

from django.urls import URLPattern, path

from haidang.web.views import purposes, subjects

urlpatterns: list[URLPattern] = [
    path("purpose/", purposes.purpose, name="purpose"),
    path("purpose/end", purposes.end, name="purpose-end"),
    path("subjects/", subjects.listing, name="subjects"),
    path("subjects/find", subjects.find, name="subjects-find"),
    path("subjects/export.<slug:kind>", subjects.export, name="subjects-export"),
    path("subjects/erase", subjects.erase, name="subjects-erase"),
    path("subjects/<int:number>/confirm", subjects.confirm, name="subjects-confirm"),
    path("subjects/<int:number>/refuse", subjects.refuse, name="subjects-refuse"),
]
