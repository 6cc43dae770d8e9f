"""The overview as one would write it by hand: one SQL for the benches to be measured against.

Run in a process of its own (`serve`), whose store nobody else warms. Never: part of a centre's daily work.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from haidang.words.nouns import Answer, Question

SETTINGS = "haidang.site.settings"
HISTORY = 12
SQL = """
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
"""For these very cells: newest value, previous, same period, plan, sparkline. {snapshot} stays to be filled in."""


def sql(questions: Iterable[Question]) -> str:
    """The SQL for these questions, with `{snapshot}` left open."""
    from django.conf import settings

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
    return SQL.format(wanted=", ".join(wanted), inside=", ".join(lines), snapshot="{snapshot}", history=HISTORY + 1)


def alike(answers: Iterable[Answer], rows: Iterable[Sequence[Any]]) -> tuple[int, int]:
    """How many cells of the two agree, of those both have."""
    by_hand = {(row[0], row[1]): row[2] for row in rows}
    pairs = [
        (cell.value, by_hand[answer.indicator, cell.key])
        for answer in answers
        for cell in answer.series
        if cell.value is not None and by_hand.get((answer.indicator, cell.key)) is not None
    ]
    return sum(abs(ours - theirs) <= 1e-9 * max(1.0, abs(theirs)) for ours, theirs in pairs), len(pairs)


class Hand:
    """A process that runs the SQL with a store of its own, on request."""

    def __init__(self, home: Path) -> None:
        script = "from haidang.indicators import by_hand; by_hand.serve()"
        self._process = subprocess.Popen(
            [sys.executable, "-c", script],
            env={**os.environ, "HAIDANG_HOME": str(home), "DJANGO_SETTINGS_MODULE": SETTINGS},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, text: str) -> tuple[float, list[list[Any]]]:
        """Seconds and rows of a SQL; `{snapshot}` becomes the newest there (not timed)."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(text) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the process of the hand-written SQL ended")
        seconds, rows = json.loads(line)
        return seconds, rows

    def __enter__(self) -> Hand:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(timeout=30)


def serve() -> None:
    """Answers each line (a JSON text of SQL) with seconds and rows. The first counts the opening of the store too."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()
    from haidang.access import gate

    first = True
    for line in sys.stdin:
        text = json.loads(line)
        start = time.perf_counter()
        looked = gate.observations(gate.operator())
        engine = looked.table.get_backend().con
        opened = time.perf_counter() - start if first else 0.0
        start = time.perf_counter()
        rows = engine.execute(text.replace("{snapshot}", str(looked.snapshot))).fetchall()
        print(json.dumps((opened + time.perf_counter() - start, rows)), flush=True)
        first = False
