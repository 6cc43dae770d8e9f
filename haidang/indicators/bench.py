"""The benches of the room: `board` (the overview beside one hand-written SQL) and `grow` (the same as facts grow).

Never: runs in a centre's daily work; `grow` works in a scratch home of its own.
"""

from __future__ import annotations

import csv
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

ROUNDS = 7
HISTORY = 12
GROWTH = (1, 4, 16)
COUNCIL_ROWS = 500
"""Synthetic candidates per exam council at 1×; not a number at which the check of volumes sees a cut-off file."""
EXAM = "giao-duc.diem-thi-thpt"

BY_HAND = """
WITH wanted(indicator, place, redivide, scale) AS (VALUES {wanted}),
inside(place, unit, depth) AS (VALUES {inside}),
now AS (FROM lake.main.observations AT (VERSION => {snapshot})),
firm AS (
  SELECT o.indicator, o.period, o.kind = 'plan' AS plan, o.num, o.den, o.unit, i.depth, w.redivide, w.scale
  FROM now o
  JOIN wanted w USING (indicator) JOIN inside i ON i.place = w.place AND i.unit = o.unit
  WHERE o.slice = ''
  QUALIFY row_number() OVER (PARTITION BY o.indicator, o.unit, o.period, o.kind = 'plan' ORDER BY
    CASE o.kind WHEN 'final' THEN 4 WHEN 'actual' THEN 3 WHEN 'preliminary' THEN 2 ELSE 1 END DESC) = 1
),
own AS (SELECT * FROM firm QUALIFY depth = min(depth) OVER (PARTITION BY indicator, period, plan)),
cells AS (
  SELECT indicator, period, plan,
    CASE WHEN any_value(redivide) THEN sum(num) / nullif(sum(den), 0) * any_value(scale) ELSE sum(num) END AS value
  FROM own GROUP BY ALL
)
SELECT a.indicator, a.period, a.value, p.value AS plan,
  lag(a.value) OVER (PARTITION BY a.indicator ORDER BY a.period) AS previous,
  lag(a.value, CASE length(a.period) WHEN 4 THEN 1 WHEN 7 THEN
    CASE WHEN a.period LIKE '%Q%' THEN 4 ELSE 12 END ELSE 1 END)
    OVER (PARTITION BY a.indicator ORDER BY a.period) AS same
FROM cells a LEFT JOIN cells p ON p.indicator = a.indicator AND p.period = a.period AND p.plan
WHERE NOT a.plan
QUALIFY row_number() OVER (PARTITION BY a.indicator ORDER BY a.period DESC) <= {history}
"""
"""What one would write by hand for these very cells: newest value, previous, same period, plan, sparkline."""


def board(home: Path | None = None) -> dict[str, Any]:
    """The overview of a filled home (default: this process's): seconds, queries, and the SQL written by hand."""
    if home is not None and Path(os.environ.get("HAIDANG_HOME", "")) != home:
        return _in(home, "board")
    _django()
    from haidang.access import gate
    from haidang.indicators import load
    from haidang.indicators.answer import answer_many

    questions, who = overview(), gate.operator()
    answers = answer_many(questions, who)
    counter = gate.queries
    cold = _timed(lambda: answer_many(questions, who), counter, before=load.forget)
    hot = _timed(lambda: answer_many(questions, who), counter)
    sql = _sql(questions)
    backend = gate.observations(who).table.get_backend()
    by_hand = _timed(lambda: backend.con.execute(sql).fetchall(), counter)
    same, compared = _alike(answers, backend.con.execute(sql).fetchall())
    return {
        "indicators": len(questions),
        "cells": sum(1 + len(a.compare) + len(a.series) for a in answers),
        "observations": backend.con.execute("SELECT count(*) FROM lake.main.observations").fetchone()[0],
        "seconds": hot["seconds"],
        "queries": hot["queries"],
        "seconds_after_landing": cold["seconds"],
        "queries_after_landing": cold["queries"],
        "sql_seconds": by_hand["seconds"],
        "times_sql": round(hot["seconds"] / by_hand["seconds"], 2),
        "times_sql_after_landing": round(cold["seconds"] / by_hand["seconds"], 2),
        "cells_equal_to_sql": f"{same}/{compared}",
    }


