"""The services of GeoReport: categories of open desks, and what may be said with a report of each. Never: writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.utils import timezone

from haidang.access import territory
from haidang.catalog.declared import Category, Desk, declared
from haidang.catalog.places import register
from haidang.words.errors import Absent
from haidang.words.nouns import Label
from haidang.words.texts import texts

PLACE, PUBLIC, ANONYMOUS = "noi", "cong-khai", "an-danh"
"""Codes of the attributes of every service."""
YES, NO = "co", "khong"


@dataclass(frozen=True)
class Service:
    """One service: a category of a desk, by a code of its own among all open desks."""

    code: str
    desk: Desk
    category: Category

    @property
    def group(self) -> Label:
        return dict(self.desk.groups)[self.category.group]


@dataclass(frozen=True)
class Attribute:
    """What may be said besides; every one is a list to choose one of. `values`: (key, name)."""

    code: str
    order: int
    description: Label
    values: tuple[tuple[str, Label], ...]


def services() -> tuple[Service, ...]:
    """Every service. A code stands alone in the first desk that has it, with its pack before it in the others."""
    found: dict[str, Service] = {}
    for desk in (one for one in declared().desks() if one.open):
        for category in desk.categories:
            code = category.key if category.key not in found else f"{desk.pack}.{category.key}"
            found[code] = Service(code, desk, category)
    return tuple(found.values())


def service(code: str) -> Service:
    """Raises Absent('open311-no-service')."""
    for one in services():
        if one.code == code:
            return one
    raise Absent("open311-no-service", found=code[:64])


def codes() -> dict[tuple[str, str], str]:
    """(desk, category) → code."""
    return {(one.desk.key, one.category.key): one.code for one in services()}


def attributes() -> tuple[Attribute, ...]:
    """Where (a commune of the province), whether the result may be published, whether to stay unknown."""
    known = texts()
    here = register().of_level("commune", timezone.localdate(), territory.home())
    choice = ((YES, known["open311.yes"]), (NO, known["open311.no"]))
    communes = tuple((unit.code, Label(unit.name, unit.name)) for unit in sorted(here, key=lambda one: one.code))
    return (
        Attribute(PLACE, 1, known["open311.place"], communes),
        Attribute(PUBLIC, 2, known["open311.public"], choice),
        Attribute(ANONYMOUS, 3, known["open311.anonymous"], choice),
    )


def changed() -> datetime:
    """When the list of services was last another one: the newest file that declares a desk."""
    folders = [pack.folder for pack in declared().packs if any(desk.open for desk in pack.desks)]
    stamps = [file.stat().st_mtime for folder in folders for file in (folder / "desks").glob("*.yaml")]
    return datetime.fromtimestamp(int(max(stamps, default=0)), UTC)


def jurisdictions(host: str) -> frozenset[str]:
    """By what this centre is called: the code of its place, its address, the one it was called at."""
    own = settings.ADDRESS.partition("://")[2].partition("/")[0]
    names = {settings.PLACE, territory.home(), host, host.partition(":")[0], own, own.partition(":")[0]}
    return frozenset(name.removeprefix("www.") for name in names if name)
