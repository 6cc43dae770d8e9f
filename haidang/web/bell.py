"""The bell: how many notices one has not read, and the newest one there is.

Never: writes, decides whom a notice is for.
"""

from __future__ import annotations

from haidang.watch import reads
from haidang.words.nouns import Actor


def unread(who: Actor) -> int:
    """0 for the public, whom nobody tells."""
    return 0 if who.kind in ("public", "operator") else reads.unread_count(who)


def newest() -> int:
    """The number of the newest notice of all: when it grows, somebody was told something."""
    return reads.newest()
