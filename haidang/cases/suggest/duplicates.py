"""Which earlier Cases a report may repeat: near in place, in time and in meaning. Pure. Never: merges.

Weights were set on the 1,791 requests Chicago's officers marked as repeated (docs/help.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import datetime, timedelta

from haidang.cases.suggest.faces import Draft, Earlier, Suggestion, Why
from haidang.cases.suggest.wording import like
from haidang.words.names import fold

MANY = 5
LEAST = 0.4
FARTHEST = 1000.0
"""Metres beyond which two positions are two things."""
LONGEST = timedelta(days=60)
_METRES = 111_320.0


def duplicates(draft: Draft, earlier: Iterable[Earlier], now: datetime) -> tuple[Suggestion, ...]:
    """Earlier Cases it may repeat, likeliest first, at most five."""
    at = draft.at or now
    folded = fold(draft.text)
    compared = (_compare(draft, folded, one, at) for one in earlier if one.number != draft.number)
    found = [one for one in compared if one is not None and one.score >= LEAST]
    return tuple(sorted(found, key=lambda one: -one.score)[:MANY])


def _compare(draft: Draft, folded: str, other: Earlier, at: datetime) -> Suggestion | None:
    apart = abs(at - other.sent_at)
    metres = distance(draft.lat, draft.lon, other.lat, other.lon)
    if apart > LONGEST or (metres is not None and metres > FARTHEST):
        return None
    same_photo = bool(draft.digests & other.digests)
    alike = like(folded, other.fold)
    score = 1.0 if same_photo else _score(_near(draft, other, metres), alike, draft, other) * _recent(apart, other)
    return Suggestion(str(other.number), round(min(score, 1.0), 3), _why(metres, apart, alike, same_photo=same_photo))


def _near(draft: Draft, other: Earlier, metres: float | None) -> float:
    """1 on the spot, a third at 110 m. Where a position is not known the commune says a little."""
    if metres is not None:
        return math.exp(-metres / 100)
    return 0.25 if draft.unit and draft.unit == other.unit else 0.0


def _score(near: float, alike: float, draft: Draft, other: Earlier) -> float:
    """Place says most; like words say more the nearer it is (“đèn hỏng” 500 m away is another lamp); the category says
    little: half of the real ones bear another."""
    same = bool(draft.category) and draft.category == other.category
    other_thing = bool(draft.category and other.category) and not same and alike < 0.5
    return 0.6 * near + 0.45 * alike * (0.3 + 0.7 * near) + (0.1 if same else 0.0) - (0.15 if other_thing else 0.0)


def _recent(apart: timedelta, other: Earlier) -> float:
    """What is still worked at stays one thing for longer."""
    return math.exp(-apart / timedelta(days=20 if other.open else 7))


def distance(lat: float | None, lon: float | None, to_lat: float | None, to_lon: float | None) -> float | None:
    """Metres between two positions (degrees), good to a few kilometres; None where one is not known."""
    if lat is None or lon is None or to_lat is None or to_lon is None:
        return None
    east = (to_lon - lon) * math.cos(math.radians((lat + to_lat) / 2))
    return math.hypot(to_lat - lat, east) * _METRES


def _why(metres: float | None, apart: timedelta, alike: float, *, same_photo: bool) -> tuple[Why, ...]:
    reasons = [Why("suggest.why-photo")] if same_photo else []
    if metres is not None:
        reasons.append(_far(metres))
    reasons.append(_ago(apart))
    if alike:
        reasons.append(Why("suggest.why-like", {"like": round(alike * 100)}))
    return tuple(reasons)


def _far(metres: float) -> Why:
    if metres < 10:
        return Why("suggest.why-same-spot")
    return Why("suggest.why-near", {"metres": round(metres / 10) * 10 if metres >= 20 else round(metres)})


def _ago(apart: timedelta) -> Why:
    hours = apart / timedelta(hours=1)
    if hours < 1 / 60:
        return Why("suggest.why-now")
    if hours < 1:
        return Why("suggest.why-minutes", {"many": round(hours * 60)})
    return (
        Why("suggest.why-hours", {"many": round(hours)})
        if hours < 48
        else Why("suggest.why-days", {"many": apart.days})
    )
