"""HTTP against a real server: paging, cursors, logging in, what is refused."""

from __future__ import annotations

import gzip
import json
import resource
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from itertools import islice
from typing import Any

import pytest

from haidang.intake import clock, connectors
from haidang.words.errors import IntakeStopped, Unavailable

from .conftest import Answer, Call, Make, Site, take, told

http = connectors.kind("http")
ROWS = [{"id": n, "sua": f"2026-03-{n:02d}T08:00:00+07:00"} for n in range(1, 26)]


def paged(rows: list[dict[str, Any]]) -> Any:
    def answer(call: Call) -> Answer:
        page, size = int(call.query["page"]), int(call.query["size"])
        since = call.query.get("since", "")
        found = [row for row in rows if row["sua"] > since]
        return told({"data": {"items": found[(page - 1) * size : page * size]}, "error_code": "0"})

    return answer


PAGED = {
    "path": "/api/ho-so",
    "params": "page={page}&size={page_size}&since={since}",
    "paging": "page",
    "page_size": "10",
    "rows": "data.items",
    "cursor_field": "sua",
}


def ids(contents: list[bytes]) -> list[int]:
    return [row["id"] for content in contents for row in json.loads(content)["data"]["items"]]


@pytest.fixture
def dossiers(site: Site) -> Site:
    site.routes["/api/ho-so"] = paged(ROWS)
    return site


def test_every_page_is_a_parcel_and_the_next_pass_asks_only_for_what_is_new(make: Make, dossiers: Site) -> None:
    values = {"address": dossiers.address, **PAGED}
    taken = take(http.fetch(make("http", values)))
    assert ids(taken.contents) == list(range(1, 26))
    assert taken.names == ["ho-so-00001.json", "ho-so-00002.json", "ho-so-00003.json"]
    assert taken.cursor == {"since": ROWS[-1]["sua"]}
    assert take(http.fetch(make("http", values, cursor=taken.cursor))).names == []
    assert dossiers.calls[-1].query["since"] == ROWS[-1]["sua"]


def test_an_overlap_brings_the_same_rows_once(make: Make, dossiers: Site) -> None:
    values = {"address": dossiers.address, **PAGED, "overlap": "86400"}
    cursor, came = {}, []
    for _ in range(4):
        taken = take(http.fetch(make("http", values, cursor=cursor)))
        came.append(ids(taken.contents))
        cursor = taken.cursors[-1] if taken.cursors else cursor
    assert came == [list(range(1, 26)), [25], [], []]
    dossiers.routes["/api/ho-so"] = paged([*ROWS, {"id": 26, "sua": ROWS[-1]["sua"]}])
    assert ids(take(http.fetch(make("http", values, cursor=cursor))).contents) == [25, 26]


@pytest.mark.parametrize("killed_after", [1, 2, 3])
def test_a_kill_between_pages_repeats_the_same_bytes(make: Make, dossiers: Site, killed_after: int) -> None:
    values = {"address": dossiers.address, **PAGED}
    whole = take(http.fetch(make("http", values)))
    first = take(http.fetch(make("http", values)), most=killed_after)
    # killed before the cursor was safe: the last parcel comes again, byte for byte and under the same name
    again = take(http.fetch(make("http", values, cursor=first.cursors[-2] if killed_after > 1 else {})))
    assert again.contents == whole.contents[killed_after - 1 :]
    assert again.names == whole.names[killed_after - 1 :]
    # killed after it was safe: exactly the rest
    rest = take(http.fetch(make("http", values, cursor=first.cursor)))
    assert first.contents + rest.contents == whole.contents
    assert (rest.cursors or first.cursors)[-1] == whole.cursor


def test_a_pass_cut_at_its_very_end_is_closed_by_the_next_fetch(make: Make, dossiers: Site) -> None:
    values = {"address": dossiers.address, **PAGED, "most_pages": "3"}
    first = take(http.fetch(make("http", values)))
    assert first.cursor["pass_next"] == "4"
    dossiers.routes["/api/ho-so"] = paged([*ROWS, {"id": 99, "sua": "2026-04-01T00:00:00+07:00"}])
    second = take(http.fetch(make("http", {**values, "most_pages": "30"}, cursor=first.cursor)))
    assert ids(second.contents) == [99]
    assert (second.cursor["since"], "pass_next" in second.cursor) == ("2026-04-01T00:00:00+07:00", False)


