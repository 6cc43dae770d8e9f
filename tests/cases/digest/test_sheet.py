"""The morning sheet: its days, the unusual first with its reason, only of what its reader may see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from cases.digest.mornings import DESK, DONG_DANG, LUA, SATURDAY, row

from haidang.cases.clocks import HERE
from haidang.cases.digest import reads, sentences
from haidang.cases.digest.reads import Sheet
from haidang.catalog.declared import declared

Weeks = Callable[..., None]
SUNDAY = SATURDAY + timedelta(days=1)
NOON = datetime(2026, 11, 22, 12, tzinfo=HERE)


def sheet(who: Any, day: date = SUNDAY) -> Sheet:
    return reads.sheet(who, declared().desk(DESK), day, NOON)


def test_a_monday_tells_of_friday_to_sunday_a_sunday_of_the_day_before() -> None:
    assert reads.covered(date(2026, 11, 23)) == (date(2026, 11, 20), date(2026, 11, 22))
    assert reads.covered(date(2026, 11, 24)) == (date(2026, 11, 23), date(2026, 11, 23))
    assert reads.covered(SUNDAY) == (SATURDAY, SATURDAY)


def test_the_week_of_a_day_off_is_the_next_working_one() -> None:
    week, month = reads.ends(SUNDAY)
    assert week == datetime(2026, 11, 30, tzinfo=HERE)
    assert month == datetime(2026, 12, 1, tzinfo=HERE)


def test_an_outbreak_is_told_first_with_its_reason(people: dict[str, Any], weeks: Weeks) -> None:
    weeks(added=7)
    made = sheet(people["lanh-dao"])
    assert made.weeks == 8
    assert made.received.count == 8
    (one,) = made.unusual
    assert (one.category, one.unit, one.count, one.before) == ("rac-thai", LUA, 8, (1,) * 8)
    assert "chợ Giếng Vuông" in one.common
    assert one.sharing == 8
    desk = declared().desk(DESK)
    assert sentences.telling(one, "vi", desk) == "8 phản ánh Rác thải ở Phường Kỳ Lừa, thường 1"
    assert "thứ Bảy của 8 tuần trước: 1, 1, 1" in sentences.why(one, made, "vi")
    assert sentences.telling(one, "en", desk).startswith("8 reports: Waste in")


def test_an_ordinary_day_tells_of_nothing(people: dict[str, Any], weeks: Weeks) -> None:
    weeks(added=1)
    made = sheet(people["lanh-dao"])
    assert made.unusual == ()
    assert sentences.told(made, "vi") == "không có gì khác thường"


def test_the_weeks_before_the_desk_began_do_not_count_as_quiet_ones(people: dict[str, Any]) -> None:
    from haidang.cases.models import Case

    Case.objects.bulk_create([row(SATURDAY) for _ in range(9)])
    made = sheet(people["lanh-dao"])
    assert made.weeks == 0
    assert made.unusual == ()
    assert made.received.low is None


def test_a_commune_reads_of_itself_alone(people: dict[str, Any], weeks: Weeks) -> None:
    weeks(added=7)
    made = sheet(people["xa-dong-dang"])
    assert made.received.count == 0
    assert made.unusual == ()
    weeks(added=2, unit=DONG_DANG, office="xa-06184")
    assert sheet(people["xa-dong-dang"]).received.count == 2


def test_whoever_reaches_the_ordinary_level_does_not_read_of_what_is_restricted(
    people: dict[str, Any], weeks: Weeks
) -> None:
    from haidang.access import gate
    from haidang.words.nouns import Level

    weeks(added=7, level=Level.RESTRICTED.value, category="an-ninh")
    assert sheet(people["lanh-dao"]).received.count == 8
    assert sheet(gate.actor("truc-ban")).received.count == 1


def test_late_ones_are_told_by_office(people: dict[str, Any], weeks: Weeks) -> None:
    weeks(added=2, due=NOON - timedelta(hours=30))
    made = sheet(people["lanh-dao"])
    assert made.late == 2
    assert made.newly_late == 2
    assert made.late_offices == (("xa-06187", 2),)


def test_tet_is_held_against_no_ordinary_week(people: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    from haidang.cases.digest import areas
    from haidang.cases.models import Case

    tuesday = date(2026, 11, 17)
    monkeypatch.setattr(areas.calendar, "working", lambda day: day != tuesday)
    Case.objects.bulk_create([row(tuesday - timedelta(weeks=n)) for n in range(9)])
    assert sheet(people["lanh-dao"], date(2026, 11, 18)).weeks == 0


def test_nothing_of_a_sender_is_in_a_sheet(people: dict[str, Any], report: Callable[..., Any]) -> None:
    report("Tôi là Nguyễn Văn Thử, 0912345678, rác ở chợ")
    told = repr(sheet(people["lanh-dao"], datetime.now(HERE).date() + timedelta(days=1)))
    assert "0912345678" not in told
    assert "Nguyễn Văn Thử" not in told
