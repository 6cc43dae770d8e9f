"""Keeps files of Cases and lets them go; with `cases.actions` the only code that writes their rows.

A file is kept before its Case is written (`Arrival.files`, `Wanted.files` carry its key); one that no Case took within
a day is let go. Never: keeps a name the sender gave, where a photo was taken, or what its first bytes do not show.
"""

from __future__ import annotations

import hashlib
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any

from django.db.models import Sum
from django.utils import timezone

from haidang.access import gate, trace
from haidang.cases import rights
from haidang.cases.files import photos, places, sniffing, videos
from haidang.cases.files.places import BLURRED, SMALL, beside, whole
from haidang.cases.files.sniffing import Sniffed
from haidang.cases.models import Call, File
from haidang.words.errors import Absent, BadQuestion, NotNow
from haidang.words.nouns import Actor

MB = 1024 * 1024
MOST = {"photo": 12 * MB, "video": 60 * MB, "record": 60 * MB, "paper": 12 * MB}
"""Bytes of one file."""
MANY = 6
"""Files with one message or act."""
WHEN = ("", "before", "after")
WAITING_DAY = timedelta(days=1)
WAITING_BYTES = 2048 * MB
"""What files of the public may take together while no Case has taken them: rubbish does not fill the disk."""


def keep(who: Actor, name: str, stream: IO[bytes], *, kind: str = "photo", when: str = "") -> str:
    """Keep one file and give its key. `kind`: photo | video | record | paper, or "" for whatever it turns out to be.

    `name` is only looked at for the message when it is refused; `when`: before | after | "". Raises
    BadQuestion('not-this-kind' | 'heic-photo' | 'empty-file' | 'too-big-file' | 'unreadable-photo' |
    'too-large-picture' | 'unknown-when'), NotNow('files-full').
    """
    if when not in WHEN:
        raise BadQuestion("unknown-when", found=when[:16], expected="before, after")
    by = who.name if who.inside else ""
    with _arrived(name, stream, kind) as (arrived, is_a, digest):
        if not by:
            _room(arrived.stat().st_size)
        fields = _made(arrived, is_a)
    row = File.objects.create(**fields, when=when, by=by, digest=digest)
    return str(row.key)


def keep_all(who: Actor, sent: list[tuple[str, IO[bytes]]], *, kind: str = "", when: str = "") -> tuple[str, ...]:
    """Several files of one message or act (name, stream), in their order; when one is refused none stays.

    Raises as `keep`, and BadQuestion('too-many-files').
    """
    if len(sent) > MANY:
        raise BadQuestion("too-many-files", found=str(len(sent)), expected=str(MANY))
    kept: list[str] = []
    try:
        for name, stream in sent:
            kept.append(keep(who, name, stream, kind=kind, when=when))
    except (BadQuestion, NotNow):
        drop(tuple(kept))
        raise
    return tuple(kept)


