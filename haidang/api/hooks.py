"""The door for pushes: POST /hooks/<source>, signed. 202 with the run's id only when the bytes are safe on disk.

401 a wrong or stale signature, 404 what is no hook, with the same words; 409 a message that came before; 413 too large
(see `bounds`); 429 too often. No cookie is read, no form is needed. Never: proves a signature (intake.sources does).
"""

from __future__ import annotations

import logging
import tempfile
import time
from collections import OrderedDict
from pathlib import Path

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from haidang.api.errors import reply
from haidang.intake.sources import actions
from haidang.words.errors import Denied, HaiDangError, IntakeStopped, NotNow, Unavailable
from haidang.words.texts import say

CHUNK = 1 << 20
WRONG_A_MINUTE = 60
"""Refusals of one caller at one hook in a minute, after which nothing of it is read for the rest of it."""

_MOST_CALLERS = 5_000


class Strikes:
    """Refusals of late, by hook and caller; in this process alone."""

    def __init__(self) -> None:
        self._by: OrderedDict[tuple[str, str], tuple[float, int]] = OrderedDict()

    def out(self, source: str, remote: str) -> bool:
        began, count = self._by.get((source, remote), (0.0, 0))
        return count >= WRONG_A_MINUTE and time.monotonic() - began < 60

    def add(self, source: str, remote: str) -> None:
        began, count = self._by.pop((source, remote), (0.0, 0))
        now = time.monotonic()
        self._by[source, remote] = (began, count + 1) if now - began < 60 and count else (now, 1)
        while len(self._by) > _MOST_CALLERS:
            self._by.popitem(last=False)


strikes = Strikes()
log = logging.getLogger("haidang.hooks")


@csrf_exempt
@require_POST
def hook(request: HttpRequest, source: str) -> HttpResponse:
    """202 `{run}`; every refusal is written down by intake.sources."""
    remote, known = str(request.META.get("REMOTE_ADDR", "")), source[:128]
    if strikes.out(known, remote):
        actions.refused(known, "hook-too-often", remote, timezone.now())
        return refuse(Unavailable("hook-too-often", retry=60))
    place = Path(settings.HOME) / "scratch"
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place, prefix="hook-") as folder:
        body = Path(folder) / "body"
        with body.open("wb") as target:
            while chunk := request.read(CHUNK):
                target.write(chunk)
        try:
            run = actions.push(known, dict(request.headers), body, remote, timezone.now())
        except HaiDangError as error:
            strikes.add(known, remote)
            return refuse(error)
        except Error as error:
            # Not taken, and nothing of it kept: the sender is asked to come again.
            log.warning("hook %s: the database is busy: %s", known, error)
            return refuse(Unavailable("database-busy", found="", retry=5))
    return reply({"run": run}, 202)


def refuse(error: HaiDangError) -> HttpResponse:
    """What is denied says nothing of why, and reads the same whether the hook is there or not."""
    status = _status(error)
    shown = error if status in {409, 422, 429} else Denied("hook-refused")
    response = reply({"code": shown.code, "message": say(shown)}, status)
    if isinstance(error, Unavailable):
        response["Retry-After"] = str(error.facts.get("retry", 60))
    return response


def _status(error: HaiDangError) -> int:
    if isinstance(error, Denied):
        return 404 if error.code == "hook-unknown" else 401
    table = {NotNow: 409, Unavailable: 429 if error.code == "hook-too-often" else 503, IntakeStopped: 422}
    return next((status for kind, status in table.items() if isinstance(error, kind)), 400)
