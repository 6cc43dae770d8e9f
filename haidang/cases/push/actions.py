"""Keeps and forgets browsers that want to be told; lays messages down and sends them, with back-off, never twice.

Never: waits for a network inside a transaction; tells anything but that a Case moved on.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from haidang.cases import senders
from haidang.cases.models import Case, Device, Message
from haidang.cases.push import reads, wire
from haidang.cases.push.wire import Place
from haidang.words.errors import Absent, BadQuestion, HaiDangError, IntakeStopped
from haidang.words.texts import text

MOST_DEVICES = 5
RESTED = timedelta(days=60)
TRIES = 6
FAILS = 8
"""Failures after which a browser is forgotten."""


def subscribe(code: str, said: Any) -> None:
    """A browser wants to be told of a Case; `said`: its PushSubscription as JSON gives it.

    Raises Absent('unknown-case'), BadQuestion('bad-subscription').
    """
    case = _followed(code)
    place = wire.known(_read(said), reads.hosts(case.desk))
    sealed = senders.seal(json.dumps({"endpoint": place.endpoint, "p256dh": place.p256dh, "auth": place.auth}))
    digest = senders.digest("push", place.endpoint)
    Device.objects.update_or_create(case=case, digest=digest, defaults={"endpoint": sealed, "failed": 0})
    newest = Device.objects.filter(case=case).order_by("-created").values_list("pk", flat=True)[:MOST_DEVICES]
    Device.objects.filter(case=case).exclude(pk__in=list(newest)).delete()


def unsubscribe(code: str, said: Any) -> None:
    """The browser is told no more; one that was never told is none."""
    Device.objects.filter(case=_followed(code), digest=senders.digest("push", _read(said).endpoint)).delete()


def _followed(code: str) -> Case:
    case = Case.objects.filter(code=code.strip().upper()).first()
    if case is None:
        raise Absent("unknown-case", found=code[:24])
    return case


def _read(said: Any) -> Place:
    try:
        return Place(str(said["endpoint"]), str(said["keys"]["p256dh"]), str(said["keys"]["auth"]))
    except (KeyError, TypeError):
        raise BadQuestion("bad-subscription") from None


def lay_down(now: datetime) -> int:
    """A message for everything owed; how many are new. Done twice it is done once."""
    made = 0
    for step, device in reads.owed(now):
        what = {"case": step.case, "channel": reads.CHANNEL, "way": "out", "state": reads.DUE, "code": step.act}
        words = senders.seal(json.dumps({"device": device.pk, "after": step.after}))
        _, new = Message.objects.get_or_create(
            key=reads.key(step, device), defaults={**what, "words": words, "at": now, "next_at": now}
        )
        made += new
    return made


def send_due(now: datetime, limit: int = 200) -> int:
    """Send what waits; how many a service took. A row is claimed before it is sent: two senders never take the same."""
    sent = 0
    due = Message.objects.filter(channel=reads.CHANNEL, state=reads.DUE, next_at__lte=now).order_by("next_at")
    for row in due.select_related("case")[:limit]:
        later = timezone.now() + timedelta(seconds=30 * 2**row.tries)
        claimed = Message.objects.filter(pk=row.pk, state=reads.DUE, tries=row.tries)
        if claimed.update(tries=row.tries + 1, next_at=later):
            sent += _send(row)
    return sent


def _send(row: Message) -> bool:
    told = json.loads(senders.unseal(row.words) or "{}")
    device = Device.objects.filter(pk=told.get("device", 0)).first()
    if device is None or row.case is None:
        return _end(row, "failed", "gone")
    try:
        status = wire.send(reads.place(device), payload(row.case, told["after"]), reads.hosts(row.case.desk))
    except (BadQuestion, IntakeStopped, ValueError, TypeError) as wrong:
        device.delete()
        return _end(row, "failed", getattr(wrong, "code", "unreadable"))
    except HaiDangError as wrong:
        return _again(row, device, wrong.code)
    if status in (404, 410, 401, 403):
        device.delete()
        return _end(row, "failed", f"status-{status}")
    return _end(row, "sent", "") if status < 300 else _again(row, device, f"status-{status}")


def tidy(now: datetime) -> None:
    """Lets go of browsers whose report has rested for `RESTED`, and of messages that old."""
    Device.objects.filter(case__changed__lt=now - RESTED, created__lt=now - RESTED).delete()
    Message.objects.filter(channel=reads.CHANNEL, at__lt=now - RESTED).delete()


def payload(case: Case, state: str) -> bytes:
    """What the browser shows: the code, the new state, where to look. No word of the report stands in it."""
    language = case.sender.language if case.sender else "vi"
    said = {
        "title": text("cong.push-title", language, code=case.code),
        "body": text(f"cong.now-{state}", language),
        "url": f"/cong/{case.code}",
        "tag": case.code,
    }
    return json.dumps(said, ensure_ascii=False).encode()


def _end(row: Message, state: str, problem: str) -> bool:
    done = {"state": state, "problem": problem[:200], "sent_at": timezone.now() if state == "sent" else None}
    Message.objects.filter(pk=row.pk).update(**done, words="")
    return state == "sent"


def _again(row: Message, device: Device, problem: str) -> bool:
    Device.objects.filter(pk=device.pk).update(failed=F("failed") + 1)
    if device.failed + 1 >= FAILS:
        device.delete()
    Message.objects.filter(pk=row.pk).update(problem=problem[:200])
    return row.tries + 1 >= TRIES and _end(row, "failed", problem)
