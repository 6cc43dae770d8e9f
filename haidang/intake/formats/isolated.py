"""Readers of whole-file kinds run in a process of their own, with bounded memory and time: a workbook made to break its
reader breaks only that process. Tables come back as Arrow files, everything else as JSON.

Never: trusts what the child says beyond texts and numbers; shares memory or state with it.
"""

from __future__ import annotations

import importlib
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from haidang.intake.formats import Arrival, Fault, Member, RawTable
from haidang.intake.formats.limits import CHILD_SECONDS
from haidang.intake.formats.refuse import stop
from haidang.words.errors import IntakeStopped, Problem

LIGHT = 4 * 1024 * 1024  # bytes of text that a reader in Python may be given in this process
CODE = "from haidang.intake.formats.child import main; main()"


def read_apart(kind: str, file: Arrival) -> Iterator[RawTable]:
    """The tables of `haidang.intake.formats.<kind>.read(file)`, read in a child process; raises IntakeStopped."""
    order = pickle.dumps((kind, file))  # ours to the child, never back
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        done = subprocess.run(
            [sys.executable, "-c", CODE],
            input=order,
            capture_output=True,
            timeout=CHILD_SECONDS,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise stop("reading-too-long", file.name, found=CHILD_SECONDS) from error
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    if done.returncode or not lines:
        raise stop("reader-gave-up", file.name, found=done.returncode)
    return _told(json.loads(lines[-1]), file)


def read_light(kind: str, file: Arrival) -> Iterator[RawTable]:
    """The same for readers written in Python alone: a small file is read here, which spares the start of a process.

    What such a reader can be made to hold is bounded by a multiple of the file; a large one is read apart.
    """
    if file.path.stat().st_size > LIGHT:
        return read_apart(kind, file)
    return _here(kind, file)


def _here(kind: str, file: Arrival) -> Iterator[RawTable]:
    remarks: list[Problem] = []
    reader = importlib.import_module(f"haidang.intake.formats.{kind}")
    try:
        for table in reader.read(file, remarks):
            yield replace(table, remarks=(*table.remarks, *remarks))
            remarks.clear()
    except RecursionError as error:
        raise stop("nested-too-deep", file.name) from error


def _told(told: dict[str, Any], file: Arrival) -> Iterator[RawTable]:
    if "stop" in told:
        raise IntakeStopped(told["stop"]["code"], problem=_problem(told["stop"]))
    remarks = tuple(map(_problem, told["remarks"]))
    for number, table in enumerate(told["tables"]):
        path = file.scratch / Path(table["arrow"]).name
        with pa.memory_map(str(path)) as source:
            arrow = pa.ipc.open_file(source).read_all()
        yield RawTable(
            where=table["where"],
            columns=tuple(table["columns"]),
            arrow=arrow,
            first_row=table["first_row"],
            notes=tuple(table["notes"]),
            rows=arrow.num_rows,
            members=tuple(Member(*member) for member in table["members"]),
            faults=tuple(
                Fault(at, code, found, wanted, tuple(raw)) for at, code, found, wanted, raw in table["faults"]
            ),
            remarks=tuple(map(_problem, table["remarks"])) + (remarks if number == 0 else ()),
        )
        path.unlink()


def _problem(told: dict[str, Any]) -> Problem:
    return Problem(**{**told, "facts": tuple((str(k), str(v)) for k, v in told["facts"])})
