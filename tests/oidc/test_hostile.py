"""What a hostile provider, or somebody between, may answer: every one is refused, traced, and signs nobody in."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import jwt
import pytest
from django.test import Client
from oidc import hostile
from oidc.hostile import Hostile
from oidc.world import CLIENT, KEY, SECRET, configure

from haidang.access.models import Linked, Trace

pytestmark = pytest.mark.usefixtures("cast")


@pytest.fixture
def evil(cast: None) -> Iterator[Hostile]:
    with hostile.running() as one:
        configure(one.issuer)
        yield one


def way(evil: Hostile, client: Client | None = None, **more: str) -> tuple[Client, Any]:
    """Begin, and come back with a code; the answer of the callback."""
    client = client or Client()
    state = evil.begun(client.get(f"/login/sso/{KEY}/")["Location"])
    return client, client.get(f"/login/sso/{KEY}/callback", {"state": state, "code": "ma-so", **more})


def refused(client: Client, answer: Any, code: str) -> None:
    assert answer.status_code == 403, (answer.status_code, answer.content.decode()[:300])
    assert client.get("/me/").status_code == 404
    assert not Linked.objects.exists()
    row = Trace.objects.filter(who=f"sso:{KEY}", action="sign-in", outcome="denied").last()
    assert row is not None
    assert row.because.split()[0] == code, row.because


def test_a_sound_one_comes_in(evil: Hostile) -> None:
    """So that the others are refused for what is wrong with them."""
    client, answer = way(evil)
    assert answer.status_code == 302, answer.content.decode()[:300]
    assert client.get("/me/").status_code == 200
    asked = evil.asked[0]
    assert asked["grant_type"] == "authorization_code"
    assert len(asked["code_verifier"]) >= 43


def unsigned(evil: Hostile) -> str:
    return jwt.encode(evil.sound(), "", "none", headers={"kid": "own"})


def by_public_key(evil: Hostile) -> str:
    """HS256 with the provider's public key as the shared secret: the old confusion of algorithms."""
    return _hs256(evil, hostile.pem())


def by_client_secret(evil: Hostile) -> str:
    return _hs256(evil, SECRET.encode())


