"""Plays Zalo: events of an Official Account signed as Zalo signs them, its message API, tokens that end.

Formats as seen in what others received and in public documents (docs/channels.md). Never: calls Zalo.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.desk import talk
from sandbox.desk.talk import Talks


@dataclass
class Zalo:
    """One account. `refuses`: a number of an error it gives to the next message; `photo`: bytes its files have."""

    app_id: str = "3482178216594085616"
    oa_id: str = "1423847451268726170"
    oa_secret: str = "khoa-oa-mo-phong"
    app_secret: str = "khoa-ung-dung-mo-phong"
    access_token: str = "ma-truy-cap-1"
    refresh_token: str = "ma-lam-moi-1"
    talks: Talks = field(default_factory=Talks)
    photo: bytes = b""
    refuses: int = 0
    renewals: int = 0

    # --- to the centre

    def event(self, user: str, text: str = "", *, known_as: str = "", **more: Any) -> bytes:
        """The body of an event: words, or `url` of a photo, or `lat` and `lon`."""
        message: dict[str, Any] = {"msg_id": known_as or secrets.token_hex(10)}
        name = "user_send_text"
        if text:
            message["text"] = text
        if url := more.get("url"):
            name = "user_send_image"
            message["attachments"] = [{"type": "image", "payload": {"thumbnail": url, "url": url}}]
        elif "lat" in more:
            name = "user_send_location"
            spot = {"latitude": str(more["lat"]), "longitude": str(more["lon"])}
            message["attachments"] = [{"type": "location", "payload": {"coordinates": spot}}]
        who = {"sender": {"id": user}, "recipient": {"id": self.oa_id}, "user_id_by_app": f"9{user}"}
        stamp = str(int(time.time() * 1000))
        return talk.body({"app_id": self.app_id, **who, "event_name": name, "message": message, "timestamp": stamp})

    def signed(self, content: bytes) -> dict[str, str]:
        stamp = content.rpartition(b'"timestamp":"')[2].rstrip(b'"}')
        mac = hashlib.sha256(self.app_id.encode() + content + stamp + self.oa_secret.encode()).hexdigest()
        return {"X-ZEvent-Signature": f"mac={mac}"}

    def write(self, url: str, user: str, text: str = "", **more: Any) -> int:
        """A citizen writes; the centre's status."""
        content = self.event(user, text, **more)
        self.talks.add(user, "in", text or "…")
        return talk.push(url, content, self.signed(content))

    # --- from the centre

    def routes(self) -> list[Route]:
        return [
            Route("/v3.0/oa/message/cs", self.message, methods=["POST"]),
            Route("/v2.0/oa/getoa", self.account),
            Route("/v4/oa/access_token", self.token, methods=["POST"]),
            Route("/photo/{name}", self.file),
        ]

    def _wrong(self, request: Request) -> Response | None:
        if request.headers.get("access_token") != self.access_token:
            return JSONResponse({"error": -216, "message": "Access token is invalid"})
        if self.refuses:
            number, self.refuses = self.refuses, 0
            return JSONResponse({"error": number, "message": "Refused by order"})
        return None

    async def message(self, request: Request) -> Response:
        if wrong := self._wrong(request):
            return wrong
        said = await request.json()
        word = self.talks.add(said["recipient"]["user_id"], "out", said["message"]["text"])
        data = {"message_id": word.id, "user_id": word.who}
        return JSONResponse({"data": data, "error": 0, "message": "Success"})

    async def account(self, request: Request) -> Response:
        wrong = self._wrong(request)
        return wrong or JSONResponse({"data": {"oa_id": self.oa_id, "name": "OA mô phỏng"}, "error": 0})

    async def token(self, request: Request) -> Response:
        """A refresh token is good once."""
        said = talk.form(await request.body())
        right = said.get("refresh_token") == self.refresh_token and said.get("app_id") == self.app_id
        if request.headers.get("secret_key") != self.app_secret or not right:
            return JSONResponse({"error": -14014, "error_name": "Invalid refresh token."})
        self.renewals += 1
        self.access_token, self.refresh_token = f"at-{secrets.token_hex(8)}", f"rt-{secrets.token_hex(8)}"
        found = {"access_token": self.access_token, "refresh_token": self.refresh_token, "expires_in": "90000"}
        return JSONResponse(found)

    async def file(self, _request: Request) -> Response:
        return Response(self.photo, media_type="image/jpeg", status_code=200 if self.photo else 404)
