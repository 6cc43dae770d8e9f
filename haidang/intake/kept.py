"""Keeping the bytes of an arrival under the home's `raw/`, named by their digest. Never: reads what they mean."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from haidang.words.errors import IntakeStopped

_CHUNK = 1 << 20
_SUFFIX = re.compile(r"(\.[a-z0-9]{1,8}){0,2}$")


@dataclass(frozen=True)
class Kept:
    """`path` is relative to the home; `size` in bytes; `digest` is the SHA-256 in hex."""

    path: str
    digest: str
    size: int


def keep_file(home: Path, file: Path, name: str) -> Kept:
    """Copy a file to safety (on disk when this returns); raises IntakeStopped('file-missing' | 'empty-file')."""
    if not file.is_file():
        raise IntakeStopped("file-missing", found=str(file))
    folder = _folder(home)
    part = folder / f".part-{secrets.token_hex(8)}"
    digest, size = hashlib.sha256(), 0
    try:
        with file.open("rb") as source, part.open("wb") as target:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                target.write(chunk)
                size += len(chunk)
            target.flush()
            _settle(target.fileno())
        if not size:
            raise IntakeStopped("empty-file", found=name)
        return _place(part, folder, digest.hexdigest(), suffix=_suffix(name), size=size)
    finally:
        part.unlink(missing_ok=True)


def keep_bytes(home: Path, content: bytes, suffix: str) -> Kept:
    """The same for bytes in hand."""
    folder = _folder(home)
    part = folder / f".part-{secrets.token_hex(8)}"
    with part.open("wb") as target:
        target.write(content)
        target.flush()
        _settle(target.fileno())
    return _place(part, folder, hashlib.sha256(content).hexdigest(), suffix=suffix, size=len(content))


def _folder(home: Path) -> Path:
    folder = home / "raw"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _suffix(name: str) -> str:
    found = _SUFFIX.search(name.lower())
    return found.group() if found else ""


def _settle(handle: int) -> None:
    os.fsync(handle)


def _place(part: Path, folder: Path, digest: str, *, suffix: str, size: int) -> Kept:
    path = folder / f"{digest}{suffix}"
    part.replace(path)
    handle = os.open(folder, os.O_RDONLY)
    try:
        _settle(handle)  # the name itself must be on disk too
    finally:
        os.close(handle)
    return Kept(f"raw/{path.name}", digest, size)
