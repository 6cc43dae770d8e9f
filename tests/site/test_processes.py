"""Several processes serve the same ports, and go together."""

from __future__ import annotations

import os
import time
from pathlib import Path

from .conftest import PASSWORD, attempt, form, house


def children(pid: int) -> set[int]:
    """Processes whose parent that one is."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parts = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(parts[1]) == pid:
            found.add(int(stat.parent.name))
    return found


def test_two_processes_serve_one_port_and_end_together(tmp_path: Path) -> None:
    with house(tmp_path, "can-bo", HAIDANG_WEB_PROCESSES="2") as centre:
        with centre.caller() as client:
            assert attempt(client, "can-bo", PASSWORD, form(client)).status_code == 302
            cookie = dict(client.cookies)
        served = []
        for _ in range(30):
            with centre.caller() as client:
                client.cookies.update(cookie)
                served.append(client.get("/me/").status_code)
        assert set(served) == {200}, "who signed in at one is known to the other"
        theirs = children(centre.process.pid)
        assert len(theirs) >= 2
    until = time.monotonic() + 20
    while time.monotonic() < until and any(os.path.exists(f"/proc/{pid}") for pid in theirs):
        time.sleep(0.1)
    assert not [pid for pid in theirs if os.path.exists(f"/proc/{pid}")]
