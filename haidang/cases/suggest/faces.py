"""An offer and its reasons, as plain values. Never: holds a text (texts go by code), decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from haidang.words.texts import text


@dataclass(frozen=True)
class Why:
    """One reason: the code of its text (`suggest.why-…`) and its facts."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def say(self, language: str = "vi") -> str:
        return text(self.code, language, **self.facts)


@dataclass(frozen=True)
class Suggestion:
    """One offer. `value`: a category's key, an office's key, a unit's id, a Case's number; `score` 0 to 1: how much
    speaks for it, not a probability."""

    value: str
    score: float
    why: tuple[Why, ...] = ()

    def said(self, language: str = "vi") -> str:
        """Its reasons as one line."""
        return " · ".join(one.say(language) for one in self.why)


@dataclass(frozen=True)
class Draft:
    """A report as far as it is known. `number`: the Case it is already (0: not yet), which is not offered to itself."""

    desk: str
    text: str = ""
    address: str = ""
    category: str = ""
    unit: str = ""
    lat: float | None = None
    lon: float | None = None
    at: datetime | None = None
    number: int = 0
    digests: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Earlier:
    """An earlier Case to compare with. `open`: somebody still works at it."""

    number: int
    fold: str
    category: str
    unit: str
    sent_at: datetime
    open: bool
    lat: float | None = None
    lon: float | None = None
    digests: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Offered:
    """All offers for one report, best first. `urgent`, `abusive`: at most one each."""

    categories: tuple[Suggestion, ...] = ()
    offices: tuple[Suggestion, ...] = ()
    units: tuple[Suggestion, ...] = ()
    duplicates: tuple[Suggestion, ...] = ()
    urgent: tuple[Suggestion, ...] = ()
    abusive: tuple[Suggestion, ...] = ()
