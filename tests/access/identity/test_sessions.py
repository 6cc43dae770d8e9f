"""Sessions: kinds, when they end, the device in words; accounts nobody uses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from haidang.access.identity import idle, sessions
from haidang.access.identity.rules import as_law
from haidang.access.models import Account

LAW = as_law()
BEGAN = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36"
EDGE = WINDOWS + " Edg/131.0"
COCCOC = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 coc_coc_browser/120.0 Chrome/120.0 Safari/537.36"
ANDROID = "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1 Version/18.1 Mobile/15E148 Safari/604.1"
)


@pytest.mark.parametrize(
    ("agent", "said", "mobile"),
    [
        (WINDOWS, ("Chrome", "Windows"), False),
        (EDGE, ("Edge", "Windows"), False),
        (COCCOC, ("Cốc Cốc", "Windows"), False),
        (ANDROID, ("Chrome", "Android"), True),
        (IPHONE, ("Safari", "iPhone"), True),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", ("Firefox", "Linux"), False),
        ("", ("", ""), False),
        ("curl/8.5.0", ("", ""), False),
    ],
)
def test_devices_in_words(agent: str, said: tuple[str, str], mobile: bool) -> None:
    assert sessions.device(agent) == said
    assert sessions.mobile(agent) is mobile


@pytest.mark.parametrize(
    ("kind", "idle_minutes", "hours"), [("web", 15, 12), ("mobile", 5, 12), ("admin", 5, 12), ("service", None, 168)]
)
def test_each_kind_ends_in_its_time(kind: str, idle_minutes: int | None, hours: int) -> None:
    second, end = timedelta(seconds=1), BEGAN + timedelta(hours=hours)
    if idle_minutes:
        ends = BEGAN + timedelta(minutes=idle_minutes)
        assert sessions.ended(kind, BEGAN, BEGAN, ends - second, LAW) == ""
        assert sessions.ended(kind, BEGAN, BEGAN, ends, LAW) == sessions.IDLE
    busy = end - timedelta(minutes=1)
    assert sessions.ended(kind, BEGAN, busy, end - second, LAW) == ""
    assert sessions.ended(kind, BEGAN, busy, end, LAW) == sessions.OVER


def test_a_screen_on_a_wall_never_ends_for_standing_still() -> None:
    assert sessions.ended("service", BEGAN, BEGAN, BEGAN + timedelta(hours=167), LAW) == ""


def _last_seen(name: str, days: int) -> None:
    at = timezone.now() - timedelta(days=days)
    Account.objects.filter(name=name).update(last_seen=at, activated=at, created=at)


def test_after_forty_five_days_an_account_is_disabled_and_a_week_before_it_is_told(cast: None) -> None:
    from haidang.jobs.duties import idle_accounts
    from haidang.watch.models import Notice

    Account.objects.filter(name="don-vi-xu-ly").update(use="service")
    for name, days in (
        ("so-y-te", 46),
        ("so-giao-duc", 40),
        ("lanh-dao", 30),
        ("don-vi-xu-ly", 400),
        ("cong-dan", 400),
    ):
        _last_seen(name, days)
    for _ in range(2):  # killed half-way it is simply run again
        idle_accounts.run(timezone.now())
    active = dict(Account.objects.values_list("name", "is_active"))
    assert not active["so-y-te"]
    assert all(active[name] for name in ("so-giao-duc", "lanh-dao", "don-vi-xu-ly", "cong-dan"))
    assert Account.objects.get(name="so-y-te").disabled_why == "idle"
    told = sorted(Notice.objects.values_list("actor", "code"))
    assert told == [
        ("quan-tri", "account-idle"), ("quan-tri", "account-idle-coming"), ("so-giao-duc", "account-idle-soon"),
    ]  # fmt: skip


def test_the_last_administrator_is_left(cast: None) -> None:
    _last_seen("quan-tri", 400)
    assert "quan-tri" not in {one.name for one in idle.look(timezone.now()).over}


def test_enabled_again_its_days_begin_anew(cast: None) -> None:
    from haidang.access import gate
    from haidang.access.identity import actions

    _last_seen("so-y-te", 100)
    actions.disable(gate.operator(), "so-y-te", "idle")
    actions.enable(gate.operator(), "so-y-te")
    found = idle.look(timezone.now())
    assert "so-y-te" not in {one.name for one in (*found.over, *found.soon)}


def test_who_administers_is_told_of_the_password_a_week_before(cast: None) -> None:
    for days, told in ((52, set()), (54, {"quan-tri"}), (61, set())):
        Account.objects.filter(name="quan-tri").update(password_at=timezone.now() - timedelta(days=days))
        assert {one.name for one in idle.look(timezone.now()).passwords} == told
