"""Schedules in Việt Nam time over the real working-day table; how long to wait after failures."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from haidang.catalog import calendar
from haidang.catalog.declared import Schedule
from haidang.intake.sources import seal, timing
from haidang.words.errors import IntakeStopped, PackProblem
from tests.intake.sources.conftest import vn

DAILY = Schedule(at="17:00", days="working", grace=7200)


@pytest.mark.parametrize(
    ("after", "due"),
    [
        ("2026-03-02T09:00", "2026-03-02T17:00"),  # a Monday
        ("2026-03-02T17:00", "2026-03-03T17:00"),
        ("2026-03-06T17:01", "2026-03-09T17:00"),  # over the weekend
        ("2026-02-13T18:00", "2026-02-23T17:00"),  # over Tết
        ("2026-01-01T09:00", "2026-01-05T17:00"),  # 2 January was worked for on the 10th
        ("2026-01-09T18:00", "2026-01-10T17:00"),  # a Saturday worked in exchange
        ("2026-08-21T18:00", "2026-08-22T17:00"),
        ("2026-08-28T18:00", "2026-09-03T17:00"),  # National Day and its exchange
    ],
)
def test_before_five_each_working_day(after: str, due: str) -> None:
    assert timing.next_due(DAILY, vn(after), calendar.working) == vn(due)


def test_monthly_and_every_day() -> None:
    monthly = Schedule(at="08:30", days="monthly:5")
    assert timing.next_due(monthly, vn("2026-03-05T08:30"), calendar.working) == vn("2026-04-05T08:30")
    every = Schedule(at="00:15")
    assert timing.next_due(every, vn("2026-02-16T23:00"), calendar.working) == vn("2026-02-17T00:15")


def test_intervals_stand_on_the_clock() -> None:
    five = Schedule(every=300)
    assert timing.next_due(five, vn("2026-03-02T12:03"), calendar.working) == vn("2026-03-02T12:05")
    assert timing.next_due(five, vn("2026-03-02T12:05"), calendar.working) == vn("2026-03-02T12:10")


def test_windows_follow_each_other_without_a_gap() -> None:
    found = timing.windows(DAILY, vn("2026-03-05T10:00"), vn("2026-03-10T18:00"), calendar.working)
    assert [w.due for w in found] == [vn(f"2026-03-{day}T17:00") for day in ("05", "06", "09", "10", "11")]
    assert all(a.end == b.start for a, b in pairwise(found))


def test_filling_back_is_bounded() -> None:
    found = timing.windows(Schedule(every=60), vn("2020-01-01T00:00"), vn("2026-01-01T00:00"), calendar.working)
    assert len(found) == timing.MOST
    assert found[-1].due > vn("2026-01-01T00:00")


def test_waits_double_within_their_bounds() -> None:
    every = Schedule(every=3600)
    waits = [timing.pause_after(n, every).total_seconds() for n in range(1, 12)]
    assert 5 <= waits[0] < waits[2] < waits[4] <= 3600
    assert max(waits) <= 3600
    assert timing.pause_after(1, Schedule(every=10)).total_seconds() >= 5
    assert timing.pause_after(1, every, retry=1800.0).total_seconds() == 1800
    assert timing.pause_after(1, every, retry=10**9).total_seconds() == 3600
    spread = {timing.pause_after(3, every) for _ in range(20)}
    assert len(spread) > 10


def test_a_province_says_its_own_days(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    from pathlib import Path

    home = Path(str(tmp_path))
    monkeypatch.setenv("HAIDANG_HOME", str(home))
    assert not calendar.working(date(2026, 9, 2))
    (home / "lich").mkdir()
    file = home / "lich" / "ngay-nghi.csv"
    file.write_text("date,kind,name_vi,name_en,legal,verified\n2026-11-24,work,Làm việc,Work,UBND tỉnh,yes\n")
    assert calendar.working(date(2026, 11, 24))
    assert calendar.table()[date(2026, 11, 24)].verified
    file.write_text("date,kind,name_vi,name_en,legal,verified\n24/11/2026,off,a,b,c,yes\n")
    with pytest.raises(PackProblem):
        calendar.table()


def test_the_table_is_sound() -> None:
    days = calendar.table()
    assert {day.year for day in days} >= {2024, 2025, 2026, 2027}
    for day, row in days.items():
        assert row.name.vi
        assert row.name.en
        assert row.legal
        assert (day.weekday() < 5) == (row.kind == "off"), f"{day}: takes or gives nothing"
    assert not days[date(2026, 11, 24)].verified


def test_seals(settings: object) -> None:
    sealed = seal.seal({"password": "mật khẩu"})
    assert "mật" not in sealed
    assert seal.unseal(sealed) == {"password": "mật khẩu"}
    assert seal.seal({}) == ""
    with pytest.raises(IntakeStopped):
        seal.unseal(sealed[:-4] + "AAAA")
    settings.SEAL_KEY = "another"  # type: ignore[attr-defined] # pytest-django's settings take any
    with pytest.raises(IntakeStopped):
        seal.unseal(sealed)
