"""The form: what is it, where, who are you if you like. Works without scripts; what was written is never lost.

Never: takes a form that was not proved (`cases.forms`), keeps a photo of one that was refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods

from haidang.access import gate, territory
from haidang.cases import actions, forms
from haidang.cases.actions import Arrival, Person
from haidang.cases.channels import lines
from haidang.cases.files import actions as files
from haidang.catalog.places import register
from haidang.web import cong
from haidang.web.cong import Look
from haidang.words.errors import BadQuestion, HaiDangError, NotNow
from haidang.words.texts import say

FIELDS = ("text", "category", "place", "address", "lat", "lon", "name", "phone", "email")
TRAP = "website"
"""A field no person sees; programs fill it in."""
_PHONE = re.compile(r"^\+?[0-9][0-9 .-]{7,16}$")
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")


@dataclass(frozen=True)
class Said:
    """What was filled in. `public`: the answer may be shown; `hidden`: no name, no number is kept."""

    text: str = ""
    category: str = ""
    place: str = ""
    address: str = ""
    lat: str = ""
    lon: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""
    public: bool = True
    hidden: bool = False
    app: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
@cong.door
def send(request: HttpRequest) -> HttpResponseBase:
    """The form; sent, the page of the new Case."""
    seen = cong.look(request)
    if not lines.on("web", cong.desk().key):
        return cong.render(request, "closed", seen, status=503)
    if request.method != "POST":
        category, place = (request.GET.get(name, "")[:64] for name in ("category", "place"))
        return _form(request, seen, Said(category=category, place=place, app=request.GET.get("app") == "1"))
    said = _said(request)
    try:
        return HttpResponseRedirect(f"/cong/{_code(request, seen, said)}?gui=1")
    except HaiDangError as trouble:
        if trouble.code == "unknown-desk":
            raise
        return _form(request, seen, said, trouble)


def _said(request: HttpRequest) -> Said:
    typed: dict[str, Any] = {name: request.POST.get(name, "").strip()[:9000] for name in FIELDS}
    typed |= {name: request.POST.get(name) == "1" for name in ("hidden", "app")}
    return Said(**typed, public=request.POST.get("public", "1") == "1")


def _code(request: HttpRequest, seen: Look, said: Said) -> str:
    """The code of the Case the form makes, or made before."""
    text = request.POST.get("ticket", "")
    if made := forms.made(text):
        return made
    if request.POST.get(TRAP):
        raise BadQuestion("form-trap")
    ticket = forms.prove(text, request.POST.get("worked", ""), seen.now)
    desk = cong.desk()
    forms.sound(said.text)
    arrival = _arrival(desk.key, ticket.once, seen, said)
    photos = cong.photos(request)
    if not photos:
        forms.repeated(arrival, seen.now)
    keys = files.keep_all(gate.public(), photos)
    case = actions.open_case(seen.who, replace(arrival, files=keys))
    for line in lines.on(arrival.channel, desk.key):
        lines.came(line)
    return str(case.code)


def _arrival(desk: str, once: str, seen: Look, said: Said) -> Arrival:
    """Raises BadQuestion('bad-phone' | 'bad-email')."""
    if not said.hidden and said.phone and not _PHONE.match(said.phone):
        raise BadQuestion("form-phone", found=said.phone[:30])
    if not said.hidden and said.email and not _EMAIL.match(said.email):
        raise BadQuestion("form-email", found=said.email[:80])
    sender = Person() if said.hidden else _person(seen, said)
    lat, lon = _position(said)
    return Arrival(
        desk=desk,
        channel="app" if said.app else "web",
        text=said.text,
        sender=sender,
        category=said.category[:64],
        address=said.address[:300],
        place=said.place[:16],
        lat=lat,
        lon=lon,
        anonymous=not sender.known,
        public=said.public,
        once=forms.key_of(once),
        simulated=any(line.simulated for line in lines.on("app" if said.app else "web", desk)),
    )


def _person(seen: Look, said: Said) -> Person:
    return Person(
        name=said.name[:120],
        phone=said.phone,
        email=said.email[:200],
        account=seen.account,
        language=seen.language,
    )


def _position(said: Said) -> tuple[float | None, float | None]:
    """Both or neither; what is no position is none."""
    try:
        lat, lon = float(said.lat), float(said.lon)
    except ValueError:
        return None, None
    sound = -90 <= lat <= 90 and -180 <= lon <= 180
    return (round(lat, 6), round(lon, 6)) if sound else (None, None)


def _form(request: HttpRequest, seen: Look, said: Said, trouble: HaiDangError | None = None) -> HttpResponseBase:
    """The form with what was written; a ticket that is still good stays, so that the wait is over at the next try."""
    desk, old = cong.desk(), request.POST.get("ticket", "")
    still = trouble is not None and trouble.code != "form-too-old" and forms.once(old)
    ticket = forms.Ticket("", old) if still else forms.ticket(seen.now)
    groups = [
        (title.in_(seen.language), [one for one in desk.categories if one.group == key]) for key, title in desk.groups
    ]
    context = {
        "said": said,
        "groups": groups,
        "places": register().of_level("commune", seen.now.date(), territory.home()),
        "ticket": ticket.text,
        "bits": forms.BITS,
        "trouble": say(trouble, seen.language) if trouble else "",
        "status": 200 if trouble is None else 429 if isinstance(trouble, NotNow) else 422,
    }
    answer = cong.render(request, "send", seen, **context)
    if isinstance(trouble, NotNow):
        answer["Retry-After"] = str(trouble.facts.get("retry", 10))
    return cong.private(answer)
