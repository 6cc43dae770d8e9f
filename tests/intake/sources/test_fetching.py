"""Fetching: one at a time, what comes and how far it was read are one transaction, what fails waits longer each time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from haidang.intake import actions as arrivals
from haidang.intake import clock
from haidang.intake.connectors import Order, Parcel, kind
from haidang.intake.models import Attempt, Run, SourceState
from haidang.intake.sources import actions, reads
from haidang.intake.sources.fetching import actions as fetching
from haidang.words.errors import BadQuestion, NotNow
from haidang.words.nouns import Actor
from tests.intake.sources.conftest import Department, vn

WHO = Actor("quan-tri")
NOON = vn("2026-03-02T12:00")


def connect(department: Department, source: str = "thu.so-ca") -> None:
    actions.configure(WHO, source, values={"address": department.address}, owner="so-y-te", duty="truc")


def land_all() -> None:
    for run in Run.objects.filter(state="received").order_by("id"):
        arrivals.land(run.id)
        actions.met(run.id)


def test_what_is_new_arrives_once(centre: Path, department: Department) -> None:
    department.add("2026-03-01", 3)
    with clock.at(NOON):
        connect(department)
        assert actions.claim(NOON, "a") == "thu.so-ca"
        done = actions.fetch("thu.so-ca", name="a")
        assert (done.outcome, done.parcels) == ("arrived", 1)
        land_all()
        again = actions.fetch("thu.so-ca", name="a")
    run = Run.objects.get(pk=done.runs[0])
    assert (run.kind, run.source, run.state, run.landed) == ("pull", "thu.so-ca", "landed", 1)
    assert again.outcome == "nothing"
    face = reads.source("thu.so-ca")
    assert (face.state, face.failures, face.running, face.arrived_at) == ("alive", 0, False, NOON)
    assert face.next_at == NOON + timedelta(minutes=10)
    assert [a.outcome for a in reads.attempts("thu.so-ca")] == ["nothing", "arrived"]


def test_one_run_at_a_time_and_a_killed_one_ends_by_itself(centre: Path, department: Department) -> None:
    with clock.at(NOON):
        connect(department)
        assert actions.claim(NOON, "collector@may:1") == "thu.so-ca"
        assert actions.claim(NOON, "collector@may:2") == ""
        with pytest.raises(NotNow, match="source-busy-now"):
            actions.fetch("thu.so-ca", name="collector@may:2")
        assert reads.source("thu.so-ca").running
    later = NOON + fetching.LEASE + timedelta(seconds=1)
    with clock.at(later):
        assert actions.claim(later, "collector@may:2") == "thu.so-ca"


def test_whoever_lost_the_lease_opens_nothing(
    centre: Path, department: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    department.add("2026-03-01", 3)
    real = kind("http").fetch

    def slow(order: Order) -> Iterator[Parcel]:
        for parcel in real(order):
            SourceState.objects.update(busy_by="b")  # another took over while this one slept
            yield parcel

    monkeypatch.setattr(kind("http"), "fetch", slow)
    with clock.at(NOON):
        connect(department)
        assert actions.fetch("thu.so-ca", name="a").code == "lease-lost"
    assert not Run.objects.exists()
    assert SourceState.objects.get().cursor == {}
    assert SourceState.objects.get().busy_by == "b"


def test_run_and_cursor_are_one(centre: Path, department: Department, monkeypatch: pytest.MonkeyPatch) -> None:
    department.add("2026-03-01", 3)
    monkeypatch.setattr(fetching.owing, "assign", lambda *_: 1 / 0)  # the machine dies between the two
    with clock.at(NOON):
        connect(department)
        assert actions.fetch("thu.so-ca", name="a").outcome == "failed"
    assert not Run.objects.exists()
    assert SourceState.objects.get().cursor == {}


def test_failures_wait_longer_each_time_but_not_beyond_the_interval(centre: Path, department: Department) -> None:
    department.down, now, waits = True, NOON, []
    with clock.at(NOON):
        connect(department)
    for _ in range(8):
        with clock.at(now):
            assert actions.claim(now, "a")
            assert actions.fetch("thu.so-ca", name="a").outcome == "failed"
            next_at = SourceState.objects.get().next_at
            assert next_at
            waits.append((next_at - now).total_seconds())
            assert actions.claim(now, "a") == ""
        now = next_at
    assert min(waits) >= 5
    assert max(waits) <= 720
    face = reads.source("thu.so-ca")
    assert (face.state, face.failures) == ("failing", 8)
    assert face.problem["code"]


def test_what_a_person_must_mend_is_asked_again_slowly(centre: Path, department: Department, settings: Any) -> None:
    settings.NETWORKS = ("10.0.0.0/8",)
    with clock.at(NOON):
        connect(department)
        done = actions.fetch("thu.so-ca", name="a")
        next_at = SourceState.objects.get().next_at
    assert done.code == "address-not-allowed"
    assert not department.asked
    assert next_at
    assert next_at - NOON >= timedelta(minutes=48)


def test_fetching_waits_for_the_worker(centre: Path, department: Department, monkeypatch: pytest.MonkeyPatch) -> None:
    department.add("2026-03-01", 3)
    monkeypatch.setattr(fetching, "BACKLOG", 1)
    with clock.at(NOON):
        connect(department)
        actions.fetch("thu.so-ca", name="a")
        actions.run_now(WHO, "thu.so-ca")
        assert actions.claim(NOON, "a") == ""
        land_all()
        assert actions.claim(NOON, "a") == "thu.so-ca"


def test_paused_is_not_asked(centre: Path, department: Department) -> None:
    with clock.at(NOON):
        connect(department)
        actions.pause(WHO, "thu.so-ca", True)
        assert actions.claim(NOON, "a") == ""
        assert reads.source("thu.so-ca").state == "paused"
        actions.pause(WHO, "thu.so-ca", False)
        assert actions.claim(NOON, "a") == "thu.so-ca"


def test_a_broken_connector_is_a_failure_not_an_end(
    centre: Path, department: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(order):  # type: ignore[no-untyped-def]
        yield Parcel(order.scratch / "khong-co", "x")

    monkeypatch.setattr(kind("http"), "fetch", broken)
    connect(department)
    assert actions.fetch("thu.so-ca", name="a").code == "file-missing"
    monkeypatch.setattr(kind("http"), "fetch", lambda order: 1 / 0)
    assert actions.fetch("thu.so-ca", name="a").code == "connector-broken"


def test_settings_are_proved(centre: Path) -> None:
    for values, code in (
        ({"adress": "x"}, "unknown-setting"),
        ({"rows": "x"}, "setting-of-the-pack"),
        ({"auth": "magic"}, "setting-choice"),
        ({"timeout": "soon"}, "setting-number"),
        ({"address": ""}, "setting-missing"),
    ):
        with pytest.raises(BadQuestion) as refused:
            actions.configure(WHO, "thu.so-ca", values=values)
        assert refused.value.code == code
    assert not SourceState.objects.exists()


def test_secrets_are_sealed_and_told_nowhere(
    centre: Path, department: Department, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "mat-khau-rat-dai-9182"
    actions.configure(
        WHO, "thu.so-ca", values={"address": department.address, "auth": "bearer", "token": secret}, owner="so-y-te"
    )
    department.down = True
    actions.fetch("thu.so-ca", name="a")
    state = SourceState.objects.get()
    kept = f"{state.__dict__}{list(Attempt.objects.values())}{reads.source('thu.so-ca')}{caplog.text}"
    assert secret not in kept
    assert reads.source("thu.so-ca").secrets == ("token",)
    actions.configure(WHO, "thu.so-ca", values={"address": department.address})
    assert reads.source("thu.so-ca").secrets == ("token",)
    actions.configure(WHO, "thu.so-ca", secrets={"token": ""})
    assert reads.source("thu.so-ca").secrets == ()
