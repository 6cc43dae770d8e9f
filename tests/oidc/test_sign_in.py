"""The whole way with a real provider: sign-in, accounts, mapping, the second step, links."""

from __future__ import annotations

import pytest
from django.test import Client
from doors import PASSWORD, enter
from oidc.world import CCCD, KEY, Real, configure

from haidang.access.identity import reads as identity
from haidang.access.identity.factors import actions as factors
from haidang.access.models import Account, GrantRow, Linked, SignedBy, Trace
from haidang.words.nouns import Level

NURSE = {"name": "Nguyễn Thị Lan", "birthdate": "1990-04-02", "citizen_id": CCCD, "co_quan": "so-y-te"}


def linked(sub: str) -> Account:
    return Linked.objects.get(sub=sub).account


def given(account: Account) -> set[tuple[str, str, int]]:
    rows = GrantRow.objects.filter(account=account)
    return {(row.action, row.pack, row.level) for row in rows}


def test_an_unknown_person_gets_an_account_by_the_rules(configured: Real) -> None:
    configured.next("lan-1", claims={**NURSE, "chuc_vu": "giam-doc", "vai_tro": ["xem-y-te", "gì-khác"]})
    client = Client()
    done = configured.sign_in(client, next="/boards/")
    assert done["Location"] == "/boards/"
    account = linked("lan-1")
    assert account.title == "Nguyễn Thị Lan"
    assert account.office is not None
    assert account.office.key == "so-y-te"
    assert account.post == "giam-doc"
    assert account.kind == "officer"
    assert not account.has_usable_password()
    assert given(account) == {("read", "y-te", Level.RESTRICTED)}
    row = GrantRow.objects.get(account=account)
    assert row.given_by == f"sso:{KEY}"
    assert row.until is not None
    assert client.get("/me/").status_code == 200
    assert Trace.objects.filter(who=f"sso:{KEY}", action="grant").exists()


def test_a_claim_that_is_gone_takes_its_grant_and_one_that_comes_brings_it(configured: Real) -> None:
    configured.next("lan-2", claims={**NURSE, "vai_tro": ["xem-y-te"]})
    configured.sign_in(Client())
    first = GrantRow.objects.get(account=linked("lan-2"))
    GrantRow.objects.filter(pk=first.pk).update(until=first.created)
    configured.sign_in(Client())
    again = GrantRow.objects.get(account=linked("lan-2"))
    assert again.pk == first.pk
    assert again.until > first.created, "renewed at each sign-in"
    configured.next("lan-2", claims={**NURSE, "vai_tro": ["nap-y-te"]})
    configured.browser.cookies.clear()
    configured.sign_in(Client())
    assert given(linked("lan-2")) == {("import", "y-te", Level.RESTRICTED)}


def test_what_a_person_gave_stays_when_a_claim_goes(configured: Real) -> None:
    configured.next("lan-3", claims=NURSE)
    configured.sign_in(Client())
    GrantRow.objects.create(account=linked("lan-3"), pack="giao-duc", given_by="quan-tri")
    configured.sign_in(Client())
    assert {pack for _, pack, _ in given(linked("lan-3"))} == {"giao-duc"}


def test_no_grant_goes_above_the_ceiling(configured: Real) -> None:
    configure(configured.issuer, level=Level.INTERNAL, place="06184")
    configured.next("lan-4", claims={**NURSE, "vai_tro": ["xem-y-te"]})
    configured.sign_in(Client())
    assert given(linked("lan-4")) == set(), "the province is not within one commune"
    assert Trace.objects.filter(outcome="beyond-ceiling").exists()
    configure(configured.issuer, level=Level.INTERNAL, place="20")
    configured.sign_in(Client())
    assert given(linked("lan-4")) == {("read", "y-te", Level.INTERNAL)}


def test_an_identity_number_is_kept_nowhere(configured: Real) -> None:
    from django.apps import apps

    configured.next("lan-5", claims={**NURSE, "vai_tro": ["xem-y-te"]})
    client = Client()
    configured.sign_in(client)
    kept = "".join(str(list(model.objects.values())) for model in apps.get_models())
    assert "lan-5" in kept
    assert CCCD not in kept
    assert CCCD not in str(dict(client.session))


def test_unknown_people_are_refused_where_the_provider_says_so(configured: Real) -> None:
    configure(configured.issuer, unknown="refuse")
    before = Account.objects.count()
    configured.next("la", claims={**NURSE, "email": "quan-tri@example.vn", "preferred_username": "quan-tri"})
    client = Client()
    done = configured.sign_in(client)
    assert done.status_code == 403
    assert "chưa nối với tài khoản nào" in done.content.decode()
    assert Account.objects.count() == before
    assert client.get("/me/").status_code == 404
    assert Trace.objects.filter(who=f"sso:{KEY}", action="sign-in", outcome="denied").exists()


