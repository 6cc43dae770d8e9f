"""At eight the next day a unit's head is told of each privileged session and of what was looked at in it.

Never: shows what stood there; marks a session told that nobody could be told of.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.utils import timezone

from haidang.access.people.granting import words
from haidang.access.privilege import actions as privilege
from haidang.access.privilege import reads
from haidang.access.privilege.reads import Report
from haidang.watch import actions

EVERY = timedelta(minutes=15)

log = logging.getLogger("haidang.jobs")


def run(now: datetime) -> None:
    """Tell what is due; killed half-way it is told again, which is one."""
    for one in reads.due(now):
        if not one.to:
            log.warning("nobody to tell of the privileged session %s", one.session.number)
            continue
        for name in one.to:
            number = one.session.number
            actions.tell(name, "privilege-report", _facts(one), f"/privilege/{number}", key=f"privilege:{number}")
        privilege.reported(one.session.number, now)


def _facts(one: Report) -> dict[str, str]:
    session = one.session
    said = {language: _packs(one, language) for language in ("vi", "en")}
    return {
        "who": session.title,
        "from": _clock(session.opened),
        "until": _clock(session.ended),
        "reason": session.reason,
        "looks": str(one.looks),
        "packs": said["vi"],
        "packs_en": said["en"],
    }


def _packs(one: Report, language: str) -> str:
    """“Y tế 12, Giáo dục 3”; a dash when nothing was looked at."""
    return ", ".join(f"{words.pack(key, language)} {count}" for key, count in one.packs) or "–"


def _clock(at: datetime) -> str:
    return f"{timezone.localtime(at):%H:%M %d/%m/%Y}"
