"""What a file is, by its first bytes alone. Never: believes a name or what a browser says of it."""

from __future__ import annotations

from dataclasses import dataclass

HEAD = 64
"""How many bytes tell."""


@dataclass(frozen=True)
class Sniffed:
    """`kind`: photo | video | record | paper; `type`: the media type; `ending`: of the name it is kept by."""

    kind: str
    type: str
    ending: str


JPEG, PNG, WEBP = (Sniffed("photo", f"image/{one}", one) for one in ("jpeg", "png", "webp"))
MP4 = Sniffed("video", "video/mp4", "mp4")
M4A = Sniffed("record", "audio/mp4", "m4a")
WAV, OGG, MP3 = (
    Sniffed("record", f"audio/{one}", ending) for one, ending in (("wav", "wav"), ("ogg", "ogg"), ("mpeg", "mp3"))
)
PDF = Sniffed("paper", "application/pdf", "pdf")
_STARTS = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"OggS", OGG),
    (b"ID3", MP3),
    (b"\xff\xfb", MP3),
    (b"\xff\xf3", MP3),
    (b"%PDF-", PDF),
)
_RIFF = {b"WEBP": WEBP, b"WAVE": WAV}
_STILLS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")
"""Brands of single pictures (an iPhone's own kind), which nothing here can read."""


def sniff(head: bytes) -> Sniffed | None:
    """What a file begins as; None for what is not taken."""
    for start, found in _STARTS:
        if head.startswith(start):
            return found
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12])
    if head[4:8] == b"ftyp" and head[8:12] not in _STILLS:
        return M4A if head[8:12] in (b"M4A ", b"M4B ") else MP4
    return None


def still(head: bytes) -> bool:
    """Whether it is an iPhone's own kind of picture (HEIC): to say how to send it."""
    return head[4:8] == b"ftyp" and head[8:12] in _STILLS
