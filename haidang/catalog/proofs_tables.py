"""Proofs of datasets and sources: columns, codes, checks, files.

Never: opens a data file; it only sees that it stands inside the pack.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from haidang.catalog import known, proofs_checks, proofs_people, queries
from haidang.catalog.nearest import nearest, some
from haidang.catalog.nouns import Column
from haidang.catalog.reading import Draft
from haidang.catalog.schema import Entry
from haidang.catalog.world import World, columns, prove_columns, prove_kind, type_of
from haidang.words.errors import BadQuestion, PackProblem, Problem
from haidang.words.names import fold
from haidang.words.periods import parse

NUMBERS = ("integer", "decimal")
PERIODS = ("period", "date", "datetime", "integer")


def prove(draft: Draft, world: World) -> None:
    """Every dataset and source of a draft."""
    for dataset in draft.datasets:
        _dataset(draft, dataset, world)
        _derived(draft, dataset, world)
    for source in draft.sources:
        world.dataset(draft, source)
        _source(draft, source)


def _dataset(draft: Draft, dataset: Entry, world: World) -> None:
    table = columns(dataset)
    for entry in (dataset.get("columns") or {}).values():
        if isinstance(entry, Entry):
            _column(draft, entry)
            proofs_people.mask(draft, dataset, entry)
            if like := entry.get("like"):
                prove_columns(draft, entry.where("like"), [like], table)
    _headings(draft, dataset)
    proofs_people.prove(draft, dataset, table)
    prove_columns(draft, dataset.where("key"), dataset.get("key", ()), table)
    _typed(draft, dataset, "place", ("place",), table)
    _typed(draft, dataset, "period", PERIODS, table)
    if unpivot := dataset.get("unpivot"):
        for key in ("into", "value"):
            prove_columns(draft, unpivot.where(key), [unpivot.get(key)] if unpivot.get(key) else [], table)
    for check in dataset.get("checks", ()):
        proofs_checks.prove(draft, check, table, world)


def _derived(draft: Draft, dataset: Entry, world: World) -> None:
    """A query stands, reads nothing but what it says, and has a source that says who answers for it."""
    if not dataset.says("sql"):
        if dataset.says("from"):
            draft.add("missing-key", dataset.where("from"), found="sql", expected="sql")
        return
    where, file = dataset.where("sql"), dataset.get("sql", "")
    if file not in draft.queries:
        near = nearest(file, draft.queries)
        draft.add("no-such-file", where, found=file, expected=some(draft.queries), nearest=near)
        return
    named = [
        draft.full(name) for name in dataset.get("from", ()) if world.refer_dataset(draft, dataset.where("from"), name)
    ]
    known = {queries.name_of(key, draft.key) for key in named}
    known |= {f"codes_{codes.name.replace('-', '_')}" for codes in draft.codes}
    try:
        strange = sorted(queries.tables(draft.queries[file]) - known)
    except PackProblem as error:
        draft.problems += [Problem(p.code, f"{draft.folder.name}/sql/{file}:1", p.found) for p in error.problems]
        return
    for table in strange:
        draft.add("query-table", where, found=table, expected=some(sorted(known)), nearest=nearest(table, known))


def _headings(draft: Draft, dataset: Entry) -> None:
    """No heading of a file may mean two columns (compared without case, tones and spaces, as intake does)."""
    seen: dict[str, str] = {}
    for name, column in (dataset.get("columns") or {}).items():
        aliases = column.get("aliases", ()) if isinstance(column, Entry) else ()
        for heading in (name, *aliases):
            other = seen.setdefault(fold(heading).replace(" ", ""), name)
            if other != name:
                where = column.where("aliases") if isinstance(column, Entry) else dataset.where("columns")
                draft.add("heading-of-two", where, found=heading, expected=other)


def _typed(draft: Draft, dataset: Entry, key: str, types: tuple[str, ...], table: tuple[Column, ...] | None) -> None:
    """The place and period columns stand and are of a fitting type."""
    name = dataset.get(key)
    if name is None:
        return
    prove_columns(draft, dataset.where(key), [name], table)
    found = type_of(name, table)
    if found and found not in types:
        draft.add("wrong-column-type", dataset.where(key), found=f"{name}: {found}", expected=", ".join(types))


def _column(draft: Draft, column: Entry) -> None:
    codes, kind = column.get("codes"), column.get("type", "")
    if codes:
        proofs_checks.code_list(draft, column.where("codes"), codes)
    for key, types in (("min", NUMBERS), ("max", NUMBERS), ("pattern", ("text", "place"))):
        if key in column.values and kind and kind not in types:
            draft.add("key-not-for-type", column.where(key), found=f"{key}: {kind}", expected=", ".join(types))
    least, most = column.get("min"), column.get("max")
    if least is not None and most is not None and least > most:
        draft.add("min-above-max", column.where("min"), found=f"{least:g} > {most:g}")
    default = column.get("default")
    if default is not None and not _reads(kind, default):
        draft.add("default-not-of-type", column.where("default"), found=default, expected=kind)


_READS: dict[str, Callable[[str], Any]] = {
    "integer": int,
    "decimal": float,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "period": parse,
    "boolean": ("true", "false").index,
}


def _reads(kind: str, value: str) -> bool:
    try:
        _READS.get(kind, str)(value)
    except (ValueError, BadQuestion):
        return False
    return True


def _source(draft: Draft, source: Entry) -> None:
    prove_kind(draft, source.where("format"), source.get("format"), known.formats())
    prove_kind(draft, source.where("connector"), source.get("connector"), known.connectors())
    _schedule(draft, source.get("schedule"))
    if source.get("connector") == "file" and not source.says("files"):
        draft.add("missing-key", source.where(), found="files", expected="files")
    for name in source.get("files", ()):
        _file(draft, source.where("files"), name)


def _schedule(draft: Draft, schedule: Entry | None) -> None:
    """By interval or by hour, not both, not neither."""
    if schedule is not None and schedule.says("every") == schedule.says("at"):
        draft.add("every-or-at", schedule.where(), found="schedule", expected="every, at")


def _file(draft: Draft, where: str, name: str) -> None:
    try:
        path = (draft.folder / name).resolve()
        inside = path.is_relative_to(draft.folder.resolve())
        stands = path.is_file()
    except (OSError, ValueError):  # a NUL byte, a name too long for the disk
        inside, stands = True, False
    if not inside:
        draft.add("file-outside-pack", where, found=name)
    elif not stands:
        data = [p.relative_to(draft.folder).as_posix() for p in sorted((draft.folder / "data").rglob("*"))]
        draft.add("no-such-file", where, found=name, expected=some(data), nearest=nearest(name, data))
