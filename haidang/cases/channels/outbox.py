"""Sends what waits for senders: by their Case's own channel, else by another that reaches them. Never twice.

A message is taken (`sending`) before a byte leaves, and marked when it went. Where it may have gone unseen it is only
sent again by kinds whose provider knows it again (`AGAIN`); by the others a person sees it as failed.
What nobody can be reached by stands on the page of the Case's code alone (`kept`).
Never: writes to a real person about a simulated Case, or about one brought over from another program.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.utils import timezone

from haidang.cases import channels, senders
from haidang.cases.channels import Line, Outgoing, Unsure, lines, wording
from haidang.cases.models import Case, Message
from haidang.cases.senders import Person
from haidang.words.errors import HaiDangError, IntakeStopped

log = logging.getLogger("haidang.channels")
DUE, SENDING, SENT, FAILED, KEPT = "due", "sending", "sent", "failed", "kept"
AT_ONCE = 50
MOST_TRIES = 8
DEAD = timedelta(minutes=10)
"""A message in sending for so long was left by a process that is no more."""
INSTEAD = ("app", "zalo", "facebook", "email", "sms")
"""By what somebody is written to whose own channel cannot, in this order."""


def deliver(now: datetime) -> int:
    """Send what is due; how many went."""
    _left_behind(now)
    waiting = Message.objects.filter(way="out", state=DUE, next_at__lte=now)
    return sum(
        _deliver(row, now) for row in waiting.select_related("case", "case__sender").order_by("next_at")[:AT_ONCE]
    )


def again(number: int) -> bool:
    """Send a failed message once more because a person says so; False when it is not one."""
    failed = Message.objects.filter(pk=number, way="out", state=FAILED)
    return bool(failed.update(state=DUE, tries=0, next_at=timezone.now()))


def _left_behind(now: datetime) -> None:
    dead = Message.objects.filter(way="out", state=SENDING, next_at__lt=now - DEAD)
    known_again = [name for name, module in channels.kinds().items() if module.AGAIN]
    dead.filter(channel__in=known_again).update(state=DUE, next_at=now)
    dead.exclude(channel__in=known_again).update(state=FAILED, problem="channel-unsure")


def _deliver(row: Message, now: datetime) -> bool:
    claim = {"state": SENDING, "tries": row.tries + 1, "next_at": now}
    if not Message.objects.filter(pk=row.pk, state=DUE, tries=row.tries).update(**claim):
        return False
    row.tries += 1
    case = row.case
    if case is None or case.sender is None or case.sender.erased:
        return _end(row, KEPT)
    to = senders.person(case.sender)
    # A reply the desk no longer has is nothing to send.
    ways = _ways(case, to) if wording.words(row, to.language)[1] else []
    problem = ""
    for line in ways:
        try:
            return _sent(row, line, _send(row, case, to, line), now)
        except IntakeStopped as error:
            lines.failed(line, error)
            problem = error.code
        except HaiDangError as error:
            return _later(row, line, error, now)
    return _end(row, FAILED, problem) if ways else _end(row, KEPT)


def _ways(case: Case, to: Person) -> list[Line]:
    """Lines that reach the sender, their own channel first; none of a Case that nobody real waits for here."""
    if case.channel == "import":
        return []
    names = [case.channel, *(name for name in INSTEAD if name != case.channel)]
    able = [name for name in names if channels.capable(name, "send")]
    found = [line for name in able for line in lines.on(name, case.desk)]
    return [line for line in found if line.simulated == case.simulated and channels.kind(line.kind).reaches(line, to)]


def _send(row: Message, case: Case, to: Person, line: Line) -> str:
    """Raises as `send` of the kind; gives the provider's id of it."""
    kind = channels.kind(line.kind)
    own = (
        Message.objects.filter(case=case, channel=line.kind, way="in").order_by("-id").values_list("outside", "at")[:5]
    )
    answered = channels.capable(line.kind, "read") or channels.capable(line.kind, "fetch")
    title, words = wording.words(row, to.language, answered=answered)
    outgoing = Outgoing(
        key=row.key or f"message:{row.pk}",
        to=to,
        words=words,
        title=title,
        name=row.code,
        code=case.code,
        link=wording.link(case),
        language=to.language,
        threads=tuple(outside or "" for outside, _ in own),
        at=own[0][1] if own else None,
        case=case.pk,
    )
    return str(kind.send(line, outgoing).outside)


def _sent(row: Message, line: Line, outside: str, now: datetime) -> bool:
    # An id the provider gave twice is no reason to send a third time.
    taken = outside and Message.objects.filter(channel=line.kind, outside=outside[:200]).exclude(pk=row.pk).exists()
    Message.objects.filter(pk=row.pk).update(
        state=SENT,
        channel=line.kind,
        sent_at=now,
        problem="",
        outside=outside[:200] if outside and not taken else None,
    )
    lines.went(line)
    return True


def _later(row: Message, line: Line, error: HaiDangError, now: datetime) -> bool:
    """Tried again when it surely did not go, or when the provider would know it again."""
    lines.failed(line, error)
    sure = not isinstance(error, Unsure) or channels.kind(line.kind).AGAIN
    if not sure or row.tries >= MOST_TRIES:
        return _end(row, FAILED, error.code)
    pause = timedelta(minutes=min(2**row.tries, 360))
    fields = {"state": DUE, "next_at": now + pause, "problem": error.code, "channel": line.kind}
    Message.objects.filter(pk=row.pk).update(**fields)
    return False


def _end(row: Message, state: str, problem: str = "") -> bool:
    if state == FAILED:
        log.warning("a message of case-%s failed: %s", row.case_id, problem)
    Message.objects.filter(pk=row.pk).update(state=state, problem=problem[:200], next_at=None)
    return False
