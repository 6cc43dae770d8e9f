"""Pace and number: who is refused, who is not, and in how much memory."""

from __future__ import annotations

import sys
import tracemalloc

import httpx
import pytest

from haidang.network import remote
from haidang.site import entry
from haidang.site.limits import Bounded, Call, Limits

from .conftest import PASSWORD, House, attempt, form


def test_a_flood_of_sign_ins_is_refused_and_harms_nobody_else(tight: House) -> None:
    """A bounded picture of 200 a second: the flood gets 429, the account stays open, others sign in."""
    with tight.caller("127.0.0.1") as stranger, tight.caller("127.0.0.2") as officer:
        token = form(stranger)
        found = [attempt(stranger, f"nguoi-{n % 7}", "sai-mat-khau", token) for n in range(60)]
        aimed = [attempt(stranger, "can-bo", "sai-mat-khau", token) for _ in range(20)]
        statuses = [one.status_code for one in found]
        assert statuses.count(429) >= 35, statuses
        assert {one.status_code for one in aimed} == {429}
        refused = found[-1]
        assert 1 <= int(refused.headers["Retry-After"]) <= 60
        assert "Quá nhiều yêu cầu" in refused.text
        assert refused.headers["content-security-policy"]
        assert stranger.get("/healthz").status_code == 200, "reading goes on"
        done = attempt(officer, "can-bo", PASSWORD, form(officer))
        assert done.status_code == 302, done.text[:300]


def test_one_name_cannot_be_tried_from_one_address_for_long_but_others_can(tight: House) -> None:
    with tight.caller("127.0.0.3") as client:
        token = form(client)
        found = [attempt(client, "Nguoi-Khac" if n % 2 else "nguoi-khac", "sai", token).status_code for n in range(8)]
        assert found[-2:] == [429, 429]
        assert attempt(client, "can-bo", PASSWORD, form(client)).status_code == 302


def test_a_heading_of_a_stranger_neither_evades_nor_poisons(tight: House) -> None:
    with tight.caller("127.0.0.4") as liar:
        token = form(liar)
        statuses = []
        for n in range(30):
            liar.headers["X-Forwarded-For"] = "127.0.0.5" if n % 2 else f"203.0.113.{n}"
            statuses.append(attempt(liar, f"ai-{n}", "sai", token).status_code)
        assert statuses.count(429) >= 9
    with tight.caller("127.0.0.5") as officer:
        assert attempt(officer, "can-bo", PASSWORD, form(officer)).status_code == 302


def test_behind_a_trusted_proxy_each_caller_has_his_own(tight: House) -> None:
    with tight.caller("127.0.0.9") as proxy:
        token = form(proxy)
        proxy.headers["X-Forwarded-For"] = "198.51.100.7"
        used_up = [attempt(proxy, f"ai-{n}", "sai", token).status_code for n in range(25)]
        proxy.headers["X-Forwarded-For"] = "198.51.100.7, 198.51.100.8"
        assert 429 in used_up
        assert attempt(proxy, "can-bo", PASSWORD, token).status_code == 302


def test_exports_and_reports_have_a_pace_of_their_own(tight: House) -> None:
    with tight.caller("127.0.0.6") as client:
        assert [client.get("/sources.csv").status_code for _ in range(7)] == [200] * 5 + [429] * 2
        assert client.get("/sources/").status_code == 200
        told = [client.post("/csp-report", json={"csp-report": {}}).status_code for _ in range(5)]
        assert told == [204] * 3 + [429] * 2
        assert client.get("/sources.csv").json()["code"] == "too-often", "a program gets JSON"


def test_what_one_address_holds_open_is_bounded(tight: House) -> None:
    streams = []
    with tight.caller("127.0.0.7") as client:
        limits = httpx.Limits(max_connections=100)
        transport = httpx.HTTPTransport(local_address="127.0.0.7", limits=limits)
        with httpx.Client(transport=transport, base_url=tight.url, timeout=30) as many:
            for _ in range(25):
                request = many.build_request("GET", "/events")
                streams.append(many.send(request, stream=True))
            assert {one.status_code for one in streams} == {200}
            assert client.get("/healthz").status_code == 429
            with tight.caller("127.0.0.8") as other:
                assert other.get("/healthz").status_code == 200
            for one in streams:
                one.close()


def test_a_million_addresses_take_bounded_memory() -> None:
    small = Limits(most=20_000)
    tracemalloc.start()
    for number in range(1_000_000 // 10):
        small.storage.incr(f"requests {number}", 60)
    half, _ = tracemalloc.get_traced_memory()
    for number in range(1_000_000 // 10, 1_000_000):
        small.storage.incr(f"requests {number}", 60)
    whole, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(small.storage) == 20_000
    assert whole < half * 1.2 + sys.getsizeof(small.storage)


def test_counting() -> None:
    kept = Bounded(2)
    assert [kept.incr("a", 60), kept.incr("a", 60, 2), kept.incr("b", 60)] == [1, 3, 1]
    assert kept.get("a") == 3
    kept.incr("c", 60)
    assert [kept.get(name) for name in "abc"] == [0, 1, 1], "the oldest is forgotten"
    assert kept.incr("b", 0) == 2
    assert kept.incr("e", -1) == 1
    assert kept.get("e") == 0, "its window has passed"


def test_rules_by_whom() -> None:
    some = Limits({"requests": "3/minute", "session": "2/minute", "hooks": "1/minute"})
    page = Call("GET", "/", "10.0.0.1", session="abc")
    assert [some.refused(page) for _ in range(2)] == [None, None]
    assert some.refused(page)[0] == "session"  # type: ignore[index]
    assert some.refused(Call("GET", "/", "10.0.0.1"))[0] == "requests"  # type: ignore[index]
    assert some.refused(Call("GET", "/", "10.0.0.2")) is None
    hook = Call("POST", "/hooks/a.b", "10.0.0.1")
    assert some.refused(hook) is None
    assert some.refused(hook)[0] == "hooks"  # type: ignore[index]
    assert some.refused(Call("POST", "/hooks/a.c", "10.0.0.1")) is None


@pytest.mark.parametrize(
    ("nearest", "forwarded", "found"),
    [
        ("203.0.113.9", "10.0.0.1", "203.0.113.9"),
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "1.1.1.1, 203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "1.1.1.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        ("10.0.0.1", "203.0.113.9:4711", "203.0.113.9"),
        ("10.0.0.1", "[2001:db8::5]:443", "2001:db8::5"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("10.0.0.1", "1.1.1.1, nonsense", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("::ffff:10.0.0.1", "203.0.113.9", "203.0.113.9"),
    ],
)
def test_who_calls(nearest: str, forwarded: str, found: str) -> None:
    assert remote.behind(nearest, forwarded, ["10.0.0.0/8"]) == found


def test_households() -> None:
    assert remote.group("2001:db8:1:2:3:4:5:6") == remote.group("2001:db8:1:2::1") == "2001:db8:1:2::/64"
    assert remote.group("2001:db8:1:3::1") != remote.group("2001:db8:1:2::1")
    assert remote.group("203.0.113.9") == "203.0.113.9"


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b"csrfmiddlewaretoken=a&username=Can-Bo&password=x", "Can-Bo"),
        (b"login=can%2Dbo", "can-bo"),
        (b'--x\r\nContent-Disposition: form-data; name="username"\r\n\r\ncan-bo\r\n--x--', "can-bo"),
        (b"&" * 1000, ""),
        (b"\xff\xfe", ""),
        (b"", ""),
    ],
)
def test_the_name_in_a_form(body: bytes, name: str) -> None:
    assert entry.name_in(body) == name