def grow(home: Path | None = None) -> dict[str, Any]:
    """The overview at 1×, 4× and 16× facts, in a scratch home filled through intake and removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="haidang-grow-", dir=home) as scratch:
        return _in(Path(scratch), "grown")


def overview() -> list[Any]:
    """Every indicator of every board, once, with its comparisons and sparkline (formulas and distinct counts aside)."""
    from haidang.catalog.declared import declared
    from haidang.words.nouns import Question

    found: dict[str, Question] = {}
    catalog = declared()
    for shown in (b for pack in catalog.packs for b in pack.boards):
        tiles = [(tile.indicator, tile.place) for tile in shown.tiles] + [(key, "") for key in shown.headline]
        for key, place in tiles:
            if catalog.indicator(key).kind not in ("formula", "distinct"):
                compare = ("previous", "same-period", "plan")
                found.setdefault(key, Question(key, place=place, compare=compare, history=HISTORY))
    return list(found.values())


def grown() -> dict[str, Any]:
    """In the scratch home: fill it with the demo's data but the exam, then the exam at every size."""
    _django()
    from django.core.management import call_command

    from haidang.access import gate
    from haidang.catalog.declared import declared
    from haidang.intake.actions import import_file

    call_command("migrate", verbosity=0)
    for pack in declared().packs:
        for source in pack.sources:
            for name in source.files if source.dataset != EXAM else ():
                import_file(gate.operator(), source.dataset, pack.folder / name)
    sizes: dict[str, Any] = {}
    rows = 0
    for times in GROWTH:
        file = Path(os.environ["HAIDANG_HOME"]) / f"candidates-{times}.csv"
        rows += _candidates(file, COUNCIL_ROWS * times - rows // len(_councils()))
        landed = import_file(gate.operator(), EXAM, file)
        measured = board()
        sizes[f"{times}x"] = {"facts": rows, "set_aside": landed.set_aside} | {
            key: measured[key] for key in ("seconds", "queries", "seconds_after_landing", "sql_seconds")
        }
    first, last = (sizes[f"{times}x"]["seconds_after_landing"] for times in (GROWTH[0], GROWTH[-1]))
    return {"sizes": sizes, "growth_of_time": round(last / first, 2), "growth_of_facts": GROWTH[-1]}


def _councils() -> list[str]:
    """The numbers of the exam councils."""
    from haidang.catalog.declared import declared

    return [dict(row)["code"] for row in declared().code_list("giao-duc", "hoi-dong-thi").rows]


def _candidates(file: Path, each: int) -> int:
    """Synthetic candidates, `each` per exam council, with keys never used before; how many."""
    codes = _councils()
    alphabet = "abcdefghijklmnopqrstuvwxyz234567"
    columns = ("khoa", "tinh", "toan", "van", "anh", "ly", "hoa", "sinh")
    # Numbers from a fixed walk: the benches measure the machine, not luck.
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(columns)
        for index in range(each * len(codes)):
            key = "".join(secrets.choice(alphabet) for _ in range(10))
            scores = [f"{(index * step + step) % 41 / 4}" for step in (3, 5, 7, 11, 13, 17)]
            writer.writerow((key, codes[index % len(codes)], *scores))
    return each * len(codes)


def _in(home: Path, what: str) -> dict[str, Any]:
    """The bench in a process of its own, whose home it is."""
    script = f"import json; from haidang.indicators import bench; print(json.dumps(bench.{what}()))"
    environment = {**os.environ, "HAIDANG_HOME": str(home)}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haidang.site.settings")
    django.setup()


def _timed(
    work: Callable[[], object], counter: Callable[[], int], before: Callable[[], None] = lambda: None
) -> dict[str, Any]:
    """Median seconds of several rounds, and the queries of one."""
    taken = []
    for _ in range(ROUNDS):
        before()
        sent, start = counter(), time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
        queries = counter() - sent
    return {"seconds": round(median(taken), 4), "queries": queries}


def _sql(questions: list[Any]) -> str:
    from django.conf import settings

    from haidang.access import gate
    from haidang.catalog.declared import declared
    from haidang.catalog.places import register
    from haidang.indicators.amounts import adds
    from haidang.words.periods import parse

    known = register()
    wanted, inside = [], {}
    for question in questions:
        indicator = declared().indicator(question.indicator)
        place = question.place or settings.PLACE
        redivide = adds(indicator).place == "redivide"
        wanted.append(f"('{indicator.key}', '{place}', {redivide}, {indicator.scale})")
        top = known.resolve(place, parse("2026").end)
        for unit in known:
            if unit.id == top.id or unit.parent.partition("@")[0] == top.code:
                inside[place, unit.id] = 0 if unit.id == top.id else 1
    lines = (f"('{place}', '{unit}', {depth})" for (place, unit), depth in inside.items())
    snapshot = gate.observations(gate.operator()).snapshot
    return BY_HAND.format(wanted=", ".join(wanted), inside=", ".join(lines), snapshot=snapshot, history=HISTORY + 1)


def _alike(answers: Any, rows: list[tuple[Any, ...]]) -> tuple[int, int]:
    """How many cells of the two agree, of those both have."""
    by_hand = {(row[0], row[1]): row[2] for row in rows}
    pairs = [
        (cell.value, by_hand[answer.indicator, cell.key])
        for answer in answers
        for cell in answer.series
        if cell.value is not None and by_hand.get((answer.indicator, cell.key)) is not None
    ]
    return sum(abs(ours - theirs) <= 1e-9 * max(1.0, abs(theirs)) for ours, theirs in pairs), len(pairs)
