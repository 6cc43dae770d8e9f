"""The frame of every page: who looks, at which place, in which language; `render` fills it and keeps the choice.

Never: holds a page's own content; asks for a number.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render as django_render
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from haidang.access import actions, gate
from haidang.catalog.declared import Board, Catalog, Indicator, Pack, declared
from haidang.catalog.places import register
from haidang.web import alive, bell, deskside, formats, keeping, purposes, switches
from haidang.web.cases import offering
from haidang.web.choices import LANGUAGE_COOKIE, THEME_COOKIE, Choice, chosen
from haidang.words.nouns import ANY, Actor, Subject
from haidang.words.places import Unit
from haidang.words.texts import text

Answered = TypeVar("Answered", bound=HttpResponseBase)
YEAR = 365 * 86_400


@dataclass(frozen=True)
class Visit:
    """One look at one page: who, what was chosen, the place meant, the catalog, and now."""

    who: Actor
    choice: Choice
    place: Unit
    catalog: Catalog
    now: datetime
    landed: frozenset[str] | None = None  # an open page asks again: what has landed since (None: the whole page)
    marks: str = ""  # how the desk stood before a page of it was made, for its stream to begin there

    @cached_property
    def alive(self) -> alive.Alive | None:
        """How the sources of the packs one sees fare; looked up once per page."""
        return alive.sources({pack.key for pack in self.packs()})

    @property
    def late(self) -> frozenset[str]:
        """Datasets whose source is late or fails."""
        return self.alive.datasets if self.alive else frozenset()

    @property
    def language(self) -> str:
        return self.choice.language

    @property
    def place_code(self) -> str:
        """The place as Questions name it: as written in the URL (`68@2024`), else the code of the default."""
        return self.choice.place or self.place.code

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def sees(self, pack: str, indicator: Indicator | None = None) -> bool:
        """Whether to offer a link; the right itself is decided when the thing is asked for."""
        if indicator is None:
            return gate.may(self.who, "read", Subject(pack))
        return gate.may(self.who, "read", Subject(pack, indicator.key, self.catalog.level_of(indicator)))

    def packs(self) -> tuple[Pack, ...]:
        return tuple(pack for pack in self.catalog.packs if self.sees(pack.key))

    def boards(self) -> tuple[Board, ...]:
        return tuple(board for pack in self.packs() for board in pack.boards)

    def working_packs(self) -> tuple[Pack, ...]:
        """Without the teaching packs: their made-up figures stand on their own boards, never among the real ones."""
        return tuple(pack for pack in self.packs() if not pack.teaching)

    def working_boards(self) -> tuple[Board, ...]:
        return tuple(board for pack in self.working_packs() for board in pack.boards)


def visit(request: HttpRequest, tiles: Iterable[str] = ()) -> Visit:
    """Who looks at what; raises BadQuestion, Absent('unknown-place').

    `tiles`: those of the desk on this page (`deskside`), so that its stream begins where the page stood.
    """
    who, choice, now = gate.of_request(request), chosen(request), timezone.now()
    place = _place(who, choice.place, timezone.localdate(now))
    landed = frozenset(request.headers["X-Live"].split()) if "X-Live" in request.headers else None
    stood = deskside.marks(deskside.stamps(tiles)) if landed is None else {}
    marks = ",".join(f"{name}:{mark}" for name, mark in stood.items())
    return Visit(who, choice, place, declared(), now, landed, marks)


def looked(request: HttpRequest, seen: Visit, kind: str, thing: str) -> None:
    """Count an opening; not of a page that keeps itself new, nor one seen as another."""
    if seen.landed is None and "HX-Request" not in request.headers and not seen.who.real:
        actions.looked(seen.who, kind, thing)


def _place(who: Actor, wanted: str, today: date) -> Unit:
    return register().resolve(wanted, today) if wanted else own_place(who, today)


def own_place(who: Actor, today: date) -> Unit:
    """The one place of a person's own grants when there is just one, else the centre's."""
    places = {grant.place for grant in gate.grants(who) if grant.actor == who.name and grant.place != ANY}
    known = register()
    return known.unit(places.pop()) if len(places) == 1 else known.resolve(settings.PLACE, today)


def centre() -> Unit:
    """The place this centre is of."""
    return register().resolve(settings.PLACE, timezone.localdate())


def render(request: HttpRequest, template: str, seen: Visit, /, **context: Any) -> HttpResponse:
    """The page in its frame; `status` sets the HTTP status. Keeps language and theme when the URL said them."""
    status = context.pop("status", 200)
    answer = django_render(request, f"web/{template}.html", {**frame(request, seen), **context}, status=status)
    patch_vary_headers(answer, ["X-Live"])
    return keep(request, answer, seen.choice)


def keep(request: HttpRequest, answer: Answered, choice: Choice) -> Answered:
    """Language and theme named in the URL become the person's own, in cookies."""
    for key, cookie, value in (("lang", LANGUAGE_COOKIE, choice.language), ("theme", THEME_COOKIE, choice.theme)):
        if key in request.GET:
            answer.set_cookie(cookie, value, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    return answer


def frame(request: HttpRequest, seen: Visit) -> Mapping[str, Any]:
    """What the base template needs on every page."""
    choice = seen.choice
    kept = keeping.pages(seen.who) if getattr(request, "scope", {}).get("haidang.keeping", True) else ()
    return {
        "visit": seen,
        "choice": choice,
        "language": choice.language,
        "theme": choice.theme,
        "place": seen.place,
        "boards": seen.boards(),
        "alive": lambda: seen.alive,  # asked for by the pages that show it alone: it costs two questions
        "unread": bell.unread(seen.who) if seen.landed is None else 0,
        "live": live_words(seen) if seen.landed is None else None,
        "frame": "web/base.html" if seen.landed is None else "web/bare.html",
        "printed": formats.moment(timezone.localtime(seen.now).isoformat()),
        "known_by": formats.day(choice.as_of) if choice.as_of else "",
        "periods": switches.periods(choice, seen.today),
        "comparisons": switches.comparisons(choice),
        "languages": switches.languages(choice, request),
        "themes": switches.themes(choice, request),
        "section": request.path.strip("/").partition("/")[0],
        "keeping": kept,
        "desk_first": offering.first(seen.who),
        "purpose": purposes.strip(request, seen),
        "keeping_now": next((one.url for one in kept if request.path.startswith(one.url)), ""),
    }


LIVE_WORDS = ("lost", "ended", "ending", "old", "news", "unread")


def live_words(seen: Visit) -> dict[str, str]:
    """What the live element needs: the snapshot and the desk the page was made at, the server's clock, its words."""
    words = {name: _template(f"live.{name}", seen.language) for name in LIVE_WORDS}
    words |= {unit: _template(f"format.ago-{unit}", seen.language) for unit in ("seconds", "minutes", "hours", "days")}
    return {
        "since": str(gate.newest()),
        "desk": seen.marks,
        "now": seen.now.isoformat(timespec="seconds"),
        "words": json.dumps(words, ensure_ascii=False),
    }


def _template(code: str, language: str) -> str:
    """A text whose facts the browser fills in."""
    return text(code, language, **{name: f"{{{name}}}" for name in ("count", "time", "what")})
