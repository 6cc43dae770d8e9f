"""One act as a form sent it → what the room of Cases is asked to do. Never: acts, keeps a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from haidang.cases.actions import Wanted
from haidang.cases.faces import Whole
from haidang.catalog.places import register
from haidang.words.errors import BadQuestion

PLAIN = ("title", "category", "address")
TICKS = ("urgent", "public")
_KEY = re.compile(r"^[\w-]{1,64}$")


def wanted(request: HttpRequest, act: str, whole: Whole, files: tuple[str, ...]) -> Wanted:
    """Raises BadQuestion('not-a-date', 'unknown-unit')."""
    said = request.POST
    return Wanted(
        act,
        words=said.get("words", "").strip(),
        office=said.get("office", "")[:64],
        due=_moment(said.get("due", "")),
        into=_number(said.get("into", "")),
        rating=_number(said.get("rating", "")),
        fields=corrections(said, whole) if act == "correct" else {},
        files=files,
        open_files=tuple(key for key in said.getlist("open_files")[:12] if _KEY.match(key)),
        version=_number(said.get("version", "")),
        once=said.get("once", "")[:80],
    )


def corrections(said: Mapping[str, str], whole: Whole) -> dict[str, Any]:
    """Of what the form held, what differs from how the Case stands; a place is named by its code as it is today.

    A box that is not ticked is not sent: `boxes` says that the form had some.
    """
    line = whole.line
    now: dict[str, Any] = {"title": line.title, "category": line.category, "address": whole.address}
    now |= {"urgent": line.urgent, "public": whole.public}
    new: dict[str, Any] = {name: said[name].strip() for name in PLAIN if name in said}
    new |= {name: said.get(name) == "1" for name in TICKS if "boxes" in said}
    changed = {name: value for name, value in new.items() if value != now[name]}
    code = said.get("place", "")
    if code and code != line.unit.partition("@")[0]:
        unit = register().at(code, timezone.localdate())
        if unit is None:
            raise BadQuestion("unknown-unit", found=code[:40])
        changed["unit"] = unit.id
    return changed


def _number(text: str) -> int:
    digits = text.strip().lstrip("#")
    return int(digits) if digits.isdecimal() and len(digits) < 16 else 0


def _moment(text: str) -> datetime | None:
    """As `<input type=datetime-local>` sends it, in the time of this centre."""
    if not text.strip():
        return None
    try:
        return timezone.make_aware(datetime.fromisoformat(text.strip()))
    except ValueError:
        raise BadQuestion("not-a-date", found=text[:40]) from None