def test_a_fault_on_a_later_page_loses_no_earlier_one(make: Make, dossiers: Site) -> None:
    good = paged(ROWS)
    dossiers.routes["/api/ho-so"] = lambda call: (
        good(call) if call.query["page"] != "3" else (503, {"Retry-After": "7"}, b"")
    )
    values = {"address": dossiers.address, **PAGED}
    parcels = http.fetch(make("http", values))
    kept = [(parcel.path.read_bytes(), dict(parcel.cursor)) for parcel in islice(parcels, 2)]
    with pytest.raises(Unavailable, match="source-busy") as caught:
        next(parcels)
    assert caught.value.facts["retry"] == 7
    assert ids([content for content, _ in kept]) == list(range(1, 21))
    dossiers.routes["/api/ho-so"] = good
    rest = take(http.fetch(make("http", values, cursor=kept[-1][1])))
    assert ids(rest.contents) == list(range(21, 26))


def test_404_behind_the_last_page_ends_the_pass(make: Make, dossiers: Site) -> None:
    good = paged(ROWS)
    dossiers.routes["/api/ho-so"] = lambda call: good(call) if int(call.query["page"]) <= 3 else (404, {}, b"")
    taken = take(http.fetch(make("http", {"address": dossiers.address, **PAGED})))
    assert ids(taken.contents) == list(range(1, 26))
    assert "pass_next" not in taken.cursor


def test_a_server_that_repeats_its_last_page_ends_the_pass(make: Make, site: Site) -> None:
    site.routes["/a"] = lambda _: told([{"id": 1}])
    taken = take(http.fetch(make("http", {"address": site.address, "path": "a", "paging": "page", "rows": "$"})))
    assert len(taken.names) == 1


def test_offset_moves_by_what_came(make: Make, site: Site) -> None:
    """A server may give fewer than it is asked for."""
    site.routes["/a"] = lambda call: told(ROWS[(at := int(call.query["tu"])) : at + 7])
    values = {
        "address": site.address,
        "path": "a",
        "params": "tu={offset}&n={page_size}",
        "paging": "offset",
        "rows": "$",
    }
    taken = take(http.fetch(make("http", values)))
    assert [row["id"] for content in taken.contents for row in json.loads(content)] == list(range(1, 26))


def test_cursor_and_link_paging(make: Make, site: Site) -> None:
    def by_token(call: Call) -> Answer:
        at = int(call.query.get("sau", "0"))
        return told({"rows": ROWS[at : at + 10], "next": str(at + 10) if at + 10 < len(ROWS) else None})

    def by_link(call: Call) -> Answer:
        at = int(call.query.get("at", "0"))
        link = {"Link": f'</l?at=0>; rel="first", </l?at={at + 10}>; rel="next"'} if at + 10 < len(ROWS) else {}
        return told(ROWS[at : at + 10], **link)

    site.routes |= {"/t": by_token, "/l": by_link}
    values = {"address": site.address, "path": "t", "params": "sau={cursor}", "paging": "cursor", "rows": "rows"}
    assert len(take(http.fetch(make("http", values))).names) == 3
    taken = take(http.fetch(make("http", {"address": site.address, "path": "l", "paging": "link"})))
    assert [row["id"] for content in taken.contents for row in json.loads(content)] == list(range(1, 26))


def test_a_next_page_elsewhere_is_refused(make: Make, site: Site) -> None:
    site.routes["/t"] = lambda _: told({"rows": [1], "next": "http://127.0.0.1:1/steal"})
    values = {"address": site.address, "path": "t", "paging": "cursor", "rows": "rows"}
    with pytest.raises(IntakeStopped, match="redirect-refused"):
        take(http.fetch(make("http", values)))


def test_a_forgotten_place_begins_the_pass_anew(make: Make, site: Site) -> None:
    site.routes["/t"] = lambda call: (
        (400, {}, b"token expired") if "sau" in call.query else told({"rows": [1], "next": None})
    )
    values = {"address": site.address, "path": "t", "params": "sau={cursor}", "paging": "cursor", "rows": "rows"}
    cursor = {"pass_next": "old", "pass_asked": "cursor ", "since": "x"}
    taken = take(http.fetch(make("http", values, cursor=cursor)))
    assert len(taken.names) == 1
    assert (taken.cursor["since"], "pass_next" in taken.cursor) == ("x", False)


