"""Opens Cases and acts on them; with `files.actions` and `channels.actions` the only code of this room that writes.

Every act: the gate, the state machine, one conditional update on the version seen, a step of the history, and what the
sender is told, in one transaction. A double click, a resent form and a hook delivered twice are one act.
Never: waits for a network (messages are sent later by `channels`), puts a sender's data into a step or a trace.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from haidang.access import gate, trace
from haidang.cases import arrivals, changes, clean, machine, rights, routing, senders
from haidang.cases.arrivals import ALPHABET, Arrival, code
from haidang.cases.changes import Wanted
from haidang.cases.corrections import LONGEST
from haidang.cases.files.reads import presentable
from haidang.cases.models import Case, File, Message, Sender, Step
from haidang.cases.senders import Person
from haidang.catalog.declared import Desk, declared
from haidang.words.errors import Absent, BadQuestion, NotNow
from haidang.words.nouns import Actor

TRIES = 5
"""How often a code that somebody else's Case bears already is drawn again."""


def open_case(who: Actor, arrival: Arrival) -> Case:
    """A new Case, or the one the same message made before.

    Raises BadQuestion('empty-report' | 'words-too-long' | 'bad-position'), Absent('unknown-desk' | 'unknown-channel').
    Whoever may send is decided by the door (a form is open to everybody); `who` is traced.
    """
    desk = declared().desk(arrival.desk)
    arrivals.prove(arrival)
    for left in reversed(range(TRIES)):
        if known := _same_message(arrival):
            return known
        try:
            case = _opened(who, desk, arrival)
        except IntegrityError:
            # Another process wrote the same message, or drew the same code, a moment ago.
            if not left:
                raise
            continue
        trace.note(who, "open-case", f"{case.pack}/case-{case.pk} channel={case.channel}")
        return case
    raise AssertionError("the last try returns or raises")


def _same_message(arrival: Arrival) -> Case | None:
    key = arrivals.once(arrival)
    return Case.objects.filter(once=key, desk=arrival.desk).first() if key else None


def _opened(who: Actor, desk: Desk, arrival: Arrival) -> Case:
    now = timezone.now()
    with transaction.atomic():
        case = Case(**arrivals.fields(desk, arrival, now), sender=_sender(arrival.sender))
        case.save(force_insert=True)
        _step(case, Wanted("open", files=arrival.files), who, now, before="", role=_opener(who, arrival))
        tell(case, desk, "received", now)
    return case


def _opener(who: Actor, arrival: Arrival) -> str:
    return machine.ROUTE if arrival.channel in ("phone", "desk") and who.kind == "officer" else machine.SENDER


def _sender(person: Person) -> Sender | None:
    """The row of whoever said the very same of themselves, else a new one; of two at once both get the same."""
    if not person.known:
        return None
    row = senders.row(person)
    return Sender.objects.get_or_create(key=row["key"], defaults=row)[0]


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
    """One act by whoever holds a Case's code; raises Absent('unknown-case') for a code nobody has.

    Of `wanted` only words, rating, files, version and once count.
    """
    case = Case.objects.filter(code=follow.strip().upper()).first()
    if case is None or machine.SENDER not in machine.ACTS[_known(wanted.act)].by:
        raise Absent("unknown-case", found=follow[:24])
    if wanted.act == "reopen" and not _acted(case, wanted) and not may_reopen(case, timezone.now()):
        raise NotNow("reopened-already", found=str(case.reopened))
    said = Wanted(
        wanted.act,
        wanted.words,
        rating=wanted.rating,
        files=wanted.files,
        version=wanted.version,
        once=wanted.once,
    )
    return _act(who, case, said, machine.SENDER)


def act_as_outside(who: Actor, number: int, wanted: Wanted, office: str) -> Case:
    """One act of the unit `office`, which works in another program (`forwarding`); only while the Case is its own.

    Raises Absent('unknown-case'), and as `act`. `who`: the robot that brings it, for history and trace.
    """
    case = Case.objects.filter(pk=number, office=office).exclude(office="").first()
    if case is None or machine.HANDLE not in machine.ACTS[_known(wanted.act)].by:
        raise Absent("unknown-case", found=str(number)[:20])
    return _act(who, case, wanted, machine.HANDLE)


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


def _acted(case: Case, wanted: Wanted) -> bool:
    """Whether this very click has been heard."""
    return bool(wanted.once) and Step.objects.filter(case=case, once=wanted.once[:80]).exists()


def _act(who: Actor, case: Case, wanted: Wanted, role: str) -> Case:
    desk, now = declared().desk(case.desk), timezone.now()
    if _acted(case, wanted):
        return Case.objects.get(pk=case.pk)
    said = _without_sender(case, wanted, role)
    changes.needed(said)
    if case.state not in machine.ACTS[wanted.act].before:
        raise NotNow("not-in-this-state", **_since(case))
    if wanted.version and wanted.version != case.version:
        raise NotNow("case-changed", **_since(case))
    _standing(said)
    before = case.state
    try:
        with transaction.atomic():
            case = _changed(who, case, said, desk, now, role=role)
    except IntegrityError:
        if _acted(case, wanted):
            return Case.objects.get(pk=case.pk)
        raise
    except NotNow:
        # Of a double click the second may come here first: what it wanted is done.
        if _acted(case, wanted):
            return Case.objects.get(pk=case.pk)
        raise
    trace.note(who, f"case-{wanted.act}", f"{case.pack}/case-{case.pk} {before}→{case.state}")
    return case


