"""What lies inside a place, as the gate counts it. Never: keeps a copy of the register.

A fact with no place of its own (unit "") belongs to the centre as a whole: it lies in the home place of this centre and
in whatever holds the home place.
"""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from haidang.catalog.places import register

NOWHERE = ""


def inside(place: str) -> frozenset[str]:
    """Unit ids of every time wholly inside a unit; raises Absent('unknown-place')."""
    units = register().territory(place)
    return units | {NOWHERE} if home() in units else units


def home() -> str:
    """The unit id of this centre's own place, as it stands today."""
    return register().resolve(settings.PLACE, timezone.localdate()).id


def unit_id(text: str) -> str:
    """The unit id for what a person wrote (`20`, `68@2024`, a unit id); raises Absent('unknown-place')."""
    return register().resolve(text, timezone.localdate()).id