def test_nobody_is_linked_by_name_or_email(configured: Real) -> None:
    Account.objects.filter(name="quan-tri").update(email="quan-tri@example.vn")
    configured.next("quan-tri", claims={"name": "quan-tri", "email": "quan-tri@example.vn"})
    configured.sign_in(Client())
    assert linked("quan-tri").name != "quan-tri"
    assert linked("quan-tri").name.startswith(f"{KEY}.")


def test_an_account_is_linked_by_whoever_is_signed_in_to_both(configured: Real) -> None:
    configure(configured.issuer, unknown="refuse")
    configured.next("sub-lanh-dao", claims=NURSE)
    client = Client()
    client.post("/login/", {"username": "lanh-dao", "password": PASSWORD})
    away = client.get(f"/me/factors/sso/{KEY}")
    assert client.get(configured.onward(away["Location"]))["Location"] == "/me/factors/"
    assert linked("sub-lanh-dao").name == "lanh-dao"
    assert linked("sub-lanh-dao").title == "Phó Chủ tịch UBND tỉnh Lạng Sơn", "an own account keeps its title"
    other = Client()
    configured.sign_in(other)
    assert "lanh-dao" in other.get("/me/").content.decode()
    assert "Bỏ nối" in client.get("/me/factors/").content.decode()
    assert client.post(f"/me/factors/sso/{KEY}/unlink").status_code == 302
    assert not Linked.objects.filter(sub="sub-lanh-dao").exists()
    assert other.get("/me/").status_code != 200, "the session it vouched for ended"


def test_one_identity_is_not_linked_to_two(configured: Real) -> None:
    configured.next("mot-nguoi", claims=NURSE)
    configured.sign_in(Client())
    client = Client()
    client.post("/login/", {"username": "lanh-dao", "password": PASSWORD})
    away = client.get(f"/me/factors/sso/{KEY}")
    refused = client.get(configured.onward(away["Location"]))
    assert refused.status_code == 403
    assert "đã nối với một tài khoản khác" in refused.content.decode()


def test_a_provider_proves_the_second_step_only_where_it_is_said(configured: Real) -> None:
    """An administrator linked to the provider: asked for a code, unless its acr is one that counts."""
    admin = Account.objects.get(name="quan-tri")
    client = enter("quan-tri")
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 4e9}]
    session["account_authentication_methods_user"] = str(admin.pk)
    session.save()
    configured.next("sub-quan-tri", claims=NURSE, acr="urn:vneid:loa:2", amr=["pwd"])
    away = client.get(f"/me/factors/sso/{KEY}")
    client.get(configured.onward(away["Location"]))
    asked = Client()
    assert configured.sign_in(asked)["Location"] == "/login/second/"
    assert asked.get("/me/").status_code == 404
    configured.browser.cookies.clear()
    configured.next("sub-quan-tri", claims=NURSE, acr="urn:vneid:loa:3")
    let_in = Client()
    assert configured.sign_in(let_in)["Location"] == "/"
    assert let_in.get("/rules/").status_code == 200
    assert SignedBy.objects.filter(link__sub="sub-quan-tri").count() == 1, "the other never began"
    factors.reset(admin.actor, "quan-tri")
    assert identity.owed(admin, {"factor": "sso"}) == ""


def test_a_disabled_account_does_not_come_in(configured: Real) -> None:
    configured.next("lan-6", claims=NURSE)
    configured.sign_in(Client())
    Account.objects.filter(pk=linked("lan-6").pk).update(is_active=False)
    client = Client()
    assert configured.sign_in(client).status_code == 403
    assert client.get("/me/").status_code == 404


def test_cancelled_over_there(configured: Real) -> None:
    configured.next("ai-do", refuse=True)
    done = configured.sign_in(Client())
    assert done.status_code == 403
    assert "hủy hoặc bị từ chối" in done.content.decode()


def test_next_leads_nowhere_else(configured: Real) -> None:
    configured.next("lan-7", claims=NURSE)
    assert configured.sign_in(Client(), next="https://example.com/")["Location"] == "/"


@pytest.mark.parametrize("bounded", [True, False])
def test_a_session_ends_with_the_token_where_the_provider_says_so(
    configured: Real, monkeypatch: pytest.MonkeyPatch, bounded: bool
) -> None:
    import time

    from haidang.access.identity.providers import reads

    configure(configured.issuer, bounded=bounded)
    configured.next("lan-8", claims=NURSE)
    client = Client()
    configured.sign_in(client)
    assert client.get("/me/").status_code == 200
    now = time.time()
    monkeypatch.setattr(reads.time, "time", lambda: now + 901)
    ended = client.get("/me/")
    assert (ended.status_code == 302 and "said=sso" in ended["Location"]) == bounded
