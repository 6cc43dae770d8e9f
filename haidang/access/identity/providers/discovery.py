"""A provider's own description and its keys, kept ten minutes per process.

A key asked for by name that is not there has them fetched anew, at most every half minute.
Never: believes a description of another issuer.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any

from haidang.access.identity.providers import wire
from haidang.words.errors import Denied, Unavailable

FRESH = 600.0
AGAIN = 30.0
_MOST = 32
_places: dict[str, tuple[float, Place]] = {}
_keys: dict[str, tuple[float, list[dict[str, Any]]]] = {}


@dataclass(frozen=True)
class Party:
    """This centre as a client of a provider; `secret` in clear, for the time of a request."""

    key: str
    issuer: str
    client_id: str
    secret: str = ""
    scopes: str = "openid profile"
    acr: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where a provider's doors are, and what it says of itself."""

    issuer: str
    authorization: str
    token: str
    jwks: str
    userinfo: str = ""
    end_session: str = ""
    methods: tuple[str, ...] = ("client_secret_basic",)
    challenges: tuple[str, ...] = ()
    says_issuer: bool = False
    logs_out: bool = False


def found(issuer: str) -> Place:
    """Raises Unavailable('provider-silent' | 'provider-unreadable'), Denied('sso-issuer'), IntakeStopped (address)."""
    kept = _places.get(issuer)
    if kept and time.monotonic() - kept[0] < FRESH:
        return kept[1]
    place = _asked(issuer)
    if len(_places) >= _MOST:
        _places.clear()
    _places[issuer] = (time.monotonic(), place)
    return place


def forget() -> None:
    """Ask anew whatever was kept (a provider was changed; tests)."""
    _places.clear()
    _keys.clear()


def _asked(issuer: str) -> Place:
    told = _document(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if told.get("issuer") != issuer:
        raise Denied("sso-issuer", found=str(told.get("issuer", ""))[:120])
    doors = {
        name: str(told.get(f"{name}_endpoint", "")) for name in ("authorization", "token", "userinfo", "end_session")
    }
    place = Place(
        issuer,
        **doors,
        jwks=str(told.get("jwks_uri", "")),
        methods=tuple(told.get("token_endpoint_auth_methods_supported") or ("client_secret_basic",)),
        challenges=tuple(told.get("code_challenge_methods_supported") or ()),
        says_issuer=bool(told.get("authorization_response_iss_parameter_supported")),
        logs_out=bool(told.get("backchannel_logout_supported")),
    )
    for door in filter(None, (place.authorization, place.token, place.jwks, place.userinfo, place.end_session)):
        wire.check(door)
    if not (place.authorization and place.token and place.jwks):
        raise Unavailable("provider-unreadable", found=issuer, retry=60)
    return place


def key(issuer: str, kid: str | None) -> list[dict[str, Any]]:
    """Keys for signatures that bear this name; with None, every one. Empty when there is none."""
    place = found(issuer)
    at, keys = _keys.get(issuer, (0.0, []))
    if not keys or time.monotonic() - at > FRESH or (not _named(keys, kid) and time.monotonic() - at > AGAIN):
        keys = [one for one in _document(place.jwks).get("keys", []) if isinstance(one, dict)]
        _keys[issuer] = (time.monotonic(), keys)
    return _named(keys, kid)


def _named(keys: list[dict[str, Any]], kid: str | None) -> list[dict[str, Any]]:
    return [one for one in keys if one.get("use", "sig") == "sig" and (kid is None or one.get("kid") == kid)]


def _document(url: str) -> dict[str, Any]:
    reply = wire.fetch("GET", url)
    try:
        told = json.loads(reply.body) if reply.status == 200 else None
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise Unavailable("provider-unreadable", found=url[:200], retry=60)
    return told
