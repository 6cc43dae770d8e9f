"""Names of what a Case points to: categories, groups, offices, places, people. Never: looks a Case up.

Made once per page; a name nobody knows any more stands by its key.
"""

from __future__ import annotations

import time
from functools import cached_property, lru_cache
from typing import Any

from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from haidang.access import territory
from haidang.access.people.offices import reads as offices
from haidang.catalog.declared import Catalog, Desk
from haidang.catalog.places import register
from haidang.words.errors import Absent
from haidang.words.nouns import Label
from haidang.words.texts import text

KEPT_SECONDS = 30
"""How long the names of offices are believed: a list asks for them many times a second."""


class Names:
    """By key, in one language."""

    def __init__(self, catalog: Catalog, language: str) -> None:
        self.catalog, self.language = catalog, language

    @cached_property
    def offices(self) -> dict[str, str]:
        """Key → name of every office, those that stand no more too."""
        return {key: name.in_(self.language) for key, name, _ in _offices(_now())}

    @cached_property
    def standing(self) -> dict[str, str]:
        """Those that stand, by name."""
        found = {key: name.in_(self.language) for key, name, stands in _offices(_now()) if stands}
        return dict(sorted(found.items(), key=lambda pair: pair[1].casefold()))

    @cached_property
    def communes(self) -> dict[str, str]:
        """Code → name of the communes of this centre, by name."""
        return _communes(timezone.localdate().isoformat(), territory.home())

    def office(self, key: str) -> str:
        return self.offices.get(key, key)

    def place(self, unit: str) -> str:
        return _place(unit, _now()) if unit else ""

    def desk(self, key: str) -> Desk | None:
        try:
            return self.catalog.desk(key)
        except Absent:
            return None

    def category(self, desk: str, key: str) -> str:
        noun = found.category(key) if (found := self.desk(desk)) else None
        return noun.title.in_(self.language) if noun else key

    def group(self, desk: str, key: str) -> str:
        found = self.desk(desk)
        label = dict(found.groups).get(key) if found else None
        return label.in_(self.language) if label else key

    def state(self, key: str) -> str:
        return text(f"case.state-{key}", self.language)

    def channel(self, key: str) -> str:
        return text(f"case.channel-{key}", self.language)

    def act(self, key: str) -> str:
        return text(f"case.act-{key}", self.language)


def _now() -> int:
    return int(time.monotonic() // KEPT_SECONDS)


@lru_cache(maxsize=2)
def _offices(turn: int) -> tuple[tuple[str, Label, bool], ...]:
    return tuple((one.key, one.name, one.closed is None) for one in offices.offices(closed=True))


@lru_cache(maxsize=4096)
def _place(unit: str, turn: int) -> str:
    del turn
    try:
        return register().unit(unit).name
    except Absent:
        return unit


@lru_cache(maxsize=4)
def _communes(day: str, home: str) -> dict[str, str]:
    del day
    found = register().of_level("commune", timezone.localdate(), home)
    return dict(sorted(((one.code, one.name) for one in found), key=lambda pair: pair[1]))


def options(named: dict[str, Any], chosen: str) -> SafeString:
    """`<option>`s of a select: a hundred of them cost a template more than the whole list of Cases."""
    return mark_safe("".join(_option(key, str(name), key == chosen) for key, name in named.items()))


@lru_cache(maxsize=4096)
def _option(key: str, name: str, chosen: bool) -> str:
    return f'<option value="{escape(key)}"{" selected" if chosen else ""}>{escape(name)}</option>'
