"""/datasets/{key}/files and /runs: what arrives and what became of it. Never: checks or lands a row."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Annotated, Any

import ibis
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema
from ninja.files import UploadedFile as Upload

from haidang.access import gate
from haidang.api.errors import reply
from haidang.api.shapes import Received, Runs, answered
from haidang.api.who import caller
from haidang.catalog.declared import declared
from haidang.intake import actions
from haidang.words.errors import Absent, Denied, IntakeStopped
from haidang.words.nouns import Actor, Subject

router = Router(tags=["intake"])


class Newest(Schema):
    """How many of the newest runs, and of which dataset."""

    limit: Annotated[int, Field(ge=1, le=500)] = 50
    dataset: str = ""


@router.post("/datasets/{key}/files", response=answered(Received, 202, 409, 422))
def upload(request: HttpRequest, key: str, file: Upload) -> HttpResponse:
    """Send a file (multipart field `file`); 202 `{run}` once its bytes are safe on disk, the worker lands it then."""
    who = caller(request)
    noun = declared().dataset(key)
    gate.require(who, "import", Subject(noun.pack, noun.key, noun.level))
    if (file.size or 0) > settings.UPLOAD_MB * 1024 * 1024:
        raise IntakeStopped("upload-too-big", most=settings.UPLOAD_MB)
    with tempfile.TemporaryDirectory(prefix="haidang-") as folder:
        kept = Path(folder) / "arrival"
        _copy(file, kept)
        run = actions.receive(who, key, kept, name=file.name or "arrival")
    return reply({"run": run, "dataset": key}, 202)


@router.get("/runs", response=answered(Runs))
def runs(request: HttpRequest, newest: Query[Newest]) -> HttpResponse:
    """The newest landed runs of what the caller may see: `{runs: […]}`."""
    who = caller(request)
    try:
        table = gate.ledger(who, "runs").table
    except (Absent, Denied):
        return reply({"runs": []})
    if newest.dataset:
        table = table.filter(table["dataset"] == newest.dataset)
    rows = gate.fetch(table.order_by(ibis.desc("landed_at")).limit(newest.limit))
    return reply({"runs": [_run(row, who) for row in rows]})


def _copy(file: Upload, to: Path) -> None:
    with to.open("wb") as out:
        for chunk in file.chunks():
            out.write(chunk)


def _run(row: dict[str, Any], who: Actor) -> dict[str, Any]:
    """Who sent it is for those of the house."""
    reasons = row.get("reasons")
    row = {**row, "actor": row["actor"] if who.inside else ""}
    return {**row, "reasons": json.loads(reasons) if isinstance(reasons, str) else reasons or {}}
