"""Videos: what a telephone writes beside the pictures (where, when, by what device) emptied, and a thumbnail.

Only the boxes of the container are touched; the pictures stay as they came. Never: plays one, looks for faces.
"""

from __future__ import annotations

import struct
from pathlib import Path

import cv2

from haidang.cases.files import photos

_INTO = (b"moov", b"trak", b"mdia", b"moof", b"traf")
_EMPTIED = (b"udta", b"meta", b"uuid", b"XMP_", b"mett")


def stripped(content: bytes) -> bytes:
    """The same video; boxes that tell where, when and by what it was taken are emptied (their length stays)."""
    kept = bytearray(content)
    _walk(kept, 0, len(kept))
    return bytes(kept)


def _walk(kept: bytearray, start: int, end: int) -> None:
    while start + 8 <= end:
        size, name = struct.unpack_from(">I4s", kept, start)
        head = 8
        if size == 1 and start + 16 <= end:
            size, head = struct.unpack_from(">Q", kept, start + 8)[0], 16
        size = end - start if size == 0 else size
        if size < head or start + size > end:
            return
        if name in _EMPTIED or (name == b"trak" and b"meta" in _handlers(kept, start, start + size)):
            kept[start + 4 : start + 8] = b"free"
            kept[start + head : start + size] = bytes(size - head)
        elif name in _INTO:
            _walk(kept, start + head, start + size)
        start += size


def _handlers(kept: bytearray, start: int, end: int) -> set[bytes]:
    """What a track holds: `vide`, `soun`, `meta` (where the telephone was, second by second)."""
    at = kept.find(b"hdlr", start, end)
    return {bytes(kept[at + 12 : at + 16])} if at >= 0 else set()


def still(file: Path) -> bytes:
    """A thumbnail of the first frame that can be read, faces blurred; b"" when none can."""
    video = cv2.VideoCapture(str(file))
    try:
        fine, frame = video.read()
        return photos.thumbnail(frame) if fine else b""
    finally:
        video.release()
