"""Who opens which file of a Case, and where its bytes stand. Never: writes, gives a path it was told.

Staff open what belongs to a Case they may read; call records and papers, which say who somebody is, only whoever
reaches the personal level for a purpose. The public opens what stands in a published result, without faces or plates.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db.models import Q, QuerySet

from haidang.access import gate
from haidang.cases import history, machine, rights
from haidang.cases.files.places import SMALL, beside, whole
from haidang.cases.models import Case, File, Step
from haidang.words.errors import Absent, Denied
from haidang.words.nouns import Actor, Level

SIZES = ("", "small", "blurred")
"""As kept; a thumbnail of 480 px (faces and plates blurred); whole with faces and plates blurred."""
TELLING = ("record", "paper")
"""Kinds that tell who sent a Case: a voice, a signed letter."""
Opened = tuple[Path, str]
"""Where the bytes stand, and their media type."""


def opened(who: Actor, key: str, *, size: str = "") -> Opened:
    """A file for somebody of the house; raises Absent('no-case-file'), Denied('no-purpose' | 'no-grant').

    One that is of no Case yet: only for whoever kept it.
    """
    row = _row(key)
    if row.case is None:
        if not (who.inside and row.by == who.name):
            raise Absent("no-case-file", found=key[:40])
        return _bytes(row, size)
    case = rights.seen(who, row.case.pk)
    if row.kind in TELLING and row.by != who.name:
        _personal(who, case)
    return _bytes(row, size)


def _personal(who: Actor, case: Case) -> None:
    gate.require(who, "read", rights.subject(case, Level.PERSONAL))
    if not gate.purposed(who, case.pack):
        raise Denied("no-purpose")
    gate.shown(who, case.desk, f"case-{case.pk} file")


def of_code(code: str, key: str, *, size: str = "") -> Opened:
    """A file for whoever holds the Case's code: their own, and those of acts they may read (blurred).

    Raises Absent('no-case-file').
    """
    case = Case.objects.filter(code=code.strip().upper()).first()
    row = for_sender(case).filter(key=key).first() if case else None
    if row is None:
        raise Absent("no-case-file", found=key[:40])
    own = row.step is None or row.step.role == machine.SENDER
    return _bytes(row, size if own or size == "small" else "blurred")


def for_sender(case: Case) -> QuerySet[File]:
    """Files the sender may know of: never a call record, nor of a note or of work that no head approved."""
    rows = File.objects.filter(case=case).exclude(kind="record").exclude(step__inner=True)
    hidden = history.awaiting(Step.objects.filter(case=case, act__in=("finish", "approve")))
    return rows.exclude(step__in=hidden) if hidden else rows


def of_result(who: Actor, number: int, key: str, *, size: str = "") -> Opened:
    """A file of a published result; raises Absent('no-case-file', 'unknown-case')."""
    from haidang.cases import reads

    reads.result(who, number)
    row = File.objects.filter(presentable(), case_id=number, key=key, open=True).first()
    if row is None:
        raise Absent("no-case-file", found=key[:40])
    return _bytes(row, size)


def presentable() -> Q:
    """Of which files a published result may show some: photos that were looked at, no face and no plate on them."""
    return Q(kind="photo", blurred="", found__looked=True)


def presents(kind: str, found: Mapping[str, Any]) -> bool:
    """The same of a `FileFace`: whether to offer it for a published result."""
    return kind == "photo" and bool(found.get("looked")) and not (found.get("faces") or found.get("plates"))


def waiting(who: Actor, keys: tuple[str, ...]) -> tuple[str, ...]:
    """Of some keys those that somebody kept and that belong to no Case yet, in their order."""
    by = who.name if who.inside else ""
    kept = set(File.objects.filter(key__in=keys, case=None, by=by).values_list("key", flat=True))
    return tuple(key for key in keys if key in kept)


def _row(key: str) -> File:
    row = File.objects.select_related("case").filter(key=key).first()
    if row is None:
        raise Absent("no-case-file", found=key[:40])
    return row


def _bytes(row: File, size: str) -> Opened:
    """The picture of a size where there is one; a video's or a record's is itself, but for its thumbnail."""
    if size == "small":
        path, kind = whole(beside(row.path, SMALL)), "image/jpeg"
    elif size == "blurred" and row.blurred:
        path, kind = whole(row.blurred), "image/jpeg"
    else:
        path, kind = whole(row.path), row.type
    if not path.is_file():
        raise Absent("no-case-file", found=row.key)
    return path, kind
