"""The citizens' pages: their own light frame, their own door from error to page, the headings they need.

Never: knows a right (everybody sees the same, but for whoever holds a code), asks for a number, loads the house's
scripts or fonts: a page is to be there at once on a cheap telephone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import IO, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render as django_render
from django.utils import timezone
from django.views.decorators.vary import vary_on_cookie

from haidang.access import gate
from haidang.access.people.offices import reads as offices
from haidang.catalog.declared import Desk, declared
from haidang.catalog.places import register
from haidang.web import formats, page, switches
from haidang.web.choices import Choice, chosen
from haidang.web.doors import STATUS
from haidang.words.errors import Absent, HaiDangError
from haidang.words.nouns import Actor
from haidang.words.texts import say, text

POLICY = (
    "accelerometer=(), autoplay=(), browsing-topics=(), camera=(self), display-capture=(), gamepad=(), "
    "geolocation=(self), gyroscope=(), hid=(), idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), "
    "midi=(), payment=(), picture-in-picture=(), screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=(), "
    "clipboard-write=(self), fullscreen=(self), publickey-credentials-create=(self), publickey-credentials-get=(self)"
)
"""As on every page of the centre, but that a person may say where they stand and take a photo."""

COLOURS = {"light": "#fbf7f0", "dark": "#0f1622"}
SHAPES = {
    "new": ("1", "watch"),
    "received": ("1", "watch"),
    "assigned": ("2", "work"),
    "in-progress": ("2", "work"),
    "asked": ("!", "ask"),
    "approving": ("2", "work"),
    "resolved": ("✓", "good"),
    "published": ("✓", "good"),
    "refused": ("×", "no"),
    "merged": ("=", "watch"),
}
"""State → its sign and its class: colour never stands alone."""


@dataclass(frozen=True)
class Look:
    """One look at one page of the citizens'. `who`: the account that is signed in, else the public."""

    who: Actor
    choice: Choice
    now: datetime

    @property
    def language(self) -> str:
        return self.choice.language

    @property
    def account(self) -> str:
        """The name of a citizen's account, "" for everybody else."""
        return self.who.name if self.who.kind == "citizen" else ""

    def say(self, code: str, **facts: object) -> str:
        return text(code, self.language, **facts)


def look(request: HttpRequest) -> Look:
    """Who looks, in which language."""
    return Look(gate.of_request(request), chosen(request), timezone.now())


def desk() -> Desk:
    """Where reports of the public go: the first desk whose results are open; raises Absent('unknown-desk')."""
    for one in declared().desks():
        if one.open:
            return one
    raise Absent("unknown-desk", found="")


def render(request: HttpRequest, template: str, seen: Look, /, **context: Any) -> HttpResponse:
    """The page in the citizens' frame; `status` sets the HTTP status."""
    status = context.pop("status", 200)
    answer = django_render(request, f"web/cong/{template}.html", {**frame(request, seen), **context}, status=status)
    answer["Permissions-Policy"] = POLICY
    return page.keep(request, answer, seen.choice)


def frame(request: HttpRequest, seen: Look) -> dict[str, Any]:
    """What every page of the citizens' needs."""
    return {
        "seen": seen,
        "language": seen.language,
        "theme": seen.choice.theme,
        "languages": [one for one in switches.languages(seen.choice, request) if not one.current],
        "themes": switches.themes(seen.choice, request),
        "colours": COLOURS,
        "here": request.path,
        "centre": register().resolve(settings.PLACE, timezone.localdate(seen.now)).name,
        "account": seen.account,
    }


View = Callable[..., HttpResponseBase]


def door(view: View) -> View:
    """Wraps a view: an error of the family becomes a page of the citizens'. A code nobody has is 404, and no more."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **named)
        except HaiDangError as trouble:
            return refuse(request, trouble)

    return vary_on_cookie(opened)


def refuse(request: HttpRequest, trouble: HaiDangError) -> HttpResponse:
    """The page of an error."""
    status = STATUS.get(type(trouble), 500)
    seen = look(request)
    code = trouble.facts.get("found", "") if trouble.code == "unknown-case" else ""
    said = seen.say("cong.absent") if status == 404 else say(trouble, seen.language)
    answer = render(request, "error", seen, status=status, said=said, code=code, missing=status == 404)
    if retry := trouble.facts.get("retry"):
        answer["Retry-After"] = str(retry)
    return answer


def private(answer: HttpResponse) -> HttpResponse:
    """What belongs to whoever holds a code: kept by nobody on the way, found by no search engine."""
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def photos(request: HttpRequest) -> list[tuple[str, IO[bytes]]]:
    """Name and bytes of what was sent along; a field left empty is none."""
    return [(one.name or "", one.file) for one in request.FILES.getlist("photos") if one.size and one.file]


def shown_state(state: str, language: str) -> dict[str, str]:
    """A state as a citizen reads it: its sign, its class, its words."""
    sign, kind = SHAPES.get(state, ("·", "watch"))
    return {"sign": sign, "kind": kind, "name": text(f"cong.state-{state}", language)}


def category_name(key: str, language: str) -> str:
    found = desk().category(key)
    return found.title.in_(language) if found else text("cong.no-category", language)


def place_name(unit: str) -> str:
    """The name of a unit, "" of none."""
    try:
        return register().unit(unit).name if unit else ""
    except Absent:
        return ""


def office_names(language: str) -> dict[str, str]:
    """Key → name of every office."""
    return {one.key: one.name.in_(language) for one in offices.offices()}


def moment(at: datetime | None) -> str:
    """Day and hour as they are written here; "" of None."""
    return formats.moment(timezone.localtime(at).isoformat()) if at else ""


def day(at: datetime | None, language: str) -> str:
    return formats.day(timezone.localtime(at).date(), language) if at else ""
