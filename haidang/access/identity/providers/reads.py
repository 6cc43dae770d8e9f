"""The providers this centre knows, and who is linked to them. Never: writes, gives a secret to a screen."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from haidang.access.identity.providers import claims
from haidang.access.identity.providers.discovery import Party
from haidang.access.models import Account, Linked, Provider, SignedBy
from haidang.access.territory import inside, unit_id
from haidang.words import sealing
from haidang.words.errors import Absent, NotNow
from haidang.words.nouns import ANY, Label, Level

PURPOSE = "haidang providers v1"
SESSION = "sso"
"""Key of a session opened by a provider: {"provider": key, "until": seconds since 1970, 0 when it does not say}."""


@dataclass(frozen=True)
class Face:
    """A provider as screens show it; `kept`: whether a secret is kept; `people`: how many are linked."""

    key: str
    name: Label
    issuer: str
    client_id: str
    scopes: str
    mapping: claims.Mapped
    unknown: str
    level: Level
    place: str
    days: int
    bounded: bool
    on: bool
    kept: bool
    people: int


@dataclass(frozen=True)
class Link:
    """One account's link: the provider's key and name, since when, last used."""

    provider: str
    name: Label
    since: datetime
    last: datetime | None


def providers() -> tuple[Face, ...]:
    """Every provider, on or off."""
    return tuple(_face(row) for row in Provider.objects.all())


def offered() -> tuple[tuple[str, Label], ...]:
    """(key, name) of those people may sign in by now."""
    return tuple((row.key, _name(row)) for row in Provider.objects.filter(on=True))


def provider(key: str) -> Face:
    """Raises Absent('unknown-provider')."""
    return _face(row(key))


def row(key: str, *, on: bool = False) -> Provider:
    """Its row, for this room; raises Absent('unknown-provider'), also for one that is off when it must be on."""
    found = Provider.objects.filter(key=key[:32]).first()
    if found is None or (on and not found.on):
        raise Absent("unknown-provider", found=key[:32])
    return found


def party(key: str, *, on: bool = True) -> Party:
    """This centre as the provider's client.

    Raises Absent('unknown-provider'), NotNow('provider-secret') when its secret was sealed with another key.
    """
    kept = row(key, on=on)
    acr = tuple(kept.mapping.get("acr", ()))
    return Party(kept.key, kept.issuer, kept.client_id, unsealed(kept.secret), kept.scopes, acr)


def unsealed(text: str) -> str:
    """Raises NotNow('provider-secret')."""
    try:
        return sealing.unseal(text, key=machine_key(), purpose=PURPOSE) if text else ""
    except ValueError:
        raise NotNow("provider-secret") from None


def machine_key() -> str:
    return settings.SEAL_KEY or settings.SECRET_KEY


def ceiling(kept: Provider) -> claims.Ceiling:
    """What no grant by this provider's mapping goes above."""
    return claims.Ceiling(Level(kept.level), lambda place: _within(place, kept.place), kept.place)


def _within(place: str, outer: str) -> bool:
    if outer == ANY:
        return True
    return inside(unit_id(place)) <= inside(unit_id(outer))


def links(account: Account) -> tuple[Link, ...]:
    rows = Linked.objects.filter(account=account).select_related("provider")
    return tuple(Link(one.provider.key, _name(one.provider), one.since, one.last) for one in rows)


def over(session: Mapping[str, Any]) -> bool:
    """Whether the provider's token, on which this session stands, has ended."""
    until = (session.get(SESSION) or {}).get("until") or 0
    return bool(until) and time.time() >= until


def hint(session: Mapping[str, Any], key: str | None) -> tuple[str, str]:
    """(provider, ID token) by which this session was opened, to sign out there too; "" where there is none."""
    said = session.get(SESSION) or {}
    found = SignedBy.objects.filter(session=key or "").order_by("-pk").first()
    try:
        return str(said.get("provider", "")), unsealed(found.hint) if found else ""
    except NotNow:
        return str(said.get("provider", "")), ""


def _face(kept: Provider) -> Face:
    names = ("key", "issuer", "client_id", "scopes", "unknown", "place", "days", "bounded", "on")
    return Face(
        **{name: getattr(kept, name) for name in names},
        name=_name(kept),
        mapping=claims.read(kept.mapping),
        level=Level(kept.level),
        kept=bool(kept.secret),
        people=kept.links.count(),
    )


def _name(kept: Provider) -> Label:
    return Label(kept.name_vi, kept.name_en or kept.name_vi)
