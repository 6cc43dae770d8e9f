"""Signing out from either side: at the centre with the provider following, and at the provider with the centre."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from oidc import hostile
from oidc.hostile import Hostile
from oidc.world import CLIENT, KEY, Real, configure

from haidang.access.identity.providers.protocol import LOGOUT
from haidang.access.models import SignedBy, Trace

TOKEN = f"/login/sso/{KEY}/logout-token"


def inside(client: Client) -> bool:
    return client.get("/me/").status_code == 200


def test_signing_out_here_goes_on_to_sign_out_there(configured: Real) -> None:
    configured.next("lan", claims={"name": "Lan"})
    client = Client()
    configured.sign_in(client)
    done = client.post("/logout/")
    assert done["Location"] == f"/login/sso/{KEY}/left"
    assert not inside(client)
    page = client.get(done["Location"])
    away = page["Refresh"].partition("url=")[2]
    assert "Đăng xuất khỏi VNeID thử" in page.content.decode()
    asked = parse_qs(urlsplit(away).query)
    assert asked["post_logout_redirect_uri"] == ["http://testserver/login/"]
    assert asked["id_token_hint"][0].count(".") == 2
    there = configured.browser.get(away)
    assert there.status_code == 200
    assert "logoutForm" in there.text, "the provider knows the hint and asks its own user"
    assert not SignedBy.objects.exists()


def test_signing_out_there_ends_the_sessions_here(configured: Real) -> None:
    """The provider's own logout token, posted by it, ends the session of its sid and no other."""
    configured.next("lan", claims={"name": "Lan"})
    first, second = Client(), Client()
    configured.sign_in(first)
    kept = dict(configured.browser.cookies)
    configured.browser.cookies.clear()
    configured.sign_in(second)
    assert inside(first)
    assert inside(second)
    _sign_out_there(configured, kept)
    token = configured.logouts[-1]
    done = Client(enforce_csrf_checks=True).post(TOKEN, {"logout_token": token})
    assert done.status_code == 200
    assert done["Cache-Control"] == "no-store"
    assert not inside(first)
    assert inside(second), "of another sign-in there"
    assert Trace.objects.filter(who=f"sso:{KEY}", action="sign-out").exists()
    assert Client().post(TOKEN, {"logout_token": token}).status_code == 400, "good once"


def _sign_out_there(provider: Real, cookies: dict[str, str]) -> None:
    import re

    provider.browser.cookies.clear()
    provider.browser.cookies.update(cookies)
    page = provider.browser.get(f"{provider.issuer}/session/end", params={"client_id": CLIENT})
    form = re.search(r'name="xsrf" value="([^"]+)"', page.text)
    assert form, page.text[:500]
    provider.browser.post(f"{provider.issuer}/session/end/confirm", data={"xsrf": form[1], "logout": "yes"})
    for _ in range(50):
        if provider.logouts:
            return
        time.sleep(0.1)
    raise AssertionError("the provider posted no logout token")


@pytest.fixture
def evil(cast: None) -> Iterator[Hostile]:
    with hostile.running() as one:
        configure(one.issuer)
        yield one


@pytest.fixture
def signed_in(evil: Hostile) -> Client:
    client = Client()
    evil.token = lambda: evil.signed(sid="phien-1")
    state = evil.begun(client.get(f"/login/sso/{KEY}/")["Location"])
    assert client.get(f"/login/sso/{KEY}/callback", {"state": state, "code": "a"}).status_code == 302
    return client


def token(evil: Hostile, **more: Any) -> str:
    said = {"nonce": None, "events": {LOGOUT: {}}, "jti": str(time.time()), "sid": "phien-1", **more}
    head = said.pop("head", {"typ": "logout+jwt"})
    return evil.signed(head=head, key=said.pop("key", "own"), **said)


@pytest.mark.parametrize("said", [{}, {"sid": None}, {"sub": None}], ids=["sid and sub", "sub alone", "sid alone"])
def test_a_sound_logout_token_ends_the_session(evil: Hostile, signed_in: Client, said: dict[str, Any]) -> None:
    assert Client().post(TOKEN, {"logout_token": token(evil, **said)}).status_code == 200
    assert not inside(signed_in)


@pytest.mark.parametrize(
    "said",
    [
        {"events": None},
        {"events": {}},
        {"events": {LOGOUT: "x"}},
        {"nonce": "a"},
        {"jti": None},
        {"sid": None, "sub": None},
        {"aud": "trang-khac"},
        {"iss": "https://vneid.example"},
        {"key": "stranger"},
        {"exp": 1},
        {"iat": 1},
        {"head": {"typ": "at+jwt"}},
    ],
    ids=str,
)
def test_a_logout_token_that_is_none_ends_nothing(evil: Hostile, signed_in: Client, said: dict[str, Any]) -> None:
    """An ID token among them: without `events` it is refused, so that a stolen one signs nobody out."""
    assert Client().post(TOKEN, {"logout_token": token(evil, **said)}).status_code == 400
    assert inside(signed_in)


def test_a_logout_token_of_another_person_or_session(evil: Hostile, signed_in: Client) -> None:
    for said in ({"sid": "phien-2"}, {"sid": None, "sub": "ai-khac"}, {"sub": "ai-khac"}):
        assert Client().post(TOKEN, {"logout_token": token(evil, **said)}).status_code == 200
        assert inside(signed_in), said


def test_no_provider_no_token(cast: None) -> None:
    assert Client().post(TOKEN, {"logout_token": "a"}).status_code == 400
    assert Client().get(TOKEN).status_code == 405


def test_what_vouched_for_a_session_goes_when_it_is_over(evil: Hostile, signed_in: Client) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from haidang.jobs.duties import vouched_sessions

    vouched_sessions.run(timezone.now())
    assert SignedBy.objects.count() == 1
    vouched_sessions.run(timezone.now() + timedelta(days=2))
    assert not SignedBy.objects.exists()
