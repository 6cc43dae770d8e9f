"""A trial of a provider before anybody signs in by it: its description, keys, what it offers, and our secret.

Never: signs anybody in; keeps what it saw.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass

from haidang.access.identity.providers import discovery, protocol, tokens
from haidang.access.identity.providers.discovery import Party, Place
from haidang.words.errors import HaiDangError

GOOD, WATCH, BAD = "good", "watch", "bad"


@dataclass(frozen=True)
class Line:
    """One thing that was tried: `code` of its text, how it stands, what was found."""

    code: str
    state: str
    found: str = ""


def tried(party: Party, back: str) -> tuple[Line, ...]:
    """Every line, as far as one gets; `back`: our callback, which the provider must know."""
    discovery.forget()
    try:
        place = discovery.found(party.issuer)
        keys = discovery.key(party.issuer, None)
    except HaiDangError as trouble:
        return (Line("provider-try.reached", BAD, trouble.code),)
    return (
        Line("provider-try.reached", GOOD, place.issuer),
        _keys(keys),
        Line("provider-try.pkce", GOOD if "S256" in place.challenges else WATCH, ", ".join(place.challenges)),
        _secret(party, place, back),
        Line("provider-try.end-session", GOOD if place.end_session else WATCH),
        Line("provider-try.back-channel", GOOD if place.logs_out else WATCH),
    )


def _keys(keys: list[dict[str, object]]) -> Line:
    named = sorted({str(one.get("alg") or one.get("kty")) for one in keys})
    usable = [one for one in keys if one.get("kty") in ("RSA", "EC", "OKP")]
    sound = usable and all(str(one.get("alg", "RS256")) in tokens.ALGORITHMS for one in usable)
    return Line("provider-try.keys", GOOD if sound else BAD, ", ".join(named))


def _secret(party: Party, place: Place, back: str) -> Line:
    """A code that is none is refused as such by whoever accepts client and secret."""
    sent = {"grant_type": "authorization_code", "code": secrets.token_urlsafe(24), "redirect_uri": back}
    try:
        reply = protocol.ask_token(party, place, {**sent, "code_verifier": secrets.token_urlsafe(32)})
        said = json.loads(reply.body).get("error", "")
    except (HaiDangError, ValueError, AttributeError):
        return Line("provider-try.secret", BAD, "?")
    state = GOOD if said == "invalid_grant" else BAD
    return Line("provider-try.secret", state, "" if state == GOOD else str(said)[:60])
