"""Rows of the trace as a file's content: JSON lines, and the table that CSV and XLSX hold. Never: asks for one."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from haidang.access.tracing import telling
from haidang.words.texts import text

if TYPE_CHECKING:
    from haidang.access.tracing.reads import Row

COLUMNS = (
    *("number", "at", "sentence", "who", "title", "real", "action", "subject", "outcome", "because", "purpose"),
    *("address", "door", "privilege", "times", "digest"),
)
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a text begins that a spreadsheet would run."""


def heads(language: str) -> list[str]:
    return [text(f"trace.{name}", language) for name in COLUMNS]


def lines(rows: Iterable[Row], language: str, titles: dict[str, str] | None = None) -> list[list[Any]]:
    """The table: one list per row, in the order of COLUMNS."""
    return [[_cell(row, name, language, titles or {row.who: row.title}) for name in COLUMNS] for row in rows]


def _cell(row: Row, name: str, language: str, titles: dict[str, str]) -> Any:
    if name == "sentence":
        return telling.sentence(row, language, titles)
    return f"{row.at:%d/%m/%Y %H:%M:%S}" if name == "at" else getattr(row, name)


def jsonl(rows: Sequence[Row]) -> bytes:
    """One JSON object a line, newest first, times in ISO 8601, with numbers and digests."""
    return b"".join(json.dumps(_told(row), ensure_ascii=False).encode() + b"\n" for row in rows)


def _told(row: Row) -> dict[str, Any]:
    told = {name: getattr(row, name) for name in COLUMNS if name not in ("sentence", "at")}
    return {**told, "at": row.at.isoformat()}


def table_csv(rows: Sequence[Row], language: str) -> bytes:
    """The table as CSV that Excel reads with its tones; what would run as a formula is made harmless."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(heads(language))
    writer.writerows([[_harmless(value) for value in line] for line in lines(rows, language)])
    return out.getvalue().encode("utf-8-sig")


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(RISKY) else value
