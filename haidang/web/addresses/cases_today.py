"""The morning sheet of the desk. Never: an address without a view behind it."""

from __future__ import annotations

from django.urls import URLPattern, path

from haidang.web.views.cases import today

urlpatterns: list[URLPattern] = [path("cases/today", today.today, name="cases-today")]
