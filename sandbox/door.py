"""The control door, /sandbox/…, and the page of the sandbox: clock, faults, truth. Only for drills and for people.

Never: a way by which data reach the centre.
"""

from __future__ import annotations

import html
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from sandbox.clock import at, moment
from sandbox.engine import Engine
from sandbox.faults import EVERY_STREAM, Fault

PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Tỉnh mô phỏng</title><style>body{{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}}
table{{border-collapse:collapse;width:100%}}td,th{{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #ccc}}
.mark{{background:#fff3cd;padding:.5rem 1rem;border-left:4px solid #b58900}}</style>
<h1>Tỉnh mô phỏng</h1><p class="mark">Mọi dữ liệu ở đây là <b>dữ liệu mô phỏng</b>: không có người thật, hồ sơ thật.</p>
<p>Giờ của tỉnh mô phỏng: <b>{now}</b> · tốc độ ×{speed:g} · hạt giống {seed} · quy mô {scale:g} · MQTT {broker}</p>
<h2>Các nguồn</h2><table><tr><th>Nguồn</th><th>Đã chạy đến</th><th>Chờ gửi</th><th>Lỗi</th></tr>{streams}</table>
<h2>Sự cố đang đặt</h2>{faults}</html>"""


class Door:
    """Routes of the control door over one engine."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.world = engine.world

    def routes(self) -> list[Route]:
        return [
            Route("/", self.page),
            Route("/sandbox/state", self.state),
            Route("/sandbox/clock", self.clock, methods=["GET", "POST"]),
            Route("/sandbox/faults", self.faults, methods=["GET", "POST", "DELETE"]),
            Route("/sandbox/truth/{stream}", self.truth),
        ]

    def _state(self) -> dict[str, Any]:
        database = self.world.database
        waiting = {r[0]: r[1] for r in database.rows("select stream, count(*) from outbox group by stream")}
        reached = {r["stream"]: r for r in database.rows("select * from progress")}
        streams = {
            p.name: {
                "sources": list(p.sources),
                "about": p.about,
                "until": at(reached[p.name]["until"]).isoformat() if p.name in reached else None,
                "error": reached[p.name]["error"] if p.name in reached else "",
                "waiting": waiting.get(p.name, 0),
                "faults": sorted(self.world.faults.active(p.name)),
            }
            for p in self.engine.plugs
        }
        return {
            "simulated": True,
            "now": self.world.now().isoformat(),
            "speed": self.world.clock.speed,
            "drift": self.world.clock.drift,
            "seed": self.world.seed,
            "scale": self.world.scale,
            "broker": self.engine.post.up,
            "streams": streams,
        }

    def state(self, _request: Request) -> Response:
        return JSONResponse(self._state())

    def page(self, _request: Request) -> Response:
        state = self._state()
        rows = "".join(
            f"<tr><td>{html.escape(name)}<br><small>{html.escape(', '.join(s['sources']))}</small></td>"
            f"<td>{s['until'] or '–'}</td><td>{s['waiting']}</td><td>{html.escape(s['error']) or '–'}</td></tr>"
            for name, s in state["streams"].items()
        )
        faults = "".join(f"<li>{html.escape(f.stream)}: {f.kind}</li>" for f in self.world.faults.all())
        return HTMLResponse(
            PAGE.format(
                now=self.world.now().strftime("%d/%m/%Y %H:%M:%S"), speed=state["speed"], seed=state["seed"],
                scale=state["scale"],
                broker="đang chạy" if state["broker"] else "đang dừng", streams=rows,
                faults=f"<ul>{faults}</ul>" if faults else "<p>Không có.</p>",
            )
        )  # fmt: skip

    async def clock(self, request: Request) -> Response:
        """POST {"to": ISO} | {"jump": seconds} | {"speed": 60} | {"drift": seconds a day}; several at once."""
        if request.method == "POST":
            try:
                asked = await request.json()
                to = moment(asked["to"]) if asked.get("to") else None
                self.world.clock.set(
                    to=to, jump=float(asked.get("jump", 0)), speed=asked.get("speed"), drift=asked.get("drift")
                )
            except (ValueError, TypeError) as wrong:
                return _refused(str(wrong))
            self.world.database.put("clock", self.world.clock.kept())
        return JSONResponse(
            {"now": self.world.now().isoformat(), "speed": self.world.clock.speed, "drift": self.world.clock.drift}
        )

    async def faults(self, request: Request) -> Response:
        """POST {stream, kind, seconds | for, …}; DELETE ?stream= lifts; GET lists them and what was spoilt."""
        if request.method == "POST":
            return await self._order(request)
        if request.method == "DELETE":
            return JSONResponse({"lifted": self.world.faults.lift(request.query_params.get("stream", EVERY_STREAM))})
        injected = self.world.database.rows("select * from injected order by id desc limit 1000")
        ordered = self.world.database.rows("select count(*) from fault")[0][0]
        return JSONResponse(
            {
                "faults": [_told(f) for f in self.world.faults.all()],
                "ordered": ordered,
                "injected": [dict(r) for r in injected],
            }
        )

    async def _order(self, request: Request) -> Response:
        known = {p.name for p in self.engine.plugs} | {"mqtt", EVERY_STREAM}
        try:
            asked = dict(await request.json())
            stream, kind = str(asked.pop("stream", EVERY_STREAM)), str(asked.pop("kind", ""))
            seconds, lasting = asked.pop("seconds", None), str(asked.pop("for", ""))
            if stream not in known:
                return _refused(f"unknown stream {stream!r}: {', '.join(sorted(known))}")
            made = self.world.faults.order(
                stream, kind, seconds=None if seconds is None else float(seconds), lasting=lasting, settings=asked
            )
        except (ValueError, TypeError) as wrong:
            return _refused(str(wrong))
        return JSONResponse(_told(made), status_code=201)

    async def truth(self, request: Request) -> Response:
        """What the sandbox's own database says of a stream as of a moment (?as_of=ISO; else: how far the stream is)."""
        plug = next((p for p in self.engine.plugs if p.name == request.path_params["stream"]), None)
        if plug is None:
            return _refused(f"streams: {', '.join(p.name for p in self.engine.plugs)}", status=404)
        query = dict(request.query_params)
        try:
            as_of = moment(query["as_of"].replace(" ", "+")) if "as_of" in query else self.engine.reached(plug.name)
            told = await run_in_threadpool(plug.truth or self._tables, self.world, as_of, query)
        except (ValueError, KeyError) as wrong:
            return _refused(str(wrong))
        return JSONResponse({"stream": plug.name, "as_of": as_of.isoformat(), "simulated": True, **told})

    def _tables(self, _world: Any, _as_of: Any, query: dict[str, str]) -> dict[str, Any]:
        """For streams without a truth of their own: the tables of the streams, and one table's rows."""
        database = self.world.database
        names = [
            r[0][2:]
            for r in database.rows(
                "select name from sqlite_master where type='table' and name like 's\\_%' escape '\\'"
            )
        ]
        told: dict[str, Any] = {"tables": {n: database.rows(f'select count(*) from "s_{n}"')[0][0] for n in names}}
        if query.get("table") in names:
            limit = int(query.get("limit", "1000"))
            told["rows"] = [dict(r) for r in database.rows(f'select * from "s_{query["table"]}" limit ?', [limit])]
        return told


def _told(fault: Fault) -> dict[str, Any]:
    ends = at(fault.ends_simulated).isoformat() if fault.ends_simulated else None
    return {
        "id": fault.id, "stream": fault.stream, "kind": fault.kind, "ends": fault.ends, "ends_simulated": ends,
        "settings": dict(fault.settings),
    }  # fmt: skip


def _refused(why: str, *, status: int = 400) -> Response:
    return JSONResponse({"error": why}, status_code=status)
