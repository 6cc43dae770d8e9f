"""The one pure decision: (grants, actor, action, subject, now) → Scope or Denied. No I/O.

Grants only allow, and they add up: one more grant never shows less. An expired grant counts for nothing. What lies
inside a place is asked of `territory`, handed in by the gate; the sets of places are unions of what it gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from haidang.words.errors import Denied
from haidang.words.nouns import ANY, Actor, Grant, Level, Scope, Subject

PUBLIC = "cong-chung"
"""The public; whatever it may see, everybody may."""

FLOOR = 5
"""Groups of fewer persons are masked for whoever does not reach the restricted level there."""

Units = frozenset[str] | None
"""Unit ids; None is every place."""

Territory = Callable[[str], frozenset[str]]


def itself(place: str) -> frozenset[str]:
    """The territory of a place nothing is known about: itself alone."""
    return frozenset({place})


def counts(grant: Grant, actor: Actor, action: str, now: datetime) -> bool:
    """Whether a grant is the actor's (or the public's), for this action, and still runs at `now`."""
    return (
        grant.actor in (actor.name, PUBLIC)
        and grant.action in (action, ANY)
        and (grant.until is None or now < grant.until)
    )


def about(grant: Grant, pack: str) -> bool:
    return grant.pack in (pack, ANY)


def places(grants: Iterable[Grant], level: Level, territory: Territory = itself) -> Units:
    """Where these grants reach `level`: the union of their territories."""
    reaching = [grant for grant in grants if grant.level >= level]
    if any(grant.place == ANY for grant in reaching):
        return None
    return frozenset[str]().union(*(territory(grant.place) for grant in reaching))


def within(inner: Units, outer: Units) -> bool:
    return outer is None or (inner is not None and inner <= outer)


def decide(
    grants: Iterable[Grant],
    actor: Actor,
    action: str,
    subject: Subject,
    now: datetime,
    *,
    territory: Territory = itself,
    floor: int = FLOOR,
) -> Scope:
    """Raises Denied('no-grant') when nothing allows it.

    Rows: `units` are the places where the subject's own level is reached; `by_level` says it for every level, and
    `level` is the
    highest one reached anywhere. A subject that names units is allowed only when every one of them lies inside.
    """
    relevant = sorted(
        (g for g in grants if counts(g, actor, action, now) and about(g, subject.pack)), key=lambda g: g.id
    )
    by_level = tuple((level, places(relevant, level, territory)) for level in Level)
    units = dict(by_level)[subject.level]
    asked = subject.units if subject.units is not None else frozenset[str]()
    if units == frozenset() or not within(asked, units):
        raise Denied("no-grant")
    looked_at = asked if subject.units else units
    open_to = dict(by_level)[Level.RESTRICTED]
    return Scope(
        level=max(level for level, where in by_level if where != frozenset()),
        units=units,
        floor=0 if within(looked_at, open_to) else floor,
        because=tuple(grant.id for grant in relevant if grant.level >= subject.level),
        by_level=by_level,
    )
