"""What is done for a data subject: given, asked to be erased, confirmed by another, refused; all of it traced.

Never: writes the store (intake does, when the door hands the order over).
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone

from haidang.access import trace
from haidang.access.models import SubjectRequest
from haidang.access.personal.subjects.holders import Holder
from haidang.access.personal.subjects.reads import (
    ASKED,
    CONFIRMED,
    DONE,
    ERASE,
    EXPORT,
    REFUSED,
    Found,
    Look,
    answers,
    datasets,
    digest_of,
    find,
    looks,
    masked,
)
from haidang.access.personal.subjects.reads import held as holders_of
from haidang.words.errors import Absent, BadQuestion, Denied
from haidang.words.nouns import Actor


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
    row = _keep(who, ERASE, identifier, why, {one.dataset: len(one.rows) for one in found})
    # The identifier is not kept: what is no dataset is found again by the ids of its rows.
    row.done = {**row.done, "ids": {one.dataset: list(one.ids) for one in found if one.ids}}
    row.save(update_fields=["done"])
    return row.pk


def _keep(who: Actor, kind: str, identifier: str, why: str, counts: dict[str, int]) -> SubjectRequest:
    row = SubjectRequest.objects.create(
        kind=kind,
        subject=digest_of(identifier),
        shown=masked(identifier),
        why=why[:500],
        by=who.name,
        state=DONE if kind == EXPORT else ASKED,
        done={"rows": counts},
    )
    trace.note(who, f"subject-{kind}", f"request={row.pk} subject={row.subject[:16]} {' '.join(sorted(counts))}")
    return row


def confirm(who: Actor, number: int) -> tuple[SubjectRequest, tuple[str, ...]]:
    """Agree to an erasure somebody else asked for; gives it with the datasets to empty. The worker is told by the door.

    What rooms hold beside the datasets is emptied here and now.

    Raises Denied('subject-own-request'), Absent('subject-unknown-request').
    """
    row = _asked(who, number)
    known = {dataset.key: dataset for dataset in datasets(who)}
    held = [key for key in row.done.get("rows", {}) if key in known]
    may = {key: known[key].subject for key in held}
    erase = tuple(key for key, subject in may.items() if subject is not None and subject.erase == "allowed")
    row.state = CONFIRMED
    row.done = {**row.done, "confirmed_by": who.name, "kept": [key for key in held if key not in erase]}
    emptied = {one.key: one.erase(tuple(ids)) for one, ids in _ids(who, row) if one.erasable}
    beside = [one.key for one, _ in _ids(who, row) if not one.erasable]
    row.done = {**row.done, "emptied": emptied, "kept": [*row.done["kept"], *beside]}
    row.save(update_fields=["state", "done"])
    erased = " ".join((*erase, *emptied))
    trace.note(who, "subject-confirm", f"request={row.pk} erase={erased} kept={' '.join(row.done['kept'])}")
    return row, erase


def _ids(who: Actor, row: SubjectRequest) -> list[tuple[Holder, list[int]]]:
    """The holders the request is about, each with the ids it gave."""
    ids = row.done.get("ids", {})
    return [(one, ids[one.key]) for one in holders_of(who) if ids.get(one.key)]


def refuse(who: Actor, number: int, why: str) -> None:
    """Turn an erasure down, or take back one's own."""
    row = _asked(who, number, own=True)
    row.state, row.done = REFUSED, {**row.done, "refused_by": who.name, "refused": why[:500]}
    row.save(update_fields=["state", "done"])
    trace.note(who, "subject-refuse", f"request={row.pk}")


def _asked(who: Actor, number: int, *, own: bool = False) -> SubjectRequest:
    if not answers(who):
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


def settle(landed: Callable[[str], bool]) -> None:
    """Requests all of whose Runs have landed are done. `landed`: run id → whether it has."""
    for row in SubjectRequest.objects.filter(state=CONFIRMED):
        runs = row.done.get("runs", {})
        if runs and all(landed(run) for run in runs.values()):
            row.state, row.done_at = DONE, timezone.now()
            row.save(update_fields=["state", "done_at"])
