"""Forms of the public: a flood is refused before it costs anything, nothing of it is stored, the house works on."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from haidang.site import limits
from haidang.site.limits import Call, Limits

from .conftest import PASSWORD, House, attempt, form, house

POSTS = 3000
TEXT = "Mua thuốc giảm cân giá rẻ gọi ngay hôm nay {n}"


def call(path: str, method: str = "POST", remote: str = "10.1.2.3") -> Call:
    return Call(method, path, remote)


def test_an_address_sends_so_many_forms_and_no_more() -> None:
    own = Limits({"forms": "5/minute"})
    assert [bool(own.refused(call("/cong/gui"))) for _ in range(7)] == [False] * 5 + [True] * 2
    assert not own.refused(call("/cong/gui", remote="10.1.2.4"))
    assert not own.refused(call("/cong/gui", "GET")), "looking goes on"


def test_whoever_is_refused_does_not_use_up_what_all_share() -> None:
    own = Limits({"forms": "5/minute", "forms-all": "20/minute"})
    for _ in range(1000):
        own.refused(call("/cong/gui"))
    assert not own.refused(call("/cong/gui", remote="10.1.2.4"))


def test_many_addresses_together_are_bounded_too() -> None:
    own = Limits({"forms-all": "50/minute"})
    refused = [bool(own.refused(call("/cong/gui", remote=f"10.1.{n // 250}.{n % 250}"))) for n in range(400)]
    assert refused.count(False) == 50


def test_codes_cannot_be_tried_one_after_another() -> None:
    own = Limits({"codes": "10/minute"})
    found = [bool(own.refused(call(f"/cong/PA261122-AAAAAA{n:02}", "GET"))) for n in range(12)]
    assert found == [False] * 10 + [True] * 2
    for page in limits.PAGES:
        assert not own.refused(call(f"/cong/{page}", "GET")), page
    assert own.refused(call("/cong/ PA261122-AAAAAAAA", "GET")), "however it is written"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("rubbish"), "can-bo") as one:
        yield one


def flood(where: House, address: str, many: int, found: Counter[int]) -> None:
    """Rubbish as programs post it: no ticket, one made up, one of a real form; always something new."""
    with where.caller(address, Referer=where.url) as stranger:
        token = form(stranger, "/cong/gui")
        tickets = ("", "khong-phai", stranger.get("/cong/phieu").json()["ticket"])
        for n in range(many):
            words = {"text": TEXT.format(n=n), "ticket": tickets[n % 3], "csrfmiddlewaretoken": token}
            found[stranger.post("/cong/gui", data=words).status_code] += 1


def test_a_flood_is_slowed_not_stored_and_the_house_works_on(town: House) -> None:
    found: Counter[int] = Counter()
    with town.caller("127.0.0.2") as officer:
        assert attempt(officer, "can-bo", PASSWORD, form(officer)).status_code == 302
        calm = slowest(officer)
        callers = [threading.Thread(target=flood, args=(town, f"127.0.1.{n}", POSTS // 6, found)) for n in range(6)]
        for one in callers:
            one.start()
        busy = slowest(officer)
        for one in callers:
            one.join()
    assert sum(found.values()) == POSTS
    assert set(found) <= {302, 422, 429}, found
    assert found[429] > POSTS * 0.9, found
    assert stored(town) <= len(callers), "a ticket that was waited for is good once, whoever brings it"
    assert busy < max(2.0, calm * 20), (calm, busy)


def slowest(officer: httpx.Client) -> float:
    """The slowest of some pages of the house, in seconds."""
    times = []
    for _ in range(8):
        begun = time.perf_counter()
        assert officer.get("/cases/").status_code in (200, 404)
        times.append(time.perf_counter() - begun)
    return max(times)


def stored(where: House) -> int:
    """Reports in the house's own database."""
    import sqlite3

    with sqlite3.connect(Path(where.home) / "db.sqlite3") as book:
        return int(book.execute("select count(*) from cases_case").fetchone()[0])
