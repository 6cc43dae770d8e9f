"""OpenID Connect as a relying party: the one seam where whatever a provider says is proved before it is believed.

Code flow with PKCE, state and nonce. An ID token counts only when its signature is of the provider's own keys by an
algorithm of public keys, and issuer, audience, azp, nonce, times and at_hash are right. allauth's own client proves the
signature only sometimes and no nonce (docs/adr/0014-sso.md, tests/oidc). Never: keeps anything; knows accounts.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from haidang.access.identity.providers import discovery, wire
from haidang.access.identity.providers.discovery import Party
from haidang.access.identity.providers.tokens import proved
from haidang.network.calling import Reply
from haidang.words.errors import Denied, Unavailable

MINUTES = 10
"""How long somebody may stay at the provider before coming back."""
MOST_FLOWS = 5
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
FLOWS = "sso_flows"
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Identity:
    """Whom a provider vouches for. `signed`: claims of the ID token; `told`: those and the userinfo's.

    `token`: the ID token itself; `until`: when it ends (seconds since 1970); `flow`: what was noted at the beginning.
    """

    sub: str
    sid: str
    until: int
    token: str
    signed: Mapping[str, Any]
    told: Mapping[str, Any]
    flow: Mapping[str, Any]


def begin(party: Party, session: Any, back: str, **noted: Any) -> str:
    """The address to send the browser to; what must come back again waits in the session.

    `back`: our callback; `noted`: what the callback wants to know (JSON). Raises as discovery.found.
    """
    place = discovery.found(party.issuer)
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    flow = {"provider": party.key, "nonce": nonce, "verifier": verifier, "back": back, "at": time.time(), **noted}
    waiting = sorted(session.get(FLOWS, {}).items(), key=lambda one: float(one[1]["at"]))[-(MOST_FLOWS - 1) :]
    session[FLOWS] = {**dict(waiting), state: flow}
    asked = {
        "response_type": "code",
        "client_id": party.client_id,
        "redirect_uri": back,
        "scope": party.scopes,
        "state": state,
        "nonce": nonce,
        "code_challenge": _challenge(verifier),
        "code_challenge_method": "S256",
    } | ({"acr_values": " ".join(party.acr)} if party.acr else {})
    return f"{place.authorization}{'&' if '?' in place.authorization else '?'}{urlencode(asked)}"


def finish(party: Party, session: Any, answered: Mapping[str, str]) -> Identity:
    """Prove what came back (the query of the callback).

    Raises Denied('sso-state' | 'sso-refused-there' | 'sso-issuer' | 'sso-code' | 'sso-token' …), Unavailable.
    """
    flow = _flow(party, session, answered.get("state", ""))
    place = discovery.found(party.issuer)
    said = answered.get("iss")
    if (said is None and place.says_issuer) or (said is not None and said != place.issuer):
        raise Denied("sso-issuer")
    if answered.get("error") or not answered.get("code"):
        raise Denied("sso-refused-there", found=answered.get("error", "")[:60])
    told = _redeem(party, place, answered["code"], flow)
    token, access = str(told.get("id_token", "")), str(told.get("access_token", ""))
    signed = proved(token, party, typed=("JWT", ""))
    _of_this_flow(signed, flow, access, token)
    more = _userinfo(place, access, str(signed["sub"])) if access else {}
    return Identity(
        str(signed["sub"]), str(signed.get("sid", "")), int(signed["exp"]), token, signed, {**more, **signed}, flow
    )


def logout_token(party: Party, token: str) -> Mapping[str, Any]:
    """The claims of a logout token; raises Denied('sso-logout-token'). That it came before is the caller's to know."""
    told = proved(token, party, typed=("logout+jwt", "JWT", ""))
    events = told.get("events")
    sound = (
        isinstance(events, dict)
        and isinstance(events.get(LOGOUT), dict)
        and "nonce" not in told
        and bool(told.get("jti"))
        and bool(told.get("sid") or told.get("sub"))
    )
    if not sound:
        raise Denied("sso-logout-token")
    return told


