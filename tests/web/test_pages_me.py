"""Signing in whole: the gatehouse, what is owed first, idle ends, one's own page, the rules of signing in."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone
from doors import PASSWORD

from haidang.access import gate
from haidang.access.identity import actions, locks, reads
from haidang.access.models import Account, Trace

As = Callable[[str], Client]
NEW = "Rung-suoi-nang-2026?"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile/15E148 Safari/604.1"


def enter(name: str, password: str = PASSWORD, **more: Any) -> Any:
    client = Client(**more)
    return client, client.post("/login/", {"username": name, "password": password, "next": "/me/"})


def plain(answer: Any) -> str:
    """A page without its token, which differs each time."""
    token = str(answer.context["csrf_token"])
    page: str = answer.content.decode()
    return re.sub(
        r'value="[A-Za-z0-9]{64}"|"X-CSRFToken": "[^"]+"|X-CSRFToken&quot;: &quot;\w+', "", page.replace(token, "")
    )


def idle(name: str, minutes: float) -> None:
    """Every session of somebody was last used so long ago."""
    at = timezone.now() - timedelta(minutes=minutes)
    UserSession.objects.filter(user__name=name).update(last_seen_at=at)


# --- the gatehouse


def test_in_and_out_leaves_a_trace_and_a_known_device(cast: None) -> None:
    client, done = enter(" So-Y-Te ")
    assert (done.status_code, done["Location"]) == (302, "/me/"), "however the name is typed"
    cookie = done.cookies[locks.COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    left = client.post("/logout/")
    assert left.status_code == 302
    assert left["Clear-Site-Data"] == '"cache", "storage"'
    said = list(Trace.objects.filter(who="so-y-te", action__startswith="sign-").values_list("action", flat=True))
    assert said == ["sign-in", "sign-out"]
    account = Account.objects.get(name="so-y-te")
    assert account.last_seen
    assert account.last_seen > timezone.now() - timedelta(minutes=5)


def test_a_known_and_an_unknown_name_are_answered_alike_also_when_locked(cast: None) -> None:
    pages = []
    for name in ("so-y-te", "khong-co-ai"):
        client = Client()
        answers = [client.post("/login/", {"username": name, "password": "sai"}) for _ in range(6)]
        assert [one.status_code for one in answers] == [200] * 5 + [429]
        pages.append([plain(one).replace(name, "") for one in (answers[0], answers[5])])
    assert pages[0] == pages[1]


def test_locked_out_from_elsewhere_the_officers_own_device_still_opens(cast: None) -> None:
    own, _ = enter("so-y-te")
    own.post("/logout/")
    stranger = Client()
    for _ in range(6):
        stranger.post("/login/", {"username": "so-y-te", "password": "sai"})
    assert stranger.post("/login/", {"username": "so-y-te", "password": PASSWORD}).status_code == 429
    assert own.post("/login/", {"username": "so-y-te", "password": PASSWORD}).status_code == 302


def test_a_disabled_account_is_told_so_only_with_its_password(cast: None) -> None:
    actions.disable(gate.operator(), "so-y-te", "idle")
    _, done = enter("so-y-te")
    assert done["Location"] == "/login/?said=disabled"
    assert "đang bị khóa sử dụng" in Client().get(done["Location"]).content.decode()
    _, wrong = enter("so-y-te", "sai")
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in wrong.content.decode()


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/signup/", "/signup/", "/login/signup/", "/accounts/"])
def test_none_of_the_librarys_own_pages_is_reachable(cast: None, path: str) -> None:
    assert Client().get(path).status_code == 404


# --- sessions


@pytest.mark.parametrize(("agent", "lives", "ends"), [("", 14, 16), (PHONE, 4, 6)])
def test_a_session_nobody_uses_ends_and_leads_back_to_its_page(cast: None, agent: str, lives: int, ends: int) -> None:
    client, _ = enter("so-y-te", headers={"User-Agent": agent})
    idle("so-y-te", lives)
    assert client.get("/me/").status_code == 200
    idle("so-y-te", ends)
    gone = client.get("/boards/y-te?period=2010")
    assert gone["Location"] == "/login/?said=idle&next=/boards/y-te%3Fperiod%3D2010"
    page = client.get(gone["Location"]).content.decode()
    assert 'value="/boards/y-te?period=2010"' in page
    assert "không thao tác" in page
    assert not UserSession.objects.filter(user__name="so-y-te").exists()


def test_what_a_page_asks_by_itself_keeps_nothing_alive(cast: None) -> None:
    client, _ = enter("so-y-te")
    idle("so-y-te", 10)
    before = UserSession.objects.get(user__name="so-y-te").last_seen_at
    client.get("/me/", headers={"X-Live": "*"})
    assert UserSession.objects.get(user__name="so-y-te").last_seen_at == before
    client.get("/me/")
    assert UserSession.objects.get(user__name="so-y-te").last_seen_at > before


def test_parts_and_programs_are_told_in_their_own_way(cast: None) -> None:
    for headers, path, status in (
        ({"HX-Request": "true", "HX-Current-URL": "http://testserver/runs/?x=1"}, "/runs/", 401),
        ({"X-Live": "*"}, "/boards/y-te", 401),
        ({}, "/api/v1/me", 401),
    ):
        client, _ = enter("so-y-te")
        idle("so-y-te", 16)
        answer = client.get(path, headers=headers)
        assert answer.status_code == status, path
        if "HX-Request" in headers:
            assert answer["HX-Redirect"] == "/login/?said=idle&next=/runs/%3Fx%3D1"
        if path.startswith("/api/"):
            assert answer.json()["code"] == "session-idle"


def test_twelve_hours_are_the_most_however_busy(cast: None) -> None:
    client, _ = enter("so-y-te")
    UserSession.objects.filter(user__name="so-y-te").update(created_at=timezone.now() - timedelta(hours=12))
    assert client.get("/me/")["Location"].startswith("/login/?said=over")


def test_a_screen_on_a_wall_stays(cast: None) -> None:
    Account.objects.filter(name="so-y-te").update(use="service")
    client, _ = enter("so-y-te")
    idle("so-y-te", 60 * 24 * 5)
    assert client.get("/me/").status_code == 200
    assert client.session.get_expiry_age() > 6 * 86_400


def test_an_open_stream_of_a_session_that_ended_says_good_bye(cast: None) -> None:
    from haidang.web.live import beat
    from haidang.web.views.events import reader

    client, _ = enter("so-y-te")
    key = client.session.session_key
    fresh = reader(key)
    assert fresh is not None
    assert fresh.ends == ""
    idle("so-y-te", 13.5)
    near = reader(key)
    assert near is not None
    assert re.fullmatch(r"\d\d:\d\d", near.ends)
    assert near.ends.encode() in beat(near)
    idle("so-y-te", 16)
    assert reader(key) is None


def test_one_sees_and_ends_ones_own_sessions(cast: None) -> None:
    here, _ = enter("so-y-te")
    there, _ = enter("so-y-te", headers={"User-Agent": PHONE})
    other, _ = enter("so-giao-duc")
    page = here.get("/me/").content.decode()
    assert "Safari trên iPhone" in page
    assert page.count("/me/sessions/end") == 3
    key = next(one.key for one in reads.sessions(Account.objects.get(name="so-giao-duc")))
    assert here.post("/me/sessions/end", {"key": key}).status_code == 404
    assert other.get("/me/").status_code == 200
    assert here.post("/me/sessions/end").status_code == 302
    assert there.get("/me/").status_code == 404
    assert here.get("/me/").status_code == 200


# --- the password


def test_a_new_password_ends_the_other_sessions_and_this_one_goes_on(cast: None) -> None:
    here, _ = enter("so-y-te")
    there, _ = enter("so-y-te")
    began = UserSession.objects.get(session_key=here.session.session_key).created_at
    done = here.post("/me/password", {"current": PASSWORD, "new": NEW, "again": NEW})
    assert done.status_code == 302
    assert here.get("/me/").status_code == 200
    assert there.get("/me/").status_code == 404
    kept = UserSession.objects.get(user__name="so-y-te")
    assert (kept.session_key, kept.created_at) == (here.session.session_key, began)
    assert enter("so-y-te")[1].status_code == 200
    assert enter("so-y-te", NEW)[1].status_code == 302


def test_what_is_wrong_stands_beside_its_field_and_never_the_password(cast: None) -> None:
    client, _ = enter("so-y-te")
    for given, said in (
        ({"current": "sai", "new": NEW, "again": NEW}, "wrong-current"),
        ({"current": PASSWORD, "new": "ngan", "again": "ngan"}, "có 4 ký tự, cần ít nhất 14"),
        ({"current": PASSWORD, "new": "nui-bien-song-2026", "again": "nui-bien-song-2026"}, "Còn thiếu: chữ hoa."),
        ({"current": PASSWORD, "new": PASSWORD, "again": PASSWORD}, "Đã dùng trong 10 mật khẩu gần đây"),
        ({"current": PASSWORD, "new": NEW, "again": "khac"}, "khác nhau"),
    ):
        answer = client.post("/me/password", given)
        assert answer.status_code == 422
        page = answer.content.decode()
        assert said in page, given
        assert not any(f'"{word}"' in page or f">{word}<" in page for word in given.values())


def test_set_by_another_it_is_changed_before_anything_else(cast: None) -> None:
    actions.set_password(gate.operator(), Account.objects.get(name="so-y-te"), NEW)
    client, done = enter("so-y-te", NEW)
    assert done.status_code == 302
    for path in ("/", "/me/", "/boards/y-te", "/runs/"):
        assert client.get(path)["Location"] == "/me/password"
    assert client.get("/api/v1/me").json()["code"] == "first-password"
    assert client.get("/api/v1/me").status_code == 403
    assert client.get("/healthz").status_code == 200
    page = client.get("/me/password").content.decode()
    assert "do người khác đặt" in page
    done = client.post("/me/password", {"current": NEW, "new": "Suoi-rung-gio-2027!", "again": "Suoi-rung-gio-2027!"})
    assert done.status_code == 302
    assert client.get("/me/").status_code == 200


def test_who_keeps_the_centre_sets_up_a_second_factor_first(cast: None) -> None:
    from allauth.mfa.models import Authenticator

    Authenticator.objects.all().delete()
    client, done = enter("quan-tri")
    assert done.status_code == 302
    assert client.get("/rules/")["Location"] == "/me/factors/"
    assert client.get("/api/v1/me").json()["code"] == "first-factor"


# --- one's own page, the rules


def test_my_page_says_who_i_am_and_what_i_may(as_: As) -> None:
    page = as_("so-y-te").get("/me/").content.decode()
    for said in ("Sở Y tế Lạng Sơn", "lĩnh vực Y tế", "Phiên đang mở", "Không thao tác 15 phút"):
        assert said in page, said
    assert as_("").get("/me/").status_code == 404
    english = as_("so-y-te").get("/me/?lang=en").content.decode()
    assert "Open sessions" in english


def test_my_email_is_mine_to_set(as_: As) -> None:
    client = as_("so-y-te")
    assert client.post("/me/email", {"email": "yte@langson.gov.vn"}).status_code == 302
    assert Account.objects.get(name="so-y-te").email == "yte@langson.gov.vn"
    wrong = client.post("/me/email", {"email": "khong-phai"})
    assert wrong.status_code == 422
    assert "không phải là địa chỉ thư điện tử" in wrong.content.decode()


def test_the_rules_are_set_and_put_back_by_the_administrator_alone(as_: As) -> None:
    admin = as_("quan-tri")
    page = admin.get("/rules/").content.decode()
    assert "TCVN 14423:2026" in page
    assert "chưa đối chiếu văn bản" in page
    assert admin.post("/rules/", {"key": "idle_web", "value": "10"}).status_code == 302
    assert reads.rules().idle_web == 10
    loose = admin.post("/rules/", {"key": "idle_web", "value": "60"})
    assert loose.status_code == 422
    assert "ngoài khoảng cho phép: từ 2 đến 15" in loose.content.decode()
    assert admin.post("/rules/", {"key": "idle_web", "value": "mười"}).status_code == 422
    assert admin.post("/rules/", {"key": "idle_web", "undo": "1"}).status_code == 302
    assert reads.rules().idle_web == 15
    for name in ("so-y-te", "quan-tri-y-te", "thanh-tra", ""):
        assert as_(name).get("/rules/").status_code == 404, name
        assert as_(name).post("/rules/", {"key": "idle_web", "value": "10"}).status_code == 404
    assert reads.rules().idle_web == 15


def test_a_token_keeps_when_it_was_used_and_ends(cast: None) -> None:
    from haidang.access import actions as access
    from haidang.access.models import Token

    token = access.issue_token(gate.operator(), "peer-68", until=timezone.now() + timedelta(minutes=5))
    headers = {"Authorization": f"Bearer {token}"}
    assert Client().get("/api/v1/me", headers=headers).json()["name"] == "peer-68"
    used = Token.objects.get().last_used
    assert used is not None
    Client().get("/api/v1/me", headers=headers)
    assert Token.objects.get().last_used == used, "at most once a minute"
    Token.objects.update(until=timezone.now())
    assert Client().get("/api/v1/me", headers=headers).status_code == 401
