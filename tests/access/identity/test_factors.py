"""Second factors: made, asked for, good once, waited for after too many misses, taken away, forced, reset."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from doors import PASSWORD

from haidang.access.gate import operator
from haidang.access.identity import reads as identity
from haidang.access.identity.factors import actions, reads
from haidang.access.models import Account, FactorMiss, Trace
from haidang.words.errors import BadQuestion, NotNow

OFFICER, ADMIN = "lanh-dao", "quan-tri"
pytestmark = pytest.mark.usefixtures("cast")


def account(name: str = OFFICER) -> Account:
    return Account.objects.get(name=name)


def step() -> int:
    return int(time.time()) // actions.STEP


def entered(name: str = OFFICER) -> Client:
    """A client past the first step."""
    client = Client()
    assert client.post("/login/", {"username": name, "password": PASSWORD}).status_code == 302
    return client


def enrol(client: Client) -> str:
    """Add an authenticator app as a person would: read the key off the page, type its code. Gives the key."""
    page = client.get("/me/factors/totp")
    assert page.status_code == 200, page.headers.get("Location")
    found = re.search(r'class="key break">([A-Z2-7 ]+)<', page.content.decode())
    assert found
    secret = found[1].replace(" ", "")
    done = client.post("/me/factors/totp", {"code": actions.code_at(secret, step())})
    assert done.status_code == 302, done.content.decode()[:300]
    return secret


def test_the_key_is_shown_as_a_picture_and_kept_sealed() -> None:
    client = entered()
    page = client.get("/me/factors/totp").content.decode()
    assert "data:image/svg+xml;base64," in page
    secret = enrol(client)
    kept = Authenticator.objects.get(user=account(), type=reads.TOTP).data["secret"]
    assert secret not in kept
    assert "totp_new" not in client.session


def test_a_wrong_first_code_keeps_nothing() -> None:
    client = entered()
    client.get("/me/factors/totp")
    assert client.post("/me/factors/totp", {"code": "000000"}).status_code == 422
    assert not reads.has_factor(account())


def test_recovery_codes_are_shown_once() -> None:
    client = entered()
    enrol(client)
    first, again = client.get("/me/factors/codes").content.decode(), client.get("/me/factors/codes").content.decode()
    codes = re.findall(r"<li><code>(\d{8})</code>", first)
    assert len(codes) == 10
    assert not any(code in again for code in codes)
    kept = Authenticator.objects.get(user=account(), type=reads.CODES).data
    assert not any(code in str(kept) for code in codes)


def test_the_second_step_is_asked_for_and_lets_in() -> None:
    secret = enrol(entered())
    client = entered()
    assert client.get("/me/factors/").status_code == 404, "the first step alone signs nobody in"
    assert client.post("/login/second/", {"code": "111111"}).status_code == 422
    done = client.post("/login/second/", {"code": actions.code_at(secret, step() + 1)})
    assert done.status_code == 302
    assert client.get("/me/factors/").status_code == 200
    assert client.session[reads.SESSION] == reads.TOTP


def test_a_code_is_good_once_as_long_as_it_holds() -> None:
    """Also the one it was enrolled with, the one before, and after a while, when allauth's own mark is gone."""
    secret = enrol(entered())
    now = step()
    for old in (now - 1, now):
        with pytest.raises(BadQuestion):
            actions.check_code(account(), actions.code_at(secret, old))
    actions.check_code(account(), actions.code_at(secret, now + 1))
    with pytest.raises(BadQuestion):
        actions.check_code(account(), actions.code_at(secret, now + 1))


def test_a_recovery_code_is_good_once() -> None:
    client = entered()
    enrol(client)
    code = re.findall(r"<li><code>(\d{8})</code>", client.get("/me/factors/codes").content.decode())[3]
    assert actions.check_code(account(), f"{code[:4]} {code[4:]}") == reads.CODES
    with pytest.raises(BadQuestion):
        actions.check_code(account(), code)
    kept = reads.codes(account())
    assert kept is not None
    assert kept.left == 9


