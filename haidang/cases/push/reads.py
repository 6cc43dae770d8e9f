"""What followers of Cases are to be told: steps since their browser asked, for which nothing was laid down yet.

Never: writes, knows the words (they are the door's texts by code).
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from haidang.cases import machine, senders
from haidang.cases.models import Channel, Device, Message, Step
from haidang.cases.push.wire import Place

CHANNEL = "push"
DUE = "push-due"
"""The state of a message that waits; another than `due`: the outbox of the other channels does not take it."""
TOLD = ("assign", "ask", "progress", "extend", "refuse", "finish", "approve", "reopen", "publish")
LOOK_BACK = timedelta(days=2)


def owed(now: datetime, limit: int = 500) -> list[tuple[Step, Device]]:
    """Steps a follower has not been told of, each with the device, oldest first."""
    since = now - LOOK_BACK
    steps = Step.objects.filter(at__gt=since, act__in=TOLD, case__devices__isnull=False).exclude(role=machine.SENDER)
    found = []
    for step in steps.select_related("case").prefetch_related("case__devices").order_by("id").distinct()[:limit]:
        if step.after != machine.APPROVING:
            found += [(step, device) for device in step.case.devices.all() if device.created < step.at]
    laid = set(Message.objects.filter(key__in=[key(*one) for one in found]).values_list("key", flat=True))
    return [one for one in found if key(*one) not in laid]


def key(step: Step, device: Device) -> str:
    """The same for the same telling."""
    return f"{CHANNEL}:{step.pk}:{device.pk}"


def place(device: Device) -> Place:
    """Its subscription in clear; raises ValueError when it was sealed by another machine."""
    return Place(**json.loads(senders.unseal(device.endpoint)))


def hosts(desk: str) -> tuple[str, ...]:
    """Push services the province named besides those of the browsers (setting `push_hosts` of the channel `app`)."""
    row = Channel.objects.filter(desk=desk, kind="app").first()
    return tuple(str(row.settings.get("push_hosts", "")).replace(",", " ").split()) if row else ()
