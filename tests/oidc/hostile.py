"""A small hostile provider: it speaks the protocol and answers whatever a test wants it to. Never: a real one."""

from __future__ import annotations

import http.server
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import RSAAlgorithm
from oidc.world import CLIENT

KEYS = {name: rsa.generate_private_key(public_exponent=65537, key_size=2048) for name in ("own", "stranger")}


def public(name: str) -> dict[str, Any]:
    return {**RSAAlgorithm.to_jwk(KEYS[name].public_key(), as_dict=True), "kid": name, "alg": "RS256", "use": "sig"}


def pem() -> bytes:
    return KEYS["own"].public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@dataclass
class Hostile:
    """`token`: makes the ID token from sound claims; `tells`: the discovery as it lies; `userinfo`: as it answers."""

    issuer: str
    token: Any = None
    tells: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] | None = None
    answer: dict[str, Any] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    nonce: str = ""
    keys: tuple[str, ...] = ("own",)

    def sound(self, **more: Any) -> dict[str, Any]:
        now = int(time.time())
        base = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "nguoi-that",
            "nonce": self.nonce,
            "iat": now,
            "exp": now + 300,
        }
        return {name: value for name, value in {**base, **more}.items() if value is not None}

    def signed(self, *, key: str = "own", alg: str = "RS256", head: dict[str, Any] | None = None, **more: Any) -> str:
        return jwt.encode(self.sound(**more), KEYS[key], alg, headers={"kid": key, **(head or {})})

    def documents(self) -> dict[str, Any]:
        own = {name: f"{self.issuer}/{name.split('_')[0]}" for name in ("authorization_endpoint", "token_endpoint")}
        told = {"issuer": self.issuer, **own, "jwks_uri": f"{self.issuer}/jwks"}
        told |= {"userinfo_endpoint": f"{self.issuer}/userinfo", "code_challenge_methods_supported": ["S256"]}
        return {
            "/.well-known/openid-configuration": {**told, **self.tells},
            "/jwks": {"keys": [public(name) for name in self.keys]},
            "/userinfo": self.userinfo or {"sub": "nguoi-that"},
        }

    def redeemed(self) -> dict[str, Any]:
        token = self.token() if self.token else self.signed()
        return {"access_token": "at", "token_type": "Bearer", "id_token": token, **self.answer}

    def begun(self, address: str) -> str:
        """What the centre asked for when it sent the browser here; gives the state."""
        asked = parse_qs(urlsplit(address).query)
        self.nonce = asked["nonce"][0]
        return asked["state"][0]


class _Doors(http.server.BaseHTTPRequestHandler):
    server: Any

    def do_GET(self) -> None:
        self._say(self.server.hostile.documents().get(urlsplit(self.path).path))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self.server.hostile.asked.append(dict(parse_qsl(body)))
        self._say(self.server.hostile.redeemed())

    def _say(self, told: Any) -> None:
        body = json.dumps(told).encode()
        self.send_response(200 if told is not None else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@contextmanager
def running() -> Iterator[Hostile]:
    server: Any = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Doors)
    server.hostile = Hostile(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.hostile
    finally:
        server.shutdown()
