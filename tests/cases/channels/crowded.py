"""Run as a program: one push delivered many times at once, and many outboxes over the same messages; prints JSON."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections import Counter
from typing import Any

import at_once
import uvicorn
from starlette.applications import Starlette

from sandbox.desk.zalo import Zalo

MANY = 5
"""Messages that wait, each to somebody else."""


def main(port: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "haidang.site.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, skip_checks=True)
    zalo = Zalo()
    server = uvicorn.Server(
        uvicorn.Config(Starlette(routes=zalo.routes()), host="127.0.0.1", port=port, log_level="error")
    )
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        pass
    _on(zalo, f"http://127.0.0.1:{port}")
    print(json.dumps({"pushed": pushed(zalo), "sent": sent(zalo)}))


def _on(zalo: Zalo, url: str) -> None:
    from haidang.access import gate
    from haidang.cases.channels.actions import Said, configure

    values = {"app_id": zalo.app_id, "oa_secret": zalo.oa_secret, "access_token": zalo.access_token, "api": url}
    configure(gate.operator(), at_once.DESK, "zalo", Said(values, on=True))


def _push(zalo: Zalo, content: bytes) -> str:
    from django.utils import timezone

    from haidang.cases.channels import Posted
    from haidang.cases.channels.actions import push

    headers = {name.lower(): value for name, value in zalo.signed(content).items()}
    (taken,) = push("zalo", Posted(headers, content), timezone.now())
    return f"{taken.did} {taken.case}"


def pushed(zalo: Zalo) -> dict[str, Any]:
    """One event six times at once, then one more word of the same person, six times at once."""
    from haidang.cases.models import Case, Message, Step

    first, more = zalo.event("1001", "Cây đổ chắn đường"), zalo.event("1001", "Xe không đi được")
    opened = Counter(at_once.crowd(lambda _: _push(zalo, first)))
    added = Counter(one.split()[1] for one in at_once.crowd(lambda _: _push(zalo, more)))
    counts = {"cases": Case.objects.count(), "messages": Message.objects.filter(way="in").count()}
    return {"opened": opened, "added": added, **counts, "adds": Step.objects.filter(act="add").count()}


def sent(zalo: Zalo) -> dict[str, Any]:
    """Six outboxes at once over the messages that wait."""
    from django.utils import timezone

    from haidang.cases.channels.actions import deliver
    from haidang.cases.models import Message

    for number in range(2001, 2001 + MANY - 1):
        _push(zalo, zalo.event(str(number), f"Ổ gà số {number}"))
    waiting = Message.objects.filter(way="out", state="due").count()
    got = at_once.crowd(lambda _: deliver(timezone.now()))
    states = Counter(Message.objects.filter(way="out").values_list("state", flat=True))
    heard = Counter(word.who for word in zalo.talks.words if word.way == "out")
    return {"waiting": waiting, "got": got, "states": states, "most": max(heard.values()), "people": len(heard)}


if __name__ == "__main__":
    main(int(sys.argv[1]))
