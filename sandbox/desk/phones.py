"""The citizens' telephones: a page on which somebody plays a citizen of Zalo, Facebook, SMS and e-mail.

For programs: POST /desk/write {channel, who, text}; GET /desk/talks. Never: listens on anything but the loopback.
"""

from __future__ import annotations

import contextlib
import html
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from sandbox.desk import talk
from sandbox.desk.exchange import Exchange
from sandbox.desk.facebook import Facebook
from sandbox.desk.mail import Mail
from sandbox.desk.sms import Sms
from sandbox.desk.talk import Talks
from sandbox.desk.trickle import Trickle
from sandbox.desk.zalo import Zalo

HOST = "127.0.0.1"
WHO = {
    "zalo": "8309393969855402319",
    "facebook": "7012345678901234",
    "sms": "0900345611",
    "email": "chi.thu@example.vn",
}
"""Who writes when nobody is named; nobody in it exists."""
PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Điện thoại của người dân (mô phỏng)</title><style>
body{{font:16px/1.5 sans-serif;max-width:72rem;margin:1rem auto;
padding:0 1rem}}main{{display:grid;grid-template-columns:repeat(auto-fit,minmax(16rem,1fr));gap:1rem}}
section{{border:1px solid #bbb;border-radius:8px;padding:.5rem 1rem}}.mark{{background:#fff3cd;padding:.5rem 1rem}}
p.out{{background:#e8f1fb}}p{{padding:.3rem .6rem;border-radius:6px;white-space:pre-wrap;overflow-wrap:anywhere}}
input,textarea,button{{font:inherit;width:100%;box-sizing:border-box;margin:.2rem 0}}</style>
<h1>Điện thoại của người dân</h1>
<p class="mark">Mọi thứ ở đây là <b>mô phỏng</b>: không có người thật.</p>
<main>{boxes}</main></html>"""
BOX = """<section><h2>{title}</h2>{words}<form method="post" action="/desk/write"><input type="hidden" name="channel"
value="{channel}"><label>Người gửi<input name="who" value="{who}"></label>
<label>Nội dung<textarea name="text" rows="3" required></textarea></label><button>Gửi</button></form></section>"""


@dataclass
class Phones:
    """Every provider, and where the centre is."""

    centre: str
    port: int
    zalo: Zalo = field(default_factory=Zalo)
    facebook: Facebook = field(default_factory=Facebook)
    sms: Sms = field(default_factory=Sms)
    mail: Mail = field(default_factory=Mail)

    def __post_init__(self) -> None:
        self.exchange = Exchange(f"{self.centre}/hooks/desk/call")

    def application(self) -> Starlette:
        @contextlib.asynccontextmanager
        async def lifespan(_app: Starlette) -> AsyncIterator[None]:
            servers = await self.mail.listen(HOST, self.port + 1, self.port + 2)
            yield
            for server in servers:
                server.close()

        own = [
            Route("/", self.page),
            Route("/desk/write", self.write, methods=["POST"]),
            Route("/desk/talks", self.told),
        ]
        routes = [*own, *self.exchange.routes(), *self.zalo.routes(), *self.sms.routes(), *self.facebook.routes()]
        return Starlette(routes=routes, lifespan=lifespan)

    def talks(self) -> dict[str, Talks]:
        pushing = {"zalo": self.zalo.talks, "facebook": self.facebook.talks, "sms": self.sms.talks}
        return {**pushing, "email": self.mail.talks}

    def said(self, channel: str, who: str, text: str) -> int:
        """A citizen writes; the status the centre answered, 0 where nothing is pushed. Raises KeyError."""
        who, hook = who or WHO[channel], f"{self.centre}/hooks/desk/{channel}"
        if channel == "email":
            self.mail.write(who, text)
            return 0
        pushing: dict[str, Zalo | Facebook | Sms] = {"zalo": self.zalo, "facebook": self.facebook, "sms": self.sms}
        return pushing[channel].write(hook, who, text)

    async def write(self, request: Request) -> Response:
        plain = request.headers.get("content-type", "").startswith("application/json")
        said = await request.json() if plain else talk.form(await request.body())
        try:
            status = await run_in_threadpool(self.said, said["channel"], said.get("who", ""), said["text"])
        except (KeyError, OSError) as wrong:
            return JSONResponse({"error": str(wrong)}, status_code=400)
        return JSONResponse({"centre": status}) if plain else RedirectResponse("/", status_code=303)

    def told(self, request: Request) -> Response:
        """Every talk, or of one channel and person: {who, way, text, at}, oldest first."""
        channel, who = request.query_params.get("channel", ""), request.query_params.get("who", "")
        found = [
            {"channel": name, "who": word.who, "way": word.way, "text": word.text, "at": word.at}
            for name, talks in self.talks().items()
            for word in talks.words
            if channel in ("", name) and who in ("", word.who)
        ]
        return JSONResponse(found)

    def page(self, _request: Request) -> Response:
        boxes = [self.exchange.box()]
        for name, talks in self.talks().items():
            words = "".join(f'<p class="{one.way}">{html.escape(one.text)}</p>' for one in talks.words[-30:])
            boxes.append(BOX.format(title=name, words=words, channel=name, who=html.escape(WHO[name])))
        return HTMLResponse(PAGE.format(boxes="".join(boxes)))


def serve(centre: str, port: int, every: float = 0.0) -> None:
    """HTTP on the port, SMTP on the next, IMAP on the one after; about one report in `every` seconds by itself."""
    phones = Phones(centre.rstrip("/"), port)
    app = phones.application()
    if every:
        threading.Thread(target=Trickle(phones, every).run, daemon=True).start()
    uvicorn.run(app, host=HOST, port=port, log_level="warning")
