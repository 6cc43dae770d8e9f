"""Readers of whole-file kinds run in a process of their own, with bounded memory and time: a workbook made to break its
reader breaks only that process. Tables come back as Arrow files, everything else as JSON.

The process is forked from one that has everything imported (`nursery`), which is kept for the next file.
Never: trusts what the child says beyond texts and numbers; shares memory or state with it.
"""

from __future__ import annotations

import importlib
import json
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from haidang.intake.formats import Arrival, Fault, Member, RawTable
from haidang.intake.formats.limits import CHILD_SECONDS, MAX_DEPTH
from haidang.intake.formats.refuse import stop
from haidang.words.errors import IntakeStopped, Problem

LIGHT = 4 * 1024 * 1024  # bytes of text that a reader in Python may be given in this process
KEPT = 2  # nurseries kept for the next file
MODULE = "haidang.intake.formats.nursery"

_guard = threading.Lock()
_idle: list[tuple[int, subprocess.Popen[bytes]]] = []  # with the process they belong to: a fork must not share them


def read_apart(kind: str, file: Arrival) -> Iterator[RawTable]:
    """The tables of `haidang.intake.formats.<kind>.read(file)`, read in a child process; raises IntakeStopped."""
    answer = _asked(pickle.dumps((kind, file)))  # ours to the child, never back
    if answer["code"] == "late":
        raise stop("reading-too-long", file.name, found=CHILD_SECONDS)
    if answer["code"] or not answer["told"]:
        raise stop("reader-gave-up", file.name, found=answer["code"])
    return _told(json.loads(answer["told"]), file)


def read_light(kind: str, file: Arrival) -> Iterator[RawTable]:
    """The same for readers written in Python alone: a small file is read here, which spares the way to a process.

    What such a reader can be made to hold is bounded by a multiple of the file; a large one is read apart.
    """
    return read_apart(kind, file) if file.path.stat().st_size > LIGHT else _here(kind, file)


def close() -> None:
    """End the nurseries that are kept (they end by themselves with this process)."""
    with _guard:
        ours = [nursery for pid, nursery in _idle if pid == os.getpid()]
        _idle.clear()
    for nursery in ours:
        _end(nursery)


def _asked(order: bytes) -> dict[str, Any]:
    """What a nursery answers; one that is gone is replaced once."""
    for nursery in filter(None, (ready() for ready in (_taken, _started))):
        try:
            answer = _exchanged(nursery, order)
        except BrokenPipeError:
            answer = b""
        if answer:
            _put_back(nursery)
            return dict(json.loads(answer))
        _end(nursery)
    return {"code": 1, "told": ""}


def _exchanged(nursery: subprocess.Popen[bytes], order: bytes) -> bytes:
    from haidang.intake.formats.nursery import LENGTH, taken

    assert nursery.stdin is not None
    assert nursery.stdout is not None
    nursery.stdin.write(LENGTH.pack(len(order)) + order)
    nursery.stdin.flush()
    return taken(nursery.stdout)


def _taken() -> subprocess.Popen[bytes] | None:
    with _guard:
        while _idle:
            pid, nursery = _idle.pop()
            if pid == os.getpid() and nursery.poll() is None:
                return nursery
    return None


def _started() -> subprocess.Popen[bytes]:
    own = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", MODULE]
    pipe, silent = subprocess.PIPE, subprocess.DEVNULL
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=silent, env={**os.environ, **own})


def _put_back(nursery: subprocess.Popen[bytes]) -> None:
    with _guard:
        if len(_idle) < KEPT:
            _idle.append((os.getpid(), nursery))
            return
    _end(nursery)


def _end(nursery: subprocess.Popen[bytes]) -> None:
    for stream in (nursery.stdin, nursery.stdout):
        if stream is not None:
            stream.close()
    nursery.wait()


def _here(kind: str, file: Arrival) -> Iterator[RawTable]:
    remarks: list[Problem] = []
    reader = importlib.import_module(f"haidang.intake.formats.{kind}")
    try:
        for table in reader.read(file, remarks):
            yield replace(table, remarks=(*table.remarks, *remarks))
            remarks.clear()
    except RecursionError as error:
        raise stop("nested-too-deep", file.name, expected=MAX_DEPTH) from error


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
