"""The pages of the desk somebody is offered, and its entry in the rail. Never: decides; each page asks for itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.urls import Resolver404, resolve

from haidang.access import gate
from haidang.cases import machine, reads
from haidang.words.errors import Denied
from haidang.words.nouns import Actor

WORK = frozenset({machine.HANDLE, machine.APPROVE})
PAGES: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("/cases/new", "cases.page-new", frozenset({machine.ROUTE})),
    ("/cases/", "cases.page-list", frozenset({"read", machine.ROUTE, *WORK})),
    ("/cases/mine", "cases.page-mine", WORK),
    ("/cases/map", "cases.page-map", frozenset({"read", machine.ROUTE, *WORK})),
    ("/cases/today", "cases.page-today", frozenset({"read", machine.ROUTE, *WORK})),
    ("/cases/calls", "cases.page-calls", frozenset({machine.ROUTE})),
    ("/cases/channels", "cases.page-channels", frozenset({"manage"})),
)
"""(address, code of its name, any of which parts somebody plays at a desk)."""


@dataclass(frozen=True)
class Page:
    url: str
    code: str
    here: bool


def pages(who: Actor, path: str) -> tuple[Page, ...]:
    """The pages to offer, as links."""
    played = parts(who)
    if not played:
        return ()
    held = {grant.action for grant in gate.grants(who)}
    shown = ((url, code) for url, code, any_of in PAGES if any_of & (played | held) and _stands(url))
    return tuple(Page(url, code, path == url) for url, code in shown)


def parts(who: Actor) -> frozenset[str]:
    """As what somebody works at any desk; empty for the public, a citizen, an officer of elsewhere."""
    if who.kind in ("public", "citizen"):
        return frozenset()
    return frozenset[str]().union(*(works for _, works in reads.desks(who)))


def require(who: Actor) -> frozenset[str]:
    """The same for a page; raises Denied('no-grant') for whoever works at no desk."""
    played = parts(who)
    if not played:
        raise Denied("no-grant")
    return played


def first(who: Actor) -> str:
    """Where the rail leads: a handling officer to what waits for them, everybody else to the list; "" for nobody."""
    played = parts(who)
    if not played:
        return ""
    return "/cases/mine" if played <= WORK else "/cases/"


@lru_cache(maxsize=64)
def _stands(url: str) -> bool:
    try:
        resolve(url)
    except Resolver404:
        return False
    return True
