"""/healthz and /metrics: whether this process, its database and the worker are alive. Never: a word about data."""

from __future__ import annotations

import time
from pathlib import Path

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse

from haidang.access.tracing import reads as tracing
from haidang.access.tracing import retention
from haidang.api.errors import reply
from haidang.intake.sources import reads
from haidang.network import remote
from haidang.words.texts import text

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
    """The same as text for Prometheus, for callers from HAIDANG_NETWORKS; 404 for all others."""
    if not remote.inside(remote.of_request(request.META), settings.NETWORKS):
        return reply({"code": "absent", "message": text("error.absent", "vi")}, 404)
    up = _database_answers()
    lines = ["# TYPE haidang_up gauge", f"haidang_up {int(up)}"]
    for process, file in (("worker", settings.HEARTBEAT), ("collector", settings.COLLECTOR_BEAT)):
        if (age := beat_age(file)) is not None:
            name = f"haidang_{process}_beat_age_seconds"
            lines += [f"# TYPE {name} gauge", f"{name} {age:.1f}"]
    if up:
        lines += [*_sources(), *_trace()]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")


def _sources() -> list[str]:
    """How the sources fare: counts alone, no name of any."""
    told = reads.counts()
    lines = ["# TYPE haidang_attempts_last_day gauge"]
    for (outcome, code), count in sorted(told.attempts.items()):
        lines.append(f'haidang_attempts_last_day{{outcome="{outcome}",code="{code}"}} {count}')
    lines.append("# TYPE haidang_sources gauge")
    lines += [f'haidang_sources{{state="{state}"}} {count}' for state, count in sorted(told.states.items())]
    for name, count in (("late_sources", told.late), ("owed_deliveries", told.owed), ("unlanded_runs", told.unlanded)):
        lines += [f"# TYPE haidang_{name} gauge", f"haidang_{name} {count}"]
    lines += ["# TYPE haidang_arrivals_total counter", f"haidang_arrivals_total {told.arrivals}"]
    return lines


def _trace() -> list[str]:
    """How long the trace is, what of it waits, how full things are."""
    how, room = tracing.standing(), retention.fullness()
    told = {"trace_rows": how.rows, "trace_waiting": how.waiting, "trace_unsent": how.unsent}
    told |= {"database_bytes": room.database}
    gauges = {name: str(count) for name, count in told.items()} | {"disk_used_ratio": f"{room.disk / 100:.3f}"}
    return [
        line for name, value in gauges.items() for line in (f"# TYPE haidang_{name} gauge", f"haidang_{name} {value}")
    ]


def beat_age(file: Path | None = None) -> float | None:
    """Seconds since a process (the worker) last said it was alive; None when there has been none."""
    try:
        return max(0.0, time.time() - (file or settings.HEARTBEAT).stat().st_mtime)
    except OSError:
        return None


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True
