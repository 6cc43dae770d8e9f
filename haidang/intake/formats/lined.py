"""Lines of a text file, decoded and bounded, for the kinds whose record is a line. Never: tells what a line means."""

from __future__ import annotations

from collections.abc import Iterator

from haidang.intake.formats import Arrival
from haidang.intake.formats.encodings import encoding_of
from haidang.intake.formats.limits import MAX_RECORD
from haidang.intake.formats.refuse import stop


def numbered(file: Arrival) -> Iterator[tuple[int, str, bool]]:
    """(number from 1, text without its end, whether it ends in a line break) of every line that is not blank.

    Raises IntakeStopped('line-too-long').
    """
    encoding = encoding_of(file.path, file.name)
    convert = encoding.convert()
    with file.path.open(encoding=encoding.codec, errors="replace", newline="") as stream:
        stream.seek(encoding.bom)
        number = 0
        while line := stream.readline(MAX_RECORD):
            number += 1
            if len(line) >= MAX_RECORD:
                raise stop("line-too-long", file.name, expected=MAX_RECORD // 1024 // 1024)
            text = line.rstrip("\r\n")
            if text.strip("\x00 \t"):
                yield number, text if text.isascii() else convert(text), line.endswith(("\n", "\r"))
