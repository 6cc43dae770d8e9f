"""The tree of offices as plain values. Never: writes, asks who looks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from haidang.access.models import Account, Office
from haidang.words.errors import Absent
from haidang.words.names import fold
from haidang.words.nouns import Label


@dataclass(frozen=True)
class OfficeFace:
    """One office.

    `above`: the key of what holds it, "" at the top; `path`: keys from the top down to itself; `head`: an account's
    name; `people`: accounts of its own in use; `inside`: of those below it too; `place`: a unit id.
    """

    id: int
    key: str
    name: Label
    above: str = ""
    path: tuple[str, ...] = ()
    place: str = ""
    head: str = ""
    head_title: str = ""
    closed: datetime | None = None
    people: int = 0
    inside: int = 0

    @property
    def depth(self) -> int:
        return len(self.path) - 1


def offices(*, closed: bool = False) -> tuple[OfficeFace, ...]:
    """Every office that stands (`closed`: the others too), each after the one above it, by name."""
    rows = {row.pk: row for row in _rows(closed)}
    below: dict[int | None, list[Office]] = {}
    for row in rows.values():
        below.setdefault(row.above_id if row.above_id in rows else None, []).append(row)
    own = {row.pk: getattr(row, "own", 0) for row in rows.values()}
    return tuple(_walk(below, own, None, ()))


def _rows(closed: bool) -> Iterable[Office]:
    shown = Office.objects.all() if closed else Office.objects.filter(closed=None)
    counted = shown.annotate(own=Count("accounts", filter=Q(accounts__is_active=True)))
    return counted.select_related("head", "above")


def _walk(
    below: dict[int | None, list[Office]], own: dict[int, int], at: int | None, path: tuple[str, ...]
) -> Iterator[OfficeFace]:
    for row in sorted(below.get(at, ()), key=lambda one: (one.place != "" and one.key.startswith("xa-"), _order(one))):
        here = (*path, row.key)
        inside = list(_walk(below, own, row.pk, here))
        # What lies inside has been counted on the way: only the offices right below are added up.
        total = own[row.pk] + sum(one.inside for one in inside if len(one.path) == len(here) + 1)
        yield _face(row, here, own[row.pk], total)
        yield from inside


def _order(row: Office) -> str:
    return fold(row.name_vi)


def _face(row: Office, path: tuple[str, ...], people: int, inside: int) -> OfficeFace:
    return OfficeFace(
        row.pk,
        row.key,
        Label(row.name_vi, row.name_en or row.name_vi),
        row.above.key if row.above else "",
        path,
        row.place,
        row.head.name if row.head else "",
        (row.head.title or row.head.name) if row.head else "",
        row.closed,
        people,
        inside,
    )


def office(key: str) -> OfficeFace:
    """One office, closed ones too; raises Absent('unknown-office')."""
    for one in offices(closed=True):
        if one.key == key:
            return one
    raise Absent("unknown-office", found=key[:64])


def names() -> dict[str, Label]:
    """Key → name of every office, closed ones too."""
    rows = Office.objects.values_list("key", "name_vi", "name_en")
    return {key: Label(vi, en or vi) for key, vi, en in rows}


def people_of(key: str) -> tuple[Account, ...]:
    """The accounts of one office in use."""
    return tuple(Account.objects.filter(office__key=key, is_active=True).order_by("name"))
