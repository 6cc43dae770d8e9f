"""Data subjects: what the centre holds of one person, what they are given of it, what is erased when two have agreed.

An identifier is never kept: requests carry its keyed digest and a masked form. Whoever answers subjects needs the
action `personal`; each finding is traced like any look at personal data. Never: writes the store (intake does).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from haidang.access import gate, trace
from haidang.access.models import SubjectRequest, Trace
from haidang.access.personal import digests, masks
from haidang.catalog.declared import Dataset, declared
from haidang.store.tables import lake
from haidang.words import people
from haidang.words.errors import Absent, BadQuestion, Denied
from haidang.words.nouns import Actor, Label, Level, Subject

EXPORT, ERASE = "export", "erase"
ASKED, CONFIRMED, DONE, REFUSED = "asked", "confirmed", "done", "refused"
PURPOSE = "yeu-cau-chu-the"
LEAST = 5
MOST_LOOKS = 1000


@dataclass(frozen=True)
class Found:
    """What one dataset holds of a person: rows as they stand, by which runs they came, and whether it may be erased."""

    dataset: str
    title: Label
    level: str
    rows: tuple[dict[str, Any], ...]
    runs: tuple[str, ...]
    source: Label
    licence: str
    erase: bool
    basis: Label
    verified: bool


@dataclass(frozen=True)
class Look:
    """One look at personal data of a dataset, from the trace."""

    at: str
    who: str
    purpose: str
    about: str


def datasets(who: Actor) -> tuple[Dataset, ...]:
    """Datasets that say whose their rows are, of which the actor answers subjects somewhere."""
    allowed = gate.sees(who, "personal")
    every = (dataset for pack in declared().packs for dataset in pack.datasets if dataset.subject)
    return tuple(one for one in every if allowed(Subject(one.pack, one.key, Level.PERSONAL)))


def find(who: Actor, identifier: str, *, why: str = "") -> tuple[Found, ...]:
    """Everything held under an identifier where the actor answers for it; datasets with none are left out.

    Raises Denied, BadQuestion('subject-too-short').
    """
    known = datasets(who)
    if not known:
        raise Denied("no-grant")
    digest = _digest(identifier)
    actor = replace(who, purpose=f"{PURPOSE}: {why}" if why else PURPOSE, purpose_packs=())
    return tuple(found for dataset in known if (found := _found(actor, dataset, digest)))


def _digest(identifier: str) -> str:
    if len(people.normal(identifier)) < LEAST:
        raise BadQuestion("subject-too-short", least=LEAST)
    return digests.digest(identifier)


def _found(who: Actor, dataset: Dataset, digest: str) -> Found | None:
    subject = dataset.subject
    if subject is None:
        return None
    try:
        table = gate.of_subject(who, dataset.key, digest)
    except Absent:
        return None
    rows = gate.fetch(table.order_by(["_end", "_run", "_row"]))
    if not rows:
        return None
    gate.shown(who, dataset.key, f"rows={len(rows)} subject={digest[:16]}")
    runs = tuple(sorted({str(row["_run"]) for row in rows}))
    names = [column.name for column in dataset.columns if column.name in rows[0]]
    return Found(
        dataset.key,
        dataset.title,
        dataset.level.name.lower(),
        tuple({name: row[name] for name in (*names, "_run", "_period")} for row in rows),
        runs,
        dataset.source,
        dataset.licence,
        subject.erase == "allowed",
        subject.basis,
        subject.verified,
    )


def looks(found: tuple[Found, ...]) -> list[Look]:
    """Who looked at personal data of these datasets, for what, newest first."""
    told: list[Look] = []
    for one in found:
        rows = Trace.objects.filter(action="look-personal", subject__startswith=f"{one.dataset.replace('.', '/', 1)} ")
        told += [
            Look(row.at.isoformat(), row.who, row.purpose, row.subject) for row in rows.order_by("-pk")[:MOST_LOOKS]
        ]
    return told


def exported(who: Actor, identifier: str, why: str) -> tuple[tuple[Found, ...], list[Look]]:
    """What a person is given of their data; the request is kept as done."""
    found = find(who, identifier, why=why)
    _keep(who, EXPORT, identifier, why, {one.dataset: len(one.rows) for one in found})
    return found, looks(found)


def ask(who: Actor, identifier: str, why: str) -> int:
    """Ask for erasure; another has to confirm it. Raises Denied, BadQuestion, Absent('subject-unknown')."""
    if not why.strip():
        raise BadQuestion("subject-no-why")
    found = find(who, identifier, why=why)
    if not found:
        raise Absent("subject-unknown")
    return _keep(who, ERASE, identifier, why, {one.dataset: len(one.rows) for one in found}).pk


def _keep(who: Actor, kind: str, identifier: str, why: str, counts: dict[str, int]) -> SubjectRequest:
    row = SubjectRequest.objects.create(
        kind=kind,
        subject=_digest(identifier),
        shown=masked(identifier),
        why=why[:500],
        by=who.name,
        state=DONE if kind == EXPORT else ASKED,
        done={"rows": counts},
    )
    trace.note(who, f"subject-{kind}", f"request={row.pk} subject={row.subject[:16]} {' '.join(sorted(counts))}")
    return row


def masked(identifier: str) -> str:
    """An identifier as a request shows it."""
    import ibis

    shown = masks.masked("id-number", ibis.literal(identifier))
    return str(lake().rows(shown.name("m").as_table())[0]["m"])[:64]


def confirm(who: Actor, number: int) -> tuple[SubjectRequest, tuple[str, ...]]:
    """Agree to an erasure somebody else asked for; gives it with the datasets to empty. The worker is told by the door.

    Raises Denied('subject-own-request'), Absent('subject-unknown-request').
    """
    row = _asked(who, number)
    known = {dataset.key: dataset for dataset in datasets(who)}
    held = [key for key in row.done.get("rows", {}) if key in known]
    may = {key: known[key].subject for key in held}
    erase = tuple(key for key, subject in may.items() if subject is not None and subject.erase == "allowed")
    row.state = CONFIRMED
    row.done = {**row.done, "confirmed_by": who.name, "kept": [key for key in held if key not in erase]}
    row.save(update_fields=["state", "done"])
    trace.note(who, "subject-confirm", f"request={row.pk} erase={' '.join(erase)} kept={' '.join(row.done['kept'])}")
    return row, erase


def refuse(who: Actor, number: int, why: str) -> None:
    """Turn an erasure down, or take back one's own."""
    row = _asked(who, number, own=True)
    row.state, row.done = REFUSED, {**row.done, "refused_by": who.name, "refused": why[:500]}
    row.save(update_fields=["state", "done"])
    trace.note(who, "subject-refuse", f"request={row.pk}")


