"""A small country for the tests: one province merged of two in 2025, another unchanged, communes whole and split."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from haidang.catalog.declared import Indicator
from haidang.indicators.book import Book, book_of
from haidang.indicators.reckon import Reckoner, World
from haidang.words.nouns import Label
from haidang.words.periods import parse
from haidang.words.places import Register, Succession, Unit

OLD, NEW = date(1976, 7, 2), date(2025, 7, 1)
LAST = date(2025, 6, 30)
TODAY = date(2026, 11, 22)


def unit(code: str, level: str, parent: str, start: date = OLD, end: date | None = None) -> Unit:
    return Unit(f"{code}@{start}", code, f"Địa bàn {code}", level, "tinh", parent, start, end)


VN = unit("VN", "country", "")
STILL = unit("20", "province", VN.id)
EAST, WEST = unit("60", "province", VN.id, end=LAST), unit("67", "province", VN.id, end=LAST)
MERGED = unit("68", "province", VN.id, NEW)
C1, C2 = unit("10001", "commune", STILL.id, end=LAST), unit("10002", "commune", STILL.id, end=LAST)
WHOLE, SPLIT = unit("20001", "commune", STILL.id, NEW), unit("20002", "commune", STILL.id, NEW)


def register() -> Register:
    """`20001` is all of old 10001 and a piece of 10002; `20002` is the rest of 10002."""
    steps = [
        Succession(EAST.id, MERGED.id, True),
        Succession(WEST.id, MERGED.id, True),
        Succession(C1.id, WHOLE.id, True),
        Succession(C2.id, WHOLE.id, False),
        Succession(C2.id, SPLIT.id, False),
    ]
    return Register([VN, STILL, EAST, WEST, MERGED, C1, C2, WHOLE, SPLIT], steps)


def indicator(name: str = "i", kind: str = "sum", grain: str = "year", **more: Any) -> Indicator:
    title = Label(name, name)
    return Indicator(f"p.{name}", "p", title, kind, "đơn vị", grain, dataset=more.pop("dataset", "p.d"), **more)


def row(of: Indicator, place: Unit, period: str, value: float | None, **more: Any) -> dict[str, Any]:
    """One observation; for means and ratios give num and den."""
    found = {"kind": "actual", "slice": "", "item": "", "num": value, "den": None, "n": 100, "run": "r1"} | more
    return found | {
        "indicator": of.key,
        "unit": place.id,
        "period": period,
        "period_end": parse(period).end,
        "value": value,
    }


def parted(of: Indicator, place: Unit, period: str, num: float, den: float, **more: Any) -> dict[str, Any]:
    value = num / den * of.scale if den else None
    return row(of, place, period, value, num=num, den=den, n=int(den), **more)


def reckoner(indicators: Iterable[Indicator], rows: Iterable[dict[str, Any]], today: date = TODAY) -> Reckoner:
    known = {one.key: one for one in indicators}
    book: Book = book_of(rows)
    return Reckoner(book, World(register(), known.__getitem__, today, STILL.id))
