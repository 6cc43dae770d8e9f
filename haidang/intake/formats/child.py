"""The child's side of `isolated`: limits itself, reads, writes Arrow files to scratch and tells the rest.

Never: imports the store or the web; runs in the process that lands.
"""

from __future__ import annotations

import importlib
from dataclasses import asdict
from typing import Any

import pyarrow as pa

from haidang.intake.formats import Arrival, RawTable
from haidang.intake.formats.limits import CHILD_MEMORY, CHILD_SECONDS, MAX_DEPTH
from haidang.intake.formats.refuse import stop
from haidang.words.errors import IntakeStopped, Problem


def limit() -> None:
    """Bound the memory and time of this process."""
    try:
        import resource
    except ImportError:  # not on Windows: the parent's time limit still holds
        return
    for what, most in (
        (resource.RLIMIT_AS, CHILD_MEMORY),
        (resource.RLIMIT_CPU, CHILD_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (allowed, allowed))


def tell(kind: str, file: Arrival) -> dict[str, Any]:
    """The tables of a reader as files in scratch and facts; every failure is an answer."""
    remarks: list[Problem] = []
    try:
        reader = importlib.import_module(f"haidang.intake.formats.{kind}")
        tables = [_kept(table, file, number) for number, table in enumerate(reader.read(file, remarks))]
    except IntakeStopped as error:
        return {"stop": asdict(error.problem)}
    except (MemoryError, pa.ArrowMemoryError):
        return {"stop": asdict(stop("needs-too-much-memory", file.name).problem)}
    except RecursionError:
        return {"stop": asdict(stop("nested-too-deep", file.name, expected=MAX_DEPTH).problem)}
    except BaseException as error:  # a reader's panic is no Exception; the seam where it becomes an answer
        return {"stop": asdict(stop("damaged-file", file.name, found=type(error).__name__).problem)}
    return {"tables": tables, "remarks": [asdict(remark) for remark in remarks]}


def _kept(table: RawTable, file: Arrival, number: int) -> dict[str, Any]:
    path = file.scratch / f"{file.path.name}.{number}.arrow"
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.arrow.schema) as writer:
        writer.write_table(table.arrow, max_chunksize=100_000)
    return {
        "arrow": str(path),
        "where": table.where,
        "columns": table.columns,
        "first_row": table.first_row,
        "notes": table.notes,
        "members": table.members,
        "faults": table.faults,
        "remarks": [asdict(remark) for remark in table.remarks],
    }