def test_etag_and_the_same_bytes_bring_nothing(make: Make, site: Site) -> None:
    def tagged(call: Call) -> Answer:
        return (304, {}, b"") if call.headers.get("if-none-match") == '"v1"' else (200, {"ETag": '"v1"'}, b"a;b\n1;2\n")

    site.routes |= {"/e.csv": tagged, "/s.csv": lambda _: (200, {"Content-Type": "text/csv"}, b"a;b\n1;2\n")}
    for path in ("e.csv", "s.csv"):
        first = take(http.fetch(make("http", {"address": site.address, "path": path})))
        assert first.names == [path]
        assert take(http.fetch(make("http", {"address": site.address, "path": path}, cursor=first.cursor))).names == []
    assert [c.headers.get("if-none-match") for c in site.calls if c.path == "/e.csv"] == [None, '"v1"']
    again = make("http", {"address": site.address, "path": "s.csv", "unchanged": "take"}, cursor=first.cursor)
    assert len(take(http.fetch(again)).names) == 1


def one_stop(site: Site, *, ends_after: int = 2) -> dict[str, str]:
    """The one-stop protocol: log in, then a session in every body; 200 with error_code -1 when it is over."""
    alive: dict[str, int] = {}

    def login(call: Call) -> Answer:
        if call.json != {"username": "langson", "password": 'mật "khẩu"'}:
            return told({"session": "", "error_code": "-2", "message": "Sai mật khẩu"})
        alive[name := f"s{len(alive)}"] = ends_after
        return told({"session": name, "error_code": "0"})

    def sync(call: Call) -> Answer:
        asked = call.json
        if alive.get(asked["session"], 0) <= 0:
            return told({"error_code": "-1", "message": "Phiên đã hết hạn"})
        alive[asked["session"]] -= 1
        at = (asked["page"] - 1) * asked["size"]
        return told({"error_code": "0", "data": ROWS[at : at + asked["size"]], "asked": asked})

    site.routes |= {"/login": login, "/sync": sync}
    body = '{"session":"{session}","madonvi":"{unit}","service":"DongBoHoSoMC","page":{page},"size":{page_size},"since":"{since}"}'
    return {
        "address": site.address, "path": "sync", "method": "POST", "body": body, "unit": "H37.10", "login_path": "login",
        "login_body": '{"username":"{username}","password":"{password}"}', "username": "langson", "password": 'mật "khẩu"',
        "error_field": "error_code", "expired_codes": "-1", "rows": "data", "paging": "page", "page_size": "10",
    }  # fmt: skip


def test_the_one_stop_protocol_with_a_session_that_ends(make: Make, site: Site) -> None:
    taken = take(http.fetch(make("http", one_stop(site))))
    assert [row["id"] for content in taken.contents for row in json.loads(content)["data"]] == list(range(1, 26))
    asked = json.loads(taken.contents[0])["asked"]
    assert asked == {
        "session": "s0",
        "madonvi": "H37.10",
        "service": "DongBoHoSoMC",
        "page": 1,
        "size": 10,
        "since": "",
    }
    assert [call.path for call in site.calls].count("/login") == 2


def test_a_wrong_password_is_told_in_the_other_sides_words(make: Make, site: Site) -> None:
    with pytest.raises(IntakeStopped, match="login-refused") as caught:
        take(http.fetch(make("http", {**one_stop(site), "password": "sai"})))
    assert caught.value.facts["said"] == "Sai mật khẩu"
    with pytest.raises(IntakeStopped, match="login-refused"):  # a session that is over at once is no endless loop
        take(http.fetch(make("http", one_stop(site, ends_after=0))))


def test_an_error_in_a_200(make: Make, site: Site) -> None:
    site.routes["/a"] = lambda _: told({"ma": 7, "loi": "Đơn vị không có quyền"})
    values = {"address": site.address, "path": "a", "error_field": "ma", "error_text": "loi"}
    with pytest.raises(IntakeStopped, match="source-says-error") as caught:
        take(http.fetch(make("http", values)))
    assert caught.value.facts == {"found": "7", "said": "Đơn vị không có quyền"}
    with pytest.raises(Unavailable, match="source-busy"):
        take(http.fetch(make("http", {**values, "busy_codes": "7,8"})))
    assert not list(make("http", {}).scratch.iterdir())


