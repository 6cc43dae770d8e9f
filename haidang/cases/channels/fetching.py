"""What is fetched: letters of mailboxes, and files that a chat's message only names. Never: holds up a web hook.

May be ended at any moment: a letter is taken in before the cursor moves, a file is hung on its Case once.
"""

from __future__ import annotations

import json
import logging
from datetime import datetime, timedelta
from typing import Any

from haidang.cases import channels, senders
from haidang.cases.channels import Enclosure, Line, _wire, arriving, lines
from haidang.cases.models import Case, File, Message, Step
from haidang.words.errors import HaiDangError, IntakeStopped

log = logging.getLogger("haidang.channels")
AT_ONCE = 20
MOST_TRIES = 6
LARGEST = 60 << 20
"""Bytes of one file."""


def collect(now: datetime) -> int:
    """Look into every fetched channel that is on; how many messages came. What is wrong is noted of the channel."""
    fetched = [name for name in channels.kinds() if channels.capable(name, "fetch")]
    return sum(_collect(line) for name in fetched for line in lines.on(name))


def _collect(line: Line) -> int:
    many = 0
    try:
        for one in channels.kind(line.kind).fetch(line):
            if one.incoming is not None and arriving.receive(line, one.incoming).did not in ("known", "empty"):
                many += 1
                lines.came(line)
            lines.read(line, one.cursor)
            if one.done:
                one.done()
    except HaiDangError as error:
        lines.failed(line, error)
        log.warning("%s: %s", line.kind, error.code)
        return many
    lines.well(line)
    return many


def files(now: datetime) -> int:
    """Fetch files that messages name; how many messages became whole."""
    waiting = Message.objects.filter(state=arriving.FETCHING, next_at__lte=now).order_by("next_at")
    return sum(_files(row, now) for row in waiting[:AT_ONCE])


def _files(row: Message, now: datetime) -> bool:
    tries = row.tries + 1
    claim = {"tries": tries, "next_at": now + timedelta(minutes=2**tries)}
    if not Message.objects.filter(pk=row.pk, tries=row.tries, state=arriving.FETCHING).update(**claim):
        return False
    told = _told(row)
    try:
        keys = [key for one in told["files"] if (key := arriving.keep(_fetched(one)))]
    except HaiDangError as error:
        log.warning("%s: a file of a message: %s", row.channel, error.code)
        if tries < MOST_TRIES:
            return False
        keys = []
    _hang(row, keys)
    problem = "" if keys else "files-lost"
    words = senders.seal(str(told["text"]))
    Message.objects.filter(pk=row.pk).update(state=arriving.ARRIVED, words=words, problem=problem, next_at=None)
    return True


def _fetched(one: dict[str, str]) -> Enclosure:
    """Raises Unavailable; a file that cannot be had at all comes back empty."""
    try:
        reply = _wire.call("GET", one["url"], most=LARGEST)
    except IntakeStopped:
        return Enclosure(one["name"], "none")
    content = reply.body if reply.status == 200 else b""
    return Enclosure(one["name"], one["kind"] if content else "none", content=content)


def _told(row: Message) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(senders.unseal(row.words))
    except ValueError:
        found = {"text": "", "files": []}
    return found


def _hang(row: Message, keys: list[str]) -> None:
    """On the step the message made."""
    line = Line("", row.channel)
    known = arriving.mark(line, channels.Incoming(row.outside or "", senders.Person()))
    case = row.case
    if case is None or not keys:
        return
    own = Step.objects.filter(case=case)
    step = (own.filter(act="open") if (case.once or "").endswith(known) else own.filter(once=known[:80])).first()
    File.objects.filter(key__in=keys, case=None).update(case=case, step=step)
    Case.objects.filter(pk=case.pk).update(changed=max(case.changed, row.at))
