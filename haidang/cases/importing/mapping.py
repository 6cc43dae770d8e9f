"""A file of another program and how its columns are read: rows → Brought. Never: writes, guesses a column.

A mapping is YAML:

    fields:                                  # a field of Brought: words with {columns} in them, or words alone
      outside: "{Service_Request_Number}"
      channel: import
      text: "{Nature}, {Street_Address}"
    values:                                  # what stands in the file → what is meant; "" for an empty cell
      state: {Completed: resolved, "Completed - Dup": merged}
    hours: {sent_at: "08:00", resolved_at: "17:00"}   # when a day alone is meant; absent: midnight
    zone: Asia/Ho_Chi_Minh                   # of moments without one

Without a mapping the columns bear the names of Brought's fields. Several fields may lead to `sender.phone` and so on.
"""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from datetime import datetime, time
from pathlib import Path
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from haidang.cases.importing.brought import Aside, Brought
from haidang.cases.senders import Person
from haidang.words.errors import BadQuestion

MOMENTS = ("sent_at", "assigned_at", "started_at", "resolved_at", "published_at", "closed_at", "due", "rated_at")
NUMBERS = ("lat", "lon")
FLAGS = ("urgent", "public", "anonymous", "simulated")
YES, NO = ("true", "1", "yes", "có", "x"), ("", "false", "0", "no", "không")
SENDER = "sender."
KNOWN = tuple(one.name for one in fields(Brought) if one.name not in ("more", "sender"))
PEOPLE = tuple(f"{SENDER}{one.name}" for one in fields(Person))
NEEDED = ("outside", "channel", "text", "sent_at")
_LARGEST_MAP = 1_000_000


@dataclass(frozen=True)
class FileMap:
    """What a mapping says, checked."""

    fields: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    hours: Mapping[str, time] = field(default_factory=dict)
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Ho_Chi_Minh"))


def mapping(file: Path) -> FileMap:
    """Raises BadQuestion('map-unreadable' | 'map-unknown' | 'map-lacks')."""
    try:
        said: Any = yaml.load(file.read_text("utf-8")[:_LARGEST_MAP], Loader=yaml.CBaseLoader)
        zone = ZoneInfo(said.get("zone", "Asia/Ho_Chi_Minh"))
        hours = {name: time.fromisoformat(text) for name, text in said.get("hours", {}).items()}
        found = FileMap(dict(said["fields"]), {k: dict(v) for k, v in said.get("values", {}).items()}, hours, zone)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ZoneInfoNotFoundError) as error:
        raise BadQuestion("map-unreadable", found=type(error).__name__) from None
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BadQuestion("map-unreadable", found=str(error)[:80]) from None
    _checked(found, said)
    return found


def _checked(found: FileMap, said: Mapping[str, Any]) -> None:
    for name in {*found.fields, *found.values, *found.hours} - {*KNOWN, *PEOPLE}:
        raise BadQuestion("map-unknown", found=name[:40], expected=", ".join((*KNOWN, *PEOPLE)))
    for name in said.keys() - {"fields", "values", "hours", "zone"}:
        raise BadQuestion("map-unknown", found=str(name)[:40], expected="fields, values, hours, zone")
    for name in NEEDED:
        if name not in found.fields:
            raise BadQuestion("map-lacks", found=name)


def rows(file: Path, how: FileMap | None, aside: Callable[[Aside], None]) -> Iterator[Brought]:
    """The rows of a CSV file (plain or .gz, UTF-8). One that cannot be read is handed to `aside` and passed over.

    Raises BadQuestion('case-file-unreadable' | 'case-file-lacks').
    """
    try:
        with _opened(file) as text:
            yield from _rows(file.name, csv.DictReader(text), how, aside)
    except (UnicodeDecodeError, csv.Error, OSError, EOFError, zlib.error) as error:
        raise BadQuestion("case-file-unreadable", found=f"{file.name} {type(error).__name__}") from None