def sign_out(party: Party, hint: str, back: str) -> str:
    """Where the browser goes to sign out at the provider too; "" when it offers none or cannot be reached."""
    try:
        place = discovery.found(party.issuer)
    except Unavailable:
        return ""
    asked = {"client_id": party.client_id, "post_logout_redirect_uri": back} | ({"id_token_hint": hint} if hint else {})
    return f"{place.end_session}?{urlencode(asked)}" if place.end_session else ""


def _flow(party: Party, session: Any, state: str) -> Mapping[str, Any]:
    """What was noted for a state, taken out: a state is good once, in one browser, at one provider."""
    flows = dict(session.get(FLOWS, {}))
    flow: Mapping[str, Any] | None = flows.pop(state, None)
    session[FLOWS] = flows
    if flow is None or flow["provider"] != party.key or time.time() - float(flow["at"]) > MINUTES * 60:
        raise Denied("sso-state")
    return flow


def _redeem(party: Party, place: discovery.Place, code: str, flow: Mapping[str, Any]) -> dict[str, Any]:
    """Exchange the code, once; raises Denied('sso-code'), Unavailable."""
    sent = {"grant_type": "authorization_code", "code": code, "redirect_uri": str(flow["back"])}
    reply = ask_token(party, place, {**sent, "code_verifier": str(flow["verifier"])})
    if reply.status >= 500:
        raise Unavailable("provider-silent", found=place.token, why=str(reply.status), retry=60)
    told = _json(reply)
    if reply.status != 200 or str(told.get("token_type", "")).lower() != "bearer":
        raise Denied("sso-code", found=str(told.get("error", reply.status))[:60])
    return told


def ask_token(party: Party, place: discovery.Place, sent: Mapping[str, str]) -> Reply:
    """Post to the token endpoint as this client."""
    headers, more = {"Content-Type": _FORM}, {"client_id": party.client_id}
    if party.secret and "client_secret_basic" in place.methods:
        pair = f"{quote(party.client_id, safe='')}:{quote(party.secret, safe='')}"
        headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        more = {}
    elif party.secret:
        more["client_secret"] = party.secret
    return wire.fetch("POST", place.token, headers, urlencode({**sent, **more}).encode())


def _of_this_flow(signed: Mapping[str, Any], flow: Mapping[str, Any], access: str, token: str) -> None:
    """Raises Denied('sso-nonce' | 'sso-token')."""
    if not hmac.compare_digest(str(signed.get("nonce", "")).encode(), str(flow["nonce"]).encode()):
        raise Denied("sso-nonce")
    if not signed.get("sub"):
        raise Denied("sso-token", found="sub")
    if "at_hash" in signed and not hmac.compare_digest(str(signed["at_hash"]), _half(access, token)):
        raise Denied("sso-token", found="at_hash")


def _half(access: str, token: str) -> str:
    """at_hash: the left half of the access token's digest, by the digest of the signature's algorithm."""
    head = token.partition(".")[0]
    name = json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4))).get("alg", "")
    made = hashlib.new({"384": "sha384", "512": "sha512"}.get(name[-3:], "sha256"), access.encode()).digest()
    return base64.urlsafe_b64encode(made[: len(made) // 2]).rstrip(b"=").decode()


def _userinfo(place: discovery.Place, access: str, sub: str) -> dict[str, Any]:
    """More claims, of the same person only; raises Denied('sso-swapped')."""
    if not place.userinfo:
        return {}
    reply = wire.fetch("GET", place.userinfo, {"Authorization": f"Bearer {access}"})
    if reply.status != 200 or "json" not in reply.kind:
        return {}
    told = _json(reply)
    if told.get("sub") != sub:
        raise Denied("sso-swapped")
    return told


def _json(reply: Reply) -> dict[str, Any]:
    try:
        found = json.loads(reply.body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
