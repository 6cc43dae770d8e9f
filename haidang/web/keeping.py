"""The keeping of the centre: which of its pages (people, rights, trace, …) a person is offered. Never: decides."""

from __future__ import annotations

from dataclasses import dataclass

from haidang.access import gate
from haidang.words.nouns import ANY, Actor

PAGES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("/people/", "keeping.people", ("manage", "people")),
    ("/offices/", "keeping.offices", ("manage", "people")),
    ("/grants/", "keeping.grants", ("manage", "people", "audit")),
    ("/requests/", "keeping.requests", ("manage", "people")),
    ("/reviews/", "keeping.reviews", ("manage", "people", "audit")),
    ("/trace/", "keeping.trace", ("audit",)),
    ("/subjects/", "keeping.subjects", ("personal",)),
    ("/privilege/", "keeping.privilege", ("manage",)),
    ("/rules/", "keeping.rules", ("manage",)),
    ("/providers/", "keeping.providers", ("manage",)),
    ("/cases/channels", "keeping.channels", ("manage",)),
)
"""(address, code of its name, any of which actions opens it)."""


@dataclass(frozen=True)
class Page:
    """One page of the keeping."""

    url: str
    code: str


def pages(who: Actor) -> tuple[Page, ...]:
    """The pages to offer: those one of whose actions a grant of the actor names, anywhere."""
    if who.kind == "public":
        return ()
    held = {grant.action for grant in gate.grants(who)}
    return tuple(Page(url, code) for url, code, actions in PAGES if ANY in held or held & set(actions))
