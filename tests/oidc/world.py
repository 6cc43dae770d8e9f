"""A person at a browser before a real provider (npm oidc-provider), and the centre as its client."""

from __future__ import annotations

import http.server
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from django.http import HttpResponse
from django.test import Client

from haidang.access.gate import operator
from haidang.access.identity.providers import actions
from haidang.access.identity.providers.actions import Said
from haidang.access.identity.providers.claims import Mapped, Rule
from haidang.words.nouns import Level

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
KEY, CLIENT, SECRET = "vneid", "hai-dang", "bi-mat-cua-phep-thu"
BACK = f"http://testserver/login/sso/{KEY}/callback"
CCCD = "020090001234"


@dataclass
class Real:
    """The real provider: `browser` is a person's, with its cookies there; `logouts` are tokens it posted."""

    issuer: str
    logouts: list[str]
    browser: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=20))

    def next(self, sub: str, **said: Any) -> None:
        """Who signs in next: `claims`, `acr`, `amr`, or `refuse`."""
        httpx.post(f"{self.issuer}/__next", json={"sub": sub, **said}).raise_for_status()

    def onward(self, url: str) -> str:
        """Go through the provider's own pages until it sends the browser away; where to."""
        for _ in range(8):
            answer = self.browser.get(url)
            assert answer.status_code in (302, 303), (url, answer.status_code, answer.text[:300])
            url = str(httpx.URL(url).join(answer.headers["Location"]))
            if urlsplit(url).netloc != urlsplit(self.issuer).netloc:
                return url
        raise AssertionError("no end of redirects")

    def sign_in(self, client: Client, **more: str) -> HttpResponse:
        """The whole way of a person at a browser; the answer of our callback."""
        away = client.get(f"/login/sso/{KEY}/", more)
        assert away.status_code == 302, away.content.decode()[:500]
        return client.get(self.onward(away["Location"]))


class Catcher(http.server.BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        text = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self.server.caught.append(parse_qs(text)["logout_token"][0])  # type: ignore[attr-defined]  # ours
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


MAPPING = Mapped(
    title="name",
    acr=("urn:vneid:loa:3",),
    rules=(
        Rule("co_quan", "so-y-te", "office", "so-y-te"),
        Rule("chuc_vu", "giam-doc", "post", "giam-doc"),
        Rule("vai_tro", "xem-y-te", "grant", pack="y-te", place="20", level="restricted"),
        Rule("vai_tro", "nap-y-te", "grant", action="import", pack="y-te", place="20", level="restricted"),
    ),
)


def configure(issuer: str, **more: Any) -> None:
    base: dict[str, Any] = {
        "name_vi": "VNeID thử",
        "name_en": "Trial VNeID",
        "issuer": issuer,
        "client_id": CLIENT,
        "secret": SECRET,
        "scopes": "openid profile citizen work",
        "mapping": MAPPING,
        "level": Level.RESTRICTED,
        "unknown": "open",
        "on": True,
    }
    actions.keep(operator(), KEY, Said(**{**base, **more}))
