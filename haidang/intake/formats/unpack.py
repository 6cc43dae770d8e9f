"""gz and zip, opened safely: each member written to scratch under a name of ours, one at a time, within the limits.

Never: uses a member's own path, follows a link, opens an archive within an archive (a gz of one zip excepted).
"""

from __future__ import annotations

import gzip
import re
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

from haidang.intake.formats import Arrival
from haidang.intake.formats.limits import CHUNK, MAX_MEMBERS, MAX_RATIO, MAX_UNPACKED, RATIO_FROM
from haidang.intake.formats.refuse import megabytes, shown, stop
from haidang.intake.formats.sniff import ZIP
from haidang.words.errors import IntakeStopped

GZ = b"\x1f\x8b"
ZIPS = (ZIP, b"PK\x05\x06", b"PK\x07\x08")
LITTER = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)", re.IGNORECASE)
DAMAGE = (EOFError, OSError, zlib.error, zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, IndexError)


def unpacked(arrival: Arrival) -> Iterator[Arrival]:
    """The arrival itself, or each file packed in it (its `name` then says "outer › inner")."""
    head = _head(arrival.path)
    if head.startswith(GZ):
        inner = _gunzipped(arrival)
        yield from _members(inner) if _is_archive(inner.path) else iter([inner])
    elif _is_archive(arrival.path):
        yield from _members(arrival)
    else:
        yield arrival


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(4)


def _is_archive(path: Path) -> bool:
    """A zip that is no office document; half a zip counts, so that it is refused as such."""
    if not _head(path).startswith(ZIPS):
        return False
    try:
        with zipfile.ZipFile(path) as box:
            names = set(box.namelist())
    except DAMAGE:
        return b"[Content_Types].xml" not in path.open("rb").read(4096)
    return not names & {"[Content_Types].xml", "mimetype"}


def _gunzipped(arrival: Arrival) -> Arrival:
    target = arrival.scratch / "gz.out"
    meter = Meter(arrival.name, arrival.path.stat().st_size)
    try:
        with gzip.open(arrival.path) as source, target.open("wb") as sink:
            meter.copy(cast(BinaryIO, source), sink)
    except EOFError as error:
        raise stop("cut-short", arrival.name, found="gz") from error
    except DAMAGE as error:
        raise stop("damaged-archive", arrival.name, found="gz") from error
    if _head(target).startswith(GZ):
        raise stop("nested-archive", arrival.name, found="gz › gz")
    name = arrival.name[:-3] if arrival.name.lower().endswith(".gz") else arrival.name
    return replace(arrival, path=target, name=name)


def _members(arrival: Arrival) -> Iterator[Arrival]:
    try:
        box = zipfile.ZipFile(arrival.path)
    except DAMAGE as error:
        raise stop("cut-short", arrival.name, found="zip") from error
    with box:
        infos = _checked(arrival, box.infolist())
        meter = Meter(arrival.name, arrival.path.stat().st_size)
        for number, info in enumerate(infos):
            yield _extracted(arrival, (box, info), number=number, meter=meter)


def _checked(arrival: Arrival, infos: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """The members that hold data, after all of them were looked at; raises before anything is unpacked."""
    if len(infos) > MAX_MEMBERS:
        raise stop("too-many-members", arrival.name, found=len(infos), expected=MAX_MEMBERS)
    data = [i for i in infos if not i.is_dir() and not LITTER.search(i.filename)]
    for info in infos:
        _check_member(arrival.name, info)
    claimed = sum(i.file_size for i in data)
    if claimed > MAX_UNPACKED:
        raise stop("unpacks-too-large", arrival.name, found=megabytes(claimed), expected=megabytes(MAX_UNPACKED))
    if not data:
        raise stop("empty-archive", arrival.name)
    names = [i.filename for i in data]
    if twice := [name for name, times in Counter(names).items() if times > 1]:
        raise stop("member-twice", arrival.name, found=twice[0])
    return data


def _check_member(archive: str, info: zipfile.ZipInfo) -> None:
    name = info.orig_filename
    if re.match(r"[/\\]|[A-Za-z]:", name) or ".." in re.split(r"[/\\]", name) or "\x00" in name:
        raise stop("unsafe-path", archive, found=name)
    if stat.S_ISLNK(info.external_attr >> 16):
        raise stop("link-in-archive", archive, found=name)
    if info.flag_bits & 0x1:
        raise stop("password-archive", archive, found=name)
    if info.file_size > RATIO_FROM and info.file_size > MAX_RATIO * max(info.compress_size, 1):
        raise stop("archive-bomb", archive, found=name, ratio=info.file_size // max(info.compress_size, 1))


def _extracted(
    arrival: Arrival, member: tuple[zipfile.ZipFile, zipfile.ZipInfo], *, number: int, meter: Meter
) -> Arrival:
    box, info = member
    where = f"{arrival.name} › {shown(_name(info))}"
    target = arrival.scratch / f"member-{number}"
    try:
        with box.open(info) as source, target.open("wb") as sink:
            meter.copy(cast(BinaryIO, source), sink)
    except IntakeStopped:
        raise
    except DAMAGE as error:
        raise stop("damaged-member", where) from error
    if _head(target).startswith(GZ) or _is_archive(target):
        raise stop("nested-archive", where, found=shown(_name(info)))
    return replace(arrival, path=target, name=where)


def _name(info: zipfile.ZipInfo) -> str:
    """The member's name without folders; zips made on Windows often hide UTF-8 behind the old code page."""
    name = info.filename
    if not info.flag_bits & 0x800:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name.rsplit("/", 1)[-1]


class Meter:
    """Counts what comes out of an archive and stops at the limits, whatever the archive claims of itself."""

    def __init__(self, name: str, packed: int) -> None:
        self.name, self.packed, self.total = name, max(packed, 1), 0

    def copy(self, source: BinaryIO, sink: BinaryIO) -> None:
        while chunk := source.read(CHUNK):
            self.total += len(chunk)
            if self.total > MAX_UNPACKED:
                raise stop(
                    "unpacks-too-large", self.name, found=megabytes(self.total), expected=megabytes(MAX_UNPACKED)
                )
            if self.total > RATIO_FROM and self.total > MAX_RATIO * self.packed:
                raise stop("archive-bomb", self.name, found=self.name, ratio=self.total // self.packed)
            sink.write(chunk)
