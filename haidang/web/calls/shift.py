"""An operator's shift: what callers are looked at for is said once, and holds again with each call that is taken.

The purpose itself lapses as everywhere (the rule `purpose_minutes`); a shift lets taking a call begin it anew, until
the shift ends. Never: longer than a shift, never by a page that only keeps itself new.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone

from haidang.access import gate
from haidang.access.personal import actions
from haidang.cases.calls import reads
from haidang.catalog.declared import Desk
from haidang.web import purposes
from haidang.words.nouns import Actor

PURPOSE = "xu-ly-phan-anh"
LENGTH = timedelta(hours=8)


def begin(request: HttpRequest, who: Actor, desk: Desk) -> None:
    """From now on callers stand in clear; traced."""
    request.session[purposes.SHIFT] = {"until": (timezone.now() + LENGTH).isoformat(), "pack": desk.pack}
    _say(request, who, desk)


def renew(request: HttpRequest) -> None:
    """Begin the purpose anew while the shift runs; nothing without one, or for a page that keeps itself new."""
    said = request.session.get(purposes.SHIFT)
    if not isinstance(said, dict) or "X-Live" in request.headers:
        return
    who = gate.of_request(request)
    if timezone.now() >= datetime.fromisoformat(str(said["until"])) or who.real:
        request.session.pop(purposes.SHIFT, None)
        return
    desk = next((one for one in reads.desks(who) if one.pack == said["pack"] and reads.reaches(who, one)), None)
    if desk and not gate.purposed(who, desk.pack):
        _say(request, who, desk)


def _say(request: HttpRequest, who: Actor, desk: Desk) -> None:
    purposes.begin(request, PURPOSE, [desk.pack])
    actions.said(who, PURPOSE, [desk.pack])
