"""A report as an operator typed it. Never: looks anything up, writes."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from haidang.cases.actions import Arrival, Person
from haidang.catalog.declared import Desk
from haidang.words.errors import BadQuestion

MOST = {
    "text": 8000,
    "category": 64,
    "address": 300,
    "place": 16,
    "office": 64,
    "was": 64,
    "phone": 40,
    "name": 120,
    "once": 64,
    "then": 8,
}


@dataclass(frozen=True)
class Typed:
    """Every field of the form. `call`: the call it is written down from, 0 without one; `once`: one form is one report;
    `then`: `assign` or `keep`; `was`: the office that was offered, so that one chosen by hand is told from it."""

    text: str = field(default="", repr=False)
    category: str = ""
    address: str = ""
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    office: str = ""
    phone: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    anonymous: bool = False
    private: bool = False
    urgent: bool = False
    call: int = 0
    once: str = ""
    then: str = "assign"
    was: str = ""

    @property
    def channel(self) -> str:
        """What came with a call or a number came by telephone; the rest somebody brought to the desk."""
        return "phone" if self.call or self.phone else "desk"


def fresh(*, call: int = 0, phone: str = "", name: str = "") -> Typed:
    """An empty form with a key of its own and what is already known."""
    return Typed(once=secrets.token_urlsafe(12), call=call, phone=phone, name=name)


def typed(said: Mapping[str, str]) -> Typed:
    """Raises BadQuestion('not-a-position') for a latitude or longitude that is none."""
    words: dict[str, Any] = {name: str(said.get(name, "")).strip()[:most] for name, most in MOST.items()}
    ticks: dict[str, Any] = {name: said.get(name) == "1" for name in ("anonymous", "private", "urgent")}
    lat, lon = position(said.get("lat", ""), said.get("lon", ""))
    call = str(said.get("call", ""))
    return Typed(**words, **ticks, lat=lat, lon=lon, call=int(call) if call.isdecimal() and len(call) < 19 else 0)


def position(lat: str, lon: str) -> tuple[float | None, float | None]:
    """Degrees (WGS 84) of both, or neither."""
    if not (lat.strip() and lon.strip()):
        return None, None
    try:
        found = float(lat), float(lon)
    except ValueError:
        raise BadQuestion("not-a-position", found=f"{lat[:20]}, {lon[:20]}") from None
    # Written so that what is not a number at all fails too.
    if not (-90 <= found[0] <= 90 and -180 <= found[1] <= 180):
        raise BadQuestion("not-a-position", found=f"{lat[:20]}, {lon[:20]}")
    return found


def arrival(said: Typed, desk: Desk, operator: str, abusive: str = "") -> Arrival:
    """The same as a report for `cases.actions`."""
    same = ("category", "address", "place", "lat", "lon", "anonymous", "urgent")
    return Arrival(
        desk.key,
        said.channel,
        said.text,
        Person(name=said.name, phone=said.phone),
        **{name: getattr(said, name) for name in same},
        public=not said.private,
        abusive=abusive,
        once=f"desk:{operator}:{said.once}" if said.once else "",
    )