@pytest.mark.parametrize(
    ("values", "header"),
    [
        ({"auth": "basic", "username": "u", "password": "p"}, ("authorization", "Basic dTpw")),
        ({"auth": "bearer", "token": "t"}, ("authorization", "Bearer t")),
        ({"auth": "key", "token": "t", "key_header": "X-Khoa"}, ("x-khoa", "t")),
        ({"headers": "X-Don-Vi: {unit}\n", "unit": "H37\r\nX-Evil: 1"}, ("x-don-vi", "H37X-Evil: 1")),
    ],
)
def test_credentials_and_headers(make: Make, site: Site, values: dict[str, str], header: tuple[str, str]) -> None:
    site.routes["/a"] = lambda _: told([1])
    take(http.fetch(make("http", {"address": site.address, "path": "a", **values})))
    assert site.calls[-1].headers[header[0]] == header[1]
    assert "x-evil" not in site.calls[-1].headers


def test_windows_are_written_as_the_other_side_writes(make: Make, site: Site) -> None:
    site.routes["/a"] = lambda call: told([call.query])
    values = {
        "address": site.address,
        "path": "a",
        "params": "tu={start}&den={end}",
        "time_format": "yyyyMMddHHmmss",
        "overlap": "60",
    }
    asked = make("http", values, start=datetime(2026, 3, 1, 17, tzinfo=UTC), end=datetime(2026, 3, 2, tzinfo=UTC))
    assert json.loads(take(http.fetch(asked)).contents[0]) == [{"tu": "20260302000000", "den": "20260302070000"}]
    with clock.at(datetime(2026, 3, 31, tzinfo=UTC)):
        first = take(http.fetch(make("http", values)))
    assert json.loads(first.contents[0])[0]["tu"] == "20260301070000"
    with clock.at(datetime(2026, 4, 1, tzinfo=UTC)):
        second = take(http.fetch(make("http", values, cursor=first.cursor)))
    assert json.loads(second.contents[0]) == [{"tu": "20260331065900", "den": "20260401070000"}]


def test_a_window_asked_for_moves_the_cursor_nowhere_back(make: Make, dossiers: Site) -> None:
    values = {"address": dossiers.address, **PAGED}
    cursor = {"since": "2026-03-20T00:00:00+07:00"}
    asked = make(
        "http", values, cursor=cursor, start=datetime(2026, 2, 1, tzinfo=UTC), end=datetime(2026, 3, 1, tzinfo=UTC)
    )
    taken = take(http.fetch(asked))
    assert dossiers.calls[0].query["since"].startswith("2026-02-01")
    assert taken.cursor["since"] == ROWS[-1]["sua"]


def test_a_row_from_the_far_future_does_not_hide_what_comes(make: Make, site: Site) -> None:
    rows = [*ROWS, {"id": 26, "sua": "2126-01-01T00:00:00+07:00"}]
    site.routes["/api/ho-so"] = paged(rows)
    taken = take(http.fetch(make("http", {"address": site.address, **PAGED})))
    assert ids(taken.contents)[-1] == 26
    assert taken.cursor["since"] == ROWS[-1]["sua"]


def test_numbers_are_compared_as_numbers(make: Make, site: Site) -> None:
    site.routes["/a"] = lambda _: told([{"n": 9}, {"n": 10010101}, {"n": 10}])
    values = {"address": site.address, "path": "a", "rows": "$", "cursor_field": "n"}
    assert take(http.fetch(make("http", values))).cursor["since"] == "10010101"


def moved(target: str) -> Any:
    return lambda _: (302, {"Location": target}, b"")


def test_a_redirect_is_proved_anew(make: Make, site: Site) -> None:
    port = site.server.server_port
    leads = {
        "/meta": "http://169.254.169.254/latest/", "/public": "http://93.184.216.34/", "/https": f"https://127.0.0.1:{port}/ok",
        "/file": "file:///etc/passwd", "/user": f"http://a:b@127.0.0.1:{port}/ok", "/loop": "/loop", "/fine": "ok",
    }  # fmt: skip
    for path, target in leads.items():
        site.routes[path] = moved(target)
    site.routes["/ok"] = lambda _: told([1])
    assert take(http.fetch(make("http", {"address": site.address, "path": "fine"}))).contents == [b"[1]"]
    codes = {}
    for path in leads:
        if path != "/fine":
            with pytest.raises(IntakeStopped) as caught:
                take(http.fetch(make("http", {"address": site.address, "path": path})))
            codes[path] = caught.value.code
    assert codes == {
        "/meta": "address-not-allowed", "/public": "address-not-allowed", "/https": "redirect-refused",
        "/file": "redirect-refused", "/user": "address-not-allowed", "/loop": "too-many-redirects",
    }  # fmt: skip


