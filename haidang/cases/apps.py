"""The Django app of the desk. Never: holds logic."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases, their history and files."""

    name = "haidang.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from haidang.access.personal.subjects import holders
        from haidang.cases import own
        from haidang.cases.erasing import reads as erasing
        from haidang.intake.own import kinds

        kinds.register(own.KIND, own.rows)
        holders.register(erasing.holders)
