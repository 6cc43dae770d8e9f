"""Videos: what a telephone writes beside the pictures (where, when, by what device) emptied, and a thumbnail.

Only the boxes of the container are touched; the pictures stay as they came. Never: plays one, looks for faces.
"""

from __future__ import annotations

import mmap
import struct
from pathlib import Path

import cv2

from haidang.cases.files import photos

_INTO = (b"moov", b"trak", b"mdia", b"moof", b"traf")
_EMPTIED = (b"udta", b"meta", b"uuid", b"XMP_", b"mett")
_DEEPEST = 6
"""Boxes within boxes: no camera makes more."""


def strip(file: Path) -> None:
    """Empty, in the file itself, the boxes that tell where, when and by what it was taken (their length stays)."""
    with file.open("r+b") as opened, mmap.mmap(opened.fileno(), 0) as kept:
        _walk(kept, 0, len(kept))


def _walk(kept: mmap.mmap, start: int, end: int, deep: int = 0) -> None:
    while start + 8 <= end:
        head, size, name = _box(kept, start, end)
        if size < head or start + size > end:
            # What is no box may hide anything; only pictures may be cut short.
            if name != b"mdat":
                kept[start:end] = bytes(end - start)
            return
        if name in _EMPTIED or deep > _DEEPEST or (name == b"trak" and _handler(kept, start, start + size) == b"meta"):
            kept[start + 4 : start + 8] = b"free"
            kept[start + head : start + size] = bytes(size - head)
        elif name in _INTO:
            _walk(kept, start + head, start + size, deep + 1)
        start += size


def _box(kept: mmap.mmap, start: int, end: int) -> tuple[int, int, bytes]:
    """(bytes of its head, of the whole, name) of the box that begins there; the last one may say 0 for “to the end”."""
    size, name = struct.unpack_from(">I4s", kept, start)
    if size == 1 and start + 16 <= end:
        return 16, struct.unpack_from(">Q", kept, start + 8)[0], name
    return 8, (end - start if size == 0 else size), name


def _handler(kept: mmap.mmap, start: int, end: int) -> bytes:
    """What a track holds: `vide`, `soun`, `meta` (where the telephone was, second by second)."""
    at = kept.find(b"hdlr", start, end)
    return bytes(kept[at + 12 : at + 16]) if at >= 0 else b""


def still(file: Path) -> bytes:
    """A thumbnail of the first frame that can be read, faces blurred; b"" when none can."""
    video = cv2.VideoCapture(str(file))
    try:
        fine, frame = video.read()
        return photos.thumbnail(frame) if fine else b""
    finally:
        video.release()
