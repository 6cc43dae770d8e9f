"""The intake room as a Django app. Holds: its label. Never: decides anything."""

from __future__ import annotations

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Runs live in the transactional database; what they landed lives in the lake."""

    name = "haidang.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"
