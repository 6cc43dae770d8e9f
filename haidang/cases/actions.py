"""Opens Cases and acts on them; with `files.actions` and `channels.actions` the only code of this room that writes.

Every act: the gate, the state machine, one conditional update on the version seen, a step of the history, and what the
sender is told, in one transaction. A double click, a resent form and a hook delivered twice are one act.
Never: waits for a network (messages are sent later by `channels`), puts a sender's data into a step or a trace.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from haidang.access import gate, territory, trace
from haidang.cases import changes, clean, machine, rights, senders, whereabouts
from haidang.cases.changes import Wanted
from haidang.cases.files.reads import presentable
from haidang.cases.models import Case, File, Message, Sender, Step
from haidang.cases.senders import Person
from haidang.catalog.declared import Desk, declared
from haidang.words.errors import Absent, BadQuestion, NotNow
from haidang.words.names import fold
from haidang.words.nouns import Actor

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No letter that is taken for another on the telephone."""
LONGEST = 8000


@dataclass(frozen=True)
class Arrival:
    """A report as it came by a channel. `place`: a commune's code when it was said; `once`: the message's own key."""

    desk: str
    channel: str
    text: str
    sender: Person = field(default_factory=Person)
    category: str = ""
    title: str = ""
    address: str = ""
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    sent_at: datetime | None = None
    anonymous: bool = False
    public: bool = True
    urgent: bool = False
    simulated: bool = False
    abusive: str = ""
    once: str = ""
    files: tuple[str, ...] = ()


def open_case(who: Actor, arrival: Arrival) -> Case:
    """A new Case, or the one the same message made before. Raises BadQuestion('empty-report'), Absent('unknown-desk').

    Whoever may send is decided by the door (a form is open to everybody); `who` is traced.
    """
    desk = declared().desk(arrival.desk)
    if not arrival.text.strip():
        raise BadQuestion("empty-report", found="")
    if len(arrival.text) > LONGEST:
        raise BadQuestion("words-too-long", found=str(len(arrival.text)), expected=str(LONGEST))
    if arrival.once and (known := Case.objects.filter(once=arrival.once).first()):
        return known
    now = timezone.now()
    try:
        with transaction.atomic():
            case = Case(**_fields(desk, arrival, now), sender=_sender(arrival.sender))
            case.save(force_insert=True)
            Case.objects.filter(pk=case.pk).update(fold=f"{case.fold} {case.pk}"[:4000])
            _step(case, Wanted("open", files=arrival.files), who, now, before="", role=_opener(who, arrival))
            File.objects.filter(key__in=arrival.files, case=None).update(case=case)
            tell(case, desk, "received", now)
    except IntegrityError:
        if arrival.once and (known := Case.objects.filter(once=arrival.once).first()):
            return known
        raise
    trace.note(who, "open-case", f"{case.pack}/case-{case.pk} channel={case.channel}")
    return case


def _opener(who: Actor, arrival: Arrival) -> str:
    return machine.ROUTE if arrival.channel in ("phone", "desk") and who.kind == "officer" else machine.SENDER


def _fields(desk: Desk, arrival: Arrival, now: datetime) -> dict[str, Any]:
    noun = desk.category(arrival.category)
    unit = whereabouts.commune(arrival.place) or whereabouts.unit(arrival.lat, arrival.lon) or territory.home()
    own = (arrival.sender.name, arrival.sender.phone, arrival.sender.email, arrival.sender.address)
    text, address = clean.cleaned(arrival.text.strip(), own), clean.cleaned(arrival.address.strip(), own[:3])
    sent = min(arrival.sent_at or now, now)
    return {
        "code": code(desk.prefix, now),
        "once": arrival.once or None,
        "desk": desk.key,
        "pack": desk.pack,
        "level": changes.level(desk, arrival.category).value,
        "unit": unit,
        "channel": arrival.channel,
        "category": noun.key if noun else "",
        "group": noun.group if noun else "",
        "title": clean.cleaned(arrival.title.strip(), own)[:160] or _title(text),
        "text": text,
        "raw": senders.seal(arrival.text) if text != arrival.text.strip() else "",
        "fold": fold(f"{text} {address}")[:3900],
        "address": address[:300],
        "lat": arrival.lat,
        "lon": arrival.lon,
        "urgent": arrival.urgent or bool(noun and noun.urgent),
        "public": arrival.public,
        "anonymous": arrival.anonymous,
        "simulated": arrival.simulated,
        "abusive": arrival.abusive[:200],
        "sent_at": sent,
        "created": now,
        "changed": now,
        "route_due": changes.due(desk, "", now, "route"),
        "national_due": changes.due(desk, "", sent, "national"),
    }