def _hs256(evil: Hostile, key: bytes) -> str:
    def part(value: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    text = f"{part({'alg': 'HS256', 'typ': 'JWT', 'kid': 'own'})}.{part(evil.sound())}"
    sign = hmac.new(key, text.encode(), hashlib.sha256).digest()
    return f"{text}.{base64.urlsafe_b64encode(sign).rstrip(b'=').decode()}"


def changed(evil: Hostile) -> str:
    """Signed, then another's sub put in."""
    head, _, sign = evil.signed().split(".")
    body = base64.urlsafe_b64encode(json.dumps(evil.sound(sub="quan-tri")).encode()).rstrip(b"=").decode()
    return f"{head}.{body}.{sign}"


NOW = int(time.time())
FORGED: dict[str, tuple[Callable[[Hostile], str], str]] = {
    "alg none": (unsigned, "sso-token"),
    "HS256 with the public key": (by_public_key, "sso-token"),
    "HS256 with the client secret": (by_client_secret, "sso-token"),
    "a stranger's key": (lambda evil: evil.signed(key="stranger"), "sso-token"),
    "a stranger's key under our kid": (lambda evil: evil.signed(key="stranger", head={"kid": "own"}), "sso-token"),
    "changed after signing": (changed, "sso-token"),
    "another issuer": (lambda evil: evil.signed(iss="https://vneid.example"), "sso-token"),
    "issuer with a slash": (lambda evil: evil.signed(iss=f"{evil.issuer}/"), "sso-token"),
    "another audience": (lambda evil: evil.signed(aud="trang-khac"), "sso-token"),
    "several audiences without azp": (lambda evil: evil.signed(aud=[CLIENT, "trang-khac"]), "sso-token"),
    "azp of another": (lambda evil: evil.signed(azp="trang-khac"), "sso-token"),
    "expired": (lambda evil: evil.signed(iat=NOW - 500, exp=NOW - 120), "sso-token"),
    "no expiry": (lambda evil: evil.signed(exp=None), "sso-token"),
    "made in the future": (lambda evil: evil.signed(iat=NOW + 3600, exp=NOW + 7200), "sso-token"),
    "made long ago": (lambda evil: evil.signed(iat=NOW - 7200, exp=NOW + 7200), "sso-token"),
    "not yet valid": (lambda evil: evil.signed(nbf=NOW + 3600), "sso-token"),
    "another nonce": (lambda evil: evil.signed(nonce="x" * 43), "sso-nonce"),
    "no nonce": (lambda evil: evil.signed(nonce=None), "sso-nonce"),
    "nobody": (lambda evil: evil.signed(sub=None), "sso-token"),
    "an empty somebody": (lambda evil: evil.signed(sub=""), "sso-token"),
    "a number for a somebody": (lambda evil: evil.signed(sub="x" * 300), "sso-token"),
    "at_hash of another": (lambda evil: evil.signed(at_hash="AAAAAAAAAAAAAAAAAAAAAA"), "sso-token"),
    "critical extension": (lambda evil: evil.signed(head={"crit": ["exp"]}), "sso-token"),
    "a logout token": (lambda evil: evil.signed(head={"typ": "logout+jwt"}), "sso-token"),
    "an access token": (lambda evil: evil.signed(head={"typ": "at+jwt"}), "sso-token"),
    "no token": (lambda evil: "", "sso-token"),
    "no token at all": (lambda evil: "a.b.c", "sso-token"),
    "a mountain": (lambda evil: "a" * 40_000, "sso-token"),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_token_signs_nobody_in(evil: Hostile, name: str) -> None:
    forge, code = FORGED[name]
    evil.token = lambda: forge(evil)
    refused(*way(evil), code)


def test_a_minute_of_another_clock_is_forgiven(evil: Hostile) -> None:
    now = int(time.time())
    evil.token = lambda: evil.signed(iat=now + 40, exp=now + 340)
    assert way(evil)[1].status_code == 302


def test_the_token_of_another_sign_in(evil: Hostile) -> None:
    """Swapped: a sound token of this provider for this centre, of a flow of somebody else's browser."""
    stolen: list[str] = []
    evil.token = lambda: stolen.append(evil.signed()) or stolen[0]
    way(evil)
    Linked.objects.all().delete()
    refused(*way(evil), "sso-nonce")


def test_a_state_is_good_once_and_in_its_own_browser(evil: Hostile) -> None:
    client = Client()
    state = evil.begun(client.get(f"/login/sso/{KEY}/")["Location"])
    back = {"state": state, "code": "ma-so"}
    stranger = Client()
    refused(stranger, stranger.get(f"/login/sso/{KEY}/callback", back), "sso-state")
    evil.token = lambda: "hong"
    refused(client, client.get(f"/login/sso/{KEY}/callback", back), "sso-token")
    evil.token = None
    refused(client, client.get(f"/login/sso/{KEY}/callback", back), "sso-state")
    refused(client, client.get(f"/login/sso/{KEY}/callback", {"code": "ma-so"}), "sso-state")


def test_a_state_does_not_wait_for_ever(evil: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    from haidang.access.identity.providers import protocol

    client = Client()
    state = evil.begun(client.get(f"/login/sso/{KEY}/")["Location"])
    now = time.time()
    monkeypatch.setattr(protocol.time, "time", lambda: now + 601)
    refused(client, client.get(f"/login/sso/{KEY}/callback", {"state": state, "code": "a"}), "sso-state")


def test_the_state_of_another_provider(evil: Hostile) -> None:
    """Mix-up: begun at one provider, answered at another's callback."""
    from haidang.access.gate import operator
    from haidang.access.identity.providers import actions
    from haidang.access.identity.providers.claims import Mapped

    said = actions.Said("Khác", evil.issuer, CLIENT, Mapped(), unknown="open", on=True)
    actions.keep(operator(), "khac", said)
    client = Client()
    state = evil.begun(client.get("/login/sso/khac/")["Location"])
    refused(client, client.get(f"/login/sso/{KEY}/callback", {"state": state, "code": "a"}), "sso-state")


def test_an_answer_that_names_another_issuer(evil: Hostile) -> None:
    refused(*way(evil, iss="https://vneid.example"), "sso-issuer")


def test_an_answer_that_must_name_its_issuer_and_does_not(evil: Hostile) -> None:
    evil.tells = {"authorization_response_iss_parameter_supported": True}
    refused(*way(evil), "sso-issuer")
    assert way(evil, iss=evil.issuer)[1].status_code == 302


def test_userinfo_of_somebody_else(evil: Hostile) -> None:
    evil.userinfo = {"sub": "quan-tri", "co_quan": "so-y-te"}
    refused(*way(evil), "sso-swapped")


def test_a_second_step_told_beside_the_token_does_not_count(evil: Hostile) -> None:
    """acr is believed of the signed token alone, never of the userinfo."""
    evil.userinfo = {"sub": "nguoi-that", "acr": "urn:vneid:loa:3"}
    client, _ = way(evil)
    assert client.session.get("factor") is None


def test_a_code_that_is_refused(evil: Hostile) -> None:
    evil.answer = {"token_type": "mac"}
    refused(*way(evil), "sso-code")


def test_a_description_of_another_issuer(evil: Hostile) -> None:
    evil.tells = {"issuer": "https://vneid.example"}
    client = Client()
    assert client.get(f"/login/sso/{KEY}/").status_code == 403


@pytest.mark.parametrize(
    "door",
    [
        "http://169.254.169.254/latest/meta-data",
        "http://93.184.216.34/token",
        "file:///etc/passwd",
        "http://x@127.0.0.1/",
    ],
)
def test_doors_that_lead_elsewhere(evil: Hostile, door: str) -> None:
    """A description may not make this machine call what only this machine reaches."""
    evil.tells = {"token_endpoint": door}
    client = Client()
    assert client.get(f"/login/sso/{KEY}/").status_code == 503
    assert not evil.asked


def test_a_key_that_comes_later_is_found(evil: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    """The provider changes its keys: the new one is fetched, but not at every token."""
    from haidang.access.identity.providers import discovery

    assert way(evil)[1].status_code == 302
    Linked.objects.all().delete()
    evil.keys, evil.token = ("own", "stranger"), lambda: evil.signed(key="stranger")
    refused(*way(evil), "sso-token")
    now = time.monotonic()
    monkeypatch.setattr(discovery.time, "monotonic", lambda: now + discovery.AGAIN + 1)
    assert way(evil)[1].status_code == 302
