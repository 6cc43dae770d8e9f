"""Providers on screen: adding, changing, trying, removing; secrets sealed, identity numbers as digests."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from doors import enter
from oidc.world import BACK, CCCD, CLIENT, KEY, SECRET, Real, configure

from haidang.access.identity.providers import claims, reads
from haidang.access.identity.providers.claims import Ceiling, Mapped, Rule
from haidang.access.models import GrantRow, Linked, Provider, Trace
from haidang.words.errors import BadQuestion, NotNow
from haidang.words.nouns import Level


def form(at: str, **more: str) -> dict[str, str]:
    said = {"key": KEY, "name_vi": "VNeID", "name_en": "", "issuer": at, "client_id": CLIENT, "secret": SECRET}
    said |= {"scopes": "openid profile work", "unknown": "refuse", "ceiling": "internal", "place": "20", "days": "30"}
    said |= {"on": "1", "title": "name", "acr": "", "amr": "mfa, otp"}
    rule = {"claim": "vai_tro", "value": "xem", "to": "grant", "action": "read", "pack": "y-te", "place": "20"}
    return {**said, **{f"{name}-0": value for name, value in {**rule, "key": "", "level": "internal"}.items()}, **more}


def test_an_administrator_adds_one_on_screen(provider: Real, cast: None) -> None:
    client = enter("quan-tri")
    done = client.post("/providers/new", form(provider.issuer))
    assert done.status_code == 302, done.content.decode()[:600]
    kept = Provider.objects.get(key=KEY)
    assert SECRET not in kept.secret
    assert reads.party(KEY).secret == SECRET
    page = client.get(f"/providers/{KEY}").content.decode()
    assert SECRET not in page
    assert f"{BACK}" in page
    assert reads.provider(KEY).mapping.rules[0] == Rule("vai_tro", "xem", "grant", "", "read", "y-te", "20", "internal")
    assert reads.provider(KEY).mapping.amr == ("mfa", "otp")
    client.post(f"/providers/{KEY}", form(provider.issuer, secret="", name_vi="Tên mới"))
    assert reads.party(KEY).secret == SECRET, "an empty field leaves the secret that is kept"
    assert "Tên mới" in Client().get("/login/").content.decode()
    assert Trace.objects.filter(action="provider", subject=KEY).count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "Có dấu"},
        {"key": "new"},
        {"issuer": ""},
        {"scopes": "profile"},
        {"ceiling": "tối mật"},
        {"days": "0"},
        {"action-0": "manage"},
        {"action-0": "audit"},
        {"to-0": "office", "key-0": "khong-co"},
        {"place-0": "99999"},
        {"level-0": "x"},
    ],
    ids=str,
)
def test_what_is_wrong_is_said_and_nothing_is_kept(cast: None, wrong: dict[str, str]) -> None:
    client = enter("quan-tri")
    done = client.post("/providers/new", form("http://127.0.0.1:9", **wrong))
    assert done.status_code == 422
    assert 'role="alert"' in done.content.decode()
    assert not Provider.objects.exists()


def test_trying_one(configured: Real) -> None:
    client = enter("quan-tri")
    page = client.post(f"/providers/{KEY}/test", headers={"HX-Request": "true"}).content.decode()
    assert page.count("<li>") == 6
    assert "var(--bad)" not in page
    lines = {line.code: line.state for line in _tried()}
    assert set(lines.values()) == {"good"}, lines
    configure(configured.issuer, secret="sai")
    assert {line.code for line in _tried() if line.state == "bad"} == {"provider-try.secret"}
    configure("http://127.0.0.1:9")
    assert [line.state for line in _tried()] == ["bad"]


def _tried() -> Any:
    from haidang.access.identity.providers.trial import tried

    return tried(reads.party(KEY), BACK)


def test_removing_takes_links_grants_and_sessions(configured: Real) -> None:
    configured.next("lan", claims={"name": "Lan", "vai_tro": "xem-y-te"})
    client = Client()
    configured.sign_in(client)
    assert GrantRow.objects.filter(given_by=f"sso:{KEY}").exists()
    admin = enter("quan-tri")
    assert "1" in admin.get(f"/providers/{KEY}/remove").content.decode()
    assert Provider.objects.exists(), "a look removes nothing"
    admin.post(f"/providers/{KEY}/remove")
    assert not Provider.objects.exists()
    assert not Linked.objects.exists()
    assert not GrantRow.objects.filter(given_by=f"sso:{KEY}").exists()
    assert client.get("/me/").status_code != 200


def test_the_issuer_stays_once_people_are_linked(configured: Real) -> None:
    configured.next("lan", claims={"name": "Lan"})
    configured.sign_in(Client())
    with pytest.raises(BadQuestion, match="provider-issuer-stays"):
        configure("http://127.0.0.1:9")


def test_one_that_is_off_signs_nobody_in(configured: Real) -> None:
    configure(configured.issuer, on=False)
    assert Client().get(f"/login/sso/{KEY}/").status_code == 404
    assert "VNeID thử" not in Client().get("/login/").content.decode()


def test_a_secret_sealed_with_another_key(configured: Real, settings: Any) -> None:
    settings.SEAL_KEY = "khoa-khac"
    with pytest.raises(NotNow, match="provider-secret"):
        reads.party(KEY)
    assert Client().get(f"/login/sso/{KEY}/").status_code == 503


def test_an_identity_number_in_a_rule_is_kept_as_a_digest() -> None:
    said = Mapped(rules=(Rule("citizen_id", CCCD, "post", "giam-doc"), Rule("a.cccd", CCCD, "post", "pho-giam-doc")))
    kept = claims.written(said, key="k")
    assert CCCD not in str(kept)
    assert claims.written(claims.read(kept), key="k") == kept, "saved again it is the same"
    top = Ceiling(Level.INTERNAL, lambda place: True)
    assert claims.meant({"citizen_id": CCCD}, {}, claims.read(kept), top, key="k").post == "giam-doc"
    assert claims.meant({"a": {"cccd": CCCD}}, {}, claims.read(kept), top, key="k").post == "pho-giam-doc"
    assert claims.meant({"citizen_id": "020090009999"}, {}, claims.read(kept), top, key="k").post == ""


def test_everywhere_is_everywhere_inside_the_ceiling() -> None:
    top = Ceiling(Level.PERSONAL, lambda place: place == "06184", "20")
    rules = tuple(Rule("r", "*", "grant", place=place) for place in ("*", "06184", "68"))
    found = claims.meant({"r": "1"}, {}, Mapped(rules=rules), top, key="k")
    assert [grant.place for grant in found.grants] == ["20", "06184"]
    assert found.beyond == ("read:*:68",)


@pytest.mark.parametrize("told", [{"r": ["b", "a"]}, {"r": "a"}, {"x": {"r": 1}, "r": "a"}])
def test_lists_and_single_values(told: dict[str, Any]) -> None:
    top = Ceiling(Level.PERSONAL, lambda place: True)
    said = Mapped(rules=(Rule("r", "a", "grant", level="personal"), Rule("r", "*", "post", "x")))
    found = claims.meant(told, {}, said, top, key="k")
    assert [(grant.action, grant.level) for grant in found.grants] == [("read", Level.PERSONAL)]
    assert found.post == "x"
    assert claims.meant({"r": []}, {}, said, top, key="k").post == ""


def test_a_mapping_never_gives_administration_even_if_it_was_kept_so() -> None:
    top = Ceiling(Level.PERSONAL, lambda place: True)
    for action in ("manage", "people", "audit", "personal", "*"):
        kept = Mapped(rules=(Rule("r", "*", "grant", action=action),))
        with pytest.raises(BadQuestion):
            claims.written(kept, key="k")
        assert claims.meant({"r": "1"}, {}, kept, top, key="k").grants == ()


@pytest.mark.parametrize("who", ["lanh-dao", "so-y-te"])
def test_others_find_nothing(cast: None, who: str) -> None:
    client = enter(who)
    for path in ("/providers/", "/providers/new"):
        assert client.get(path).status_code == 404
    assert client.post("/providers/new", form("http://127.0.0.1:9")).status_code == 404
    assert not Provider.objects.exists()