def _asked(who: Actor, number: int, *, own: bool = False) -> SubjectRequest:
    if not datasets(who):
        raise Denied("no-grant")
    row = SubjectRequest.objects.filter(pk=number, kind=ERASE, state=ASKED).first()
    if row is None:
        raise Absent("subject-unknown-request", found=number)
    if row.by == who.name and not own:
        raise BadQuestion("subject-own-request")
    return row


def given_to_the_worker(row: SubjectRequest, runs: dict[str, str]) -> None:
    """Which Runs empty which dataset."""
    row.done = {**row.done, "runs": runs}
    if not runs:
        row.state = DONE
    row.save(update_fields=["state", "done"])


def settle(landed: Any) -> None:
    """Requests all of whose Runs have landed are done. `landed`: run id → whether it has."""
    from django.utils import timezone

    for row in SubjectRequest.objects.filter(state=CONFIRMED):
        runs = row.done.get("runs", {})
        if runs and all(landed(run) for run in runs.values()):
            row.state, row.done_at = DONE, timezone.now()
            row.save(update_fields=["state", "done_at"])


def requests(who: Actor, limit: int = 100) -> list[SubjectRequest]:
    """Newest first; raises Denied."""
    if not datasets(who):
        raise Denied("no-grant")
    return list(SubjectRequest.objects.order_by("-pk")[:limit])
