"""Sends Cases to another GeoReport server and brings its answers back, each step once however often this runs.

A row of Message holds the journey of one assignment: `forward` (to be sent), `sent` (asked after), `ended`. It is laid
down before the call and the call bears its key, so a kill in between sends the same message again, never another.
Never: sends who a Case is from; acts where the Case has left the office it was assigned to.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from haidang.cases import actions, machine, senders
from haidang.cases.actions import Wanted
from haidang.cases.channels import Line, lines
from haidang.cases.forwarding import server
from haidang.cases.models import Case, Message
from haidang.words.errors import Absent, HaiDangError, IntakeStopped, NotNow, Unavailable
from haidang.words.nouns import Actor
from haidang.words.texts import say, text

KIND, CODE = "open311", "forward"
WAITING, SENT, ENDED = "forward", "sent", "ended"
AT_WORK = (machine.ASSIGNED, machine.IN_PROGRESS)
ASK_AFTER = timedelta(minutes=5)
AT_ONCE = 100
ROBOT = Actor("open311", "robot", "Open311")
log = logging.getLogger("haidang.forwarding")


def run(now: datetime) -> int:
    """Everything that is due, of every desk; how many calls were made."""
    done = 0
    for line in lines.on(KIND):
        if line.value("office") and line.value("server"):
            _lay_down(line, now)
            done += sum(_one(line, row, now) for row in _due(line, now))
    return done


def _lay_down(line: Line, now: datetime) -> None:
    """A row for every assignment to that office that has none yet."""
    rows = Case.objects.filter(desk=line.desk, office=line.value("office"), state__in=AT_WORK)
    under_way = Message.objects.filter(channel=KIND, code=CODE, state__in=(WAITING, SENT)).values("case")
    for case in rows.exclude(pk__in=under_way).order_by("number")[:AT_ONCE]:
        turn = Message.objects.filter(case=case, channel=KIND, code=CODE).count()
        first = {"case": case, "channel": KIND, "way": "out", "state": WAITING, "code": CODE, "at": now, "next_at": now}
        Message.objects.get_or_create(key=f"{case.pk}:{CODE}:{turn}", defaults=first)


def _due(line: Line, now: datetime) -> list[Message]:
    rows = Message.objects.filter(channel=KIND, code=CODE, state__in=(WAITING, SENT), case__desk=line.desk)
    return list(rows.filter(next_at__lte=now).select_related("case").order_by("next_at")[:AT_ONCE])


def _one(line: Line, row: Message, now: datetime) -> int:
    case = row.case
    if case is None or case.office != line.value("office") or case.state not in AT_WORK:
        _keep(row, state=ENDED)
        return 0
    try:
        if row.state == WAITING:
            _send(line, row, case, now)
        else:
            _ask(line, row, case, now)
        lines.went(line)
    except Unavailable as error:
        _later(row, error, now)
        lines.failed(line, error)
    except IntakeStopped as error:
        lines.failed(line, error)
        _back(line, row, case, say(error))
    except (Absent, NotNow) as error:
        # Somebody acted meanwhile: what it is now is seen the next time.
        log.info("case %s: %s", case.pk, error.code)
        _later(row, error, now)
    return 1


def _send(line: Line, row: Message, case: Case, now: datetime) -> None:
    known = server.services(line)
    service = known.get(case.category) or known.get("*", "")
    if not service:
        _back(line, row, case, text("open311.not-mapped", found=case.category))
        return
    found = ident(row) or server.send(line, _report(case, service), f"hai-dang-{row.key}")
    _keep(row, outside=f"{row.pk}:{found}"[:200], sent_at=now)
    words = text("open311.sent-on", server=server.name(line), found=found)
    actions.act_as_outside(ROBOT, case.pk, Wanted("progress", words=words, once=f"forward:{row.pk}"), case.office)
    _keep(row, state=SENT, next_at=now + ASK_AFTER, tries=0, problem="")


def ident(row: Message) -> str:
    """The report's id there: ids of two assignments may be the same, what is kept of them may not."""
    return (row.outside or "").partition(":")[2]


def _report(case: Case, service: str) -> dict[str, str]:
    """What the other server is told: the cleaned words and where, nothing of a sender."""
    position = {"lat": f"{case.lat}", "long": f"{case.lon}"} if case.lat is not None and case.lon is not None else {}
    place = case.unit.partition("@")[0]
    return {
        "service_code": service,
        "description": case.text[:4000],
        "address_string": case.address or ("" if position else place),
        **position,
    }


def _ask(line: Line, row: Message, case: Case, now: datetime) -> None:
    answer = server.ask(line, ident(row))
    words = answer.notes or server.name(line)
    if answer.status == server.CLOSED:
        wanted = Wanted("finish", words=words, once=f"forward:{row.pk}:closed")
        actions.act_as_outside(ROBOT, case.pk, wanted, case.office)
        _keep(row, state=ENDED)
        return
    if answer.notes and answer.notes != senders.unseal(row.words):
        row.tries += 1
        wanted = Wanted("progress", words=words, once=f"forward:{row.pk}:{senders.digest('notes', answer.notes)[:16]}")
        actions.act_as_outside(ROBOT, case.pk, wanted, case.office)
        _keep(row, words=senders.seal(answer.notes))
    _keep(row, next_at=now + ASK_AFTER, tries=0, problem="")


def _back(line: Line, row: Message, case: Case, why: str) -> None:
    """The desk gets it back with the reason."""
    words = text("open311.sent-back", server=server.name(line), found=why)
    try:
        actions.act_as_outside(ROBOT, case.pk, Wanted("send-back", words=words, once=f"back:{row.pk}"), case.office)
    except (Absent, NotNow) as error:
        log.info("case %s: %s", case.pk, error.code)
    _keep(row, state=ENDED, problem=why[:200])


def _later(row: Message, error: HaiDangError, now: datetime) -> None:
    """A minute, two, four … up to an hour."""
    wait = min(timedelta(minutes=2 ** min(row.tries, 6)), timedelta(hours=1))
    _keep(row, tries=row.tries + 1, next_at=now + wait, problem=error.code[:200])


def _keep(row: Message, **fields: object) -> None:
    Message.objects.filter(pk=row.pk).update(**fields)
    for name, value in fields.items():
        setattr(row, name, value)
