"""Lets go of the sealed tokens of sessions that are over. Never: ends a session that runs."""

from __future__ import annotations

from datetime import datetime, timedelta

from haidang.access.identity.providers import actions

EVERY = timedelta(hours=6)


def run(now: datetime) -> None:
    actions.sweep(now)
