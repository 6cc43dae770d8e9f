"""How long a session lasts: the kind of session, when it ends and why, and its device in words.

Never: writes (actions and the threshold do).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from haidang.access.identity.rules import Rules

IDLE, OVER = "idle", "over"
_MOBILE = re.compile(r"Mobi|Android|iPhone|iPad|iPod")
_BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("coc_coc", "Cốc Cốc"), ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True)
class Session:
    """One session of an account; `key` names it outside (never the cookie's own value), `kind` web | mobile | admin."""

    key: str
    device: str
    address: str
    since: datetime
    seen: datetime
    kind: str
    ends: datetime
    this: bool = False


def mobile(agent: str) -> bool:
    """Whether a browser's own words are those of a telephone or tablet."""
    return bool(_MOBILE.search(agent))


def device(agent: str) -> tuple[str, str]:
    """Browser and system as people call them, "" for one not known: ("Chrome", "Windows")."""
    return _first(_BROWSERS, agent), _first(_SYSTEMS, agent)


def _first(known: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for sign, name in known if sign in agent), "")


def kind(agent: str, *, admin: bool, service: bool) -> str:
    """`service` (a screen on a wall) | `mobile` | `admin` | `web`."""
    if service:
        return "service"
    return "admin" if admin else "mobile" if mobile(agent) else "web"


def ends(kind_: str, since: datetime, seen: datetime, by: Rules) -> datetime:
    """When a session ends if nothing more is done."""
    if kind_ == "service":
        return since + timedelta(hours=by.service_hours)
    idle = seen + timedelta(minutes=by.idle_minutes[kind_])
    return min(idle, since + timedelta(hours=by.absolute_hours))


def ended(kind_: str, since: datetime, seen: datetime, now: datetime, by: Rules) -> str:
    """Why a session has ended by `now`: IDLE, OVER, or "" when it goes on."""
    if now < ends(kind_, since, seen, by):
        return ""
    most = by.service_hours if kind_ == "service" else by.absolute_hours
    return OVER if now >= since + timedelta(hours=most) else IDLE
