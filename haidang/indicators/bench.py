"""The benches of the room: `board` (the overview beside one hand-written SQL) and `grow` (the same as facts grow).

A copy of the home is measured, in processes of their own: corrections are landed into it, and it is removed afterwards.
Never: runs in a centre's daily work, lands anything into the home it was given.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from haidang.indicators import by_hand

ROUNDS = 7
GROWTH = (1, 4, 16)
COUNCIL_ROWS = 500
"""Synthetic candidates per exam council at 1×; not a number at which the check of volumes sees a cut-off file."""
STATES = ("", "_after_landing", "_new_process")
EXAM = "giao-duc.diem-thi-thpt"


def board() -> dict[str, Any]:
    """The overview of this process's home: nothing new landed, first call after a landing, first call of a process.

    Medians of seven, each beside the hand-written SQL in the same state. Raises Absent('no-such-table') when nothing
    has landed, Unavailable('catalogue-elsewhere') when the catalogue is a PostgreSQL database: it cannot be copied.
    """
    _django()
    from haidang.intake.actions import backup
    from haidang.words.errors import Absent

    if not _observations():
        raise Absent("no-such-table", found="observations")
    with tempfile.TemporaryDirectory(prefix="haidang-bench-") as scratch:
        home = Path(scratch) / "home"
        backup(home)
        return _figures(home)


def grow() -> dict[str, Any]:
    """The same at 1×, 4× and 16× facts, in a scratch home filled through intake and removed afterwards."""
    sizes: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="haidang-grow-") as scratch:
        home, rows = Path(scratch) / "home", 0
        home.mkdir()
        _in(home, "fill()")
        for times in GROWTH:
            landed = _in(home, f"land_exam({rows}, {COUNCIL_ROWS * times})")
            rows += landed["read"]
            found = _figures(home)
            sizes[f"{times}x"] = {"facts_of_the_exam": rows, "set_aside": landed["set_aside"], **found}
    first, last = (sizes[f"{times}x"] for times in (GROWTH[0], GROWTH[-1]))
    names = [f"{side}seconds{when}" for when in STATES for side in ("", "sql_")]
    # The growth of the SQL beside it tells how much of it was the machine.
    grown = {f"growth_of_{name}": round(last[name] / first[name], 2) for name in ("facts_of_the_exam", *names)}
    return {**grown, "sizes": sizes}


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
                found.setdefault(key, Question(key, place=place, compare=compare, history=by_hand.HISTORY))
    return list(found.values())


# --- figures


def _figures(home: Path) -> dict[str, Any]:
    """Of a scratch home; corrections are landed into it."""
    found = _in(home, f"measured({ROUNDS})")
    starts = [_in(home, "first_call()") for _ in range(ROUNDS)]
    by_hand_starts = []
    for _ in starts:
        with by_hand.Hand(home) as hand:
            by_hand_starts.append(hand.run(starts[0]["sql"])[0])
    start, hand_start = median(one["seconds"] for one in starts), median(by_hand_starts)
    return found | {
        "seconds_new_process": round(start, 4),
        "of_it_packs_and_places": round(median(one["read"] for one in starts), 4),
        "queries_new_process": starts[0]["queries"],
        "sql_seconds_new_process": round(hand_start, 4),
        "times_sql_new_process": round(start / hand_start, 2),
    }


def first_call() -> dict[str, Any]:
    """The first overview of this process, its modules loaded: packs, places, store, observations, answers."""
    _django()
    from haidang.access import gate
    from haidang.catalog.declared import declared
    from haidang.catalog.places import register
    from haidang.indicators.answer import answer_many

    start = time.perf_counter()
    declared()
    register()
    read = time.perf_counter() - start
    questions = overview()
    answer_many(questions, gate.operator())
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "read": read, "queries": gate.queries(), "sql": by_hand.sql(questions)}


def measured(rounds: int) -> dict[str, Any]:
    """Nothing new landed, and first call after a landing; in this process's home, which must be a scratch one."""
    _django()
    from haidang.access import gate
    from haidang.indicators.answer import answer_many

    questions, who = overview(), gate.operator()
    text = by_hand.sql(questions)
    answers = answer_many(questions, who)

    def ours() -> tuple[float, int]:
        sent, start = gate.queries(), time.perf_counter()
        answer_many(questions, who)
        return time.perf_counter() - start, gate.queries() - sent

    with by_hand.Hand(Path(os.environ["HAIDANG_HOME"])) as hand:
        rows = hand.run(text)[1]
        hot = [(ours(), hand.run(text)[0]) for _ in range(rounds)]
        dataset, landings = _corrections()
        cold = []
        for number in range(rounds):
            next(landings)
            # Who reads the new files first changes from round to round.
            pair = (ours(), hand.run(text)[0]) if number % 2 else (hand.run(text)[0], ours())[::-1]
            cold.append(pair)
    same, compared = by_hand.alike(answers, rows)
    return {
        "indicators": len(questions),
        "cells": sum(1 + len(a.compare) + len(a.series) for a in answers),
        "cells_equal_to_sql": f"{same}/{compared}",
        "observations": _observations(),
        "rounds": rounds,
        **_beside(hot, ""),
        "landed": dataset,
        **_beside(cold, "_after_landing"),
    }


