"""Signing in, one's own account, rules of signing in. Never: an address without a view behind it."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
