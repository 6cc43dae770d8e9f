"""Plays a telephone exchange: pushes a call's events as they happen, signed, and what was recorded at its end.

Never: rings a telephone; what it records is a tone, no voice.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import math
import secrets
import struct
import time
import wave
from dataclasses import dataclass, field
from datetime import UTC, datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from sandbox.desk import talk

HERTZ = 8000
BOX = """<section><h2>điện thoại</h2><p>{standing}</p><form method="post" action="/desk/call">
<label>Số gọi đến<input name="phone" value="0900345611"></label><label>Máy lẻ<input name="agent" value="101"></label>
<button name="do" value="ring">Gọi 1022</button><button name="do" value="answer">Máy lẻ nhấc máy</button>
<button name="do" value="end">Cúp máy, gửi ghi âm</button>
<button name="do" value="miss">Không ai nhấc</button></form></section>"""


@dataclass
class Exchange:
    """One exchange pushing to `url` (`…/hooks/desk/call`). `calls`: every call it has put through, newest last."""

    url: str
    secret: str = "khoa-ky-tong-dai-mo-phong"
    line: str = "1022"
    calls: list[str] = field(default_factory=list)

    def signed(self, content: bytes, *, at: int = 0) -> dict[str, str]:
        stamp = str(at or int(time.time()))
        made = hmac.new(self.secret.encode(), f"{stamp}.".encode() + content, hashlib.sha256).hexdigest()
        return {"X-Signature": f"t={stamp},v1={made}"}

    def tell(self, call: str, event: str, **more: str) -> int:
        """One event; the centre's status."""
        said = {"call": call, "event": event, "at": datetime.now(UTC).isoformat(), "line": self.line, **more}
        content = talk.body(said)
        return talk.push(self.url, content, self.signed(content))

    def ring(self, phone: str) -> str:
        """Somebody calls; gives the exchange's id of the call."""
        call = f"mo-phong-{secrets.token_hex(8)}"
        self.calls.append(call)
        self.tell(call, "ringing", phone=phone)
        return call

    def answer(self, call: str, agent: str) -> int:
        return self.tell(call, "answered", agent=agent)

    def end(self, call: str, *, seconds: float = 2.0) -> int:
        """Somebody hangs up; the recording follows."""
        self.tell(call, "ended")
        return self.tell(call, "recorded", record=base64.b64encode(tone(seconds)).decode())

    def miss(self, call: str) -> int:
        """Nobody answered."""
        return self.tell(call, "missed")

    # --- played by hand

    def routes(self) -> list[Route]:
        return [Route("/desk/call", self.played, methods=["POST"])]

    async def played(self, request: Request) -> Response:
        """POST {do: ring | answer | end | miss, phone, agent, call}: the newest call unless one is named."""
        plain = request.headers.get("content-type", "").startswith("application/json")
        said = await request.json() if plain else talk.form(await request.body())
        try:
            call = await run_in_threadpool(self.play, said)
        except (KeyError, IndexError, OSError) as wrong:
            return JSONResponse({"error": str(wrong)}, status_code=400)
        return JSONResponse({"call": call}) if plain else RedirectResponse("/", status_code=303)

    def play(self, said: dict[str, str]) -> str:
        """Gives the call's id; raises KeyError, and IndexError before anybody has called."""
        if said["do"] == "ring":
            return self.ring(said.get("phone") or "0900345611")
        call = said.get("call") or self.calls[-1]
        if said["do"] == "answer":
            self.answer(call, said.get("agent") or "101")
        else:
            {"end": self.end, "miss": self.miss}[said["do"]](call)
        return call

    def box(self) -> str:
        """A piece of the page of the citizens' telephones."""
        return BOX.format(standing=f"{len(self.calls)} cuộc gọi")


def tone(seconds: float) -> bytes:
    """A WAV of a quiet tone of 440 Hz, as telephones record: 8 kHz, one channel, 16 bits."""
    kept = io.BytesIO()
    with wave.open(kept, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(HERTZ)
        heights = (int(3000 * math.sin(2 * math.pi * 440 * at / HERTZ)) for at in range(int(HERTZ * seconds)))
        file.writeframes(b"".join(struct.pack("<h", height) for height in heights))
    return kept.getvalue()
