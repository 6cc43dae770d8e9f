"""Where a report is: the commune its position lies in, or one its words name. Never: keeps a position."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.utils import timezone

from haidang.access import territory
from haidang.cases import whereabouts
from haidang.cases.suggest.faces import Suggestion, Why
from haidang.cases.suggest.wording import Said, plain
from haidang.catalog.places import register
from haidang.words.names import fold

KINDS = ("xã", "phường", "thị trấn", "đặc khu")


def units(text: str, lat: float | None = None, lon: float | None = None) -> tuple[Suggestion, ...]:
    """Communes of the home province, likeliest first: by shape, else by a name in the words; at most three."""
    if by_shape := whereabouts.unit(lat, lon):
        return (Suggestion(by_shape, 1.0, (Why("suggest.why-shape"),)),)
    said = Said(text)
    hits = ((one, _sure(said, name)) for one, name in _communes(timezone.localdate(), territory.home()))
    found = [Suggestion(one, sure, (Why("suggest.why-named"),)) for one, sure in hits if sure]
    return tuple(sorted(found, key=lambda one: -one.score)[:3])


def _sure(said: Said, name: str) -> float:
    """With its kind before it (“xã Đồng Đăng”) surely, alone (“chợ Đồng Đăng”) most likely, without tones less."""
    bare = fold(name)
    if any(f" {kind} {plain(name)} " in said.toned for kind in KINDS):
        return 0.95
    if any(f" {fold(kind)} {bare} " in said.folded for kind in KINDS):
        return 0.85
    if " " not in bare:
        return 0.0
    if f" {plain(name)} " in said.toned:
        return 0.8
    return 0.6 if not said.has_tones and f" {bare} " in said.folded else 0.0


@lru_cache(maxsize=4)
def _communes(day: date, home: str) -> tuple[tuple[str, str], ...]:
    """Communes that stand, as (id, name without its kind)."""
    places = register()
    found = places.of_level("commune", day, inside=home)
    return tuple((one.id, _short(one.name)) for one in found)


def _short(name: str) -> str:
    for kind in KINDS:
        if name.casefold().startswith(f"{kind} "):
            return name[len(kind) + 1 :]
    return name