def test_a_credential_goes_to_no_other_host(make: Make, site: Site) -> None:
    other = Site()
    try:
        site.routes |= {"/a": lambda _: (302, {"Location": f"{other.address}/a"}, b"")}
        site.routes |= {"/b": lambda _: (307, {"Location": f"{other.address}/a"}, b"")}
        other.routes["/a"] = lambda _: told([1])
        values = {
            "address": site.address,
            "path": "a",
            "auth": "bearer",
            "token": "t",
            "headers": "X-T: {token}\nX-Open: 1",
        }
        take(http.fetch(make("http", values)))
        assert "authorization" not in other.calls[0].headers
        assert "x-t" not in other.calls[0].headers
        assert other.calls[0].headers["x-open"] == "1"
        with pytest.raises(IntakeStopped, match="redirect-refused"):
            take(http.fetch(make("http", {**values, "path": "b", "method": "POST", "body": '{"token":"{token}"}'})))
        assert len(other.calls) == 1
    finally:
        other.close()


def test_what_stands_in_a_path_never_changes_the_host(make: Make, site: Site) -> None:
    for path in ("//169.254.169.254/x", "@169.254.169.254/x", "http://169.254.169.254/", "\\\\169.254.169.254"):
        with pytest.raises(IntakeStopped, match=r"nothing-there|address"):
            take(http.fetch(make("http", {"address": site.address, "path": path})))
    for address in (
        "http://0x7f000001/",
        "http://2130706433/",
        "http://[::ffff:169.254.169.254]/",
        "ftp://127.0.0.1/",
        "http://0.0.0.0/",
    ):
        with pytest.raises(IntakeStopped, match="address"):
            take(http.fetch(make("http", {"address": address})))


@pytest.mark.parametrize(
    ("status", "error", "code"),
    [
        (400, IntakeStopped, "request-refused"),
        (401, IntakeStopped, "login-refused"),
        (403, IntakeStopped, "forbidden-there"),
        (404, IntakeStopped, "nothing-there"),
        (429, Unavailable, "source-busy"),
        (500, Unavailable, "source-fails"),
    ],
)
def test_statuses(make: Make, site: Site, status: int, error: type[Exception], code: str) -> None:
    site.routes["/a"] = lambda _: (status, {}, b"<h1>no</h1>")
    with pytest.raises(error, match=code):
        take(http.fetch(make("http", {"address": site.address, "path": "a"})))


def test_a_body_without_end_is_refused_with_flat_memory(make: Make, site: Site) -> None:
    def endless(_: Call, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        block = b"100000\r\n" + b"0" * (1 << 20) + b"\r\n"
        try:
            for _ in range(1025):
                handler.wfile.write(block)
        except OSError:
            pass

    site.routes |= {"/endless": endless, "/said": lambda _, h: told_large(h)}
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for path in ("endless", "said"):
        order = make("http", {"address": site.address, "path": path}, largest=256 << 20)
        with pytest.raises(IntakeStopped, match="too-large"):
            take(http.fetch(order))
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) < 48 * 1024
    assert not list(order.scratch.iterdir())


def told_large(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(1 << 30))
    handler.end_headers()


