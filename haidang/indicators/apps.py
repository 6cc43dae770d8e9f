"""The room's place in Django: it tells intake what to keep up. Never: holds models of its own."""

from __future__ import annotations

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """Registers the derivation of observations."""

    name = "haidang.indicators"

    def ready(self) -> None:
        from haidang.indicators import keep
        from haidang.intake import derive

        derive.register(keep.observations, parts=keep.parts)
