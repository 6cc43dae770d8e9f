"""Which encoding a text file is in: UTF-8, UTF-16, Windows-1258, TCVN3, VNI, CP1252. Never: guesses silently."""

from __future__ import annotations

import codecs
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from haidang.intake.formats.legacy import REPAIRS, WINDOW, Convert, fit, repair_for
from haidang.intake.formats.limits import CHUNK, SAMPLE
from haidang.intake.formats.refuse import stop

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


@dataclass(frozen=True)
class Encoding:
    """`codec` as Python names it, `bom` bytes to skip, and the `repair` its letters need after decoding."""

    codec: str
    bom: int = 0
    repair: str = ""

    @property
    def plain(self) -> bool:
        return self.codec == "utf-8" and not self.repair

    @property
    def title(self) -> str:
        return self.repair or self.codec.upper()

    def convert(self) -> Convert:
        """Decoded text → proper Vietnamese in NFC."""
        fix = REPAIRS.get(self.repair)
        return (lambda text: unicodedata.normalize("NFC", fix(text))) if fix else _nfc


def _nfc(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def encoding_of(path: Path, name: str) -> Encoding:
    """The encoding of a text file by its letters; raises IntakeStopped('nul-bytes') for binary content."""
    with path.open("rb") as stream:
        head = stream.read(SAMPLE)
        for bom, codec in BOMS:
            if head.startswith(bom):
                return Encoding(codec, len(bom), _repair(head[len(bom) :], codec))
        if b"\x00" in head:
            return _without_bom(head, name)
        while head.isascii() and (more := stream.read(CHUNK)):
            head = more
    return _by_letters(head)


def _repair(data: bytes, codec: str) -> str:
    return repair_for(data.decode(codec, "ignore"))


def _without_bom(head: bytes, name: str) -> Encoding:
    """UTF-16 betrays itself by zero bytes on one side; else zero bytes mean it is no text."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) / 2
    if odd > 0.3 * half and even < 0.05 * half:
        return Encoding("utf-16-le")
    if even > 0.3 * half and odd < 0.05 * half:
        return Encoding("utf-16-be")
    raise stop("nul-bytes", name, found=head.count(b"\n", 0, head.index(b"\x00")) + 1)


def _by_letters(sample: bytes) -> Encoding:
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(sample)
        return Encoding("utf-8", 0, _repair(sample, "utf-8"))
    except UnicodeDecodeError as error:
        if error.start > 4096 and not sample[: error.start].isascii():
            return Encoding("utf-8")  # mostly UTF-8: the reader will name the row that is not
    first = next((i for i, byte in enumerate(sample) if byte > 0x7F), 0)
    sample = sample[max(0, first - 100) :][:WINDOW]
    western = sample.decode("latin-1")
    scores = {name: fit(REPAIRS[name](western)) for name in ("TCVN3", "VNI")}
    scores["cp1258"] = fit(unicodedata.normalize("NFC", sample.decode("cp1258", "ignore")))
    best = max(scores, key=lambda name: scores[name])
    if scores[best] < 0.6:
        return Encoding("cp1252")
    return Encoding("cp1258") if best == "cp1258" else Encoding("latin-1", 0, best)
