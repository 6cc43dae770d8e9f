"""Data subjects: what the centre holds of one person, and the requests so far.

An identifier is never kept: requests carry its keyed digest and a masked form. Whoever answers subjects needs the
action `personal`; each finding is traced like any look at personal data. Never: writes a request.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from haidang.access import gate
from haidang.access.models import SubjectRequest, Trace
from haidang.access.personal import digests, masks
from haidang.access.personal.subjects import holders
from haidang.access.personal.subjects.holders import Holder
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
    columns: tuple[tuple[str, Label], ...] = ()
    """Name and title of each, where it is no dataset."""
    ids: tuple[int, ...] = ()


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


def held(who: Actor) -> tuple[Holder, ...]:
    """Holders beside the datasets of which the actor answers subjects somewhere."""
    allowed = gate.sees(who, "personal")
    return tuple(one for one in holders.every() if allowed(Subject(one.pack, one.key, Level.PERSONAL)))


def find(who: Actor, identifier: str, *, why: str = "") -> tuple[Found, ...]:
    """Everything held under an identifier where the actor answers for it; datasets with none are left out.

    Raises Denied, BadQuestion('subject-too-short').
    """
    known, others = datasets(who), held(who)
    if not known and not others:
        raise Denied("no-grant")
    digest = digest_of(identifier)
    actor = replace(who, purpose=f"{PURPOSE}: {why}" if why else PURPOSE, purpose_packs=())
    told = [found for dataset in known if (found := _found(actor, dataset, digest))]
    return (*told, *(found for one in others if (found := _held(actor, one, identifier, digest))))


def digest_of(identifier: str) -> str:
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


def _held(who: Actor, holder: Holder, identifier: str, digest: str) -> Found | None:
    gate.require(who, "personal", Subject(holder.pack, holder.key, Level.PERSONAL))
    kept = holder.find(identifier)
    if not kept.rows:
        return None
    gate.shown(who, holder.key, f"rows={len(kept.rows)} subject={digest[:16]}")
    return Found(
        holder.key,
        holder.title,
        Level.PERSONAL.name.lower(),
        kept.rows,
        (),
        holder.source,
        "",
        holder.erasable,
        holder.basis,
        holder.verified,
        holder.columns,
        kept.ids,
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


def answers(who: Actor) -> bool:
    """Whether somebody answers data subjects of anything."""
    return bool(datasets(who) or held(who))


def requests(who: Actor, limit: int = 100) -> list[SubjectRequest]:
    """Newest first; raises Denied."""
    if not answers(who):
        raise Denied("no-grant")
    return list(SubjectRequest.objects.order_by("-pk")[:limit])


def masked(identifier: str) -> str:
    """An identifier as a request shows it."""
    import ibis

    shown = masks.masked("id-number", ibis.literal(identifier))
    return str(lake().rows(shown.name("m").as_table())[0]["m"])[:64]
