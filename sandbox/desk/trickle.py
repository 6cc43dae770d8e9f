"""A report every little while, as people send them: by the open web form, by Zalo, Facebook, SMS and e-mail.

Each goes the way a citizen's goes: the form's page is read first and waited over, providers push to their web hooks.
Nobody in it exists. Never: signs in, sends when the centre does not answer (the next one tries again).
"""

from __future__ import annotations

import html.parser
import logging
import threading
import urllib.error
import urllib.parse
import urllib.request
from datetime import datetime
from http.cookiejar import CookieJar
from random import Random
from typing import Protocol

from sandbox.clock import VN
from sandbox.desk.history import NAMES, STREETS, SURNAMES, Town, town

WAYS = {"web": 40, "zalo": 28, "facebook": 14, "sms": 10, "email": 8}
READING = 9.0
"""Seconds a citizen looks at the form; the centre takes none that was filled in faster."""
log = logging.getLogger("sandbox.desk")


class Pushing(Protocol):
    """What the telephones of this sandbox offer: a citizen writes by a channel; the centre's status."""

    centre: str

    def said(self, channel: str, who: str, text: str) -> int: ...


class Trickle:
    """Sends until told to stop; about one report in `every` seconds."""

    def __init__(self, phones: Pushing, every: float, seed: int = 0) -> None:
        self.phones, self.every = phones, every
        self.rng = Random(seed or None)
        self.town: Town = town(self.rng.randrange(10**6), datetime.now(VN))
        self.stop = threading.Event()

    def run(self) -> None:
        while not self.stop.wait(self.rng.expovariate(1 / self.every)):
            way = self.rng.choices(list(WAYS), list(WAYS.values()))[0]
            try:
                log.info("%s: %s", way, self.send(way))
            except OSError as away:
                log.info("%s: %s", way, away)

    def send(self, way: str) -> int:
        """One report by a channel; the centre's status. Raises OSError."""
        kind = self.rng.choices(self.town.kinds, [float(one["share"]) for one in self.town.kinds])[0]
        spot = self.rng.choices(self.town.spots, self.town.weights)[0]
        place = spot.name.replace("Phường", "phường").replace("Xã", "xã")
        text = kind["text"].format(place=place, street=self.rng.choice(STREETS))
        text = text[0].upper() + text[1:]
        if way == "web":
            near = {
                name: f"{value + self.rng.gauss(0, 0.006):.5f}"
                for name, value in (("lat", spot.lat), ("lon", spot.lon))
            }
            return self._form({"text": text, "place": spot.code, "category": kind["category"], **near})
        return self.phones.said(way, self._who(way), text if place in text else f"{text} ({place})")

    def _who(self, way: str) -> str:
        number = self.rng.randrange(10**6)
        known = {"zalo": f"83093939{number:06d}11", "facebook": f"70123456{number:06d}", "sms": f"0900{number:06d}"}
        return known.get(way, f"nguoi.dan.{number}@example.vn")

    def _form(self, said: dict[str, str]) -> int:
        jar = urllib.request.HTTPCookieProcessor(CookieJar())
        browser, address = urllib.request.build_opener(jar), f"{self.phones.centre}/cong/gui"
        with browser.open(address, timeout=20) as page:
            hidden = _Hidden()
            hidden.feed(page.read().decode())
        if self.stop.wait(READING):
            return 0
        name = f"{self.rng.choice(SURNAMES)} {self.rng.choice(NAMES)}"
        person = {"name": name, "phone": f"0900{self.rng.randrange(10**6):06d}", "public": "1"}
        body = urllib.parse.urlencode({**hidden.fields, **said, **person}).encode()
        try:
            with browser.open(urllib.request.Request(address, body, {"Referer": address}), timeout=20) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refused:
            return int(refused.code)


class _Hidden(html.parser.HTMLParser):
    """The hidden fields of a page's forms."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "input" and told.get("type") == "hidden" and told.get("name"):
            self.fields[str(told["name"])] = told.get("value") or ""
