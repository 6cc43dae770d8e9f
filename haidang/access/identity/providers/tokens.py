"""The proof of one signed token: algorithm, key, signature, issuer, audience, times. Never: knows a flow or a nonce."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from typing import Any

import jwt

from haidang.access.identity.providers import discovery
from haidang.access.identity.providers.discovery import Party
from haidang.words.errors import Denied

ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
"""Of public keys only: `none` proves nothing, and HS… would make a public key or the client's secret sign."""
SKEW = 60
"""Seconds the provider's clock may be off."""
OLD = 600
"""Seconds after which a token just made is not believed to be just made."""
MOST = 32_768


def proved(token: str, party: Party, *, typed: Collection[str]) -> Mapping[str, Any]:
    """The claims of a token of this party's provider, made for it, lately; `typed`: what its header's `typ` may be.

    Raises Denied('sso-token', found=…), Unavailable when the keys cannot be had.
    """
    if not token or len(token) > MOST:
        raise Denied("sso-token", found="size")
    try:
        head = jwt.get_unverified_header(token)
        algorithm = str(head.get("alg", ""))
        if algorithm not in ALGORITHMS or str(head.get("typ", "")) not in typed or "crit" in head:
            raise Denied("sso-token", found=algorithm[:20])
        claims: Mapping[str, Any] = jwt.decode(
            token,
            _key(party, head, algorithm),
            algorithms=[algorithm],
            audience=party.client_id,
            issuer=party.issuer,
            leeway=SKEW,
            options={"require": ["iss", "aud", "exp", "iat"]},
        )
    except jwt.PyJWTError as wrong:
        raise Denied("sso-token", found=type(wrong).__name__) from None
    _more(claims, party)
    return claims


def _key(party: Party, head: Mapping[str, Any], algorithm: str) -> jwt.PyJWK:
    """The provider's key a token names; raises Denied. A key that says its algorithm is used for no other."""
    for one in discovery.key(party.issuer, head.get("kid")):
        if one.get("alg", algorithm) == algorithm:
            try:
                return jwt.PyJWK(one, algorithm)
            except jwt.PyJWTError:
                continue
    raise Denied("sso-token", found="kid")


def _more(claims: Mapping[str, Any], party: Party) -> None:
    """What the library leaves: for whom it was made when for several, when, about whom."""
    audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    others = len(audience) > 1
    if (others or "azp" in claims) and claims.get("azp") != party.client_id:
        raise Denied("sso-token", found="azp")
    if not isinstance(claims.get("sub", claims.get("sid")), str) or len(str(claims.get("sub", ""))) > 255:
        raise Denied("sso-token", found="sub")
    if time.time() - int(claims["iat"]) > OLD:
        raise Denied("sso-token", found="iat")
