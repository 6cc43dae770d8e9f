"""Addresses of GeoReport v2, and of discovery. Never: holds a view."""

from __future__ import annotations

from django.urls import path

from haidang.api.open311 import views

urlpatterns = [
    path("discovery.<slug:kind>", views.discovery, name="open311-discovery"),
    path("v2/discovery.<slug:kind>", views.discovery),
    path("v2/services.<slug:kind>", views.listed, name="open311-services"),
    path("v2/services/<str:code>.<slug:kind>", views.definition),
    path("v2/requests.<slug:kind>", views.requests, name="open311-requests"),
    path("v2/requests/<str:key>.<slug:kind>", views.one),
    path("v2/tokens/<str:key>.<slug:kind>", views.token),
]
