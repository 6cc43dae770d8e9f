"""A source that is down two days: told once, the last values stay, and the gap is filled by itself when it is back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from haidang.access import actions as access
from haidang.access import gate
from haidang.intake import actions as arrivals
from haidang.intake import clock
from haidang.intake.models import Run, SourceState
from haidang.intake.sources import actions, reads
from haidang.jobs.collector import Collector
from haidang.store.tables import lake
from haidang.watch import reads as watch
from haidang.words.nouns import Actor
from tests.intake.sources.conftest import Department, vn

WHO = Actor("quan-tri")
OWNER, DUTY = "so-y-te", "truc-ban"


@pytest.fixture
def people(centre: Path) -> None:
    for name in (OWNER, DUTY):
        access.open_account(gate.operator(), access.Person(name))


def days_of(collector: Collector, start: datetime, hours: int, step: timedelta) -> Iterator[datetime]:
    """The collector and the worker live through these hours, a turn every `step`."""
    moment = start
    while moment < start + timedelta(hours=hours):
        with clock.at(moment):
            collector.last.clear()
            while collector.turn(moment):
                pass
            for run in Run.objects.filter(state="received").order_by("id"):
                arrivals.land(run.id)
                actions.met(run.id)
        yield moment
        moment += step


def live(collector: Collector, start: datetime, hours: int, step: timedelta = timedelta(minutes=30)) -> datetime:
    return max(days_of(collector, start, hours, step)) + step


def told(name: str) -> list[str]:
    return [notice.code for notice in reversed(watch.notices(Actor(name)))]


def landed_days() -> list[str]:
    rows = lake().rows(lake().table("thu__ca").order_by("ngay"))
    return [str(row["ngay"])[:10] for row in rows]


@pytest.mark.usefixtures("people")
def test_two_days_down(centre: Path, department: Department) -> None:
    collector, start = Collector(centre, spawn=lambda job: job()), vn("2026-03-02T08:00")
    department.add("2026-03-02", 5)
    with clock.at(start):
        actions.configure(WHO, "thu.so-ca", values={"address": department.address}, owner=OWNER, duty=DUTY)
    now = live(collector, start, 4)
    assert reads.source("thu.so-ca").state == "alive"
    assert not told(OWNER)

    department.down = True
    for day in ("2026-03-03", "2026-03-04"):
        department.add(day, 7)
    before = landed_days()
    now = live(collector, now, 48, timedelta(hours=2))
    with clock.at(now):
        face = reads.source("thu.so-ca")
    assert face.state == "failing"
    assert face.owed > 200
    assert landed_days() == before, "the last values stay"
    assert told(OWNER) == told(DUTY)
    assert len(told(OWNER)) == 1, "one notice per outage"
    assert told(OWNER)[0] in {"source-failing", "source-late"}

    department.down = False
    now = live(collector, now, 2)
    with clock.at(now - timedelta(minutes=29)):  # the last turn was at half an hour before
        face = reads.source("thu.so-ca")
    assert (face.state, face.owed) == ("alive", 0)
    assert landed_days() == ["2026-03-02", "2026-03-03", "2026-03-04"]
    assert told(OWNER)[1:] == ["source-back"]
    assert told(DUTY) == told(OWNER)
    states = {w.state for w in reads.windows("thu.so-ca")}
    assert states <= {"met", "late", "due"}
    notice = watch.notices(Actor(OWNER))[-1]
    assert "Số ca theo ngày" in notice.sentence("vi")
    assert "Daily cases" in notice.sentence("en")

    department.down = True
    live(collector, now, 12, timedelta(hours=2))
    assert len(told(OWNER)) == 3, "another outage is told again"


@pytest.mark.usefixtures("people")
def test_missed_stretches_are_asked_for_in_order(centre: Path, department: Department) -> None:
    collector, start = Collector(centre, spawn=lambda job: job()), vn("2026-03-02T18:00")
    with clock.at(start):
        actions.configure(WHO, "thu.theo-ky", values={"address": department.address}, owner=OWNER)
    now = live(collector, start, 1, timedelta(hours=1))
    assert "tu=2026-01-31" in department.asked[0], "the first time it is asked for its first thirty days"
    department.down = True
    for day in range(1, 8):
        department.add(f"2026-03-{day:02d}", day)
    now = live(collector, now, 71, timedelta(hours=1))
    with clock.at(now):
        assert [w.state for w in reads.windows("thu.theo-ky")] == ["missed", "missed", "due", "due"]
    department.down = False
    department.asked.clear()
    live(collector, now, 3, timedelta(hours=1))
    stretches = [path.partition("?")[2] for path in department.asked if "/ky" in path]
    assert stretches == sorted(stretches)
    assert stretches[0].startswith("tu=2026-03-02T18")
    with clock.at(now + timedelta(hours=3)):
        found = reads.windows("thu.theo-ky")
        assert [w.state for w in found] == ["late", "late", "met", "due"]
    assert all(w.run for w in found[:3])
    assert len({w.run for w in found[:3]}) == 3


def test_a_long_outage_is_filled_in_one_go_without_a_hot_loop(centre: Path, department: Department) -> None:
    start = vn("2026-03-02T18:00")
    with clock.at(start):
        actions.configure(WHO, "thu.theo-ky", values={"address": department.address})
        actions.expect(start)
    later = start + timedelta(days=60)
    collector = Collector(centre, spawn=lambda job: job())
    turns = 0
    with clock.at(later):
        while collector.fetch(later):
            turns += 1
            assert turns < 10
        actions.expect(later)
        assert reads.source("thu.theo-ky").owed == 0
    assert len(department.asked) == len(reads.windows("thu.theo-ky")) or len(department.asked) > 30


def test_paused_owes_nothing_and_the_gap_is_asked_for(centre: Path, department: Department) -> None:
    collector, start = Collector(centre, spawn=lambda job: job()), vn("2026-03-02T18:00")
    with clock.at(start):
        actions.configure(WHO, "thu.theo-ky", values={"address": department.address}, owner=OWNER)
    now = live(collector, start, 2)
    with clock.at(now):
        actions.pause(WHO, "thu.theo-ky", True)
    department.asked.clear()
    now = live(collector, now, 72, timedelta(hours=4))
    assert not department.asked
    assert not told(OWNER)
    with clock.at(now):
        assert reads.source("thu.theo-ky").owed == 0
        actions.pause(WHO, "thu.theo-ky", False)
    live(collector, now, 1)
    assert len(department.asked) >= 2
    assert not told(OWNER)


@pytest.mark.usefixtures("people")
def test_a_sheet_that_is_owed_by_hand(centre: Path, tmp_path: Path) -> None:
    collector, start = Collector(centre, spawn=lambda job: job()), vn("2026-03-02T08:00")
    with clock.at(start):
        actions.configure(WHO, "thu.tai-len", owner=OWNER)
    now = live(collector, start, 8)
    file = tmp_path / "bao-cao.csv"
    file.write_text("ma,ngay,ca\na,2026-03-02,4\n")
    with clock.at(now):
        run = arrivals.receive(WHO, "thu.ca", file)
        arrivals.land(run)
        actions.met(run)
        assert [w.state for w in reads.windows("thu.tai-len")] == ["met"]
    now = live(collector, now, 30)
    assert told(OWNER) == ["source-late"]
    assert SourceState.objects.get().late_told_at


def test_an_answer_without_news_is_no_delay(centre: Path, department: Department) -> None:
    collector, start = Collector(centre, spawn=lambda job: job()), vn("2026-03-02T22:00")
    department.add("2026-03-02", 1)
    with clock.at(start):
        actions.configure(WHO, "thu.so-ca", values={"address": department.address}, owner=OWNER)
    live(collector, start, 8, timedelta(minutes=5))
    assert {w.state for w in reads.windows("thu.so-ca")} <= {"met", "due"}
