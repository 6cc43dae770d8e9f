"""The keys of every noun a pack may declare, as schemas. docs/packs.md shows the same words.

Never: compares one noun with another (proofs do).
"""

from __future__ import annotations

import re
from typing import Final

from haidang.catalog import schema
from haidang.catalog.schema import Field, Reader, boolean, key, label, listing, mapping, number, one_of, record, text
from haidang.words.periods import Grain

TYPES: Final = ("text", "integer", "decimal", "date", "datetime", "boolean", "place", "period")
KINDS: Final = ("sum", "count", "mean", "ratio", "last", "distinct", "formula", "reported")
GRAINS: Final = tuple(grain.value for grain in Grain)
LEVELS: Final = ("public", "internal", "restricted", "personal")
ADDS: Final = ("sum", "redivide", "last", "none")
ON_BAD: Final = ("stop", "set-aside", "mark")
COMPARES: Final = ("previous", "same-period", "plan")
COLUMNS_OF_BOARD: Final = 20


def _need(read: Reader) -> Field:
    return Field(read, required=True)


_words = listing(text)
_columns = listing(schema.column_name, least=1)
_of_column = mapping(schema.column_name, text)
_level = one_of(*LEVELS)
_grain = one_of(*GRAINS)

PACK = record(
    {
        "pack": _need(key),
        "title": _need(label),
        "version": _need(schema.matching("not-a-version", re.compile(r"[0-9]+\.[0-9]+\.[0-9]+"), "1.0.0")),
        "icon": Field(key),
        "description": Field(label),
        "owner": Field(label),
        "legal": Field(_words),
        "groups": Field(mapping(text, label)),
        "teaching": Field(boolean),
    }
)

COLUMN = record(
    {
        "type": _need(one_of(*TYPES)),
        "title": _need(label),
        "unit": Field(text),
        "required": Field(boolean),
        "level": Field(_level),
        "aliases": Field(_words),
        "min": Field(number),
        "max": Field(number),
        "codes": Field(key),
        "pattern": Field(schema.pattern),
        "default": Field(text),
        "on_bad": Field(one_of(*ON_BAD)),
        "like": Field(schema.column_name),
        "mask": Field(key),
    }
)

PERSON = record(
    {
        "id": _need(_columns),
        "erase": _need(one_of("allowed", "kept")),
        "basis": _need(label),
        "verified": Field(boolean),
        "floor": Field(boolean),
    }
)

RETAIN = record(
    {
        "personal": Field(schema.months),
        "rows": Field(schema.months),
        "basis": _need(label),
        "verified": Field(boolean),
    }
)

DATASET = record(
    {
        "dataset": _need(key),
        "title": _need(label),
        "columns": _need(mapping(schema.column_name, COLUMN)),
        "key": _need(_columns),
        "place": Field(schema.column_name),
        "period": _need(schema.column_name),
        "grain": _need(_grain),
        "level": Field(_level),
        "person": Field(schema.either(boolean, PERSON)),
        "retain": Field(RETAIN),
        "on_bad": Field(one_of(*ON_BAD)),
        "checks": Field(listing(schema.free)),
        "source": Field(label),
        "licence": Field(text),
        "url": Field(text),
        "owner": Field(label),
        "promise_days": Field(schema.integer(0, 3660)),
        "simulated": Field(boolean),
        "aggregates_only": Field(boolean),
        "every_level": Field(boolean),
        "sql": Field(text),
        "from": Field(listing(schema.reference, least=1)),
        "unpivot": Field(
            record({"columns": _need(text), "into": _need(schema.column_name), "value": _need(schema.column_name)})
        ),
    }
)

