"""Plays a Facebook page: Messenger events and comments signed as Facebook signs them, the Send API.

Formats as in Meta's public documents (docs/channels.md). Never: calls Facebook.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.desk import talk
from sandbox.desk.talk import Talks


@dataclass
class Facebook:
    """One page. `sent`: the forms of the Send API as they came."""

    page_id: str = "500158316696377"
    app_secret: str = "khoa-ung-dung-fb-mo-phong"
    verify_token: str = "tu-xac-minh-mo-phong"
    page_token: str = "ma-trang-mo-phong"
    talks: Talks = field(default_factory=Talks)
    sent: list[dict[str, str]] = field(default_factory=list)
    photo: bytes = b""
    fails: int = 0

    # --- to the centre

    def message(self, user: str, text: str = "", *, known_as: str = "", url: str = "", echo: bool = False) -> bytes:
        """The body of a Messenger event."""
        said: dict[str, Any] = {"mid": known_as or f"m_{secrets.token_hex(12)}"}
        said |= {"text": text} if text else {}
        said |= {"attachments": [{"type": "image", "payload": {"url": url}}]} if url else {}
        said |= {"is_echo": True} if echo else {}
        now = int(time.time() * 1000)
        event = {"sender": {"id": user}, "recipient": {"id": self.page_id}, "timestamp": now, "message": said}
        return talk.body({"object": "page", "entry": [{"id": self.page_id, "time": now, "messaging": [event]}]})

    def comment(self, user: str, name: str, text: str, *, known_as: str = "", verb: str = "add") -> bytes:
        """The body of an event of the page's feed: a comment beneath a post."""
        number = known_as or f"{self.page_id}_{secrets.randbelow(10**9)}"
        value: dict[str, Any] = {"item": "comment", "verb": verb, "comment_id": number, "post_id": f"{self.page_id}_1"}
        value |= {"message": text, "from": {"id": user, "name": name}, "created_time": int(time.time())}
        entry = {"id": self.page_id, "time": int(time.time()), "changes": [{"field": "feed", "value": value}]}
        return talk.body({"object": "page", "entry": [entry]})

    def signed(self, content: bytes) -> dict[str, str]:
        made = hmac.new(self.app_secret.encode(), content, hashlib.sha256).hexdigest()
        return {"X-Hub-Signature-256": f"sha256={made}"}

    def write(self, url: str, user: str, text: str = "", **more: Any) -> int:
        """A citizen writes; the centre's status."""
        content = self.message(user, text, **more)
        self.talks.add(user, "in", text or "…")
        return talk.push(url, content, self.signed(content))

    def prove(self, url: str) -> bool:
        """Whether the address answers as Facebook wants it when it is registered."""
        word = secrets.token_hex(8)
        said = {"hub.mode": "subscribe", "hub.verify_token": self.verify_token, "hub.challenge": word}
        with urllib.request.urlopen(f"{url}?{urllib.parse.urlencode(said)}", timeout=talk.SECONDS) as answer:
            return bool(answer.read().decode() == word)

    # --- from the centre

    def routes(self) -> list[Route]:
        return [
            Route("/{version}/{page}/messages", self.send, methods=["POST"]),
            Route("/fb-photo/{name}", self.file),
            Route("/{version}/{page}", self.page),
        ]

    def _wrong(self, request: Request, proof: str) -> Response | None:
        right = hmac.new(self.app_secret.encode(), self.page_token.encode(), hashlib.sha256).hexdigest()
        if request.headers.get("Authorization") != f"Bearer {self.page_token}" or proof != right:
            return _error(400, 190, "Invalid OAuth access token.")
        if request.path_params["page"] != self.page_id:
            return _error(400, 100, "Unsupported request.")
        return None

    async def send(self, request: Request) -> Response:
        said = talk.form(await request.body())
        if wrong := self._wrong(request, said.get("appsecret_proof", "")):
            return wrong
        if self.fails:
            self.fails -= 1
            return Response(status_code=503)
        self.sent.append(said)
        to = json.loads(said["recipient"])
        who = to.get("id") or f"comment {to['comment_id']}"
        word = self.talks.add(who, "out", json.loads(said["message"])["text"], f"m_{secrets.token_hex(12)}")
        return JSONResponse({"recipient_id": who, "message_id": word.id})

    async def page(self, request: Request) -> Response:
        wrong = self._wrong(request, request.query_params.get("appsecret_proof", ""))
        return wrong or JSONResponse({"id": self.page_id, "name": "Trang mô phỏng"})

    async def file(self, _request: Request) -> Response:
        return Response(self.photo, media_type="image/jpeg", status_code=200 if self.photo else 404)


def _error(status: int, code: int, message: str) -> Response:
    return JSONResponse({"error": {"message": message, "type": "OAuthException", "code": code}}, status_code=status)
