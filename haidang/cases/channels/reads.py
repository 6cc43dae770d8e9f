"""Channels and messages for whoever asks: how each fares, what waits. Never: writes; shows a secret or who was told."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from haidang.access import gate
from haidang.cases import channels, machine, rights
from haidang.cases.channels import ALWAYS_ON, Setting, lines
from haidang.cases.models import Channel, Message
from haidang.catalog.declared import Desk, declared
from haidang.words.errors import Absent
from haidang.words.nouns import Actor, Label, Subject


@dataclass(frozen=True)
class Face:
    """One channel of one desk. `problem`: code and facts of what is wrong; `values`: without secrets; `kept`: secrets
    that are set; `waiting`, `failed`: messages to senders; `mode`: hook | fetch | form; `answers`: whether it sends."""

    desk: str
    title: Label
    kind: str
    mode: str
    answers: bool
    tests: bool
    on: bool
    simulated: bool
    settings: tuple[Setting, ...]
    values: dict[str, str]
    kept: tuple[str, ...]
    last_in: datetime | None
    last_out: datetime | None
    problem: dict[str, str]
    problem_at: datetime | None
    changed_by: str
    waiting: int = 0
    failed: int = 0


@dataclass(frozen=True)
class Told:
    """One message of a Case without its words: how it goes with telling the sender."""

    id: int
    channel: str
    way: str
    state: str
    code: str
    at: datetime
    sent_at: datetime | None
    problem: str


def manages(who: Actor) -> bool:
    """Whether to offer the page."""
    return any(_managed(who, desk) for desk in declared().desks())


def _managed(who: Actor, desk: Desk) -> bool:
    return gate.may(who, "manage", Subject(desk.pack, "channels"))


def every(who: Actor) -> tuple[Face, ...]:
    """Every channel of the desks somebody manages."""
    rows = {(row.desk, row.kind): row for row in Channel.objects.all()}
    counts = _counts()
    names = sorted(channels.kinds(), key=_order)
    return tuple(
        _face(desk, rows.get((desk.key, name)) or _unsaid(desk.key, name), counts)
        for desk in declared().desks()
        if _managed(who, desk)
        for name in names
    )


def one(who: Actor, desk: str, kind: str) -> Face:
    """Raises Absent('unknown-channel') also for whoever does not manage the desk."""
    found = next((face for face in every(who) if (face.desk, face.kind) == (desk, kind)), None)
    if found is None:
        raise Absent("unknown-channel", found=kind[:16], expected="")
    return found


def told(who: Actor, number: int) -> tuple[Told, ...]:
    """Messages of a Case, oldest first, for whoever may read it; raises Absent('unknown-case')."""
    row = rights.seen(who, number)
    names = tuple(Told.__dataclass_fields__)
    return tuple(Told(**found) for found in Message.objects.filter(case=row).order_by("id").values(*names))


def routes(who: Actor, number: int) -> bool:
    """Whether somebody may write to the sender of a Case; raises Absent('unknown-case')."""
    row = rights.seen(who, number)
    return row.sender_id is not None and machine.ROUTE in rights.roles(who, row)


_KNOWN = ("web", "app", "phone", "email", "zalo", "facebook", "sms", "open311")


def _order(name: str) -> int:
    return _KNOWN.index(name) if name in _KNOWN else len(_KNOWN)


def _unsaid(desk: str, kind: str) -> Channel:
    return Channel(desk=desk, kind=kind, on=kind in ALWAYS_ON)


def _face(desk: Desk, row: Channel, counts: dict[tuple[str, str], int]) -> Face:
    known = channels.settings(row.kind)
    same = ("desk", "kind", "on", "simulated", "last_in", "last_out", "problem_at", "changed_by")
    return Face(
        **{name: getattr(row, name) for name in same},
        title=desk.title,
        mode=channels.kind(row.kind).MODE,
        answers=channels.capable(row.kind, "send"),
        tests=channels.capable(row.kind, "test"),
        settings=known,
        values={one.name: str(row.settings.get(one.name, "") or one.default) for one in known if not one.secret},
        kept=tuple(lines.unsealed(row)),
        problem=_problem(row.problem),
        waiting=counts.get((row.kind, "due"), 0) + counts.get((row.kind, "sending"), 0),
        failed=counts.get((row.kind, "failed"), 0),
    )


def _counts() -> dict[tuple[str, str], int]:
    rows = Message.objects.filter(way="out", state__in=("due", "sending", "failed"))
    counted = rows.values_list("channel", "state").annotate(many=Count("id")).order_by()
    return {(channel, state): many for channel, state, many in counted}


def _problem(text: str) -> dict[str, str]:
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        found = {"code": text}
    return {str(name): str(value) for name, value in found.items()}


@dataclass(frozen=True)
class Trouble:
    """A channel that is on and has been wrong for a while. `keeper`: the account that set it last."""

    desk: str
    kind: str
    code: str
    facts: dict[str, str]
    since: datetime
    keeper: str


def troubled(before: datetime) -> tuple[Trouble, ...]:
    """Channels whose problem was there before that moment."""
    rows = Channel.objects.filter(on=True, problem_at__lt=before).exclude(problem="")
    return tuple(_trouble(row) for row in rows)


def _trouble(row: Channel) -> Trouble:
    facts = _problem(row.problem)
    return Trouble(row.desk, row.kind, facts.pop("code", ""), facts, row.problem_at or row.changed, row.changed_by)