def test_after_five_misses_even_the_right_code_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    secret = enrol(entered())
    client = entered()
    for _ in range(reads.MISSES):
        client.post("/login/second/", {"code": "123123"})
    right = {"code": actions.code_at(secret, step() + 1)}
    assert client.post("/login/second/", right).status_code == 429
    assert entered().post("/login/second/", right).status_code == 429, "beginning anew does not help"
    with pytest.raises(NotNow):
        actions.check_code(account(), right["code"])
    FactorMiss.objects.filter(account=account()).update(at=account().created - reads.WITHIN)
    assert actions.check_code(account(), right["code"]) == reads.TOTP
    assert Trace.objects.filter(who=OFFICER, action="second-step", outcome="denied").count() >= reads.MISSES


def test_removing_asks_who_one_is_once_more() -> None:
    client = entered()
    enrol(client)
    number = reads.factors(account())[0].number
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    away = client.post(f"/me/factors/{number}/remove")
    assert away["Location"].startswith("/me/factors/again")
    assert reads.has_factor(account())
    assert client.post(away["Location"], {"password": "sai-mat-khau"}).status_code == 422
    assert client.post(away["Location"], {"password": PASSWORD}).status_code == 302
    assert client.post(f"/me/factors/{number}/remove").status_code == 302
    assert not reads.has_factor(account())
    assert reads.codes(account()) is None, "recovery codes go with the last"


def test_one_may_not_touch_anothers_factor() -> None:
    enrol(entered())
    number = reads.factors(account())[0].number
    other = entered("xa-dong-dang")
    other.post(f"/me/factors/{number}/remove")
    other.post(f"/me/factors/{number}/name", {"name": "của tôi"})
    assert reads.has_factor(account())


def test_the_last_factor_of_an_administrator_stays() -> None:
    admin = account(ADMIN)
    found = reads.factors(admin)
    assert len(found) == 1, "the demo's administrator has one"
    with pytest.raises(BadQuestion, match="last-factor"):
        actions.remove(admin, found[0].number)
    actions.add_passkey(admin, "khóa", {"id": "x"})
    actions.remove(admin, found[0].number)
    assert [one.kind for one in reads.factors(admin)] == [reads.PASSKEY]


def test_who_must_have_one_can_do_nothing_else_first() -> None:
    Authenticator.objects.filter(user=account(ADMIN)).delete()
    client = entered(ADMIN)
    for path in ("/", "/rules/", "/people/", "/me/"):
        assert client.get(path)["Location"] == "/me/factors/", path
    assert client.get("/api/v1/me").status_code == 403
    enrol(client)
    assert client.get("/rules/").status_code == 200


def test_reset_takes_all_away_ends_sessions_and_is_traced() -> None:
    client = entered()
    enrol(client)
    assert actions.reset(operator(), OFFICER) == 1
    assert not reads.has_factor(account())
    assert reads.codes(account()) is None
    assert client.get("/me/factors/").status_code != 200, "its sessions ended"
    assert Trace.objects.filter(action="factor-reset", subject=OFFICER).exists()
    assert identity.owed(account(), {}) == "", "an officer need not have one"
    actions.reset(operator(), ADMIN)
    assert identity.owed(account(ADMIN), {}) == identity.FACTOR


def test_the_holder_is_told() -> None:
    from haidang.watch.reads import notices

    client = entered()
    enrol(client)
    said = [one.sentence() for one in notices(account().actor)]
    assert any("Ứng dụng xác thực" in one for one in said), said


@pytest.mark.parametrize(
    "answer", ["", "{}", "[]", "null", '{"id": "a"}', '{"id":"AA","rawId":"AA","response":{}}', "x" * 20_000]
)
def test_a_passkey_that_is_none_is_refused_in_words(answer: str) -> None:
    client = Client()
    client.get("/login/passkey/")
    done = client.post("/login/passkey/", {"credential": answer})
    assert done["Location"] == "/login/?said=passkey"
    assert "Khóa truy cập này" in client.get(done["Location"]).content.decode()


def test_nothing_of_a_factor_is_in_the_trace() -> None:
    client = entered()
    secret = enrol(client)
    codes = re.findall(r"<li><code>(\d{8})</code>", client.get("/me/factors/codes").content.decode())
    rows = " ".join(f"{row.subject} {row.because}" for row in Trace.objects.all())
    assert not any(word in rows for word in (secret, *codes))
