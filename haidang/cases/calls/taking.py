"""What helps to take a report while somebody speaks: where it is, who will handle it and by when.

Offered, never imposed: the operator's own choice stands. Never: writes, shows who sent an earlier report.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone

from haidang.access import territory
from haidang.cases import changes, rights, routing, whereabouts
from haidang.cases.models import Case
from haidang.catalog.declared import Desk, declared
from haidang.catalog.places import register
from haidang.words.errors import Absent
from haidang.words.names import fold
from haidang.words.nouns import Actor

MOST_COMMUNES, MOST_ADDRESSES = 4, 5
_KINDS = ("xa ", "phuong ", "thi tran ", "thi xa ", "dac khu ")


@dataclass(frozen=True)
class Commune:
    """A commune as it stands: `names` without tones, those it bore or took in before among them (name → as written)."""

    code: str
    name: str
    names: tuple[tuple[str, str], ...]
    lat: float | None
    lon: float | None

    @property
    def words(self) -> str:
        """Everything it may be searched by."""
        return " ".join(folded for folded, _ in self.names)


@dataclass(frozen=True)
class Spot:
    """One place an address may mean. `was`: the former name it was found by; `before`: an earlier report stood there;
    `at`: where to look on the map (WGS 84, degrees), which is the position itself only when `before`."""

    title: str
    place: str = ""
    place_name: str = ""
    was: str = ""
    before: bool = False
    at: tuple[float, float] | None = None


@dataclass(frozen=True)
class Offered:
    """Where a report would go. `place`: the commune's code; `why`: as `routing.Way`; `due`: by when to answer it."""

    place: str
    place_name: str
    office: str
    why: str
    due: datetime | None


def offered(desk: Desk, category: str, place: str, lat: float | None, lon: float | None) -> Offered:
    """By category and place; a place that was said goes before the one a position lies in."""
    unit = whereabouts.commune(place) or whereabouts.unit(lat, lon)
    way = routing.way(desk, category, unit)
    due = changes.due(desk, category, timezone.now(), "resolve")
    name = register().unit(unit).name if unit else ""
    return Offered(unit.partition("@")[0], name, way.office, way.why, due)


def routed(case: Case) -> str:
    """The office the desk's routes name for a Case, "" when none."""
    return routing.way(declared().desk(case.desk), case.category, case.unit).office


def communes() -> tuple[Commune, ...]:
    """The communes of this centre, by name."""
    return _communes(timezone.localdate(), territory.home())


@lru_cache(maxsize=4)
def _communes(day: date, home: str) -> tuple[Commune, ...]:
    places = register()
    inside = places.of_level("commune", day, home) or (places.unit(home),)
    found = []
    for unit in inside:
        earlier = (_name(one.old) for one in places.predecessors(unit.id))
        names = dict.fromkeys((unit.name, *filter(None, earlier)))
        found.append(Commune(unit.code, unit.name, tuple((fold(one), one) for one in names), unit.lat, unit.lon))
    return tuple(sorted(found, key=lambda one: fold(bare(one.name))))


def _name(unit: str) -> str:
    try:
        return register().unit(unit).name
    except Absent:
        return ""


def bare(name: str) -> str:
    """`Phường Kỳ Lừa` → `Kỳ Lừa`: as people say it."""
    kind = next((one for one in _KINDS if fold(name).startswith(one)), "")
    return name[len(kind) :]


def spots(who: Actor, words: str) -> tuple[Spot, ...]:
    """Places an address may mean: communes named in it (by today's or former names), and where earlier reports were.

    Earlier reports are those the actor may read; nothing of them but the address and the position is shown.
    """
    wanted = fold(words).strip()
    if len(wanted) < 2:
        return ()
    return (*_named(wanted), *_earlier(who, wanted))


def _named(wanted: str) -> tuple[Spot, ...]:
    scored: list[tuple[int, Spot]] = []
    for one in communes():
        score, name = max((_score(wanted, folded), written) for folded, written in one.names)
        if score:
            at = None if one.lat is None or one.lon is None else (one.lat, one.lon)
            was = "" if name == one.name else name
            scored.append((score, Spot(one.name, one.code, one.name, was, at=at)))
    scored.sort(key=lambda pair: -pair[0])
    return tuple(spot for _, spot in scored[:MOST_COMMUNES])


def _score(wanted: str, name: str) -> int:
    """How much of an address a commune's name is: 0 none; the longer the name within it the more."""
    short = bare(name)
    if f" {short} " in f" {wanted.replace(',', ' ')} ":
        return 100 + len(short)
    return 50 if name.startswith(wanted) or short.startswith(wanted) else 0


def _earlier(who: Actor, wanted: str) -> tuple[Spot, ...]:
    rows = rights.visible(who).exclude(address="").filter(lat__isnull=False, lon__isnull=False)
    words = wanted.replace(",", " ").split()[:8]
    for word in words:
        rows = rows.filter(fold__contains=word)
    found: dict[str, Spot] = {}
    for address, unit, lat, lon in rows.order_by("-number").values_list("address", "unit", "lat", "lon")[:60]:
        plain = fold(address)
        if plain not in found and all(word in plain for word in words):
            at = None if lat is None or lon is None else (lat, lon)
            found[plain] = Spot(address, unit.partition("@")[0], _name(unit), before=True, at=at)
    return tuple(found.values())[:MOST_ADDRESSES]