@contextmanager
def _arrived(name: str, stream: IO[bytes], kind: str) -> Iterator[tuple[Path, Sniffed, str]]:
    """The bytes in a file of their own while they are looked at, what they are, and their digest."""
    head = stream.read(sniffing.HEAD)
    is_a = _accepted(name, head, kind)
    places.root().mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=places.root(), prefix="arriving-") as file:
        digest = hashlib.sha256()
        size = 0
        chunk = head
        while chunk:
            size += len(chunk)
            if size > MOST[is_a.kind]:
                raise BadQuestion("too-big-file", found=name[:80], expected=str(MOST[is_a.kind] // MB))
            digest.update(chunk)
            file.write(chunk)
            chunk = stream.read(256 * 1024)
        file.flush()
        yield Path(file.name), is_a, digest.hexdigest()


def _accepted(name: str, head: bytes, kind: str) -> Sniffed:
    if not head:
        raise BadQuestion("empty-file", found=name[:80])
    if sniffing.still(head):
        raise BadQuestion("heic-photo", found=name[:80])
    is_a = sniffing.sniff(head)
    if is_a is None or (kind and is_a.kind != kind):
        raise BadQuestion("not-this-kind", found=name[:80], expected=kind or "photo")
    return is_a


def _room(size: int) -> None:
    """Whether the public's files that wait leave room for one more."""
    taken = File.objects.filter(case=None, by="", kind__in=("photo", "video")).aggregate(all=Sum("size"))["all"] or 0
    if taken + size > WAITING_BYTES:
        raise NotNow("files-full", retry=600)


def _made(arrived: Path, is_a: Sniffed) -> dict[str, Any]:
    """The fields of the row, its bytes in place."""
    key = secrets.token_hex(16)
    ending = "jpg" if is_a.kind == "photo" else is_a.ending
    path = f"{timezone.localdate():%y%m}/{key}.{ending}"
    whole(path).parent.mkdir(parents=True, exist_ok=True)
    fields: dict[str, Any] = {"key": key, "path": path, "kind": is_a.kind, "type": is_a.type}
    if is_a.kind == "photo":
        fields |= _photo(arrived, path)
    elif is_a.kind == "video":
        fields |= _video(arrived, path)
    else:
        shutil.copyfile(arrived, whole(path))
    # A sender's own name for a file may be theirs: it is called by what it is.
    return {**fields, "name": f"{is_a.kind}.{ending}", "size": whole(path).stat().st_size}


def _photo(arrived: Path, path: str) -> dict[str, Any]:
    made = photos.made(arrived)
    whole(path).write_bytes(made.whole)
    whole(beside(path, SMALL)).write_bytes(made.small)
    if made.blurred:
        whole(beside(path, BLURRED)).write_bytes(made.blurred)
    return {
        "type": "image/jpeg",
        "width": made.width,
        "height": made.height,
        "found": made.found,
        "blurred": beside(path, BLURRED) if made.blurred else "",
    }


def _video(arrived: Path, path: str) -> dict[str, Any]:
    """Its metadata emptied; a thumbnail where a frame could be read. Its faces are not looked for: it is never open."""
    shutil.copyfile(arrived, whole(path))
    videos.strip(whole(path))
    small = videos.still(whole(path))
    if small:
        whole(beside(path, SMALL)).write_bytes(small)
    return {"found": {"looked": False}}


def drop(keys: tuple[str, ...]) -> int:
    """Let files go, rows and bytes (a Case's files when its sender's data is erased too); how many."""
    rows = File.objects.filter(key__in=keys)
    paths = [path for row in rows for path in places.every(row.path)]
    many = rows.count()
    rows.delete()
    for path in paths:
        path.unlink(missing_ok=True)
    return many


def judge(who: Actor, key: str, *, clear: bool) -> int:
    """Somebody of the desk looked at a photo: nobody can be told on it (`clear`), or somebody can after all.

    What the machine found wrongly (a lamp for a face) is let go so, what it missed is kept behind the login so. Traced.
    Gives the Case's number. Raises Absent('no-case-file' | 'unknown-case'), Denied.
    """
    row = File.objects.select_related("case").filter(key=key, kind="photo").first()
    if row is None or row.case is None:
        raise Absent("no-case-file", found=key[:40])
    case = rights.seen(who, row.case.pk)
    gate.require(who, "route", rights.subject(case))
    judged = "clear" if clear else "telling"
    boxes = {name: row.found[name] for name in ("faces", "plates") if name in row.found and not clear}
    found = {"looked": clear, "judged": judged, "by": who.name, **boxes}
    blurred = "" if clear else row.blurred
    File.objects.filter(pk=row.pk).update(found=found, blurred=blurred, open=row.open and clear)
    trace.note(who, "judge-photo", f"{case.pack}/case-{case.pk} {judged}")
    return int(case.pk)


def sweep(now: datetime) -> int:
    """Let go what no Case took within a day, and bytes no row speaks of; how many. May be repeated at any time."""
    calls = Call.objects.filter(record__isnull=False).values("record_id")
    old = File.objects.filter(case=None, at__lt=now - WAITING_DAY).exclude(pk__in=calls)
    gone = drop(tuple(old.values_list("key", flat=True)[:5000]))
    return gone + _stray(now)


def _stray(now: datetime) -> int:
    """Bytes a kill left behind: of no row, older than a day."""
    before = (now - WAITING_DAY).timestamp()
    # The folder also holds what others keep there (word lists, calls): only what `keep` writes is looked at.
    ours = (*places.root().glob("arriving-*"), *places.root().glob("[0-9][0-9][0-9][0-9]/*"))
    old = [one for one in ours if one.is_file() and one.stat().st_mtime < before]
    known = set(File.objects.values_list("key", flat=True)) if old else set()
    stray = [one for one in old if _key(one) not in known]
    for one in stray:
        one.unlink(missing_ok=True)
    return len(stray)


def _key(file: Path) -> str:
    return file.name.partition(".")[0]
