"""The watch room as a Django app. Holds: its label. Never: decides anything."""

from __future__ import annotations

from django.apps import AppConfig


class WatchConfig(AppConfig):
    """Notices live in the transactional database."""

    name = "haidang.watch"
    label = "watch"
    default_auto_field = "django.db.models.BigAutoField"
