"""The first page, the help, and what a citizen's account has sent. Never: shows who sent anything."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from haidang.access import gate
from haidang.cases import reads, results
from haidang.cases.channels import lines
from haidang.cases.faces import Followed, Published
from haidang.web import cong
from haidang.web.cong import Look
from haidang.words.errors import Absent

FEW = 3
CHATS = {
    "zalo": ("oa_id", "https://zalo.me/{}"),
    "facebook": ("page_id", "https://www.facebook.com/{}"),
    "sms": ("number", "sms:{}"),
    "email": ("username", "mailto:{}"),
}
"""Channels of others that a person may write to: the setting that says where, and the way there."""


@require_safe
@cong.door
def home(request: HttpRequest) -> HttpResponseBase:
    """What a person may do here, and what was answered lately."""
    seen = cong.look(request)
    newest = [line(one, seen) for one in reads.published(gate.public(), size=FEW)]
    return cong.render(request, "home", seen, newest=newest, counted=results.counted(gate.public()))


def line(one: Published, seen: Look) -> dict[str, object]:
    """A published result as lists show it."""
    return {
        "one": one,
        "state": cong.shown_state("published", seen.language),
        "category": cong.category_name(one.category, seen.language),
        "place": cong.place_name(one.unit),
        "office": cong.office_names(seen.language).get(one.office, ""),
        "day": cong.day(one.published_at, seen.language),
        "rated": str(one.rating or ""),
    }


@require_safe
@cong.door
def help_(request: HttpRequest) -> HttpResponseBase:
    """How to send by every way, what happens then, how long it takes."""
    seen = cong.look(request)
    desk = cong.desk()
    days = {name: term.days for name, term in desk.terms if term.days}
    groups = [title.in_(seen.language) for _, title in desk.groups]
    return cong.render(request, "help", seen, days=days, groups=groups, chats=_chats(seen, desk.key))


def _chats(seen: Look, desk: str) -> list[tuple[str, str, str]]:
    """Name, where, the way there, of the channels that are on."""
    found = []
    for kind, (setting, way) in CHATS.items():
        for one in lines.on(kind, desk):
            where = one.value(setting)
            found.append(
                (seen.say(f"case.channel-{kind}"), where, way.format(quote(where, safe="@+")) if where else "")
            )
    return found


@require_safe
@cong.door
def mine(request: HttpRequest) -> HttpResponseBase:
    """What the signed-in citizen sent, newest first; the way to sign in for everybody else."""
    seen = cong.look(request)
    found = [follow for code in reads.sent_by(seen.account) if (follow := _followed(code))]
    lines = [
        {
            "one": one,
            "state": cong.shown_state(one.state, seen.language),
            "category": cong.category_name(one.category, seen.language),
            "sent": cong.moment(one.sent_at),
        }
        for one in found[:50]
    ]
    return cong.private(cong.render(request, "mine", seen, lines=lines))


def _followed(code: str) -> Followed | None:
    try:
        return reads.followed(code)
    except Absent:
        return None
