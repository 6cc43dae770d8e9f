"""Tells people, and remembers that it did; the only file of this room that writes. Never: waits for a mail server.

A notice is written first; `mail` sends what is due by e-mail later (the collector calls it), and again when it fails.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from haidang.access import gate
from haidang.intake import reads as arrivals
from haidang.intake.drift import reads as drift
from haidang.intake.sources import reads as sources
from haidang.intake.sources.reads import SourceFace
from haidang.watch.channels import email
from haidang.watch.models import Notice
from haidang.words.errors import Absent, HaiDangError
from haidang.words.nouns import Actor

MOST_TRIES = 8
AT_ONCE = 20
KEPT = timedelta(days=365)
"""Read notices are kept for a year."""

log = logging.getLogger("haidang.watch")


def tell(actor_name: str, code: str, facts: Mapping[str, str], link: str, *, key: str) -> bool:
    """Tell an account (`notice.<code>` in its words); False when it was told this (`key`) before or there is no such.

    With an address and HAIDANG_SMTP an e-mail follows.
    """
    try:
        actor = gate.actor(actor_name)
    except Absent:
        log.warning("nobody called %s to tell %s", actor_name, code)
        return False
    now = timezone.now()
    due = "due" if settings.SMTP and gate.address(actor) else ""
    told = {"code": code, "facts": dict(facts), "link": link[:300], "at": now, "mail": due, "mail_next_at": now}
    _, made = Notice.objects.get_or_create(actor=actor.name, key=key[:200], defaults=told)
    return made


def tell_late(faces: Iterable[SourceFace]) -> None:
    """Tell owner and duty officer that a source is late, or failing; once per outage."""
    for face in faces:
        # The same until the source has answered, or the oldest delivery has come: telling again after a kill is one.
        about = f"{face.reached_at or ''}" if face.state == "failing" else f"{face.due_at or ''}"
        _tell_people(face, f"source-{face.state}", f"{face.state}:{face.source}:{about}")


def tell_back(faces: Iterable[SourceFace]) -> None:
    """Tell the same people that it is over."""
    for face in faces:
        _tell_people(face, "source-back", f"back:{face.source}:{face.told_at}")


def tell_drift(run: str) -> None:
    """Tell the people of a source what its arrival says otherwise than the one before; each change once a week."""
    for change in drift.of_run(run):
        known = {face.source: face for face in sources.sources()}
        if face := known.get(change.source):
            facts = {"title": face.title.vi, "title_en": face.title.en, "found": change.column}
            facts |= {"kind": change.kind, "nearest": change.nearest or "–"}
            key = f"drift:{change.source}:{change.kind}:{change.column}:{change.at:%G-%V}"
            for name in dict.fromkeys(filter(None, (face.owner, face.duty))):
                tell(name, f"drift-{change.kind}", facts, f"/sources/{face.source}", key=key)


def tell_secrets(run: str) -> None:
    """Tell who sent a file, and the people of its source, that rows of it were refused as state secrets."""
    arrived = arrivals.run(run)
    count = arrived.reasons.get("not-secret", 0)
    if not count:
        return
    known = {face.source: face for face in sources.sources()}
    face = known.get(arrived.source)
    for name in dict.fromkeys(filter(None, (arrived.actor, face.owner if face else "", face.duty if face else ""))):
        facts = {"count": str(count), "file": arrived.file}
        tell(name, "secret-refused", facts, f"/runs/{run}", key=f"secret:{run}")


def read(who: Actor, notice: int) -> None:
    """Mark one's own notice as read; 0: all of them."""
    rows = Notice.objects.filter(actor=who.name, read_at=None)
    (rows.filter(pk=notice) if notice else rows).update(read_at=timezone.now())


def mail(now: datetime) -> int:
    """Send the e-mails that are due; gives how many went. What fails is noted and tried again later, a day at most."""
    Notice.objects.filter(read_at__lt=now - KEPT).delete()
    waiting = Notice.objects.filter(mail="due", mail_next_at__lte=now).filter(~Q(actor=""))
    if not settings.SMTP:
        return 0
    return sum(_mail(row, now) for row in waiting.order_by("mail_next_at")[:AT_ONCE])


def _mail(row: Notice, now: datetime) -> bool:
    tries = row.mail_tries + 1
    # Taken before it is sent: two collectors never send the same one at once.
    pause = timedelta(minutes=min(2**tries, 360))
    if not Notice.objects.filter(pk=row.pk, mail="due", mail_tries=row.mail_tries).update(
        mail_tries=tries, mail_next_at=now + pause
    ):
        return False
    try:
        email.send(gate.address(gate.actor(row.actor)), row)
    except HaiDangError as error:
        state = "failed" if tries >= MOST_TRIES else "due"
        problem = f"{error.code} {error.facts.get('found', '')}"[:200]
        Notice.objects.filter(pk=row.pk).update(mail=state, mail_problem=problem)
        log.warning("no e-mail to %s: %s", row.actor, problem)
        return False
    Notice.objects.filter(pk=row.pk).update(mail="sent", mailed_at=now, mail_problem="")
    return True


def _tell_people(face: SourceFace, code: str, key: str) -> None:
    facts = {
        **{str(name): str(value) for name, value in face.problem.get("facts") or ()},
        "source": face.source,
        "title": face.title.vi,
        "title_en": face.title.en,
        "department": face.department.vi,
        "department_en": face.department.en,
        "owed": str(face.owed),
        "due": _hour(face.due_at),
        "last": _hour(face.arrived_at),
        "owner": face.owner or "–",
        "problem": str(face.problem.get("code", "")),
        "found": str(face.problem.get("found", "")),
    }
    for name in dict.fromkeys(filter(None, (face.owner, face.duty))):
        tell(name, code, facts, f"/sources/{face.source}", key=key)


def _hour(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%H:%M %d/%m/%Y}" if moment else "–"
