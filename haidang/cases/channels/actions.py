"""The writing face of channels: what the province says of them, pushes of providers, letters, messages to senders.

Settings are said by whoever manages the desk's pack; every change is traced without its values.
Never: shows a secret; lets a push in whose signature is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from haidang.access import gate, trace
from haidang.cases import channels, machine, rights, senders
from haidang.cases.actions import Wanted, act
from haidang.cases.channels import ALWAYS_ON, Line, Posted, Setting, lines
from haidang.cases.channels.arriving import Taken, receive
from haidang.cases.channels.fetching import collect
from haidang.cases.channels.fetching import files as fetch_files
from haidang.cases.channels.outbox import again, deliver
from haidang.cases.models import Case, Channel, Message
from haidang.catalog.declared import declared
from haidang.words.errors import Absent, BadQuestion, Denied, HaiDangError
from haidang.words.nouns import Actor, Subject
from haidang.words.texts import text

LONGEST = 1500
"""Signs of free words to a sender."""


@dataclass(frozen=True)
class Said:
    """What is said of a channel. `values`: by name, "" takes one away; an empty secret stays unless in `forget`."""

    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    on: bool = False
    simulated: bool = False
    forget: frozenset[str] = frozenset()


def configure(who: Actor, desk: str, kind: str, said: Said) -> None:
    """Say how a channel is reached and whether it is on.

    Raises Denied, Absent('unknown-desk' | 'unknown-channel'), BadQuestion('channel-missing' | 'channel-choice').
    """
    managed(who, desk)
    plain, secret = _sorted(kind, said.values)
    with transaction.atomic():
        row, _ = Channel.objects.select_for_update().get_or_create(desk=desk, kind=kind)
        row.settings = {name: value for name, value in plain.items() if value}
        kept = {name: value for name, value in lines.unsealed(row).items() if name not in said.forget}
        row.secrets = lines.sealed({**kept, **secret})
        row.on, row.simulated = said.on, said.simulated
        if said.on:
            _whole(row)
        row.problem, row.problem_at = "", None
        row.changed_by, row.changed = who.name, timezone.now()
        row.save()
    trace.note(who, "configure-channel", f"{desk.replace('.', '/', 1)} {kind} on={said.on} simulated={said.simulated}")


def managed(who: Actor, desk: str) -> None:
    """Raises Denied, Absent('unknown-desk')."""
    gate.require(who, "manage", Subject(declared().desk(desk).pack, "channels"))


def _sorted(kind: str, values: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """(open settings, secrets that were typed)."""
    known = {one.name: one for one in channels.settings(kind)}
    plain, secret = {}, {}
    for name, one in known.items():
        value = " ".join(values.get(name, "").split()) if one.kind != "long" else values.get(name, "").strip()
        _sound(one, value)
        if not one.secret:
            plain[name] = value
        elif value:
            secret[name] = value
    return plain, secret


def _sound(one: Setting, value: str) -> None:
    if one.choices and value not in ("", *one.choices):
        raise BadQuestion("channel-choice", found=value[:40], expected=", ".join(one.choices))


def _whole(row: Channel) -> None:
    """Raises BadQuestion('channel-missing'): one that is on has all it cannot do without."""
    values = lines.of(row).values
    missing = [one.name for one in channels.settings(row.kind) if one.required and not values.get(one.name)]
    if missing:
        raise BadQuestion("channel-missing", found=missing[0])


def trial(who: Actor, desk: str, kind: str, values: Mapping[str, str] | None = None) -> None:
    """Sign in at the provider with what is typed over what is kept; nothing is sent. Raises what is wrong, Denied."""
    managed(who, desk)
    row = Channel.objects.filter(desk=desk, kind=kind).first() or Channel(desk=desk, kind=kind)
    plain, secret = _sorted(kind, values or {})
    if values is not None:
        row.settings, row.secrets = plain, lines.sealed({**lines.unsealed(row), **secret})
    if not channels.capable(kind, "test"):
        raise Absent("unknown-channel", found=kind)
    channels.kind(kind).test(lines.of(row))


def push(kind: str, posted: Posted, now: datetime) -> tuple[Taken, ...]:
    """What a provider pushed, once its signature is proved by one of the lines that are on.

    Raises Denied('hook-unknown' | 'hook-unsigned' | 'hook-signature' | …), BadQuestion, NotNow (come again).
    """
    line = _proved(kind, posted, now)
    done = tuple(receive(line, one) for one in channels.kind(kind).read(line, posted))
    if done:
        lines.came(line)
    return done


def _proved(kind: str, posted: Posted, now: datetime) -> Line:
    found = lines.on(kind) if channels.capable(kind, "prove") else ()
    wrong: HaiDangError = Denied("hook-unknown")
    for line in found:
        try:
            channels.kind(kind).prove(line, posted, now)
            return line
        except Denied as refused:
            wrong = refused
    raise wrong


def challenged(kind: str, query: Mapping[str, str]) -> str:
    """The answer to a provider that proves our address; raises Denied."""
    found = lines.on(kind) if channels.capable(kind, "challenge") else ()
    for line in found:
        try:
            return str(channels.kind(kind).challenge(line, query))
        except Denied:
            continue
    raise Denied("hook-unknown")


def write(who: Actor, number: int, words: str, *, once: str = "") -> None:
    """Free words to a Case's sender, by whoever routes it; kept in the history as an inner note, sent by the outbox.

    Raises Absent('unknown-case'), BadQuestion('missing-words' | 'words-too-long' | 'no-sender').
    """
    case = _routed(who, number)
    if not words.strip():
        raise BadQuestion("missing-words", found="write")
    if len(words) > LONGEST:
        raise BadQuestion("words-too-long", found=str(len(words)), expected=str(LONGEST))
    if case.sender_id is None:
        raise BadQuestion("no-sender")
    now, key = timezone.now(), f"{case.pk}:write:{once}" if once else None
    own = {"case": case, "channel": case.channel, "way": "out", "at": now, "next_at": now}
    own["words"] = senders.seal(words.strip())
    with transaction.atomic():
        if key is not None and Message.objects.filter(key=key[:120]).exists():
            return
        Message.objects.create(**own, key=key[:120] if key else None)
        noted = f"{text('channel.wrote', 'vi')}: {words.strip()}"
        act(who, case.pk, Wanted("note", words=noted, once=f"write:{once}" if once else ""))
    trace.note(who, "write-to-sender", f"{case.pack}/case-{case.pk}")


def resend(who: Actor, number: int, message: int) -> bool:
    """A failed message of a Case once more, by whoever routes it; False when it is none. Raises Absent."""
    case = _routed(who, number)
    return Message.objects.filter(pk=message, case=case).exists() and again(message)


def _routed(who: Actor, number: int) -> Case:
    case = rights.seen(who, number)
    if machine.ROUTE not in rights.roles(who, case):
        raise Absent("unknown-case", found=str(number)[:20])
    gate.require(who, machine.ROUTE, rights.subject(case))
    return case


__all__ = [
    "ALWAYS_ON",
    "Said",
    "Taken",
    "again",
    "challenged",
    "collect",
    "configure",
    "deliver",
    "fetch_files",
    "managed",
    "push",
    "receive",
    "resend",
    "trial",
    "write",
]
