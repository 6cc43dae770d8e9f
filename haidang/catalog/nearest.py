"""Did you mean: the closest known name, and a short list of what there is.

Never: guesses a meaning; it compares spelling only.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

SHOWN = 8
LONGEST = 80
"""A longer name is not a slip of the pen; comparing it would only cost time."""


def nearest(found: str, known: Iterable[str]) -> str:
    """The known name closest in spelling, "" when none is close."""
    names = {name.casefold(): name for name in sorted(known)}
    close = get_close_matches(found.casefold()[:LONGEST], names, n=1, cutoff=0.5)
    return names[close[0]] if close else ""


def some(known: Iterable[str]) -> str:
    """`a, b, c ...`: what may stand here, shortened."""
    names = list(known)
    return ", ".join(names[:SHOWN]) + (" ..." if len(names) > SHOWN else "")
