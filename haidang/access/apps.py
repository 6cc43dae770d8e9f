"""The access room as a Django app. Holds: its label, and the trace of sign-ins. Never: decides anything."""

from __future__ import annotations

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Accounts, grants, tokens and the trace live in the transactional database."""

    name = "haidang.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from haidang.access import trace

        trace.watch_sign_ins()
