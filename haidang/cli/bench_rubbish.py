"""`haidang bench rubbish`: a hundred thousand forms of rubbish posted to the citizens' page, beside an operator.

A server of its own on a copy of this home. The flood comes from fifty addresses, with no ticket, one made up, one of a
real form, always other words; the operator lists reports (127.0.0.3) without it and with it. What was stored is counted
in the database itself. Never: measures the centre's own server, touches the home it was given.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import secrets
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote, urlsplit

from haidang.cli import bench_sign_in as beside
from haidang.cli.bench_sign_in import NAMES, READER, Seen

POSTS, ADDRESSES, SENDERS = 100_000, 50, 8
CALM_SECONDS, PAUSE = 8.0, 0.1
LIST = "/cases/"
TEXT = "Mua thuốc giảm cân giá rẻ, gọi ngay hôm nay để nhận quà số {n}"


def run(*, posts: int = POSTS) -> dict[str, Any]:
    """Figures without and with the flood; raises Unavailable('port-taken') when the server does not start."""
    with tempfile.TemporaryDirectory(prefix="haidang-bench-") as folder:
        home, password = Path(folder) / "home", secrets.token_urlsafe(18) + "-Aa1"
        beside._copy(home, password)
        before = _stored(home)
        with beside.server(home) as url:
            calm = asyncio.run(_operator(url, password, lambda: False))
            flood = _begun(url, posts)
            busy = asyncio.run(_operator(url, password, lambda: flood.poll() is None))
            told = json.loads(flood.communicate(timeout=60)[0])
        return {"posts": posts, "calm": calm, "flooded": busy, "flood": told, "stored": _stored(home) - before}


async def _operator(url: str, password: str, flooded: Any) -> dict[str, Any]:
    """Somebody who lists reports, for a while or as long as the flood lasts."""
    seen, until = Seen(), time.monotonic() + CALM_SECONDS
    async with beside._client(url, READER) as client:
        await beside._sign_in(client, NAMES[0], password)
        while flooded() or time.monotonic() < until:
            began = time.perf_counter()
            seen.add((await client.get(LIST)).status_code, began)
            await asyncio.sleep(PAUSE)
    return seen.told()


def _begun(url: str, posts: int) -> subprocess.Popen[str]:
    """The flood in a process of its own, so that what it costs to send is not taken for slowness of the server."""
    code = f"from haidang.cli import bench_rubbish as b; b.flood({url!r}, {posts!r})"
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)


def flood(url: str, posts: int) -> None:
    """So many posts from SENDERS threads; prints what was answered."""
    shares: list[Counter[int]] = [Counter() for _ in range(SENDERS)]
    began = time.perf_counter()
    threads = [Thread(target=_send, args=(url, n, posts // SENDERS, one)) for n, one in enumerate(shares)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    whole = sum(shares, Counter())
    answers = {str(status): count for status, count in sorted(whole.items())}
    print(json.dumps({"answers": answers, "seconds": round(seconds, 1), "posts_a_second": round(posts / seconds)}))


def _send(url: str, sender: int, posts: int, seen: Counter[int]) -> None:
    """One thread's share, from addresses of its own in turn."""
    place = urlsplit(url)
    mine = [f"127.0.2.{n}" for n in range(1, ADDRESSES + 1) if n % SENDERS == sender]
    for turn, address in enumerate(mine):
        line = http.client.HTTPConnection(str(place.hostname), place.port, timeout=60, source_address=(address, 0))
        cookie, token = _form(line, "/cong/gui", 'name="csrfmiddlewaretoken" value="')
        _, ticket = _form(line, "/cong/phieu", '"ticket": "')
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html", "Cookie": cookie}
        for n in range(posts // len(mine) + (turn < posts % len(mine))):
            said = ("", "khong-phai", ticket)[n % 3]
            words = f"csrfmiddlewaretoken={token}&ticket={quote(said)}&text={quote(TEXT.format(n=n))}"
            line.request("POST", "/cong/gui", words, kind)
            answer = line.getresponse()
            answer.read()
            seen[answer.status] += 1
        line.close()


def _form(line: http.client.HTTPConnection, path: str, mark: str) -> tuple[str, str]:
    """The cookie and what stands after a mark, up to the next quotation mark."""
    line.request("GET", path)
    answer = line.getresponse()
    cookie = answer.getheader("Set-Cookie", "").partition(";")[0]
    return cookie, answer.read().decode().partition(mark)[2].partition('"')[0]


def _stored(home: Path) -> int:
    with sqlite3.connect(home / "db.sqlite3") as book:
        return int(book.execute("select count(*) from cases_case").fetchone()[0])