def _title(text: str) -> str:
    """The first words of what was sent."""
    first = " ".join(text.split())
    return first if len(first) <= 90 else first[:90].rsplit(" ", 1)[0] + "…"


def code(prefix: str, now: datetime) -> str:
    """What the sender follows a Case by: the day, and six letters that cannot be guessed one after another."""
    tail = "".join(secrets.choice(ALPHABET) for _ in range(6))
    return f"{prefix}{timezone.localtime(now):%y%m%d}-{tail}"


def _sender(person: Person) -> Sender | None:
    """The row of somebody who was known before by the same ways of reaching them, else a new one."""
    if not person.known:
        return None
    row = senders.row(person)
    for name in senders.KNOWN_BY:
        digest = row[f"{name}_digest"]
        if digest and (known := Sender.objects.filter(**{f"{name}_digest": digest}, erased=None).first()):
            more = {key: value for key, value in row.items() if value and not getattr(known, key)}
            if more:
                Sender.objects.filter(pk=known.pk).update(**more)
            return known
    if person.account and (known := Sender.objects.filter(account=person.account, erased=None).first()):
        return known
    return Sender.objects.create(**row)


def act(who: Actor, number: int, wanted: Wanted) -> Case:
    """One act by somebody of the house.

    Raises Absent, BadQuestion, Denied, NotNow('not-in-this-state' | 'case-changed').
    `case-changed`: somebody acted since `wanted.version` was seen; its facts say who and what.
    """
    case = rights.seen(who, number)
    roles = rights.roles(who, case)
    role = next((one for one in machine.ACTS[_known(wanted.act)].by if one in roles), "")
    if not role:
        raise Absent("unknown-case", found=str(number))
    gate.require(who, role, rights.subject(case))
    return _act(who, case, wanted, role)


def act_as_sender(who: Actor, follow: str, wanted: Wanted) -> Case:
    """One act by whoever holds a Case's code; raises Absent('unknown-case') for a code nobody has."""
    case = Case.objects.filter(code=follow.strip().upper()).first()
    if case is None:
        raise Absent("unknown-case", found=follow[:24])
    if machine.SENDER not in machine.ACTS[_known(wanted.act)].by:
        raise Absent("unknown-case", found=follow[:24])
    if wanted.act == "reopen" and not may_reopen(case, timezone.now()):
        raise NotNow("reopened-already", found=str(case.reopened))
    return _act(who, case, wanted, machine.SENDER)


def may_reopen(case: Case, now: datetime) -> bool:
    """Once, and within the desk's term after it was resolved."""
    if case.reopened or case.resolved_at is None:
        return False
    until = changes.due(declared().desk(case.desk), "", case.resolved_at, "reopen")
    return until is None or now <= until


def _known(name: str) -> str:
    if name not in machine.ACTS:
        raise BadQuestion("unknown-act", found=name[:16], expected=", ".join(machine.ACTS))
    return name


