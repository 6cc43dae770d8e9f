"""The room's place in Django: it tells intake what to keep up. Never: holds models of its own."""

from __future__ import annotations

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """Registers the derivation of observations, and who looks as rows of the centre's own ledger."""

    name = "haidang.indicators"

    def ready(self) -> None:
        from haidang.indicators import keep, usage
        from haidang.intake import derive
        from haidang.intake.own import kinds

        derive.register(keep.observations, parts=keep.parts)
        kinds.register("usage", usage.rows)
