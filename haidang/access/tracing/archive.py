"""Months of the trace as files: `HAIDANG_HOME/trace/2025-11.jsonl.gz`, rows with their digests, provable by themselves.

The first line says what the file holds (from, to, the digest before, the digest at its end), each further line is a
row. Never: takes a row out of the database.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from haidang.access.tracing import actions, chain
from haidang.access.tracing.chain import Broken, Link
from haidang.words.errors import BadQuestion

KIND = "haidang-trace-1"


@dataclass(frozen=True)
class Held:
    """What a file holds; `before`: the digest its first row stands on, `seal`: over all of this."""

    kind: str
    first: int
    last: int
    before: str
    digest: str
    seal: str = ""


def folder() -> Path:
    return Path(settings.HOME) / "trace"


def files() -> tuple[Path, ...]:
    """Every file there is, oldest first."""
    found = folder().glob("*.jsonl.gz") if folder().is_dir() else ()
    return tuple(sorted(found))


def write(month: str, links: Iterable[Link], held: Held) -> Path:
    """The file of a month, whole and on disk when this returns; its owner's alone.

    Written anew when it was broken off before; a month that is there with other rows gets a second file.
    """
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    path = _free(month, held)
    made = path.with_suffix(".making")
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw:
        with gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0) as out:
            _line(out, asdict(sealed(held)))
            for link in links:
                _line(out, {"number": link.number, **dict(zip(chain.FIELDS, link.values, strict=True))} | _end(link))
        raw.flush()
        os.fsync(raw.fileno())
    made.replace(path)
    return path


def _end(link: Link) -> dict[str, Any]:
    return {"digest": link.digest}


def _line(out: gzip.GzipFile, told: dict[str, Any]) -> None:
    plain = {name: _plain(value) for name, value in told.items()}
    out.write(json.dumps(plain, ensure_ascii=False).encode() + b"\n")


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else value


def _free(month: str, held: Held) -> Path:
    for more in ("", *(f".{number}" for number in range(2, 1000))):
        path = folder() / f"{month}{more}.jsonl.gz"
        if not path.exists() or _same(path, held):
            return path
    raise BadQuestion("trace-file-unreadable", found=month)


def _same(path: Path, held: Held) -> bool:
    try:
        return head(path).first == held.first
    except BadQuestion:
        return False


def sealed(held: Held) -> Held:
    """What a file says of itself, sealed: a file cannot be shortened and its first line set to it."""
    told = chain.Head(held.last, held.digest, held.first, held.before)
    return Held(held.kind, held.first, held.last, held.before, held.digest, chain.seal_head(actions.key(), told))


def head(path: Path) -> Held:
    """What a file says it holds; raises BadQuestion('trace-file-unreadable')."""
    with _opened(path) as lines:
        return _head(path, lines)


def prove(path: Path) -> tuple[Held, Broken | None]:
    """A file's rows one after another, and its first line; raises BadQuestion('trace-file-unreadable')."""
    with _opened(path) as lines:
        held = _head(path, lines)
        if held != sealed(held):
            return held, (held.first, "head")
        last, digest = held.first - 1, held.before
        for link, wrong in chain.prove(actions.key(), _links(path, lines), held.first, held.before):
            if wrong:
                return held, (last + 1, wrong)
            last, digest = link.number, link.digest
    if last < held.last:
        return held, (last + 1, "truncated")
    return held, None if (last, digest) == (held.last, held.digest) else (held.last + 1, "inserted")


def gaps() -> Broken | None:
    """Between the files, and from the last of them to what is kept: a file that is not there, by its first number."""
    heads = sorted((head(path) for path in files()), key=lambda one: one.first)
    kept = actions.kept()
    follows = [*((one.first, one.before) for one in heads[1:]), (kept.kept_from, kept.anchor)]
    for one, (number, before) in zip(heads, follows, strict=False):
        if (one.last + 1, one.digest) != (number, before):
            return one.last + 1, "missing"
    return None


def _opened(path: Path) -> Any:
    try:
        return gzip.open(path, "rt", encoding="utf-8")
    except OSError as error:
        raise BadQuestion("trace-file-unreadable", found=str(path)) from error


def _head(path: Path, lines: IO[str]) -> Held:
    try:
        held = Held(**json.loads(lines.readline()))
    except (OSError, EOFError, ValueError, TypeError) as error:
        raise BadQuestion("trace-file-unreadable", found=str(path)) from error
    if held.kind != KIND:
        raise BadQuestion("trace-file-unreadable", found=str(path))
    return held


def _links(path: Path, lines: IO[str]) -> Iterator[Link]:
    try:
        for line in lines:
            told = json.loads(line)
            told["at"] = datetime.fromisoformat(told["at"])
            yield Link(told["number"], tuple(told[name] for name in chain.FIELDS), told["digest"])
    except (OSError, EOFError, ValueError, KeyError) as error:
        raise BadQuestion("trace-file-unreadable", found=str(path)) from error
