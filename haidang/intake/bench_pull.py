"""How fast dossiers come through REST: asked page by page, kept, checked and landed, by the pack's own declaration.

Another process serves the one-stop protocol; each round has a home of its own, where a process fetches and lands as the
collector and the worker do. Beside it, in the same round: the same pages asked with plain httpx and read by the engine,
nothing kept safe, nothing checked. Never: touches the centre's own home.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from haidang.intake.bench_stream import free_port
from haidang.store.landing import Writer, quoted
from haidang.words.errors import Unavailable

SOURCE = "dich-vu-cong.ho-so"
DOSSIERS, PAGE, TIMES = 20_000, 1_000, 3


def run() -> dict[str, Any]:
    """Medians of three rounds: dossiers a second, ours and raw; the ratio. Raises Unavailable('bench-not-ready')."""
    rounds = []
    with tempfile.TemporaryDirectory(prefix="haidang-bench-") as name, serving() as port:
        for number in range(TIMES):
            folder = Path(name) / str(number)
            folder.mkdir()
            rounds.append({"raw": raw(folder, port), **pulled(folder, port)})
    middle = {key: statistics.median(float(one[key]) for one in rounds) for key in ("raw", "fetch", "land")}
    ours = statistics.median(one["fetch"] + one["land"] for one in rounds)
    last = rounds[-1]
    return {
        "dossiers": DOSSIERS,
        "page": PAGE,
        "parcels": last["parcels"],
        "landed": last["landed"],
        "set_aside": last["set_aside"],
        "seconds_raw": round(middle["raw"], 3),
        "seconds_fetch": round(middle["fetch"], 3),
        "seconds_land": round(middle["land"], 3),
        "dossiers_a_second_raw": round(DOSSIERS / middle["raw"]),
        "dossiers_a_second_fetch": round(DOSSIERS / middle["fetch"]),
        "dossiers_a_second": round(DOSSIERS / ours),
        "ratio": round(middle["raw"] / ours, 3),
    }


@contextmanager
def serving() -> Iterator[int]:
    """The port of the other side, once its pages are made."""
    port = free_port()
    command = [sys.executable, "-m", "haidang.intake.bench_dossiers", str(port), str(DOSSIERS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            if not process.stdout or process.stdout.readline().strip() != "ready":
                raise Unavailable("bench-not-ready", retry=0, found="bench_dossiers", why="")
            yield port
        finally:
            process.terminate()


def raw(folder: Path, port: int) -> float:
    """Seconds to ask for every page with plain httpx and read them into a table."""
    started = time.perf_counter()
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        session = client.post("/adapter/login", json={}).json()["session"]
        number = 1
        while True:
            found = client.post("/adapter/api", json={"session": session, "page": number, "size": PAGE})
            if not found.json()["data"]:
                break
            (folder / f"page-{number:05d}.json").write_bytes(found.content)
            number += 1
    with Writer(folder / "raw") as writer:
        pages = quoted(str(folder / "page-*.json"))
        writer.sql(f"CREATE TEMP TABLE raw AS SELECT unnest(data, recursive := true) FROM read_json({pages})")
        rows = writer.sql("SELECT count(*) FROM raw")[0][0]
    if rows != DOSSIERS:
        raise Unavailable("bench-not-ready", retry=0, found="raw", why=str(rows))
    return time.perf_counter() - started


def pulled(folder: Path, port: int) -> dict[str, Any]:
    """The same through the centre, in a home of its own: `measured`, in a process of its own."""
    environment = {
        **os.environ,
        "HAIDANG_HOME": str(folder / "home"),
        "DJANGO_SETTINGS_MODULE": "haidang.site.settings",
    }
    told = [f"address=http://127.0.0.1:{port}", "username=bench", "unit=H37", f"page_size={PAGE}"]
    haidang = str(Path(sys.executable).parent / "haidang")
    _said([haidang, "sources", "set", SOURCE, *told, "--secret", "password=bench"], environment)
    found: dict[str, Any] = json.loads(_said([sys.executable, "-m", "haidang.intake.bench_pull"], environment))
    return found


def _said(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600, check=False)
    if done.returncode:
        raise Unavailable("bench-not-ready", retry=0, found=" ".join(command[1:4]), why=done.stderr[-300:])
    return done.stdout


def measured() -> dict[str, Any]:
    """In a home where the source is connected: seconds to fetch what is new, and to land it, run by run."""
    from haidang.intake import actions
    from haidang.intake.models import RECEIVED, Run
    from haidang.intake.sources import actions as sources

    started = time.perf_counter()
    fetched = sources.fetch(SOURCE, name="bench")
    kept = time.perf_counter()
    if fetched.code:
        raise Unavailable("bench-not-ready", retry=0, found=fetched.code, why=str(fetched.facts))
    runs = list(Run.objects.filter(state=RECEIVED).order_by("id").values_list("id", flat=True))
    landed = [actions.land(run) for run in runs]
    counts = {name: sum(getattr(one, name) for one in landed) for name in ("read", "landed", "set_aside")}
    return {"fetch": kept - started, "land": time.perf_counter() - kept, "parcels": len(runs), **counts}


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(measured()))
