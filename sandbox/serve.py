"""`python -m sandbox serve`: HTTP on the port, MQTT on the next one, files into drop/, until it is ended.

Never: listens on anything but the loopback.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from sandbox import dossiers
from sandbox.broker import Post
from sandbox.door import Door
from sandbox.engine import Engine
from sandbox.guard import BrokenOff, Guard, Marked
from sandbox.opening import Wish, open_world
from sandbox.out import advance
from sandbox.plugs import plugs

HOST = "127.0.0.1"
log = logging.getLogger("sandbox")


class NoOrderedBreaks(logging.Filter):
    """A connection broken off as ordered is no error of the server."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not (record.exc_info and isinstance(record.exc_info[1], BrokenOff))


def application(engine: Engine) -> Starlette:
    """Every route of the sandbox; the engine runs as long as the application does."""

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        heart = asyncio.create_task(engine.run())
        yield
        heart.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await heart
        await engine.post.stop()

    routes: list[BaseRoute] = list(Door(engine).routes())
    for plug in engine.plugs:
        found = plug.routes(engine.world) if plug.routes else []
        routes += [_guarded(route, plug.name, engine, plug.own) for route in found]
    app = Starlette(routes=routes, lifespan=lifespan)
    app.add_middleware(Marked)
    return app


def _guarded(route: BaseRoute, stream: str, engine: Engine, own: frozenset[str]) -> BaseRoute:
    if hasattr(route, "app"):
        route.app = Guard(route.app, stream, engine.world.faults, own=own)
    else:
        log.warning("%s: the route %r stands outside the faults", stream, route)
    return route


def engine_of(home: Path, port: int, wish: Wish) -> Engine:
    """The engine of a home, its streams found; a new home is first given the dossiers still under way."""
    world = open_world(home, wish)
    begun, found = world.now(), plugs(wish.only)
    if not world.database.rows("select 1 from progress limit 1"):
        for plug in found:
            advance(world.database, plug.name, begun)
    if any(plug.name == dossiers.NAME for plug in found):
        dossiers.settle(world)
    return Engine(world, found, Post(world.database, port + 1))


def serve(home: Path, port: int, wish: Wish) -> None:
    engine = engine_of(home, port, wish)
    logging.getLogger("uvicorn.error").addFilter(NoOrderedBreaks())
    log.info("the simulated province: http://%s:%s/ mqtt://%s:%s %s", HOST, port, HOST, port + 1, engine.world.now())
    uvicorn.run(application(engine), host=HOST, port=port, log_level="warning", access_log=False)
