"""What pushes of providers have in common: the object in the body, moments, files. Never: knows a provider."""

from __future__ import annotations

import hmac
import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from haidang.cases.channels import Enclosure, Posted
from haidang.words.errors import BadQuestion

Told = dict[str, Any]
KINDS = {"image": "photo", "photo": "photo", "gif": "photo", "video": "video", "audio": "audio"}


def told(posted: Posted) -> Told:
    """The JSON object of a body; raises BadQuestion('push-unreadable')."""
    try:
        found = json.loads(posted.body)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise BadQuestion("push-unreadable", found=posted.body[:20].decode("latin-1"))
    return found


def inner(found: Any, *names: str) -> Told:
    """An object within objects; {} where there is none."""
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def objects(found: Any) -> list[Told]:
    """The objects of a list; [] of anything else."""
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def text(found: Told, name: str, most: int = 8000) -> str:
    """A text of an object, numbers too; "" for anything else."""
    value = found.get(name)
    return str(value).strip()[:most] if isinstance(value, str | int) and not isinstance(value, bool) else ""


def moment(stamp: str) -> datetime | None:
    """Seconds or milliseconds since 1970; None of anything else."""
    if not stamp.isdecimal() or not 9 <= len(stamp) <= 14:
        return None
    return datetime.fromtimestamp(int(stamp) / (1000 if len(stamp) > 11 else 1), UTC)


def degrees(value: Any, most: float) -> float | None:
    """A coordinate, written as a number or a text; None outside ±most."""
    try:
        found = float(value)
    except (TypeError, ValueError):
        return None
    return found if abs(found) <= most else None


def files(attachments: Any) -> tuple[Enclosure, ...]:
    """Files of a message by their address, at most six."""
    found: list[Enclosure] = []
    for one in objects(attachments):
        url = text(inner(one, "payload"), "url", 2000)
        kind = KINDS.get(text(one, "type", 20))
        if kind and url.startswith(("https://", "http://")):
            found.append(Enclosure(name=f"{kind}-{len(found) + 1}", kind=kind, url=url))
    return tuple(found[:6])


def signed(secret: str, body: bytes, given: str) -> bool:
    """Whether `given` is the HMAC-SHA-256 of the body, in hexadecimal digits; compared in constant time."""
    right = hmac.new(secret.encode(), body, sha256).hexdigest()
    return bool(secret) and hmac.compare_digest(right.encode(), given.strip().lower().encode())
