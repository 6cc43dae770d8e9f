"""Bytes that come, written to the scratch folder in bounded memory. Never: reads what they mean."""

from __future__ import annotations

import io
import re
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from haidang.intake.connectors import Order
from haidang.words.errors import IntakeStopped, Unavailable

CHUNK = 1 << 20


def scratch(order: Order) -> Path:
    """A name of its own in the order's scratch folder."""
    order.scratch.mkdir(parents=True, exist_ok=True)
    return order.scratch / f"parcel-{secrets.token_hex(8)}"


def keep(order: Order, name: str, chunks: Iterable[bytes]) -> tuple[Path, int]:
    """Write chunks to a file; gives it and its bytes. Nothing is left of one that is refused.

    Raises IntakeStopped('too-large') beyond `order.largest`, Unavailable('no-room-here'), and what the chunks raise.
    """
    path, size = scratch(order), 0
    try:
        with path.open("wb", buffering=0) as target:
            for chunk in chunks:
                size += len(chunk)
                if size > order.largest:
                    raise IntakeStopped("too-large", found=name, expected=megabytes(order.largest))
                _write(target, chunk)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path, size


def _write(target: io.FileIO, chunk: bytes) -> None:
    """All of it; raises Unavailable('no-room-here')."""
    rest = memoryview(chunk)
    try:
        while rest:
            rest = rest[target.write(rest) :]
    except OSError as error:
        raise Unavailable("no-room-here", why=error.strerror or "", retry=600) from error


def chunks(source: BinaryIO, size: int | None = None) -> Iterator[bytes]:
    """At most `size` bytes of an open file, piece by piece; None: all of it."""
    while (size is None or size > 0) and (found := source.read(min(CHUNK, size or CHUNK))):
        size = None if size is None else size - len(found)
        yield found


def megabytes(size: int) -> str:
    return f"{size / (1 << 20):.0f} MB" if size >= 1 << 20 else f"{size} B"


def plain(name: str) -> str:
    """A name fit for a file here: no folders, no controls, not longer than 120."""
    kept = re.sub(r"[\x00-\x1f\x7f/\\:*?\"<>|]", "_", name).strip(". ") or "parcel"
    return kept if len(kept) <= 120 else kept[:90] + kept[-30:]
