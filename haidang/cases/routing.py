"""Who handles a Case: category × place → office, by the desk's routes, then the category's own. Never: assigns."""

from __future__ import annotations

from dataclasses import dataclass

from haidang.access.people.offices import reads as offices
from haidang.catalog.declared import Category, Desk
from haidang.catalog.places import register
from haidang.words.places import Unit

COMMUNE = "xa-{commune}"


@dataclass(frozen=True)
class Way:
    """`office`: its key, "" when nobody is named or the office does not stand; `why`: route | category | none |
    no-such-office | no-commune."""

    office: str
    why: str


def way(desk: Desk, category: str, unit: str, *, known: frozenset[str] | None = None) -> Way:
    """Where a Case of a category in a unit goes. `known`: the offices that stand, when the caller has asked before."""
    noun = desk.category(category)
    if noun is None:
        return Way("", "none")
    codes = _codes(unit)
    for route in sorted(desk.routes, key=lambda one: (one.place == "", one.of == noun.group)):
        if route.of in (noun.key, noun.group) and route.place in ("", *codes):
            return _named(route.office, codes, "route", known)
    return _named(noun.office, codes, "category", known)


def _named(office: str, codes: tuple[str, ...], why: str, known: frozenset[str] | None) -> Way:
    if not office:
        return Way("", "none")
    commune = next((code for code in codes if len(code) == 5), "")
    if office == COMMUNE and not commune:
        return Way("", "no-commune")
    key = office.replace("{commune}", commune)
    return Way(key, why) if key in (standing() if known is None else known) else Way("", "no-such-office")


def standing() -> frozenset[str]:
    """Keys of the offices that stand."""
    return frozenset(one.key for one in offices.offices())


def _codes(unit: str) -> tuple[str, ...]:
    """The unit's code and those above it, nearest first."""
    places = register()
    if not unit or unit not in {one.id for one in places.versions(unit.partition("@")[0])}:
        return ()
    chain: tuple[Unit, ...] = (places.unit(unit), *places.above(unit))
    return tuple(one.code for one in chain)


def categories(desk: Desk, group: str = "") -> tuple[Category, ...]:
    """Categories of a group, or all."""
    return tuple(one for one in desk.categories if group in ("", one.group))