def _act(who: Actor, case: Case, wanted: Wanted, role: str) -> Case:
    desk, now = declared().desk(case.desk), timezone.now()
    if wanted.once and Step.objects.filter(case=case, once=wanted.once[:80]).exists():
        return Case.objects.get(pk=case.pk)
    changes.needed(wanted)
    if case.state not in machine.ACTS[wanted.act].before:
        raise NotNow("not-in-this-state", **_since(case))
    if wanted.version and wanted.version != case.version:
        raise NotNow("case-changed", **_since(case))
    change = changes.of(case, wanted, desk, now)
    if wanted.act == "merge":
        change["into"] = _into(who, case, wanted)
    try:
        with transaction.atomic():
            facts = changes.told(case, change)
            fresh = {**change, "changed": now, "version": case.version + 1}
            if not Case.objects.filter(pk=case.pk, version=case.version).update(**fresh):
                raise NotNow("case-changed", **_since(case))
            before = case.state
            case = Case.objects.get(pk=case.pk)
            _step(case, wanted, who, now, before=before, role=role, facts=facts)
            _reply(case, desk, wanted, now)
    except IntegrityError:
        if wanted.once and Step.objects.filter(case=case, once=wanted.once[:80]).exists():
            return Case.objects.get(pk=case.pk)
        raise
    trace.note(who, f"case-{wanted.act}", f"{case.pack}/case-{case.pk} {before}→{case.state}")
    return case


def _since(case: Case) -> dict[str, str]:
    """Who acted last and what: for the message to whoever came second."""
    last = Step.objects.filter(case=case).order_by("-id").first()
    state = Case.objects.values_list("state", flat=True).get(pk=case.pk)
    if last is None:
        return {"found": state, "by": "", "act": "", "at": ""}
    at = f"{timezone.localtime(last.at):%H:%M %d/%m/%Y}"
    return {"found": state, "by": last.by, "act": last.act, "at": at}


def _into(who: Actor, case: Case, wanted: Wanted) -> Case:
    """The Case another is merged into: one that may be seen, that stands by itself, of the same desk."""
    other = rights.seen(who, wanted.into)
    if other.pk == case.pk or other.into_id or other.desk != case.desk:
        raise BadQuestion("cannot-merge-into", found=str(wanted.into))
    return other


def _step(
    case: Case,
    wanted: Wanted,
    who: Actor,
    now: datetime,
    *,
    before: str,
    role: str,
    facts: dict[str, Any] | None = None,
) -> Step:
    by = who.name if role != machine.SENDER and who.inside else ""
    step = Step.objects.create(
        case=case,
        act=wanted.act,
        before=before,
        after=case.state,
        at=now,
        by=by,
        role=role,
        office=case.office if role in (machine.HANDLE, machine.APPROVE) else "",
        words=clean.cleaned(wanted.words.strip()) if role == machine.SENDER else wanted.words.strip(),
        inner=wanted.act in machine.INNER,
        facts=facts or {},
        once=wanted.once[:80] or None,
    )
    File.objects.filter(key__in=wanted.files, step=None).update(case=case, step=step)
    File.objects.filter(presentable(), key__in=wanted.open_files, case=case).update(open=True)
    return step


_REPLIES = {
    "assign": "assigned",
    "ask": "asked",
    "progress": "progress",
    "extend": "extended",
    "refuse": "refused",
    "reopen": "reopened",
    "merge": "merged",
    "rate": "thanks",
}


def _reply(case: Case, desk: Desk, wanted: Wanted, now: datetime) -> None:
    """The sender is told, and with a result the senders of what was merged into it."""
    name = _REPLIES.get(wanted.act, "")
    if case.state == machine.RESOLVED and wanted.act in ("finish", "approve"):
        for other in (case, *Case.objects.filter(into=case)):
            tell(other, desk, "resolved", now)
    elif name:
        tell(case, desk, name, now)


def tell(case: Case, desk: Desk, name: str, now: datetime) -> None:
    """Put a reply into the outbox of the Case's channel; nothing when the desk has none of that name, or no sender.

    Its words are made when it is sent (`channels`), so that a sender's data stands in no message that waits.
    """
    if desk.reply(name) is None or case.sender_id is None:
        return
    key = f"{case.pk}:{name}:{case.version}"
    Message.objects.get_or_create(
        key=key, defaults={"case": case, "channel": case.channel, "way": "out", "code": name, "at": now, "next_at": now}
    )


__all__ = ["Arrival", "Person", "Wanted", "act", "act_as_sender", "code", "may_reopen", "open_case", "tell"]