def _rows(
    name: str, reader: csv.DictReader[str], how: FileMap | None, aside: Callable[[Aside], None]
) -> Iterator[Brought]:
    columns = tuple(reader.fieldnames or ())
    plan = _Plan(how or _own(columns), columns)
    for row in reader:
        try:
            yield plan.brought(row)
        except _Unread as fault:
            outside = (row.get(plan.outside) or f"{name}:{reader.line_num}")[:80]
            aside(Aside(outside, fault.code, fault.found[:80]))


@contextmanager
def _opened(file: Path) -> Iterator[io.TextIOBase]:
    if not file.is_file():
        raise BadQuestion("case-file-unreadable", found=file.name)
    with file.open("rb") as plain, gzip.open(plain) if file.suffix == ".gz" else plain as raw:
        yield io.TextIOWrapper(raw, "utf-8-sig", newline="")


def _own(columns: tuple[str, ...]) -> FileMap:
    """Columns named as the fields are."""
    found = FileMap({name: f"{{{name}}}" for name in columns if name in (*KNOWN, *PEOPLE)})
    _checked(found, {})
    return found


class _Unread(Exception):
    """A cell that says nothing we know."""

    def __init__(self, code: str, found: str) -> None:
        super().__init__(code)
        self.code, self.found = code, found


class _Plan:
    """A mapping made ready for many rows of one file."""

    def __init__(self, how: FileMap, columns: tuple[str, ...]) -> None:
        self._how = how
        self._parts = {name: _parted(text) for name, text in how.fields.items()}
        wanted = {column for parts in self._parts.values() for _, column in parts if column}
        if missing := sorted(wanted - set(columns)):
            raise BadQuestion("case-file-lacks", found=", ".join(missing)[:200], expected=", ".join(columns)[:400])
        self.outside = next((column for _, column in self._parts["outside"] if column), "")

    def brought(self, row: Mapping[str, str | None]) -> Brought:
        said = {name: self._meant(name, _filled(parts, row)) for name, parts in self._parts.items()}
        plain: dict[str, Any] = {name: value for name, value in said.items() if not name.startswith(SENDER)}
        for name in plain.keys() & set(MOMENTS):
            plain[name] = self._moment(name, plain[name])
        for name in plain.keys() & set(NUMBERS):
            plain[name] = _number(plain[name])
        for name in plain.keys() & set(FLAGS):
            plain[name] = _flag(plain[name])
        if "rating" in plain:
            plain["rating"] = _rating(plain["rating"])
        if plain["sent_at"] is None:
            raise _Unread("no-moment", "sent_at")
        who = {name.removeprefix(SENDER): value for name, value in said.items() if name.startswith(SENDER)}
        return Brought(**plain, sender=Person(**who)) if any(who.values()) else Brought(**plain)

    def _meant(self, name: str, said: str) -> str:
        known = self._how.values.get(name)
        if known is None:
            return said
        if said not in known and said:
            raise _Unread("unknown-value", f"{name}: {said}")
        return known.get(said, "")

    def _moment(self, name: str, said: str) -> datetime | None:
        if not said:
            return None
        try:
            found = datetime.fromisoformat(said)
        except ValueError:
            raise _Unread("not-a-moment", f"{name}: {said}") from None
        if len(said) == 10 and name in self._how.hours:
            found = datetime.combine(found.date(), self._how.hours[name])
        return found if found.tzinfo else found.replace(tzinfo=self._how.zone)


def _parted(text: str) -> tuple[tuple[str, str], ...]:
    """Words and the columns between them."""
    try:
        return tuple((words, column or "") for words, column, _, _ in Formatter().parse(text))
    except ValueError:
        raise BadQuestion("map-unreadable", found=text[:80]) from None


def _filled(parts: tuple[tuple[str, str], ...], row: Mapping[str, str | None]) -> str:
    return "".join(f"{words}{row.get(column) or ''}" if column else words for words, column in parts).strip()


def _number(said: str) -> float | None:
    try:
        return float(said) if said else None
    except ValueError:
        raise _Unread("not-a-number", said) from None


def _flag(said: str) -> bool:
    if said.lower() not in (*YES, *NO):
        raise _Unread("unknown-value", said)
    return said.lower() in YES


def _rating(said: str) -> int:
    if said not in ("", "0", "1", "2", "3"):
        raise _Unread("unknown-value", f"rating: {said}")
    return int(said or "0")
