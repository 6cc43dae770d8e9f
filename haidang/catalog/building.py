"""Makes the frozen nouns of a Draft that was proven sound.

Never: checks anything; a draft with a problem does not come here.
"""

from __future__ import annotations

from datetime import time
from typing import Any

from haidang.catalog.nouns import (
    Board,
    Category,
    Check,
    CodeList,
    Column,
    Dataset,
    Desk,
    Example,
    Indicator,
    Pack,
    Person,
    Retain,
    Route,
    Schedule,
    Senders,
    Source,
    Term,
    Tile,
)
from haidang.catalog.reading import Draft
from haidang.catalog.schema import Entry
from haidang.words.nouns import Level

_NO_DATASET = ("data", "adds", "status", "indicator")


def pack(draft: Draft) -> Pack:
    """The Pack of a sound draft."""
    entry = draft.pack
    if entry is None:
        raise ValueError("a draft without pack.yaml is not sound")
    values = dict(entry.values)
    return Pack(
        key=values.pop("pack"),
        folder=draft.folder,
        groups=tuple(values.pop("groups", {}).items()),
        datasets=tuple(_dataset(draft, e) for e in draft.datasets),
        indicators=tuple(_indicator(draft, e) for e in draft.indicators),
        boards=tuple(_board(draft, e) for e in draft.boards),
        sources=tuple(_source(draft, e) for e in draft.sources),
        desks=tuple(_desk(draft, e) for e in draft.desks),
        codes=tuple(CodeList(c.name, c.file, c.rows or ()) for c in draft.codes),
        examples=tuple(_example(draft, e) for e in draft.examples),
        **values,
    )


def column(name: str, entry: Entry) -> Column:
    values = dict(entry.values)
    return Column(name=name, level=_level(values.pop("level", None), Level.PUBLIC), **values)


def _level(name: str | None, otherwise: Level) -> Level:
    return Level[name.upper()] if name else otherwise


def _dataset(draft: Draft, entry: Entry) -> Dataset:
    values = dict(entry.values)
    unpivot = values.pop("unpivot", None)
    person, retain = values.pop("person", False), values.pop("retain", None)
    said = dict(person.values) if isinstance(person, Entry) else {}
    return Dataset(
        person=said.pop("floor", bool(person)),
        subject=Person(**said) if said else None,
        retain=Retain(**retain.values) if retain else Retain(),
        key=draft.full(values.pop("dataset")),
        pack=draft.key,
        columns=tuple(column(name, e) for name, e in values.pop("columns").items()),
        unique=values.pop("key"),
        place=values.pop("place", ""),
        level=_level(values.pop("level", None), Level.INTERNAL),
        checks=tuple(_check(e) for e in values.pop("checks", ())),
        unpivot=tuple(unpivot.values.items()) if unpivot else (),
        sql=draft.queries.get(values.pop("sql", ""), ""),
        from_datasets=tuple(draft.full(name) for name in values.pop("from", ())),
        **values,
    )


def _check(entry: Entry) -> Check:
    settings = tuple((k, v) for k, v in entry.values.items() if k not in {"kind", "on_fail"})
    return Check(entry.values["kind"], settings, entry.get("on_fail", "set-aside"))


def _indicator(draft: Draft, entry: Entry) -> Indicator:
    values = {k: v for k, v in entry.values.items() if k not in _NO_DATASET}
    adds, status = _values(entry, "adds"), _values(entry, "status")
    level, records = values.pop("level", None), _values(entry, "records")
    values.pop("records", None)
    return Indicator(
        key=draft.full(entry.values["indicator"]),
        pack=draft.key,
        dataset=draft.full(values.pop("dataset")) if "dataset" in values else "",
        adds_place=adds.get("place", ""),
        adds_time=adds.get("time", ""),
        amber=status.get("amber"),
        red=status.get("red"),
        item=tuple(values.pop("item", {}).items()),
        level=Level[level.upper()] if level else None,
        has_data=not entry.says("data"),
        records=draft.full(records["dataset"]) if "dataset" in records else "",
        records_where=records.get("where", ""),
        records_from=records.get("start", ""),
        records_to=records.get("end", ""),
        **values,
    )


def _values(entry: Entry, key: str) -> dict[str, Any]:
    inner = entry.get(key)
    return dict(inner.values) if inner else {}


def board_key(draft: Draft, name: str) -> str:
    """A pack's main board bears the pack's own key (`/boards/giao-duc`); others `pack.name`."""
    return name if name == draft.key else draft.full(name)


def _board(draft: Draft, entry: Entry) -> Board:
    return Board(
        key=board_key(draft, entry.values["board"]),
        pack=draft.key,
        title=entry.values["title"],
        tiles=tuple(_tile(draft, tile) for tile in entry.values["tiles"]),
        headline=tuple(draft.full(name) for name in entry.get("headline", ())),
    )


def _tile(draft: Draft, entry: Entry) -> Tile:
    values = dict(entry.values)
    return Tile(indicator=draft.full(values.pop("indicator")), where=tuple(values.pop("where", {}).items()), **values)


def _source(draft: Draft, entry: Entry) -> Source:
    values = dict(entry.values)
    schedule = _values(entry, "schedule") if "schedule" in values else None
    values.pop("schedule", None)
    return Source(
        key=draft.full(values.pop("source")),
        pack=draft.key,
        dataset=draft.full(values.pop("dataset")),
        connect=tuple(values.pop("connect", {}).items()),
        read=tuple(values.pop("read", {}).items()),
        schedule=None if schedule is None else Schedule(**schedule),
        **values,
    )


def _desk(draft: Draft, entry: Entry) -> Desk:
    values = dict(entry.values)
    spans = (text.split("-") for text in values.pop("hours"))
    level = _level(values.pop("level", None), Level.INTERNAL)
    senders = values.pop("senders", None)
    return Desk(
        senders=Senders(**senders.values) if senders else Senders(),
        key=draft.full(values.pop("desk")),
        pack=draft.key,
        groups=tuple(values.pop("groups").items()),
        categories=tuple(_category(key, e, level) for key, e in values.pop("categories").items()),
        terms=tuple((name, Term(**e.values)) for name, e in values.pop("terms").items()),
        hours=tuple((time.fromisoformat(start), time.fromisoformat(end)) for start, end in spans),
        routes=tuple(Route(**e.values) for e in values.pop("routes", ())),
        replies=tuple(values.pop("replies", {}).items()),
        level=level,
        **values,
    )


def _category(key: str, entry: Entry, level: Level) -> Category:
    values = dict(entry.values)
    return Category(key=key, level=_level(values.pop("level", None), level), **values)


def _example(draft: Draft, entry: Entry) -> Example:
    values = dict(entry.values)
    value = values.pop("value")
    return Example(
        indicator=draft.full(values.pop("indicator")), value=None if value == "none" else float(value), **values
    )
