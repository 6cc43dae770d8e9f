"""Sources and runs as pages show them: how fresh, whose, what came, what went wrong, in words.

Never: writes; shows a dataset to whoever may neither read nor feed it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from haidang.access import gate
from haidang.catalog.declared import Dataset
from haidang.intake import reads
from haidang.intake.reads import RunFace, SourceFace
from haidang.web import formats
from haidang.web.page import Visit
from haidang.words.errors import Absent, Denied, Problem
from haidang.words.nouns import Actor, Subject
from haidang.words.texts import say, text, texts

GOING = ("received", "landing")
STATES = {"received": "watch", "landing": "watch", "landed": "good", "stopped": "bad"}


@dataclass(frozen=True)
class Feed:
    """One dataset with its source: state, promise, age and last run in words; `upload`: where to send files, or ""."""

    dataset: Dataset
    title: str
    owner: str
    state: str
    fresh: str
    promise: str
    last: str
    run: str
    aside: int
    upload: str


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


def subject(dataset: Dataset) -> Subject:
    return Subject(dataset.pack, dataset.key, dataset.level)


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


def feeds(seen: Visit) -> list[Feed]:
    """Every source of the datasets one may see; late ones first."""
    known, aside = visible(seen), _aside(seen.who)
    may = gate.sees(seen.who, "import")
    found = [_feed(seen, face, known[face.dataset], aside, may) for face in reads.sources() if face.dataset in known]
    return sorted(found, key=lambda feed: ("warn", "watch", "none", "good").index(feed.state))


def _feed(seen: Visit, face: SourceFace, noun: Dataset, aside: dict[str, int], may: Callable[[Subject], bool]) -> Feed:
    language = seen.language
    state = "warn" if face.late else "watch" if face.age_days is None else "good" if face.promise_days else "none"
    code = {"warn": "late", "watch": "never", "good": "kept", "none": "historic"}[state]
    return Feed(
        noun,
        face.title.in_(language),
        face.owner.in_(language),
        state,
        text(f"feed.{code}", language),
        text("feed.promise-days", language, days=face.promise_days)
        if face.promise_days
        else text("feed.no-promise", language),
        formats.age(face.last_at.isoformat(), seen.now, language) if face.last_at else "",
        face.last_run,
        aside.get(noun.key, 0),
        f"/sources/{noun.key}/upload" if may(subject(noun)) else "",
    )


def _aside(who: Actor) -> dict[str, int]:
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
    known = visible(seen)
    packs = frozenset(one.pack for one in known.values())
    faces = [face for face in reads.runs(dataset=dataset, packs=packs, limit=400) if face.dataset in known]
    return [told(seen, face) for face in faces[:limit]]


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
        face.actor if seen.who.kind != "public" else "",
        problem(face.problem, language),
    )


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
