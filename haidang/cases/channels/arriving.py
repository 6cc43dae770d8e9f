"""What a sender wrote by a channel → a new Case, or an act on the one it belongs to. The same message twice is one.

Which Case: the code they wrote, the letter they answer, or in a chat their own newest one. What it does to it goes by
its state: an answer to what was asked, a rating, opening again, something to add; `MỚI:` before it is a new report.
Never: asks who may (whoever writes by a channel acts as a sender), waits for a provider.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from haidang.access import gate
from haidang.cases import channels, clean, machine, senders, whereabouts
from haidang.cases.actions import Arrival, Wanted, act_as_sender, may_reopen, open_case
from haidang.cases.channels import Enclosure, Incoming, Line
from haidang.cases.files import actions as files
from haidang.cases.models import Case, File, Message, Step
from haidang.cases.senders import KNOWN_BY
from haidang.words.errors import BadQuestion, NotNow
from haidang.words.texts import text

SAME_TALK = timedelta(hours=24)
"""In a chat, words within so long of the last ones belong to the Case that is open."""
ARRIVED, FETCHING = "arrived", "fetching"
"""A message is whole; files of it are still at the provider."""
AFTERWARDS = timedelta(days=7)
MOST_NEW, MOST_WORDS = 10, 60
"""Reports, and messages, of one sender by one channel within an hour; what is more is not stored."""
"""So long after a Case was handled its sender's words are about it."""
_CODE = re.compile(r"\b([A-Z]{1,6}\d{6}-[2-9A-HJKMNP-Z]{6,10})\b", re.IGNORECASE)
_NEW = re.compile(r"^\s*(?:mới|moi|new)\s*:\s*", re.IGNORECASE)
_RATING = re.compile(r"^\s*([123])\s*(?:$|[.,;!\n-]\s*(\D.{0,900})?$)", re.DOTALL)
"""The number alone, or apart from the words after it: `3 ngày rồi chưa xong` is no rating."""
_AGAIN = re.compile(r"^\s*(?:mở lại|mo lai|reopen)\b[\s.,:;-]*(.*)$", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Taken:
    """What became of a message: `opened`, an act's name, `noted`, `known` (it came before), `empty`, `too-many`."""

    did: str
    case: int = 0


def receive(line: Line, incoming: Incoming) -> Taken:
    """Take one message in; safe to repeat at any time. Raises NotNow when the desk cannot take it now."""
    if known := _known(line, incoming):
        return known
    if not (incoming.text.strip() or incoming.files or incoming.lat is not None):
        return Taken("empty")
    if _too_many(line, incoming):
        return Taken("too-many")
    keys = _kept(incoming.files)
    try:
        return _once(line, incoming, keys)
    except IntegrityError:
        if known := _known(line, incoming):
            return known
        raise
    except NotNow as busy:
        if busy.code not in ("case-changed", "not-in-this-state"):
            raise
        return _once(line, incoming, keys)  # an officer acted at the same moment: the sender's words stand after it


def _known(line: Line, incoming: Incoming) -> Taken | None:
    row = Message.objects.filter(channel=line.kind, outside=incoming.outside[:200]).first()
    return Taken("known", row.case_id or 0) if row else None


def _once(line: Line, incoming: Incoming, keys: tuple[str, ...]) -> Taken:
    """Message and what it does stand or fall together."""
    with transaction.atomic():
        now, waiting = timezone.now(), any(one.url for one in incoming.files)
        message = Message.objects.create(
            channel=line.kind,
            way="in",
            state=FETCHING if waiting else ARRIVED,
            outside=incoming.outside[:200],
            words=senders.seal(_with_addresses(incoming) if waiting else incoming.text),
            at=min(incoming.at or now, now),
            next_at=now if waiting else None,
        )
        done = _done(line, incoming, keys)
        Message.objects.filter(pk=message.pk).update(case_id=done.case or None)
    return done


def _with_addresses(incoming: Incoming) -> str:
    """Words and where their files are to be fetched; sealed like the words alone, and only until they are here."""
    named = [{"name": one.name, "kind": one.kind, "url": one.url} for one in incoming.files if one.url]
    return json.dumps({"text": incoming.text, "files": named}, ensure_ascii=False)


def _done(line: Line, incoming: Incoming, keys: tuple[str, ...]) -> Taken:
    found = None if _NEW.match(incoming.text) else _case(line, incoming)
    if found is None:
        return Taken("opened", _opened(line, incoming, keys).pk)
    return _acted(line, found, incoming, keys)


# --- which Case


def _case(line: Line, incoming: Incoming) -> Case | None:
    """The one a message belongs to; None: it is a new report."""
    if hit := _CODE.search(f"{incoming.title} {incoming.text}"):
        named = Case.objects.filter(code=hit[1].upper(), desk=line.desk).first()
        if named is not None:
            return named
    if incoming.thread:
        sent = Message.objects.filter(
            channel=line.kind, way="out", outside__in=incoming.thread[:50], case__isnull=False
        )
        if row := sent.select_related("case").order_by("-id").first():
            return row.case
    return _newest(line, incoming) if channels.kind(line.kind).ONGOING else None


def _newest(line: Line, incoming: Incoming) -> Case | None:
    """In a chat: the sender's newest Case that came by this channel or was answered by it, while it is talked about."""
    own = _own(line, incoming)
    answered = Message.objects.filter(channel=line.kind, way="out", state="sent", case__in=own).values("case")
    found = own.filter(Q(channel=line.kind) | Q(pk__in=answered)).order_by("-number").first()
    return found if found is not None and _talked_about(found, timezone.now()) else None


def _own(line: Line, incoming: Incoming) -> QuerySet[Case]:
    """Cases of the same sender, as this channel knows them."""
    name = {"sms": "phone"}.get(line.kind, line.kind)
    digest = senders.digest(name, getattr(incoming.sender, name)) if name in KNOWN_BY else ""
    return Case.objects.filter(desk=line.desk, **{f"sender__{name}_digest": digest}) if digest else Case.objects.none()


def _too_many(line: Line, incoming: Incoming) -> bool:
    """Whether one sender fills the desk."""
    since = timezone.now() - timedelta(hours=1)
    own = _own(line, incoming).filter(channel=line.kind)
    said = Message.objects.filter(channel=line.kind, way="in", case__in=own, at__gte=since)
    return own.filter(created__gte=since).count() >= MOST_NEW or said.count() >= MOST_WORDS


def _talked_about(case: Case, now: datetime) -> bool:
    if case.state in machine.PAUSED:
        return True
    if case.state in machine.HANDLED:
        return case.resolved_at is not None and now - case.resolved_at <= AFTERWARDS
    if case.state not in machine.OPEN:
        return False
    last = Message.objects.filter(case=case, way="in").order_by("-id").values_list("at", flat=True).first()
    return now - max(last or case.created, case.created) <= SAME_TALK


# --- what it does


def _opened(line: Line, incoming: Incoming, keys: tuple[str, ...]) -> Case:
    words = _NEW.sub("", incoming.text).strip() or text(f"channel.no-words-{_what(incoming)}", "vi")
    arrival = Arrival(
        desk=line.desk,
        channel=line.kind,
        text=words[:8000],
        title=incoming.title,
        sender=incoming.sender,
        lat=incoming.lat,
        lon=incoming.lon,
        sent_at=incoming.at,
        simulated=line.simulated,
        once=mark(line, incoming),
        files=keys,
    )
    return open_case(gate.public(), arrival)


def _what(incoming: Incoming) -> str:
    return "files" if incoming.files else "place"


def _acted(line: Line, case: Case, incoming: Incoming, keys: tuple[str, ...]) -> Taken:
    _placed(case, incoming)
    for wanted in (_supplied, _rated, _reopened, _added):
        if meant := wanted(case, incoming):
            done = replace(meant, files=keys, once=mark(line, incoming))
            act_as_sender(gate.public(), case.code, done)
            return Taken(meant.act, case.pk)
    _noted(line, case, incoming, keys)
    return Taken("noted", case.pk)


def _said(incoming: Incoming) -> str:
    """Their words, or what they sent in place of words."""
    return (incoming.text.strip() or text(f"channel.no-words-{_what(incoming)}", "vi"))[:4000]


def _supplied(case: Case, incoming: Incoming) -> Wanted | None:
    return Wanted("supply", words=_said(incoming)) if case.state == machine.ASKED else None


def _rated(case: Case, incoming: Incoming) -> Wanted | None:
    hit = _RATING.match(incoming.text)
    if case.state not in machine.HANDLED or hit is None:
        return None
    return Wanted("rate", rating=int(hit[1]), words=clean.cleaned((hit[2] or "").strip()))


def _reopened(case: Case, incoming: Incoming) -> Wanted | None:
    hit = _AGAIN.match(incoming.text)
    if case.state not in machine.HANDLED or hit is None or not may_reopen(case, timezone.now()):
        return None
    return Wanted("reopen", words=hit[1].strip() or _said(incoming))


def _added(case: Case, incoming: Incoming) -> Wanted | None:
    return Wanted("add", words=_said(incoming)) if case.state in machine.OPEN else None


def _placed(case: Case, incoming: Incoming) -> None:
    """A position sent afterwards is the Case's where it had none."""
    if incoming.lat is None or incoming.lon is None or case.lat is not None or case.state not in machine.OPEN:
        return
    unit = whereabouts.unit(incoming.lat, incoming.lon) or case.unit
    Case.objects.filter(pk=case.pk, lat=None).update(lat=incoming.lat, lon=incoming.lon, unit=unit)


def _noted(line: Line, case: Case, incoming: Incoming, keys: tuple[str, ...]) -> None:
    """Words after the end that are no rating: the house reads them, the sender is told how to rate or open again."""
    now = timezone.now()
    step = Step.objects.create(
        case=case,
        act="note",
        before=case.state,
        after=case.state,
        at=now,
        role=machine.SENDER,
        words=clean.cleaned(_said(incoming)),
        inner=True,
        once=mark(line, incoming)[:80],
    )
    File.objects.filter(key__in=keys, step=None).update(case=case, step=step)
    Case.objects.filter(pk=case.pk).update(changed=now)
    if case.sender_id:
        hint = {"case": case, "channel": line.kind, "way": "out", "at": now, "next_at": now}
        hint["words"] = senders.seal(text("channel.hint", "vi"))
        Message.objects.get_or_create(key=f"{case.pk}:hint:{now:%y%m%d}", defaults=hint)


def mark(line: Line, incoming: Incoming) -> str:
    """By which the same message is known among Cases and steps."""
    return f"{line.kind}:{sha256(incoming.outside.encode()).hexdigest()[:48]}"


def _kept(enclosed: tuple[Enclosure, ...]) -> tuple[str, ...]:
    """Keys of the files whose bytes came along; one that cannot be kept is left out, its message stands."""
    return tuple(key for one in enclosed if one.content and (key := keep(one)))


def keep(one: Enclosure) -> str:
    """The key of a file that is kept, "" of one that is no photo or video, or too large."""
    if one.kind not in ("photo", "video"):
        return ""
    try:
        return files.keep(gate.public(), one.name, BytesIO(one.content), kind=one.kind)
    except (BadQuestion, NotNow):
        return ""
