"""How fast a file lands, beside the engine reading the same file raw in the same run. Never: touches the centre's own
home.

Taken: the largest file of the packs' sources, rewritten as one CSV; landed with all checks, merge, observations and
commit
into an empty lake of its own (all but the two rows about the Run in the transactional database).
"""

from __future__ import annotations

import statistics
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

from haidang.catalog.declared import Dataset, declared
from haidang.intake import flow, kept, staging
from haidang.intake.formats import Arrival, open_tables
from haidang.intake.merging import Counts, Job
from haidang.store.landing import Writer, ensure, quoted
from haidang.words.errors import Absent

TIMES = 5


def run(home: Path | None = None) -> dict[str, Any]:
    """Medians of five: rows a second landed and raw, and the ratio. `home`: where to work (default: a temporary
    folder).

    Raises Absent('no-such-file') when no pack ships a file.
    """
    dataset, file = _largest()
    with tempfile.TemporaryDirectory(prefix="haidang-bench-", dir=home) as name:
        folder = Path(name)
        csv = _as_csv(dataset, file, folder)
        raw, landed, steps, counts = [], [], [], Counts()
        for number in range(TIMES):
            raw.append(_read_raw(folder / f"raw-{number}", csv))
            seconds, parts, counts = _land(folder / f"home-{number}", dataset, csv)
            landed.append(seconds)
            steps.append(parts)
        size = csv.stat().st_size
    return _figures(dataset, file.name, size, counts=counts, raw=raw, landed=landed) | {
        f"seconds_{step}": round(statistics.median(parts[step] for parts in steps), 3) for step in steps[0]
    }


def stream(*, minutes: float = 1.0, rate: float = 5_000) -> dict[str, Any]:
    """How fast a stream lands (see bench_stream)."""
    from haidang.intake import bench_stream

    return bench_stream.run(minutes, rate)


def pull() -> dict[str, Any]:
    """How fast dossiers come through REST (see bench_pull)."""
    from haidang.intake import bench_pull

    return bench_pull.run()


def _figures(
    dataset: Dataset, file: str, size: int, *, counts: Counts, raw: list[float], landed: list[float]
) -> dict[str, Any]:
    raw_seconds, seconds = statistics.median(raw), statistics.median(landed)
    return {
        "dataset": dataset.key,
        "file": file,
        "bytes": size,
        "columns": len(dataset.columns),
        "rows": counts.read,
        "landed": counts.landed,
        "set_aside": counts.set_aside,
        "seconds_raw": round(raw_seconds, 3),
        "seconds_land": round(seconds, 3),
        "rows_a_second_raw": round(counts.read / raw_seconds),
        "rows_a_second_land": round(counts.read / seconds),
        "ratio": round(raw_seconds / seconds, 3),
    }


def _largest() -> tuple[Dataset, Path]:
    files = [
        (declared().dataset(source.dataset), pack.folder / name)
        for pack in declared().packs
        for source in pack.sources
        for name in source.files
        if (pack.folder / name).is_file()
    ]
    if not files:
        raise Absent("no-such-file", found="")
    return max(files, key=lambda pair: pair[1].stat().st_size)


def _as_csv(dataset: Dataset, file: Path, folder: Path) -> Path:
    """One plain CSV with a line of headings, of whatever the file was."""
    scratch = folder / "scratch"
    scratch.mkdir()
    target = folder / "bench.csv"
    with Writer(folder / "reading") as writer:
        staging.stage(writer, dataset, open_tables(Arrival(file, file.name, dataset, scratch)))
        columns = ", ".join(f'"{column.name}"' for column in dataset.columns)
        writer.sql(f"COPY (SELECT {columns} FROM staged) TO {quoted(str(target))} (HEADER)")
    return target


def _read_raw(home: Path, csv: Path) -> float:
    """Seconds the engine takes to read the file into a table, as it comes, nothing checked."""
    with Writer(home) as writer:
        started = time.perf_counter()
        writer.sql(f"CREATE TEMP TABLE raw AS FROM read_csv({quoted(str(csv))})")
        return time.perf_counter() - started


def _land(home: Path, dataset: Dataset, csv: Path) -> tuple[float, dict[str, float], Counts]:
    """Seconds in all and by step, and how it ended."""
    ensure(home)
    marks: list[tuple[str, float]] = []

    def report(step: str, done: int, of: int) -> None:
        marks.append((step, time.perf_counter()))

    report("receive", 0, 0)
    bytes_kept = kept.keep_file(home, csv, csv.name)
    scratch = home / "arrival"
    scratch.mkdir()
    with Writer(home) as writer:
        report("read", 0, 0)
        arrival = Arrival(home / bytes_kept.path, csv.name, dataset, scratch)
        staged = staging.stage(writer, dataset, open_tables(arrival))
        report("check", 0, 0)
        flow.check(writer, dataset, staged)
        job = Job("bench", dataset, csv.name, bytes_kept.digest, "bench")
        _, counts = flow.commit(writer, job, staged, report)
    report("end", 0, 0)
    parts = {step: later - at for (step, at), (_, later) in pairwise(marks)}
    return marks[-1][1] - marks[0][1], parts, counts
