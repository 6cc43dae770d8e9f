"""The desk's past in the demo: the program beside the centre writes two months of reports, which are brought over.

The file's columns are named like the fields of `importing.Brought`; it is written once per home. Everything of it is
marked as simulated. Never: knows which program that is, or what it simulates.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from haidang.cli import machine, show
from haidang.words.errors import Absent, Unavailable
from haidang.words.texts import text

if TYPE_CHECKING:
    from haidang.cases.importing.brought import Brought, Imported

DESK = "phan-anh.phan-anh"
AFTER = 10
"""The citizens' ports stand so many after the departments'."""
EVERY = 90
"""Seconds between two reports of the running demo, about."""
_MOMENTS = ("sent_at", "assigned_at", "started_at", "resolved_at", "published_at", "closed_at", "due", "rated_at")
_TEXTS = (
    "outside",
    "channel",
    "text",
    "category",
    "place",
    "address",
    "state",
    "result",
    "rating_words",
    "duplicate_of",
)


def program(options: Namespace) -> Path | None:
    """The folder of the program that plays the citizens: of `--beside`, else the one in this working copy."""
    folder = Path(options.beside) if options.beside else Path(__file__).resolve().parents[3] / "sandbox"
    return folder.resolve() / "desk" if (folder / "desk" / "__main__.py").exists() else None


def fill(options: Namespace) -> Imported | None:
    """Bring the past over, once; None where there is no such program or no such desk. Raises Unavailable."""
    from haidang.access import gate
    from haidang.cases.importing import actions
    from haidang.catalog.declared import declared

    folder = program(options)
    try:
        declared().desk(DESK)
    except Absent:
        return None
    if folder is None:
        return None
    file = machine.home() / "beside" / "desk" / "history.csv"
    if not file.exists():
        _write(folder, file)
    found = actions.bring(gate.operator(), DESK, brought(file))
    if found.landed:
        show.console().print(text("cli.desk-history", options.lang, count=found.landed))
    return found


def keep_up() -> None:
    """Rows of the ledger and what is derived from them, landed at once: boards show the desk from the first page on."""
    from django.utils import timezone

    from haidang.access import gate
    from haidang.cases.own import KIND
    from haidang.intake import actions
    from haidang.intake.made import actions as made
    from haidang.intake.own import actions as own

    for run in own.refresh(timezone.now(), only=KIND):
        actions.land(run)
    made.settle(gate.operator())


def beside(options: Namespace) -> list[list[str]]:
    """The program that plays the citizens and their providers while the demo runs, its channels connected."""
    from haidang.access import gate
    from haidang.cases.channels import actions

    folder = program(options)
    if folder is None:
        return []
    told = (folder / "channels.json").read_text(encoding="utf-8")
    for name, port in (("port", 0), ("smtp_port", 1), ("imap_port", 2)):
        told = told.replace(f"{{{name}}}", str(options.beside_port + AFTER + port))
    for kind, values in {**json.loads(told), "web": {}, "app": {}}.items():
        actions.configure(gate.operator(), DESK, kind, actions.Said(values, on=True, simulated=True))
    centre = f"http://127.0.0.1:{options.port}"
    words = ["serve", "--centre", centre, "--port", str(options.beside_port + AFTER), "--every", str(EVERY)]
    return [[sys.executable, "-m", f"{folder.parent.name}.{folder.name}", *words]]


def _write(folder: Path, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    making = file.with_suffix(".making")
    words = [sys.executable, "-m", f"{folder.parent.name}.{folder.name}", "history", "--file", str(making)]
    beside = os.pathsep.join(filter(None, [str(folder.parent.parent), os.environ.get("PYTHONPATH")]))
    done = subprocess.run(words, check=False, capture_output=True, env={**os.environ, "PYTHONPATH": beside})
    if done.returncode:
        raise Unavailable("beside-failed", command=folder.name, code=done.returncode, retry=0)
    making.rename(file)


def brought(file: Path) -> Iterator[Brought]:
    """The file's rows, one by one."""
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            yield _brought(row)


def _brought(row: dict[str, str]) -> Brought:
    from haidang.cases.importing.brought import Brought, Happened
    from haidang.cases.senders import Person

    said: dict[str, Any] = {name: row[name] for name in _TEXTS}
    said |= {name: _moment(row[name]) for name in _MOMENTS}
    more = (Happened(**{**one, **_moments(one)}) for one in json.loads(row["more"] or "[]"))
    return Brought(
        **said,
        lat=float(row["lat"]) if row["lat"] else None,
        lon=float(row["lon"]) if row["lon"] else None,
        rating=int(row["rating"] or 0),
        more=tuple(more),
        sender=Person(name=row["name"], phone=row["phone"]),
        anonymous=bool(row["anonymous"]),
        urgent=bool(row["urgent"]),
        simulated=True,
    )


def _moments(happened: dict[str, str]) -> dict[str, Any]:
    return {name: _moment(happened[name]) for name in ("at", "due") if name in happened}


def _moment(written: str) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
