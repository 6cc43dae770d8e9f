"""Files that grow: a log to which lines are added, and which is rotated. Only whole lines are taken.

The cursor keeps, by inode, how far each was read and what it began with: a file that was renamed is read to its end
under its new name, one that was cut back or whose inode went to another file is read from its beginning.
Never: moves or removes one.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from haidang.intake.connectors import Order, Parcel
from haidang.intake.connectors._keeping import CHUNK, chunks, keep, plain
from haidang.words.errors import IntakeStopped

PIECE = 64 << 20
"""Bytes of one parcel."""
HEAD = 1024
"""Bytes by which a file is known again."""


@dataclass(frozen=True)
class Read:
    """How far a file was read: `head` is the digest of its first `known` bytes."""

    offset: int = 0
    known: int = 0
    head: str = ""


def fetch(order: Order, files: list[tuple[str, BinaryIO]]) -> Iterator[Parcel]:
    """New whole lines of open files (oldest first), in parcels of at most PIECE. `files`: every one of the folder that
    is wanted or was once read; those that were read under another name go on where they stood.

    Raises IntakeStopped('line-too-long').
    """
    state = _state(order, {mark(file) for _, file in files})
    for name, file in files:
        at = _known(file, state.get(mark(file), Read()))
        while end := _lines_end(file, at.offset, order, name=name):
            file.seek(at.offset)
            path, _ = keep(order, name, chunks(file, end - at.offset))
            at, began = _read_to(file, end), at.offset
            state[mark(file)] = at
            yield Parcel(path, _name(name, began), {**order.cursor, "read": _text(state)})
            if order.trial:
                return


def mark(file: BinaryIO) -> str:
    return mark_of(os.fstat(file.fileno()))


def mark_of(found: os.stat_result) -> str:
    return f"{found.st_dev}-{found.st_ino}"


def known_marks(order: Order) -> set[str]:
    """The inodes that were read."""
    return set(json.loads(order.cursor.get("read", "{}")))


def _state(order: Order, present: set[str]) -> dict[str, Read]:
    """By inode, without those that are gone."""
    told = json.loads(order.cursor.get("read", "{}"))
    return {inode: Read(*values) for inode, values in told.items() if inode in present}


def _text(state: dict[str, Read]) -> str:
    return json.dumps({inode: [read.offset, read.known, read.head] for inode, read in state.items()})


def _known(file: BinaryIO, read: Read) -> Read:
    """Where to go on; from the beginning when the file was cut back or is another one."""
    shrunk = os.fstat(file.fileno()).st_size < read.offset
    return Read() if shrunk or _head(file, read.known) != read.head else read


def _read_to(file: BinaryIO, end: int) -> Read:
    known = min(end, HEAD)
    return Read(end, known, _head(file, known))


def _head(file: BinaryIO, size: int) -> str:
    if not size:
        return ""
    file.seek(0)
    return hashlib.sha256(file.read(size)).hexdigest()[:32]


def _lines_end(file: BinaryIO, begin: int, order: Order, *, name: str) -> int:
    """Where the last whole line of the next piece ends; 0 when there is no whole line yet."""
    most = min(1 << 20 if order.trial else PIECE, order.largest)
    size = os.fstat(file.fileno()).st_size
    end = min(size, begin + most)
    at = end
    while at > begin:
        start = max(begin, at - CHUNK)
        file.seek(start)
        found = file.read(at - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        at = start
    if end - begin >= most:
        raise IntakeStopped("line-too-long", found=name, expected=max(most >> 20, 1))
    return 0


def _name(name: str, offset: int) -> str:
    """The file's name with where the piece begins."""
    stem, dot, suffix = name.partition(".")
    return plain(f"{stem}-{offset:012d}{dot}{suffix}")
