"""Where a source may lead."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from haidang.intake import connectors
from haidang.intake.sources import guard
from haidang.words.errors import IntakeStopped, Unavailable

from .conftest import Make, Site, take, told

EVERYWHERE = ("0.0.0.0/0", "::/0")


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("http://127.0.0.1/", ("127.0.0.1", 80)),
        ("https://10.1.2.3/x?y=http://8.8.8.8/", ("10.1.2.3", 443)),
        ("http://[::1]:8080/", ("::1", 8080)),
        ("http://[::ffff:10.0.0.1]/", ("10.0.0.1", 80)),
        ("192.168.1.5:9999", ("192.168.1.5", 9999)),
        ("mqtts://localhost", ("127.0.0.1", 8883)),
        ("[fc00::1]:22", ("fc00::1", 22)),
    ],
)
def test_what_is_allowed(address: str, place: tuple[str, int]) -> None:
    guard.check(address, guard.allowed())
    assert guard.pinned(address, guard.allowed()) == place


@pytest.mark.parametrize("networks", [guard.allowed(), EVERYWHERE])
@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:169.254.169.254]/",
        "http://[::ffff:a9fe:a9fe]/",
        "http://[fd00:ec2::254]/",
        "http://100.100.100.200/",
        "http://[fe80::1]/",
        "http://[64:ff9b::a9fe:a9fe]/",
        "http://[2002:a9fe:a9fe::]/",
        "http://0.0.0.0/",
        "http://[::]/",
        "http://0/",
        "http://2852039166/",
        "http://0xa9fea9fe/",
        "http://0251.0376.0251.0376/",
        "http://127.1/",
        "http://0x7f.0.0.1/",
        "http://127.0.0.1./",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://user:pw@127.0.0.1/",
        "http://127.0.0.1:80@169.254.169.254/",
        "http://127.0.0.1\\@169.254.169.254/",
        "http://127.0.0.1 /",
        "http://127.0.0.1\r\nHost: x/",
    ],
)
def test_what_is_never_allowed(address: str, networks: tuple[str, ...]) -> None:
    with pytest.raises(IntakeStopped, match="address-not-allowed"):
        guard.check(address, networks)


@pytest.mark.parametrize("address", ["http://8.8.8.8/", "http://[2001:4860:4860::8888]/", "http://172.32.0.1/"])
def test_public_addresses_are_allowed_when_told(address: str) -> None:
    with pytest.raises(IntakeStopped, match="address-not-allowed"):
        guard.check(address, guard.allowed())
    guard.check(address, EVERYWHERE)


@pytest.mark.parametrize(
    "address", ["", "http://", "http://a:99999/", "http://a:0/", "//", "http://[::1/", "10.0.0.1", "x://10.0.0.1"]
)
def test_what_cannot_be_read(address: str) -> None:
    with pytest.raises(IntakeStopped, match="address-unreadable"):
        guard.pinned(address, guard.allowed())


def test_networks_of_the_machine(settings: Any) -> None:
    settings.NETWORKS = ("203.0.113.0/24", "10.0.0.0/8")
    guard.check("http://203.0.113.7/", guard.allowed())
    with pytest.raises(IntakeStopped, match="address-not-allowed"):
        guard.check("http://127.0.0.1/", guard.allowed())
    with pytest.raises(IntakeStopped, match="network-unreadable"):
        guard.check("http://127.0.0.1/", ("mạng",))


def test_a_password_in_an_address_is_never_told() -> None:
    with pytest.raises(IntakeStopped) as caught:
        guard.check("http://name:secret@127.0.0.1/", guard.allowed())
    assert "secret" not in str(caught.value)


def names(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> None:
    """A name server that answers differently each time it is asked."""
    left = list(answers)

    def answer(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        if host == "127.0.0.1":
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]
        if host != "doi-ten.vn":
            raise socket.gaierror("unknown")
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port))
            for ip in (left.pop(0) if len(left) > 1 else left[0])
        ]

    monkeypatch.setattr(socket, "getaddrinfo", answer)


def test_every_number_of_a_name_is_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    names(monkeypatch, ["127.0.0.1", "169.254.169.254"])
    with pytest.raises(IntakeStopped, match="address-not-allowed"):
        guard.check("http://doi-ten.vn/", guard.allowed())
    with pytest.raises(Unavailable, match="host-unknown"):
        guard.check("http://khong-co.vn/", guard.allowed())


def test_a_name_that_leads_elsewhere_afterwards_is_of_no_use(
    monkeypatch: pytest.MonkeyPatch, make: Make, site: Site
) -> None:
    """DNS rebinding: proved as this machine, then another number at the moment of connecting."""
    site.routes["/a"] = lambda call: told(call.headers["host"])
    address = f"http://doi-ten.vn:{site.server.server_port}"
    fetch = connectors.kind("http").fetch
    names(monkeypatch, ["127.0.0.1"], ["169.254.169.254"])
    with pytest.raises(IntakeStopped, match="address-not-allowed"):
        take(fetch(make("http", {"address": address, "path": "a"})))
    names(monkeypatch, ["127.0.0.1"])
    taken = take(fetch(make("http", {"address": address, "path": "a"})))
    assert taken.contents == [f'"doi-ten.vn:{site.server.server_port}"'.encode()]
