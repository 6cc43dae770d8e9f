"""Proves drafts against each other.

Never: reads a file, raises on bad input.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from haidang.catalog.nouns import Indicator
from haidang.catalog.reading import Draft


def references(indicator: Indicator) -> tuple[str, ...]:
    """Full keys of the indicators a formula names."""
    found = re.findall(r"\{([^}]*)\}", indicator.formula)
    return tuple(n if "." in n else f"{indicator.pack}.{n}" for n in found)


def prove(drafts: Iterable[Draft]) -> None:
    """Adds every problem to the draft it stands in."""


def standing(drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts without a problem."""
    return [draft for draft in drafts if not draft.problems]
