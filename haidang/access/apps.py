"""The access room as a Django app. Holds: its label, the trace of sign-ins and its guards. Never: decides anything."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    """Accounts, grants, tokens and the trace live in the transactional database."""

    name = "haidang.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from haidang.access import trace
        from haidang.access.identity import arrivals
        from haidang.access.privilege.actions import watch_sign_outs

        trace.watch_sign_ins()
        arrivals.watch()
        watch_sign_outs()
        post_migrate.connect(_guard_the_trace, sender=self, dispatch_uid="haidang.guards")


def _guard_the_trace(using: str, **_: Any) -> None:
    from django.db import connections

    from haidang.access.tracing import guards

    guards.install(connections[using])
