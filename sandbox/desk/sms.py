"""Plays an SMS gateway in the centre's plain format: signed pushes of what came, an API that takes an `id` once.

Never: sends an SMS.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.desk import talk
from sandbox.desk.talk import Talks


@dataclass
class Sms:
    """One gateway. `known`: ids it has taken; `silent`: so many it takes without ever answering."""

    secret: str = "khoa-ky-sms-mo-phong"
    token: str = "ma-gui-sms-mo-phong"
    number: str = "1022"
    talks: Talks = field(default_factory=Talks)
    known: dict[str, str] = field(default_factory=dict)
    asked: int = 0
    silent: int = 0

    # --- to the centre

    def message(self, phone: str, text: str, *, known_as: str = "") -> bytes:
        said = {"id": known_as or secrets.token_hex(8), "from": phone, "to": self.number, "text": text}
        return talk.body({**said, "at": str(int(time.time()))})

    def signed(self, content: bytes, *, at: int = 0) -> dict[str, str]:
        stamp = str(at or int(time.time()))
        made = hmac.new(self.secret.encode(), f"{stamp}.".encode() + content, hashlib.sha256).hexdigest()
        return {"X-Signature": f"t={stamp},v1={made}"}

    def write(self, url: str, phone: str, text: str, *, known_as: str = "") -> int:
        """A citizen writes; the centre's status."""
        content = self.message(phone, text, known_as=known_as)
        self.talks.add(phone, "in", text)
        return talk.push(url, content, self.signed(content))

    # --- from the centre

    def routes(self) -> list[Route]:
        return [Route("/sms/send", self.send, methods=["POST"])]

    async def send(self, request: Request) -> Response:
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            return JSONResponse({"error": "unauthorised"}, status_code=401)
        said = await request.json()
        self.asked += 1
        if said["id"] not in self.known:
            self.known[said["id"]] = self.talks.add(said["to"], "out", said["text"]).id
        if self.silent:
            self.silent -= 1
            return Response(status_code=502)
        return JSONResponse({"id": self.known[said["id"]]})
