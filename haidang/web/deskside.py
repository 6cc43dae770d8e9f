"""News of the desk for open pages: what changes whenever a Case or a call does, and whom it may be told to.

Never: says which Case or call it was (the page asks for that through the gate).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping

from django.utils.crypto import salted_hmac

from haidang.cases import reads
from haidang.cases.calls import reads as calls
from haidang.words.nouns import Actor

CALLS, CASES = "calls", "cases"
TILES = (CALLS, CASES)
"""Names of tiles (`data-tile`) that are asked for again."""


def stamps(tiles: Iterable[str] = TILES) -> Mapping[str, Hashable]:
    """Tile → what is different after each change; a small question to an index each, asked for all streams at once."""
    ways: Mapping[str, Callable[[], Hashable]] = {CALLS: calls.stamp, CASES: reads.newest}
    return {name: ways[name]() for name in tiles}


def marks(stands: Mapping[str, Hashable]) -> dict[str, str]:
    """Tile → a mark of how it stands, for a page to say later what it was made of; tells nothing by itself."""
    return {name: salted_hmac("haidang.desk", repr((name, stamp))).hexdigest()[:12] for name, stamp in stands.items()}


def told_to(who: Actor) -> frozenset[str]:
    """The tiles whose news somebody may be told: calls to whoever takes them, Cases to whoever works with some."""
    if who.kind in ("public", "citizen"):
        return frozenset()
    found = {CALLS} if calls.desks(who) else set()
    return frozenset(found | ({CASES} if reads.desks(who) else set()))