def test_a_bomb_is_counted_unpacked(make: Make, site: Site) -> None:
    bomb = gzip.compress(gzip.compress(b"0" * (256 << 20), 6), 6)
    inner = gzip.decompress(bomb)
    site.routes |= {
        "/bomb": lambda _: (200, {"Content-Encoding": "gzip"}, inner),
        "/fine": lambda _: (200, {"Content-Encoding": "gzip"}, gzip.compress(b"[1]")),
    }
    site.routes |= {
        "/cut": lambda _: (200, {"Content-Encoding": "gzip"}, inner[:2000]),
        "/br": lambda _: (200, {"Content-Encoding": "br"}, b"x"),
    }
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(IntakeStopped, match="too-large"):
        take(http.fetch(make("http", {"address": site.address, "path": "bomb"}, largest=64 << 20)))
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) < 48 * 1024
    assert take(http.fetch(make("http", {"address": site.address, "path": "fine"}))).contents == [b"[1]"]
    with pytest.raises(Unavailable, match="source-broke-off"):
        take(http.fetch(make("http", {"address": site.address, "path": "cut"})))
    with pytest.raises(IntakeStopped, match="encoding-unknown"):
        take(http.fetch(make("http", {"address": site.address, "path": "br"})))


def drip(part: bytes, rest: bytes) -> Any:
    def answer(_: Call, handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(part)
        try:
            for _ in range(40):
                handler.wfile.write(rest)
                handler.wfile.flush()
                time.sleep(0.1)
        except OSError:
            pass

    return answer


def test_a_byte_at_a_time_is_no_answer(make: Make, site: Site) -> None:
    """Neither a body nor headers that trickle hold the collector beyond its time."""
    site.routes |= {
        "/body": drip(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", b"x"),
        "/headers": drip(b"HTTP/1.1 200 OK\r\n", b"X-A: 1\r\n"),
    }
    for path in ("body", "headers"):
        started = time.monotonic()
        with pytest.raises(Unavailable, match=r"source-slow|source-silent"):
            take(http.fetch(make("http", {"address": site.address, "path": path, "whole_timeout": "1"})))
        assert time.monotonic() - started < 3


def test_a_body_cut_short_is_not_taken(make: Make, site: Site) -> None:
    def cut(_: Call, handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n[1, 2")

    site.routes["/cut"] = cut
    order = make("http", {"address": site.address, "path": "cut"})
    with pytest.raises(Unavailable, match="source-broke-off"):
        take(http.fetch(order))
    assert not list(order.scratch.iterdir())


def test_connections_that_fail(make: Make, site: Site) -> None:
    with pytest.raises(Unavailable, match="source-refuses"):
        take(http.fetch(make("http", {"address": "http://127.0.0.1:1/"})))
    with pytest.raises(Unavailable, match="host-unknown"):
        take(http.fetch(make("http", {"address": "http://khong-co.invalid/"})))
    with pytest.raises(IntakeStopped, match=r"tls-failed|certificate"):
        take(http.fetch(make("http", {"address": site.address.replace("http", "https")})))


def test_what_is_no_json_and_unknown_names(make: Make, site: Site) -> None:
    site.routes |= {
        "/html": lambda _: (200, {}, b"<html><title>Dang nhap</title></html>"),
        "/deep": lambda _: (200, {}, b"[" * 200_000),
    }
    for path in ("html", "deep"):
        order = make("http", {"address": site.address, "path": path, "rows": "data"})
        with pytest.raises(IntakeStopped, match="answer-not-json"):
            take(http.fetch(order))
        assert not list(order.scratch.iterdir())
    with pytest.raises(IntakeStopped, match="template-unknown"):
        take(http.fetch(make("http", {"address": site.address, "params": "x={password}"})))


def test_a_trial_asks_for_one_page(make: Make, dossiers: Site) -> None:
    assert take(http.fetch(make("http", {"address": dossiers.address, **PAGED}, trial=True))).names == [
        "ho-so-00001.json"
    ]
    assert len(dossiers.calls) == 1


def test_values_cannot_become_a_part_of_the_request(make: Make, site: Site) -> None:
    site.routes["/a"] = lambda _: told([1])
    unit = '","admin":"1&x=2</a>'
    for body, seen in [
        ('{"u":"{unit}"}', json.dumps({"u": unit}, separators=(",", ":"))),
        ("<a>{unit}</a>", "<a>&quot;,&quot;admin&quot;:&quot;1&amp;x=2&lt;/a&gt;</a>"),
        ("u={unit}", r"u=%22%2C%22admin%22%3A%221%26x%3D2%3C%2Fa%3E"),
    ]:
        values = {
            "address": site.address,
            "path": "a",
            "method": "POST",
            "body": body,
            "unit": unit,
            "params": "p={unit}",
        }
        take(http.fetch(make("http", values)))
        assert site.calls[-1].body.decode() == seen
        assert site.calls[-1].query == {"p": unit}
