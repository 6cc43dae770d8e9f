"""An Answer as the JSON of the API and the terminal. Never: rounds, formats or translates."""

from __future__ import annotations

import math
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from haidang.words.nouns import Answer


def answer_as_json(answer: Answer) -> dict[str, Any]:
    """Every field of the Answer by its name, in plain JSON types; `title` and labels as `{vi, en}`, notes as pairs."""
    found = plain(answer)
    assert isinstance(found, dict)
    return found


def plain(thing: Any) -> Any:
    """Dataclasses as objects, tuples as lists, dates as ISO 8601; a number that is none as null."""
    if is_dataclass(thing) and not isinstance(thing, type):
        return {field.name: plain(getattr(thing, field.name)) for field in fields(thing)}
    if isinstance(thing, Enum):
        return thing.value
    if isinstance(thing, Decimal):
        return float(thing)
    if isinstance(thing, float):
        return thing if math.isfinite(thing) else None
    if isinstance(thing, date | datetime):
        return thing.isoformat()
    if isinstance(thing, dict):
        return {str(key): plain(value) for key, value in thing.items()}
    if isinstance(thing, list | tuple | set | frozenset):
        return [plain(one) for one in thing]
    return thing
