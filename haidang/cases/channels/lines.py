"""Channels as this province has them: rows → Lines with their secrets in clear, and what is noted of how they fare.

Writes rows of Channel alone. Never: shows a secret, decides who may say what of a channel.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import partial

from django.conf import settings as machine
from django.db.models import Q
from django.utils import timezone

from haidang.cases import channels
from haidang.cases.channels import ALWAYS_ON, Line
from haidang.cases.models import Channel
from haidang.catalog.declared import declared
from haidang.words import sealing
from haidang.words.errors import HaiDangError

_PURPOSE = "haidang.cases.channels"
_ID = re.compile(r"\d{8,}|\S+@\S+")


def on(kind: str, desk: str = "") -> tuple[Line, ...]:
    """Lines of a kind that are on, of every desk or of one."""
    rows = Channel.objects.filter(Q(desk=desk) if desk else Q(), kind=kind)
    known = {row.desk: row for row in rows}
    desks = [one.key for one in declared().desks() if desk in ("", one.key)]
    lines = (known.get(key) or Channel(desk=key, kind=kind, on=kind in ALWAYS_ON) for key in desks)
    return tuple(of(row) for row in lines if row.on)


def of(row: Channel) -> Line:
    """Settings, defaults filled in, and secrets; a secret sealed with another key is missing."""
    own = {one.name: one.default for one in channels.settings(row.kind)}
    values = {**own, **{name: str(value) for name, value in row.settings.items() if value}, **unsealed(row)}
    keep = partial(kept, row.desk, row.kind)
    return Line(row.desk, row.kind, values, cursor=row.cursor, simulated=row.simulated, keep=keep)


def unsealed(row: Channel) -> dict[str, str]:
    try:
        found = json.loads(sealing.unseal(row.secrets, key=_key(), purpose=_PURPOSE)) if row.secrets else {}
    except ValueError:
        return {}
    return {str(name): str(value) for name, value in found.items()}


def sealed(values: Mapping[str, str]) -> str:
    told = json.dumps(dict(values), sort_keys=True)
    return sealing.seal(told, key=_key(), purpose=_PURPOSE) if values else ""


def _key() -> str:
    return machine.SEAL_KEY or machine.SECRET_KEY


def kept(desk: str, kind: str, changed: Mapping[str, str]) -> None:
    """Lay changed values (a renewed token) over what is kept; "" leaves the old one."""
    row = Channel.objects.filter(desk=desk, kind=kind).first()
    if row is None:
        return
    secret = {one.name for one in channels.settings(kind) if one.secret}
    new = {name: value for name, value in changed.items() if value}
    row.settings = {**row.settings, **{name: value for name, value in new.items() if name not in secret}}
    row.secrets = sealed({**unsealed(row), **{name: value for name, value in new.items() if name in secret}})
    Channel.objects.filter(pk=row.pk).update(settings=row.settings, secrets=row.secrets)


def came(line: Line, *, cursor: str = "") -> None:
    """Something came by it: it fares well."""
    more = {"cursor": cursor[:300]} if cursor else {}
    _note(line, last_in=timezone.now(), **more)


def read(line: Line, cursor: str) -> None:
    """How far a fetched channel has been read."""
    _note(line, cursor=cursor[:300])


def went(line: Line) -> None:
    _note(line, last_out=timezone.now(), problem="", problem_at=None)


def well(line: Line) -> None:
    """It answered: what was wrong is over."""
    Channel.objects.filter(desk=line.desk, kind=line.kind).exclude(problem="").update(problem="", problem_at=None)


def failed(line: Line, error: HaiDangError) -> None:
    """What is wrong, as a code and its facts; what may be a sender's (an id, a telephone) is left out."""
    told = ("found", "said", "why", "leads")
    facts = {name: _ID.sub("…", str(value))[:80] for name, value in error.facts.items() if name in told}
    problem = json.dumps({"code": error.code, **facts}, ensure_ascii=False)
    if len(problem) > 300:
        problem = json.dumps({"code": error.code})
    _note(line, problem=problem, problem_at=timezone.now())


def _note(line: Line, **fields: str | datetime | None) -> None:
    """A channel that needs no settings gets its row when there is something to note of it."""
    done = Channel.objects.filter(desk=line.desk, kind=line.kind).update(**fields)
    if not done:
        Channel.objects.get_or_create(desk=line.desk, kind=line.kind, defaults={"on": line.kind in ALWAYS_ON, **fields})
