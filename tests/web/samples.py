"""Answers made by hand, for what is pure: charts, tiles, the digest."""

from __future__ import annotations

from typing import Any

from haidang.words.nouns import Answer, Cell, Comparison, Label, Provenance, Question, Status

ORIGIN = Provenance("kho.thu", "r1", "thu.csv", "Kho bạc Nhà nước", "CC0", "2026-11-20T17:00:00+07:00")


def made(key: str = "ngan-sach.thu", **more: Any) -> Answer:
    """An Answer of Lạng Sơn in 2015; anything may be said otherwise."""
    asked = Question(key, place=more.pop("asked_place", "20"), by=more.pop("by", ""))
    told: dict[str, Any] = {
        "question": asked,
        "indicator": key,
        "title": Label("Thu ngân sách", "Budget revenue"),
        "value": 9020.5,
        "unit": "tỷ đồng",
        "period": "2015",
        "place": "20",
        "place_name": "Tỉnh Lạng Sơn",
        "sources": (ORIGIN,),
        "known_at": "2026-11-20T17:00:00+07:00",
    }
    return Answer(**{**told, **more})


def years(*values: float | None, first: int = 2010) -> tuple[Cell, ...]:
    return tuple(Cell(str(first + i), str(first + i), value) for i, value in enumerate(values))


def months(year: int, *values: float | None) -> tuple[Cell, ...]:
    return tuple(
        Cell(f"{year + i // 12}-{i % 12 + 1:02d}", f"{year + i // 12}-{i % 12 + 1:02d}", v)
        for i, v in enumerate(values)
    )


def places(**values: float | None) -> tuple[Cell, ...]:
    """places(c06184=9.1): the cell of commune 06184."""
    return tuple(
        Cell(f"{k[1:]}@2025-07-01", f"Xã {k[1:]}", v, reason="" if v is not None else "masked")
        for k, v in values.items()
    )


def better(percent: float = 8.7, good: bool | None = True) -> Comparison:
    return Comparison("same-period", "2014", 8298.0, 722.5 if percent > 0 else -722.5, percent, good)


def plan(reached: float = 90.2, pace: float = 88.0) -> Comparison:
    return Comparison("plan", "2015", 10_000.0, -979.5, -9.8, None, reached=reached, pace=pace)


BAD = Status("bad", "far-behind-plan", (("reached", "71.4"), ("pace", "79.5"), ("plan", "10000"), ("period", "2015")))
