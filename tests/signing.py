"""Signing in as a person would, for tests that drive a centre over HTTP: name, password, and the second step if asked.

The codes are those of the demo's administrators; each is good once, so that the next one is waited for when needed.
"""

from __future__ import annotations

import re
import time
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from doors import PASSWORD, terminal

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
SECOND = "/login/second/"
STEP = 30


def sign_in(client: httpx.Client, name: str, *, password: str = PASSWORD, home: Path | None = None) -> None:
    """Sign a client (with a base_url) in through the login page; fails when it is not let in.

    `home`: that of the centre, where the demo's administrators' codes come from (`demo_code`).
    """
    done = _send(client, "/login/", {"username": name, "password": password})
    for _ in range(3):
        if urlsplit(done.headers.get("Location", "")).path != SECOND and done.request.url.path != SECOND:
            break
        done = _send(client, SECOND, {"code": demo_code(name, home)})
        if done.status_code == 302:
            break
        time.sleep(STEP - time.time() % STEP + 0.5)
    assert done.status_code == 302, (name, done.status_code, done.text[:400])
    assert not done.headers["Location"].startswith("/login"), (name, done.headers["Location"])


_signed: dict[tuple[str, str], list[dict[str, str]]] = {}


def cookies(address: str, name: str, home: Path) -> list[dict[str, str]]:
    """Cookies of somebody signed in, for a browser; signed in once per centre and run, since codes are good once."""
    if (address, name) not in _signed:
        with httpx.Client(base_url=address, timeout=60) as client:
            sign_in(client, name, home=home)
            found = [{"name": one.name, "value": one.value or "", "url": address} for one in client.cookies.jar]
        _signed[address, name] = found
    return _signed[address, name]


def _send(client: httpx.Client, path: str, words: dict[str, str]) -> httpx.Response:
    form = client.get(path)
    token = _TOKEN.search(form.text)
    assert token, (path, form.status_code, form.text[:400])
    return client.post(path, data={**words, "csrfmiddlewaretoken": token[1]}, headers={"Referer": str(client.base_url)})


def demo_code(name: str, home: Path | None) -> str:
    """The code a demo's administrator would read off the telephone now; `home`: the centre's folder."""
    assert home is not None, f"{name} is asked for a code: say in which home"
    done = terminal(home, "demo", "--code", name)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()[-1]
