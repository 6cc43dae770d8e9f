"""The first door: slow callers, ambiguous requests, wrong hosts, the administration's own port."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest
from django.urls import get_resolver

from haidang.site import ports
from haidang.web.addresses import open as _open  # noqa: F401  (the addresses are loaded)
from haidang.web.keeping import PAGES

from .conftest import PASSWORD, House, attempt, form, house


def raw(port: int, text: str, *, seconds: float = 10, source: str = "127.0.0.1") -> bytes:
    """What the server says to these very bytes, until it closes or falls silent."""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds, source_address=(source, 0)) as line:
        line.sendall(text.encode("latin-1"))
        answer = b""
        try:
            while piece := line.recv(65536):
                answer += piece
                if b"\r\n\r\n" in answer and b"keep" not in text.encode():
                    break
        except OSError:
            pass
        return answer


def test_slow_callers_are_let_go_and_others_served(tight: House) -> None:
    """Slowloris: twenty callers who begin a heading and never end it."""
    lines = [socket.create_connection(("127.0.0.1", tight.port), timeout=20) for _ in range(20)]
    try:
        for line in lines:
            line.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
        with tight.caller("127.0.0.20") as other:
            assert other.get("/healthz").status_code == 200
        until = time.monotonic() + 8
        for line in lines:
            line.settimeout(max(0.1, until - time.monotonic()))
            assert _ended(line), "a heading that never ends is not waited for"
    finally:
        for line in lines:
            line.close()


def test_a_further_request_on_the_same_line_is_not_waited_for_either(tight: House) -> None:
    with socket.create_connection(("127.0.0.1", tight.port), timeout=20, source_address=("127.0.0.21", 0)) as line:
        line.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert line.recv(65536).startswith(b"HTTP/1.1 200")
        line.sendall(b"GET / HT")
        line.settimeout(8)
        assert _ended(line)


def test_connections_of_one_peer_are_bounded(tight: House) -> None:
    lines = []
    try:
        for _ in range(45):
            lines.append(
                socket.create_connection(("127.0.0.1", tight.port), timeout=5, source_address=("127.0.0.22", 0))
            )
        time.sleep(0.5)
        gone = sum(_ended(line, 0.05) for line in lines)
        assert gone >= 15
        with tight.caller("127.0.0.23") as other:
            assert other.get("/healthz").status_code == 200
    finally:
        for line in lines:
            line.close()


def _ended(line: socket.socket, seconds: float | None = None) -> bool:
    if seconds is not None:
        line.settimeout(seconds)
    try:
        while piece := line.recv(65536):
            assert not piece.startswith(b"HTTP/1.1 200")
    except TimeoutError:
        return False
    except OSError:
        return True
    return True


@pytest.mark.parametrize(
    "headings",
    [
        "Host: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Host: 127.0.0.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n",
        "Host: 127.0.0.1\r\nHost: ioc.example.vn\r\n",
        "Host: 127.0.0.1\r\nTransfer-Encoding: identity, chunked\r\n",
        "Host: 127.0.0.1\r\nTransfer-Encoding : chunked\r\n",
        "Host: 127.0.0.1\r\nX-Long: " + "a" * 40_000 + "\r\n",
        "Host: 127.0.0.1\r\nX Bad: 1\r\n",
        "Host: ioc.example.vn\r\n",
        "Host: 127.0.0.1:80@evil.example\r\n",
        "Host: 127.0.0.1\r\n evil: folded\r\n",
    ],
)
def test_what_two_readers_could_understand_differently_is_refused(tight: House, headings: str) -> None:
    answer = raw(tight.port, f"POST /login/ HTTP/1.1\r\n{headings}\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\n\r\n")
    first = answer.splitlines()[0] if answer else b""
    assert first.startswith((b"HTTP/1.1 400", b"HTTP/1.1 501", b"HTTP/1.1 431")), first
    assert b"haidang_up" not in answer
    assert b"Traceback" not in answer
    assert b"DisallowedHost" not in answer


def test_a_length_of_nothing_hides_no_second_request(tight: House) -> None:
    hidden = "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    told = f"POST /login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(hidden)}\r\n\r\n{hidden}"
    assert b"haidang_up" not in raw(tight.port, told, source="127.0.0.24")


def test_methods(tight: House) -> None:
    with tight.caller("127.0.0.25", Accept="text/html") as client:
        for method in ("TRACE", "PROPFIND", "PUT", "DELETE", "PATCH", "CONNECTION"):
            found = client.request(method, "/sources/")
            assert found.status_code == 405, method
            assert "Không làm theo cách này được" in found.text
        swapped = client.get("/sources/", headers={"X-HTTP-Method-Override": "DELETE", "X-Method-Override": "POST"})
        assert swapped.status_code == 200, "a heading changes no method"
        assert client.get("/notices/read").status_code in {404, 405}


def test_headings_of_every_answer(tight: House) -> None:
    needed = {
        "content-security-policy", "permissions-policy", "referrer-policy", "x-content-type-options", "x-frame-options",
        "cross-origin-opener-policy", "cross-origin-resource-policy",
    }  # fmt: skip
    with tight.caller("127.0.0.26", Accept="text/html") as client:
        for path in ("/", "/login/", "/khong-co", "/api/v1/packs", "/api/v1/khong-co", "/healthz", "/robots.txt"):
            found = client.get(path)
            assert needed <= set(found.headers), path
            assert "server" not in found.headers
            assert "unsafe" not in found.headers["content-security-policy"]
            assert "strict-transport-security" not in found.headers, "not over plain HTTP"
        assert needed <= set(client.request("TRACE", "/").headers)


def test_what_the_signed_in_see_is_kept_by_nobody(tight: House) -> None:
    with tight.caller("127.0.0.27", Accept="text/html") as client:
        assert "cache-control" not in client.get("/robots.txt").headers
        assert attempt(client, "can-bo", PASSWORD, form(client)).status_code == 302
        for path in ("/", "/me/", "/api/v1/me", "/sources.csv", "/khong-co"):
            assert "no-store" in client.get(path).headers["cache-control"], path


# --- the administration's own port


def test_the_administration_stands_at_its_own_port(tight: House) -> None:
    with tight.caller("127.0.0.28", Accept="text/html") as client:
        elsewhere = client.get("/khong-co-trang-nay").text
        for url, _, _ in PAGES:
            if not ports.administration(url):
                continue
            found = client.get(url)
            assert (found.status_code, found.text) == (404, elsewhere), url
            assert client.post(url).status_code == 404
        assert client.get("/sources/a.b/connection").text == elsewhere
        client.base_url = f"http://127.0.0.1:{tight.admin}"  # type: ignore[assignment]  # httpx reads a text as well
        assert client.get("/login/").status_code == 200
        there = client.get("/rules/")
        assert there.text != elsewhere, "at its port the page itself answers (that nobody unknown may see it)"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("guarded"), HAIDANG_ADMIN_NETWORKS="127.0.0.30,192.0.2.0/24") as one:
        yield one


def test_the_administration_answers_its_own_networks_alone(guarded: House) -> None:
    answers = {}
    for address in ("127.0.0.30", "127.0.0.31"):
        with guarded.caller(address, Accept="text/html") as client:
            client.base_url = f"http://127.0.0.1:{guarded.admin}"  # type: ignore[assignment]  # as above
            client.headers["X-Forwarded-For"] = "192.0.2.1"
            answers[address] = client.get("/rules/").text == client.get("/khong-co").text
    assert answers == {"127.0.0.30": False, "127.0.0.31": True}


def test_no_page_of_the_administration_is_forgotten() -> None:
    """Every address below a page of the keeping, and what alone changes how a source is reached."""
    every = [str(one.pattern) for one in get_resolver("haidang.web.urls").url_patterns]
    tops = tuple(url.strip("/") for url, _, _ in PAGES)
    below = [one for one in every if one.split("/")[0] in tops or "/connection" in one]
    assert len([one for one in below if "/connection" in one]) == 3
    assert all(ports.KEEPING.match("/" + one) for one in below)
    officers = ("/requests/", "/requests/new", "/requests/7", "/requests/7/take-back", "/reviews/", "/reviews/3")
    for path in (*officers, "/privilege/4", "/privilege/end", "/privilege/see-as/end"):
        assert not ports.administration(path), path
    for path in ("/requests/7/approve", "/requests/7/refuse", "/privilege/", "/privilege/open", "/privilege/see-as"):
        assert ports.administration(path), path
    for path in ("/", "/login/", "/me/", "/rulesx", "/sources/a.b", "/people-of", "/map/"):
        assert not ports.KEEPING.match(path), path
