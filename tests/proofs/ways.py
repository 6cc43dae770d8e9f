"""Every way out of the centre, as functions from one who looks to what comes out.

Most are called at their faces, some through the views as the resolver finds them. Never: judges what comes.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from proofs import draws
from proofs.canaries import Need
from proofs.draws import Request
from proofs.oracle import RESTRICTED, Scope
from proofs.world import World

Out = Iterator[tuple[str, bytes]]
"""What was asked, and what came out: one pair each."""


@dataclass(frozen=True)
class Look:
    """One who looks (as the gate has it, and as a browser's request), at the world, by chance."""

    who: Any
    request: Request
    world: World
    chance: random.Random
    scope: Scope

    def unmasked(self, pack: str) -> bool:
        """Whether the oracle gives the restricted level of a pack at any place."""
        return self.scope.may(Need(("read",), pack, RESTRICTED))

    def question(self) -> Any:
        from haidang.words.nouns import Question

        return Question(**draws.question(self.chance, self.world.packs))

    def open(self, url: str) -> bytes:
        """The bytes of a GET at a view, and its headings; an unexpected fault is raised."""
        from django.contrib.messages.storage.fallback import FallbackStorage
        from django.contrib.sessions.backends.db import SessionStore
        from django.http import Http404
        from django.test import RequestFactory
        from django.urls import resolve
        from django_htmx.middleware import HtmxDetails

        request: Any = RequestFactory().get(url)
        request.session = SessionStore()
        request.session.update(self.request.session)
        request.user = self.request.user or _nobody()
        request._messages = FallbackStorage(request)
        request.htmx = HtmxDetails(request)
        try:
            match = resolve(request.path_info)
            answer = match.func(request, *match.args, **match.kwargs)
        except Http404:
            return b"404"
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert answer.status_code < 500, (url, answer.status_code, body[:300])
        return str(answer.status_code).encode() + b" " + str(dict(answer.headers)).encode() + body


def _nobody() -> Any:
    from django.contrib.auth.models import AnonymousUser

    return AnonymousUser()


def told(error: Any) -> bytes:
    """An error as the API tells it."""
    from django.test import RequestFactory

    from haidang.api import errors

    return bytes(errors.refuse(RequestFactory().get("/"), error).content)


# --- at the faces


def answers(look: Look) -> Out:
    """A batch as a board asks it."""
    from haidang.indicators.answer import answer_as_json, answer_many
    from haidang.words.errors import HaiDangError

    for question in (look.question() for _ in range(BATCH)):
        try:
            (found,) = answer_many([question], look.who, lenient=True)
            _small_groups(look, found)
            yield str(question), json.dumps(answer_as_json(found), default=str).encode()
        except HaiDangError as error:
            yield str(question), told(error)


class SmallGroup(AssertionError):
    """A number about few persons, shown to one who may not see them."""


def _small_groups(look: Look, answer: Any) -> None:
    """Whoever reaches the restricted level nowhere in a pack sees no number about fewer than five persons."""
    made = next((m for m in look.world.packs.made if answer.indicator in m.indicators.values()), None)
    if made is None or not made.person or look.unmasked(made.pack):
        return
    for one in (answer, *answer.cells, *answer.series, *answer.parts):
        if one.value and one.n is not None and 0 < one.n < FLOOR:
            raise SmallGroup(f"{answer.question}: {one}")


def records(look: Look) -> Out:
    from haidang.indicators.answer import records as ask
    from haidang.words.errors import HaiDangError

    question = look.question()
    words = list(look.world.packs.book.words)
    search = look.chance.choice(("", "", "", look.chance.choice(words), "zq"))
    sort = look.chance.choice(("", "", "t3", "-t2", "so", "khong_co"))
    try:
        found = ask(question, look.who, limit=look.chance.choice((2, 50)), sort=sort, search=search)
        yield f"{question} {sort} {search}", json.dumps([vars(found)], default=str).encode()
    except HaiDangError as error:
        yield f"{question} {sort} {search}", told(error)


def ledgers(look: Look) -> Out:
    from haidang.access import gate
    from haidang.words.errors import Absent, Denied

    for name, clear in (("runs", False), ("rejects", False), ("rejects", True)):
        try:
            rows = gate.fetch(gate.ledger(look.who, name, clear=clear).table)
        except (Absent, Denied):
            rows = []
        yield (
            f"{name} {clear}",
            json.dumps([{k: v for k, v in row.items() if k != "actor"} for row in rows], default=str).encode(),
        )


def facts(look: Look) -> Out:
    """The tables themselves, as the gate cuts them."""
    from haidang.access import gate
    from haidang.words.errors import Absent, Denied

    made = look.chance.choice(look.world.packs.made)
    try:
        rows: Any = gate.fetch(gate.rows(look.who, made.key).table)
    except (Absent, Denied):
        rows = []
    yield made.key, json.dumps(rows, default=str).encode()


def observed(look: Look) -> Out:
    from haidang.access import gate
    from haidang.words.errors import Denied

    try:
        table = gate.observations(look.who).table
        rows: Any = gate.fetch(table.filter(table["slice"] == ""))
    except Denied:
        rows = []
    yield "observations", json.dumps([(row["dataset"], row["unit"], row["num"]) for row in rows], default=str).encode()


def runs(look: Look) -> Out:
    from haidang.access import gate
    from haidang.intake.models import Run

    for action in ("read", "import", "mend"):
        found = gate.objects(look.who, action, Run.objects.all()).values_list("dataset", "file")
        yield f"runs to {action}", json.dumps(list(found)).encode()


def stream(look: Look) -> Out:
    """What an open page's stream says of a store in which everything has just landed."""
    from haidang.access import gate
    from haidang.web import behind, live

    reader = live.Reader(behind.told_to(look.who), 0)
    news = live.News(gate.newest(), gate.versions(gate.newest()))
    yield "events", live.landed(reader, 0, news) or b""


def notices(look: Look) -> Out:
    from haidang.watch import reads

    yield "notices", json.dumps([vars(one) for one in reads.notices(look.who)], default=str).encode()


# --- through the views


def machine(look: Look) -> Out:
    """The API's own doors."""
    made = look.chance.choice(look.world.packs.made)
    for url in ("/api/v1/packs", "/api/v1/boards", "/api/v1/runs", "/api/v1/me", "/metrics", "/healthz"):
        yield url, look.open(url)
    yield "contract", look.open(f"/api/v1/contracts/{made.key}")
    question = _query(look)
    for way in ("answer", "records"):
        url = f"/api/v1/{way}?{question}"
        yield url, look.open(url)


def search(look: Look) -> Out:
    """Boxes that suggest while one types: places, indicators, runs, sources."""
    word = look.chance.choice(("zq", "muc", *look.world.packs.book.words))
    for url in (
        f"/places/search?q={word}",
        f"/indicators/?q={word}",
        f"/api/v1/places?q={word}",
        f"/indicators/?q={word}&pack=mot",
    ):
        yield url, look.open(url)


def pages(look: Look) -> Out:
    url = look.chance.choice(_pages(look))
    yield url, look.open(url)


def files(look: Look) -> Out:
    url = look.chance.choice(_files(look))
    yield url, look.open(url)


def _query(look: Look) -> str:
    asked = draws.question(look.chance, look.world.packs)
    pairs = {**asked, "compare": ",".join(asked["compare"])}
    return "&".join(f"{name}={quote(str(value))}" for name, value in pairs.items())


def _indicator(look: Look) -> tuple[str, str]:
    made = look.chance.choice(look.world.packs.made)
    keys = (made.indicators["tong"], made.indicators["tong"], *made.indicators.values(), *look.world.packs.formulas)
    ask = f"place={look.chance.choice(draws.ASKED)}&period={look.chance.choice(LOOKED_AT)}"
    return look.chance.choice(keys), ask


def _pages(look: Look) -> tuple[str, ...]:
    key, ask = _indicator(look)
    world = look.world
    source, run, reject = (look.chance.choice(one) for one in (world.sources, world.runs, world.rejects))
    return (
        f"/?{ask}",
        *(f"/boards/{board}?{ask}" for board in world.packs.boards),
        "/boards/",
        f"/indicators/?{ask}",
        f"/indicators/{key}?{ask}",
        f"/indicators/{key}?{ask}&compare=previous",
        f"/indicators/{key}/records?{ask}",
        f"/map/?indicator={key}&{ask}",
        f"/places/{look.chance.choice(draws.ASKED)}",
        "/sources/",
        f"/sources/{source}",
        f"/sources/{source}/upload",
        f"/sources/{source}/aside",
        f"/sources/{source}/connection",
        "/runs/",
        f"/runs/?source={source}",
        f"/runs/{run}",
        f"/runs/{run}?part=progress",
        f"/rejects/{reject}",
        "/notices/",
        f"/why?at={quote(f'/indicators/{key}?{ask}')}",
    )


def _files(look: Look) -> tuple[str, ...]:
    key, ask = _indicator(look)
    source, run = look.chance.choice(look.world.sources), look.chance.choice(look.world.runs)
    kind = look.chance.choice(("csv", "xlsx"))
    return (
        f"/indicators/{key}/data.{kind}?{ask}",
        f"/indicators/{key}/records.{kind}?{ask}",
        f"/sources.{kind}",
        f"/sources/{source}/aside.{kind}",
        f"/runs/{run}/rejects.csv",
    )


BATCH = 50
FLOOR = 5
LOOKED_AT: tuple[str, ...] = ("latest", "2024", "2025")
WAYS: dict[str, Callable[[Look], Out]] = {
    "answers": answers,
    "records": records,
    "ledgers": ledgers,
    "facts": facts,
    "observations": observed,
    "runs": runs,
    "stream": stream,
    "notices": notices,
    "machine": machine,
    "search": search,
    "pages": pages,
    "files": files,
}
