"""Places as history: versions of administrative units, their parents, what became of them.

A *unit* is one version of a place: `code@YYYY-MM-DD` of its first valid day (`68@2025-07-01`).
A code alone may have several units in time (old Lâm Đồng and today's). The country is `VN`.
Never: reads a file (catalog.places fills the Register).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from haidang.words.errors import Absent, BadQuestion
from haidang.words.names import LOOSE, NameIndex
from haidang.words.periods import parse

LEVELS = ("country", "province", "district", "commune")
"""From the top down."""


@dataclass(frozen=True)
class Unit:
    """One version of a place. `level`: country | province | district | commune."""

    id: str
    code: str
    name: str  # full name with its type, NFC: "Phường Ba Đình"
    level: str
    kind: str  # tinh, thanh-pho, quan, huyen, thi-xa, phuong, xa, thi-tran, dac-khu, quoc-gia
    parent: str  # unit id, "" for the country; of several versions the last it lay in (see Register.above)
    start: date
    end: date | None  # last valid day, None while in force
    lat: float | None = None
    lon: float | None = None
    area_km2: float | None = None

    def stands(self, day: date) -> bool:
        """Whether it is in force on `day`."""
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True)
class Succession:
    """old unit → new unit; `whole`: all of the old one's territory went there, else a part."""

    old: str
    new: str
    whole: bool


