"""Locks: nobody gets more tries than the rule allows, and no stranger locks an officer out."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.core import signing
from django.db import OperationalError, connection, connections
from django.test import RequestFactory

from haidang.access import gate
from haidang.access.identity import actions, locks, reads
from haidang.access.identity.locks import Attempt
from haidang.access.identity.rules import as_law

LAW = as_law()
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def tries(trial: Attempt, now: datetime = NOW, most: int = 50) -> int:
    """How many wrong passwords may be tried at once."""
    return next(number for number in range(most) if locks.take(trial, now, LAW) is not None)


def test_five_and_no_more_for_twelve_hours() -> None:
    one = Attempt("so-y-te", "10.0.0.1")
    assert tries(one) == 5
    assert locks.until(one, NOW + timedelta(hours=11, minutes=59), LAW) == NOW + timedelta(hours=12)
    assert tries(one, NOW + timedelta(hours=12)) == 5


def test_what_is_refused_does_not_make_the_lock_longer() -> None:
    one = Attempt("so-y-te", "10.0.0.1")
    tries(one)
    locks.take(one, NOW + timedelta(hours=6), LAW)
    assert locks.until(one, NOW + timedelta(hours=6), LAW) == NOW + timedelta(hours=12)


def test_a_stranger_locks_his_own_address_alone() -> None:
    tries(Attempt("so-y-te", "203.0.113.9"))
    assert locks.until(Attempt("so-y-te", "10.0.0.1"), NOW, LAW) is None
    assert locks.until(Attempt("so-giao-duc", "203.0.113.9"), NOW, LAW) is None


def test_from_many_addresses_unknown_devices_wait_and_the_officers_own_does_not() -> None:
    own = Attempt("so-y-te", "10.0.0.1", device="abc")
    for last in range(3):
        assert tries(Attempt("so-y-te", f"203.0.113.{last}")) == 5
    assert locks.until(Attempt("so-y-te", "10.0.0.1"), NOW, LAW) is not None
    assert locks.until(own, NOW, LAW) is None
    assert tries(own) == 5
    assert {one.where for one in locks.held("so-y-te", NOW, LAW)} >= {"everywhere", "device", "203.0.113.0"}


def test_one_address_with_many_tries_is_not_several_addresses() -> None:
    tries(Attempt("so-y-te", "203.0.113.1"))
    tries(Attempt("so-y-te", "203.0.113.2"))
    assert locks.until(Attempt("so-y-te", "10.0.0.1"), NOW, LAW) is None


def test_a_right_password_gives_its_try_back_and_signing_in_forgets() -> None:
    one = Attempt("so-y-te", "10.0.0.1")
    for _ in range(20):
        assert locks.take(one, NOW, LAW) is None
        locks.give_back(one)
    for _ in range(4):
        locks.take(one, NOW, LAW)
    locks.forget(one)
    assert tries(one) == 5


def test_names_of_nobody_are_not_kept_and_lock_alike(cast: None) -> None:
    asked = RequestFactory().post("/login/")
    nobody = locks.attempt(asked, "Mat-khau-toi-go-nham-1!")
    assert tries(nobody) == 5
    assert tries(locks.attempt(asked, "so-y-te")) == 5
    assert not AccessAttempt.objects.filter(username__icontains="mat-khau").exists()


def test_only_our_own_cookie_makes_a_device_known(cast: None) -> None:
    asked = RequestFactory().post("/login/")
    asked.COOKIES[locks.COOKIE] = locks.remembered({}, "so-y-te")
    known = locks.attempt(asked, "so-y-te")
    assert known.device
    assert locks.attempt(asked, "so-giao-duc").device == "", "known for whom it signed in, not for others"
    asked.COOKIES[locks.COOKIE] = locks.remembered(asked.COOKIES, "so-giao-duc")
    assert locks.attempt(asked, "so-giao-duc").device == locks.attempt(asked, "so-y-te").device == known.device
    for forged in ("", "x", asked.COOKIES[locks.COOKIE][:-1], signing.dumps({"id": "abc", "of": []})):
        asked.COOKIES[locks.COOKIE] = forged
        assert locks.attempt(asked, "so-y-te").device == ""


def test_a_household_of_ipv6_is_one_address() -> None:
    found = {
        locks.attempt(RequestFactory(REMOTE_ADDR=at).post("/"), "x").address for at in ("2001:db8::1", "2001:db8::ffff")
    }
    assert found == {"2001:db8::"}


def test_an_administrator_unlocks(cast: None) -> None:
    now = datetime.now(UTC)
    one = Attempt("so-y-te", "10.0.0.1")
    tries(one, now)
    assert [held.where for held in reads.locked("So-Y-Te ")] == ["10.0.0.1"]
    actions.unlock(gate.operator(), "so-y-te")
    assert reads.locked("so-y-te") == ()
    assert tries(one, now) == 5


def test_a_locked_attempt_costs_no_hashing(cast: None, client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed = []
    monkeypatch.setattr("haidang.access.models.Account.check_password", lambda *_: hashed.append(1))
    for _ in range(5):
        client.post("/login/", {"username": "so-y-te", "password": "sai"})
    before = len(hashed)
    answer = client.post("/login/", {"username": "so-y-te", "password": "sai"})
    assert (len(hashed), before) == (5, 5)
    assert answer.status_code == 429
    assert "Đã sai quá nhiều lần" in answer.content.decode()


@pytest.fixture
def own_threads() -> Iterator[None]:
    yield
    connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_no_more_tries_than_one_after_another(own_threads: None) -> None:
    """Twenty threads with a connection each, all of them at the same gate."""
    if (
        connection.vendor == "sqlite"
        and ":memory:" in str(connection.settings_dict["NAME"])
        and not sqlite3.threadsafety
    ):
        pytest.skip("this SQLite shares no memory between threads")
    one, let_in, start = Attempt("so-y-te", "10.0.0.1"), [], threading.Barrier(20)

    def attempt() -> None:
        start.wait()
        try:
            if locks.take(one, NOW, LAW) is None:
                let_in.append(1)
        except OperationalError:  # SQLite in shared memory refuses at once where a file's would wait: not let in
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=attempt) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 <= len(let_in) <= 5
    assert AccessAttempt.objects.get(username="so-y-te").failures_since_start == len(let_in)


def test_unknown_names_cost_what_known_ones_do(cast: None, client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """One hashing for each attempt that is let in, whoever the name is of."""
    from django.contrib.auth.hashers import MD5PasswordHasher

    made: list[str] = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda self, *a, **k: made.append("") or encode(self, *a, **k))
    found = []
    for name in ("so-y-te", "khong-co-ai", "peer-68"):
        made.clear()
        client.post("/login/", {"username": name, "password": "sai"})
        found.append(len(made))
    assert len(set(found)) == 1, found
    assert found[0] >= 1


def test_what_has_run_out_is_let_go_of(cast: None, client: Any) -> None:
    from allauth.usersessions.models import UserSession
    from doors import PASSWORD

    now = datetime.now(UTC)
    tries(Attempt("so-y-te", "10.0.0.1"), now - timedelta(hours=13))
    tries(Attempt("so-y-te", "10.0.0.2"), now - timedelta(hours=1))
    client.post("/login/", {"username": "so-giao-duc", "password": PASSWORD})
    UserSession.objects.update(last_seen_at=now - timedelta(hours=2))
    actions.tidy(now)
    assert [row.ip_address for row in AccessAttempt.objects.all()] == ["10.0.0.2"]
    assert not UserSession.objects.exists()
    assert not client.session.exists(client.session.session_key)
