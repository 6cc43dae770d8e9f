"""The kinds of rows the centre makes of itself; a source of connector `own` names one by `connect: {kind: …}`.

A kind is `(span) -> rows`: plain texts by column name, `simulated` apart. Never: writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from haidang.words.errors import Absent

HERE = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True)
class Span:
    """Days of Việt Nam time, both inside; `now`: the moment it is, with its zone.

    `pack`: the one whose source asks; `whole`: it has never been told anything.
    """

    since: date
    until: date
    now: datetime
    pack: str = ""
    whole: bool = False

    def days(self) -> tuple[date, ...]:
        return tuple(self.since + timedelta(days=n) for n in range((self.until - self.since).days + 1))


@dataclass(frozen=True)
class Row:
    """One row: its cells by column; whether what it tells of is simulated."""

    cells: dict[str, object] = field(hash=False)
    simulated: bool = False


Kind = Callable[[Span], Iterable[Row]]
_kinds: dict[str, Kind] = {}


def register(name: str, kind: Kind) -> None:
    """A room above says how rows of a kind are made."""
    _kinds[name] = kind


def rows(name: str, span: Span) -> tuple[Row, ...]:
    """The rows of a kind; raises Absent('unknown-own-kind')."""
    from haidang.intake.own import by_place, by_source

    known = {"sources": by_source.rows, "places": by_place.rows, **_kinds}
    if name not in known:
        raise Absent("unknown-own-kind", found=name, expected=", ".join(sorted(known)))
    return tuple(known[name](span))


def midnight(day: date) -> datetime:
    """The first moment of a day."""
    return datetime.combine(day, time(), HERE)


def home() -> str:
    """The code of the home place."""
    from django.conf import settings

    return str(settings.PLACE)