class Register:
    """Every unit of every time, with lookups. Built once from tuples of Unit and Succession."""

    def __init__(
        self,
        units: Iterable[Unit],
        successions: Iterable[Succession] = (),
        aliases: Iterable[tuple[str, str]] = (),
    ) -> None:
        """`aliases`: (other spelling, code or unit id); a code's finds every version of it."""
        self._units = {unit.id: unit for unit in units}
        self._aliases = tuple(aliases)
        self._versions: dict[str, list[Unit]] = defaultdict(list)
        self._children: dict[str, list[Unit]] = defaultdict(list)
        self._levels: dict[str, list[Unit]] = defaultdict(list)
        self._before: dict[str, list[Succession]] = defaultdict(list)
        self._after: dict[str, list[Succession]] = defaultdict(list)
        self._territories: dict[str, frozenset[str]] = {}
        for unit in sorted(self._units.values(), key=lambda u: (u.code, u.start)):
            self._versions[unit.code].append(unit)
            self._children[unit.parent.partition("@")[0]].append(unit)
            self._levels[unit.level].append(unit)
        for step in successions:
            self._before[step.new].append(step)
            self._after[step.old].append(step)

    def __len__(self) -> int:
        return len(self._units)

    def __iter__(self) -> Iterator[Unit]:
        return iter(self._units.values())

    @property
    def successions(self) -> tuple[Succession, ...]:
        """Every step of every unit."""
        return tuple(step for steps in self._after.values() for step in steps)

    @property
    def aliases(self) -> tuple[tuple[str, str], ...]:
        """(other spelling, code or unit id)."""
        return self._aliases

    def unit(self, unit_id: str) -> Unit:
        """By unit id; raises Absent('unknown-place')."""
        if found := self._units.get(unit_id):
            return found
        raise Absent("unknown-place", found=unit_id[:60], nearest=self._nearest(unit_id.partition("@")[0]))

    def versions(self, code: str) -> tuple[Unit, ...]:
        """Every version of a code, oldest first."""
        return tuple(self._versions.get(code, ()))

    def at(self, code: str, day: date) -> Unit | None:
        """The version of `code` in force on `day`."""
        return next((unit for unit in self._versions.get(code, ()) if unit.stands(day)), None)

    def resolve(self, text: str, today: date) -> Unit:
        """`68` → as it stands today, or the last that bore the code; `68@2024` (any period: its last day; or a
        full date) → of that date; a name that is only one place's → that place.

        Raises Absent('unknown-place', found=…, nearest=…).
        """
        typed, when, period = text.strip().partition("@")
        code = typed.upper()
        unit = self._dated(code, period) if when else self._bearer(code, today) or self._namesake(typed, today)
        if unit is None:
            raise Absent("unknown-place", found=text[:60], nearest=self._nearest(typed))
        return unit

    def find(self, text: str, *, day: date | None = None, level: str = "", limit: int = 20) -> tuple[Unit, ...]:
        """By code or by name, with or without tones, type words optional; best first.

        `day`: only units in force then. Of equally good hits: those with the same tones, then those in force
        today, then the higher level, then the newer.
        """
        typed = text.strip()
        hits = {**self._names.search(typed), **{unit.id: -1 for unit in self.versions(typed.upper())}}
        wanted = (self._units[id_] for id_ in hits)
        units = [u for u in wanted if (not level or u.level == level) and (day is None or u.stands(day))]
        units.sort(key=lambda u: (hits[u.id], typed.casefold() not in u.name.casefold(), *_preference(u)))
        return tuple(units[:limit])

    def named(self, text: str, day: date | None = None, *, level: str = "") -> tuple[Unit, ...]:
        """Every unit that bears this very name or another spelling of it (tones, type word, spaces free); best first.

        Who needs one place of a file's name takes it when there is exactly one.
        """
        exact = {id_: rank for id_, rank in self._names.search(text).items() if rank <= LOOSE}
        wanted = (self._units[id_] for id_ in exact)
        units = [u for u in wanted if (not level or u.level == level) and (day is None or u.stands(day))]
        return tuple(sorted(units, key=lambda u: (exact[u.id], *_preference(u))))

    def children(self, unit_id: str, day: date) -> tuple[Unit, ...]:
        """Units in force on `day` right beneath `unit_id`; none when it was not in force itself."""
        unit = self.unit(unit_id)
        return self._beneath(unit, day) if unit.stands(day) else ()

    def above(self, unit_id: str, day: date | None = None) -> tuple[Unit, ...]:
        """Parent, its parent … up to the country, as of `day` (None: as the unit last stood)."""
        chain: list[Unit] = []
        unit = self.unit(unit_id)
        while unit.parent:
            code = unit.parent.partition("@")[0]
            unit = (day and self.at(code, day)) or self.unit(unit.parent)
            chain.append(unit)
        return tuple(chain)

    def predecessors(self, unit_id: str) -> tuple[Succession, ...]:
        return tuple(self._before.get(unit_id, ()))

    def successors(self, unit_id: str) -> tuple[Succession, ...]:
        return tuple(self._after.get(unit_id, ()))

    def territory(self, unit_id: str) -> frozenset[str]:
        """Every unit id of any time that lies wholly inside this unit's territory, itself included."""
        if unit_id not in self._territories:
            top = self.unit(unit_id).level == LEVELS[0]
            self._territories[unit_id] = frozenset(self._units) if top else self._closure(unit_id)
        return self._territories[unit_id]

    def parts(self, unit_id: str, day: date) -> tuple[tuple[Unit, bool], ...]:
        """What to add up for `unit_id` on `day`: its children when it was in force, else its predecessors;
        each with whether it lies wholly inside.

        On a day after its end: what stands on its territory now, whole or in part.
        """
        unit = self.unit(unit_id)
        if unit.stands(day):
            return tuple((child, True) for child in self._beneath(unit, day))
        inside = self.territory(unit_id)
        standing = dict.fromkeys(self._standing(unit, day))
        if day < unit.start:
            return tuple((part, part.id in inside) for part in standing)
        return tuple(pair for part in standing for pair in self._pieces(part, day, unit))

    def of_level(self, level: str, day: date, inside: str = "") -> tuple[Unit, ...]:
        """Every unit of a level in force on `day`, inside a unit's territory when given."""
        within = self.territory(inside) if inside else None
        units = (unit for unit in self._levels.get(level, ()) if unit.stands(day))
        return tuple(unit for unit in units if within is None or unit.id in within)

    # -- how it is found ---------------------------------------------------------------------------------------

    @cached_property
    def _names(self) -> NameIndex:
        own = ((unit.id, unit.name) for unit in self._units.values())
        other = (
            (unit.id, alias)
            for alias, key in self._aliases
            for unit in self.versions(key.partition("@")[0])
            if key in {unit.code, unit.id}
        )
        return NameIndex((*own, *other))

    def _dated(self, code: str, period: str) -> Unit | None:
        try:
            return self.at(code, parse(period).end)
        except BadQuestion:
            return None

    def _bearer(self, code: str, today: date) -> Unit | None:
        """The version of today, else the last one begun, else (an announced one) the first to come."""
        versions = self._versions.get(code)
        if not versions:
            return None
        begun = [unit for unit in versions if unit.start <= today]
        return self.at(code, today) or (begun[-1] if begun else versions[0])

    def _namesake(self, name: str, today: date) -> Unit | None:
        """The one place that bears the name exactly: in force before ended, higher before lower."""
        exact = self.named(name)
        rivals = [unit for unit in exact if unit.stands(today)] or exact
        top = min((LEVELS.index(unit.level) for unit in rivals), default=0)
        codes = {unit.code for unit in rivals if LEVELS.index(unit.level) == top}
        return self._bearer(codes.pop(), today) if len(codes) == 1 else None

    def _nearest(self, text: str) -> str:
        like = self._names.nearest(text)
        near = self.find(text, limit=1) or (self.find(like, limit=1) if like else ())
        return f"{near[0].name} ({near[0].code})" if near else ""

    def _beneath(self, unit: Unit, day: date) -> tuple[Unit, ...]:
        return tuple(child for child in self._children.get(unit.code, ()) if child.stands(day))

    def _closure(self, unit_id: str) -> frozenset[str]:
        inside, queue = {unit_id}, [unit_id]
        while queue:
            for other in self._drawn_in(self._units[queue.pop()], inside):
                if other not in inside:
                    inside.add(other)
                    queue.append(other)
        return frozenset(inside)

    def _drawn_in(self, unit: Unit, inside: set[str]) -> Iterator[str]:
        """Who lies inside because `unit` does: children, neighbours in time, a parent wholly made of insiders."""
        yield from (child.id for child in self._children.get(unit.code, ()) if _overlap(child, unit))
        for step in self._before.get(unit.id, ()):
            if step.whole or all(other.new in inside for other in self._after[step.old]):
                yield step.old
        for step in self._after.get(unit.id, ()):
            if all(other.old in inside for other in self._before[step.new]):
                yield step.new
        for parent in self._versions.get(unit.parent.partition("@")[0], ()):
            # An early version may have no known children: none are not all.
            children = self._beneath(parent, parent.end or date.max)
            if children and all(child.id in inside for child in children):
                yield parent.id

    def _standing(self, unit: Unit, day: date) -> Iterator[Unit]:
        """The units in force on `day` that its territory came from or went to."""
        if unit.stands(day):
            yield unit
        elif day < unit.start:
            for step in self._before.get(unit.id, ()):
                yield from self._standing(self._units[step.old], day)
        elif steps := self._after.get(unit.id):
            for step in steps:
                yield from self._standing(self._units[step.new], day)
        else:  # a district that was abolished: what became of its communes
            for child in self._beneath(unit, unit.end or day):
                yield from self._standing(child, day)

    def _pieces(self, part: Unit, day: date, ended: Unit) -> Iterator[tuple[Unit, bool]]:
        """`part` itself when it lies inside `ended` or has no children, else those of its children that touch it."""
        inside = self.territory(ended.id)
        children = self._beneath(part, day)
        if part.id in inside or not children:
            yield part, part.id in inside
            return
        for child in children:
            whole = child.id in inside
            if whole or any(old.id in inside for old in self._standing(child, ended.end or day)):
                yield child, whole


def _overlap(one: Unit, other: Unit) -> bool:
    return (one.end is None or other.start <= one.end) and (other.end is None or one.start <= other.end)


def _preference(unit: Unit) -> tuple[bool, int, int, str]:
    return unit.end is not None, LEVELS.index(unit.level), -unit.start.toordinal(), unit.code