INDICATORS = listing(
    record(
        {
            "indicator": _need(key),
            "title": _need(label),
            "kind": _need(one_of(*KINDS)),
            "unit": _need(text),
            "grain": _need(_grain),
            "dataset": Field(schema.reference),
            "column": Field(schema.column_name),
            "over": Field(schema.column_name),
            "where": Field(text),
            "where_over": Field(text),
            "formula": Field(text),
            "adds": Field(record({"place": Field(one_of(*ADDS)), "time": Field(one_of(*ADDS))})),
            "scale": Field(number),
            "digits": Field(schema.integer(0, 6)),
            "direction": Field(one_of("up", "down", "neutral")),
            "slices": Field(_columns),
            "item": Field(_of_column),
            "kind_column": Field(schema.column_name),
            "level": Field(_level),
            "definition": Field(label),
            "legal": Field(text),
            "verified": Field(boolean),
            "owner": Field(label),
            "group": Field(text),
            "status": Field(record({"amber": Field(number), "red": Field(number)})),
            "data": Field(one_of("none")),
            "records": Field(
                record(
                    {
                        "dataset": _need(schema.reference),
                        "where": Field(text),
                        "start": Field(schema.column_name),
                        "end": Field(schema.column_name),
                    }
                )
            ),
        }
    )
)

BOARD = record(
    {
        "board": _need(key),
        "title": _need(label),
        "headline": Field(listing(schema.reference)),
        "tiles": _need(
            listing(
                record(
                    {
                        "indicator": _need(schema.reference),
                        "chart": _need(key),
                        "title": Field(label),
                        "place": Field(text),
                        "by": Field(text),
                        "where": Field(_of_column),
                        "compare": Field(_words),
                        "width": Field(schema.integer(1, COLUMNS_OF_BOARD)),
                        "history": Field(schema.integer(0, 1000)),
                    }
                ),
                least=1,
            )
        ),
    }
)

SCHEDULE = record(
    {
        "every": Field(schema.duration),
        "at": Field(schema.matching("not-an-hour", re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]"), "17:00")),
        "days": Field(
            schema.matching("not-days", re.compile(r"every|working|monthly:([1-9]|1[0-9]|2[0-8])"), "working")
        ),
        "grace": Field(schema.duration),
    }
)

SOURCE = record(
    {
        "source": _need(key),
        "dataset": _need(schema.reference),
        "connector": _need(key),
        "format": _need(key),
        "title": _need(label),
        "owner": _need(label),
        "files": Field(_words),
        "connect": Field(mapping(schema.setting_name, text)),
        "read": Field(mapping(schema.setting_name, text)),
        "schedule": Field(SCHEDULE),
        "retain_days": Field(schema.integer(0, 36600)),
        "link": Field(text),
    }
)

TERM = record(
    {
        "minutes": Field(schema.integer(1, 100_000)),
        "hours": Field(schema.integer(1, 10_000)),
        "days": Field(schema.integer(1, 1000)),
        "legal": _need(text),
        "verified": Field(boolean),
    }
)

CATEGORY = record(
    {
        "title": _need(label),
        "group": _need(key),
        "keywords": Field(_words),
        "office": Field(text),
        "urgent": Field(boolean),
        "level": Field(_level),
        "days": Field(schema.integer(1, 1000)),
    }
)

SENDERS = record(
    {
        "keep": Field(schema.months),
        "erase": _need(one_of("allowed", "kept")),
        "basis": _need(label),
        "verified": Field(boolean),
    }
)

DESK = record(
    {
        "desk": _need(key),
        "title": _need(label),
        "prefix": _need(schema.matching("not-a-prefix", re.compile(r"[A-Z]{2,4}"), "PA")),
        "level": Field(_level),
        "open": Field(boolean),
        "approval": Field(boolean),
        "groups": _need(mapping(key, label)),
        "categories": _need(mapping(key, CATEGORY)),
        "routes": Field(listing(record({"of": _need(key), "place": Field(text), "office": _need(text)}))),
        "terms": _need(mapping(key, TERM)),
        "hours": _need(
            listing(
                schema.matching("not-hours", re.compile(r"[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]"), "07:30-11:30"),
                least=1,
            )
        ),
        "replies": Field(mapping(key, label)),
        "senders": Field(SENDERS),
    }
)

EXAMPLES = listing(
    record(
        {
            "indicator": _need(schema.reference),
            "place": _need(text),
            "period": _need(text),
            "value": _need(text),
            "tolerance": Field(number),
        }
    )
)
