"""A year of the sandbox's dossiers comes through its REST API; then every count and every row is held against its own
database: received, on-time rate, under way, the overdue list, each dossier.

At a hundredth of the province's volume here; `python tools/drill` and the closing notes have the whole.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
HAIDANG = Path(sys.executable).parent / "haidang"
PORT = 9581
SCALE = "0.01"
ONLY = ("--only", "dossiers")

pytestmark = pytest.mark.xdist_group("browser")


class Sandbox:
    def __init__(self, home: Path, centre: Path) -> None:
        self.home = home
        self.env = {**os.environ, "HAIDANG_HOME": str(centre)}

    def run(self, *words: str) -> None:
        subprocess.run([sys.executable, "-m", "sandbox", *words], cwd=ROOT, check=True, capture_output=True)

    def ask(self, path: str) -> Any:
        with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{path}", timeout=60) as answer:
            return json.loads(answer.read())

    def terminal(self, *words: str) -> Any:
        done = subprocess.run([HAIDANG, *words, "--json"], env=self.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        return json.loads(done.stdout)


@pytest.fixture(scope="module")
def fed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """A sandbox with a year behind it and a standing clock, and a centre that pulled everything from it."""
    folder = tmp_path_factory.mktemp("dossiers")
    box = Sandbox(folder / "sandbox", folder / "centre")
    box.run("history", "--home", str(box.home), "--years", "1", "--scale", SCALE, *ONLY)
    command = [
        sys.executable,
        "-m",
        "sandbox",
        "serve",
        "--home",
        str(box.home),
        "--port",
        str(PORT),
        "--speed",
        "0",
        *ONLY,
    ]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(box)
        values = [f"address=http://127.0.0.1:{PORT}", "username=ioc", "unit=H37", "first_days=400"]
        told = [
            HAIDANG,
            "sources",
            "set",
            "dich-vu-cong.ho-so",
            *values,
            "--simulated",
            "--secret",
            "password=mo-phong",
        ]
        subprocess.run(told, env=box.env, check=True, capture_output=True)
        box.terminal("pull", "dich-vu-cong.ho-so")
        yield box
    finally:
        process.terminate()
        process.wait(20)


def _wait(box: Sandbox) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            box.ask("/sandbox/state")
            return
        except OSError:
            time.sleep(0.3)
    pytest.fail("the sandbox did not begin to answer within a minute")


def _answer(box: Sandbox, name: str, *words: str) -> Any:
    return box.terminal("answer", f"dich-vu-cong.{name}", "--place", "20", *words)


def test_counts_equal_the_truth(fed: Sandbox) -> None:
    totals = fed.ask("/sandbox/truth/dossiers")["totals"]
    assert totals["received"] > 3000
    assert _answer(fed, "dang-giai-quyet")["value"] == totals["in_process"]
    assert _answer(fed, "qua-han")["value"] == totals["overdue"]
    first, last = (f"{datetime.now() + timedelta(days=days):%Y-%m}" for days in (-430, 0))
    assert _answer(fed, "tiep-nhan", "--period", f"{first}..{last}")["value"] == totals["received"]
    assert _answer(fed, "giai-quyet", "--period", f"{first}..{last}")["value"] == totals["resolved"]
    rate = _answer(fed, "ty-le-dung-han", "--period", f"{first}..{last}")
    assert rate["value"] == pytest.approx(totals["resolved_on_time"] / totals["resolved"] * 100, abs=1e-9)


def test_every_unit_and_day_equals_the_truth(fed: Sandbox) -> None:
    truth = {
        (row["day"], row["unit"]): (row["received"], row["received_online"], row["resolved"], row["resolved_on_time"])
        for row in fed.ask("/sandbox/truth/dossiers?by=day,unit")["by"]
    }
    first, last = (f"{datetime.now() + timedelta(days=days):%Y-%m}" for days in (-430, 0))
    months = fed.terminal(
        "records", "dich-vu-cong.ty-le-dung-han", "--place", "20", "--period", f"{first}..{last}", "--limit", "100000"
    )  # fmt: skip
    ours = {
        (row["ngay"][:10], row["don_vi"]): (row["tiep_nhan"], row["truc_tuyen"], row["giai_quyet"], row["dung_han"])
        for row in months["rows"]
        if row["tiep_nhan"] or row["giai_quyet"]
    }
    assert ours == truth


def test_every_dossier_and_the_overdue_list_equal_the_truth(fed: Sandbox) -> None:
    listed = fed.ask("/sandbox/truth/dossiers?rows=overdue")["overdue"]
    ours = fed.terminal("records", "dich-vu-cong.qua-han", "--place", "20", "--limit", "1000")["rows"]
    assert listed
    assert {(row["ma_ho_so"], row["don_vi"]) for row in ours} == {(row["MaHoSo"], row["unit"]) for row in listed}
    truth, after = {}, ""
    while page := fed.ask(f"/sandbox/truth/dossiers?rows=all&limit=20000&after={after}")["rows"]:
        truth |= {row["MaHoSo"]: (row["unit"], _at(row["received"]), _at(row["ended"])) for row in page}
        after = page[-1]["MaHoSo"]
    first, last = (f"{datetime.now() + timedelta(days=days):%Y-%m-%d}" for days in (-430, 0))
    rows = fed.terminal(
        "records", "dich-vu-cong.nop-trong-ngay", "--place", "20", "--period", f"{first}..{last}", "--limit", "100000"
    )["rows"]  # fmt: skip
    ended = {"3", "7", "8", "9", "10"}
    landed = {
        row["ma_ho_so"]: (
            row["don_vi"],
            _at(row["ngay_tiep_nhan"]),
            _at(row["ngay_ket_thuc"]) if row["trang_thai"] in ended else "",
        )
        for row in rows
        if row["ngay_tiep_nhan"]
    }
    assert landed == truth


def _at(moment: str | None) -> str:
    return (moment or "")[:19]