def _without_sender(case: Case, wanted: Wanted, role: str) -> Wanted:
    """The words of an act without what tells who sent the Case; an officer's hotline stays in an officer's words."""
    fields = {name: wanted.fields[name] for name in changes.WORDS if isinstance(wanted.fields.get(name), str)}
    if not wanted.words and not fields:
        return wanted
    own = senders.own(senders.person(case.sender)) if case.sender else ()
    of_sender = role == machine.SENDER or wanted.act in machine.FOR_SENDER
    take = clean.cleaned if of_sender else clean.without
    said = {name: clean.without(clean.plain(text), own) for name, text in fields.items()}
    return replace(wanted, words=take(clean.plain(wanted.words).strip(), own), fields={**wanted.fields, **said})


def _standing(wanted: Wanted) -> None:
    if wanted.act == "assign" and wanted.office not in routing.standing():
        raise BadQuestion("office-not-standing", found=wanted.office[:64])


def _changed(who: Actor, case: Case, wanted: Wanted, desk: Desk, now: datetime, *, role: str) -> Case:
    """The Case as the act leaves it; whoever acted first in between makes this one raise NotNow('case-changed')."""
    change = changes.of(case, wanted, desk, now)
    if wanted.act == "merge":
        change["into"] = _into(who, case, wanted)
    facts = changes.told(case, change)
    fresh = {**change, "changed": now, "version": case.version + 1}
    if not Case.objects.filter(pk=case.pk, version=case.version).update(**fresh):
        raise NotNow("case-changed", **_since(case))
    new = Case.objects.select_related("sender").get(pk=case.pk)
    _step(new, wanted, who, now, before=case.state, role=role, facts=facts)
    _reply(new, desk, wanted, now)
    return new


def _since(case: Case) -> dict[str, str]:
    """Who acted last and what: for the message to whoever came second."""
    last = Step.objects.filter(case=case).order_by("-id").first()
    state = Case.objects.values_list("state", flat=True).get(pk=case.pk)
    if last is None:
        return {"found": state, "by": "", "act": "", "at": ""}
    at = f"{timezone.localtime(last.at):%H:%M %d/%m/%Y}"
    return {"found": state, "by": last.by, "act": last.act, "at": at}


def _into(who: Actor, case: Case, wanted: Wanted) -> Case:
    """The Case another is merged into: one that may be seen, that stands by itself, of the same desk.

    Both are held until it is written, in one order: two that are merged into each other at once are not both lost.
    """
    pair = (case.pk, wanted.into)
    held = {one.pk: one for one in Case.objects.select_for_update().filter(pk__in=pair).order_by("pk")}
    other = held.get(rights.seen(who, wanted.into).pk)
    closed = (machine.REFUSED, machine.MERGED)
    if other is None or other.pk == case.pk or other.state in closed or other.desk != case.desk:
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
        words=wanted.words,
        inner=wanted.act in machine.INNER,
        facts=facts or {},
        once=wanted.once[:80] or None,
    )
    if wanted.files:
        rows = File.objects.filter(Q(case=None) | Q(case=case), key__in=wanted.files, step=None)
        rows.update(case=case, step=step)
    if wanted.open_files:
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
        for other in (case, *_merged(case)):
            tell(other, desk, "resolved", now, about=case)
    elif name:
        tell(case, desk, name, now)


def _merged(case: Case) -> list[Case]:
    """All that was merged into a Case, and into those."""
    found: list[Case] = []
    layer = [case]
    while layer:
        layer = list(Case.objects.filter(into__in=layer).exclude(pk__in=[one.pk for one in found]))
        found += layer
    return found


def tell(case: Case, desk: Desk, name: str, now: datetime, *, about: Case | None = None) -> None:
    """Put a reply into the outbox of the Case's channel; nothing when the desk has none of that name, or no sender.

    `about`: the Case it was merged into, whose result it is. Its words are made when it is sent (`channels`), so that
    a sender's data stands in no message that waits.
    """
    if desk.reply(name) is None or case.sender_id is None:
        return
    of = about or case
    key = f"{case.pk}:{name}:{of.version}" if of.pk == case.pk else f"{case.pk}:{name}:{of.pk}.{of.version}"
    Message.objects.get_or_create(
        key=key, defaults={"case": case, "channel": case.channel, "way": "out", "code": name, "at": now, "next_at": now}
    )


__all__ = [
    "ALPHABET",
    "LONGEST",
    "Arrival",
    "Person",
    "Wanted",
    "act",
    "act_as_outside",
    "act_as_sender",
    "code",
    "may_reopen",
    "open_case",
    "tell",
]
