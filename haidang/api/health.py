"""/healthz and /metrics: whether this process, its database and the worker are alive. Never: a word about data."""

from __future__ import annotations

import time

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse

from haidang.api.errors import reply

LATE = 120.0
"""A worker that has not moved for so many seconds is late."""


def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the database answers, else 503; `worker` says whether the worker has moved lately."""
    database = _database_answers()
    age = beat_age()
    worker = "none" if age is None else "late" if age > LATE else "ok"
    state = "ok" if database else "down"
    return reply({"status": state, "database": state, "worker": worker}, 200 if database else 503)


def metrics(request: HttpRequest) -> HttpResponse:
    """The same as text for Prometheus."""
    age = beat_age()
    lines = ["# TYPE haidang_up gauge", f"haidang_up {int(_database_answers())}"]
    if age is not None:
        lines += ["# TYPE haidang_worker_beat_age_seconds gauge", f"haidang_worker_beat_age_seconds {age:.1f}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")


def beat_age() -> float | None:
    """Seconds since the worker last said it was alive; None when there has been no worker."""
    try:
        return max(0.0, time.time() - settings.HEARTBEAT.stat().st_mtime)
    except OSError:
        return None


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True
