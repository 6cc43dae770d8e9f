"""Rows set aside, for those who may mend them: the rows of their places, and every row of a run they sent themselves.

Never: writes; shows a row to whoever may not mend it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from haidang.access import gate
from haidang.access.personal import rejected
from haidang.catalog.declared import Column, Dataset
from haidang.intake import reads
from haidang.intake.reads import RunFace
from haidang.web import behind, feeds, formats, meaning
from haidang.web.page import Visit
from haidang.words.nouns import Actor, Subject
from haidang.words.texts import text

PAGE = 50
STATES = ("open", "mended", "accepted", "discarded")


@dataclass(frozen=True)
class Row:
    """One row set aside: where it stood, what is wrong in words, what was found and expected."""

    id: str
    where: str
    row: int
    column: str
    code: str
    reason: str
    found: str
    expected: str
    state: str
    by_run: str
    raw: dict[str, str]
    hidden: frozenset[str] = frozenset()
    """Names of columns left out of it: for whoever mends at their level (a person's: and said a purpose)."""


@dataclass(frozen=True)
class Field:
    """One cell of a row being mended."""

    name: str
    title: str
    value: str
    fault: bool
    hint: str


def mends(seen: Visit, dataset: Dataset) -> bool:
    """Whether to show rows and acts at all; each act is decided again when it is done."""
    return gate.may(seen.who, "mend", behind.subject(dataset))


def rows(seen: Visit, run: RunFace, *, code: str, state: str, number: int = 1) -> tuple[list[Row], int]:
    """One page (from 1; 0: everything) of a run's rows one may mend, and how many there are."""
    limit, offset = (PAGE, (number - 1) * PAGE) if number else (run.set_aside, 0)
    if own(seen.who, run):
        found, total = reads.rejects(run.run, code=code, state=state, limit=limit, offset=offset)
        return lines(seen, run.dataset, found), total
    table = _of(seen.who, run.run, clear=True)
    for name, wanted in (("code", code), ("state", state)):
        if wanted:
            table = table.filter(table[name] == wanted)
    total = gate.fetch(table.aggregate(total=table.count()))[0]["total"]
    page = table.order_by(["file", "sheet", "row"]).limit(limit, offset=offset)
    return lines(seen, run.dataset, gate.fetch(page)), int(total)


def lines(seen: Visit, dataset: str, found: Sequence[dict[str, Any]]) -> list[Row]:
    """Rows of a dataset as they are shown: without what they hold of people, but for whoever may see it (traced)."""
    noun = seen.catalog.dataset(dataset)
    clear, above = gate.mends_people(seen.who, dataset), gate.unmended(seen.who, dataset)
    shown = [_without(noun, one, above(one["unit"] or "")) for one in found]
    told = sum(clear(one["unit"] or "") for one in found)
    if noun.personal and told:
        gate.shown(seen.who, dataset, f"set-aside rows={told} runs={','.join(sorted({r['run'] for r in found}))}"[:200])
    return [row(seen, one) for one in shown]


def _without(noun: Dataset, one: dict[str, Any], hidden: frozenset[str]) -> dict[str, Any]:
    return {**rejected.cover(noun, one, hidden), "hidden": hidden}


def counts(seen: Visit, run: RunFace) -> dict[str, int]:
    """Open rows by reason of those one may mend."""
    if own(seen.who, run):
        return {code: total for code in run.reasons if (total := reads.rejects(run.run, code=code, limit=0)[1])}
    table = _of(seen.who, run.run)
    table = table.filter(table["state"] == "open")
    found = gate.fetch(table.group_by("code").aggregate(count=table.count()))
    return {one["code"]: int(one["count"]) for one in found}


def own(who: Actor, run: RunFace) -> bool:
    """A run one sent oneself: its rows are one's own words, even those whose place could not be told."""
    return who.kind != "public" and run.actor == who.name


def _of(who: Actor, run: str, *, clear: bool = False) -> Any:
    table = gate.ledger(who, "rejects", clear=clear).table
    return table.filter(table["run"] == run)


def one(seen: Visit, reject: str) -> tuple[Row, RunFace]:
    """One row and its run, for whoever may mend it; raises Absent, Denied."""
    kept = reads.reject(reject)
    run, noun = reads.run(kept["run"]), seen.catalog.dataset(kept["dataset"])
    # A row of no known place lies in the centre's own; whoever sent it mends it wherever that is.
    where = None if not kept["unit"] and own(seen.who, run) else frozenset({kept["unit"] or ""})
    gate.require(seen.who, "mend", Subject(noun.pack, noun.key, noun.level, where))
    return lines(seen, noun.key, [kept])[0], run


def whole(seen: Visit, run: RunFace, code: str) -> bool:
    """Whether every open row of a group is one's own to decide on."""
    return rows(seen, run, code=code, state="open")[1] == reads.rejects(run.run, code=code, limit=0)[1]


def row(seen: Visit, kept: dict[str, Any]) -> Row:
    noun = seen.catalog.dataset(kept["dataset"])
    titles = {column.name: column.title.in_(seen.language) for column in noun.columns}
    return Row(
        kept["id"],
        kept["sheet"] or kept["file"],
        kept["row"],
        titles.get(kept["column"], kept["column"] or ""),
        kept["code"],
        feeds.reason(kept["code"], seen.language),
        kept["found"] or "",
        _expected(noun, kept, seen.language),
        kept["state"],
        kept["by_run"] or "",
        _raw(kept["raw"]),
        kept.get("hidden", frozenset()),
    )


def _expected(dataset: Dataset, kept: dict[str, Any], language: str) -> str:
    """What would have been right: as the check said, else what the contract asks of the column."""
    column = next((column for column in dataset.columns if column.name == kept["column"]), None)
    if column is None:
        return str(kept["expected"] or "")
    if column.pattern and kept["expected"] == column.pattern:
        return meaning.pattern(column.pattern, language)
    return str(kept["expected"] or "") or _asked(column, language)


def _asked(column: Column, language: str) -> str:
    said = text(f"expected.{column.type}", language).removeprefix("expected.")
    low, high = (formats.number(bound, language) if bound is not None else "" for bound in (column.min, column.max))
    if low and high:
        return f"{said}, {text('expected.between', language, low=low, high=high)}"
    return said


def _raw(kept: str | None) -> dict[str, str]:
    read = json.loads(kept) if kept else {}
    return {str(name): "" if value is None else str(value) for name, value in read.items()}


def fields(seen: Visit, dataset: Dataset, wrong: Row, given: dict[str, str] | None = None) -> list[Field]:
    """The cells to correct: what was typed just now, else what stood in the file."""
    values = {**wrong.raw, **(given or {})}
    return [
        Field(
            column.name,
            column.title.in_(seen.language)
            + (f" ({formats.unit_in(column.unit, seen.language)})" if column.unit else ""),
            values.get(column.name, ""),
            column.title.in_(seen.language) == wrong.column,
            column.type,
        )
        for column in dataset.columns
        if column.name not in wrong.hidden
    ]


def changed(wrong: Row, given: dict[str, str], names: Sequence[str]) -> dict[str, str]:
    """What was corrected: only the cells that differ from what stood in the file."""
    typed = [name for name in names if name in given and name not in wrong.hidden]
    return {name: given[name] for name in typed if given[name] != wrong.raw.get(name, "")}
