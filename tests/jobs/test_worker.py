"""The worker lands what was received, survives what is bad, keeps the store at night, and is alone."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from doors import LIBRARIES, shipped

from haidang.access import gate
from haidang.intake import actions, reads
from haidang.intake.models import Run
from haidang.jobs.alone import only
from haidang.jobs.worker import NIGHT_HOUR, Worker

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def worker(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Worker:
    """A worker on an empty home of its own."""
    monkeypatch.setenv("HAIDANG_HOME", str(tmp_path))
    settings.HOME = tmp_path
    return Worker(tmp_path)


def received(file: Path, seconds_ago: int = 5) -> str:
    run = actions.receive(gate.operator(), LIBRARIES, file)
    Run.objects.filter(pk=run).update(received_at=timezone.now() - timedelta(seconds=seconds_ago))
    return run


def test_a_received_run_is_landed_once(worker: Worker) -> None:
    run = received(shipped(LIBRARIES))
    assert worker.turn(timezone.localtime())
    assert (reads.run(run).state, reads.run(run).landed) == ("landed", 1500)
    assert not worker.land_one()
    assert (worker.home / "worker.beat").exists()


def test_a_bad_file_stops_its_run_and_not_the_worker(worker: Worker, tmp_path: Path) -> None:
    bad = tmp_path / "xau.csv"
    bad.write_text("a,b\n1,2\n")
    first, second = received(bad), received(shipped(LIBRARIES))
    assert worker.land_one()
    assert worker.land_one()
    assert (reads.run(first).state, reads.run(second).state) == ("stopped", "landed")
    assert reads.run(first).problem["code"]


def test_a_run_is_claimed_by_one_and_again_after_its_lander_died(worker: Worker) -> None:
    run = received(shipped(LIBRARIES))
    assert actions.claim() == run
    assert actions.claim() == ""
    Run.objects.filter(pk=run).update(started_at=timezone.now() - timedelta(minutes=16))
    assert actions.claim() == run


def test_a_run_just_received_is_left_to_its_receiver(worker: Worker) -> None:
    received(shipped(LIBRARIES), seconds_ago=0)
    assert actions.claim() == ""


def test_upkeep_once_a_night(worker: Worker) -> None:
    night = timezone.localtime().replace(hour=NIGHT_HOUR)
    assert not worker.keep(night.replace(hour=NIGHT_HOUR + 10))
    assert worker.keep(night)
    assert not worker.keep(night + timedelta(minutes=5))
    assert worker.keep(night + timedelta(days=1))


def test_one_worker_per_home(tmp_path: Path) -> None:
    first = only(tmp_path, "worker")
    assert first is not None
    assert only(tmp_path, "worker") is None
    first.close()
    second = only(tmp_path, "worker")
    assert second is not None
    second.close()
    shutil.rmtree(tmp_path)
