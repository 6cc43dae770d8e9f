"""Runs as pages show them: what came, when, how much, what went wrong, in words.

Never: writes; shows a dataset to whoever may neither read nor feed it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from haidang.access import gate
from haidang.catalog.declared import Dataset
from haidang.intake import reads
from haidang.intake.reads import RunFace, Wanted
from haidang.web import formats
from haidang.web.behind import subject
from haidang.web.page import Visit
from haidang.words.errors import Absent, Denied, Problem
from haidang.words.nouns import Actor
from haidang.words.texts import say, text, texts

GOING = ("received", "landing")
STATES = {"received": "watch", "landing": "watch", "landed": "good", "stopped": "bad"}


@dataclass(frozen=True)
class Told:
    """One run in words; `actor` only for those who feed or mend, or work in the same house."""

    run: str
    dataset: str
    title: str
    file: str
    kind: str
    state: str
    mark: str
    at: str
    read: str
    landed: str
    aside: str
    actor: str
    problem: str
    seconds: str = ""
    size: str = ""
    simulated: bool = False


def visible(seen: Visit) -> dict[str, Dataset]:
    """The datasets one may read or feed, by key."""
    may = [gate.sees(seen.who, action) for action in ("read", "import", "mend")]
    every = (dataset for pack in seen.catalog.packs for dataset in pack.datasets)
    return {one.key: one for one in every if any(allowed(subject(one)) for allowed in may)}


def dataset(seen: Visit, key: str) -> Dataset:
    """Raises Denied, or Absent('unknown-dataset')."""
    noun = seen.catalog.dataset(key)
    if key not in visible(seen):
        gate.require(seen.who, "read", subject(noun))
    return noun


def last_landed(who: Actor) -> dict[str, tuple[str, datetime]]:
    """Dataset → its newest landing (run, moment), of what one may see."""
    try:
        runs = gate.ledger(who, "runs").table
    except (Denied, Absent):
        return {}
    newest = runs.group_by("dataset").aggregate(run=runs["run"].max(), at=runs["landed_at"].max())
    return {row["dataset"]: (row["run"], row["at"].replace(tzinfo=UTC)) for row in gate.fetch(newest)}


def open_aside(who: Actor) -> dict[str, int]:
    """Open rows set aside by dataset, of the places one may see."""
    try:
        table = gate.ledger(who, "rejects").table
    except (Denied, Absent):
        return {}
    table = table.filter(table["state"] == "open")
    counts = table.group_by("dataset").aggregate(count=table.count())
    return {row["dataset"]: int(row["count"]) for row in gate.fetch(counts)}


def runs(seen: Visit, *, dataset: str = "", limit: int = 25) -> list[Told]:
    """The newest runs of the datasets one may see."""
    known = frozenset({dataset} if dataset else visible(seen)) & visible(seen).keys()
    faces, _ = reads.page(Wanted(datasets=frozenset(known)), limit)
    return [told(seen, face) for face in faces]


def told(seen: Visit, face: RunFace) -> Told:
    language = seen.language
    return Told(
        face.run,
        face.dataset,
        seen.catalog.dataset(face.dataset).title.in_(language),
        face.file if face.kind == "file" else text(f"feed.kind-{face.kind}", language),
        text(f"feed.kind-{face.kind}", language),
        text(f"state.{face.state}", language),
        STATES[face.state],
        formats.moment(_local(face)),
        formats.number(face.read, language, 0),
        formats.number(face.landed, language, 0),
        formats.number(face.set_aside, language, 0),
        face.actor if seen.who.inside else "",
        trouble(seen, face),
        took(face, language),
        formats.size(face.size, language),
        face.simulated,
    )


def works(seen: Visit, key: str) -> bool:
    """Whether one feeds or mends a dataset: what stood in its files is for them."""
    noun = subject(seen.catalog.dataset(key))
    return any(gate.may(seen.who, action, noun) for action in ("import", "mend"))


def trouble(seen: Visit, face: RunFace) -> str:
    """Why a run stopped: in full for whoever works on it (it may name a cell of the file), else that it did."""
    if not face.problem:
        return ""
    return problem(face.problem, seen.language) if works(seen, face.dataset) else text("run.stopped-why", seen.language)


def took(face: RunFace, language: str) -> str:
    """How long landing took, "" while it goes on."""
    if not (face.started_at and face.finished_at):
        return ""
    return formats.seconds((face.finished_at - face.started_at).total_seconds(), language)


def _local(face: RunFace) -> str:
    return timezone.localtime(face.finished_at or face.received_at).isoformat()


def problem(kept: dict[str, Any], language: str) -> str:
    """Why a run stopped, as a sentence; "" when it did not."""
    if not kept:
        return ""
    facts = tuple((str(key), str(value)) for key, value in kept.get("facts", ()))
    words = {name: str(kept.get(name, "")) for name in ("code", "where", "found", "expected", "nearest")}
    return say(Problem(**words, facts=facts), language)


def log(face: RunFace, language: str) -> list[tuple[str, str]]:
    """The notes of a run: (when, in words)."""
    return [(formats.moment(str(note.get("at", ""))), _note(note, language)) for note in face.log]


def _note(note: dict[str, str], language: str) -> str:
    facts = {key: value for key, value in note.items() if key not in ("code", "at")}
    words = text(note["code"], language, **facts)
    where = facts.get("where", "")
    return f"{where}: {words}" if where else words


def reason(code: str, language: str) -> str:
    return text(f"reason.{code}", language) if f"reason.{code}" in texts() else code


def step(face: RunFace, language: str) -> tuple[str, float | None]:
    """What the run is doing, and how far it is of 1 (None when it cannot be told)."""
    words = text(f"step.{face.step}", language) if face.step else text(f"state.{face.state}", language)
    return words, min(1.0, face.done / face.of) if face.of else None