def _beside(rounds: list[Any], when: str) -> dict[str, Any]:
    ours = median(seconds for (seconds, _), _ in rounds)
    theirs = median(seconds for _, seconds in rounds)
    return {
        f"seconds{when}": round(ours, 4),
        f"queries{when}": max(queries for (_, queries), _ in rounds),
        f"sql_seconds{when}": round(theirs, 4),
        f"times_sql{when}": round(ours / theirs, 2),
    }


def _observations() -> int:
    from haidang.access import gate

    table = gate.observations(gate.operator()).table
    count: int = gate.fetch(table.aggregate(count=table.count()))[0]["count"]
    return count


# --- landings


def _corrections() -> tuple[str, Iterator[None]]:
    """Corrections of one figure, one after the other, of the dataset with the most observations that takes them."""
    from haidang.access import gate
    from haidang.words.errors import Absent

    table = gate.observations(gate.operator()).table
    counted = gate.fetch(table.group_by("dataset").aggregate(count=table.count()))
    for row in sorted(counted, key=lambda row: -int(row["count"])):
        landings = _landings(row["dataset"])
        if next(landings, False):
            return f"{row['dataset']} ({row['count']} observations)", (None for _ in landings)
    raise Absent("no-such-file", found="")


def _landings(dataset: str) -> Iterator[bool]:
    """Lands one corrected row at a time; ends at once when the dataset has no plain CSV or does not take it."""
    from haidang.access import gate
    from haidang.catalog.declared import declared
    from haidang.intake.actions import import_file

    noun = declared().dataset(dataset)
    files = (
        pack.folder / name
        for pack in declared().packs
        for s in pack.sources
        for name in s.files
        if s.dataset == dataset
    )
    file = next((f for f in files if f.suffix == ".csv"), None)
    figures = [c.name for c in noun.columns if c.type in ("integer", "number") and c.name not in noun.unique]
    if file is None or not noun.unique:
        return
    with file.open(encoding="utf-8-sig", newline="") as opened:
        heading, *rows = islice(csv.reader(opened), 2)
    column = next((heading.index(name) for name in figures if name in heading), None)
    if column is None or not rows:
        return
    first = gate.observations(gate.operator()).snapshot  # bytes that landed before would change nothing
    for number in range(first, first + 1000):
        corrected = [*rows[0][:column], str(number), *rows[0][column + 1 :]]
        target = Path(os.environ["HAIDANG_HOME"]) / f"correction-{number}.csv"
        with target.open("w", newline="", encoding="utf-8") as out:
            csv.writer(out).writerows((heading, corrected))
        if not import_file(gate.operator(), dataset, target).superseded:
            return
        yield True


def fill() -> dict[str, Any]:
    """The packs' own files but the exam, into this process's home."""
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
    return {}


def land_exam(before: int, council_rows: int) -> dict[str, Any]:
    """Synthetic candidates until there are so many per exam council; `before`: how many there are in all."""
    _django()
    from haidang.access import gate
    from haidang.catalog.declared import declared
    from haidang.intake.actions import compact, import_file

    codes = [dict(row)["code"] for row in declared().code_list("giao-duc", "hoi-dong-thi").rows]
    file = Path(os.environ["HAIDANG_HOME"]) / f"candidates-{council_rows}.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(("khoa", "tinh", "toan", "van", "anh", "ly", "hoa", "sinh"))
        # Numbers from a fixed walk: the benches measure the machine, not luck.
        for index in range(before, council_rows * len(codes)):
            scores = [f"{(index * step + step) % 41 / 4}" for step in (3, 5, 7, 11, 13, 17)]
            writer.writerow((_key(index), codes[index % len(codes)], *scores))
    landed = import_file(gate.operator(), EXAM, file)
    compact()  # every size begins without the small files the corrections of the one before left
    return {"read": landed.read, "set_aside": landed.set_aside}


def _key(number: int) -> str:
    """An opaque key of ten base32 letters."""
    digits = "abcdefghijklmnopqrstuvwxyz234567"
    return "".join(digits[number // 32**place % 32] for place in range(10))


# --- processes


def _in(home: Path, call: str) -> dict[str, Any]:
    """A function of this module in a process of its own, whose home it is."""
    script = f"import json; from haidang.indicators import bench; print(json.dumps(bench.{call}))"
    environment = {**os.environ, "HAIDANG_HOME": str(home), "DJANGO_SETTINGS_MODULE": by_hand.SETTINGS}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", by_hand.SETTINGS)
    django.setup()
