"""What a caller of GeoReport asks or sends, read out of the address and the form. Never: looks anything up."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from django.http import QueryDict

from haidang.cases.georeport.actions import Report
from haidang.cases.georeport.reads import CLOSED, OPEN, Asked
from haidang.words.errors import BadQuestion

SPAN = timedelta(days=90)
SIZE, MOST = 200, 1000
MOST_IDS = 500
_ATTRIBUTE = re.compile(r"^attribute\[([^\[\]]{1,64})\](?:\[\])?$")
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)


def asked(query: QueryDict, now: datetime) -> Asked:
    """Raises BadQuestion('open311-…'). Dates are of sending, at most 90 days apart; the last 90 when none is said."""
    ids = listed(query, "service_request_id")
    states = frozenset(one.lower() for one in listed(query, "status"))
    if wrong := states - {OPEN, CLOSED}:
        raise BadQuestion("open311-bad-status", found=min(wrong)[:20])
    since, until = _span(query, now)
    return Asked(
        ids=ids[:MOST_IDS],
        codes=listed(query, "service_code"),
        states=states,
        since=since,
        until=until,
        changed_since=when(query, "updated_after"),
        changed_until=when(query, "updated_before"),
        page=_whole(query, "page", 1, 1_000_000),
        size=MOST_IDS if ids else _whole(query, "page_size", SIZE, MOST),
    )


def listed(query: QueryDict, name: str) -> tuple[str, ...]:
    """A parameter said several times, or with commas."""
    return tuple(one.strip() for part in query.getlist(name) for one in part.split(",") if one.strip())


def _span(query: QueryDict, now: datetime) -> tuple[datetime, datetime | None]:
    since, until = when(query, "start_date"), when(query, "end_date")
    if since and until and until < since:
        raise BadQuestion("open311-backwards")
    if since and until and until - since > SPAN:
        raise BadQuestion("open311-too-wide", expected=SPAN.days)
    if since:
        return since, until or since + SPAN
    return max((until or now), _EARLIEST + SPAN) - SPAN, until


def when(query: QueryDict, name: str) -> datetime | None:
    """A moment with its zone (a bare one is UTC, a day is its beginning); None when it is not said."""
    said = query.get(name, "").strip().replace(" ", "+")
    if not said:
        return None
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        found = None
    if found is None or not 1970 <= found.year <= 2200:
        raise BadQuestion("open311-bad-date", found=said[:40], expected=name)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _whole(query: QueryDict, name: str, default: int, most: int) -> int:
    said = query.get(name, "").strip()
    if not said:
        return default
    if not said.isascii() or not said.isdecimal() or not 1 <= int(said[:12]) <= 10**11:
        raise BadQuestion("open311-bad-number", found=said[:20], expected=name)
    return min(int(said[:12]), most)


def report(form: QueryDict, *, language: str, key: str, files: tuple[str, ...] = ()) -> Report:
    """A report out of the form; raises BadQuestion('open311-no-code' | 'open311-bad-number')."""
    if not (code := form.get("service_code", "").strip()):
        raise BadQuestion("open311-no-code")
    plain = {
        "address": "address_string",
        "address_id": "address_id",
        "email": "email",
        "phone": "phone",
        "first_name": "first_name",
        "last_name": "last_name",
        "media_url": "media_url",
    }
    return Report(
        service=code,
        description=form.get("description", ""),
        lat=_degrees(form, "lat", 90),
        lon=_degrees(form, "long", 180),
        **{name: form.get(theirs, "").strip()[:300] for name, theirs in plain.items()},
        attributes=_attributes(form),
        files=files,
        language=language,
        key=key[:120],
    )


def _degrees(form: QueryDict, name: str, most: float) -> float | None:
    said = form.get(name, "").strip()
    if not said:
        return None
    try:
        found = float(said)
    except ValueError:
        found = math.nan
    if not abs(found) <= most:
        raise BadQuestion("open311-bad-number", found=said[:20], expected=name)
    return found


def _attributes(form: QueryDict) -> Mapping[str, tuple[str, ...]]:
    """`attribute[code]=value`, several values as `attribute[code][]=…`."""
    found: dict[str, tuple[str, ...]] = {}
    for name in form:
        if hit := _ATTRIBUTE.match(name):
            found[hit[1]] = (*found.get(hit[1], ()), *form.getlist(name))
    return found
